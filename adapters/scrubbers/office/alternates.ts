import { type Element, element, elements, rewrite, walk } from './xml.ts';

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

/** Objects with paragraphs of DrawingML, and so with formulas: these are Microsoft's extension (MS-ODRAWXML), and programs that do not know it shall pass over the whole object. */
const WORDED = /^(?:p:(?:sp|graphicFrame)|(?:xdr|cdr):sp)$/;

/** Makes a choice without a fallback of each object that holds a formula: a picture of it would keep what is taken out of it. */
export function offerFormulas(root: Element): void {
  rewrite(root, (one) => {
    let holds = false;
    if (WORDED.test(one.name)) walk(one, ({ name }) => (holds ||= name === 'a14:m'));
    return [holds ? element('mc:AlternateContent', {}, [element('mc:Choice', { Requires: 'a14' }, [one])]) : one];
  });
}

/** By the prefixes as they are commonly written; a choice in which nothing known is left is none. */
function isUnderstood(choice: Element): boolean {
  const needed = (choice.attributes['Requires'] ?? '').split(/\s+/).filter((one) => one !== '');
  return (
    needed.every((prefix) => UNDERSTOOD.has(prefix)) &&
    elements(choice).some(({ name }) => !/^(?:w14:|a14:(?!m$))/.test(name))
  );
}
