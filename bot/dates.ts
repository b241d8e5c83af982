import { Temporal } from 'temporal-polyfill';
import { weekday } from '../domain/meetings/hours.ts';
import type { Period } from './context.ts';
import type { Say } from './words.ts';

/** A day as weekday, in the words' language, and ISO date in the person's zone: 'Tue 2026-11-24', 'mar. 2026-11-24'. `instant` is ISO 8601, UTC. */
export function sayDate({ language }: Pick<Say, 'language'>, instant: string, zone: string): string {
  const key = `${instant.slice(0, 16)} ${zone} ${language}`;
  const known = said.get(key);
  if (known !== undefined) return known;
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
  const words = `${weekday(day, language)} ${day.toString()}`;
  if (said.size >= saidAtMost) said.clear();
  said.set(key, words);
  return words;
}

/** The day of a minute in a zone, remembered: the same cards are shown again and again, and zone arithmetic is dear. */
const said = new Map<string, string>();
const saidAtMost = 10_000;

/** A length of time in words: '2 years', '30 Tage'. */
export function sayPeriod({ language }: Pick<Say, 'language'>, { count, unit }: Period): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

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
