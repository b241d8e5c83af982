import { PDFArray, type PDFContext, PDFDict, type PDFObject, PDFRawStream, PDFRef } from 'pdf-lib';
import { readInlineImage } from '../rebuild/inline-image.ts';
import { lexer, type Token, writeName } from '../rebuild/lexer.ts';
import { dictOf, entry, itemsOf, nameFor, nameOf, numberOf, openStream, resolve } from '../rebuild/source.ts';

/** One code that a stream shows. */
export interface Code {
  readonly bytes: Uint8Array;
  /** `plain`: the letter that its code says, of a font that every reader has; `drawn`: a Type 3 font's; `other`: what cannot be told. */
  readonly font: 'plain' | 'drawn' | 'other';
  /** Of a drawn one, what draws it. */
  readonly glyph: PDFObject | undefined;
  /** The rendering mode that it stands in (PDF 32000-1, 9.3.6), as far as its own stream tells. */
  readonly mode: number;
}

type Piece =
  | { readonly kind: 'kept'; readonly bytes: Uint8Array }
  /** Paints or clips: `bare` stands for it where only letters are to show. */
  | { readonly kind: 'paints'; readonly bytes: Uint8Array; readonly bare: string }
  | { readonly kind: 'mode'; readonly bytes: Uint8Array }
  | { readonly kind: 'shows'; readonly before: string; readonly items: readonly (Code | string)[] };

/** A content stream in pieces. */
export interface Inner {
  readonly ref: PDFRef;
  readonly stream: PDFRawStream;
  readonly pieces: readonly Piece[];
  readonly codes: readonly Code[];
  /** No list of the page's objects has what it shows. */
  readonly unlisted: boolean;
  readonly tile: boolean;
  readonly form: boolean;
  /** It paints nothing but at most one closed path of a few straight sides: no letter looks so. */
  readonly plainShape: boolean;
}

/** What a page draws with, its own content first. Undefined where a stream cannot be told apart. */
export interface Inside {
  readonly content: Uint8Array;
  readonly page: readonly Piece[];
  readonly streams: readonly Inner[];
}

const SHOW = new Set(['Tj', 'TJ', "'", '"']);
const PAINT = new Set(['b', 'B', 'b*', 'B*', 'f', 'F', 'f*', 'S', 's']);
const SIDES: ReadonlyMap<string, number> = new Map([
  ['m', 1],
  ['l', 1],
  ['re', 4],
  ['c', 100],
  ['v', 100],
  ['y', 100],
]);
const MOST_SIDES = 5;
const MAX_STREAMS = 200;
const STANDARD = /^(?:Helvetica|Times|Courier)(?:-(?:Roman|Bold|Italic|Oblique|BoldItalic|BoldOblique))?$/;
const ENCODINGS: ReadonlySet<string> = new Set(['WinAnsiEncoding', 'MacRomanEncoding', 'StandardEncoding']);

/** Takes a page of a rebuilt document and gives all content streams that it can reach: forms, glyphs of Type 3 fonts, tiles, and groups of soft masks. */
export function insideOf(context: PDFContext, page: PDFDict, resources: PDFDict | undefined): Inside | undefined {
  const found = new Map<PDFRawStream, { inner: Inner; resources: PDFDict | undefined }>();
  const entered = { listed: new Set<PDFDict>(), unlisted: new Set<PDFDict>() };
  let told = true;

  const visitStream = (value: PDFObject | undefined, around: PDFDict | undefined, unlisted: boolean) => {
    const stream = resolve(context, value);
    if (!(stream instanceof PDFRawStream) || !(value instanceof PDFRef)) return;
    const own = dictOf(entry(context, stream, 'Resources')) ?? around;
    const before = found.get(stream);
    // Letters would be read in two fonts.
    if (before && before.resources !== own) told = false;
    if (found.size >= MAX_STREAMS) told = false;
    if (!told || (before && (before.inner.unlisted || !unlisted))) return;
    const read = before?.inner ?? { ...piecesOf(context, openStream(context, stream).data, own), ref: value, stream };
    found.set(stream, {
      resources: own,
      inner: {
        ...read,
        unlisted,
        tile: numberOf(entry(context, stream, 'PatternType')) === 1,
        form: nameOf(entry(context, stream, 'Subtype')) === 'Form',
      },
    });
    visitResources(own, unlisted);
  };

  const visitResources = (from: PDFDict | undefined, unlisted: boolean) => {
    if (!from) return;
    const known = unlisted ? entered.unlisted : entered.listed;
    if (known.has(from)) return;
    known.add(from);
    const each = (kind: string) => dictOf(entry(context, from, kind))?.values() ?? [];
    for (const font of each('Font')) {
      const face = resolve(context, font);
      if (nameOf(entry(context, face, 'Subtype')) !== 'Type3') continue;
      const own = dictOf(entry(context, face, 'Resources')) ?? from;
      for (const glyph of dictOf(entry(context, face, 'CharProcs'))?.values() ?? []) visitStream(glyph, own, true);
    }
    for (const pattern of each('Pattern')) visitStream(pattern, from, true);
    for (const drawn of each('XObject'))
      if (nameOf(entry(context, resolve(context, drawn), 'Subtype')) === 'Form') visitStream(drawn, from, unlisted);
    for (const state of each('ExtGState')) {
      const dict = resolve(context, state);
      // A font that is chosen so is not followed.
      if (entry(context, dict, 'Font')) told = false;
      const mask = entry(context, dict, 'SMask');
      if (mask instanceof PDFDict) visitStream(mask.get(nameFor('G')), from, true);
    }
  };

  visitResources(resources, false);
  const contents = entry(context, page, 'Contents');
  const list = contents instanceof PDFArray ? itemsOf(context, contents) : [contents];
  const data = Buffer.concat(list.flatMap((stream) => [openStream(context, stream).data, Buffer.from('\n')]));
  return told
    ? {
        content: data,
        page: piecesOf(context, data, resources).pieces,
        streams: [...found.values()].map(({ inner }) => inner),
      }
    : undefined;
}

/** Cuts a stream at its operators (7.8.2), and what it shows into codes. */
function piecesOf(
  context: PDFContext,
  data: Uint8Array,
  resources: PDFDict | undefined,
): Pick<Inner, 'pieces' | 'codes' | 'plainShape'> {
  const pieces: Piece[] = [];
  const codes: Code[] = [];
  const tokens = lexer(data);
  const saved: { readonly mode: number; readonly font: FontOf | undefined }[] = [];
  let operands: Token[] = [];
  let [start, mode, sides, painted] = [0, 0, 0, 0];
  let font: FontOf | undefined;
  let [closed, states] = [false, false];
  let plainShape = true;
  const bytes = () => data.subarray(start, tokens.position());
  const paints = (bare: string) => pieces.push({ kind: 'paints', bytes: bytes(), bare });

  const show = (operator: string) => {
    const last = operands.at(-1);
    const [word, character] = operands.slice(-3);
    const spacing = operator === '"' ? `${numberText(word)} Tw ${numberText(character)} Tc ` : '';
    const items = (last?.kind === 'array' ? last.items : last ? [last] : []).flatMap((item): (Code | string)[] => {
      if (item.kind === 'number') return [item.text];
      return item.kind === 'string' ? codesOf(item.bytes, states ? undefined : font, mode) : [];
    });
    codes.push(...items.filter((item) => typeof item !== 'string'));
    pieces.push({ kind: 'shows', before: operator === "'" || operator === '"' ? `${spacing}T*\n` : '', items });
  };

  for (let token = tokens.next(); token; token = tokens.next()) {
    if (token.kind !== 'word' || ['true', 'false', 'null'].includes(token.word)) {
      operands.push(token);
      continue;
    }
    const operator = token.word;
    if (SHOW.has(operator)) show(operator);
    else if (operator === 'Tr') {
      mode = Math.trunc(Number(numberText(operands.at(-1))));
      pieces.push({ kind: 'mode', bytes: bytes() });
    } else if (operator === 'BI') {
      readInlineImage(data, tokens, (name) => name);
      plainShape = false;
      paints('');
    } else if (PAINT.has(operator) || operator === 'n') {
      if (operator !== 'n' && (++painted > 1 || sides > MOST_SIDES || (operator === 'S' && !closed)))
        plainShape = false;
      [sides, closed] = [0, false];
      paints('n');
    } else if (operator === 'W' || operator === 'W*' || operator === 'sh' || operator === 'gs') {
      if (operator === 'sh') plainShape = false;
      // Readers do not agree on what opacity does inside of a glyph.
      if (operator === 'gs') states = true;
      paints('');
    } else if (operator === 'Do') {
      plainShape = false;
      const name = operands.at(-1);
      const drawn = name?.kind === 'name' && named(context, resources, 'XObject', name.name);
      if (drawn && nameOf(entry(context, drawn, 'Subtype')) === 'Form') pieces.push({ kind: 'kept', bytes: bytes() });
      else paints('');
    } else {
      if (operator === 'Tf') font = fontOf(context, resources, operands.at(-2));
      if (operator === 'q') saved.push({ mode, font });
      if (operator === 'Q') ({ mode, font } = saved.pop() ?? { mode, font });
      sides += SIDES.get(operator) ?? 0;
      if (operator === 'h' || operator === 're') closed = true;
      pieces.push({ kind: 'kept', bytes: bytes() });
    }
    operands = [];
    start = tokens.position();
  }
  return { pieces, codes, plainShape };
}

interface FontOf {
  readonly kind: Code['font'];
  readonly glyphOf: (code: number) => PDFObject | undefined;
}

function fontOf(context: PDFContext, resources: PDFDict | undefined, token: Token | undefined): FontOf {
  const none = () => undefined;
  const face = token?.kind === 'name' ? named(context, resources, 'Font', token.name) : undefined;
  const subtype = nameOf(entry(context, face, 'Subtype'));
  const encoding = entry(context, face, 'Encoding');
  if (subtype === 'Type3') {
    const names = glyphNames(context, encoding);
    const glyphs = dictOf(entry(context, face, 'CharProcs'));
    return { kind: 'drawn', glyphOf: (code) => resolve(context, glyphs?.get(nameFor(names.get(code) ?? ''))) };
  }
  const honest =
    (subtype === 'Type1' || subtype === 'TrueType') &&
    STANDARD.test(nameOf(entry(context, face, 'BaseFont')) ?? '') &&
    (encoding === undefined || ENCODINGS.has(nameOf(encoding) ?? '')) &&
    !['FontDescriptor', 'ToUnicode'].some((key) => entry(context, face, key));
  return { kind: honest ? 'plain' : 'other', glyphOf: none };
}

/** The glyph that each code of a Type 3 font draws, as far as its differences tell (9.6.6.1). */
function glyphNames(context: PDFContext, encoding: PDFObject | undefined): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  let code = 0;
  for (const item of itemsOf(context, entry(context, encoding, 'Differences'))) {
    const at = numberOf(item);
    const name = nameOf(item);
    if (at !== undefined) code = at;
    else if (name !== undefined) names.set(code++, name);
  }
  return names;
}

function named(context: PDFContext, resources: PDFDict | undefined, kind: string, name: string): PDFObject | undefined {
  return entry(context, entry(context, resources, kind), writeName(name).slice(1));
}

const SPACE = 32;
const PRINTED_ASCII = (code: number) => code > SPACE && code < 127;

/** Codes of one byte, spaces of honest fonts as bytes that nobody asks about; a string of which nothing is known is one code. */
function codesOf(bytes: Uint8Array, font: FontOf | undefined, mode: number): (Code | string)[] {
  if (!font || font.kind === 'other') return [{ bytes, font: 'other', glyph: undefined, mode }];
  return [...bytes].map((code) => {
    if (font.kind === 'plain' && code === SPACE) return '<20>';
    const kind = font.kind === 'plain' && !PRINTED_ASCII(code) ? 'other' : font.kind;
    return { bytes: Uint8Array.of(code), font: kind, glyph: font.glyphOf(code), mode };
  });
}

/** What is to become of a code: it is drawn, it takes up its room without a drawing, or it is not there. */
export type Fate = 'drawn' | 'blank' | 'cut';

/** Writes pieces anew, each code by its fate. Where they are `bare`, nothing else is painted and nothing clips; modes are left out, as each code has its own. */
export function written(pieces: readonly Piece[], fate: (code: Code) => Fate, bare = false): Uint8Array {
  const out: Uint8Array[] = [];
  const text = (said: string) => out.push(Buffer.from(said, 'latin1'));
  for (const piece of pieces) {
    if (piece.kind === 'kept') out.push(piece.bytes);
    else if (piece.kind === 'paints' && !bare) out.push(piece.bytes);
    else if (piece.kind === 'paints') text(`\n${piece.bare}\n`);
    else if (piece.kind === 'mode' && !bare) out.push(piece.bytes);
    else if (piece.kind === 'shows') {
      text(`\n${piece.before}`);
      for (const item of piece.items) {
        if (typeof item === 'string') text(item.startsWith('<') ? `${item} Tj\n` : `[${item}] TJ\n`);
        else if (fate(item) !== 'cut') {
          const mode = bare && item.mode === INVISIBLE ? 0 : item.mode;
          const hex = Buffer.from(item.bytes).toString('hex');
          text(`${fate(item) === 'blank' ? INVISIBLE : mode} Tr <${hex}> Tj ${mode} Tr\n`);
        }
      }
    }
  }
  return Buffer.concat(out);
}

const INVISIBLE = 3;

function numberText(token: Token | undefined): string {
  return token?.kind === 'number' ? token.text : '0';
}
