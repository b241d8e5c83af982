import type { EventInput } from '@fullcalendar/react';
import type { PlanEntry, PlanState } from '../../../../bot/pages/pages.ts';
import { fill, type PageWords } from '../shared/words.ts';
import { localOf } from './hours.ts';

/** What stands for the meetings of no group in the choice of groups. */
export const noGroup = '';

/** The words of one entry: the group first, which one looks for, then the number, which is what one types into the chat. */
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

/**
 * From when to when a week's days are drawn, as whole hours of the zone ('07:00'): the working day, and all that lies before or behind it, so that no meeting of
 * people in other zones falls out.
 */
export function hoursDrawn({ entries, zone }: Pick<PlanState, 'entries' | 'zone'>): { from: string; to: string } {
  let [from, to] = [7, 21];
  for (const { start, minutes } of entries) {
    const at = Number(localOf(start, zone).slice(11, 13));
    const minute = Number(localOf(start, zone).slice(14));
    from = Math.min(from, at);
    to = Math.min(24, Math.max(to, at + Math.ceil((minute + minutes) / 60)));
  }
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  return { from: clock(from), to: clock(to) };
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
