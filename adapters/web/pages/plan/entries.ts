import type { EventInput } from '@fullcalendar/react';
import type { PlanEntry, PlanState } from '../../../../bot/pages.ts';
import { fill, type PageWords } from '../shared/words.ts';

/** What stands for the meetings of no group in the choice of groups. */
export const noGroup = '';

/** The words of one entry: its number first, which is what one types into the chat. */
export function entryTitle(words: PageWords['plan'], { kind, id, group, counts, agenda }: PlanEntry): string {
  const title = fill(words.entry[kind], { id, group: group ?? words.noGroup });
  return [
    title,
    ...(counts ? [fill(kind === 'meeting' ? words.accepted : words.able, counts)] : []),
    ...(agenda ? [fill(words.agenda, { count: agenda })] : []),
  ].join(' · ');
}

/** An entry's own key: a poll and a request stand in the calendar more than once. */
export function entryKey({ kind, id, start }: PlanEntry): string {
  return `${kind}/${id}/${start}`;
}

/** The entries of the chosen groups as the calendar takes them. */
export function eventsOf(
  words: PageWords['plan'],
  { entries }: Pick<PlanState, 'entries'>,
  groups: ReadonlySet<string>,
): EventInput[] {
  return entries
    .filter(({ group }) => groups.has(group ?? noGroup))
    .map((entry) => ({
      id: entryKey(entry),
      title: entryTitle(words, entry),
      start: entry.start,
      end: new Date(Date.parse(entry.start) + entry.minutes * 60_000).toISOString(),
      editable: entry.movable,
      className: `entry-${entry.kind}${entry.fits ? ' entry-fits' : ''}`,
    }));
}
