/**
 * The few sentences that this adapter has to say itself, because the moment leaves no time to ask the bot or because the
 * platform needs a word of its own. Everything else comes worded in cards.
 */
export interface Words {
  /** Shown while an answer takes longer than the platform waits. */
  readonly working: string;
  readonly workingTitle: string;
  /** Shown in the form's window when a slow answer is there, above the answer's title. */
  readonly done: string;
  readonly close: string;
  readonly cancel: string;
  /** The one option of a box to tick, below its statement. */
  readonly tick: string;
  /** The label of the second half of a date with a time. */
  readonly time: string;
  readonly needsTime: string;
  readonly needsDate: string;
  /** The last line where a platform's limit ends a list. */
  readonly more: string;
  readonly choose: string;
  readonly search: string;
  readonly answeredInPrivate: string;
  readonly unknownCommand: string;
  readonly unknownAction: string;
  readonly otherWorkspace: string;
  readonly unavailable: string;
  /** Something broke; `reference` is in the log. */
  failed(reference: string): string;
}

export const english: Words = {
  working: 'Working on it. The answer follows in a moment.',
  workingTitle: 'Working…',
  done: 'Done. The answer is in your messages with the bot, too.',
  close: 'Close',
  cancel: 'Cancel',
  tick: 'Yes',
  time: 'time',
  needsTime: 'Give the time, too.',
  needsDate: 'Give the date, too.',
  more: 'This list is longer than Slack can show here. Ask for the rest with /cpms status or /cpms-desk queue.',
  choose: 'Choose',
  search: 'Type to search',
  answeredInPrivate: 'The answer is in your messages with the bot.',
  unknownCommand: 'This command is not known here. Try /cpms help.',
  unknownAction: 'This button is not known any more. Try /cpms help.',
  otherWorkspace: 'This bot belongs to another workspace and cannot answer here.',
  unavailable: 'The bot cannot check where this came from at the moment. Try again in a minute.',
  failed: (reference) =>
    `Something went wrong here. Try again; if it stays, tell the helpdesk this reference: ${reference}`,
};
