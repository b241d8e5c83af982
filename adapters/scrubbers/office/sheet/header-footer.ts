import type { Slot } from '../texts.ts';
import { type Element, textOf } from '../xml.ts';

/** Codes of headers and footers (18.3.1.39): sections, numbers of pages, the sheet's name, looks; literal text is none. */
const CODE = /&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d{2}[+-]\d{3}|\d{1,3}|[A-Za-z&])/g;
/** The file's name and path, a picture, a font's own name go; date and time are filled in when it is printed. */
const KEPT = /^&(?:[LCRPNDTASUEXYBIOH&]|K.*|\d+)$/;

/** Leaves of a header or footer what is shown of it. Gives the number of codes that went. */
export function cleanHeader(one: Element): number {
  let gone = 0;
  const text = textOf(one).replace(CODE, (code) => {
    if (KEPT.test(code)) return code;
    gone++;
    return '';
  });
  one.children = text === '' ? [] : [text];
  return gone;
}

/** The literal texts of a header or footer, between its codes. */
export function headerSlots(one: Element): Slot[] {
  const text = textOf(one);
  const codes = [...text.matchAll(CODE)];
  const parts: string[] = [];
  const literals: number[] = [];
  let from = 0;
  for (const { index, 0: code } of [...codes, { index: text.length, 0: '' }]) {
    literals.push(parts.length);
    parts.push(text.slice(from, index), code);
    from = index + code.length;
  }
  return literals.map((at) => ({
    of: one,
    text: parts[at] ?? '',
    write: (written) => {
      parts[at] = written.replaceAll('&', '&&');
      one.children = [parts.join('')];
    },
  }));
}
