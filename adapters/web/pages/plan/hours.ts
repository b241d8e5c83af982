import { Temporal } from 'temporal-polyfill';

/** An instant as a local date and time of a zone, as a date-time field takes it ('YYYY-MM-DDTHH:mm'). */
export function localOf(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The instant of a local date and time; undefined for one that cannot be read, does not exist or exists twice. */
export function instantOf(local: string, zone: string): string | undefined {
  try {
    const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'reject' });
    return new Date(zoned.epochMilliseconds).toISOString();
  } catch {
    return undefined;
  }
}

/** 'Tue 2026-12-01 15:00' in a zone, with the weekday in the reader's language. */
export function saidIn(instant: string, zone: string, language: string): string {
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: zone }).format(new Date(instant));
  return `${weekday} ${localOf(instant, zone).replace('T', ' ')}`;
}
