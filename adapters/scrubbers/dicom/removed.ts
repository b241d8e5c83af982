import { decoderFor } from './characters.ts';
import { type DataSet, type Element, groupOf, isPrivate, stringOf, tags } from './data-set.ts';
import { isStandardUid } from './replace.ts';
import { vrOf } from './standard/dictionary.ts';
import { plainVrs, wordVrs } from './standard/vrs.ts';

/** Values that were taken away, to be looked for in what stays. */
export interface RemovedValues {
  /** Names of persons, as they are written: 'First Last'. */
  readonly names: Set<string>;
  /** Numbers, institutions, devices, descriptions: what else said who, where or with what. */
  readonly words: Set<string>;
  /** Of those, what numbers a patient or a case. */
  readonly numbers: Set<string>;
  /** UIDs that were replaced. */
  readonly uids: Set<string>;
  /** Birth dates, YYYYMMDD. */
  readonly births: Set<string>;
  /** What stood in private elements: only equal values count. */
  readonly private: Set<string>;
}

/** What takes note of them. */
export type Notes = { readonly [Of in keyof RemovedValues]: { add(value: string): unknown } };

export function newRemoved(): RemovedValues {
  return {
    names: new Set(),
    words: new Set(),
    numbers: new Set(),
    uids: new Set(),
    births: new Set(),
    private: new Set(),
  };
}

/** Patient ID, other IDs, accession number, admission ID. */
const numbering = new Set([0x00100020, 0x00101000, 0x00080050, 0x00380010]);
const SHORTEST_NUMBER = 4;
const BIRTH_DATE = 0x00100030;
/** What a patient is, not who: sex, age, size, weight and the like are shared by many. */
const shared = new Set([0x00100040, 0x00101010, 0x00101020, 0x00101030, 0x00102203, 0x001021a0, 0x00102160]);
const MOST_PRIVATE = 4096;

/** Notes what an element said, with all that is nested in it. */
export function noteRemoved(removed: Notes, element: Element, decode: (bytes: Uint8Array) => string): void {
  if (element.items) {
    for (const item of element.items) noteAll(removed, item, decode);
    return;
  }
  const { tag, bytes } = element;
  if (!bytes || shared.has(tag)) return;
  // A name is a name whatever VR its element was written with.
  const own = vrOf(tag);
  const vr = own && (wordVrs.has(own) || plainVrs.has(own)) ? own : element.vr;
  if (isPrivate(tag)) {
    if (bytes.length <= MOST_PRIVATE) for (const value of valuesOf(vr, bytes, decode)) removed.private.add(value);
    return;
  }
  if (vr === 'UI') {
    for (const uid of valuesOf(vr, bytes, decode)) if (!isStandardUid(uid)) removed.uids.add(uid);
  } else if (vr === 'DT' || (vr === 'DA' && tag !== BIRTH_DATE)) {
    for (const date of valuesOf(vr, bytes, decode)) removed.words.add(date.slice(0, 8));
  } else if (tag === BIRTH_DATE) for (const date of valuesOf(vr, bytes, decode)) removed.births.add(date);
  else if (vr === 'PN') for (const name of namesOf(decode(bytes))) removed.names.add(name);
  else if (wordVrs.has(vr) || vr === 'AE' || vr === 'UR')
    for (const value of valuesOf(vr, bytes, decode)) {
      removed.words.add(value);
      if (numbering.has(tag) && value.length >= SHORTEST_NUMBER) removed.numbers.add(value);
    }
}

function noteAll(removed: Notes, dataSet: DataSet, before: (bytes: Uint8Array) => string): void {
  const decode = decoderOf(dataSet, before);
  for (const element of dataSet) if (groupOf(element.tag) !== 0) noteRemoved(removed, element, decode);
}

/** How an item's words are decoded: as around it, where it does not say otherwise. */
export function decoderOf(dataSet: DataSet, before: (bytes: Uint8Array) => string): (bytes: Uint8Array) => string {
  const terms = stringOf(dataSet, tags.characterSet);
  return terms === '' ? before : decoderFor(terms.split('\\'));
}

const printable = /^[\x20-\x7e\n\r\t\0]*$/;

/** The single values of an element of characters, without padding. */
export function valuesOf(vr: string, bytes: Uint8Array, decode: (bytes: Uint8Array) => string): string[] {
  const isWords = wordVrs.has(vr);
  if (!isWords && !plainVrs.has(vr) && vr !== 'UN' && vr !== 'OB') return [];
  const text = decode(bytes);
  if (!isWords && !printable.test(text)) return [];
  const isOne = vr === 'LT' || vr === 'ST' || vr === 'UT' || vr === 'UR' || !text.includes('\\');
  if (!isOne) return text.split('\\').flatMap((part) => trimmed(part) || []);
  const only = trimmed(text);
  return only === '' ? [] : [only];
}

/** Without white space and zeros at its ends. */
export function trimmed(text: string): string {
  // One space or zero behind fills an even length.
  const last = text.charCodeAt(text.length - 1);
  const end = last === 0x20 || last === 0 ? text.length - 1 : text.length;
  const isPlain = isWord(text.charCodeAt(0)) && isWord(text.charCodeAt(end - 1));
  return isPlain ? text.slice(0, end) : text.replace(/[\0\s]+$/, '').replace(/^[\0\s]+/, '');
}

/** Of ASCII, what is seen; false of what is not there. */
const isWord = (code: number) => code > 0x20 && code < 0x7f;

/** Whether a text is of letters that stand without spaces, each of which says much. */
export function isDense(text: string): boolean {
  return /[^\0-\x7f]/.test(text) && /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text);
}

/** Names as they are spoken, from 'Family^Given^Middle^Prefix^Suffix=…=…' (PS3.5, 6.2.1). */
function namesOf(text: string): string[] {
  return text
    .split(/[\\=]/)
    .flatMap((name) => {
      const [family = '', given = '', middle = ''] = name.split('^').map(trimmed);
      const spoken = [given, middle, family].filter((part) => part !== '').join(' ');
      return isDense(spoken) ? [spoken, family + given] : [spoken];
    })
    .filter((name) => name !== '');
}
