import { Refusal } from '../refusal.ts';
import type { Pdfium } from './pdfium.ts';

const MAX_WIDTH = 4000;
const MAX_PIXELS = 24_000_000;

/**
 * One page (1-based) as a PNG of so many pixels' width, drawn on opaque white; `annotated` draws comments and form fields by their appearances too. Refuses with
 * 'no-such-page', and with 'password' or 'corrupt' what cannot be opened.
 */
export async function pagePng(
  pdfium: Pdfium,
  file: Uint8Array,
  page: number,
  width: number,
  annotated: boolean,
): Promise<Uint8Array> {
  const pdf = pdfium.open(file);
  try {
    if (!Number.isInteger(page) || page < 1 || page > pdf.pages) throw new Refusal('no-such-page');
    const size = pdf.size(page - 1);
    const across = Math.max(1, Math.min(MAX_WIDTH, Math.round(width)));
    const down = Math.max(
      1,
      Math.min(Math.floor(MAX_PIXELS / across), Math.round((across * size.height) / Math.max(1, size.width))),
    );
    const data = pdf.render(page - 1, across, down, annotated);
    if (!data) throw new Refusal('no-such-page');
    const raw = { width: across, height: down, channels: 4 } as const;
    const { default: sharp } = await import('sharp');
    return Uint8Array.from(await sharp(data, { raw }).removeAlpha().png({ compressionLevel: 4 }).toBuffer());
  } finally {
    pdf.close();
  }
}
