import type { Piece } from '../texts.ts';
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

/** Codes that change how what follows looks: the words before and behind one are read together. */
const LOOK = /^&(?:[SUEXYBIOH]|K.*|\d+)$/;

/** The literal texts of a header or footer, between its codes. */
export function headerPieces(one: Element): Piece[] {
  const text = textOf(one);
  const parts = text.split(CODE);
  const codes = [...text.matchAll(CODE)].map(([code]) => code);
  const write = () => {
    one.children = [parts.flatMap((part, at) => [part, codes[at] ?? '']).join('')];
  };
  return parts.flatMap((part, at): Piece[] => [
    {
      of: one,
      text: part,
      write: (written) => {
        parts[at] = written.replaceAll('&', '&&');
        write();
      },
    },
    ...(LOOK.test(codes[at] ?? '') ? [] : ['\t']),
  ]);
}
