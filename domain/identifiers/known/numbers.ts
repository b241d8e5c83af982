import type { Span } from '../spans.ts';
import { bare, type FoldedText, foldText } from './fold.ts';

/** What a reader of pictures takes a digit or a letter for, in folded text. */
const looks: Readonly<Record<string, string>> = {
  '0': '[0oqd]',
  '1': '[1li|!]',
  '2': '[2z]',
  '5': '[5s$]',
  '6': '[6b]',
  '8': '[8b]',
  '9': '[9g]',
  o: '[o0]',
  l: '[l1i|]',
  i: '[i1l|]',
  s: '[s5]',
  b: '[b86]',
  z: '[z2]',
  g: '[g9]',
  q: '[q0]',
  d: '[d0]',
};
const gap = '[\\s./_·*,:|\\\\-]{0,3}';
const label =
  /(?:\p{Alpha}*(?:nr|no|num|nummer|number|numero|numer|cislo|broj|stevilka|szam|numar|arithmos|αριθμοσ|αρ|номер|id|mrn|nhc|pid|ref|akte|fall|code|kod|codigo|kennung|patient|paciente|case|dossier|chart|record|room|bed)\p{Alpha}*|№|#|n°|nº)[\s.:#=/()-]{0,4}$/u;

const maxNumbers = 20;
const maxLength = 64;

/** The pattern of one number, or undefined where nothing of it is left to look for. */
function patternOf(typed: string): { readonly pattern: RegExp; readonly short: boolean } | undefined {
  const signs = bare(typed)
    .replace(/[^\p{Alpha}\p{N}]/gu, '')
    .slice(0, maxLength);
  const digits = signs.replace(/[^\p{N}]/gu, '');
  if (digits === '') return undefined;
  const leading = /^0*/.exec(signs)?.[0] ?? '';
  const core = signs.slice(leading.length);
  if (core === '') return undefined;
  const written = (value: string) => Array.from(value, (sign) => looks[sign] ?? sign).join(gap);
  const zeros = /^\p{N}/u.test(core) ? `(?:[0o]${gap}){0,12}` : '';
  // The digits alone are enough, where the letters before or after them only say of which kind the number is ('KH-1234567').
  const bareDigits = digits.replace(/^0+/, '');
  const alone =
    bareDigits !== core && bareDigits.length >= 6 && /^\p{Alpha}*\p{N}+\p{Alpha}*$/u.test(core)
      ? `|(?:[0o]${gap}){0,12}${written(bareDigits)}`
      : '';
  return {
    pattern: new RegExp(
      `(?<![\\p{Alpha}\\p{N}]|\\p{N}[.,])(?:${zeros}${written(core)}${alone})(?![\\p{Alpha}\\p{N}]|[.,]\\p{N})`,
      'gu',
    ),
    short: signs.length < 4 || bareDigits.length < 3,
  };
}

/**
 * Compiles numbers into a function that finds them in a text: any spacing and marks, leading zeros more or less, over a line end, misread by a
 * reader of pictures. One of fewer than four signs is found only behind a label. At most 20 numbers of 64 signs.
 */
export function numberMatcher(numbers: readonly string[]): (text: string, folded?: FoldedText) => Span[] {
  const patterns = numbers
    .slice(0, maxNumbers)
    .map(patternOf)
    .filter((pattern) => pattern !== undefined);
  if (patterns.length === 0) return () => [];
  return (text, folded = foldText(text)) =>
    patterns
      .flatMap(({ pattern, short }) =>
        [...folded.text.matchAll(pattern)]
          .filter(
            ({ 0: match, index }) =>
              /\p{N}/u.test(match) && (!short || label.test(folded.text.slice(Math.max(0, index - 40), index))),
          )
          .map(
            ({ 0: match, index }): Span => ({
              start: folded.from[index] ?? 0,
              end: folded.to[index + match.length - 1] ?? 0,
              kind: 'number',
              certainty: 'certain',
              rule: 'known-number',
            }),
          ),
      )
      .sort((a, b) => a.start - b.start);
}
