import { drawingReading } from '../drawing/texts.ts';
import type { Part } from '../rebuild.ts';
import { piecesOf, type Reading, textSlot } from '../slots.ts';
import type { Piece, Slot } from '../texts.ts';
import { child, type Element, element, elements, textOf, walk } from '../xml.ts';
import { columnOf } from './cells.ts';
import { headerPieces } from './header-footer.ts';
import { formatsOf, type ReadNumber, readNumber } from './numbers.ts';

/** Columns that have their place among the tabs; further ones follow each other with one between them. */
const MOST_COLUMNS = 60;

type ReadCell = (cell: Element, value: string) => ReadNumber;

/** What a chart repeats of cells is theirs. */
const reading: Reading = (one) => (/^c:(?:str|num)Cache$/.test(one.name) ? 'skip' : drawingReading(one));

/** What a workbook says: the names of its sheets; each sheet's rows, cells with tabs between them, then its headers; drawings and charts; words of number formats. */
export function workbookTexts(parts: readonly Part[]): Piece[][] {
  const of = (root: string) => parts.filter(({ tree }) => tree.root.name === root).map(({ tree }) => tree.root);
  const charts = of('c:chartSpace');
  const [book = element('none')] = of('x:workbook');
  const names = elements(child(book, 'x:sheets') ?? element('none'), 'x:sheet');
  const sections: Piece[][] = [
    names.flatMap((sheet): Piece[] => [{ ...nameSlot(sheet, names, charts, book), head: '' }, '\n']),
  ];
  const format = formatsOf(of('x:styleSheet')[0]);
  const is1904 = child(book, 'x:workbookPr')?.attributes['date1904'] === '1';
  const read = (cell: Element, value: string): ReadNumber =>
    ['n', undefined].includes(cell.attributes['t'])
      ? readNumber(value, format(cell.attributes['s'] ?? '0'), is1904)
      : { text: value, amount: cell.attributes['t'] !== 'd' };
  for (const sheet of of('x:worksheet')) sections.push([...rowPieces(sheet, read), ...headersOf(sheet)]);
  for (const sheet of of('x:chartsheet')) sections.push(headersOf(sheet));
  for (const drawing of of('xdr:wsDr')) sections.push(piecesOf(drawing, reading));
  // A chart's words stand as far apart as cells.
  for (const chart of [...charts, ...of('c:userShapes')])
    sections.push(
      piecesOf(chart, reading).map((piece) => (typeof piece === 'string' ? piece : { ...piece, head: '' })),
    );
  sections.push(of('x:styleSheet').flatMap(formatPieces));
  return sections;
}

/** A sheet's name stands in the references of charts as well. */
function nameSlot(sheet: Element, all: readonly Element[], charts: readonly Element[], book: Element): Slot {
  const name = sheet.attributes['name'] ?? '';
  return {
    text: name,
    write: (written) => {
      const plain = written.replace(/[[\]:*?/\\']/g, ' ').slice(0, 25);
      const taken = new Set(all.filter((one) => one !== sheet).map(({ attributes }) => attributes['name']));
      let unique = plain;
      for (let number = 2; taken.has(unique); number++) unique = `${plain} ${number}`;
      sheet.attributes['name'] = unique;
      for (const root of [...charts, book])
        walk(root, (one) => {
          if (one.name === 'c:f' || one.name === 'x:definedName') one.children = [renamed(textOf(one), name, unique)];
        });
    },
  };
}

/** References with another name for a sheet: 'Jane'!$A$1,'Jane'!$B$2. */
function renamed(references: string, name: string, to: string): string {
  return references
    .split(/,(?=')|,(?=[^']*!)/)
    .map((one) => {
      const at = one.lastIndexOf('!');
      const named = one.slice(0, Math.max(0, at)).replace(/^'|'$/g, '').replaceAll("''", "'");
      return at > 0 && named === name ? `'${to}'${one.slice(at)}` : one;
    })
    .join(',');
}

function rowPieces(sheet: Element, read: ReadCell): Piece[] {
  const rows = elements(child(sheet, 'x:sheetData') ?? element('none'), 'x:row').filter(
    ({ children }) => children.length > 0,
  );
  const heads = new Map<number, string>();
  return rows.flatMap((row): Piece[] => {
    const pieces: Piece[] = [];
    let at = 1;
    for (const cell of elements(row, 'x:c')) {
      const column = columnOf(cell.attributes['r']) ?? at;
      for (; at < column && at < MOST_COLUMNS; at++) pieces.push('\t');
      if (at < column) pieces.push('\t');
      const text = child(cell, 'x:f') ? '' : textOf(cell);
      const head = heads.get(column);
      if (head === undefined && text !== '') heads.set(column, text);
      pieces.push(...cellSlots(cell, read).map((slot) => ({ ...slot, head: head ?? '' })));
      at = Math.max(at, column);
    }
    pieces.push('\n');
    return pieces;
  });
}

/** The words of a cell, or its number, which a redaction makes a word. */
function cellSlots(cell: Element, read: ReadCell): Slot[] {
  const inline = child(cell, 'x:is');
  if (inline) {
    const texts: Slot[] = [];
    walk(inline, (one) => {
      if (one.name === 'x:t') texts.push(textSlot(one));
    });
    return texts;
  }
  const value = child(cell, 'x:v');
  if (!value) return [];
  return [
    {
      ...read(cell, textOf(value)),
      write: (written) => {
        cell.attributes['t'] = 'inlineStr';
        cell.children = [element('x:is', {}, [element('x:t', { 'xml:space': 'preserve' }, [written])])];
      },
    },
  ];
}

const headersOf = (sheet: Element): Piece[] =>
  elements(child(sheet, 'x:headerFooter') ?? element('none')).flatMap((one): Piece[] => [...headerPieces(one), '\n']);

/** Words within the quotes of number formats: cells show them beside their numbers. */
function formatPieces(styles: Element): Piece[] {
  const pieces: Piece[] = [];
  walk(styles, (one) => {
    const code = one.name === 'x:numFmt' ? (one.attributes['formatCode'] ?? '') : '';
    const parts = code.split(/("[^"]*")/);
    for (const [index, part] of parts.entries()) {
      if (!/^".*(?:\p{Alpha}{2}|\d{2}).*"$/u.test(part)) continue;
      pieces.push(
        {
          text: part.slice(1, -1),
          write: (written) => {
            parts[index] = `"${written}"`;
            one.attributes['formatCode'] = parts.join('');
          },
        },
        '\n',
      );
    }
  });
  return pieces;
}
