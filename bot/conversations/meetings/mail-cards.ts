import { sayHour, sayHourBriefly } from '../../../domain/meetings/hours.ts';
import type { MailedState } from '../../../domain/meetings/mailed-answers.ts';
import type { Meeting } from '../../../domain/meetings/meeting.ts';
import type { Ports } from '../../context.ts';
import type { ActButton } from '../../view.ts';
import { nameOf } from '../../who.ts';
import type { Say } from '../../words.ts';

/** The hours that attendees' calendars proposed, each with who would like it. */
export function suggestionWords(ports: Ports, say: Say, { mailed }: Meeting, zone: string): Promise<string[]> {
  return Promise.all(
    (mailed?.suggestions ?? []).map(async ({ person, slot }) =>
      say('meetings:desk.suggestion', {
        name: await nameOf(ports, person),
        hour: sayHour(slot.instant, zone, 'en'),
        minutes: slot.minutes,
      }),
    ),
  );
}

/** What calendars and mailboxes told of a meeting besides answers, as rows of the helpdesk's card: other hours, who is away, who was not reached, what was not believed. */
export async function mailRows(
  ports: Ports,
  say: Say,
  state: Meeting,
  zone: string,
): Promise<readonly (readonly [string, string])[]> {
  const { mailed, invites } = state;
  if (!mailed) return [];
  const names = async (people: readonly string[]) =>
    (await Promise.all(people.map((person) => nameOf(ports, person)))).join(', ');
  const suggestions = await suggestionWords(ports, say, state, zone);
  // Who is 'bounced' by status stands there already.
  const unreached = mailed.bounced.filter((person) => invites[person] !== 'bounced');
  const doubts = await Promise.all(
    mailed.doubts.slice(-shown).map(async ({ at, doubt, person }) =>
      say('meetings:desk.doubt', {
        when: sayHour(at, zone, 'en'),
        doubt: say(`meetings:doubts.${doubt}`),
        name: person ? await nameOf(ports, person) : say('meetings:desk.doubt-nobody'),
      }),
    ),
  );
  const comments = await commentWords(ports, say, mailed.comments);
  return [
    ...(comments.length > 0 ? [[say('meetings:desk.comments'), comments.join('\n')] as const] : []),
    ...(suggestions.length > 0 ? [[say('meetings:desk.suggestions'), suggestions.join('\n')] as const] : []),
    ...(mailed.away.length > 0 ? [[say('meetings:desk.away'), await names(mailed.away)] as const] : []),
    ...(unreached.length > 0 ? [[say('meetings:desk.unreached'), await names(unreached)] as const] : []),
    ...(doubts.length > 0 ? [[say('meetings:desk.doubted'), doubts.join('\n')] as const] : []),
  ];
}

/** For each hour that was proposed, the newest first: the form that moves the meeting, filled in, and a press that leaves it. */
export function suggestionButtons(say: Say, id: string, { mailed }: Meeting): ActButton[] {
  return (mailed?.suggestions ?? [])
    .toReversed()
    .slice(0, shownHours)
    .flatMap(({ person, slot }) => {
      const hour = sayHourBriefly(slot.instant, slot.zone, 'en');
      const ref = `${id}/${person}`;
      return [
        { label: say('meetings:desk.buttons.take-hour', { hour }), action: 'scheduling.suggested', ref },
        { label: say('meetings:desk.buttons.leave-hour', { hour }), action: 'scheduling.leave-hour', ref },
      ];
    });
}

/** What was written beside answers, the newest last; what may have named a patient is not here, and is said so. */
export function commentWords(ports: Ports, say: Say, comments: MailedState['comments'] = []): Promise<string[]> {
  return Promise.all(
    comments.slice(-shown).map(async ({ person, comment }) => {
      const text = comment === undefined ? say('meetings:desk.comment-withheld') : await ports.store.text(comment);
      return say('meetings:desk.comment', { name: await nameOf(ports, person), text: text ?? say('common:erased') });
    }),
  );
}

const shown = 5;
const shownHours = 2;
