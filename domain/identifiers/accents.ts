import type { Part } from './spans.ts';

/**
 * Accents that stand beside their letters. Older fonts draw 'ü' as a '¨' and a 'u', one over the other: the page shows 'Müller', and its text, copied or read, is 'M¨uller', 'Mu¨ller', 'M ¨uller' or 'Mu ̈ller'.
 */
const combining: Readonly<Record<string, string>> = {
  '`': '\u0300',
  '´': '\u0301',
  '΄': '\u0301',
  ˆ: '\u0302',
  '˜': '\u0303',
  '¯': '\u0304',
  '˘': '\u0306',
  '˙': '\u0307',
  '¨': '\u0308',
  '˚': '\u030A',
  '˝': '\u030B',
  ˇ: '\u030C',
  '¸': '\u0327',
  '˛': '\u0328',
};
const SPACE = '[ \u00A0]';
/** An accent by itself, or one that combines and stands behind a space. A grave accent is a sign of its own as well: it has letters on both sides. */
const BESIDE = new RegExp(
  `(?<=\\p{L})\`(?=\\p{L})|[${Object.keys(combining).slice(1).join('')}]|(?<=\\p{L}${SPACE})\\p{Mn}`,
  'gu',
);
/** Letters whose dot makes room for an accent. */
const dotless: Readonly<Record<string, string>> = { ı: 'i', ȷ: 'j' };

/** A text as it is meant, and where a part of it stands in the text that was read. */
export interface Joined {
  readonly text: string;
  readonly read: (part: Part) => Part;
}

/**
 * The text with accents joined to their letters, once with the spaces beside them as ends of words and once without; none where no accent stands beside a letter that takes it. Between two letters that take it, an accent is the
 * nearer one's, or the following one's, as most fonts draw it first. Linear in the length of the text.
 */
export function accentsJoined(text: string): readonly Joined[] {
  if (text.search(BESIDE) < 0) return [];
  const units = text.split('');
  const starts = Uint32Array.from(units.keys());
  const ends = starts.map((at) => at + 1);
  const spaces: number[] = [];
  let found = false;
  for (const { 0: mark, index } of text.matchAll(BESIDE)) {
    const [spaceBefore, spaceAfter] = [isSpace(text[index - 1]), isSpace(text[index + 1])];
    const [before, after] = [index - (spaceBefore ? 2 : 1), index + (spaceAfter ? 2 : 1)];
    const nearest = spaceAfter && !spaceBefore ? [before, after] : [after, before];
    const base = nearest.find((at) => withAccent(units[at], mark) !== undefined);
    if (base === undefined) continue;
    found = true;
    units[base] = withAccent(units[base], mark) ?? '';
    starts[base] = Math.min(base, index);
    ends[base] = Math.max(base, index) + 1;
    units[index] = '';
    // Between an accent and its letter no word ends; on its other side one may.
    if (spaceBefore) spaces.push(index - 1);
    if (spaceAfter) spaces.push(index + 1);
    if (base === after && spaceAfter) units[index + 1] = '';
    if (base === before && spaceBefore) units[index - 1] = '';
  }
  if (!found) return [];
  const laid = (written: readonly string[]): Joined => {
    const kept = [...written.keys()].filter((at) => written[at] !== '');
    const read = ({ start, end }: Part) => ({
      start: starts[kept[start] ?? 0] ?? 0,
      end: ends[kept[end - 1] ?? 0] ?? 0,
    });
    return { text: kept.map((at) => written[at]).join(''), read };
  };
  const open = laid(units);
  if (spaces.every((at) => units[at] === '')) return [open];
  for (const at of spaces) units[at] = '';
  return [open, laid(units)];
}

/** What is found in the text as it was read and in what it means, where it stands in what was read: in order, none overlapping another; of two that do the earlier and longer stays whole and the other begins where it ends. */
export function inEachReading<Found extends Part>(text: string, find: (text: string) => readonly Found[]): Found[] {
  const found = [
    ...find(text),
    ...accentsJoined(text).flatMap((joined) => find(joined.text).map((one) => ({ ...one, ...joined.read(one) }))),
  ];
  const apart: Found[] = [];
  let end = 0;
  for (const one of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.end <= end) continue;
    apart.push(one.start < end ? { ...one, start: end } : one);
    end = one.end;
  }
  return apart;
}

const isSpace = (unit: string | undefined) => unit === ' ' || unit === '\u00A0';

/** The letters of Europe with an accent (Latin-1, Latin Extended-A, Greek): Unicode has a 'ḱ' and a 'ẗ' as well, which no name is written with. */
const EUROPEAN = /^[\u00C0-\u017F\u0386-\u03CE]$/;

/** One letter that is the other with the accent; undefined where there is none. */
function withAccent(letter: string | undefined, mark: string): string | undefined {
  if (letter === undefined || !/^\p{L}$/u.test(letter)) return undefined;
  const both = `${dotless[letter] ?? letter}${combining[mark] ?? mark}`.normalize('NFC');
  return EUROPEAN.test(both) ? both : undefined;
}
