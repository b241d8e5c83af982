import type { ByteSource } from '../../domain/bytes.ts';
import type { Refusal } from '../../domain/decider.ts';
import type { DocumentStage } from '../../domain/documents.ts';
import type { Certainty, KnownIdentifiers } from '../../domain/identifiers/spans.ts';
import type { Reading } from '../../domain/meetings/hours.ts';
import type { Box, DicomOption, FileFormat, FindingKind, NotSearched, PageSize, Removed } from '../../domain/ports.ts';
import type { Runs } from '../../domain/stacks.ts';
import type { Answer, Who } from '../interaction.ts';
import type { Option, Source, Values } from '../view.ts';

/**
 * What the pages that are opened by a one-time link can do. A link is bound to a person, a thing and minutes. `begin` uses it
 * up and gives a session (opening the address alone does not: mail scanners open addresses); everything else needs the session.
 * A refusal is a code with a sentence in the person's language.
 */
export interface Pages {
  begin(token: string): Promise<Begun<'upload' | 'decision'> | Refused>;
  readonly upload: UploadPage;
  readonly decision: DecisionPage;
  readonly signIn: SignInPage;
  readonly tab: TabPage;
  readonly own: OwnPage;
  readonly plan: PlanPage;
  readonly poll: PollPage;
  /** The calendar file behind a person's secret address: all their meetings, or the one that is named. Undefined where there is none. */
  calendarFile(
    token: string,
    meetingId?: string,
  ): Promise<{ readonly name: string; readonly text: string } | undefined>;
}

export interface Refused extends Refusal {
  readonly words: string;
}

export interface Begun<Page = 'upload' | 'decision' | 'tab' | 'plan' | 'poll'> {
  readonly page: Page;
  /** 256 random bits, for a cookie; ends at `expiresAt`. */
  readonly session: string;
  readonly expiresAt: string;
}

export interface UploadState {
  readonly caseId: string;
  readonly language: string;
  readonly expiresAt: string;
  /** The largest file that is taken, the largest DICOM file, and the largest bundle of files, in bytes. */
  readonly limit: number;
  readonly dicomLimit: number;
  readonly bundleLimit: number;
  /** What of DICOM files is kept beyond the basic profile, until the person chooses otherwise. */
  readonly dicomOptions: readonly DicomOption[];
  /** A file that nobody works on for so many minutes is gone. */
  readonly idleMinutes: number;
  /** A file is coming in: so many bytes of it are here. */
  readonly incoming?: { readonly size: number; readonly offset: number };
  /** The file is being worked on: pages done in this phase, or files of a bundle; of that also how many were looked at, and how many of these were not taken (see `files`). */
  readonly work?: {
    readonly phase: 'preparing' | 'reading' | 'redacting';
    readonly done: number;
    readonly of: number;
    /** Not pages are counted. */
    readonly what?: 'frames';
    readonly files?: { readonly looked: number; readonly refused: number };
  };
  /** The findings wait for the person. */
  readonly review?: ReviewState;
  /** Absent before a file was given. */
  readonly document?: {
    readonly id: string;
    readonly stage: DocumentStage;
    readonly format: FileFormat;
    readonly pages: number;
    readonly removed: Removed;
    /** Of what could be seen, by kind; `kept` looks like an identifier and stayed. */
    readonly redacted: Removed;
    readonly kept: Removed;
    readonly notSearched: NotSearched;
    /** Pages that are frames, by their series, each in its order; and those of them that deserve a longer look: something was found on them, removed or kept, or nobody could search them. */
    readonly stacks?: readonly Runs[];
    readonly marked?: Runs;
    /** The findings can be opened again: what they stand on is still here. */
    readonly reviewable: boolean;
    /** When the scrubbed file goes by itself. */
    readonly bytesUntil: string;
  };
  /** The last file was refused: the reason in words, and the way out. */
  readonly refused?: { readonly reason: string; readonly words: string };
}

/** A finding as the page shows it. The text itself is on the page's picture (or in the text of a text file), never in here. */
export interface ReviewFinding {
  readonly id: string;
  readonly page: number;
  readonly boxes: readonly Box[];
  /** In the text of the page; of use in a text file. */
  readonly start: number;
  readonly end: number;
  readonly source: 'text' | 'picture';
  readonly kind: FindingKind;
  readonly certainty: Certainty;
}

/** Something to remove that the person added: a box that was drawn, or a part of a text page. */
export type Added = { readonly page: number } /** `series`: on every frame of the series that the page is one of. */ & (
  | { readonly box: Box; readonly series?: true }
  | { readonly start: number; readonly end: number }
);

/** What became of a file of a bundle: by its number there (1-based), never its name. */
export interface FileOutcome {
  readonly number: number;
  /** In the result, where it was taken. */
  readonly name?: string;
  /** Why it was not taken, in words, with the way out. */
  readonly refused?: string;
}

export interface FileOutcomes {
  /** How many there are so far, and how many of them were not taken. */
  readonly total: number;
  readonly refused: number;
  readonly files: readonly FileOutcome[];
}

export type PageOfText = { readonly text: string } | { readonly picture: true };

export interface ReviewState {
  readonly format: FileFormat;
  /** Width and height of each page as it is shown: for the frame's proportions. */
  readonly pages: readonly PageSize[];
  readonly findings: readonly ReviewFinding[];
  /** What will be gone whatever the person decides. */
  readonly removed: Removed;
  readonly notSearched: NotSearched;
  /** What was decided when the findings were applied last; a first review has none. */
  readonly decided?: Decided;
  /** Whether the pages can be made pictures here (`Decided.flatten`). */
  readonly flattens: boolean;
  /** When the file under review goes by itself, if nobody touches it. */
  readonly until: string;
  /** What was decided could not be applied, through no fault of the file (the disk is full): nothing came of it, and nothing was lost. */
  readonly failed?: true;
}

export interface Decided {
  /** Ids of the findings to remove; every other one stays on the page. */
  readonly accepted: readonly string[];
  readonly added: readonly Added[];
  /** Every page of a PDF as a picture; of a document, a PDF of such pages. */
  readonly flatten: boolean;
}

export interface UploadPage {
  look(session: string): Promise<UploadState | Refused>;
  /** Begins a file of so many bytes; an earlier one that was not finished is dropped. */
  begin(session: string, size: number): Promise<UploadState | Refused>;
  /** Takes the bytes from `offset` on. Where that is not the end of what is here, the state's `incoming.offset` says where to go on. */
  append(session: string, offset: number, bytes: Uint8Array): Promise<UploadState | Refused>;
  /** The file is here whole: removes what is unseen, reads and searches it. Answers at once; `look` tells the progress. `known` is kept for this alone, in memory. */
  analyse(
    session: string,
    known: KnownIdentifiers,
    dicomOptions?: readonly DicomOption[],
  ): Promise<UploadState | Refused>;
  /** What became of the files of the bundle: a part of the list, from its place `from` on; of those alone that were not taken, where that is asked for. None where the file is no bundle. */
  files(session: string, from: number, refusedAlone: boolean): Promise<FileOutcomes | Refused>;
  /** Every place of a word or a phrase, whatever its case and accents. */
  search(session: string, phrase: string): Promise<{ readonly places: readonly Added[] } | Refused>;
  /** Applies what the person decided; only what verifies is kept, sealed, for hours. Answers at once; `look` tells the progress. */
  decide(session: string, decided: Decided): Promise<UploadState | Refused>;
  /** Back to the findings: what was applied is dropped. */
  reopen(session: string): Promise<UploadState | Refused>;
  /**
   * A PNG of one page (1-based), `width` pixels wide (200–2000): 'before' as the file was given, comments and form fields drawn; 'review' without what is unseen;
   * 'after' of the scrubbed file.
   */
  picture(session: string, page: number, width: number, which: Which): Promise<Uint8Array | Refused>;
  /** A page that is a frame of a DICOM file, with all its shades (domain/shades.ts), `width` pixels wide or less. */
  frame(session: string, page: number, width: number, which: Which): Promise<Uint8Array | Refused>;
  /** The same of a text file or a document, as text; of a document's picture, that it is one. */
  text(session: string, page: number, which: Which): Promise<PageOfText | Refused>;
  /** The personal attestation and, with it, the release to the case. */
  attest(session: string, statements: readonly string[], pagesSeen: number): Promise<UploadState | Refused>;
  /** Ends what is under way: a file that is being sent or searched goes, and what was made of it; where what was chosen is being removed, the findings wait as before. What has come to its end meanwhile stays. */
  stop(session: string): Promise<UploadState | Refused>;
  /** Throws the file away: the person found something, or gives up. */
  reject(session: string): Promise<UploadState | Refused>;
  /** The scrubbed file, once released, for the upload to CPMS; `name` is made of the document's id and the format. */
  download(session: string): Promise<{ readonly name: string; readonly file: ByteSource } | Refused>;
  /** 'I uploaded it to CPMS': the bytes here are purged. */
  uploaded(session: string): Promise<UploadState | Refused>;
}

/** A page of the scrubbed file that was given at least so wide counts as looked at: an A4 page's small print can be read at it. The page asks for no narrower one. */
export const seenFrom = 600;

export const whiches = ['before', 'review', 'after'] as const;
export type Which = (typeof whiches)[number];

export interface DecisionState {
  readonly language: string;
  readonly expiresAt: string;
  readonly applicant: string;
  readonly as: 'clinician' | 'assistant';
  readonly hcp: string;
  readonly requestedAt: string;
  /** Present once it was decided. */
  readonly outcome?: 'authorised' | 'declined';
}

export interface DecisionPage {
  look(session: string): Promise<DecisionState | Refused>;
  /** `reason` is needed to decline. */
  decide(session: string, outcome: 'authorised' | 'declined', reason?: string): Promise<DecisionState | Refused>;
}

export interface SignInPage {
  /** For whom the sign-in will be recorded; uses nothing up. */
  look(token: string): Promise<{ readonly name: string } | Refused>;
  /** Uses the link up and gives the provider's address to go to. */
  start(token: string): Promise<{ readonly url: string } | Refused>;
  /** What the provider sent back, as a full address. Gives a sentence that says what was verified. */
  finish(callbackUrl: string): Promise<{ readonly words: string } | Refused>;
}

/** What a person's own page shows and does: the same cards, forms and commands as their chat, in the name of the chat identity that asked for the link. */
export interface TabState {
  readonly language: string;
  readonly expiresAt: string;
  readonly name: string;
  /** What there is to look at, the first one first. */
  readonly sections: readonly { readonly name: string; readonly label: string }[];
}

export type TabAct =
  | { readonly do: 'open'; readonly section: string }
  | { readonly do: 'press'; readonly action: string; readonly ref?: string }
  | { readonly do: 'submit'; readonly form: string; readonly ref?: string; readonly values: Values };

/** A person's own page for an adapter that knows by itself who looks at it. */
export interface OwnPage {
  look(who: Who): Promise<Omit<TabState, 'expiresAt'>>;
  /** `key` is the delivery's: the same one is done once. */
  act(who: Who, key: string, act: TabAct): Promise<Answer>;
}

export interface TabPage {
  /** Uses the link up. */
  begin(token: string): Promise<Begun<'tab'> | Refused>;
  look(session: string): Promise<TabState | Refused>;
  /** `delivery` tells a repeated request apart: the same one is done once. */
  act(session: string, delivery: string, act: TabAct): Promise<Answer | Refused>;
  suggest(session: string, source: Source, words: string): Promise<{ readonly options: readonly Option[] } | Refused>;
}

/** One hour in the helpdesk's calendar: a meeting, an hour that a running poll asks about, or one that a request proposes. Numbers and groups alone: no person, no case. */
export interface PlanEntry {
  readonly kind: 'meeting' | 'poll-hour' | 'proposal';
  /** Of the meeting, the poll or the request. */
  readonly id: string;
  readonly group?: string;
  /** ISO 8601, UTC. */
  readonly start: string;
  readonly minutes: number;
  readonly movable: boolean;
  /** Of those invited; of a poll's hour, who could come and who could not. Absent while a poll hides its answers. */
  readonly counts?: { readonly invited: number; readonly accepted: number; readonly declined: number };
  /** Of a poll's hour: quorum and required people are there. */
  readonly fits?: boolean;
  /** How many cases are on the agenda of a group's meeting. */
  readonly agenda?: number;
}

export interface PlanState {
  readonly language: string;
  /** The reader's zone: the calendar is drawn in it. */
  readonly zone: string;
  readonly expiresAt: string;
  readonly groups: readonly { readonly code: string; readonly name: string }[];
  readonly entries: readonly PlanEntry[];
  /** Requests that wait, whatever hours they propose. */
  readonly pending: readonly {
    readonly id: string;
    readonly group?: string;
    readonly since: string;
    readonly hour?: string;
    readonly polled: boolean;
  }[];
}

export interface PlanMove {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly start: string;
  readonly minutes: number;
  /** Although some of the people have another meeting then. */
  readonly despite?: boolean;
}

/** The helpdesk's calendar; a person who is no helpdesk is refused at every call. */
export interface PlanPage {
  /** Uses the link up. */
  begin(token: string): Promise<Begun<'plan'> | Refused>;
  /** What lies between two instants, and what waits. */
  look(session: string, from: string, to: string): Promise<PlanState | Refused>;
  /** Moves a meeting as the chat's form does, or says in words what is in the way. `delivery` tells a repeated request apart. */
  move(
    session: string,
    delivery: string,
    move: PlanMove,
  ): Promise<{ readonly moved: true } | { readonly moved: false; readonly words: string } | Refused>;
}

/** A poll as somebody answers it who is not in a chat: the hours and their own answer, nobody else's. */
export interface PollState {
  readonly language: string;
  readonly expiresAt: string;
  readonly id: string;
  /** The voter's zone. */
  readonly zone: string;
  readonly group?: string;
  readonly deadline: string;
  readonly open: boolean;
  readonly hours: readonly { readonly start: string; readonly minutes: number; readonly vote?: string }[];
  readonly comment?: string;
  /** Other hours that they proposed, which the helpdesk has neither taken up nor turned down. */
  readonly proposed: readonly string[];
}

/** What somebody answers on the poll's page. */
export interface PollAnswer {
  /** 'yes', 'if-need-be' or 'no' for each hour in their order; hours that have come in since the page was shown may be missing at the end. */
  readonly votes: readonly string[];
  readonly comment?: string;
  /** Another hour that they would rather have, in their own zone, and what they mean by one that the clocks skip or repeat. */
  readonly other?: { readonly local: string; readonly reading?: Reading };
}

export interface PollPage {
  /** Uses the link up. */
  begin(token: string): Promise<Begun<'poll'> | Refused>;
  look(session: string): Promise<PollState | Refused>;
  /** Can be given again until the close. An hour that does not exist or comes twice is refused as `slotFrom` does, with what can be meant. */
  answer(session: string, answer: PollAnswer): Promise<PollState | Refused>;
}
