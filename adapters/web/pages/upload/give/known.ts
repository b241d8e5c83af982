import type { KnownIdentifiers } from '../../../../../domain/identifiers/spans.ts';

/** What the person typed, as the fields hold it. */
export interface Typed {
  /** One name on each line. */
  readonly names: string;
  /** 'YYYY-MM-DD' or empty, as a date input gives it. */
  readonly birthDate: string;
  /** One number on each line. */
  readonly numbers: string;
}

export const nothingTyped: Typed = { names: '', birthDate: '', numbers: '' };
/** What the server takes: so many lines, of so many characters. */
const most = 20;
const longest = { names: 100, numbers: 50 } as const;

/** The known identifiers out of the fields: lines, or parts between semicolons, without empty ones. */
export function knownOf({ names, birthDate, numbers }: Typed): KnownIdentifiers {
  const given = linesOf(numbers);
  return {
    names: linesOf(names),
    ...(birthDate ? { birthDate } : {}),
    ...(given.length > 0 ? { numbers: given } : {}),
  };
}

/** The fields in which more was typed than is taken: nothing is dropped in silence. */
export function overfull(typed: Typed): readonly ('names' | 'numbers')[] {
  return (['names', 'numbers'] as const).filter((field) => {
    const lines = linesOf(typed[field]);
    return lines.length > most || lines.some((line) => line.length > longest[field]);
  });
}

/** Says whether a date of birth can be one: a day that exists, after 1875 and not after `today` (both 'YYYY-MM-DD'). Empty is fine. */
export function isBirthDate(date: string, today: string): boolean {
  if (date === '') return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const time = Date.parse(`${date}T00:00:00Z`);
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
  return exists && date > '1875' && date <= today;
}

function linesOf(text: string): string[] {
  return text
    .split(/[\n;]/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}
