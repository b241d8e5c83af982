import type { ReadLine, ReadWord } from './engine.ts';
import type { Grey } from './grey.ts';

/** A run of columns without ink within a word, in pixels from the picture's left. */
interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A gap within a word is a space when it is so wide in terms of the page's narrower spaces, … */
const AS_SPACE = 0.8;
/** … and so much wider than what stands between the letters of its line. */
const THAN_LETTERS = 1.7;
/** Spaces that say how wide they are as a rule on this page. */
const LEAST_SPACES = 8;
/** How far a column's darkest pixel is from the paper for ink to be in it. */
const INK = 0.3;

/**
 * Cuts words in which the reader overlooked a space ('8ruedesLilas'), where their ink stands as far apart as words do on this page. `picture` is what was read, upright, dark on light. Gives the
 * lines with their words apart, and those that were changed as they were before: letters of equal width may be as far apart as narrow words.
 */
export function cutAtSpaces(
  lines: readonly ReadLine[],
  picture: Grey,
): { readonly lines: readonly ReadLine[]; readonly before: readonly ReadLine[] } {
  const spaces = lines.flatMap((line) => spacesOf(line)).sort((one, other) => one - other);
  if (spaces.length < LEAST_SPACES) return { lines, before: [] };
  const least = AS_SPACE * (spaces[spaces.length >> 2] as number);
  const before: ReadLine[] = [];
  const cut = lines.map((line): ReadLine => {
    const gaps = line.words.map((word) => gapsIn(word, picture));
    const widths = gaps
      .flat()
      .map(({ from, to }) => to - from)
      .sort((one, other) => one - other);
    const wide = Math.max(least * heightOf(line), THAN_LETTERS * (widths[widths.length >> 1] ?? 0));
    const words = line.words.flatMap((word, index) =>
      cutAt(
        word,
        (gaps[index] ?? []).filter(({ from, to }) => to - from >= wide),
      ),
    );
    if (words.length === line.words.length) return line;
    before.push(line);
    return { ...line, words };
  });
  return { lines: cut, before };
}

const heightOf = ({ words }: ReadLine) => words.reduce((most, { top, bottom }) => Math.max(most, bottom - top), 1);

/** What stands between the words of a line, in terms of its height; columns of a table left out. */
function spacesOf(line: ReadLine): number[] {
  const height = heightOf(line);
  return line.words.flatMap(({ left }, index) => {
    const space = (left - (line.words[index - 1]?.right ?? left)) / height;
    return space > 0 && space < 1 ? [space] : [];
  });
}

function gapsIn({ left, top, right, bottom }: ReadWord, { width, height, data }: Grey): Gap[] {
  const [x0, y0, x1, y1] = [Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom)];
  const darkest = new Uint8Array(Math.max(0, x1 - x0)).fill(255);
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) darkest[x - x0] = Math.min(darkest[x - x0] as number, data[y * width + x] as number);
  const [ink, paper] = [Math.min(...darkest), Math.max(...darkest)];
  const level = paper - INK * (paper - ink);
  const gaps: Gap[] = [];
  let from = -1;
  for (const [at, shade] of darkest.entries())
    if (shade < level) {
      if (from >= 0 && at > from) gaps.push({ from: x0 + from, to: x0 + at });
      from = at + 1;
    }
  return gaps;
}

/** Thin letters of equal width stand far from their neighbours ('Dij k'). */
const isLetter = (text: string) => /^\p{Ll}[.,:;)]?$/u.test(text);

/** Each letter goes to the side of a gap on which its middle lies. */
function cutAt(word: ReadWord, gaps: readonly Gap[]): ReadWord[] {
  const parts: ReadWord[] = [];
  let start = 0;
  let left = word.left;
  const add = (end: number, right: number) => {
    const text = word.text.slice(start, end);
    if (text.trim() === '') return false;
    const edges = word.edges
      .slice(start, end)
      .map(([from, to]) => [Math.max(left, Math.min(from, right)), Math.min(right, Math.max(to, left))] as const);
    parts.push({ ...word, text, left, right, edges });
    start = end;
    return true;
  };
  for (const gap of gaps) {
    const middle = (gap.from + gap.to) / 2;
    const end = word.edges.findIndex(([from, to], index) => index >= start && (from + to) / 2 > middle);
    if (end > start && !isLetter(word.text.slice(start, end)) && !isLetter(word.text.slice(end)) && add(end, gap.from))
      left = gap.to;
  }
  add(word.text.length, word.right);
  return parts.length > 0 ? parts : [word];
}
