import type { Token } from './tokens.ts';

/** Where a word's values stand in its row of `Words.values`. */
export const column = {
  lower: 0,
  shape: 1,
  brief: 2,
  /** Of one to four units. */
  prefixes: 3,
  suffixes: 7,
  value: 11,
  elsewhere: 12,
} as const;
export const columnCount = 13;

/** The different words of a text, each looked at once: a long text repeats its words. */
export interface Words {
  /** Of each token, the number of its word; 0 is no word, as before the first token. */
  readonly ids: Int32Array;
  /** Row by row: `values[id * columnCount + column.lower]`. Hashes, but for `value` and `elsewhere`. */
  readonly values: Int32Array;
  /** Of each word, as it is written. */
  readonly texts: readonly string[];
  /** Of each word, in small letters. */
  readonly lowered: readonly string[];
  readonly areLetters: readonly boolean[];
  readonly areDigits: readonly boolean[];
  readonly areCapitals: readonly boolean[];
}

export const NOTHING = hashOf('∅');

/** The words of a text's tokens. How else a word is written in the text ('elsewhere') is 1 with a small first letter, 2 with a capital, 4 in capitals, added up. */
export function wordsOf(tokens: readonly Token[]): Words {
  const ids = new Int32Array(tokens.length);
  const byText = new Map<string, number>();
  const writings = new Map<string, number>();
  const composed = [''];
  const texts = [''];
  const lowered = [''];
  const [areLetters, areDigits, areCapitals] = [[false], [false], [false]];
  const rows: number[] = Array.from({ length: columnCount }, (_, at) => (at < column.value ? NOTHING : 0));
  for (let at = 0; at < tokens.length; at++) {
    const text = tokens[at]?.text ?? '';
    const known = byText.get(text);
    if (known !== undefined) {
      ids[at] = known;
      continue;
    }
    const small = text.toLowerCase();
    const nfc = isAscii(small) ? small : small.normalize('NFC');
    const digits = areAllDigits(text);
    const capitals = text === text.toUpperCase();
    const how = text === nfc ? 1 : text.length > 1 && capitals ? 4 : 2;
    writings.set(nfc, (writings.get(nfc) ?? 0) | how);
    ids[at] = lowered.length;
    byText.set(text, lowered.length);
    composed.push(nfc);
    texts.push(text);
    lowered.push(small);
    areLetters.push(isLetter(text));
    areDigits.push(digits);
    areCapitals.push(capitals);
    addRow(rows, text, digits ? '0'.repeat(Math.min(nfc.length, 12)) : nfc, digits);
  }
  const values = Int32Array.from(rows);
  for (let id = 1; id < lowered.length; id++)
    values[id * columnCount + column.elsewhere] = areLetters[id] ? (writings.get(composed[id] ?? '') ?? 0) : 0;
  return { ids, values, texts, lowered, areLetters, areDigits, areCapitals };
}

function addRow(rows: number[], text: string, word: string, digits: boolean): void {
  rows.push(hashOf(word), shapeHash(text, 5), shapeHash(text, 2));
  for (let length = 1; length <= 4; length++) rows.push(hashOf(word, 0, length));
  for (let length = 1; length <= 4; length++) rows.push(hashOf(word, word.length - length));
  rows.push(digits ? valueOf(text) : 0, 0);
}

/** Begins with a letter. */
export function isLetter(text: string): boolean {
  const code = text.charCodeAt(0);
  if (code < 0x80) return (code | 32) >= 97 && (code | 32) <= 122;
  return /^\p{Alpha}/u.test(text);
}

/** A token is of digits where its first sign is one. */
function areAllDigits(text: string): boolean {
  const code = text.charCodeAt(0);
  return code < 0x80 ? code >= 48 && code <= 57 : /^\p{Nd}/u.test(text);
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function hashOf(text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5;
  const end = Math.min(to, text.length);
  for (let at = Math.max(0, from); at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/** The hash of a shape: capitals as 'X', small letters as 'x', digits as '0', other signs as they are; runs are cut at `longest`. */
export function shapeHash(text: string, longest: number): number {
  let hash = 0x811c9dc5;
  let [last, run] = [-1, 0];
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) ?? 0;
    const sign = signOf(point);
    run = sign === last ? run + 1 : 1;
    last = sign;
    if (point > 0xffff) at++;
    if (run > longest) continue;
    if (sign > 0xffff) hash = Math.imul(hash ^ text.charCodeAt(at - 1), 0x01000193);
    hash = Math.imul(hash ^ (sign > 0xffff ? text.charCodeAt(at) : sign), 0x01000193);
  }
  return hash | 0;
}

const [CAPITAL, SMALL, DIGIT] = [88, 120, 48];

function signOf(point: number): number {
  if (point < 0x80) {
    if (point >= 97 && point <= 122) return SMALL;
    if (point >= 65 && point <= 90) return CAPITAL;
    return point >= 48 && point <= 57 ? DIGIT : point;
  }
  const sign = String.fromCodePoint(point);
  if (/\p{Uppercase}/u.test(sign)) return CAPITAL;
  if (/[\p{Alpha}\p{M}]/u.test(sign)) return SMALL;
  return /\p{Nd}/u.test(sign) ? DIGIT : point;
}

/** What a number may be: a day, a month, a year, or by its length. */
function valueOf(digits: string): number {
  const value = Number(digits);
  if (digits.length <= 2) return value === 0 ? 1 : value <= 12 ? 2 : value <= 31 ? 3 : 4;
  if (digits.length === 4) return value >= 1900 && value <= 2100 ? 5 : 6;
  return Math.min(digits.length, 16) + 6;
}
