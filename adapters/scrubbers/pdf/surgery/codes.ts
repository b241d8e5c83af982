import { type PDFContext, PDFDict, type PDFObject, PDFRawStream } from 'pdf-lib';
import { lexer, type Token, writeName } from '../rebuild/lexer.ts';
import { dictOf, entry, itemsOf, nameOf, numberOf as numberIn, openStream } from '../rebuild/source.ts';

/** How a font's codes are told from each other. */
export interface Codes {
  /** How many bytes one has. */
  readonly length: 1 | 2;
  /** Whether one says a space. */
  readonly isBlank: (code: Uint8Array) => boolean;
}

const ONE_BYTE = new Set(['Type1', 'MMType1', 'TrueType', 'Type3']);

/** The codes of a font among some resources (PDF 32000-1, 9.4.3 and 9.7.5.2); undefined where only the font's own CMap tells one from the next. */
export function codesOf(context: PDFContext, resources: PDFDict, font: string | undefined): Codes | undefined {
  const found = fontOf(context, resources, font);
  const length = lengthIn(context, found);
  if (!(found instanceof PDFDict) || length === undefined) return undefined;
  const known = meanings.get(found) ?? meant(context, found);
  meanings.set(found, known);
  const isBlank = (code: Uint8Array) => {
    const number = code.reduce((sum, byte) => sum * 256 + byte, 0);
    return known().get(number) ?? (length === 1 && number === SPACE);
  };
  return { length, isBlank };
}

/** Whether a font's glyphs are content streams (Type 3, 9.6.5). */
export function isDrawn(context: PDFContext, resources: PDFDict, font: string | undefined): boolean {
  return nameOf(entry(context, fontOf(context, resources, font), 'Subtype')) === 'Type3';
}

function fontOf(context: PDFContext, resources: PDFDict, font: string | undefined): PDFObject | undefined {
  if (font === undefined) return undefined;
  return entry(context, dictOf(entry(context, resources, 'Font')), writeName(font).slice(1));
}

const SPACE = 32;

function lengthIn(context: PDFContext, font: PDFObject | undefined): 1 | 2 | undefined {
  const kind = nameOf(entry(context, font, 'Subtype')) ?? '';
  if (ONE_BYTE.has(kind)) return 1;
  const upright = nameOf(entry(context, font, 'Encoding')) === 'Identity-H';
  return kind === 'Type0' && upright && itemsOf(context, entry(context, font, 'DescendantFonts')).length === 1
    ? 2
    : undefined;
}

type Meanings = () => ReadonlyMap<number, boolean>;

/** A font is asked about once for each text in it. */
const meanings = new WeakMap<PDFDict, Meanings>();

/** Read when it is asked for: most texts need none. */
function meant(context: PDFContext, font: PDFDict): Meanings {
  let known: ReadonlyMap<number, boolean> | undefined;
  return () => {
    known ??= new Map([
      ...blanksByName(context, entry(context, entry(context, font, 'Encoding'), 'Differences')),
      ...blanksByMap(context, entry(context, font, 'ToUnicode')),
    ]);
    return known;
  };
}

/** Which codes of an encoding's differences (9.6.6.1) name a space, and which name anything else. */
function blanksByName(context: PDFContext, differences: PDFObject | undefined): ReadonlyMap<number, boolean> {
  const blanks = new Map<number, boolean>();
  let code = 0;
  for (const item of itemsOf(context, differences)) {
    const name = nameOf(item);
    if (name !== undefined) blanks.set(code++, name === 'space' || name === 'nbspace');
    else code = numberIn(item) ?? code;
  }
  return blanks;
}

/** Which codes of a ToUnicode CMap (9.10.3) say spaces, and which say anything else. */
function blanksByMap(context: PDFContext, map: PDFObject | undefined): ReadonlyMap<number, boolean> {
  const blanks = new Map<number, boolean>();
  if (!(map instanceof PDFRawStream)) return blanks;
  const tokens = lexer(openStream(context, map).data);
  let operands: Token[] = [];
  for (let token = tokens.next(); token; token = tokens.next()) {
    if (token.kind !== 'word') {
      operands.push(token);
      continue;
    }
    if (token.word === 'endbfchar')
      for (let at = 0; at + 2 <= operands.length; at += 2) {
        const code = numberOf(operands[at]);
        if (code !== undefined) blanks.set(code, isBlank(bytesOf(operands[at + 1])));
      }
    if (token.word === 'endbfrange')
      for (let at = 0; at + 3 <= operands.length; at += 3) addRange(blanks, operands.slice(at, at + 3));
    operands = [];
  }
  return blanks;
}

function addRange(blanks: Map<number, boolean>, [first, last, says]: readonly Token[]): void {
  const [from, to] = [numberOf(first), numberOf(last)];
  if (from === undefined || to === undefined || to > 0xffff) return;
  for (let code = from; code <= to; code++) {
    const bytes = says?.kind === 'array' ? bytesOf(says.items[code - from]) : raised(bytesOf(says), code - from);
    blanks.set(code, isBlank(bytes));
  }
}

/** What the codes after a range's first say: its last byte counts up. */
function raised(bytes: Uint8Array, by: number): Uint8Array {
  return bytes.map((byte, at) => (at === bytes.length - 1 ? byte + by : byte));
}

function bytesOf(token: Token | undefined): Uint8Array {
  return token?.kind === 'string' ? token.bytes : new Uint8Array(0);
}

function numberOf(token: Token | undefined): number | undefined {
  const bytes = bytesOf(token);
  return bytes.length === 1 || bytes.length === 2 ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : undefined;
}

function isBlank(utf16: Uint8Array): boolean {
  const text = Buffer.from(utf16)
    .subarray(0, utf16.length & ~1)
    .swap16()
    .toString('utf16le');
  return /^[\s\p{Z}]+$/u.test(text);
}
