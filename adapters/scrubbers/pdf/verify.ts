import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFParser,
  PDFRawStream,
  PDFString,
} from 'pdf-lib';
import { Refusal } from '../refusal.ts';
import type { OpenPdf, Pdfium } from './pdfium.ts';
import { ALLOWED_KEYS, FORBIDDEN_KEYS, NAME_VALUES, RESOURCE_NAME } from './rebuild/allowed.ts';
import { byteWriter } from './rebuild/bytes.ts';
import { lexer, type Token } from './rebuild/lexer.ts';
import { reachable } from './rebuild/rebuild.ts';
import {
  dictOf,
  entry,
  itemsOf,
  keyOf,
  nameOf,
  openStream,
  pagesOf,
  resolve,
  type SourcePage,
} from './rebuild/source.ts';
import { needles } from './search.ts';

/** A file as it was written, opened by both readers. */
export interface Output {
  readonly file: Uint8Array;
  readonly pdf: OpenPdf;
  readonly context: PDFContext;
}

/** Opens what was written, by PDFium (unless it has it open, as `pdf`) and by the reader that the rebuild works with. The caller closes `pdf`, which is closed here where this throws. */
export async function openOutput(pdfium: Pdfium, file: Uint8Array, pdf?: OpenPdf): Promise<Output> {
  try {
    const context = await parsed(file);
    return { file, pdf: pdf ?? pdfium.open(file), context };
  } catch (error) {
    pdf?.close();
    throw error;
  }
}

/** The objects of a written file as the rebuild's reader has them. Throws for what is no PDF. */
export function parsed(file: Uint8Array): Promise<PDFContext> {
  return PDFParser.forBytesWithOptions(file, Number.POSITIVE_INFINITY, true).parseDocument();
}

export interface Verified {
  readonly checks: readonly string[];
  /** Pages (1-based) whose kept text holds something that was also removed elsewhere. */
  readonly alsoVisible: readonly number[];
  /** Something removed is also a word in a font's own name or program. */
  readonly alsoInFonts: boolean;
}

const RESOURCE_KINDS = new Set(['Font', 'XObject', 'ExtGState', 'ColorSpace', 'Pattern', 'Shading']);
const FONT_NAMES = new Set(['BaseFont', 'FontName', 'Differences', 'CharProcs']);
/** Short texts stand in binary data by chance, and digits in numbers. */
const BINARY_SHORTEST = 8;
const VOCABULARY = [
  ...ALLOWED_KEYS,
  ...NAME_VALUES,
  'Catalog DeviceGray DeviceRGB DeviceCMYK ICCBased CalRGB Indexed Separation DeviceN FlateDecode DCTDecode JPXDecode JBIG2Decode CCITTFaxDecode',
  'ObjStm XRef CIDInit ProcSet findresource begincmap endcmap defineresource currentdict codespacerange beginbfchar endbfchar beginbfrange endbfrange',
  'beginnotdefrange begincidrange endcidrange endobj endstream startxref trailer Adobe Identity Japan1 Korea1 CIDFontType0C CIDFontType2 TrueType OpenType Type1C',
  'WinAnsiEncoding MacRomanEncoding MacExpertEncoding StandardEncoding Transparency Luminosity Identity-H Identity-V Normal Multiply Compatible Perceptual',
].join(' ');

/**
 * Looks through an output and refuses it with 'not-verified' unless it holds exactly what a rebuild may write: as many pages as were put in, only allowed keys and
 * no forbidden one, no string but those of a character collection or a colour table, no object that nothing refers to, and no text that was removed. A removed text
 * that is also drawn on a page is no failure, since the person sees it; its pages are given back, never the text. `pageTexts` is what each page says. Pages (from 0) that are `drawn` were made into pictures
 * here: words stand among their samples by chance alone.
 */
export function verify(
  { file, pdf, context }: Output,
  pages: number,
  removed: readonly string[],
  pageTexts: readonly string[],
  drawn: ReadonlySet<number> = new Set(),
): Verified {
  const fail = (check: string): never => {
    throw new Refusal('not-verified', { check });
  };
  if (pdf.pages !== pages) fail('page-count');
  const [left] = pdf.remains();
  if (left) fail(`no-${left}`);
  if (pagesOf(context, pages).length !== pages) fail('page-count');
  const { Info, ID, Encrypt } = context.trailerInfo;
  if (Info || ID || Encrypt) fail('trailer');
  checkObjects(context, fail);
  const texts = [...removed];
  const visible = visiblePages(pageTexts, texts);
  const found = findTexts(context, file, texts, samplesOf(context, drawn));
  if (found.elsewhere.some((index) => !visible.found.has(index) && !found.drawn.has(index))) fail('removed-text');
  const alsoVisible = new Set(visible.pages);
  if ([...found.drawn].some((index) => !visible.found.has(index)))
    for (const page of drawnPages(context, texts)) alsoVisible.add(page);
  return {
    checks: ['opens-twice', 'page-count', 'allowed-keys', 'no-unreferenced-object', 'removed-text-gone'],
    alsoVisible: [...alsoVisible].sort((a, b) => a - b),
    alsoInFonts: found.inFonts,
  };
}

const isContainer = (object: PDFObject) =>
  object instanceof PDFRawStream && ['ObjStm', 'XRef'].includes(nameOf(object.dict.get(PDFName.of('Type'))) ?? '');

function checkObjects(context: PDFContext, fail: (check: string) => void): void {
  const used = reachable(context);
  const forbidden = new Set(FORBIDDEN_KEYS);
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (isContainer(object)) continue;
    if (!used.has(ref)) fail('unreferenced-object');
  }
  const catalog = resolve(context, context.trailerInfo.Root);
  const keys = catalog instanceof PDFDict ? catalog.keys().map(keyOf).sort().join(' ') : '';
  if (keys !== 'Pages Type') fail('catalogue');
  const walk = (value: PDFObject, under: string) => {
    if (value instanceof PDFString || value instanceof PDFHexString) {
      if (!['Registry', 'Ordering', 'Indexed'].includes(under)) fail('string');
    } else if (value instanceof PDFArray) {
      const first = nameOf(value.size() > 0 ? value.get(0) : undefined);
      for (const item of value.asArray()) walk(item, first === 'Indexed' || first === 'I' ? 'Indexed' : under);
    } else if (value instanceof PDFDict || value instanceof PDFRawStream) {
      const dict = value instanceof PDFDict ? value : value.dict;
      for (const [key, item] of dict.entries()) {
        const text = keyOf(key);
        const named = under === 'CharProcs' || (RESOURCE_KINDS.has(under) && RESOURCE_NAME.test(text));
        if (!named && (forbidden.has(text) || !ALLOWED_KEYS.has(text))) fail('allowed-keys');
        walk(item, text);
      }
    }
  };
  for (const [, object] of context.enumerateIndirectObjects()) if (!isContainer(object)) walk(object, '');
}

function visiblePages(
  pageTexts: readonly string[],
  texts: readonly string[],
): { readonly pages: Set<number>; readonly found: Set<number> } {
  const squeeze = (text: string) => text.replace(/\s+/g, ' ');
  const search = needles(texts.map(squeeze));
  const pages = new Set<number>();
  const found = new Set<number>();
  for (const [page, text] of pageTexts.entries()) {
    const hits = search.findIn(Buffer.from(squeeze(text), 'utf8'));
    if (hits.size > 0) pages.add(page + 1);
    for (const hit of hits) found.add(hit);
  }
  return { pages, found };
}

interface Found {
  readonly elsewhere: readonly number[];
  /** In strings that content shows. */
  readonly drawn: ReadonlySet<number>;
  readonly inFonts: boolean;
}

/** The samples of pages that are one picture and nothing else. */
function samplesOf(context: PDFContext, pages: ReadonlySet<number>): ReadonlySet<PDFObject> {
  if (pages.size === 0) return new Set();
  const all = contentsOf(context).pages;
  const resources = [...pages].map((page) => entry(context, all[page]?.dict, 'Resources'));
  const pictures = resources.map((one) => dictOf(entry(context, one, 'XObject'))?.values() ?? []);
  return new Set(pictures.flatMap((one) => (one.length === 1 ? (resolve(context, one[0]) ?? []) : [])));
}

function findTexts(
  context: PDFContext,
  file: Uint8Array,
  texts: readonly string[],
  samples: ReadonlySet<PDFObject>,
): Found {
  // Most files say nothing about themselves: nothing is opened to look for that.
  if (texts.length === 0) return { elsewhere: [], drawn: new Set(), inFonts: false };
  const all = needles(texts);
  const binary = needles(
    texts.map((text) =>
      text.length >= BINARY_SHORTEST && /\p{Alpha}/u.test(text) && !VOCABULARY.includes(text) ? text : '',
    ),
  );
  const elsewhere = new Set<number>(binary.findIn(file));
  const drawn = new Set<number>();
  let inFonts = false;
  const names: string[] = [];
  const fontNames: string[] = [];
  const content = contentsOf(context).streams;
  const programs = new Set<PDFObject | undefined>();
  const gather = (value: PDFObject, under: string) => {
    if (value instanceof PDFName) (FONT_NAMES.has(under) ? fontNames : names).push(keyOf(value));
    else if (value instanceof PDFArray) for (const item of value.asArray()) gather(item, under);
    else if (value instanceof PDFDict || value instanceof PDFRawStream) {
      const dict = value instanceof PDFDict ? value : value.dict;
      for (const [key, item] of dict.entries()) {
        if (under === 'CharProcs') fontNames.push(keyOf(key));
        if (keyOf(key).startsWith('FontFile')) programs.add(resolve(context, item));
        gather(item, keyOf(key));
      }
    }
  };
  const objects = context.enumerateIndirectObjects().filter(([, object]) => !isContainer(object));
  for (const [, object] of objects) gather(object, '');
  for (const [, object] of objects) {
    if (!(object instanceof PDFRawStream) || samples.has(object)) continue;
    if (content.has(object)) {
      for (const part of partsOf(context, object)) for (const hit of all.findIn(part)) drawn.add(hit);
      continue;
    }
    const data = openStream(context, object).data;
    if (programs.has(object)) inFonts ||= binary.findIn(data).size > 0;
    else for (const hit of binary.findIn(data)) elsewhere.add(hit);
  }
  const spoken = names.filter((word) => !VOCABULARY.includes(word)).join('\n');
  for (const hit of all.findIn(Buffer.from(spoken, 'latin1'))) elsewhere.add(hit);
  inFonts ||= all.findIn(Buffer.from(fontNames.join('\n'), 'latin1')).size > 0;
  return { elsewhere: [...elsewhere], drawn, inFonts };
}

/** Pages' contents, forms, tiles and glyphs. */
function contentStreams(context: PDFContext): Set<PDFObject> {
  const streams = new Set<PDFObject>();
  for (const [, object] of context.enumerateIndirectObjects()) {
    const contents = entry(context, object, 'Contents');
    if (contents) streams.add(contents);
    if (
      object instanceof PDFRawStream &&
      (nameOf(entry(context, object, 'Subtype')) === 'Form' || entry(context, object, 'PatternType'))
    )
      streams.add(object);
    const glyphs = entry(context, object, 'CharProcs');
    if (glyphs instanceof PDFDict) for (const glyph of glyphs.values()) streams.add(resolve(context, glyph) ?? glyph);
  }
  return streams;
}

/** A document is searched for a page's words, and then for those of all. */
const knownParts = new WeakMap<PDFObject, readonly Uint8Array[]>();

/** The strings that a content stream shows, and all that it holds. */
function partsOf(context: PDFContext, stream: PDFObject): readonly Uint8Array[] {
  const known = knownParts.get(stream);
  if (known) return known;
  const { data } = openStream(context, stream);
  const parts = [shownText(data), data];
  knownParts.set(stream, parts);
  return parts;
}

/** The strings that a content stream shows, those of one array joined, as kerning splits words. */
function shownText(content: Uint8Array): Uint8Array {
  const shown = byteWriter(content.length);
  const tokens = lexer(content);
  const take = (token: Token) => {
    if (token.kind === 'string') shown.bytes(token.bytes);
    if (token.kind === 'array') for (const item of token.items) take(item);
  };
  for (let token = tokens.next(); token; token = tokens.next()) {
    take(token);
    if (token.kind === 'array' || token.kind === 'string') shown.text('\n');
  }
  return shown.done();
}

/** The pages whose own content, or content that it draws, shows one of the texts. */
function drawnPages(context: PDFContext, texts: readonly string[]): number[] {
  const shows = showing(context, texts);
  return contentsOf(context).pages.flatMap(({ dict }, index) => (shows(dict) ? [index + 1] : []));
}

/** True when the content of a page (from 0), or content that it draws, shows one of the texts, whatever PDFium reads there. */
export function pageShows(context: PDFContext, page: number, texts: readonly string[]): boolean {
  const found = texts.length > 0 ? contentsOf(context).pages[page] : undefined;
  return found !== undefined && showing(context, texts)(found.dict);
}

/** A page is asked about after the other, and a document's content is the same for all. */
const knownContents = new WeakMap<PDFContext, Contents>();

interface Contents {
  readonly pages: readonly SourcePage[];
  readonly streams: ReadonlySet<PDFObject>;
}

function contentsOf(context: PDFContext): Contents {
  const known = knownContents.get(context);
  if (known) return known;
  const contents = { pages: pagesOf(context, Number.MAX_SAFE_INTEGER), streams: contentStreams(context) };
  knownContents.set(context, contents);
  return contents;
}

function showing(context: PDFContext, texts: readonly string[]): (page: PDFDict) => boolean {
  const all = needles(texts);
  const { streams } = contentsOf(context);
  const hits = new Map<PDFObject, boolean>();
  const shows = (object: PDFObject) => {
    const known = hits.get(object);
    if (known !== undefined) return known;
    const hit = streams.has(object) && partsOf(context, object).some((part) => all.findIn(part).size > 0);
    hits.set(object, hit);
    return hit;
  };
  return (page) => {
    const seen = new Set<PDFObject>();
    const open = [entry(context, page, 'Contents'), entry(context, page, 'Resources')];
    while (open.length > 0) {
      const next = resolve(context, open.pop());
      if (!next || seen.has(next)) continue;
      seen.add(next);
      if (shows(next)) return true;
      if (next instanceof PDFArray) open.push(...itemsOf(context, next));
      else if (next instanceof PDFDict || next instanceof PDFRawStream)
        open.push(...(next instanceof PDFDict ? next : next.dict).values());
    }
    return false;
  };
}
