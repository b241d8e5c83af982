import { describe, expect, it } from 'vitest';
import type { ReadLine, ReadWord } from './engine.ts';
import type { Grey } from './grey.ts';
import { cutAtSpaces, overTheirInk } from './spaces.ts';

const HEIGHT = 30;
const WIDE = 15;

/** Blocks for letters, two pixels apart, and so many more where the text has a space; `joined`: the reader overlooked these. */
function page(lines: readonly { readonly text: string; readonly joined?: boolean; readonly thin?: number }[]): {
  readonly lines: readonly ReadLine[];
  readonly picture: Grey;
} {
  const width = 1200;
  const data = new Uint8Array(width * HEIGHT * lines.length * 2).fill(250);
  const read = lines.map(({ text, joined = false, thin = 2 }, row): ReadLine => {
    const top = row * HEIGHT * 2;
    let x = 20;
    const words: ReadWord[] = [];
    let edges: [number, number][] = [];
    let letters = '';
    const end = () => {
      const [first, last] = [edges[0], edges.at(-1)];
      if (first && last)
        words.push({ text: letters, confidence: 90, left: first[0], top, right: last[1], bottom: top + HEIGHT, edges });
      edges = [];
      letters = '';
    };
    for (const letter of text) {
      if (letter === ' ') {
        x += 10;
        if (!joined) end();
        continue;
      }
      for (let y = top; y < top + HEIGHT; y++) data.fill(20, y * width + x, y * width + x + WIDE);
      edges.push([x, x + WIDE]);
      letters += letter;
      x += WIDE + thin;
    }
    end();
    return { words, slope: 0 };
  });
  return { lines: read, picture: { width, height: HEIGHT * lines.length * 2, data } };
}

const usual = [
  { text: 'the duplex scan of both' },
  { text: 'arteries was done on the' },
  { text: 'left side and it showed' },
];
const texts = (lines: readonly ReadLine[]) => lines.map(({ words }) => words.map(({ text }) => text).join(' '));

describe('words without the space between them', () => {
  it('are cut where their ink is as far apart as words are, and kept as they were beside', () => {
    const { lines, picture } = page([...usual, { text: '8 rue des Lilas', joined: true }]);
    expect(texts(lines).at(-1)).toBe('8ruedesLilas');
    const cut = cutAtSpaces(lines, picture);
    expect(texts(cut.lines)).toEqual([...usual.map(({ text }) => text), '8 rue des Lilas']);
    expect(texts(cut.before)).toEqual(['8ruedesLilas']);
    const [, rue] = cut.lines.at(-1)?.words ?? [];
    expect([rue?.left, rue?.right, rue?.edges.length]).toEqual([47, 96, 3]);
  });

  it('are not looked for in a word whose letters all stand apart', () => {
    const { lines, picture } = page([...usual, { text: 'BEFUNDE', thin: 11 }]);
    expect(cutAtSpaces(lines, picture)).toEqual({ lines, before: [] });
  });

  it('are not looked for where too few spaces say how wide they are', () => {
    const { lines, picture } = page([{ text: '8 rue des Lilas', joined: true }]);
    expect(cutAtSpaces(lines, picture)).toEqual({ lines, before: [] });
  });

  it('do not lose a small letter by itself', () => {
    const { lines, picture } = page([...usual, { text: 'van Dij k', joined: true }]);
    expect(texts(cutAtSpaces(lines, picture).lines).at(-1)).toBe('van Dijk');
  });
});

describe('the ends of a word', () => {
  const { lines, picture } = page([{ text: 'am 1997-01-15 da' }]);
  const [before, date, after] = (lines[0]?.words ?? []) as [ReadWord, ReadWord, ReadWord];
  const shown = (word: ReadWord) => overTheirInk([{ words: [before, word, after], slope: 0 }], picture)[0]?.words[1];

  it('are moved over the ink that the reader left out, and the letters with them', () => {
    const cut = { ...date, left: date.left + 21, right: date.right - 9 };
    const edges = date.edges.map(([from, to]) => [Math.max(from, cut.left), Math.min(to, cut.right)] as const);
    const found = shown({ ...cut, edges });
    expect([found?.left, found?.right]).toEqual([date.left, date.right]);
    expect([found?.edges[0]?.[0], found?.edges.at(-1)?.[1]]).toEqual([date.left, date.right]);
  });

  it('stay where a space begins', () => {
    expect(shown(date)).toEqual(date);
  });

  it('are moved into what the reader took for the next word, where a space says that it is not', () => {
    const cut = { ...date, left: date.left + WIDE, edges: date.edges.slice(1) };
    const [found] =
      overTheirInk([{ words: [{ ...before, right: cut.left - 1 }, cut], slope: 0 }], picture)[0]?.words.slice(1) ?? [];
    expect(found?.left).toBe(date.left);
  });

  it('stay before the next word where no space is between', () => {
    const all = page([{ text: '1997-01-15da' }]);
    const [word] = (all.lines[0]?.words ?? []) as [ReadWord];
    const [one, other] = [
      { ...word, right: word.edges[9]?.[1] ?? 0, edges: word.edges.slice(0, 10) },
      { ...word, left: word.edges[10]?.[0] ?? 0, edges: word.edges.slice(10) },
    ];
    const found = overTheirInk([{ words: [one, other], slope: 0 }], all.picture)[0]?.words ?? [];
    expect(found.map(({ left, right }) => [left, right])).toEqual([
      [one.left, other.left],
      [one.right, other.right],
    ]);
  });
});
