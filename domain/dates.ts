import { type Refusal, refuse } from './decider.ts';

const shape = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/;
const hour = 3_600_000;

/** The clock that is furthest ahead of UTC (Pacific/Kiritimati): a date may already have begun there. */
const furthestAhead = 14 * hour;

/**
 * Refuses what cannot be the day (ISO 8601 date, or an instant in UTC) on which something happened that is told at the instant
 * `at`: no such date, or one that has not begun anywhere on earth. People name their own day, which can be ahead of UTC's.
 */
export function unlikelyDate(date: string, at: string): Refusal | undefined {
  const day = shape.exec(date)?.[1];
  if (day === undefined || !exists(day)) return refuse('date.invalid');
  const now = Date.parse(at);
  const latest = Number.isNaN(now) ? at.slice(0, 10) : new Date(now + furthestAhead).toISOString().slice(0, 10);
  return day > latest ? refuse('date.in-the-future') : undefined;
}

/** Whether the ISO date is one of the calendar: 30 February is not. */
function exists(day: string): boolean {
  const parsed = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}
