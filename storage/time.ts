const day = 86_400_000;

/** An instant in the one form that can be compared as text (UTC, milliseconds); what is no instant stays as it is. */
export function instant(text: string): string {
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? text : new Date(parsed).toISOString();
}

/** An instant given by a caller, in the form that can be compared as text. Throws for what is none. */
export function checkedInstant(text: string): string {
  return new Date(text).toISOString();
}

/** The instant so many milliseconds after another. */
export function after(now: string, milliseconds: number): string {
  return new Date(Date.parse(now) + milliseconds).toISOString();
}

/** The instant so many days before another. */
export function daysBefore(now: string, days: number): string {
  return after(now, -days * day);
}
