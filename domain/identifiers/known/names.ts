import type { Span } from '../spans.ts';
import { isLatin, latinised, opticalKey } from './fold.ts';
import { type Likeness, lexiconOf, particles, titles } from './lexicon.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { type Setting, settingOf } from './setting.ts';

/** One or more pieces that read as one word of a name. */
interface Item extends Likeness {
  readonly from: number;
  readonly to: number;
  /** How sure the case and the form make it: 'alone' stands for itself, 'beside' needs another word of the name or a title. */
  readonly holds: 'alone' | 'beside';
}

const near = /^[\s.,;:'’‘ʼ`´_/\\|\-‐‑–—·()[\]"“”„«»&+^=~]{0,4}$/u;
const tied = /^(?:['’‘ʼ`´′ʹ]|[-‐‑–]|[-‐‑–]?[ \t]*\r?\n[ \t]*|[ \u00A0]|\||!|_|)$/u;
const apart = /^(?:[ \u00A0\u2009\u202F]{1,3}|[.\-_·*]|)$/u;
const suffix = /^(?:['’‘ʼ`´′]|:|[-‐‑])$/u;
const suffixLetters = /^\p{Ll}{1,6}$/u;
const suffixCapitals = /^\p{Uppercase}{1,6}$/u;

/** Compiles names into a function that finds their forms in a text, as spans in UTF-16 units: sorted, not overlapping. */
export function nameMatcher(names: readonly string[]): (text: string) => Span[] {
  const lexicon = lexiconOf(names);
  if (lexicon.parts.length === 0) return () => [];
  const initials = lexicon.parts.map(({ plain }) => plain.charAt(0));

  return (text) => {
    const pieces = piecesOf(text);
    const cache = new Map<string, string>();
    const plainOf = (raw: string) => {
      let plain = cache.get(raw);
      if (plain === undefined) {
        plain = latinised(raw)[0];
        cache.set(raw, plain);
      }
      return plain;
    };
    const plains = pieces.map(({ raw }) => plainOf(raw));
    const setting = settingOf(pieces, plains);
    const seen = new Map<string, Likeness | undefined>();
    const like = (raw: string, edits: boolean) => {
      const key = edits ? `+${raw}` : raw;
      if (!seen.has(key)) seen.set(key, lexicon.like(raw, edits));
      return seen.get(key);
    };
    const plain = (index: number) => plains[index] ?? '';
    const gap = (index: number) => pieces[index]?.gap ?? '';

    /** The longest word of a name that starts at a piece. */
    const itemAt = (from: number): Item | undefined => {
      const first = pieces[from];
      if (!first) return undefined;
      const joinable = lexicon.starts.has(opticalKey(plain(from)).charAt(0)) ? joinsFrom(pieces, from) : [];
      for (const { to, raw, loosely } of joinable) {
        const found = like(raw, false);
        if (
          !found ||
          (found.quality === 'optical' && !/\d|[|!]/.test(text.slice(first.start, pieces[to]?.end)) && loosely)
        )
          continue;
        const letters = plainOf(raw).length;
        if (loosely && (letters < 5 || (first.casing === 'lower' && !/\p{Uppercase}/u.test(raw) && !setting.small)))
          continue;
        if (loosely && found.quality !== 'exact' && found.quality !== 'spelling') continue;
        if (letters < 4 && to - from > 0 && !(to - from === letters - 1)) continue;
        return { ...found, from, to, holds: letters >= 4 || !loosely ? 'alone' : 'beside' };
      }
      if (first.casing === 'none') return undefined;
      const found = like(first.raw, first.casing !== 'lower' || setting.small);
      return (
        found && { ...found, from, to: from, holds: holds(found, first, plain(from), setting, loud(pieces, from)) }
      );
    };

    const isInitial = (index: number, beside: Item): boolean => {
      const piece = pieces[index];
      if (!piece || piece.casing === 'none') return false;
      const dotted = gap(index + 1).startsWith('.') || text[piece.end] === '.';
      const letters = plain(index);
      if (piece.casing === 'lower' || piece.raw.length > 4) return false;
      return lexicon.parts.some(
        (part) =>
          part.name === beside.part.name &&
          part.id !== beside.part.id &&
          (dotted || piece.raw.length === 1 ? part.plain.startsWith(letters) : false),
      );
    };

    const spans: Span[] = [];
    let taken = 0;
    let index = 0;
    while (index < pieces.length) {
      const first = itemAt(index);
      if (!first) {
        index++;
        continue;
      }
      const items = [first];
      const used = new Set([first.part.id]);
      let last = first;
      let end = first.to;
      for (let next = end + 1, skipped = 0; next < pieces.length && skipped < 4 && near.test(gap(next)); ) {
        const item = itemAt(next);
        if (item && !used.has(item.part.id) && fits(item, pieces, setting)) {
          used.add(item.part.id);
          items.push(item);
          last = item;
          end = item.to;
          next = end + 1;
          skipped = 0;
        } else if (isInitial(next, last)) {
          end = next;
          next++;
        } else if (
          particles.has(plain(next)) &&
          (lexicon.particles.has(plain(next)) || pieces[next]?.casing !== 'title' || skipped > 0)
        ) {
          next++;
          skipped++;
        } else break;
      }
      let from = first.from;
      let initial = end > last.to;
      for (let before = from - 1; before >= taken && near.test(gap(before + 1)); before--) {
        if (isInitial(before, first)) {
          from = before;
          initial = true;
        } else if (lexicon.particles.has(plain(before))) from = before;
        else break;
      }
      const titled = isTitled(pieces, plains, from);
      if (holdsTogether(items, initial, titled, pieces, setting)) {
        end = withSuffix(pieces, end);
        spans.push(span(pieces, from, end));
        taken = end + 1;
        index = end + 1;
      } else index = first.to + 1;
    }
    return [...spans, ...initialsAlone(text, pieces, spans, lexicon.parts.length > 1 ? initials : [])].sort(
      (a, b) => a.start - b.start,
    );
  };
}

const span = (pieces: readonly Piece[], from: number, to: number): Span => ({
  start: pieces[from]?.start ?? 0,
  end: pieces[to]?.end ?? 0,
  kind: 'name',
  certainty: 'certain',
  rule: 'known-name',
});

/** Words that several pieces may make, the longest first: over hyphens, line ends, apostrophes, digits in place of letters, letters set apart. `loosely`: over a space alone. */
function joinsFrom(pieces: readonly Piece[], from: number): { to: number; raw: string; loosely: boolean }[] {
  const found: { to: number; raw: string; loosely: boolean }[] = [];
  let raw = pieces[from]?.raw ?? '';
  let letters = raw.length === 1;
  let loosely = false;
  for (let to = from + 1; to < pieces.length && to < from + 40 && raw.length < 40; to++) {
    const piece = pieces[to];
    if (!piece) break;
    letters &&= piece.raw.length === 1 && apart.test(piece.gap);
    if (!letters && (to > from + 5 || !tied.test(piece.gap))) break;
    if (!letters && /^[ \u00A0\n\r\t_|!]+$/.test(piece.gap)) {
      if (to > from + 3) break;
      loosely = true;
    }
    raw += (piece.gap === '|' || piece.gap === '!' ? 'l' : '') + piece.raw;
    found.push({ to, raw, loosely });
  }
  return found.reverse();
}

/** All its neighbours shout too, so that capitals say nothing. */
function loud(pieces: readonly Piece[], index: number): boolean {
  const around = [pieces[index - 2], pieces[index - 1], pieces[index + 1], pieces[index + 2]].filter(
    (piece) => piece !== undefined && piece.casing !== 'none' && piece.raw.length > 1,
  );
  return around.length > 0 && around.filter((piece) => piece?.casing === 'upper').length * 2 >= around.length;
}

function holds(
  { quality, stem, part }: Likeness,
  { casing, opens, raw }: Piece,
  plain: string,
  setting: Setting,
  shouted: boolean,
): Item['holds'] {
  const sure = quality === 'exact' || (quality === 'spelling' && (part.length >= 5 || !part.latin || !isLatin(raw)));
  const length = plain.length;
  const when = (condition: boolean): Item['holds'] => (condition ? 'alone' : 'beside');
  if (casing === 'lower' && !setting.small)
    return when(
      (sure && length >= 5 && !setting.listed(plain)) ||
        (quality === 'inflected' && stem >= 7 && !setting.common(plain)),
    );
  if (setting.listed(plain)) return when(sure && casing === 'title' && !opens && !setting.nouns && length >= 3);
  if (casing === 'upper' && length < 4) return 'beside';
  const common = setting.common(plain) && !setting.small;
  if (sure) return when(common ? length >= 4 && !opens && !setting.nouns : length >= (opens || shouted ? 4 : 3));
  if (common) return 'beside';
  const bare = opens || shouted || setting.nouns || setting.small;
  if (quality === 'edited') return when(stem >= (bare ? 7 : 5));
  return when(stem >= (bare ? 4 : 3) && length >= 4);
}

/** Whether a word may continue a run: one in small letters only when it is the name as it was typed. */
function fits(item: Item, pieces: readonly Piece[], setting: Setting): boolean {
  const piece = pieces[item.from];
  if (!piece || item.holds === 'alone' || item.to > item.from) return true;
  if (piece.casing !== 'lower' || setting.small) return true;
  return item.quality === 'exact' || (item.quality !== 'edited' && item.stem >= 4);
}

function holdsTogether(
  items: readonly Item[],
  initial: boolean,
  titled: boolean,
  pieces: readonly Piece[],
  setting: Setting,
): boolean {
  if (items.some((item) => item.holds === 'alone')) return true;
  const capital = items.some((item) => pieces[item.from]?.casing !== 'lower') || setting.small;
  if (capital && (initial || titled)) return true;
  if (new Set(items.map((item) => item.part.id)).size < 2) return false;
  return capital || items.some((item) => !setting.listed(pieces[item.from]?.raw.toLowerCase() ?? ''));
}

/** A word before it on the same line says that a name follows. */
function isTitled(pieces: readonly Piece[], plains: readonly string[], from: number): boolean {
  const gap = pieces[from]?.gap ?? '';
  return /^[ \t\u00A0.:]{1,5}$/.test(gap) && titles.has(plains[from - 1] ?? '');
}

/** Takes in an ending that is set off by an apostrophe, a colon or a hyphen: "Ahmet'in", "Novák's", 'Kis-nek', and in a name in capitals "YILMAZ'IN". */
function withSuffix(pieces: readonly Piece[], end: number): number {
  const next = pieces[end + 1];
  const letters = pieces[end]?.casing === 'upper' ? suffixCapitals : suffixLetters;
  return next && suffix.test(next.gap) && letters.test(next.raw) ? end + 1 : end;
}

/** 'J. N.' on its own, and 'JN' where the name stands too: all initials of a name in their order, with no other name around. */
function initialsAlone(
  text: string,
  pieces: readonly Piece[],
  spans: readonly Span[],
  initials: readonly string[],
): Span[] {
  if (initials.length < 2) return [];
  const found: Span[] = [];
  const wanted = initials.slice(0, 6).join('');
  for (let from = 0; from + 1 < pieces.length; from++) {
    const one = pieces[from];
    const two = pieces[from + 1];
    if (!one || !two || one.raw.length !== 1 || two.raw.length !== 1) continue;
    if (one.casing !== 'title' || two.casing !== 'title' || !/^\. ?$/.test(two.gap) || text[two.end] !== '.') continue;
    const letters = latinised(one.raw)[0].charAt(0) + latinised(two.raw)[0].charAt(0);
    const around = [pieces[from - 1], pieces[from + 2]];
    const lonely = around.every(
      (piece) =>
        !piece ||
        piece.casing === 'lower' ||
        piece.casing === 'none' ||
        piece.opens ||
        !/^[. ,]{0,3}$/.test(piece === around[0] ? one.gap : piece.gap),
    );
    const first = wanted.charAt(0);
    const last = wanted.charAt(initials.length - 1);
    const fits = letters === first + last || letters === wanted.slice(0, 2) || letters === last + first;
    if (!fits || !lonely || spans.some(({ start, end }) => start < two.end && end > one.start)) continue;
    found.push(span(pieces, from, from + 1));
  }
  return found;
}
