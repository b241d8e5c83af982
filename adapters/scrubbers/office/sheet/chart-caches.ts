import type { Part } from '../rebuild.ts';
import { child, type Element, element, elements, textOf, walk } from '../xml.ts';
import { columnOf } from './cells.ts';
import { formatsOf } from './numbers.ts';

const MOST_CELLS = 4000;
const CACHES: Readonly<Record<string, string>> = { 'c:strRef': 'c:strCache', 'c:numRef': 'c:numCache' };

/** Gives the charts of a workbook the values of the cells that they show, as these are in the output; what they remembered themselves is gone. */
export function refreshCharts(parts: readonly Part[]): void {
  const charts = parts.filter(({ tree }) => tree.root.name === 'c:chartSpace');
  if (charts.length === 0) return;
  const cells = cellsOf(parts);
  const formats = formatsOf(parts.find(({ tree }) => tree.root.name === 'x:styleSheet')?.tree.root);
  for (const { tree } of charts)
    walk(tree.root, (one) => {
      const name = CACHES[one.name];
      const formula = child(one, 'c:f');
      if (name === undefined || !formula) return;
      const points = placesOf(textOf(formula)).map((place) => cells.get(place));
      const isNumbers = name === 'c:numCache';
      const format = points.find((cell) => cell !== undefined)?.attributes['s'] ?? '0';
      const cache = element(name, {}, [
        ...(isNumbers ? [element('c:formatCode', {}, [formats(format)])] : []),
        element('c:ptCount', { val: String(points.length) }),
        ...points.flatMap((cell, index) => {
          const text = cell && !child(cell, 'x:f') ? textOf(cell) : '';
          if (text === '' || (isNumbers && !Number.isFinite(Number(text)))) return [];
          return [element('c:pt', { idx: String(index) }, [element('c:v', {}, [text])])];
        }),
      ]);
      one.children = [formula, cache];
    });
}

/** Every cell of the workbook, under its sheet's name and its own: 'Sheet1!2,7'. */
function cellsOf(parts: readonly Part[]): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>();
  const workbook = parts.find(({ tree }) => tree.root.name === 'x:workbook');
  for (const sheet of elements(child(workbook?.tree.root, 'x:sheets') ?? element('none'), 'x:sheet')) {
    const path = workbook?.relations.find(({ id }) => id === sheet.attributes['r:id'])?.target;
    const root = parts.find((part) => part.path === path)?.tree.root;
    const rows = elements(child(root, 'x:sheetData') ?? element('none'), 'x:row');
    for (const [index, row] of rows.entries())
      for (const cell of elements(row, 'x:c'))
        found.set(
          `${sheet.attributes['name']}!${columnOf(cell.attributes['r']) ?? 0},${row.attributes['r'] ?? index + 1}`,
          cell,
        );
  }
  return found;
}

/** The places of a reference: one area of one sheet. */
function placesOf(formula: string): string[] {
  const found = /^(?:'((?:[^']|'')*)'|([^'!]*))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(
    formula,
  );
  if (!found) return [];
  const [, quoted, plain, left, top, right = left, bottom = top] = found;
  const name = quoted?.replaceAll("''", "'") ?? plain ?? '';
  const places: string[] = [];
  for (let row = Number(top); row <= Number(bottom) && places.length < MOST_CELLS; row++)
    for (let column = columnOf(left) ?? 0; column <= (columnOf(right) ?? 0) && places.length < MOST_CELLS; column++)
      places.push(`${name}!${column},${row}`);
  return places.slice(0, MOST_CELLS);
}
