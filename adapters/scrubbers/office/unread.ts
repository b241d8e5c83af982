import type { Piece } from './texts.ts';
import { type Element, isElement } from './xml.ts';

/** Elements whose text is checked by itself and is no words: references, formats, numbers, names of the standard's own. */
const CHECKED = new Set([
  'c:f',
  'c:formatCode',
  'c:separator',
  'x:v',
  'x:f',
  'x:definedName',
  'x:formula',
  'a:tableStyleId',
  'wp:align',
  'wp:posOffset',
  'xdr:col',
  'xdr:colOff',
  'xdr:row',
  'xdr:rowOff',
  'cdr:x',
  'cdr:y',
]);

const inChart = (parents: RegExp) => (parent: string, root: string) => root === 'c:chartSpace' && parents.test(parent);
/** Where alone a text is checked by what stands around it: names of sheets, and what a chart repeats. */
const PLACES: Readonly<Record<string, (parent: string, root: string) => boolean>> = {
  'c:f': inChart(/^c:(?:str|num|multiLvlStr)Ref$/),
  'c:strCache': inChart(/^c:strRef$/),
  'c:numCache': inChart(/^c:numRef$/),
  'x:f': (parent, root) => parent === 'x:c' && root === 'x:worksheet',
  'x:v': (parent, root) => parent === 'x:c' && root === 'x:worksheet',
  'x:formula': (parent) => parent === 'x:cfRule',
  'x:definedName': (parent) => parent === 'x:definedNames',
};

/** Takes out of parts all words that stand in no slot: what nobody reads and searches shall not stay. `same` names elements below which words are repeated that are read elsewhere. */
export function dropUnread(
  roots: readonly Element[],
  sections: readonly (readonly Piece[])[],
  count: (kind: string) => void,
  same: ReadonlySet<string> = new Set(),
): void {
  const read = new Set<Element>();
  for (const piece of sections.flat()) if (typeof piece !== 'string' && piece.of) read.add(piece.of);
  const visit = (one: Element, parent: Element | undefined, root: Element): void => {
    const isAtHome = PLACES[one.name]?.(parent?.name ?? '', root.name) ?? true;
    if (isAtHome && (CHECKED.has(one.name) || same.has(one.name))) return;
    const hasWords = one.children.some((node) => !isElement(node) && /[\p{Alpha}\p{N}]/u.test(node));
    if (hasWords && !read.has(one)) {
      one.children = one.children.filter(isElement);
      count('unknown');
    }
    for (const node of one.children) if (isElement(node)) visit(node, one, root);
  };
  for (const root of roots) visit(root, undefined, root);
}
