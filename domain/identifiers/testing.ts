import { findIdentifiers } from './find.ts';
import { readText } from './rules/reading.ts';
import { believed } from './rules/tagged.ts';
import type { IdentifierKind } from './spans.ts';

interface Part {
  readonly start: number;
  readonly end: number;
}

/** Of 'am ⟦3. Mai⟧' the text without the brackets, and where in it the words within them stand, in UTF-16 units. */
export function bracketed(template: string): { readonly text: string; readonly parts: readonly Part[] } {
  const parts = Array.from(template.matchAll(/⟦([^⟧]*)⟧/g), ({ index, 1: words = '' }, before) => {
    const start = index - 2 * before;
    return { start, end: start + words.length };
  });
  return { text: template.replace(/[⟦⟧]/g, ''), parts };
}

/** The text with brackets around what the finder finds in it. */
export function withBrackets(text: string): string {
  return findIdentifiers(text).reduceRight(
    (so, { start, end }) => `${so.slice(0, start)}⟦${so.slice(start, end)}⟧${so.slice(end)}`,
    text,
  );
}

/** The same text as the template, with brackets around what the finder finds in it: equal to the template where that is what it should. */
export const foundIn = (template: string): string => withBrackets(bracketed(template).text);

/** Which of the words within brackets the finder left, wholly or in part. `languages` are those of the text, where it is not to tell them itself. */
export function leftOf(template: string, languages?: readonly string[]): readonly string[] {
  const { text, parts } = bracketed(template);
  const covered = coverOf(text, findIdentifiers(text, languages ? { languages } : {}));
  return parts.filter((part) => signs(text, covered, 0, part) !== '').map(({ start, end }) => text.slice(start, end));
}

/** The letters and digits within brackets that the finder left, and those outside of them that it took. */
export function wrongIn(template: string): { readonly left: string; readonly masked: string } {
  const { text, parts } = bracketed(template);
  const covered = coverOf(text, findIdentifiers(text));
  const [bracket, whole] = [coverOf(text, parts), { start: 0, end: text.length }];
  return { left: signs(text, covered, 0, whole, bracket, 1), masked: signs(text, covered, 1, whole, bracket, 0) };
}

/** What is believed where a tagger takes the words within brackets for one identifier of a kind. */
export function believedOf(
  template: string,
  kind: IdentifierKind,
  languages: readonly string[],
  rule: 'tagger' | 'tagger:free-text' = 'tagger:free-text',
): readonly string[] {
  const { text, parts } = bracketed(template);
  const found = parts.map((part) => ({ ...part, kind, certainty: 'possible', rule }) as const);
  return believed(readText(text, languages), found).map(({ start, end }) => text.slice(start, end));
}

function coverOf(text: string, parts: readonly Part[]): Uint8Array {
  const cover = new Uint8Array(text.length);
  for (const { start, end } of parts) cover.fill(1, start, end);
  return cover;
}

/** The letters and digits of a part that are covered so, and, if asked for, so by another cover. */
function signs(text: string, cover: Uint8Array, is: number, { start, end }: Part, other = cover, so = is): string {
  const wanted = (at: number) => cover[at] === is && other[at] === so && /[\p{Alpha}\p{N}]/u.test(text[at] ?? '');
  return Array.from({ length: end - start }, (_, at) => start + at)
    .filter(wanted)
    .map((at) => text[at])
    .join('');
}
