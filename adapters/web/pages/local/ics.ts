/** One property of an iCalendar object: its name, its parameters, its value. */
export interface Property {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly value: string;
}

/** The properties of the first VEVENT (RFC 5545: lines unfolded, text unescaped), enough to show it; not a checking reader. */
export function readEvent(ics: string): readonly Property[] {
  const lines = ics.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const from = lines.indexOf('BEGIN:VEVENT');
  const to = lines.indexOf('END:VEVENT', from);
  if (from < 0 || to < 0) return [];
  let depth = 0;
  const read: Property[] = [];
  for (const line of lines.slice(from + 1, to)) {
    if (line.startsWith('BEGIN:')) depth++;
    const found = depth === 0 ? /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^;:"]*))*):(.*)$/.exec(line) : null;
    if (found) read.push({ name: found[1] ?? '', params: paramsOf(found[2] ?? ''), value: unescape(found[3] ?? '') });
    if (line.startsWith('END:')) depth--;
  }
  return read;
}

function paramsOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/;([A-Z-]+)=(?:"([^"]*)"|([^;:"]*))/g)];
  return Object.fromEntries(pairs.map(([, name = '', quoted, plain]) => [name, quoted ?? plain ?? '']));
}

function unescape(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));
}

/** A date-time in words: '2026-12-01 15:00 (Europe/Paris)'. What is not one comes back as it is. */
export function readTime({ value, params }: Property): string {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(value);
  if (!found) return value;
  const [, year, month, day, hour, minute, utc] = found;
  const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${year}-${month}-${day}T00:00:00Z`),
  );
  const date = `${weekday} ${year}-${month}-${day}`;
  if (hour === undefined) return date;
  const zone = utc ? 'UTC' : params.TZID;
  return `${date} ${hour}:${minute}${zone ? ` (${zone})` : ''}`;
}
