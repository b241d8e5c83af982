import { plainNumber } from '../sheet/numbers.ts';
import { child, type Element, element, elements, textOf, walk } from '../xml.ts';
import { all, isWhite } from './looks.ts';

/** A cell's value in full, whatever its format shows of it: a number, an ISO 8601 date; undefined for words, and for what is none of them. */
export function valueOf({ attributes }: Element): string | undefined {
  switch (attributes['office:value-type']) {
    case 'float':
    case 'percentage':
    case 'currency': {
      const number = Number(attributes['office:value'] || Number.NaN);
      if (!Number.isFinite(number)) return undefined;
      attributes['office:value'] = String(number);
      return plainNumber(number);
    }
    case 'date': {
      const [, day, time] =
        /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?Z?)?$/.exec(attributes['office:date-value'] ?? '') ??
        [];
      return day === undefined || time === undefined || /^00:00(?::00)?$/.test(time) ? day : `${day} ${time}`;
    }
    case 'time': {
      const [, hours, minutes, seconds] =
        /^PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d{1,9})?S$/.exec(attributes['office:time-value'] ?? '') ?? [];
      return hours === undefined ? undefined : [hours, minutes, seconds].map((one) => one?.padStart(2, '0')).join(':');
    }
    case 'boolean':
      return /^(?:true|false)$/.test(attributes['office:boolean-value'] ?? '')
        ? attributes['office:boolean-value']?.toUpperCase()
        : undefined;
    default:
      return undefined;
  }
}

/**
 * Writes the values of a sheet's or a chart's cells that have no text of it: programs show them by their formats all the same, where these show anything. A cell that has its look of its column or row gets it itself, so that what
 * looks for letters in the colour of the paper sees it. `roots` are the document's parts with styles.
 */
export function tellValues(root: Element, roots: readonly Element[]): void {
  const body = child(root, 'office:body');
  const formats = cellFormats(roots);
  const tables = ['office:spreadsheet', 'office:chart'].flatMap((name) => all(child(body, name), 'table:table'));
  for (const table of tables) {
    const looks = columnLooks(table);
    walk(table, (row) => {
      if (row.name !== 'table:table-row') return;
      let column = 0;
      for (const cell of elements(row)) {
        if (cell.children.length > 0 || cell.attributes['office:value-type'] !== undefined) {
          const style =
            cell.attributes['table:style-name'] ?? row.attributes['table:default-cell-style-name'] ?? looks(column);
          if (style !== undefined) cell.attributes['table:style-name'] = style;
          if (textOf(cell).trim() === '' && showAll(formats(style))) write(cell);
        }
        column += Number(cell.attributes['table:number-columns-repeated'] ?? 1);
      }
    });
  }
}

function write(cell: Element): void {
  const value = valueOf(cell);
  if (value === undefined) return;
  const line = child(cell, 'text:p');
  if (line) line.children = [value];
  else cell.children.unshift(element('text:p', {}, [value]));
}

/** The look that a column gives to its cells. */
function columnLooks(table: Element): (column: number) => string | undefined {
  const ranges: (readonly [end: number, style: string | undefined])[] = [];
  let end = 0;
  walk(table, (one) => {
    if (one.name !== 'table:table-column') return;
    end += Number(one.attributes['table:number-columns-repeated'] ?? 1);
    ranges.push([end, one.attributes['table:default-cell-style-name']]);
  });
  return (column) => ranges.find(([to]) => column < to)?.[1];
}

/** The formats of a cell's style: its own and those that it gives way to for some values; undefined for the general one. */
export type CellFormats = (style: string | undefined) => readonly Element[] | undefined;

/** Reads the formats of cells. Takes the document's parts with styles. */
export function cellFormats(roots: readonly Element[]): CellFormats {
  const styles = new Map<string, Element>();
  const formats = new Map<string, Element>();
  for (const root of roots)
    walk(root, (one) => {
      const name = one.attributes['style:name'] ?? '';
      if (one.name === 'style:style' && one.attributes['style:family'] === 'table-cell') styles.set(name, one);
      if (/^number:.*-style$/.test(one.name)) formats.set(name, one);
    });
  const withMapped = (format: Element) => [
    format,
    ...elements(format, 'style:map').flatMap(
      ({ attributes }) => formats.get(attributes['style:apply-style-name'] ?? '') ?? [],
    ),
  ];
  return (style) => {
    const seen = new Set<Element>();
    for (let at = styles.get(style ?? 'Default'); at && !seen.has(at); ) {
      seen.add(at);
      const format = at.attributes['style:data-style-name'];
      const found = format === undefined ? undefined : formats.get(format);
      if (format !== undefined) return found && withMapped(found);
      at = styles.get(at.attributes['style:parent-style-name'] ?? '');
    }
    return undefined;
  };
}

/** Whether formats show what a cell holds: each has a place for a digit, a day, a truth value, and no white letters. Those of signs alone, or of nothing, do not. */
const showAll = (formats: readonly Element[] | undefined): boolean =>
  formats?.every(
    (format) =>
      elements(format).some(({ name }) => /^number:(?!text$|currency-symbol$)/.test(name)) &&
      !isWhite(child(format, 'style:text-properties')?.attributes['fo:color']),
  ) ?? true;

/** Whether a format is one of quantities: with decimals or thousands apart, a percentage, an amount of money, a power of ten. */
export const isOfQuantities = (formats: readonly Element[] | undefined): boolean =>
  formats?.some(
    (format) =>
      /^number:(?:percentage|currency)-style$/.test(format.name) ||
      elements(format).some(
        ({ name, attributes }) =>
          name === 'number:scientific-number' ||
          name === 'number:fraction' ||
          (name === 'number:number' &&
            (attributes['number:grouping'] === 'true' || Number(attributes['number:decimal-places'] ?? 0) > 0)),
      ),
  ) ?? false;
