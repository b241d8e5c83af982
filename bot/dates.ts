import { Temporal } from 'temporal-polyfill';
import type { Say } from './words.ts';

/** A day as weekday and ISO date in the person's zone: 'Tue 2026-11-24'. `instant` is ISO 8601, UTC. */
export function sayDate(instant: string, zone: string): string {
  const key = `${instant.slice(0, 16)} ${zone}`;
  const known = said.get(key);
  if (known !== undefined) return known;
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const words = `${weekdays[day.dayOfWeek - 1]} ${day.toPlainDate().toString()}`;
  if (said.size >= saidAtMost) said.clear();
  said.set(key, words);
  return words;
}

/** The day of a minute in a zone, remembered: the same cards are shown again and again, and zone arithmetic is dear. */
const said = new Map<string, string>();
const saidAtMost = 10_000;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** How long ago, in whole days: 'today', 'since yesterday', '5 days ago'. */
export function sinceWords(say: Say, from: string, now: string): string {
  // What this very act has moved is a moment later than the act's own beginning.
  const days = Math.max(0, Math.floor((Date.parse(now) - Date.parse(from)) / 86_400_000));
  return days === 0 ? say('common:today') : say('common:days-ago', { count: days });
}

/** The local date of an instant in a zone, 'YYYY-MM-DD': what a date picker begins with. */
export function dateIn(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}
