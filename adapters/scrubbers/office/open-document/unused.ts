import type { OfficeFormat } from '../../../../domain/ports.ts';
import { child, type Element, elements, isElement, walk } from '../xml.ts';

/** Takes out of the styles what nothing uses and what says something: masters of pages that no page has, formats of numbers that no cell has. */
export function prune(
  content: Element,
  styles: Element | undefined,
  format: OfficeFormat,
  count: (kind: string) => void,
): void {
  const masters = child(styles, 'office:master-styles');
  if (masters) {
    const all = elements(masters, 'style:master-page');
    const used = new Set<string>();
    for (const root of styles ? [content, styles] : [content])
      walk(root, ({ name, attributes }) => {
        if (name === 'style:master-page') return;
        const own =
          attributes['style:master-page-name'] ??
          attributes['draw:master-page-name'] ??
          attributes['text:master-page-name'];
        if (own !== undefined) used.add(own);
      });
    // The first page of a text has the standard one, which is 'Standard' or the first; a sheet 'Default'.
    const first =
      all.find(({ attributes }) => ['Standard', 'Default'].includes(attributes['style:name'] ?? '')) ?? all[0];
    if (format !== 'odp' && first) used.add(first.attributes['style:name'] ?? '');
    for (const master of all) if (used.has(master.attributes['style:name'] ?? '')) follow(master, all, used);
    masters.children = masters.children.filter((node) => {
      if (!isElement(node) || node.name !== 'style:master-page' || used.has(node.attributes['style:name'] ?? ''))
        return true;
      count('hidden-text');
      return false;
    });
  }
  const named = new Set<string>();
  const roots = styles ? [content, styles] : [content];
  for (const root of roots)
    walk(root, ({ attributes }) => {
      for (const key of ['style:data-style-name', 'style:percentage-data-style-name', 'style:apply-style-name'])
        if (attributes[key] !== undefined) named.add(attributes[key]);
    });
  for (const root of roots)
    for (const group of [child(root, 'office:automatic-styles'), child(root, 'office:styles')])
      if (group)
        group.children = group.children.filter(
          (node) =>
            !isElement(node) || !/^number:.*-style$/.test(node.name) || named.has(node.attributes['style:name'] ?? ''),
        );
}

/** Pages that come after a page. */
function follow(master: Element, all: readonly Element[], used: Set<string>): void {
  const next = master.attributes['style:next-style-name'];
  if (next === undefined || used.has(next)) return;
  used.add(next);
  const found = all.find(({ attributes }) => attributes['style:name'] === next);
  if (found) follow(found, all, used);
}
