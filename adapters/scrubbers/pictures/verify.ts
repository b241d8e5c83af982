import type { FileFormat } from '../../../domain/ports.ts';
import { Refusal } from '../refusal.ts';
import { decoded, type Opened, type Page } from './decode.ts';
import { type Area, difference, isBlack, type Pixels } from './pixels.ts';
import { isContainer, walk } from './walk.ts';

const COMPARED = 600_000;
const BAND = 24_000_000;
/** Mean difference of samples that a writing with loss may bring. */
const LOSS = 3;
/** How bright a sample of a blackened box may be where the picture is written with loss: its edge shines into it. */
const SHINE = 48;

/** Refuses with 'not-verified' an output in which our own walk finds any part that pixels do not need, or bytes after its end. */
export function unforeign(file: Uint8Array, format: FileFormat): void {
  if (!isContainer(format) || walk(file, format).foreign.length > 0) throw new Refusal('not-verified');
}

/** Refuses with 'not-verified' a picture whose pages are not as many, as large and of the same look as those of another. */
export async function looksAs(output: Opened, original: Opened): Promise<void> {
  if (output.pages.length !== original.pages.length) throw new Refusal('not-verified');
  for (const [index, page] of output.pages.entries()) {
    const before = original.pages[index] as Page;
    if (page.width !== before.width || page.height !== before.height || page.channels !== before.channels)
      throw new Refusal('not-verified');
    const [one, other] = [await small(before), await small(page)];
    if (difference(one, other, []).mean > LOSS) throw new Refusal('not-verified');
  }
}

/** A page at no more than so many pixels; a large JPEG is decoded at a part of its size for it. */
async function small({ open, width, height, channels }: Page): Promise<Pixels> {
  const scale = Math.min(1, Math.sqrt(COMPARED / (width * height)));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const resized = open().resize({ ...size, fit: 'fill' });
  return { ...size, channels, data: await decoded(resized.raw({ depth: 'uchar' }).toBuffer()) };
}

/**
 * Refuses with 'not-verified' a page that is not black in the areas, or not as the original outside of them: the same sample for sample where it was written without loss, and of
 * the same look otherwise. Goes through a large page in bands, so that it is never in memory twice.
 */
export async function sameOutside(
  output: Page,
  original: Page,
  areas: readonly Area[],
  lossless: boolean,
): Promise<void> {
  if (output.width !== original.width || output.height !== original.height) throw new Refusal('not-verified');
  const holds = lossless ? await exactly(output, original, areas) : await roughly(output, original, areas);
  if (!holds) throw new Refusal('not-verified');
}

async function exactly(output: Page, original: Page, areas: readonly Area[]): Promise<boolean> {
  const { width, height } = output;
  const rows = Math.max(1, Math.floor(BAND / width));
  for (let top = 0; top < height; top += rows) {
    const high = Math.min(rows, height - top);
    const [before, after] = [await band(original, top, high), await band(output, top, high)];
    const within = cutTo(areas, top, high);
    if (difference(before, after, within).most > 0 || !isBlack(after, within, 0)) return false;
  }
  return true;
}

async function roughly(output: Page, original: Page, areas: readonly Area[]): Promise<boolean> {
  const [before, after] = [await small(original), await small(output)];
  const [across, down] = [after.width / output.width, after.height / output.height];
  const around = areas.map(({ left, top, right, bottom }) => ({
    left: Math.max(0, Math.floor(left * across) - 3),
    top: Math.max(0, Math.floor(top * down) - 3),
    right: Math.min(after.width, Math.ceil(right * across) + 3),
    bottom: Math.min(after.height, Math.ceil(bottom * down) + 3),
  }));
  if (difference(before, after, around).mean > LOSS) return false;
  return areBlack(output, areas);
}

/** In bands of the page, those without an area left out. */
async function areBlack({ open, width, height }: Page, areas: readonly Area[]): Promise<boolean> {
  const rows = Math.max(1, Math.floor(BAND / width));
  for (let top = 0; top < height; top += rows) {
    const within = cutTo(areas, top, Math.min(rows, height - top));
    if (within.length === 0) continue;
    const first = Math.min(...within.map((area) => area.top));
    const high = Math.max(...within.map((area) => area.bottom)) - first;
    const shades = open()
      .extract({ left: 0, top: top + first, width, height: high })
      .toColourspace('b-w')
      .raw({ depth: 'uchar' });
    const band: Pixels = { width, height: high, channels: 1, data: await decoded(shades.toBuffer()) };
    if (!isBlack(band, cutTo(within, first, high), SHINE)) return false;
  }
  return true;
}

/** The parts of areas that lie in a band of rows, counted from its top. */
function cutTo(areas: readonly Area[], top: number, height: number): Area[] {
  return areas.flatMap((area): Area[] => {
    const cut = { ...area, top: Math.max(0, area.top - top), bottom: Math.min(height, area.bottom - top) };
    return cut.bottom > cut.top ? [cut] : [];
  });
}

async function band({ open, width, channels, deep }: Page, top: number, height: number): Promise<Pixels> {
  const raw = open()
    .extract({ left: 0, top, width, height })
    .raw({ depth: deep ? 'ushort' : 'uchar' });
  const data = await decoded(raw.toBuffer());
  return {
    width,
    height,
    channels,
    data: deep ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) : data,
  };
}
