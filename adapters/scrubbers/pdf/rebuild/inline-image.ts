import { deflateSync } from 'node:zlib';
import { decodeFilter, filterName, isByteFilter } from './filters.ts';
import { type CleanPicture, cleanJpeg, jpegEnd } from './jpeg.ts';
import { isSpace, type Lexer, type Token, writeName } from './lexer.ts';
import { numberOf } from './operands.ts';

const LONG: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Width: 'W',
    Height: 'H',
    BitsPerComponent: 'BPC',
    ColorSpace: 'CS',
    Decode: 'D',
    DecodeParms: 'DP',
    Filter: 'F',
    ImageMask: 'IM',
    Interpolate: 'I',
  }),
);
const PARAMS = new Set(
  'Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1 ColorTransform'.split(
    ' ',
  ),
);
const DEVICE = ['G', 'RGB', 'CMYK', 'DeviceGray', 'DeviceRGB', 'DeviceCMYK', 'I', 'Indexed'];

export interface InlineImage {
  /** The whole of it, from BI to EI. */
  readonly text: string;
  readonly data: Uint8Array;
  readonly dropped: number;
}

/**
 * Reads an inline image whose BI has just been read (PDF 32000-1, 8.9.7) and leaves the lexer behind its EI. Only the keys of table 93 stay,
 * JPEG data is cleaned, and what stands between the end of the data and EI goes. `colorSpace` gives the new name of a colour space
 * resource. Gives undefined where there is no data.
 */
export function readInlineImage(
  content: Uint8Array,
  tokens: Lexer,
  colorSpace: (name: string) => string | undefined,
): InlineImage | undefined {
  const entries = new Map<string, Token>();
  for (let key = tokens.next(); key; key = tokens.next()) {
    if (key.kind === 'word' && key.word === 'ID') break;
    if (key.kind !== 'name') continue;
    const value = tokens.next();
    if (value === undefined) return undefined;
    if (value.kind === 'word' && value.word === 'ID') break;
    entries.set(LONG.get(key.name) ?? key.name, value);
  }
  let from = tokens.position();
  if (from >= content.length) return undefined;
  if (isSpace(content[from])) from++;
  const filters = namesOf(entries.get('F')).map(filterName);
  const end = dataEnd(content, from, entries, filters);
  const at = findEnd(content, end ?? from) ?? findEnd(content, from) ?? content.length;
  const stop = Math.min(end ?? at, at);
  tokens.moveTo(Math.min(content.length, at + 2));
  let data: Uint8Array = content.subarray(from, stop);
  let dropped = 0;
  if (filters.includes('DCTDecode')) {
    // What is no whole JPEG may say anything: it goes, and the page shows whether it was seen.
    const clean =
      filters.at(-1) === 'DCTDecode' ? jpegWithin(data, filters.slice(0, -1), entries.has('DP')) : undefined;
    ({ data, dropped } = clean ?? { data: new Uint8Array(0), dropped: 1 });
    entries.set('F', { kind: 'name', name: 'DCT' });
  } else if (filters.length > 0 && filters.every(isByteFilter)) {
    const fewer = withoutSurplus(data, filters, entries);
    if (fewer) {
      data = fewer;
      dropped = 1;
      entries.set('F', { kind: 'name', name: 'Fl' });
    }
  }
  return { text: `BI ${writeEntries(entries, colorSpace)} ID `, data, dropped };
}

/** The JPEG that stands in other encodings, clean and without them; undefined where they have parameters or do not hold one. */
function jpegWithin(data: Uint8Array, around: readonly string[], parameters: boolean): CleanPicture | undefined {
  if (around.length > 0 && (parameters || !around.every(isByteFilter))) return undefined;
  try {
    return cleanJpeg(around.reduce((inner, name) => decodeFilter({ name, params: {} }, inner).data, data));
  } catch {
    return undefined;
  }
}

function namesOf(token: Token | undefined): string[] {
  if (token?.kind === 'name') return [token.name];
  return token?.kind === 'array' ? token.items.flatMap((item) => (item.kind === 'name' ? [item.name] : [])) : [];
}

/** How many bytes the samples take, with so many more in each row; undefined where the colour space is a resource's. */
function sizeOf(entries: ReadonlyMap<string, Token>, more: number): number | undefined {
  const space = namesOf(entries.get('CS'))[0] ?? '';
  const mask = entries.get('IM');
  const bits = mask?.kind === 'word' && mask.word === 'true' ? 1 : numberOf(entries.get('BPC')) || 8;
  if (space !== '' && !DEVICE.includes(space)) return undefined;
  const components = space.endsWith('RGB') ? 3 : space.endsWith('CMYK') ? 4 : 1;
  return numberOf(entries.get('H')) * (more + Math.ceil((numberOf(entries.get('W')) * bits * components) / 8));
}

/** The samples deflated, without what is encoded behind them; undefined where there is nothing, or where nobody can tell. Nothing is left of what cannot be told apart. */
function withoutSurplus(
  data: Uint8Array,
  filters: readonly string[],
  entries: ReadonlyMap<string, Token>,
): Uint8Array | undefined {
  const parameters = entries.get('DP');
  const of = (key: string) => (parameters?.kind === 'dict' ? numberOf(parameters.entries.get(key)) : 0);
  const size = sizeOf(entries, of('Predictor') >= 10 ? 1 : 0);
  if (size === undefined) return undefined;
  try {
    const early = of('EarlyChange');
    const samples = filters.reduce(
      (inner, name) => decodeFilter({ name, params: early ? { EarlyChange: early } : {} }, inner).data,
      data,
    );
    return samples.length > size ? deflateSync(samples.subarray(0, size)) : undefined;
  } catch {
    return new Uint8Array(0);
  }
}

/** Where the data is over; undefined when only a search tells. */
function dataEnd(
  content: Uint8Array,
  from: number,
  entries: ReadonlyMap<string, Token>,
  filters: readonly string[],
): number | undefined {
  const [first] = filters;
  if (first === undefined) {
    const size = sizeOf(entries, 0);
    return size === undefined ? undefined : Math.min(content.length, from + size);
  }
  if (first === 'DCTDecode') return jpegEnd(content, from);
  if (!isByteFilter(first) || first === 'LZWDecode') return undefined;
  try {
    const { consumed, damaged } = decodeFilter({ name: first, params: {} }, content.subarray(from));
    return damaged ? undefined : from + consumed;
  } catch {
    return undefined;
  }
}

/** The next EI that stands alone and is followed by what can be content: samples may hold those two letters too. */
function findEnd(content: Uint8Array, from: number): number | undefined {
  for (let at = from; at + 1 < content.length; at++) {
    if (content[at] !== 0x45 || content[at + 1] !== 0x49) continue;
    if (at > from && !isSpace(content[at - 1])) continue;
    if (at + 2 < content.length && !isSpace(content[at + 2])) continue;
    const after = content.subarray(at + 2, at + 12);
    if (after.every((byte) => isSpace(byte) || (byte >= 32 && byte < 127))) return at;
  }
  return undefined;
}

function writeEntries(entries: ReadonlyMap<string, Token>, colorSpace: (name: string) => string | undefined): string {
  const parts: string[] = [];
  const short = new Set(LONG.values());
  for (const [key, value] of entries) {
    if (!short.has(key)) continue;
    if (key === 'CS' && value.kind === 'name' && !DEVICE.includes(value.name)) {
      const name = colorSpace(value.name);
      if (name) parts.push(`/CS ${writeName(name)}`);
    } else parts.push(`/${key} ${writeValue(value)}`);
  }
  return parts.join(' ');
}

function writeValue(token: Token): string {
  switch (token.kind) {
    case 'number':
      return token.text;
    case 'name':
      return writeName(token.name);
    case 'string':
      return `<${Buffer.from(token.bytes).toString('hex')}>`;
    case 'array':
      return `[${token.items.map(writeValue).join(' ')}]`;
    case 'word':
      return ['true', 'false'].includes(token.word) ? token.word : 'null';
    default:
      return `<<${[...token.entries].flatMap(([key, value]) => (PARAMS.has(key) ? [`/${key} ${writeValue(value)}`] : [])).join(' ')}>>`;
  }
}
