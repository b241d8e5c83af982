import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { type PDFContext, type PDFDict, PDFNull, type PDFObject, PDFParser, type PDFRef } from 'pdf-lib';
import { heap, type OpenPdf, type Pdfium } from '../pdfium.ts';
import { reachable, rebuild } from '../rebuild/rebuild.ts';
import { pagesOf, type SourcePage } from '../rebuild/source.ts';
import { pageDifference } from '../redaction/raster.ts';
import { cutPage, pictureStreams } from '../surgery/cut-page.ts';
import { type OpenPage, type PageObject, withObjects } from '../surgery/objects.ts';
import type { Thinned } from '../surgery/thin.ts';
import { addCropped, type Cropped, cropPicture, hasMasks, samplesOnce } from './cropped.ts';
import { renameGlyphs } from './glyphs.ts';
import { lookAtInk, type Partly } from './ink.ts';
import { cutInside } from './inner-cut.ts';
import { wordsOf } from './letters-unseen.ts';
import { patternUse, unlistedText } from './nested.ts';
import { findSuspects, type Outright } from './suspects.ts';

export interface WithoutUnseen {
  readonly file: Uint8Array;
  /** How many objects went, by kind. */
  readonly removed: Record<string, number>;
  /** What the removed texts said, for a look whether they are gone. The same words may be seen elsewhere. */
  readonly texts: string[];
  /** Pages (from 0) that must become pictures, drawn from `file`: what is unseen on them cannot be cut out cleanly. */
  readonly rasterise: number[];
  /** `file` as the engine has it open; the caller closes it. */
  readonly pdf: OpenPdf;
  /** The share of pixels in which pages differ from what is shown in `shown`, where that was measured. */
  readonly differences: ReadonlyMap<number, number>;
}

/** A rebuilt document. */
export interface Source {
  readonly file: Uint8Array;
  /** Its objects, where they are at hand. They are changed. */
  readonly context?: PDFContext;
  /** What it was rebuilt from: a page that looks as it did there has lost nothing that is seen. */
  readonly shown?: OpenPdf;
}

/** A page whose cut copy looks different in more than this share of its pixels is not cut. */
const MAX_DIFFERENCE = 0.0008;
const ROUNDS = 2;

/**
 * Takes a rebuilt PDF (unencrypted, without annotations and layers) and gives it without what a reader cannot see on its pages: texts, pictures and drawings that are off the page, clipped
 * away, too small to read, painted over, transparent, or of the colour of what is under them. What is seen is decided by the picture that PDFium draws. The operators of
 * what is unseen are cut out of the content streams (PDF 32000-1, 7.8.2); nothing else changes. Refuses (throws Refusal) with 'corrupt' or 'memory'.
 */
export async function removeUnseen(pdfium: Pdfium, source: Source): Promise<WithoutUnseen> {
  const before = pdfium.open(source.file);
  const open = new Set([before]);
  try {
    const result = await removeFrom(pdfium, source, before, open);
    open.delete(result.pdf);
    return result;
  } finally {
    for (const pdf of open) pdf.close();
  }
}

async function removeFrom(
  pdfium: Pdfium,
  { file, context: given, shown }: Source,
  before: OpenPdf,
  open: Set<OpenPdf>,
): Promise<WithoutUnseen> {
  const context = given ?? (await parse(file));
  const sources = pagesOf(context, Number.MAX_SAFE_INTEGER);
  const [speaks, patterns, masks] = [unlistedText(context), patternUse(context), hasMasks(context)];
  const facts = (page: PDFDict): Facts => ({ speaks: speaks(page), patterns: patterns(page), masks });
  let current = before;
  const painted = new Set<PDFObject>();
  const looked = sources.map((source, index) => {
    // The engine has one picture for all pages that draw it: where one was painted over, the others would show that.
    if (painted.size > 0 && draws(context, source, painted)) {
      current.close();
      open.delete(current);
      current = pdfium.open(file);
      open.add(current);
      painted.clear();
    }
    const found =
      objectsOn(pdfium, current, index, (page) => look(pdfium, page, context, source, facts(source.dict))) ?? UNREAD;
    for (const picture of found.painted) painted.add(picture);
    return found;
  });
  // Objects that were found unseen stay switched off on a page that was looked at, and pictures painted over: then the document is opened again.
  let fresh = looked.some((page) => isToCut(page) || page.unclean || page.painted.length > 0) ? undefined : current;
  const rebuilt = () => {
    fresh ??= pdfium.open(file);
    open.add(fresh);
    return fresh;
  };
  const rasterise = new Set(looked.flatMap(({ unclean }, index) => (unclean ? [index] : [])));
  const texts = new Set(looked.flatMap((page) => page.texts));
  const left = new Set<number>();
  let output: (CutFile & { readonly pdf: OpenPdf; readonly differences: ReadonlyMap<number, number> }) | undefined;
  // A further round leaves out the pages that the one before did not cut cleanly; at last every page that is to be cut.
  for (let round = 0; round <= ROUNDS; round++) {
    if (round === ROUNDS) for (const [index, page] of looked.entries()) if (isToCut(page)) left.add(index);
    const cut = await cutPages(pdfium, round === 0 ? context : await parse(file), looked, left, texts);
    if (!cut) break;
    const pdf = pdfium.open(cut.file);
    open.add(pdf);
    const { different, differences } = compare(shown, rebuilt, pdf, cut.pages);
    for (const index of different) left.add(index);
    if (different.length > 0 && round < ROUNDS) continue;
    for (const index of cut.speaking) rasterise.add(index);
    output = { ...cut, pdf, differences };
    break;
  }
  for (const index of left) rasterise.add(index);
  const thinned = [...looked.keys()].filter((index) => looked[index]?.partly.size && !rasterise.has(index));
  for (const index of await stillUnseen(pdfium, output?.file ?? file, thinned)) rasterise.add(index);
  return {
    file: output?.file ?? file,
    removed: countKinds(looked, output?.inner ?? 0),
    texts: [...texts],
    rasterise: [...rasterise].sort((a, b) => a - b),
    pdf: output?.pdf ?? rebuilt(),
    differences: output?.differences ?? new Map(),
  };
}

function objectsOn<T>(pdfium: Pdfium, pdf: OpenPdf, index: number, work: (page: OpenPage) => T): T | undefined {
  return pdf.withPage(index, (handle) => withObjects(pdfium.lib, handle, work));
}

/** Of pages whose texts lost letters, those on which there is unseen text still: it was not the right letters that went. */
async function stillUnseen(pdfium: Pdfium, file: Uint8Array, pages: readonly number[]): Promise<number[]> {
  if (pages.length === 0) return [];
  const context = await parse(file);
  const patterns = patternUse(context);
  const sources = pagesOf(context, Number.MAX_SAFE_INTEGER);
  const pdf = pdfium.open(file);
  try {
    return pages.filter((index) => {
      const source = sources[index];
      return !objectsOn(pdfium, pdf, index, (open) => {
        const suspects = findSuspects(open.objects, open.width, open.height, source ? patterns(source.dict) : true);
        const verdict = lookAtInk(pdfium.lib, open, suspects);
        const unseen = [...suspects.outright.keys(), ...verdict.unseen];
        return verdict.partly.length === 0 && !verdict.unfinished && unseen.every(({ kind }) => kind !== 'text');
      });
    });
  } finally {
    pdf.close();
  }
}

interface Looked {
  readonly objects: readonly PageObject[];
  readonly dropped: ReadonlyMap<PageObject, string>;
  readonly cropped: ReadonlyMap<PageObject, Cropped>;
  /** Texts of which some letters are unseen, and what they count as. */
  readonly partly: ReadonlyMap<Partly, string>;
  readonly texts: readonly string[];
  /** True when something unseen cannot be cut out. */
  readonly unclean: boolean;
  /** True when it may draw text that nothing lists. */
  readonly speaks: boolean;
  /** Pictures that were painted over in the open document to see how much of them shows. */
  readonly painted: readonly PDFObject[];
}

function isToCut({ dropped, cropped, partly, speaks }: Looked): boolean {
  return dropped.size + cropped.size + partly.size > 0 || speaks;
}

const NOTHING: Looked = {
  objects: [],
  dropped: new Map(),
  cropped: new Map(),
  partly: new Map(),
  texts: [],
  unclean: false,
  speaks: false,
  painted: [],
};
const UNREAD: Looked = { ...NOTHING, unclean: true };

/** What the document's objects tell of a page before it is looked at. */
interface Facts {
  readonly speaks: boolean;
  readonly patterns: boolean;
  readonly masks: boolean;
}

function parse(file: Uint8Array): Promise<PDFContext> {
  return PDFParser.forBytesWithOptions(file, Number.POSITIVE_INFINITY).parseDocument();
}

function look(pdfium: Pdfium, open: OpenPage, context: PDFContext, source: SourcePage, facts: Facts): Looked {
  const { lib } = pdfium;
  const suspects = findSuspects(open.objects, open.width, open.height, facts.patterns);
  if (suspects.outright.size === 0 && suspects.doubtful.length === 0)
    return { ...NOTHING, objects: open.objects, speaks: facts.speaks };
  const verdict = lookAtInk(lib, open, suspects);
  const dropped = new Map<PageObject, string>();
  for (const [object, reason] of suspects.outright) dropped.set(object, kindOf(object, reason));
  const why = (object: PageObject) => (verdict.unpainted.has(object) ? 'unpainted-text' : kindOf(object, undefined));
  for (const object of verdict.unseen) dropped.set(object, why(object));
  const partly = new Map(verdict.partly.map((text) => [text, why(text.object)]));
  const texts = [
    ...textsOf(lib, open, [...dropped.keys()]),
    ...verdict.partly.flatMap(({ letters, gone }) => wordsOf(letters, gone)),
  ];
  const pictures = open.objects.filter((object) => object.kind === 'image' && !dropped.has(object));
  const cut = new Set(suspects.cut);
  const asked = facts.masks ? pictures : pictures.filter((picture) => cut.has(picture));
  const streams = asked.length > 0 ? pictureStreams(context, source, open.objects) : undefined;
  const cropped = new Map<PageObject, Cropped>();
  let unclean = verdict.unfinished;
  for (const alike of byStream(asked, streams)) {
    // What a picture holds is read before it is painted over, and that is every drawing of it.
    const samples = samplesOnce(lib, alike[0]);
    for (const picture of alike) {
      const result = cropPicture(lib, open, picture, streams?.get(picture), context, cut.has(picture), samples);
      if (result === 'unclean') unclean = true;
      else if (result !== 'whole') cropped.set(picture, result);
    }
  }
  const painted = asked.filter((picture) => cut.has(picture)).map((picture) => streams?.get(picture) ?? ANY);
  return { objects: open.objects, dropped, cropped, partly, texts, unclean, speaks: facts.speaks, painted };
}

/** Stands for a picture of which the content does not tell which it is. */
const ANY = PDFNull;

/** Pictures in the order of painting; drawings of one and the same stand together. */
function byStream(
  pictures: readonly PageObject[],
  streams: ReadonlyMap<PageObject, PDFObject> | undefined,
): readonly (readonly [PageObject, ...PageObject[]])[] {
  const groups = new Map<unknown, [PageObject, ...PageObject[]]>();
  for (const picture of pictures) {
    const key = streams?.get(picture) ?? picture;
    const group = groups.get(key);
    if (group) group.push(picture);
    else groups.set(key, [picture]);
  }
  return [...groups.values()];
}

/** Whether a page may draw one of some pictures. */
function draws(context: PDFContext, { inherited }: SourcePage, pictures: ReadonlySet<PDFObject>): boolean {
  if (pictures.has(ANY)) return true;
  const resources = inherited.get('Resources');
  return resources !== undefined && [...reachable(context, resources)].some((object) => pictures.has(object));
}

function kindOf({ kind }: PageObject, reason: Outright | undefined): string {
  const what = kind === 'text' ? 'text' : kind === 'image' ? 'picture' : 'drawing';
  if (reason === 'off-page') return `off-page-${what}`;
  if (reason === 'tiny') return `tiny-${what}`;
  return kind === 'text' ? 'invisible-text' : `covered-${what}`;
}

function countKinds(looked: readonly Looked[], inner: number): Record<string, number> {
  const counts: Record<string, number> = inner > 0 ? { 'invisible-text': inner } : {};
  const count = (kind: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  for (const { dropped, cropped, partly } of looked) {
    for (const kind of dropped.values()) count(kind);
    for (const kind of partly.values()) count(kind);
    for (const _ of cropped) count('cropped-picture');
  }
  return counts;
}

interface CutFile {
  readonly file: Uint8Array;
  readonly pages: readonly number[];
  /** Pages that still draw text which nothing lists, and of which it cannot be told that all of it is seen. */
  readonly speaking: readonly number[];
  /** How many texts inside of glyphs, tiles and masks lost what nobody sees. */
  readonly inner: number;
}

/** Cuts all pages but those that are `left` as they are; undefined when there is nothing to cut. A page that cannot be cut joins those left. */
async function cutPages(
  pdfium: Pdfium,
  context: PDFContext,
  looked: readonly Looked[],
  left: Set<number>,
  texts: Set<string>,
): Promise<CutFile | undefined> {
  const sources = pagesOf(context, Number.MAX_SAFE_INTEGER);
  const pages: number[] = [];
  const renamed = renameGlyphs(context);
  const allPages = sources.map((_, index) => index);
  for (const [index, page] of looked.entries()) {
    const { objects, dropped, cropped, partly } = page;
    const source = sources[index];
    if (!source || !isToCut(page) || left.has(index)) continue;
    const replaced = new Map<PageObject, PDFRef>();
    for (const [picture, without] of cropped) replaced.set(picture, await addCropped(context, without));
    const said = cutPage(context, source, objects, {
      dropped: new Set(dropped.keys()),
      replaced,
      thinned: thinnedBy([...partly.keys()]),
    });
    if (!said) left.add(index);
    else {
      pages.push(index);
      for (const bytes of said) if (isReadable(bytes)) texts.add(Buffer.from(bytes).toString('latin1'));
    }
  }
  if (pages.length === 0 && !renamed) return undefined;
  const inner = await cutInside(
    pdfium,
    context,
    sources,
    pages.filter((index) => looked[index]?.speaks),
  );
  for (const bytes of inner.said) if (isReadable(bytes)) texts.add(Buffer.from(bytes).toString('latin1'));
  const rebuilt = await rebuild(
    context,
    pagesOf(context, Number.MAX_SAFE_INTEGER),
    () => undefined,
    () => undefined,
  );
  // What was cut inside of a glyph may be drawn on any page.
  return {
    file: rebuilt.file,
    pages: renamed || inner.said.length > 0 ? allPages : pages,
    speaking: inner.doubtful,
    inner: inner.said.length,
  };
}

function thinnedBy(partly: readonly Partly[]): ReadonlyMap<PageObject, Thinned> {
  return new Map(partly.map(({ object, letters, gone }) => [object, { letters, gone }]));
}

/** Codes of a font that are likely characters. */
function isReadable(bytes: Uint8Array): boolean {
  return bytes.length > 3 && bytes.every((byte) => byte >= 32 && byte !== 127);
}

/**
 * Pages of a cut copy that look otherwise than before. What a page was rebuilt from is asked first, as the copy is compared with it in any case; where it looks otherwise than that, the rebuilt one tells what the
 * cutting did.
 */
function compare(
  shown: OpenPdf | undefined,
  before: () => OpenPdf,
  after: OpenPdf,
  pages: readonly number[],
): { readonly different: readonly number[]; readonly differences: ReadonlyMap<number, number> } {
  const differences = new Map<number, number>();
  const different = pages.filter((page) => {
    const far = shown ? pageDifference(shown, after, page) : 1;
    if (shown) differences.set(page, far);
    return far > MAX_DIFFERENCE && pageDifference(before(), after, page) > MAX_DIFFERENCE;
  });
  return { different, differences };
}

const MAX_TEXT = 20_000;

/** What texts say as the engine reads them; those that it leaves out say nothing here. */
function textsOf(lib: WrappedPdfiumModule, open: OpenPage, objects: readonly PageObject[]): string[] {
  const wanted = objects.filter(({ kind }) => kind === 'text');
  const handle = wanted.length > 0 ? lib.FPDFText_LoadPage(open.page) : 0;
  if (handle === 0) return [];
  const { malloc, free } = lib.pdfium.wasmExports;
  const buffer = malloc(MAX_TEXT * 2);
  const texts = wanted.map((object) => {
    const length = Math.min(MAX_TEXT * 2, lib.FPDFTextObj_GetText(object.handle, handle, buffer, MAX_TEXT * 2));
    return Buffer.from(heap(lib).slice(buffer, buffer + Math.max(0, length - 2)))
      .toString('utf16le')
      .trim();
  });
  free(buffer);
  lib.FPDFText_ClosePage(handle);
  return texts.filter((text) => text.length > 0);
}
