import type { Span } from '../spans.ts';
import type { LabelKind } from './languages.ts';
import { isFirstName, isLastName } from './name-run.ts';
import { type Reading, span, tokenAt } from './reading.ts';

interface Line {
  readonly start: number;
  readonly end: number;
  /** What its labels ask for, in their order; empty where it holds anything else. */
  readonly kinds: readonly LabelKind[];
}

/** What may stand beside the words of a label without being a value. */
const SIGNS = /^[\s:.°º*()/,;|#_–-]*$/;
const CELLS = /\t|\||;| {2,}/;
const longestValue = 70;
const LEAD = /^[\s"'„“«]*/;

/**
 * Values of forms and tables that became lines: labels below each other with their values below those in the same order; a row of labels with rows of values below it; and labels on one line
 * with the values on the next.
 */
export function fields(reading: Reading): Span[] {
  if (!reading.text.includes('\n')) return [];
  const lines = linesOf(reading);
  const spans: Span[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line || line.kinds.length === 0) continue;
    let count = 1;
    while ((lines[at + count]?.kinds.length ?? 0) > 0 && count < 12) count++;
    if (count > 1) spans.push(...below(reading, lines, at, count));
    else if (line.kinds.length > 1) spans.push(...besides(reading, lines, at));
    at += count - 1;
  }
  return spans;
}

function linesOf(reading: Reading): Line[] {
  const { text } = reading;
  const lines: Line[] = [];
  let start = 0;
  for (const written of text.split('\n')) {
    const end = start + written.length;
    if (written.trim() !== '')
      lines.push({ start, end, kinds: written.length > 160 ? [] : labelsOf(reading, start, end) });
    start = end + 1;
  }
  return lines;
}

/** The kinds of the labels that a line is made of; none where anything else stands in it. */
function labelsOf({ text, tokens, tables }: Reading, start: number, end: number): LabelKind[] {
  const kinds: LabelKind[] = [];
  let place = start;
  for (let at = tokenAt(tokens, start); (tokens[at]?.start ?? end) < end; ) {
    const token = tokens[at];
    const found = tables.labels.longest(text, tokens, at);
    const last = found && tokens[found.next - 1];
    if (!token || !found || !last || last.end > end || !SIGNS.test(text.slice(place, token.start))) return [];
    const kind = ORDER.find((each) => found.values.some((value) => value.kind === each)) ?? found.values[0]?.kind;
    if (!kind) return [];
    kinds.push(kind);
    place = last.end;
    at = found.next;
  }
  return SIGNS.test(text.slice(place, end)) ? kinds : [];
}

/** Of the kinds that one word stands for, which a form means. */
const ORDER: readonly LabelKind[] = ['name', 'birth', 'phone', 'address', 'number', 'place', 'date', 'institution'];

/** `count` lines of labels from `at`, and as many lines of values behind them. */
function below(reading: Reading, lines: readonly Line[], at: number, count: number): Span[] {
  const values = lines.slice(at + count, at + 2 * count);
  return values.flatMap((line, index) =>
    line.kinds.length > 0 ? [] : valueOf(reading, lines[at + index]?.kinds[0], line.start, line.end),
  );
}

/** A row of labels in cells, and rows with as many cells below it; or a line of labels and one of values. */
function besides(reading: Reading, lines: readonly Line[], at: number): Span[] {
  const { text } = reading;
  const head = lines[at];
  if (!head) return [];
  const heads = cellsOf(text, head);
  const spans: Span[] = [];
  if (heads.length < 2) {
    const next = lines[at + 1];
    return next && next.kinds.length === 0 && head.kinds.includes('name') ? leading(reading, next) : [];
  }
  const kinds = heads.map(({ start, end }) => labelsOf(reading, start, end)[0]);
  for (let row = at + 1; row < lines.length; row++) {
    const line = lines[row];
    const cells = line ? cellsOf(text, line) : [];
    if (cells.length !== heads.length) break;
    cells.forEach(({ start, end }, column) => {
      spans.push(...valueOf(reading, kinds[column], start, end));
    });
  }
  return spans;
}

function cellsOf(text: string, { start, end }: Line): { start: number; end: number }[] {
  const line = text.slice(start, end);
  const mark = line.includes('\t') ? '\t' : line.includes('|') ? '|' : line.includes(';') ? ';' : undefined;
  const cells: { start: number; end: number }[] = [];
  let at = start;
  for (const cell of mark ? line.split(mark) : line.trim().split(CELLS)) {
    const from = mark ? at : text.indexOf(cell, at);
    cells.push({ start: from, end: from + cell.length });
    at = from + cell.length + (mark ? 1 : 0);
  }
  return cells;
}

/** The words with a capital at the start of a line, before its first digit. */
function leading(reading: Reading, { start, end }: Line): Span[] {
  const { tokens, text, tables } = reading;
  const from = tokenAt(tokens, start);
  let to = from;
  while (to - from < 5) {
    const token = tokens[to];
    if (!token || token.end > end || token.shape === 'lower' || tables.ordinary.has(token.folded)) break;
    if (/\d/.test(text.slice(start, token.start))) break;
    to++;
  }
  const [first, last] = [tokens[from], tokens[to - 1]];
  return to > from && first && last ? [span(first.start, last.end, 'name', 'certain', 'label:name')] : [];
}

/** What a label of a kind says of a whole line or cell, where that can be such a value. */
function valueOf(reading: Reading, kind: LabelKind | undefined, from: number, to: number): Span[] {
  const { text, tokens } = reading;
  const start = from + (LEAD.exec(text.slice(from, to))?.[0].length ?? 0);
  const written = text.slice(start, to).replace(/[\s"'“”»,;]+$/, '');
  const end = start + written.length;
  if (written === '' || written.length > longestValue) return [];
  const words = tokens.slice(tokenAt(tokens, start), tokenAt(tokens, end));
  const digits = written.replace(/\D/g, '').length;
  const proper = words.some(({ shape }) => shape !== 'lower');
  const one = (spanKind: Span['kind'], rule: string) => [span(start, end, spanKind, 'certain', rule)];
  if (kind === 'name')
    return words.length > 0 &&
      words.length < 6 &&
      digits === 0 &&
      (proper || words.some((word) => isFirstName(reading, word) || isLastName(reading, word)))
      ? one('name', 'label:name')
      : [];
  if (kind === 'birth') return digits >= 4 && digits <= 8 ? one('birth-date', 'label:birth-date') : [];
  if (kind === 'date') return digits >= 3 && digits <= 12 && words.length < 3 ? one('date', 'label:date') : [];
  if (kind === 'number') return digits >= 3 && words.length < 4 ? one('number', 'label:number') : [];
  if (kind === 'phone') return digits >= 5 ? one('phone', 'label:phone') : [];
  if (kind === 'address') return proper && (digits > 0 || words.length > 1) ? one('address', 'label:address') : [];
  if (kind === 'place') return proper && words.length < 6 ? one('place', 'label:place') : [];
  return [];
}
