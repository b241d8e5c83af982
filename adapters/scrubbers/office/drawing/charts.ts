import type { Step } from '../rebuild.ts';
import { child, type Element, element, elements, textOf, walk } from '../xml.ts';

/** Where a chart's values stand: within a workbook the sheets have them, elsewhere only the chart itself. */
const CACHES = new Set(['c:strCache', 'c:numCache', 'c:multiLvlStrCache']);
const REFERENCES = new Set(['c:strRef', 'c:numRef', 'c:multiLvlStrRef']);

/**
 * Prepares a chart: the workbook behind it goes with its links. In a document or a presentation the values that the chart has itself are what is seen and stay; their places in the workbook
 * are told without the sheet's name.
 */
export function chartStep({ root, inWorkbook, build }: Step): void {
  walk(root, (one) => {
    if (REFERENCES.has(one.name)) {
      const formula = child(one, 'c:f');
      if (formula && !inWorkbook) formula.children = [placeOf(textOf(formula))];
    }
    // Wherever one stands: a sheet's own cells are told anew.
    const cached = inWorkbook ? elements(one).filter(({ name: each }) => CACHES.has(each)) : [];
    build.count('chart-cache', cached.length);
    if (cached.length > 0) one.children = one.children.filter((node) => !cached.includes(node as Element));
    if (one.name === 'c:numCache' || one.name === 'c:numLit') numbersOnly(one);
  });
}

/** The cells that a reference names, on a sheet that has the name that any sheet has. */
function placeOf(formula: string): string {
  const cells = /!(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)$/.exec(formula)?.[1];
  return `Sheet1!${cells ?? '$A$1'}`;
}

/** Points of numbers hold numbers; whatever else one holds is not shown. */
function numbersOnly(cache: Element): void {
  cache.children = cache.children.filter(
    (node) =>
      typeof node === 'string' ||
      node.name !== 'c:pt' ||
      /^\s*(?:-?\d*\.?\d+(?:[eE][-+]?\d+)?|#N\/A|)\s*$/.test(textOf(child(node, 'c:v') ?? element('c:v'))),
  );
}
