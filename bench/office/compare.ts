import type { Analysis } from '../../domain/ports.ts';
import type { Words } from './words.ts';

/** The words of a text that another has not as often. Where a line ends within a word or no more between two, nothing is lost: then the letters are looked for without the spaces between them. */
export function lostOf(before: Words, after: Words): string[] {
  const left = new Map<string, number>();
  for (const word of after) left.set(word, (left.get(word) ?? 0) + 1);
  const [whole, other] = [before.join(''), after.join('')];
  const lost: string[] = [];
  for (const word of before) {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    else if (!TOO_NARROW.test(word) && !UNSEEN.test(word) && times(other, word) < times(whole, word)) lost.push(word);
  }
  return lost;
}

/** A number for which its column is too narrow. */
const TOO_NARROW = /^#+$/;

/** Nothing but signs that join or direct others. */
const UNSEEN = /^\p{Default_Ignorable_Code_Point}+$/u;

const times = (text: string, piece: string) => text.split(piece).length - 1;

const DATE = /\d.*[/:.-]|[A-Z][a-z]{2}-\d|^(?:AM|PM)$|^(?:19|20)\d\d$/;
/** So many words a date has at most, as a program prints it. */
const DATE_WORDS = 4;

/**
 * Splits what was lost into what some finding holds, and the rest; `before` are the words among which the lost ones stood. A page prints what a cell or a paragraph holds in other forms: a date as ISO 8601 in the
 * file, so that each finding of one stands for a few words that look like it; a number cut to its decimals; a word cut by the next column, or in pieces.
 */
export function withoutFound(
  before: Words,
  lost: Words,
  analysis: Analysis | undefined,
): { readonly lost: string[]; readonly found: number } {
  const texts = new Map(analysis?.texts.map(({ page, text }) => [page, text]));
  const pieces = new Set<string>();
  const numbers: number[] = [];
  const following: [before: string, word: string][] = [];
  let dates = 0;
  for (const { page, start, end, kind } of analysis?.findings ?? []) {
    if (/date/.test(kind)) dates += DATE_WORDS;
    let last = '';
    for (const written of (texts.get(page) ?? '').slice(start, end).split(/\s+/)) {
      const word = bare(written);
      if (word === '') continue;
      pieces.add(word);
      if (DECIMAL.test(written)) numbers.push(Number(written));
      if (last !== '') following.push([last, word]);
      last = word;
    }
  }
  const parts = partsOf(before, pieces);
  const rest = lost.filter((word, index) => {
    const letters = bare(word);
    const beside = bare(lost[index - 1] ?? '');
    if (
      pieces.has(letters) ||
      // Of 'Mill Lane, Binghamton' a narrow cell shows 'Mill Lane, B'.
      (letters !== '' && following.some(([one, next]) => one === beside && next.startsWith(letters))) ||
      [...pieces].some((piece) => (piece.length > 2 && letters.includes(piece)) || isCut(piece, letters)) ||
      numbers.some((number) => isRounded(number, word)) ||
      take(parts, letters)
    )
      return false;
    return !(DATE.test(word) && dates-- > 0);
  });
  return { lost: rest, found: lost.length - rest.length };
}

/** How often each word is printed as a part of one of these: small capitals, lowered letters and narrow columns leave gaps within a word. */
function partsOf(words: Words, wholes: ReadonlySet<string>): Map<string, number> {
  const letters = words.map(bare);
  const starts = new Map<number, number>();
  let length = 0;
  for (const [index, one] of letters.entries()) {
    if (one !== '') starts.set(length, index);
    length += one.length;
  }
  const text = letters.join('');
  const parts = new Map<string, number>();
  for (const whole of wholes)
    for (let at = text.indexOf(whole); at >= 0; at = text.indexOf(whole, at + 1)) {
      const [from, to] = [
        starts.get(at),
        at + whole.length === length ? letters.length : starts.get(at + whole.length),
      ];
      if (from === undefined || to === undefined || to - from < 2) continue;
      for (const part of letters.slice(from, to)) parts.set(part, (parts.get(part) ?? 0) + 1);
    }
  return parts;
}

function take(counts: Map<string, number>, word: string): boolean {
  const count = counts.get(word) ?? 0;
  counts.set(word, count - 1);
  return count > 0;
}

/** A name that the next column cuts off. */
const isCut = (piece: string, letters: string) => piece.length > CUT && letters.startsWith(piece.slice(0, CUT));
const CUT = 5;

const DECIMAL = /^-?\d+\.\d+$/;

/** Whether a word prints a number with fewer decimals than the number has, or as a percentage. */
function isRounded(number: number, word: string): boolean {
  const [, printed, decimals, percent] = /^(-?\d+[.,](\d+))(%?)$/.exec(word) ?? [];
  if (printed === undefined || decimals === undefined) return false;
  return (percent === '' ? number : number * 100).toFixed(decimals.length) === printed.replace(',', '.');
}

/** A word's letters and digits; of one that has none its marks, and where it has no mark, all of it. */
const bare = (word: string) =>
  (word.replace(/[^\p{L}\p{N}]/gu, '') || word.replace(/\P{M}/gu, '') || word).toLowerCase();
