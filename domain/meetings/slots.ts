import { type Refusal, refuse } from '../decider.ts';

/** A proposed or fixed hour: local date and time without offset, its IANA zone, the instant that they mean, and the length. */
export interface Slot {
  readonly local: string;
  readonly zone: string;
  /** ISO 8601, UTC. */
  readonly instant: string;
  readonly minutes: number;
}

/** The longest that a meeting takes, in minutes. */
export const longest = 480;

/** Why hours cannot be taken at the instant `at`: none or too many, malformed, past, or of no sensible length (5 minutes to 8 hours). */
export function slotRefusal(slots: readonly Slot[], at: string): Refusal | undefined {
  if (slots.length === 0) return refuse('meeting.no-hour');
  if (slots.length > 20) return refuse('meeting.too-many-hours', { most: 20 });
  if (!slots.every(wellFormed)) return refuse('meeting.hour-malformed');
  if (slots.some((slot) => !(Date.parse(slot.instant) > Date.parse(at)))) return refuse('meeting.hour-past');
  if (slots.some((slot) => !(slot.minutes >= 5 && slot.minutes <= longest))) return refuse('meeting.length');
  return undefined;
}

const localShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
const instantShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?Z$/;
/** The names of the IANA time zone database ('Europe/Paris', 'America/Argentina/Buenos_Aires', 'Etc/GMT+1'). */
const zoneShape = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;

function wellFormed({ local, zone, instant, minutes }: Slot): boolean {
  return (
    localShape.test(local) &&
    zoneShape.test(zone) &&
    instantShape.test(instant) &&
    !Number.isNaN(Date.parse(instant)) &&
    Number.isInteger(minutes)
  );
}

/** The slot's own fields and no others: what is not a part of an hour has no place in the log. */
export function plain({ local, zone, instant, minutes }: Slot): Slot {
  return { local, zone, instant, minutes };
}
