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

function gapsIn({ left, right, ...rows }: ReadWord, picture: Grey): Gap[] {
  const x0 = Math.max(0, left);
  const gaps: Gap[] = [];
  let from = -1;
  for (const [at, isInk] of inkIn({ ...rows, left: x0, right }, picture).entries())
    if (isInk) {
      if (from >= 0 && at > from) gaps.push({ from: x0 + from, to: x0 + at });
      from = at + 1;
    }
  return gaps;
}

/** Whether there is ink in each column of a rectangle, as far as it is on the picture. */
function inkIn(
  { left, top, right, bottom }: Pick<ReadWord, 'left' | 'top' | 'right' | 'bottom'>,
  { width, height, data }: Grey,
): readonly boolean[] {
  const [x0, y0, x1, y1] = [Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom)];
  const darkest = new Uint8Array(Math.max(0, x1 - x0)).fill(255);
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) darkest[x - x0] = Math.min(darkest[x - x0] as number, data[y * width + x] as number);
  const [ink, paper] = [Math.min(...darkest), Math.max(...darkest)];
  const level = paper - INK * (paper - ink);
  return [...darkest].map((shade) => shade < level);
}

/** Ink that is nearer to a word than this share of its height is the word's, … */
const OWN = 0.3;
/** … as far as this share of its height. */
const FARTHEST = 1;

/**
 * Moves the ends of words outwards over the ink that stands as near as a letter does: a reader tells at times of a word that begins within its first letter, and of the one before that it ends with it.
 * Where no space ends that ink, it is taken up to the next word. `picture` is what was read. The first and the last letter become as much wider.
 */
export function overTheirInk(lines: readonly ReadLine[], picture: Grey): readonly ReadLine[] {
  return lines.map((line) => ({
    ...line,
    words: line.words.map((word, index) =>
      widened(word, line.words[index - 1]?.right ?? 0, line.words[index + 1]?.left ?? picture.width, picture),
    ),
  }));
}

/** `least` and `most` are where its neighbours are said to begin. */
function widened(word: ReadWord, least: number, most: number, picture: Grey): ReadWord {
  const height = word.bottom - word.top;
  const reach = Math.round(FARTHEST * height);
  const [from, to] = [Math.max(0, word.left - reach), Math.min(picture.width, word.right + reach)];
  const ink = inkIn({ ...word, left: from, right: to }, picture);
  const space = Math.max(2, Math.round(OWN * height));
  const left = from + lastOf(ink, word.left - from, -1, space, Math.min(word.left, least) - from);
  const right = from + 1 + lastOf(ink, word.right - from - 1, 1, space, Math.max(word.right, most) - from - 1);
  const edges = word.edges.map(
    ([start, stop], index) =>
      [
        index === 0 ? Math.min(left, start) : start,
        index === word.edges.length - 1 ? Math.max(right, stop) : stop,
      ] as const,
  );
  return { ...word, left, right, edges };
}

/** The last column of the ink that goes on from one, in this direction: before a space, or else no farther than `neighbour`. */
function lastOf(ink: readonly boolean[], start: number, step: 1 | -1, space: number, neighbour: number): number {
  let last = start;
  for (let at = start + step; at >= 0 && at < ink.length; at += step) {
    if (ink[at]) last = at;
    else if (Math.abs(at - last) >= space) return last;
  }
  return step === 1 ? Math.max(start, Math.min(last, neighbour)) : Math.min(start, Math.max(last, neighbour));
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
