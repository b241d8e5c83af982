import letters from './letters.json' with { type: 'json' };

/** Characters that take no room on the page: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark. */
export const unseen = '\\u00AD\\u034F\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u2069\\uFEFF';

const marks = new RegExp(`[\\p{M}${unseen}]`, 'gu');
const greekLetters: Readonly<Record<string, string>> = letters.greek;
const latinLetters: Readonly<Record<string, string>> = letters.latin;
const lookalikes: Readonly<Record<string, string>> = letters.lookalikes;
const cyrillic: Readonly<Record<string, string>> = letters.cyrillic;
const bulgarian: Readonly<Record<string, string>> = { ...letters.cyrillic, ...letters.bulgarian };

/** Lower case without accents and characters that are not seen; the script stays ('Żółć' → 'żołc' is 'zołc', 'ﬁ' → 'fi'). */
export function bare(word: string): string {
  if (/^[a-z0-9]*$/i.test(word)) return word.toLowerCase();
  return word.normalize('NFKD').toLowerCase().normalize('NFKD').replace(marks, '');
}

const replaced = (word: string, table: Readonly<Record<string, string>>) =>
  Array.from(word, (letter) => table[letter] ?? letter).join('');

/**
 * A word in plain Latin letters, once for each usual reading: accents gone, ligatures and special letters spelt out, Greek by ELOT 743, Cyrillic as
 * English writes it (with the Bulgarian reading of щ and ъ as a second one). Never empty-handed: an unknown script stays as it is.
 */
export function latinised(word: string): readonly [string, ...string[]] {
  const base = bare(word);
  if (/^[a-z0-9]*$/.test(base)) return [base];
  const latin = replaced(base, latinLetters);
  const hasGreek = /\p{Script=Greek}/u.test(latin);
  const hasCyrillic = /\p{Script=Cyrillic}/u.test(latin);
  if (!hasGreek && !hasCyrillic) return [latin];
  if (/[a-z]/.test(latin)) return [replaced(latin, lookalikes)];
  if (hasGreek)
    return [
      latin
        .replace(/αυ|ευ|ηυ|ου|γγ|γκ|γξ|γχ/g, (pair) => greekLetters[pair] ?? pair)
        .replace(/\p{Script=Greek}/gu, (letter) => greekLetters[letter] ?? letter),
    ];
  return /[щъ]/.test(latin) ? [replaced(latin, cyrillic), replaced(latin, bulgarian)] : [replaced(latin, cyrillic)];
}

/** Whether a word is written in Latin letters. */
export const isLatin = (word: string): boolean => !/[\p{Script=Greek}\p{Script=Cyrillic}]/u.test(word);

/** Letters that a word must have one of for a spelling to stand in it, the spelling, and what is written for it. */
type Respelling = readonly [letters: number, spelling: RegExp, by: string];

const A = 97;
/** The small letters of a word, as bits. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) {
    const letter = word.charCodeAt(at) - A;
    if (letter >= 0 && letter < 26) letters |= 1 << letter;
  }
  return letters;
}

const respelling = (letters: string, spelling: RegExp, by: string): Respelling => [lettersOf(letters), spelling, by];

/** What is longer is a text of many words, which has most letters. */
const LONGEST_WORD = 100;
const ALL = -1;

/** Writes one spelling after the other anew. Of the hundreds of forms of a name each has few of them: to look for those that it cannot have takes the most time. */
function respelt(word: string, all: readonly Respelling[]): string {
  let there = word.length > LONGEST_WORD ? ALL : lettersOf(word);
  let now = word;
  for (const [letters, spelling, by] of all) {
    if ((there & letters) === 0) continue;
    now = now.replace(spelling, by);
    there |= lettersOf(by);
  }
  return now;
}

const DOUBLED = /(.)\1+/g;
const sounds: readonly Respelling[] = [
  respelling('h', /tsch|tch/g, 'c'),
  respelling('s', /sch|sh|sz/g, 's'),
  respelling('ct', /cz|ts|tz|ch/g, 'c'),
  respelling('z', /zh|dz/g, 'z'),
  respelling('j', /dj/g, 'd'),
  respelling('k', /kh/g, 'h'),
  respelling('p', /ph/g, 'f'),
  respelling('h', /th/g, 't'),
  respelling('g', /g[kh]/g, 'g'),
  respelling('c', /ck/g, 'k'),
  respelling('q', /q/g, 'k'),
  respelling('x', /x/g, 'ks'),
  respelling('a', /ae/g, 'a'),
  respelling('o', /oe/g, 'o'),
  respelling('u', /[ou]u|ue/g, 'u'),
  respelling('yj', /[yj]/g, 'i'),
  respelling('w', /w/g, 'v'),
];

/**
 * What is the same in all usual spellings of a sound: 'Müller', 'Mueller', 'Muller' → 'muler'; 'Шевченко' (as 'shevchenko'), 'Szewczenko',
 * 'Ševčenko' → 'sevcenko'. Takes a latinised word.
 */
export function skeleton(latin: string): string {
  return respelt(latin, sounds).replace(DOUBLED, '$1');
}

const scripts: readonly Respelling[] = [respelling('h', /shch/g, 'sc'), respelling('h', /[ck]h/g, 'h')];
const crossed: readonly Respelling[] = [
  respelling('i', /[eo]i/g, 'i'),
  respelling('i', /ai/g, 'e'),
  respelling('p', /mp/g, 'b'),
  respelling('t', /nt/g, 'd'),
  respelling('g', /g/g, 'h'),
  respelling('i', /i([aeou])/g, '$1'),
];

/** A skeleton for words that crossed from one script to another, where spellings differ more ('Eirini', 'Irini', 'Ειρήνη' → 'irini'; 'Hryhorii', 'Grigorij'). Takes a latinised word. */
export function looseSkeleton(latin: string): string {
  return respelt(skeleton(respelt(latin, scripts)), crossed).replace(DOUBLED, '$1');
}

const digitLooks: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '5': 's',
  '8': 'b',
  '6': 'b',
  '9': 'g',
  '4': 'a',
  '3': 'e',
  '7': 't',
  '2': 'z',
};

const looks: readonly Respelling[] = [
  respelling('r', /rn/g, 'm'),
  respelling('v', /vv/g, 'w'),
  respelling('c', /cl/g, 'd'),
  respelling('ij', /[ij]/g, 'l'),
  respelling('l', /ll+/g, 'l'),
];

/** One key for words that a reader of pictures mixes up: rn and m, cl and d, vv and w, i, l and 1, o and 0, s and 5, b and 8. Takes a latinised word. */
export function opticalKey(latin: string): string {
  const read = /[0-9]/.test(latin) ? latin.replace(/[0-9]/g, (digit) => digitLooks[digit] ?? digit) : latin;
  return respelt(read, looks);
}

/** A folded text with the way back: `from[i]` and `to[i]` are where the character that gave `text[i]` starts and ends, in UTF-16 units. */
export interface FoldedText {
  readonly text: string;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/**
 * Folds a whole text letter by letter with an index map: lower case, no accents, compatibility forms spelt out, characters that are not seen left
 * out, every dash a hyphen, every apostrophe one, spaces and line breaks kept. The script stays.
 */
export function foldText(text: string): FoldedText {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const letter of text) {
    const end = at + letter.length;
    const folded = foldLetter(letter);
    // A mark that follows its letter belongs to it, so that a span holds the whole of it.
    if (folded === '' && to.length > 0 && /\p{M}/u.test(letter) && to[to.length - 1] === at) to[to.length - 1] = end;
    for (let index = 0; index < folded.length; index++) {
      from.push(at);
      to.push(end);
    }
    if (folded !== '') parts.push(folded);
    at = end;
  }
  return { text: parts.join(''), from: Uint32Array.from(from), to: Uint32Array.from(to) };
}

/** The value of a digit of another script ('٣' is 3): each script's ten stand in a row. */
function digitOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return value;
}

const letterCache = new Map<string, string>();
const unseenLetter = new RegExp(`^[\\p{M}${unseen}]$`, 'u');

function foldLetter(letter: string): string {
  const code = letter.charCodeAt(0);
  if (code < 128) return code >= 65 && code <= 90 ? letter.toLowerCase() : letter;
  const cached = letterCache.get(letter);
  if (cached !== undefined) return cached;
  let folded: string;
  if (unseenLetter.test(letter)) folded = '';
  else if (/[\p{Pd}\u2212\u2043]/u.test(letter)) folded = '-';
  else if (/[\u2018\u2019\u201A\u201B\u02BC\u02B9\u2032\u00B4\u055A\uFF07]/.test(letter)) folded = "'";
  else if (/[\p{Zs}]/u.test(letter)) folded = ' ';
  else if (/[\u2028\u2029\u0085]/.test(letter)) folded = '\n';
  else if (/\p{Nd}/u.test(letter) && letter.normalize('NFKD') === letter) folded = String(digitOf(letter));
  else folded = replaced(bare(letter), latinLetters).replace(/ς/g, 'σ');
  if (letterCache.size < 20_000) letterCache.set(letter, folded);
  return folded;
}

/** A word that a line's end or a hyphen cuts, or whose letters stand apart. */
const CUT = /\p{Alpha}(?:- ?|-?[ \t]*\n[ \t]*)(?=\p{Ll})|(?<!\p{Alpha})\p{Alpha}(?: \p{Alpha}){2,}(?!\p{Alpha})/u;

/** A folded text without the line ends and hyphens within its words, and with letters that stand apart put together; undefined where there is none. */
export function closeWords({ text, from, to }: FoldedText): FoldedText | undefined {
  if (!CUT.test(text)) return undefined;
  const left = new Uint8Array(text.length).fill(1);
  for (const { 0: cut, index } of text.matchAll(/(?<=\p{Alpha})(?:- ?|-?[ \t]*\n[ \t]*)(?=\p{Ll})/gu))
    left.fill(0, index, index + cut.length);
  for (const { 0: letters, index } of text.matchAll(/(?<!\p{Alpha})\p{Alpha}(?: \p{Alpha}){2,}(?!\p{Alpha})/gu))
    for (let at = index; at < index + letters.length; at++) if (text[at] === ' ') left[at] = 0;
  const kept = [...left.keys()].filter((at) => left[at] === 1);
  return {
    text: kept.map((at) => text[at] ?? '').join(''),
    from: Uint32Array.from(kept, (at) => from[at] ?? 0),
    to: Uint32Array.from(kept, (at) => to[at] ?? 0),
  };
}
