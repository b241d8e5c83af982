import { sayHour, sayHourBriefly } from '../../../domain/meetings/hours.ts';
import type { InviteStatus } from '../../../domain/meetings/meeting.ts';
import type { Series } from '../../../domain/meetings/series.ts';
import type { Ports } from '../../context.ts';
import type { ActButton } from '../../view.ts';
import { nameOf } from '../../who.ts';
import type { Say } from '../../words.ts';
import { commentWords } from '../meetings/mail-cards.ts';

/** The hours that calendars proposed for a series: for one of its dates, or for all. */
export function seriesSuggestions(ports: Ports, say: Say, { standing }: Series, zone: string): Promise<string[]> {
  return Promise.all(
    suggested(standing).map(async ({ date, person, slot }) =>
      say(date === undefined ? 'series:mail.for-all' : 'series:mail.for-date', {
        date: date ?? '',
        name: await nameOf(ports, person),
        hour: sayHour(slot.instant, zone, 'en'),
        minutes: slot.minutes,
      }),
    ),
  );
}

function suggested(standing: Series['standing']) {
  return [
    ...(standing?.mailed.suggestions ?? []).map((suggestion) => ({ date: undefined, ...suggestion })),
    ...Object.entries(standing?.dates ?? {}).flatMap(([date, { mailed }]) =>
      mailed.suggestions.map((suggestion) => ({ date, ...suggestion })),
    ),
  ];
}

/** For each hour that was proposed: the form that moves its date, filled in, and a press that leaves it. */
export function seriesSuggestionButtons(say: Say, id: string, { standing }: Series): ActButton[] {
  return suggested(standing)
    .slice(-2)
    .flatMap(({ date, person, slot }): ActButton[] => {
      const hour = sayHourBriefly(slot.instant, slot.zone, 'en');
      const ref = `${id}|${date ?? ''}|${person}`;
      const take = { label: say('meetings:desk.buttons.take-hour', { hour }), action: 'series.move', ref };
      const leave = { label: say('meetings:desk.buttons.leave-hour', { hour }), action: 'series.leave-hour', ref };
      return date === undefined ? [leave] : [take, leave];
    });
}

const statuses: readonly InviteStatus[] = ['accepted', 'tentative', 'declined', 'sent', 'pending', 'bounced'];

/** Who answered what to the whole series, and what came by mail besides: rows of the helpdesk's card. */
export async function standingRows(
  ports: Ports,
  say: Say,
  state: Series,
): Promise<readonly (readonly [string, string])[]> {
  const { standing, rule } = state;
  if (!standing) return [];
  const people = await Promise.all(
    Object.entries(standing.people).map(async ([person, { status }]) => ({
      name: await nameOf(ports, person),
      status,
    })),
  );
  const suggestions = await seriesSuggestions(ports, say, state, rule.zone);
  const doubts = await Promise.all(
    standing.mailed.doubts.slice(-5).map(async ({ at, doubt, person }) =>
      say('meetings:desk.doubt', {
        when: sayHour(at, rule.zone, 'en'),
        doubt: say(`meetings:doubts.${doubt}`),
        name: person ? await nameOf(ports, person) : say('meetings:desk.doubt-nobody'),
      }),
    ),
  );
  const comments = await commentWords(ports, say, standing.mailed.comments);
  return [
    ...(comments.length > 0 ? [[say('meetings:desk.comments'), comments.join('\n')] as const] : []),
    ...statuses.flatMap((status): (readonly [string, string])[] => {
      const names = people.filter((one) => one.status === status).map(({ name }) => name);
      return names.length > 0 ? [[say(`meetings:invites.${status}`), names.join(', ')]] : [];
    }),
    ...(suggestions.length > 0 ? [[say('meetings:desk.suggestions'), suggestions.join('\n')] as const] : []),
    ...(doubts.length > 0 ? [[say('meetings:desk.doubted'), doubts.join('\n')] as const] : []),
  ];
}
