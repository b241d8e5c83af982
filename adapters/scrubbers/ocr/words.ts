import type { ReadLine } from './engine.ts';
import type { View } from './view.ts';

/** What stands for writing that nobody could read: one unit, with its place. */
export const UNREAD = '\ufffd';

/** A word with its place on the original picture, as shares of it; `units` has four shares (left, top, width, height) for each UTF-16 unit. */
export interface Word {
  readonly text: string;
  readonly confidence: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly units: readonly (readonly [number, number, number, number])[];
}

export type Line = readonly Word[];

/** Brings what was read in a view back to the original picture. */
export function placed(lines: readonly ReadLine[], view: View): Line[] {
  return lines.flatMap(({ words }) => {
    const line = words.map(({ text, confidence, top, bottom, left, right, edges }): Word => {
      const box = bounds(view, left, top, right, bottom);
      return {
        text: withLetters(text),
        confidence,
        left: box[0],
        top: box[1],
        right: box[0] + box[2],
        bottom: box[1] + box[3],
        units: edges.map(([from, to]) => bounds(view, from, top, to, bottom)),
      };
    });
    return line.length > 0 ? [line] : [];
  });
}

/** A digit among small letters is the letter that looks like it: '0rchard', 'Mo1ler'. As long as before. */
function withLetters(text: string): string {
  return text
    .replace(/(?<![\p{Alpha}\p{N}])0(?=\p{Ll}{4})/gu, 'O')
    .replace(/(?<=\p{Ll})0(?=\p{Ll})/gu, 'o')
    .replace(/(?<=\p{Ll})[1|](?=\p{Ll})/gu, 'l');
}

/** The rectangle of a view, upright on the original picture, as shares of it: left, top, width, height. */
export function bounds(
  view: View,
  left: number,
  top: number,
  right: number,
  bottom: number,
): [number, number, number, number] {
  const corners = [view.place(left, top), view.place(right, top), view.place(left, bottom), view.place(right, bottom)];
  const within = (value: number) => Math.max(0, Math.min(1, value));
  const xs = corners.map(([x]) => within(x));
  const ys = corners.map(([, y]) => within(y));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return [x, y, Math.max(...xs) - x, Math.max(...ys) - y];
}

/** How sure the reader was on the whole, 0 to 100, by letters; and how many letters there are. */
export function sureness(lines: readonly Line[]): { readonly confidence: number; readonly letters: number } {
  let letters = 0;
  let sum = 0;
  for (const word of lines.flat()) {
    letters += word.text.length;
    sum += word.text.length * word.confidence;
  }
  return { confidence: letters === 0 ? 0 : sum / letters, letters };
}

/**
 * Puts the lines of several readings of one picture together: all of the first, and of each further one the lines that say something else or stand elsewhere. So a name that only one of the
 * readings got right is in the text; lines that all agree on stand once.
 */
export function united(readings: readonly (readonly Line[])[]): Line[] {
  const all: Line[] = [];
  for (const reading of readings) {
    const before = all.flat();
    for (const line of reading)
      if (
        line.some((word) => !before.some((other) => plain(other.text) === plain(word.text) && share(word, other) > 0.5))
      )
        all.push(line);
  }
  return all;
}

const plain = (text: string) => text.replace(/[^\p{Alpha}\p{N}]/gu, '');

type Rectangle = Pick<Word, 'left' | 'top' | 'right' | 'bottom'>;

/** How much of a rectangle another one covers. */
export function share(one: Rectangle, other: Rectangle): number {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  if (across <= 0 || down <= 0) return 0;
  return (across * down) / Math.max(1e-12, (one.right - one.left) * (one.bottom - one.top));
}

/** Lines that stand at one height become one, from left to right; lines from the top: the order in which a frame's scattered texts are read. */
export function inRows(lines: readonly Line[]): Line[] {
  const middle = (line: Line) => line.reduce((sum, word) => sum + word.top + word.bottom, 0) / line.length / 2;
  const height = (line: Line) => line.reduce((sum, word) => sum + word.bottom - word.top, 0) / line.length;
  const rows: { words: Word[]; middle: number; height: number }[] = [];
  for (const line of [...lines].sort((a, b) => middle(a) - middle(b))) {
    const [at, tall] = [middle(line), height(line)];
    const row = rows.findLast((one) => Math.abs(one.middle - at) < 0.4 * Math.min(one.height, tall));
    if (row) row.words.push(...line);
    else rows.push({ words: [...line], middle: at, height: tall });
  }
  return rows.map(({ words }) => words.sort((a, b) => a.left - b.left));
}

/** The text of lines: spaces between words (two at a wide gap), a line break between lines; and four shares for each UTF-16 unit, zeros for the gaps. */
export function written(lines: readonly Line[]): { readonly text: string; readonly places: Float32Array } {
  const parts: string[] = [];
  const places: number[] = [];
  const gap = (text: string) => {
    parts.push(text);
    for (let unit = 0; unit < text.length; unit++) places.push(0, 0, 0, 0);
  };
  for (const [index, line] of lines.entries()) {
    if (index > 0) gap('\n');
    for (const [at, word] of line.entries()) {
      const before = line[at - 1];
      if (before) gap(word.left - before.right > 2.5 * (word.bottom - word.top) ? '  ' : ' ');
      parts.push(word.text);
      for (const unit of word.units) places.push(...unit);
    }
  }
  return { text: parts.join(''), places: Float32Array.from(places) };
}
