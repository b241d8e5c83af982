import { child, type Element, element, elements, isElement, type Node, textOf } from '../xml.ts';
import { fillOf, type Look, lookOf, type Styles } from './styles.ts';

/** In half points: what is smaller is read by nobody. */
const TINY = 4;
/** Exact heights below these, in twentieths of a point, cut letters off. */
const LOW_LINE = 40;
const LOW_ROW = 40;
const ON = (one: Element | undefined) =>
  one !== undefined && !['0', 'false', 'off', 'none'].includes(one.attributes['w:val'] ?? '1');

/** What lies behind the letters, from outside in; undefined is the paper. 'unknown' may be anything. */
interface Behind {
  readonly fill: string | undefined;
}

/** Takes out what nobody sees: hidden letters, white on white, letters of a point, rows and lines without height. `paper` is what the page is painted with. */
export function dropHidden(
  story: Element,
  styles: Styles,
  paper: string | undefined,
  count: (kind: string) => void,
): void {
  const gone = (): readonly Node[] => {
    count('hidden-text');
    return [];
  };

  const inParagraph = (parent: Element, look: Look, behind: Behind): void => {
    parent.children = parent.children.flatMap((node): readonly Node[] => {
      if (!isElement(node)) return [node];
      if (node.name !== 'w:r' && node.name !== 'm:r') {
        const before = node.children.length;
        inParagraph(node, look, behind);
        // A formula's parts have their places, empty or not.
        return before > 0 && node.children.length === 0 && !node.name.startsWith('m:') ? [] : [node];
      }
      const properties = child(node, 'w:rPr');
      const styled = styles.lookOf(child(properties, 'w:rStyle')?.attributes['w:val']);
      const own = { ...look, ...styled, ...lookOf(properties) };
      if (isUnseen(own, behind)) return elements(node).some(({ name }) => name !== 'w:rPr') ? gone() : [];
      inBlocks(node, behind);
      return [node];
    });
  };

  const inBlocks = (parent: Element, behind: Behind): void => {
    parent.children = parent.children.flatMap((node): readonly Node[] => {
      if (!isElement(node)) return [node];
      const within = { fill: inside(node, behind, styles) };
      if (node.name === 'w:tr' && isLowRow(node)) return gone();
      if (node.name === 'w:tbl') emptyCovered(node, count);
      if (node.name !== 'w:p') {
        inBlocks(node, within);
        return [node];
      }
      const properties = child(node, 'w:pPr');
      const style = child(properties, 'w:pStyle')?.attributes['w:val'] ?? styles.defaultParagraph;
      const look = { ...styles.defaults, ...styles.lookOf(style) };
      const spacing = child(properties, 'w:spacing')?.attributes;
      if (spacing?.['w:lineRule'] === 'exact' && Number(spacing['w:line']) < LOW_LINE) {
        const content = node.children.filter((one) => isElement(one) && one.name !== 'w:pPr');
        if (content.length > 0) count('hidden-text');
        node.children = properties ? [properties] : [];
      } else inParagraph(node, look, { fill: look.fill ?? within.fill });
      return [node];
    });
  };

  inBlocks(story, { fill: paper });
}

/** Cells that the one above or before covers keep a paragraph, and nothing in it (17.4.85, 17.4.22). */
function emptyCovered(table: Element, count: (kind: string) => void): void {
  for (const [index, row] of elements(table, 'w:tr').entries())
    for (const [column, cell] of elements(row, 'w:tc').entries()) {
      const properties = child(cell, 'w:tcPr');
      const goesOn = (merge: Element | undefined) =>
        merge !== undefined && (merge.attributes['w:val'] ?? 'continue') === 'continue';
      const isCovered =
        (index > 0 && goesOn(child(properties, 'w:vMerge'))) || (column > 0 && goesOn(child(properties, 'w:hMerge')));
      if (!isCovered) continue;
      if (textOf(cell).trim() !== '') count('hidden-text');
      cell.children = [...(properties ? [properties] : []), element('w:p')];
    }
}

/** What a table, a cell, a shape or a paragraph puts behind its content. */
function inside(node: Element, behind: Behind, styles: Styles): string | undefined {
  switch (node.name) {
    case 'w:tbl': {
      const properties = child(node, 'w:tblPr');
      const own = fillOf(properties);
      return own ?? (styles.paints(child(properties, 'w:tblStyle')?.attributes['w:val']) ? 'unknown' : behind.fill);
    }
    case 'w:tr':
      return behind.fill;
    case 'w:tc':
      return fillOf(child(node, 'w:tcPr')) ?? behind.fill;
    case 'w:p':
      return fillOf(child(node, 'w:pPr')) ?? behind.fill;
    case 'w:drawing':
    case 'w:pict':
    case 'w:object':
      // A shape may stand on any other, and be filled by its theme.
      return 'unknown';
    default:
      return behind.fill;
  }
}

const isLowRow = (row: Element) => {
  const properties = child(row, 'w:trPr');
  const height = child(properties, 'w:trHeight')?.attributes;
  return ON(child(properties, 'w:hidden')) || (height?.['w:hRule'] === 'exact' && Number(height['w:val']) < LOW_ROW);
};

function isUnseen({ vanish, size, color, fill }: Look, behind: Behind): boolean {
  if (vanish) return true;
  if (size !== undefined && size < TINY) return true;
  const under = fill ?? behind.fill;
  if (color === undefined || color === 'AUTO' || under === 'unknown') return false;
  return under === undefined ? isWhite(color) : color === under || (isWhite(color) && isWhite(under));
}

/** Nobody tells this from the paper. */
function isWhite(color: string): boolean {
  if (color === 'theme:background1' || color === 'theme:bg1' || color === 'theme:light1' || color === 'white')
    return true;
  return /^[0-9A-F]{6}$/.test(color) && [0, 2, 4].every((at) => Number.parseInt(color.slice(at, at + 2), 16) >= 0xf6);
}
