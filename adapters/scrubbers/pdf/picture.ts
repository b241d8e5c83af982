import { PNG } from 'pngjs';
import type { Pdfium } from './pdfium.ts';
import { Refusal } from './refusal.ts';

const MAX_WIDTH = 4000;
const MAX_PIXELS = 24_000_000;

/** One page (1-based) as a PNG of so many pixels' width, drawn without annotations on opaque white. Refuses with 'no-such-page'. */
export function pagePng(pdfium: Pdfium, file: Uint8Array, page: number, width: number): Uint8Array {
  const pdf = pdfium.open(file);
  try {
    if (!Number.isInteger(page) || page < 1 || page > pdf.pages) throw new Refusal('no-such-page');
    const size = pdf.size(page - 1);
    const across = Math.max(1, Math.min(MAX_WIDTH, Math.round(width)));
    const down = Math.max(
      1,
      Math.min(Math.floor(MAX_PIXELS / across), Math.round((across * size.height) / Math.max(1, size.width))),
    );
    const data = pdf.render(page - 1, across, down);
    if (!data) throw new Refusal('no-such-page');
    const png = new PNG({ width: across, height: down });
    png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return Uint8Array.from(PNG.sync.write(png, { colorType: 2 }));
  } finally {
    pdf.close();
  }
}
