/** A cell of a table in a text: UTF-16 offsets of its content without the quotes around it, and the head of its column ('' for none). */
export interface Cell {
  readonly head: string;
  readonly start: number;
  readonly end: number;
  /** A quantity: a number with a fraction, a sign, a unit or few digits, as no identifier is written. */
  readonly amount?: boolean;
}

/** Whether a cell that holds this and nothing else is a quantity: too short or too fractional a number to name anybody. */
export const isAmount = (text: string): boolean =>
  /^\s*[-+]?\d*[.,]?\d+(?:[eE][-+]?\d+)?\s*%?\s*$/.test(text) &&
  (/[.,%eE]/.test(text) || text.replace(/\D/g, '').length < SHORT);
const SHORT = 5;

const DELIMITERS = [';', ',', '\t', '|'] as const;
/** So many rows, of those that are looked at, must have as many cells as the first. */
const REGULAR = 0.9;
const ROWS_LOOKED_AT = 200;

interface Row {
  readonly cells: readonly { readonly start: number; readonly end: number }[];
}

/** The delimiter of a table of comma-separated values (RFC 4180, and the semicolon of half of Europe); undefined where the text is no table of two rows and two columns at least. */
export function delimiterOf(text: string): string | undefined {
  return DELIMITERS.find((delimiter) => {
    const rows = rowsOf(text, delimiter, ROWS_LOOKED_AT).filter(({ cells }) => cells.length > 1 || filled(cells));
    const columns = rows[0]?.cells.length ?? 0;
    if (rows.length < 2 || columns < 2) return false;
    return rows.filter(({ cells }) => cells.length === columns).length >= rows.length * REGULAR;
  });
}

const filled = (cells: Row['cells']) => cells.some(({ start, end }) => end > start);

/** The cells below the head of a table; none where the text is no table. */
export function cellsOf(text: string): Cell[] {
  const delimiter = delimiterOf(text);
  if (delimiter === undefined) return [];
  const [head, ...rows] = rowsOf(text, delimiter);
  const heads = head?.cells.map(({ start, end }) => text.slice(start, end).trim()) ?? [];
  return rows.flatMap(({ cells }) =>
    cells.flatMap(({ start, end }, column) =>
      end > start ? [{ head: heads[column] ?? '', start, end, amount: isAmount(text.slice(start, end)) }] : [],
    ),
  );
}

function rowsOf(text: string, delimiter: string, most = Number.POSITIVE_INFINITY): Row[] {
  const rows: Row[] = [];
  let cells: { start: number; end: number }[] = [];
  let at = 0;
  while (at <= text.length && rows.length < most) {
    const quoted = text[at] === '"';
    const start = quoted ? at + 1 : at;
    let end = start;
    if (quoted) {
      // A doubled quote is one within the cell; a quote that is never closed ends with the text.
      for (end = text.indexOf('"', start); end >= 0 && text[end + 1] === '"'; end = text.indexOf('"', end + 2));
      if (end < 0) end = text.length;
      at = end + 1;
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++;
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++;
      end = at;
    }
    cells.push({ start, end });
    if (text[at] !== delimiter) {
      if (cells.length > 1 || filled(cells)) rows.push({ cells });
      cells = [];
    }
    at++;
  }
  return rows;
}
