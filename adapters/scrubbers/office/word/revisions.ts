import { child, type Element, element, elements, isElement, type Node, rewrite, walk } from '../xml.ts';

const ACCEPTED = new Set(['w:ins', 'w:moveTo']);
const DELETED = new Set([
  'w:del',
  'w:moveFrom',
  'w:delText',
  'w:delInstrText',
  'w:cellIns',
  'w:cellDel',
  'w:cellMerge',
]);
const FORMER = /^w:\w+Change$/;

/** Accepts all tracked changes (ECMA-376-1, 17.13.5): what was put in stays, what was taken out or moved away goes, rows, cells and ends of paragraphs too; former formatting goes. */
export function acceptRevisions(root: Element, count: (kind: string) => void): void {
  walk(root, (parent) => joinParagraphs(parent, count));
  rewrite(root, (one) => {
    if (
      (one.name === 'w:tr' && child(child(one, 'w:trPr'), 'w:del')) ||
      (one.name === 'w:tc' && child(child(one, 'w:tcPr'), 'w:cellDel'))
    ) {
      count('tracked-change');
      return [];
    }
    return [one];
  });
  rewrite(root, (one) => {
    if (DELETED.has(one.name) || FORMER.test(one.name)) {
      count('tracked-change');
      return [];
    }
    if (ACCEPTED.has(one.name)) {
      count('tracked-change');
      return one.children;
    }
    return [one];
  });
  withoutEmptyTables(root);
}

/** A paragraph whose end was deleted goes on in the next. */
function joinParagraphs(parent: Element, count: (kind: string) => void): void {
  const joined: Node[] = [];
  let carried: Node[] = [];
  let last: Element | undefined;
  for (const node of parent.children) {
    if (!isElement(node) || node.name !== 'w:p') {
      if (last && isElement(node) && node.name === 'w:tbl') {
        joined.push(last);
        [last, carried] = [undefined, []];
      }
      joined.push(node);
      continue;
    }
    const content = node.children.filter((one) => !isElement(one) || one.name !== 'w:pPr');
    const properties = elements(node, 'w:pPr');
    node.children = [...properties, ...carried, ...content];
    const mark = child(properties[0], 'w:rPr');
    if (child(mark, 'w:del') || child(mark, 'w:moveFrom')) {
      count('tracked-change');
      carried = node.children.filter((one) => !isElement(one) || one.name !== 'w:pPr');
      last = node;
    } else {
      joined.push(node);
      [last, carried] = [undefined, []];
    }
  }
  if (last) joined.push(last);
  parent.children = joined;
}

/** A row without cells and a table without rows are none; a cell ends with a paragraph. */
export function withoutEmptyTables(root: Element): void {
  rewrite(root, (one) => {
    if (one.name === 'w:tr' && !child(one, 'w:tc') && !child(one, 'w:sdt')) return [];
    if (one.name === 'w:tbl' && !child(one, 'w:tr') && !child(one, 'w:sdt')) return [];
    if (one.name === 'w:tc' && elements(one).at(-1)?.name !== 'w:p') one.children.push(element('w:p'));
    return [one];
  });
}
