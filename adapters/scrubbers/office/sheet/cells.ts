import type { Step } from '../rebuild.ts';
import { child, type Element, element, elements, isElement, type Node, textOf } from '../xml.ts';
import { plainFormula } from './formulas.ts';
import { type CellLook, hides, isUnseenFont } from './look.ts';

export interface Book {
  /** The shared strings: what stands in a string item, by its number. */
  readonly strings: readonly Element[];
  readonly look: (format: number) => CellLook;
  /** Formats that cells have. */
  readonly used: Set<string>;
}

/** An area of a sheet, by the numbers of its first and last columns and rows. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const ON = (value: string | undefined) => value === '1' || value === 'true';
/** In points, and in characters: nothing is read in less. */
const LOW = 1;
const NARROW = 0.3;

/** Prepares the cells of a sheet: what stands in hidden rows and columns goes, and what a merged cell covers, what no colour or format shows; formulas become their values, shared strings stand in their cells. */
export function prepareCells({ root, build }: Step, book: Book): void {
  const data = child(root, 'x:sheetData');
  const { count } = build;
  dropStray(root, undefined, data, count);
  if (!data) return;
  const columns = columnsOf(root, book);
  const rows = hiddenRows(data);
  const merges = mergesOf(root);
  let below = 0;
  for (const row of elements(data, 'x:row')) {
    const number = Number(row.attributes['r'] ?? below + 1);
    below = number;
    if (row.attributes['s'] !== undefined) book.used.add(row.attributes['s']);
    let beside = 0;
    row.children = elements(row, 'x:c').flatMap((cell, index, all): readonly Node[] => {
      const column = columnOf(cell.attributes['r']) ?? beside + 1;
      beside = column;
      if (cell.attributes['s'] !== undefined) book.used.add(cell.attributes['s']);
      const merge = merges.find(
        ({ left, top, right, bottom }) => left <= column && column <= right && top <= number && number <= bottom,
      );
      const isCovered = merge !== undefined && (merge.left !== column || merge.top !== number);
      const isHidden = merge
        ? range(merge.top, merge.bottom).every((at) => rows.has(at)) ||
          range(merge.left, merge.right).every((at) => columns(at) === 'hidden')
        : rows.has(number) ||
          columns(column) === 'hidden' ||
          (columns(column) === 'narrow' && !flowsOver(all[index + 1], column));
      const before = elements(cell).length;
      if (isCovered || isHidden) cell.children = [];
      else fill(cell, book, count);
      if (before > 0 && elements(cell).length === 0) count('hidden-text');
      for (const name of ['cm', 'vm', 'ph']) delete cell.attributes[name];
      return elements(cell).length > 0 || cell.attributes['s'] !== undefined ? [cell] : [];
    });
  }
}

/** Rows stand in the sheet's data, and cells in rows: what stands elsewhere is shown by no program. */
function dropStray(
  parent: Element,
  above: Element | undefined,
  data: Element | undefined,
  count: (kind: string) => void,
): void {
  parent.children = parent.children.filter((node) => {
    if (!isElement(node)) return true;
    const isAtHome =
      node.name === 'x:row'
        ? parent === data
        : node.name === 'x:c'
          ? parent.name === 'x:row' && above === data
          : node.name !== 'x:sheetData' || node === data;
    if (isAtHome) dropStray(node, parent, data, count);
    else count('unknown');
    return isAtHome;
  });
}

/** Whether nothing stands in the cell beside. */
const flowsOver = (next: Element | undefined, column: number) =>
  next === undefined || elements(next).length === 0 || columnOf(next.attributes['r']) !== column + 1;

/** A merge over a whole sheet is looked at by its ends. */
function range(from: number, to: number): number[] {
  return to - from > 200 ? [from, to] : Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** Whether all columns or all rows of an area are hidden. */
export function isHiddenArea(root: Element, book: Book, { left, top, right, bottom }: Area): boolean {
  const [columns, rows] = [columnsOf(root, book), hiddenRows(child(root, 'x:sheetData') ?? element('none'))];
  return range(left, right).every((at) => columns(at) === 'hidden') || range(top, bottom).every((at) => rows.has(at));
}

/** Gives a cell its value as it is seen, or none. */
function fill(cell: Element, { strings, look }: Book, count: (kind: string) => void): void {
  const type = cell.attributes['t'] ?? 'n';
  const formula = child(cell, 'x:f');
  const given = child(cell, 'x:v');
  const value = given ? textOf(given) : '';
  const seen = look(Number(cell.attributes['s'] ?? 0));
  const plain =
    formula && value === '' && Object.keys(formula.attributes).length === 0 ? plainFormula(textOf(formula)) : undefined;
  if (plain !== undefined && !seen.isUnseen) {
    delete cell.attributes['t'];
    cell.children = [element('x:f', {}, [plain])];
    return;
  }
  if (formula) count('formula');
  // What a formula says of truth stands there as the word: a value alone is shown as a number by some programs.
  const truth = type === 'b' && formula ? { 0: 'FALSE', 1: 'TRUE' }[value] : undefined;
  const isText = type === 's' || type === 'str' || type === 'inlineStr' || truth !== undefined;
  const content =
    type === 's'
      ? strings[Number(value)]?.children
      : type === 'str' || truth !== undefined
        ? [element('x:t', { 'xml:space': 'preserve' }, [truth ?? value])]
        : type === 'inlineStr'
          ? child(cell, 'x:is')?.children
          : undefined;
  if (!isText) {
    // More digits than a number holds are read by nobody.
    const number = type === 'n' && given && value.trim() !== '' ? String(Number(value)) : value;
    if (given && Number.isFinite(Number(number))) given.children = [number];
    cell.children = given && !seen.isUnseen && !hides(seen, value, false) ? [given] : [];
    return;
  }
  const shown = seen.isUnseen || hides(seen, '', true) ? [] : shownOf(content ?? []);
  cell.attributes['t'] = 'inlineStr';
  cell.children = shown.some((one) => textOf(one) !== '') ? [element('x:is', {}, shown)] : [];
  if (cell.children.length === 0) delete cell.attributes['t'];
}

/** A string item without its readings and its unseen runs, as a copy of its own. */
function shownOf(content: readonly Node[]): Node[] {
  return content.flatMap((node): readonly Node[] => {
    if (typeof node === 'string' || (node.name !== 'x:t' && node.name !== 'x:r')) return [];
    const properties = child(node, 'x:rPr');
    return properties && isUnseenFont(properties) === 'tiny' ? [] : [structuredClone(node)];
  });
}

/** 'hidden', or so narrow that its words are seen only where they flow over into an empty cell. */
function columnsOf(root: Element, { used }: Book): (column: number) => 'hidden' | 'narrow' | undefined {
  const found: (readonly [from: number, to: number, how: 'hidden' | 'narrow'])[] = [];
  for (const one of elements(child(root, 'x:cols') ?? element('none'), 'x:col')) {
    const { min, max, hidden, width, style } = one.attributes;
    if (style !== undefined) used.add(style);
    if (ON(hidden) || (width !== undefined && Number(width) === 0)) found.push([Number(min), Number(max), 'hidden']);
    else if (width !== undefined && Number(width) < NARROW) found.push([Number(min), Number(max), 'narrow']);
  }
  return (column) => found.find(([from, to]) => from <= column && column <= to)?.[2];
}

function hiddenRows(data: Element): ReadonlySet<number> {
  const hidden = new Set<number>();
  let below = 0;
  for (const { attributes } of elements(data, 'x:row')) {
    below = Number(attributes['r'] ?? below + 1);
    const isLow = attributes['ht'] !== undefined && Number(attributes['ht']) < LOW;
    if (ON(attributes['hidden']) || isLow) hidden.add(below);
  }
  return hidden;
}

function mergesOf(root: Element): Area[] {
  return elements(child(root, 'x:mergeCells') ?? element('none'), 'x:mergeCell').flatMap(({ attributes }) => {
    const found = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(attributes['ref'] ?? '');
    if (!found) return [];
    const [, left = '', top, right = '', bottom] = found;
    return [{ left: columnOf(left) ?? 0, top: Number(top), right: columnOf(right) ?? 0, bottom: Number(bottom) }];
  });
}

/** The number of a column from a cell's name: 'A1' is 1, 'AB7' is 28. */
export function columnOf(reference: string | undefined): number | undefined {
  const letters = /^\$?([A-Z]{1,3})/.exec(reference ?? '')?.[1];
  return letters === undefined
    ? undefined
    : Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
