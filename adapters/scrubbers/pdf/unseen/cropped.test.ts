import { inflateSync } from 'node:zlib';
import { PDFParser, PDFRawStream } from 'pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPdfium, type Pdfium } from '../pdfium.ts';
import { rebuild } from '../rebuild/rebuild.ts';
import { entry, pagesOf } from '../rebuild/source.ts';
import { pageDifference } from '../redaction/raster.ts';
import { picturePdf, UNSEEN_PICTURES } from '../testing/planted-pictures.ts';
import { removeUnseen, type WithoutUnseen } from './unseen.ts';

describe('planted pictures', () => {
  let pdfium: Pdfium;
  let before: Uint8Array;
  let out: WithoutUnseen;
  beforeAll(async () => {
    pdfium = await loadPdfium();
    const context = await PDFParser.forBytesWithOptions(picturePdf(pdfium).file).parseDocument();
    before = (
      await rebuild(
        context,
        pagesOf(context, 500),
        () => undefined,
        () => undefined,
      )
    ).file;
    out = await removeUnseen(pdfium, { file: before });
  }, 120_000);

  it('are dropped or cut, and no page becomes a picture', () => {
    expect(out.rasterise.map((page) => UNSEEN_PICTURES[page]?.place)).toEqual([]);
    const halves = UNSEEN_PICTURES.filter(({ half }) => half).length;
    expect(out.removed['cropped-picture']).toBe(halves);
    const dropped = ['off-page-picture', 'covered-picture', 'tiny-picture'].map((kind) => out.removed[kind] ?? 0);
    expect(dropped.reduce((sum, count) => sum + count, 0)).toBe(UNSEEN_PICTURES.length - halves - 2);
  });

  it('leave no sample of what was hidden', async () => {
    const context = await PDFParser.forBytesWithOptions(out.file).parseDocument();
    const pictures = pagesOf(context, 500).flatMap(({ dict }, page) => {
      const found = entry(context, entry(context, entry(context, dict, 'Resources'), 'XObject'), 'X1');
      return found instanceof PDFRawStream && !out.rasterise.includes(page) ? [found] : [];
    });
    expect(pictures.length).toBeGreaterThan(6);
    for (const picture of pictures) {
      if (entry(context, picture, 'Subtype')?.toString() !== '/Image') continue;
      const bytes = inflateSync(picture.getContents());
      const stencil = String(entry(context, picture, 'ImageMask')) === 'true';
      const samples = stencil ? paintedBlack(bytes) : bytes;
      const colours = samples.length / 120_000;
      // The left quarter held the words.
      const dark = samples.filter((value, at) => value < 128 && Math.floor(at / colours) % 600 < 150);
      expect(dark.length).toBe(0);
    }
  });

  it('look as before on every page', () => {
    const [one, other] = [pdfium.open(before), pdfium.open(out.file)];
    const unlike = UNSEEN_PICTURES.filter((_, page) => pageDifference(one, other, page) > 0.001);
    one.close();
    other.close();
    expect(unlike.map(({ place }) => place)).toEqual([]);
  });
});

/** A stencil's bits, of which 1 paints, as samples. Its rows are whole bytes. */
function paintedBlack(bits: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: bits.length * 8 }, (_, at) =>
    (((bits[at >> 3] as number) >> (7 - (at & 7))) & 1) === 1 ? 0 : 255,
  );
}
