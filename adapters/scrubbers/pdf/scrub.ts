import { PDFContext, PDFParser } from 'pdf-lib';
import type { Box, PageText } from '../../../domain/ports.ts';
import type { Bench, Prepared } from '../format.ts';
import { Refusal } from '../refusal.ts';
import type { OpenPdf, Pdfium } from './pdfium.ts';
import { pageFacts } from './reading/facts.ts';
import { disagree, partsToRead, readParts, WHOLE } from './reading/ocr.ts';
import { type Painted, paintedOn } from './reading/page-objects.ts';
import { type PageGlyphs, pageText, readGlyphs } from './reading/page-text.ts';
import { forgetPacked } from './rebuild/build.ts';
import { inspectBytes, newTally, type Tally, takeInventory } from './rebuild/inventory.ts';
import { type Rebuilt, rebuild, withPictures } from './rebuild/rebuild.ts';
import { pagesOf } from './rebuild/source.ts';
import { type PagePicture, pagePicture } from './redaction/page-picture.ts';
import { pageDifference } from './redaction/raster.ts';
import { removeUnseen } from './unseen/unseen.ts';
import { type Output, openOutput, type Verified, verify } from './verify.ts';

/** A page whose copy looks different in more than this share of its pixels is drawn as a picture instead. */
export const MAX_DIFFERENCE = 0.002;

/**
 * Takes everything unseen out of one PDF (PDF 32000-1), in the child process: PDFium opens it and writes it out unencrypted, an allow-list rebuild takes what pages are drawn
 * from, what a reader cannot see goes, every page is compared with what it looked like before, its text and its pictures are read, and the output is verified. Refuses (throws
 * Refusal) with 'password', 'corrupt', 'too-many-pages', 'memory' or 'not-verified'. Pages that cannot be copied faithfully, and those whose text says other words than
 * their pixels, become pictures, and are told as 'rasterised'. `keep` is given the output as it is open, to close it; without it, it is closed here.
 */
export async function preparePdf(
  pdfium: Pdfium,
  file: Uint8Array,
  bench: Bench,
  keep?: (open: OpenPrepared) => void,
): Promise<Prepared> {
  forgetPacked();
  const original = pdfium.open(file);
  try {
    if (original.pages === 0) throw new Refusal('corrupt');
    if (original.pages > bench.maxPages)
      throw new Refusal('too-many-pages', { pages: original.pages, limit: bench.maxPages });
    return await prepareOpen(pdfium, file, original, bench, keep);
  } finally {
    original.close();
  }
}

/** A prepared document as it was verified, and what was read of its pages (from 0), as far as they stayed what they were and do not say too much. */
export interface OpenPrepared {
  readonly output: Output;
  readonly read: ReadonlyMap<number, PageRead>;
}

export interface PageRead {
  readonly glyphs: PageGlyphs;
  readonly painted: readonly Painted[] | undefined;
}

/** So many characters and objects of a file are kept. */
const MOST_KEPT = 100_000;

async function prepareOpen(
  pdfium: Pdfium,
  file: Uint8Array,
  original: OpenPdf,
  bench: Bench,
  keep: ((open: OpenPrepared) => void) | undefined,
): Promise<Prepared> {
  const tally = newTally();
  inspectBytes(file, tally);
  const pages = allPages(original.pages);
  const copy = await cleaned(original, tally);
  const seen = copy && (await removeUnseen(pdfium, { ...copy, shown: original }));
  for (const [kind, count] of Object.entries(seen?.removed ?? {})) tally.add(kind, count);
  for (const text of seen?.texts ?? []) tally.texts.add(text);
  const rasterised = new Set<number>(seen ? [] : pages);
  let output = seen
    ? await openOutput(pdfium, seen.file, seen.pdf)
    : await openOutput(pdfium, await redrawn(PDFContext.create(), original, rasterised));
  let handedOn = false;
  try {
    const views = survey(pdfium, original, output, rasterised, seen?.differences, bench, keep !== undefined);
    const redraw = async (shown: OpenPdf, unlike: ReadonlySet<number>) => {
      if (unlike.size === 0) return;
      const drawn = (page: number) => pagePicture(shown, page);
      const next =
        (await withPictures(output.context, unlike, drawn)) ?? (await redrawn(output.context, shown, unlike));
      for (const page of unlike) rasterised.add(page);
      output.pdf.close();
      output = await openOutput(pdfium, next);
    };
    const unlike = new Set(pages.filter((page) => views[page]?.unlike));
    await redraw(output.pdf, new Set((seen?.rasterise ?? []).filter((page) => !unlike.has(page))));
    await redraw(original, unlike);
    const pictures = await readPictures(output.pdf, views, rasterised, bench);
    await redraw(output.pdf, pictures.untrue);
    const kept = pages.filter((page) => !rasterised.has(page));
    if (rasterised.size > 0 && kept.some((page) => pageDifference(original, output.pdf, page) > MAX_DIFFERENCE))
      throw new Refusal('not-verified', { check: 'same-picture' });
    const texts = views.map(({ text }) => text);
    const visible = texts.map(({ page, text }) => (rasterised.has(page - 1) ? '' : text));
    const verified = verify(output, pages.length, [...tally.texts], visible, rasterised);
    const read = new Map(pages.flatMap((page) => readOf(rasterised.has(page) ? undefined : views[page], page)));
    const result: Prepared = {
      format: 'pdf',
      file: output.file,
      pages: pages.map((page) => original.size(page)),
      texts: [...texts, ...pictures.texts].filter(({ text }) => text.length > 0),
      frames: pictures.frames,
      removed: Object.fromEntries([...tally.counts].sort(([one], [other]) => (one < other ? -1 : 1))),
      notSearched: told(
        kept.filter((page) => views[page]?.outside),
        rasterised,
        pictures.unread,
        verified,
      ),
      verified: [...verified.checks, 'same-picture'],
    };
    keep?.({ output, read });
    handedOn = keep !== undefined;
    return result;
  } finally {
    if (!handedOn) output.pdf.close();
  }
}

function readOf(view: View | undefined, page: number): [number, PageRead][] {
  return view?.read ? [[page, view.read]] : [];
}

/** What one page of the copy says and shows. */
interface View {
  readonly text: PageText;
  /** Parts whose pixels have to be read. */
  readonly parts: readonly Box[];
  /** It looks otherwise than it did. */
  readonly unlike: boolean;
  /** Text stands wholly beside the page. */
  readonly outside: boolean;
  /** Where it is to be kept. */
  readonly read?: PageRead;
}

/** Looks at each page of the copy once, for loading one takes time. Where it is a picture, its text is that of the original. */
function survey(
  pdfium: Pdfium,
  original: OpenPdf,
  { pdf, context }: Output,
  rasterised: ReadonlySet<number>,
  differences: ReadonlyMap<number, number> | undefined,
  bench: Bench,
  keep: boolean,
): View[] {
  const facts = pageFacts(context);
  let left = keep ? MOST_KEPT : 0;
  return allPages(original.pages).map((page) => {
    bench.progress('preparing', page, original.pages);
    const asPicture = rasterised.has(page);
    const glyphs = readGlyphs(pdfium, asPicture ? original : pdf, page);
    const painted = asPicture ? undefined : paintedOn(pdfium, pdf, page);
    left -= glyphs.glyphs.length + (painted?.length ?? 0);
    return {
      text: pageText(page + 1, glyphs),
      parts: partsToRead(glyphs, painted, facts[page]),
      ...(left >= 0 && keep ? { read: { glyphs, painted } } : {}),
      outside: !asPicture && pdf.textOutside(page),
      unlike: !asPicture && (differences?.get(page) ?? pageDifference(original, pdf, page)) > MAX_DIFFERENCE,
    };
  });
}

/** The document rebuilt from its allow-listed parts; undefined when it cannot be read so, or has other pages than PDFium finds. */
async function cleaned(original: OpenPdf, tally: Tally): Promise<Rebuilt | undefined> {
  try {
    const context = await PDFParser.forBytesWithOptions(original.copy(), Number.POSITIVE_INFINITY).parseDocument();
    const pages = pagesOf(context, original.pages);
    takeInventory(context, pages, tally);
    if (pages.length !== original.pages) return undefined;
    return await rebuild(context, pages, () => undefined, tally.add);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return undefined;
  }
}

/** A document written anew with some of its pages as pictures of what `shown` shows there. */
export async function redrawn(
  context: PDFContext,
  shown: OpenPdf,
  pictures: ReadonlySet<number>,
  pictureOf: (page: number) => Promise<PagePicture> = (page) => pagePicture(shown, page),
): Promise<Uint8Array> {
  const pages = pagesOf(context, shown.pages);
  const picture = (page: number) => (pictures.has(page) || !pages[page] ? pictureOf(page) : undefined);
  const { file } = await rebuild(
    context,
    allPages(shown.pages).map((page) => pages[page]),
    picture,
    () => undefined,
  );
  return file;
}

interface PicturesRead {
  readonly texts: readonly PageText[];
  /** Pages (1-based) with pictures that there was no time to read. */
  readonly unread: readonly number[];
  /** Pages (1-based) with a machine's screen, or a photograph with scattered writing. */
  readonly frames: readonly number[];
  /** Pages (from 0) whose text says other words than its pixels. */
  readonly untrue: ReadonlySet<number>;
}

async function readPictures(
  pdf: OpenPdf,
  views: readonly View[],
  rasterised: ReadonlySet<number>,
  bench: Bench,
): Promise<PicturesRead> {
  const texts: PageText[] = [];
  const unread: number[] = [];
  const frames: number[] = [];
  const untrue = new Set<number>();
  for (const [page, { text, parts }] of views.entries()) {
    bench.progress('reading', page, views.length);
    const wanted = rasterised.has(page) ? [WHOLE] : parts;
    if (wanted.length === 0) continue;
    const read = await readParts(pdf, page, wanted, bench.reader);
    if (!read.whole) unread.push(page + 1);
    if (read.frame) frames.push(page + 1);
    if (read.text.text.length > 0) texts.push(read.text);
    if (rasterised.has(page) || !read.whole || wanted[0] !== WHOLE) continue;
    if (disagree(text.text, read.text.text)) untrue.add(page);
  }
  return { texts, unread, frames, untrue };
}

function told(
  outside: readonly number[],
  rasterised: ReadonlySet<number>,
  unread: readonly number[],
  verified: Verified,
): Prepared['notSearched'] {
  const codes: [string, readonly number[]][] = [
    ['pictures-not-read', unread],
    ['text-outside-page', outside.map((page) => page + 1)],
    ['rasterised', [...rasterised].map((page) => page + 1).sort((a, b) => a - b)],
    ['removed-text-also-visible', verified.alsoVisible],
  ];
  return [
    ...codes.filter(([, pages]) => pages.length > 0).map(([what, pages]) => ({ what, pages })),
    ...(verified.alsoInFonts ? [{ what: 'removed-text-also-in-fonts', pages: [] }] : []),
  ];
}

function allPages(count: number): number[] {
  return Array.from({ length: count }, (_, page) => page);
}
