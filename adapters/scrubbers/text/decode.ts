import { Refusal } from '../refusal.ts';
import dosPages from './dos-pages.json' with { type: 'json' };
import { plainWriting } from './writings.ts';

export interface Decoded {
  readonly text: string;
  /** Counts by kind of what a reader does not see. */
  readonly removed: Readonly<Record<string, number>>;
}

/**
 * Reads a text file as a person would see it: UTF-8, UTF-16 with its byte order mark, else the code page of one byte that gives the likeliest words. Lines end in '\n'; signs are written as themselves (`plainWriting`). What has no
 * shape of its own is taken out and counted: control characters and terminal codes, characters of zero width, marks of direction, tags, soft hyphens, spaces at the ends of lines. What it gives it gives of that, too. Refuses with
 * 'corrupt' what is no text, or is written in writings within writings.
 */
export function decodeText(file: Uint8Array): Decoded {
  const removed: Record<string, number> = {};
  const count = (kind: string, times: number) => {
    removed[kind] = (removed[kind] ?? 0) + times;
  };
  let text = characters(file).replace(/\r\n?/g, '\n');
  for (let depth = 0; ; depth++) {
    if (depth > DEEPEST) throw new Refusal('corrupt');
    for (const [kind, pattern] of UNSEEN) {
      const found = text.match(pattern)?.length ?? 0;
      if (found === 0) continue;
      count(kind, found);
      text = text.replace(pattern, '');
    }
    const plain = plainWriting(text);
    if (plain.text === text) return { text, removed };
    for (const [kind, times] of Object.entries(plain.removed)) count(kind, times);
    text = plain.text.replace(/\r\n?/g, '\n');
  }
}

const DEEPEST = 12;

const UNSEEN: readonly (readonly [kind: string, pattern: RegExp])[] = [
  // Terminal codes (ECMA-48): a colour, or a title that no line shows.
  // oxlint-disable-next-line no-control-regex
  ['invisible-character', /\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|\[[0-?]*[ -/]*[@-~]|[@-_])/g],
  // oxlint-disable-next-line no-control-regex
  ['invisible-character', /[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]/g],
  // Unicode's default ignorable characters, variation selectors and tags among them, and the filler letters that show nothing.
  ['invisible-character', /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/gu],
  ['trailing-space', /[^\S\n]+$/gm],
];

function characters(file: Uint8Array): string {
  const [first, second] = file;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(file);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(file);
  if (file.includes(0)) throw new Refusal('corrupt');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return likeliest([
      ...CODE_PAGES.map((page) => new TextDecoder(page).decode(file)),
      ...DOS_PAGES.map((page) => ofPage(file, page)),
    ]);
  }
}

/** Western, central European, Greek, Cyrillic, Baltic; that of the Macintosh, and the Cyrillic one of DOS. */
const CODE_PAGES = 'windows-1252 windows-1250 iso-8859-2 windows-1253 windows-1251 windows-1257 macintosh ibm866'.split(
  ' ',
);
/** The others of DOS, in which older laboratories write (Unicode's mapping tables of cp850, cp852, cp737, cp775): the characters of the upper half. */
const DOS_PAGES = Object.values(dosPages);

/** Reads bytes by a page whose lower half is ASCII. */
function ofPage(file: Uint8Array, page: string): string {
  return Buffer.from(file)
    .toString('latin1')
    .replace(/[\x80-\xff]/g, (byte) => page[byte.charCodeAt(0) - 0x80] as string);
}

/** What hardly stands within a text: control characters; lines and blocks beside a letter; signs between letters, a capital behind a small letter, two alphabets, three letters with accents in a row, a Greek s of the end before the end. */
const ODD =
  // oxlint-disable-next-line no-control-regex
  /[\x80-\x9f]|[\u2500-\u259f](?=\p{Alpha})|(?<=\p{Alpha})[\u2500-\u259f]|(?<=\p{Alpha})[^\p{Alpha}\p{M}\s\d.,;:'’/()&-](?=\p{Alpha})|(?<=\p{Ll})\p{Uppercase}|(?<=\p{Script=Latin})[\p{Script=Greek}\p{Script=Cyrillic}]|(?<=[\p{Script=Greek}\p{Script=Cyrillic}])\p{Script=Latin}|[¤¦¨¬®°±µ¶¸¹²³¼½¾¿¡](?=\p{Alpha})|(?<=\p{Alpha})[¤¦¨¬®±µ¶¸¹²³¼½¾¿¡]|[\u00c0-\u024f]{3}|ς(?=\p{Alpha})|\ufffd/gu;

/** The reading with the fewest oddities; of equals the first. */
function likeliest(readings: readonly string[]): string {
  const scored = readings.map((text) => ({ text, odd: text.match(ODD)?.length ?? 0 }));
  return scored.reduce((best, one) => (one.odd < best.odd ? one : best)).text;
}
