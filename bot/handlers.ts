import { answers } from './conversations/answers.ts';
import { canned } from './conversations/canned.ts';
import { caseConversation } from './conversations/cases.ts';
import { consentConversation } from './conversations/consent.ts';
import { deciding } from './conversations/deciding.ts';
import { desk } from './conversations/desk.ts';
import { documentConversation } from './conversations/documents.ts';
import { help } from './conversations/help.ts';
import { home } from './conversations/home.ts';
import { meetingConversation } from './conversations/meetings.ts';
import { pollConversation } from './conversations/polls.ts';
import { registration } from './conversations/registration.ts';
import { schedulingConversation } from './conversations/scheduling.ts';
import { seriesConversation } from './conversations/series.ts';
import { statusTalk } from './conversations/status.ts';
import { support } from './conversations/support.ts';
import { verification } from './conversations/verification.ts';
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
