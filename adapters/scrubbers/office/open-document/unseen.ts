import { child, type Element, elements, isElement, type Node, rewrite, textOf, walk } from '../xml.ts';
import { isLeftOut } from './conditions.ts';
import { isWhite, type Looks } from './looks.ts';
import { valueOf } from './values.ts';

const TINY = 2;
const DECLARED = ['header', 'footer', 'date-time'];
const OBJECTS =
  /^draw:(?:frame|custom-shape|rect|ellipse|circle|line|polyline|polygon|regular-polygon|path|connector|caption|measure|g|page-thumbnail)$/;

/** Takes out of a document's content what nobody sees: hidden letters, sections, sheets, rows, columns, slides; white on white; what placeholders of masters prompt; what lies on hidden layers. */
export function dropUnseen(
  root: Element,
  looks: Looks,
  layers: ReadonlySet<string>,
  count: (kind: string) => void,
): void {
  const named = new Set<string>();
  walk(root, ({ name, attributes }) => {
    if (name === 'draw:page')
      for (const use of DECLARED) named.add(`${use} ${attributes[`presentation:use-${use}-name`]}`);
  });
  rewrite(root, (one) => {
    const declared = /^presentation:(.*)-decl$/.exec(one.name)?.[1];
    // What no page puts into its header or footer.
    if (declared !== undefined && !named.has(`${declared} ${one.attributes['presentation:name']}`)) {
      count('hidden-text');
      return [];
    }
    const goes = hiddenKind(one, looks, layers);
    if (goes === undefined) return [one];
    count(goes);
    return [];
  });
  letters(root, looks, undefined, {}, count);
  const body = child(root, 'office:body');
  // A chart draws its table.
  const isSheet = ['office:spreadsheet', 'office:chart'].some((name) => child(body, name) !== undefined);
  for (const table of tablesOf(root)) cells(table, isSheet, count);
}

function hiddenKind(one: Element, looks: Looks, layers: ReadonlySet<string>): string | undefined {
  const { attributes, name } = one;
  if (name === 'text:section' && isHiddenSection(one)) return 'hidden-text';
  if (PARAGRAPHS.has(name) && hidersOf(one).some(isLeftOut)) return 'hidden-text';
  if (name === 'table:table' && looks('table', attributes['table:style-name']).display === 'false')
    return 'hidden-sheet';
  if (name === 'draw:page' && looks('drawing-page', attributes['draw:style-name']).display === 'hidden')
    return 'hidden-sheet';
  if (/^style:(?:header|footer)(?:-left|-first)?$/.test(name) && attributes['style:display'] === 'false')
    return 'hidden-text';
  if (OBJECTS.test(name) && attributes['draw:display'] === 'none') return 'hidden-object';
  if (OBJECTS.test(name) && layers.has(attributes['draw:layer'] ?? '')) return 'hidden-object';
  if (OBJECTS.test(name) && attributes['presentation:placeholder'] === 'true' && textOf(one).trim() !== '')
    return 'prompt';
  return undefined;
}

const PARAGRAPHS = new Set(['text:p', 'text:h']);
/** The fields that hide the paragraph in which they stand, among its own letters. */
const hidersOf = (one: Element): Element[] =>
  elements(one).flatMap((each) =>
    each.name === 'text:hidden-paragraph' ? [each] : each.name === 'text:span' ? hidersOf(each) : [],
  );

/** Whether a section is hidden (19.470); one that is shown on a condition is shown for good, and its condition goes. */
function isHiddenSection(section: Element): boolean {
  const display = section.attributes['text:display'] ?? 'true';
  if (display === 'true') return false;
  if (display !== 'condition' || isLeftOut(section)) return true;
  delete section.attributes['text:display'];
  return false;
}

interface Letters {
  readonly hidden?: boolean;
  readonly color?: string;
  readonly points?: number;
}

/** Letters by what their own style, and those around them, say of them. */
function letters(
  parent: Element,
  looks: Looks,
  behind: string | undefined,
  given: Letters,
  count: (kind: string) => void,
): void {
  parent.children = parent.children.flatMap((node): readonly Node[] => {
    if (!isElement(node)) {
      if (node.trim() === '' || !isUnseen(given, behind)) return [node];
      count('hidden-text');
      return [];
    }
    const family = FAMILIES[node.name] ?? (OBJECTS.test(node.name) ? 'graphic' : undefined);
    const style =
      node.attributes['draw:style-name'] ??
      node.attributes['presentation:style-name'] ??
      node.attributes['text:style-name'] ??
      node.attributes['table:style-name'];
    const look = family ? looks(family, style) : {};
    const isObject = OBJECTS.test(node.name);
    const under = isObject ? (look.background ?? 'unknown') : (look.background ?? behind);
    // A cell's and a shape's paragraphs begin anew: what a paragraph's style does not say, theirs does.
    const { hidden, color, points } = look;
    const own: Letters = {
      ...given,
      ...(hidden === undefined ? {} : { hidden }),
      ...(color === undefined ? {} : { color }),
      ...(points === undefined ? {} : { points }),
    };
    letters(node, looks, under, own, count);
    return [node];
  });
}

const FAMILIES: Readonly<Record<string, string>> = {
  'text:p': 'paragraph',
  'text:h': 'paragraph',
  'text:span': 'text',
  'table:table-cell': 'table-cell',
};

function isUnseen({ hidden, color, points }: Letters, behind: string | undefined): boolean {
  if (hidden || (points !== undefined && points < TINY)) return true;
  if (color === undefined || behind === 'unknown') return false;
  return behind === undefined
    ? isWhite(color)
    : color.toLowerCase() === behind.toLowerCase() || (isWhite(color) && isWhite(behind));
}

function tablesOf(root: Element): Element[] {
  const found: Element[] = [];
  const visit = (one: Element) => {
    if (one.name === 'table:table') found.push(one);
    for (const each of elements(one)) visit(each);
  };
  visit(root);
  return found;
}

/** Cells in hidden rows and columns, and such as a merged cell covers, are emptied. */
function cells(table: Element, isSheet: boolean, count: (kind: string) => void): void {
  const hidden = columnsOf(table);
  const visit = (parent: Element, isGone: boolean): void => {
    for (const one of elements(parent)) {
      if (/^table:table-(?:rows|header-rows|row-group)$/.test(one.name))
        visit(one, isGone || one.attributes['table:display'] === 'false');
      if (one.name === 'table:table-row') {
        const isHidden = isGone || ['collapse', 'filter'].includes(one.attributes['table:visibility'] ?? '');
        let column = 0;
        for (const cell of elements(one)) {
          const times = Number(cell.attributes['table:number-columns-repeated'] ?? 1);
          const goes =
            isHidden ||
            cell.name === 'table:covered-table-cell' ||
            hidden.some(([from, to]) => from <= column && column + Math.min(times, 1) <= to);
          if (goes) empty(cell, count);
          else shownOnly(cell, isSheet);
          column += times;
        }
      }
    }
  };
  visit(table, false);
}

function empty(cell: Element, count: (kind: string) => void): void {
  if (textOf(cell).trim() !== '' || cell.attributes['office:value'] !== undefined) count('hidden-text');
  cell.children = [];
  for (const name of Object.keys(cell.attributes))
    if (name.startsWith('office:') || name === 'table:formula') delete cell.attributes[name];
}

/**
 * A value that a cell does not show is none. A sheet's programs show the value by its format, whatever the text beside it says: so the text is made to say all of the value. In any other table the text is what is
 * shown, and the value goes.
 */
function shownOnly(cell: Element, isSheet: boolean): void {
  delete cell.attributes['office:string-value'];
  if (cell.attributes['office:value-type'] === undefined) return;
  const lines = elements(cell, 'text:p');
  const value = isSheet && textOf(cell).trim() !== '' ? valueOf(cell) : undefined;
  if (value === undefined || lines[0] === undefined) {
    if (cell.attributes['office:value-type'] !== 'string' || textOf(cell).trim() === '')
      for (const name of Object.keys(cell.attributes)) if (name.startsWith('office:')) delete cell.attributes[name];
    return;
  }
  lines[0].children = [value];
  cell.children = cell.children.filter((node) => node === lines[0] || !lines.includes(node as Element));
}

function columnsOf(table: Element): (readonly [from: number, to: number])[] {
  const hidden: (readonly [number, number])[] = [];
  let at = 0;
  const visit = (parent: Element, isGone: boolean): void => {
    for (const one of elements(parent)) {
      if (/^table:table-(?:columns|header-columns|column-group)$/.test(one.name))
        visit(one, isGone || one.attributes['table:display'] === 'false');
      if (one.name !== 'table:table-column') continue;
      const times = Number(one.attributes['table:number-columns-repeated'] ?? 1);
      if (isGone || ['collapse', 'filter'].includes(one.attributes['table:visibility'] ?? ''))
        hidden.push([at, at + times]);
      at += times;
    }
  };
  visit(table, false);
  return hidden;
}
