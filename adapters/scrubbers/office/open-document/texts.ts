import { isAmount } from '../../text/csv.ts';
import { attributeSlot, stringSlots } from '../slots.ts';
import type { Piece, Slot } from '../texts.ts';
import { child, type Element, elements, isElement, textOf, walk } from '../xml.ts';
import { isWithinLine } from './forms.ts';
import { all } from './looks.ts';
import type { Document } from './open-document.ts';
import { cellFormats, isOfQuantities } from './values.ts';

/** So many cells of a row have their place among the tabs; further ones follow each other with one between them. */
const MOST_COLUMNS = 60;
const LINES = new Set(['text:p', 'text:h']);
const ASIDE = /^draw:|^text:note$/;

/** What an OpenDocument says: names of sheets; the text, a page for each sheet and slide; headers, footers and what masters put on every page; charts; labels of lists and words of number formats. */
export function openDocumentTexts(documents: readonly Document[]): Piece[][] {
  const sections: Piece[][] = [];
  const [main, ...charts] = documents;
  const body = child(main?.content.root, 'office:body');
  const [kind] = body ? elements(body) : [];
  if (kind?.name === 'office:spreadsheet') {
    const sheets = elements(kind, 'table:table');
    sections.push(sheets.flatMap((sheet): Piece[] => [{ ...nameSlot(sheet, charts), head: '' }, '\n']));
    const formats = cellFormats(partsOf(documents.slice(0, 1)));
    for (const sheet of sheets)
      sections.push(sheetPieces(sheet, ({ attributes }) => isOfQuantities(formats(attributes['table:style-name']))));
  } else if (kind?.name === 'office:presentation') for (const page of elements(kind)) sections.push(pieces(page));
  else if (kind) sections.push(pieces(kind));
  const masters = child(main?.styles?.root, 'office:master-styles');
  if (masters) sections.push(pieces(masters));
  for (const { content } of charts) {
    const chart = child(content.root, 'office:body');
    // Its table repeats what it draws: the names of series and places, and quantities.
    if (chart)
      sections.push([
        ...pieces(chart, 'table:table'),
        ...all(chart, 'table:table').flatMap((table) => sheetPieces(table, () => true)),
      ]);
  }
  sections.push(partsOf(documents).flatMap(labels));
  return sections;
}

const partsOf = (documents: readonly Document[]): Element[] =>
  documents.flatMap(({ content, styles }) => (styles ? [content.root, styles.root] : [content.root]));

/** What stands below a root, in order; elements of the name `apart` are read elsewhere. */
function pieces(root: Element, apart?: string): Piece[] {
  const out: Piece[] = [];
  const visit = (one: Element, asides: Element[], isWithin = false): void => {
    if (one.name === apart) return;
    if (one.name === 'text:tab' || one.name === 'text:s') out.push(one.name === 'text:tab' ? '\t' : ' ');
    else if (one.name === 'text:line-break') out.push('\n');
    const slots = stringSlots(one);
    const isLine = LINES.has(one.name);
    const isInLine = isLine || isWithin;
    const own = isLine ? [] : asides;
    for (const [index, node] of one.children.entries()) {
      if (!isElement(node)) {
        const slot = slots.get(index);
        // Between lines white space is the file's own; within one it parts words, also where it has a look of its own.
        if (slot && (isInLine || slot.text.trim() !== '')) out.push(slot);
      } else if (isInLine && isWithinLine(node))
        out.push(' ', ...node.children.flatMap((box) => (isElement(box) ? pieces(box) : [])).filter(isNoBreak), ' ');
      else if (isInLine && ASIDE.test(node.name)) own.push(node);
      else visit(node, own, isInLine);
    }
    if (isLine || one.name === 'table:table-row') {
      if (out.at(-1) !== '\n') out.push('\n');
      if (isLine) for (const aside of own) visit(aside, []);
    }
    if (/^table:table-cell$/.test(one.name)) {
      if (out.at(-1) === '\n') out.pop();
      out.push('\t');
    }
  };
  visit(root, []);
  return out;
}

const isNoBreak = (piece: Piece) => piece !== '\n';
/** A table of cells; `isCounted` says of one with a number that its look is that of a quantity. */
function sheetPieces(sheet: Element, isCounted: (cell: Element) => boolean): Piece[] {
  const out: Piece[] = [];
  const heads = new Map<number, string>();
  walk(sheet, (row) => {
    if (row.name !== 'table:table-row' || textOf(row).trim() === '') return;
    let column = 0;
    for (const cell of elements(row)) {
      const times = Number(cell.attributes['table:number-columns-repeated'] ?? 1);
      const head = heads.get(column);
      const text = textOf(cell).trim();
      if (head === undefined && text !== '') heads.set(column, text);
      for (const piece of pieces(cell)) {
        if (typeof piece !== 'string') out.push({ ...cellSlot(piece, cell, isCounted(cell)), head: head ?? '' });
        else if (piece !== '\t') out.push(' ');
      }
      column += times;
      for (let tabs = 0; tabs < (column < MOST_COLUMNS ? times : 1); tabs++) out.push('\t');
    }
    out.push('\n');
  });
  for (const shapes of elements(sheet, 'table:shapes')) out.push(...pieces(shapes));
  return out;
}

/** A cell whose words are changed has no number behind them any more. */
const cellSlot = (slot: Slot, cell: Element, isCounted: boolean): Slot => ({
  ...slot,
  amount: isQuantity(cell, slot.text, isCounted),
  write: (written) => {
    for (const name of Object.keys(cell.attributes)) if (name.startsWith('office:')) delete cell.attributes[name];
    cell.attributes['office:value-type'] = 'string';
    slot.write(written);
  },
});

const isQuantity = ({ attributes }: Element, text: string, isCounted: boolean): boolean => {
  const type = attributes['office:value-type'];
  return (
    ['percentage', 'currency', 'time', 'boolean'].includes(type ?? '') ||
    (type === 'float' && (isCounted || isAmount(text)))
  );
};

/** A sheet's name stands in the references of charts as well. */
function nameSlot(sheet: Element, charts: readonly Document[]): Slot {
  const name = sheet.attributes['table:name'] ?? '';
  return {
    text: name,
    write: (written) => {
      const plain = written.replace(/[[\]:*?/\\'.$]/g, ' ');
      sheet.attributes['table:name'] = plain;
      for (const { content } of charts)
        walk(content.root, ({ attributes }) => {
          for (const [key, value] of Object.entries(attributes))
            if (/cell-?(?:range-)?address$/.test(key))
              attributes[key] = value
                .split(/(?<=\d):|(?<=\d) /)
                .map((one) => renamed(one, name, plain))
                .join(value.includes(':') ? ':' : ' ');
        });
    },
  };
}

function renamed(reference: string, name: string, to: string): string {
  const at = reference.lastIndexOf('.');
  const named = reference.slice(0, Math.max(0, at)).replace(/^\$/, '').replace(/^'|'$/g, '');
  return at > 0 && named === name ? `'${to}'${reference.slice(at)}` : reference;
}

/** Words beside numbers: in formats of cells, before and behind the numbers of lists and pages. */
function labels(root: Element): Piece[] {
  const out: Piece[] = [];
  walk(root, (one) => {
    if (/^number:(?:text|currency-symbol|embedded-text)$/.test(one.name) && /\p{Alpha}|\d{2}/u.test(textOf(one)))
      for (const slot of stringSlots(one).values()) out.push(slot, '\n');
    if (/^presentation:.*-decl$/.test(one.name)) for (const slot of stringSlots(one).values()) out.push(slot, '\n');
    for (const name of ['style:num-prefix', 'style:num-suffix', 'text:prefix', 'text:suffix'])
      if (/\p{Alpha}{2}|\d{2}/u.test(one.attributes[name] ?? '')) out.push(attributeSlot(one, name), '\n');
  });
  return out;
}
