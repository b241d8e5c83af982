import type { Box, FileFormat, NotSearched, PageText, Redaction } from '../../../domain/ports.ts';
import type { Bench, Format, Prepared, Redacted } from '../format.ts';
import { Refusal } from '../refusal.ts';
import { sniff } from '../sniff.ts';
import { decoded, type Opened, openPicture, type Page, pixelsOf } from './decode.ts';
import { encoded, isLarge, writeMasked, writePages } from './encode.ts';
import { countHeic } from './heic.ts';
import { type Area, areaOf, blacken } from './pixels.ts';
import { isPolyglot } from './polyglot.ts';
import { looksAs, sameOutside, unforeign } from './verify.ts';
import { walk } from './walk.ts';

/** For reading more pixels are of no use. */
const READ_PIXELS = 7_000_000;
const MOST_ACROSS = 4000;
const MOST_SHOWN = 24_000_000;

/**
 * The scrubber of pictures: JPEG, PNG, TIFF with all its pages, WebP, and HEIC, which becomes JPEG. What comes out is written anew from what is seen, upright, in sRGB or grey, on white where it was
 * transparent; nothing else of the file is copied. Refuses with 'corrupt', 'polyglot' (another format's header in it), 'animated', 'too-many-pixels' (params.megapixels, limit), 'too-many-pages',
 * 'heic', 'not-verified', 'no-such-page'.
 */
export const picturesFormat: Format = { prepare, redact, picture, pages };

async function pages(file: Uint8Array): Promise<number> {
  return (await openPicture(file, kindOf(file), Number.POSITIVE_INFINITY)).pages.length;
}

async function prepare(file: Uint8Array, bench: Bench): Promise<Prepared> {
  const kind = kindOf(file);
  const removed = new Map<string, number>(kind === 'heic' ? countHeic(file) : walked(file, kind));
  if (isPolyglot(file)) throw new Refusal('polyglot');
  const opened = await openPicture(file, kind, bench.maxPages);
  const format: FileFormat = kind === 'heic' ? 'jpeg' : kind;
  const cleaned = await writePages(opened, (done) => bench.progress('preparing', done, opened.pages.length));
  unforeign(cleaned, format);
  const clean = await openPicture(cleaned, format, bench.maxPages);
  await looksAs(clean, opened);
  const read = await readPages(clean, bench);
  return {
    format,
    file: cleaned,
    pages: clean.pages.map(({ width, height }) => ({ width, height })),
    ...read,
    removed: Object.fromEntries(removed),
    verified: ['no-metadata', 'opens-again', 'looks-the-same'],
  };
}

/** What the container holds beside the picture. Refuses one that shows several pictures in turn. */
function walked(file: Uint8Array, kind: Exclude<Opened['format'], 'heic'>): Map<string, number> {
  const { removed, animated } = walk(file, kind);
  if (animated) throw new Refusal('animated');
  return new Map(removed);
}

function kindOf(file: Uint8Array): Opened['format'] {
  const kind = sniff(file);
  if (kind === 'jpeg' || kind === 'png' || kind === 'tiff' || kind === 'webp' || kind === 'heic') return kind;
  throw new Refusal('unknown-kind', { kind });
}

type Read = Pick<Prepared, 'texts' | 'notSearched' | 'frames'>;

async function readPages({ pages }: Opened, { reader, progress }: Bench): Promise<Read> {
  const texts: PageText[] = [];
  const unread: number[] = [];
  const frames: number[] = [];
  for (const [index, page] of pages.entries()) {
    const number = index + 1;
    const scale = Math.min(1, Math.sqrt(READ_PIXELS / (page.width * page.height)));
    const small = page.open().resize({ width: Math.max(1, Math.round(page.width * scale)) });
    const { data, info } = await decoded(small.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }));
    const channels = info.channels === 1 ? 1 : 3;
    const reading = await reader.read({ width: info.width, height: info.height, channels, data });
    if (!reading) unread.push(number);
    else {
      if (reading.text) texts.push({ page: number, source: 'picture', text: reading.text, places: reading.places });
      if (reading.frame) frames.push(number);
    }
    progress('reading', number, pages.length);
  }
  const notSearched: NotSearched = unread.length > 0 ? [{ what: 'pictures', pages: unread }] : [];
  return { texts, notSearched, frames };
}

async function redact(
  prepared: Uint8Array,
  redactions: readonly Redaction[],
  _flatten: boolean,
  bench: Bench,
): Promise<Redacted> {
  const format = kindOf(prepared);
  if (format === 'heic') throw new Refusal('not-verified');
  unforeign(prepared, format);
  const opened = await openPicture(prepared, format, bench.maxPages);
  const { pages } = opened;
  const areas = pages.map((page, index) => areasOn(redactions, index + 1, page));
  if (redactions.some(({ page }) => page < 1 || page > pages.length)) throw new Refusal('no-such-page');
  if (areas.every((ofPage) => ofPage.length === 0))
    return { file: prepared, pages: pages.length, notSearched: [], verified: ['no-metadata', 'opens-again'] };
  const file = await masked(opened, areas, bench);
  unforeign(file, format);
  return {
    file,
    pages: pages.length,
    notSearched: [],
    verified: ['no-metadata', 'opens-again', 'boxes-black', 'looks-the-same'],
  };
}

function areasOn(redactions: readonly Redaction[], page: number, size: Page): Area[] {
  return redactions
    .filter((redaction) => redaction.page === page)
    .flatMap((redaction): readonly Box[] => {
      // What has no place on the page cannot be covered.
      if (!('boxes' in redaction)) throw new Refusal('not-verified');
      return redaction.boxes;
    })
    .map((box) => areaOf(box, size));
}

/** Blackens each page's areas in its pixels, writes the picture anew, and looks at the result: black where it has to be, as before elsewhere. */
async function masked(opened: Opened, areas: readonly (readonly Area[])[], bench: Bench): Promise<Uint8Array> {
  const [first] = opened.pages;
  const strips = first && isLarge(opened) && writeMasked(opened, first, areas[0] ?? []);
  const pixelwise = () =>
    encoded(opened, async (page, index) => {
      const pixels = await pixelsOf(page);
      blacken(pixels, areas[index] ?? []);
      bench.progress('redacting', index + 1, opened.pages.length);
      return pixels;
    });
  const file = await (strips || pixelwise());
  const output = await openPicture(file, opened.format, bench.maxPages);
  if (output.pages.length !== opened.pages.length) throw new Refusal('not-verified');
  for (const [index, page] of output.pages.entries())
    await sameOutside(page, opened.pages[index] as Page, areas[index] ?? [], opened.lossless);
  return file;
}

async function picture(file: Uint8Array, page: number, width: number): Promise<Uint8Array> {
  const { pages } = await openPicture(file, kindOf(file), Number.POSITIVE_INFINITY);
  const wanted = pages[page - 1];
  if (!wanted) throw new Refusal('no-such-page');
  const across = Math.max(1, Math.min(MOST_ACROSS, Math.round(width)));
  const down = Math.max(
    1,
    Math.min(Math.floor(MOST_SHOWN / across), Math.round((across * wanted.height) / wanted.width)),
  );
  const shown = wanted
    .open()
    .resize(across, down, { fit: 'fill' })
    .toColourspace(wanted.channels === 1 ? 'b-w' : 'srgb');
  return Uint8Array.from(await decoded(shown.png().toBuffer()));
}
