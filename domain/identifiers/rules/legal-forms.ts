import type { Span } from '../spans.ts';
import { type Reading, span, tokenAt } from './reading.ts';
import type { Token } from './tokens.ts';

const NO_LETTER = '(?![\\p{Alpha}\\p{N}])';
/** What firms have behind their names. Forms that are written as abbreviations of medicine are (AB, AS, АД, SAS, SA) are not among them. */
const FORM = new RegExp(
  `,? (?:a\\. ?s\\.|s\\. ?r\\. ?o\\.|spol\\. s r\\. ?o\\.|SIA|UAB|Kft\\.|Zrt\\.|Nyrt\\.|Bt\\.|SRL|S\\.[Rr]\\.[Ll]\\.|[Ss]p\\. z o\\. ?o\\.|GmbH(?: & Co\\. KG)?|d\\. ?o\\. ?o\\.|OÜ|Oyj?|ApS|E\\.P\\.E\\.|ООД|ЕООД|ΕΠΕ|B\\.V\\.|N\\.V\\.|Lda\\.?|Ltd\\.?|LLC|SARL|S\\.p\\.A\\.|S\\.L\\.)${NO_LETTER}`,
  'gu',
);
/** What they have before them, with the name in quotation marks or in a few words. */
const NAMED = new RegExp(
  `(?<![\\p{Alpha}\\p{N}])(?:UAB|VšĮ|SIA|ООД|ЕООД) (?:[„“"»«][^„“”"»«\\n]{2,40}[“”"»«]|\\p{Uppercase}[\\p{Alpha}\\p{N}&-]+(?: \\p{Alpha}[\\p{Alpha}\\p{N}&-]+){0,3}?(?=[,.;)\\n]|$| (?:ir|un|и)${NO_LETTER}))`,
  'gu',
);
/** So many words at most before the form are its name. */
const LONGEST = 6;
const WITHIN = /^(?: |-|&| & | ?['’"„“”«»] ?)$/;

/** Firms and houses with the form that the law gives them ('Körös-Lab Kft.', 'Nemocnice Horní Lipová, a.s.', 'UAB „Medicinos bankas“'), and the words with capitals before it. */
export function companies({ text, tokens, tables }: Reading): Span[] {
  const found = [...text.matchAll(FORM)].flatMap(({ index, 0: written }) => {
    const last = tokenAt(tokens, index) - 1;
    if ((tokens[last]?.end ?? -1) < index - 1) return [];
    const from = nameFrom(text, tokens, last);
    const own = tokens
      .slice(from, last + 1)
      .filter(({ folded, shape }) => shape !== 'lower' && !tables.roles.has(folded));
    const first = tokens[from];
    return first && own.length > 0
      ? [span(first.start, index + written.length, 'institution', 'possible', 'company')]
      : [];
  });
  const named = [...text.matchAll(NAMED)].map(({ index, 0: written }) =>
    span(index, index + written.length, 'institution', 'possible', 'company'),
  );
  return [...found, ...named];
}

/** Where a row of words begins that ends with the token at `last`, most of them with capitals, with nothing but spaces and quotation marks between them. */
function nameFrom(text: string, tokens: readonly Token[], last: number): number {
  let from = last + 1;
  for (let at = last; at >= 0 && last - at < LONGEST; at--) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (!token || (at < last && !WITHIN.test(text.slice(token.end, next?.start)))) break;
    if (token.shape !== 'lower') from = at;
    // 'Medizin und Technik': one small word may stand within.
    else if (at === last || tokens[at + 1]?.shape === 'lower' || token.folded.length > 3) break;
  }
  return from;
}
