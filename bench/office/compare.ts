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

/** Splits what was lost into what some finding holds, and the rest. A cell's date is found as ISO 8601 and printed in another form: each finding of one stands for a few words that look like it. */
export function withoutFound(
  lost: Words,
  analysis: Analysis | undefined,
): { readonly lost: string[]; readonly found: number } {
  const texts = new Map(analysis?.texts.map(({ page, text }) => [page, text]));
  const pieces = new Set<string>();
  const following: [before: string, word: string][] = [];
  let dates = 0;
  for (const { page, start, end, kind } of analysis?.findings ?? []) {
    if (/date/.test(kind)) dates += DATE_WORDS;
    let before = '';
    for (const word of (texts.get(page) ?? '').slice(start, end).split(/\s+/).map(bare)) {
      if (word === '') continue;
      pieces.add(word);
      if (before !== '') following.push([before, word]);
      before = word;
    }
  }
  const rest = lost.filter((word, index) => {
    const letters = bare(word);
    const before = bare(lost[index - 1] ?? '');
    if (
      pieces.has(letters) ||
      // Of 'Mill Lane, Binghamton' a narrow cell shows 'Mill Lane, B'.
      (letters !== '' && following.some(([one, next]) => one === before && next.startsWith(letters))) ||
      [...pieces].some((piece) => (piece.length > 2 && letters.includes(piece)) || isCut(piece, letters))
    )
      return false;
    return !(DATE.test(word) && dates-- > 0);
  });
  return { lost: rest, found: lost.length - rest.length };
}

/** A name that the next column cuts off. */
const isCut = (piece: string, letters: string) => piece.length > CUT && letters.startsWith(piece.slice(0, CUT));
const CUT = 5;

const bare = (word: string) => word.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
