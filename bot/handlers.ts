import { caseConversation } from './conversations/cases/cases.ts';
import { consentConversation } from './conversations/cases/consent.ts';
import { documentConversation } from './conversations/cases/documents.ts';
import { desk } from './conversations/desk/desk.ts';
import { answers } from './conversations/help/answers.ts';
import { help } from './conversations/help/help.ts';
import { meetingConversation } from './conversations/meetings/meetings.ts';
import { schedulingConversation } from './conversations/meetings/scheduling.ts';
import { home } from './conversations/own/home.ts';
import { statusTalk } from './conversations/own/status.ts';
import { pollConversation } from './conversations/polls/polls.ts';
import { deciding } from './conversations/registration/deciding.ts';
import { registration } from './conversations/registration/registration.ts';
import { verification } from './conversations/registration/verification.ts';
import { seriesConversation } from './conversations/series/series.ts';
import { canned } from './conversations/support/canned.ts';
import { support } from './conversations/support/support.ts';
import type { Conversation } from './turn.ts';

/** What answers what: the commands, presses, forms and views of all conversations, each by its name. */

const conversations: readonly Conversation[] = [
  help,
  home,
  statusTalk,
  registration,
  verification,
  deciding,
  caseConversation,
  consentConversation,
  documentConversation,
  meetingConversation,
  schedulingConversation,
  pollConversation,
  seriesConversation,
  support,
  answers,
  desk,
  canned,
];

type Part = 'commands' | 'presses' | 'forms' | 'shows';

/** One table of all conversations' parts; a name that two of them claim is a mistake of ours, found at start. */
function gathered<P extends Part>(part: P): Map<string, NonNullable<Conversation[P]>[string]> {
  const map = new Map<string, NonNullable<Conversation[P]>[string]>();
  for (const conversation of conversations) {
    for (const [name, handler] of Object.entries(conversation[part] ?? {})) {
      if (map.has(name)) throw new Error(`Two conversations claim ${part} ${name}`);
      map.set(name, handler as NonNullable<Conversation[P]>[string]);
    }
  }
  return map;
}

export const commands = gathered('commands');
export const presses = gathered('presses');
export const forms = gathered('forms');
export const shows = gathered('shows');

/** The names of everything that the conversations answer. */
export const answeredNames: Readonly<Record<'commands' | 'presses' | 'forms', readonly string[]>> = {
  commands: [...commands.keys()],
  presses: [...presses.keys()],
  forms: [...forms.keys()],
};

/** Whether some conversation answers presses of this action. */
export function answersPress(action: string): boolean {
  return presses.has(action) || action === 'help.command';
}
