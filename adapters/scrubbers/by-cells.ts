import {
  beginsWithLabel,
  headOf,
  holdsListed,
  isEveryday,
  isListedName,
  isTally,
} from '../../domain/identifiers/rules/in-cells.ts';
import type { Finding, PageText } from '../../domain/ports.ts';
import type { Cell } from './text/csv.ts';

/** A cell of so many words is a sentence, where what stands around a word says something of it. */
const SENTENCE = 5;
/** A number of so many digits and nothing else may be somebody's, whatever its column is called. */
const LONG = 6;
/** Kinds whose findings are written in words. */
const WORDS = new Set(['name', 'place', 'institution', 'address']);

/** Kinds that a label may give to a quantity as well: 'Age: 54', 'Room no.: 12.4'. */
const LABELLED = new Set(['number', 'age', 'date', 'birth-date']);

/**
 * Leaves of the findings on a page of cells what a table can mean: rules are made for sentences, and take what stands in two cells beside or below each other for one phrase. So a finding ends with its cell; what needed
 * both goes, unless it is a name; quantities are nobody's unless a label or the member says so; a label is a cell of its own; and what only the tagger guessed stays where the cell is a sentence, a long number, or
 * holds a listed name. `apart` says that each cell was looked at by itself, with its head before it.
 */
export function byCells(findings: readonly Finding[], text: string, cells: readonly Cell[], apart = false): Finding[] {
  if (cells.length === 0) return [...findings];
  const heads = headRows(text, cells);
  return findings.flatMap((finding) => {
    const own = cellsAt(cells, finding);
    if (own.length === 0) return [finding];
    const lines = text.slice(finding.start, finding.end).includes('\n');
    return own
      .filter((cell) => {
        const written = text.slice(cell.start, cell.end);
        if (finding.rule.startsWith('known')) return true;
        if (WORDS.has(finding.kind) && isTally(written)) return false;
        if (cell.amount) return own.length === 1 && isTheirNumber(finding, written, apart);
        if (own.length > 1)
          return (
            !lines &&
            !heads.has(cell) &&
            !finding.rule.startsWith('tagger') &&
            finding.kind === 'name' &&
            hasLetters(written)
          );
        if (finding.rule.startsWith('tagger')) return isGuessed(finding, written);
        if (apart || !finding.rule.startsWith('label:') || finding.start > cell.start) return true;
        // A row of heads: what stands beside a label there is the next label.
        return !heads.has(cell) && (holdsListed(written) || (isLabel(text, cells, cell) && !beginsWithLabel(written)));
      })
      .map((cell) => ({
        ...finding,
        start: Math.max(finding.start, cell.start),
        end: Math.min(finding.end, cell.end),
      }));
  });
}

/** A share, and what was measured or worked out to so many decimals: 'n' stands above counts as it does above numbers of files. */
const MEASURED = /%\s*$|^\s*-?\d+[.,]\d{4,}\s*$/;

/** Whether a label makes a quantity somebody's: a number or an age, or a whole number of four digits as a postcode, an extension or a year. */
const isTheirNumber = ({ rule, kind }: Finding, written: string, apart: boolean): boolean =>
  rule.startsWith('label:')
    ? (LABELLED.has(kind) && !(kind === 'number' && MEASURED.test(written))) || /^\s*\d{4,}\s*$/.test(written)
    : apart && rule === 'date:year';

const hasLetters = (written: string) => /\p{Alpha}/u.test(written);

/** Whether the cell before this one begins with the label that it was taken for, and not ends with it: 'City', not 'Salt Lake City'. */
function isLabel(text: string, cells: readonly Cell[], cell: Cell): boolean {
  const before = cells[cells.indexOf(cell) - 1];
  return before !== undefined && beginsWithLabel(text.slice(before.start, before.end));
}

function isGuessed({ kind }: Finding, written: string): boolean {
  if (!WORDS.has(kind))
    return hasLetters(written) || /\d[ /-]\d/.test(written) || written.replace(/\D/g, '').length >= LONG;
  return written.trim().split(/\s+/).length >= SENTENCE || holdsListed(written);
}

/** The cells that a finding touches; cells are in the order of the text. */
function cellsAt(cells: readonly Cell[], { start, end }: Finding): Cell[] {
  let [low, high] = [0, cells.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle] as Cell).end <= start) low = middle + 1;
    else high = middle;
  }
  const found: Cell[] = [];
  for (let index = low; index < cells.length && (cells[index] as Cell).start < end; index++)
    found.push(cells[index] as Cell);
  return found;
}

const LEAST_COLUMNS = 3;
const LEAST_ROWS = 3;

/** Cells of rows that are the heads of a table: three words or more without a digit, and three rows below them that fill as many cells. */
function headRows(text: string, cells: readonly Cell[]): ReadonlySet<Cell> {
  const rows: Cell[][] = [];
  let last = -1;
  for (const cell of cells) {
    if (last < 0 || text.slice(last, cell.start).includes('\n')) rows.push([]);
    rows.at(-1)?.push(cell);
    last = cell.end;
  }
  const heads = new Set<Cell>();
  for (const [index, row] of rows.entries()) {
    const isWords = row.every(({ start, end }) => /^[^\d]*\p{Alpha}[^\d]*$/u.test(text.slice(start, end)));
    const below = rows.slice(index + 1, index + 1 + LEAST_ROWS);
    if (
      row.length >= LEAST_COLUMNS &&
      isWords &&
      below.length === LEAST_ROWS &&
      below.every((one) => one.length >= Math.min(row.length - 1, LEAST_COLUMNS) && one.some(({ amount }) => amount))
    )
      for (const cell of row) heads.add(cell);
  }
  return heads;
}

/** So many cells of a column, and this part of them, must be labels for it to be the labels of the cells beside it. */
const LEAST_LABELS = 3;
const LABELS = 0.25;

/** So many different cells of a column, and this part of them, must be everyday words for what stands in it to be things: 'Name' stands above drugs and cakes as well. */
const LEAST_THINGS = 2;
const THINGS = 0.6;

function areThings(column: readonly string[]): boolean {
  const different = [...new Set(column)].filter((written) => hasLetters(written) && !isTally(written));
  const everyday = different.filter(isEveryday).length;
  return everyday >= LEAST_THINGS && everyday >= different.length * THINGS && !different.some(holdsListed);
}

/**
 * What stands before each cell when it is read by itself: the head of its column, or the label beside it; '' for none. In a form the first column's labels are under each other, and none is the head of the next.
 */
export function labelsBefore(text: string, cells: readonly Cell[]): readonly (readonly string[])[] {
  const heads = headRows(text, cells);
  const known = new Map<string, boolean>();
  const begins = (words: string): boolean => {
    const found = known.get(words) ?? beginsWithLabel(words);
    known.set(words, found);
    return found;
  };
  const said = ({ start, end }: Cell) => text.slice(start, end);
  const labels = new Set<string>();
  for (const [head, column] of columnsOf(cells)) {
    const found = column.filter((cell) => begins(said(cell))).length;
    if (found >= LEAST_LABELS && found >= column.length * LABELS) labels.add(head);
    if (areThings(column.map(said))) labels.add(head);
  }
  return cells.map((cell, index) => {
    const before = cells[index - 1];
    const isBeside =
      before &&
      !heads.has(cell) &&
      !begins(said(cell)) &&
      /^\t+$/.test(text.slice(before.end, cell.start)) &&
      begins(said(before));
    const head = labels.has(cell.head) ? '' : headOf(cell.head);
    return [head, ...(isBeside ? [said(before)] : [])];
  });
}

/** Cells by what stands at the head of their column. */
function columnsOf(cells: readonly Cell[]): Map<string, Cell[]> {
  const columns = new Map<string, Cell[]>();
  for (const cell of cells) {
    if (cell.head === '') continue;
    const own = columns.get(cell.head) ?? [];
    own.push(cell);
    columns.set(cell.head, own);
  }
  return columns;
}

/** So many cells of a column, and this part of them, must be somebody's for all of the column to be. */
const LEAST_FOUND = 3;
const FOUND = 0.4;
/** Surnames alone are words as well: so many different ones in a column, and this part of them, are none. */
const LEAST_LISTED = 4;
const LISTED = 0.3;
const LONGEST_NAME = 6;

interface Word {
  readonly page: PageText;
  readonly cell: Cell;
  readonly written: string;
  readonly isFound: boolean;
}

/** The other cells of columns that hold names or numbers of people: a list of patients has names that no list knows among those that some list does. */
export function restOfColumns(pages: ReadonlyMap<PageText, readonly Cell[]>, findings: readonly Finding[]): Finding[] {
  return [
    ...restOf(pages, findings, 'name', isNameLike),
    ...restOf(pages, findings, 'number', (written) => /^\s*\d{5,}\s*$/.test(written)),
  ];
}

function restOf(
  pages: ReadonlyMap<PageText, readonly Cell[]>,
  findings: readonly Finding[],
  kind: 'name' | 'number',
  isLike: (written: string) => boolean,
): Finding[] {
  const columns = new Map<string, Word[]>();
  const firsts = new Map<string, Word[]>();
  for (const [page, cells] of pages) {
    if (cells.length === 0) continue;
    const own = findings.filter((one) => one.page === page.page && one.source === page.source && one.kind === kind);
    for (const cell of cells) {
      const written = page.text.slice(cell.start, cell.end);
      if (cell.amount || isTally(written) || !isLike(written)) continue;
      const isFound = own.some(({ start, end }) => start <= cell.start && cell.end <= end);
      // The first row of a list without heads is one of its rows: a number stands in it, too.
      if (cell.head === '' && !/\d/.test(lineOf(page.text, cell.start))) continue;
      const list = cell.head === '' ? firsts : columns;
      const key = cell.head === '' ? written : cell.head;
      const others = list.get(key);
      const word = { page, cell, written, isFound };
      if (others) others.push(word);
      else list.set(key, [word]);
    }
  }
  return [...columns].flatMap(([head, words]) => {
    if (!isTheirs(words, kind)) return [];
    const first = beginsWithLabel(head) ? [] : (firsts.get(head) ?? []);
    return [...words, ...first]
      .filter(({ isFound }) => !isFound)
      .map(({ page: { page, source }, cell: { start, end } }): Finding => {
        return { page, source, start, end, boxes: [], kind, certainty: 'possible', rule: 'column' };
      });
  });
}

const lineOf = (text: string, at: number) =>
  text.slice(text.lastIndexOf('\n', at) + 1, (text.indexOf('\n', at) + 1 || text.length + 1) - 1);

function isTheirs(words: readonly Word[], kind: 'name' | 'number'): boolean {
  const found = words.filter(({ isFound }) => isFound).length;
  if (found >= LEAST_FOUND && found >= words.length * FOUND) return true;
  if (kind !== 'name') return false;
  const different = [...new Set(words.map(({ written }) => written.trim()))];
  const listed = different.filter(isListedName).length;
  return listed >= LEAST_LISTED && listed >= different.length * LISTED;
}

const isNameLike = (written: string) =>
  /^\s*\p{Uppercase}[^\d:;?!]*$/u.test(written) && written.trim().split(/\s+/).length <= LONGEST_NAME;
