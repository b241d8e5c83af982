import { PDFContext, PDFParser } from 'pdf-lib';
import type { ScrubReport } from '../../../domain/ports.ts';
import { inspectBytes, newTally, type Tally, takeInventory } from './inventory.ts';
import type { OpenPdf, Pdfium } from './pdfium.ts';
import { pageDifference, pagePicture } from './raster.ts';
import { type Rebuilt, rebuild } from './rebuild.ts';
import { Refusal } from './refusal.ts';
import { pagesOf, type SourcePage } from './source.ts';
import { verify } from './verify.ts';

export interface Scrubbed {
  readonly file: Uint8Array;
  readonly report: ScrubReport;
}

/** A page whose copy looks different in more than this share of its pixels is drawn as a picture instead. */
const MAX_DIFFERENCE = 0.002;

/**
 * Scrubs one PDF (PDF 32000-1), in the child process: PDFium opens it and writes it out unencrypted, an allow-list rebuild takes what pages are drawn from, every page is
 * compared with what it looked like before, and the output is verified. Refuses (throws Refusal) with 'password', 'corrupt', 'too-many-pages', 'memory'
 * or 'not-verified'. Pages that cannot be copied faithfully become pictures, and are told as 'rasterised'.
 */
export async function scrubPdf(pdfium: Pdfium, file: Uint8Array, maxPages: number): Promise<Scrubbed> {
  const original = pdfium.open(file);
  try {
    if (original.pages === 0) throw new Refusal('corrupt');
    if (original.pages > maxPages) throw new Refusal('too-many-pages', { pages: original.pages, limit: maxPages });
    return await scrubOpen(pdfium, file, original);
  } finally {
    original.close();
  }
}

async function scrubOpen(pdfium: Pdfium, file: Uint8Array, original: OpenPdf): Promise<Scrubbed> {
  const inventory = newTally();
  inspectBytes(file, inventory);
  const parsed = await parse(original, inventory);
  const rasterised = new Set<number>(parsed ? [] : allPages(original.pages));
  // Three rounds: as it is, with the pages that differ as pictures, and with every page as one.
  for (let round = 0; round < 3; round++) {
    const tally = newTally();
    const built = await build(parsed, original, rasterised, tally);
    if (!built) {
      for (const page of allPages(original.pages)) rasterised.add(page);
      continue;
    }
    const output = pdfium.open(built.file);
    try {
      const before = rasterised.size;
      for (let page = 0; page < original.pages; page++)
        if (!rasterised.has(page) && pageDifference(original, output, page) > MAX_DIFFERENCE) rasterised.add(page);
      if (rasterised.size > before) continue;
      const texts = [...new Set([...inventory.texts, ...tally.texts])];
      const verified = await verify(built.file, output, original.pages, texts);
      return {
        file: built.file,
        report: report(file, built, output, [inventory, tally], rasterised, verified),
      };
    } finally {
      output.close();
    }
  }
  throw new Refusal('not-verified', { check: 'same-picture' });
}

interface Parsed {
  readonly context: PDFContext;
  readonly pages: readonly SourcePage[];
}

/** The document as the rebuild reads it; undefined when it cannot, or finds other pages than PDFium does. */
async function parse(original: OpenPdf, inventory: Tally): Promise<Parsed | undefined> {
  try {
    const context = await PDFParser.forBytesWithOptions(original.copy(), Number.POSITIVE_INFINITY).parseDocument();
    const pages = pagesOf(context, original.pages);
    takeInventory(context, pages, inventory);
    return pages.length === original.pages ? { context, pages } : undefined;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'memory') throw error;
    return undefined;
  }
}

async function build(
  parsed: Parsed | undefined,
  original: OpenPdf,
  rasterised: ReadonlySet<number>,
  tally: Tally,
): Promise<Rebuilt | undefined> {
  const pictureFor = (page: number) => (rasterised.has(page) ? pagePicture(original, page) : undefined);
  const pages = parsed?.pages ?? allPages(original.pages).map(() => undefined);
  try {
    return await rebuild(parsed?.context ?? PDFContext.create(), pages, pictureFor, tally.add);
  } catch (error) {
    if (error instanceof Refusal || rasterised.size === original.pages) throw error;
    return undefined;
  }
}

function report(
  file: Uint8Array,
  built: Rebuilt,
  output: OpenPdf,
  tallies: readonly Tally[],
  rasterised: ReadonlySet<number>,
  verified: Awaited<ReturnType<typeof verify>>,
): ScrubReport {
  const removed: Record<string, number> = {};
  for (const { counts } of tallies) for (const [kind, count] of counts) removed[kind] = (removed[kind] ?? 0) + count;
  const notSearched = [{ what: 'visible-text', pages: [] as readonly number[] }];
  const tell = (what: string, on: readonly number[]) => on.length > 0 && notSearched.push({ what, pages: on });
  tell('pictures', built.pictures);
  tell(
    'text-outside-page',
    allPages(output.pages)
      .filter((page) => output.textOutside(page))
      .map((page) => page + 1),
  );
  tell(
    'rasterised',
    [...rasterised].map((page) => page + 1).sort((a, b) => a - b),
  );
  tell('removed-text-also-visible', verified.alsoVisible);
  if (verified.alsoInFonts) notSearched.push({ what: 'removed-text-also-in-fonts', pages: [] });
  return {
    format: 'pdf',
    bytesIn: file.length,
    bytesOut: built.file.length,
    pages: output.pages,
    removed: Object.fromEntries(Object.entries(removed).sort(([a], [b]) => (a < b ? -1 : 1))),
    notSearched,
    verified: [...verified.checks, 'same-picture'],
  };
}

function allPages(count: number): number[] {
  return Array.from({ length: count }, (_, page) => page);
}
