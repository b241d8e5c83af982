import { type Element, walk } from '../xml.ts';

/** The attributes by which lists and numbered paragraphs go on with the numbers of a list (OpenDocument 1.3-3, 19.782 and 19.826). */
const CONTINUING = ['text:continue-list', 'text:list-id'];

/** Gives the lists that others continue names that say nothing; other lists lose theirs, and what continues none begins anew. */
export function nameLists(root: Element): void {
  const continued = new Set<string>();
  walk(root, ({ attributes }) => {
    for (const key of CONTINUING) if (attributes[key] !== undefined) continued.add(attributes[key]);
  });
  const names = new Map<string, string>();
  walk(root, ({ name, attributes }) => {
    const own = name === 'text:list' ? attributes['xml:id'] : attributes['text:list-id'];
    if (own !== undefined && continued.has(own) && !names.has(own)) names.set(own, `list${names.size + 1}`);
  });
  walk(root, ({ name, attributes }) => {
    for (const key of name === 'text:list' ? [...CONTINUING, 'xml:id'] : CONTINUING) {
      const given = attributes[key] === undefined ? undefined : names.get(attributes[key]);
      if (given === undefined) delete attributes[key];
      else attributes[key] = given;
    }
  });
}
