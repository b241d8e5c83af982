import { type Element, element, elements, rewrite } from './xml.ts';

/** Extensions whose content is understood here: a choice that needs no other is taken. */
const UNDERSTOOD = new Set(['wps', 'wpg', 'a14', 'p14', 'c14', 'w14', 'wp14', 'x14']);

/** Decides for each part with alternatives (ISO/IEC 29500-3, 7.5) which of them is the one that is seen; the others go. */
export function alternates(root: Element): void {
  rewrite(root, (element) => {
    if (element.name !== 'mc:AlternateContent') return [element];
    const choice = elements(element, 'mc:Choice').find((one) => isUnderstood(one));
    return (choice ?? elements(element, 'mc:Fallback')[0])?.children ?? [];
  });
}

/** By the prefixes as they are commonly written; a choice in which nothing known is left is none. */
function isUnderstood(choice: Element): boolean {
  const needed = (choice.attributes['Requires'] ?? '').split(/\s+/).filter((one) => one !== '');
  return (
    needed.every((prefix) => UNDERSTOOD.has(prefix)) && elements(choice).some(({ name }) => !name.startsWith('w14:'))
  );
}

/** What stands in an output as an alternative again: programs of before the extension pass over it, and newer ones read it nowhere else without complaint. */
const OFFERED: Readonly<Record<string, string>> = { 'a14:m': 'a14' };

/** Offers content of an extension as such, see `alternates`. */
export function offered(root: Element): void {
  rewrite(root, (one) => {
    const prefix = OFFERED[one.name];
    return prefix ? [element('mc:AlternateContent', {}, [element('mc:Choice', { Requires: prefix }, [one])])] : [one];
  });
}
