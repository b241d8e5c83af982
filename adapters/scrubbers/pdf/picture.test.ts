import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPdfium, type Pdfium } from './pdfium.ts';
import { pagePng } from './picture.ts';
import { pageWith } from './testing/planted.ts';

let pdfium: Pdfium;
beforeAll(async () => {
  pdfium = await loadPdfium();
});

/** A page with a comment and a form field, each drawn as a black bar. */
function annotated(): Buffer {
  const bar = { dict: '/Type /XObject /Subtype /Form /BBox [0 0 100 50]', stream: '0 0 100 50 re f' };
  const file = pageWith('n', '', [
    bar,
    '<< /Type /Annot /Subtype /Stamp /Rect [0 150 100 200] /AP << /N 6 0 R >> >>',
    '<< /Type /Annot /Subtype /Widget /FT /Tx /F 4 /T (f) /V (v) /Rect [200 0 300 50] /AP << /N 6 0 R >> >>',
  ]);
  return Buffer.from(
    file
      .toString('latin1')
      .replace('/MediaBox [0 0 300 200]', '/MediaBox [0 0 300 200] /Annots [7 0 R 8 0 R]')
      .replace('/Type /Catalog', '/Type /Catalog /AcroForm << /Fields [8 0 R] >>'),
    'latin1',
  );
}

async function shades(withAnnotations: boolean): Promise<(number | undefined)[]> {
  const png = PNG.sync.read(Buffer.from(await pagePng(pdfium, annotated(), 1, 300, withAnnotations)));
  const at = (x: number, y: number) => png.data[(y * png.width + x) * 4];
  return [at(50, 25), at(250, 175), at(150, 100)];
}

describe('the picture of a page', () => {
  it('leaves out comments and form fields', async () => expect(await shades(false)).toEqual([255, 255, 255]));

  it('has them where a reader would show them', async () => expect(await shades(true)).toEqual([0, 0, 255]));

  it('is opaque, and as wide as was asked', async () => {
    const png = PNG.sync.read(Buffer.from(await pagePng(pdfium, pageWith('0 0 150 200 re f'), 1, 600, true)));
    expect([png.width, png.height]).toEqual([600, 400]);
    expect(png.data.filter((_, index) => index % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  });

  it('is refused for a page that is not there and for what is no PDF', async () => {
    await expect(pagePng(pdfium, annotated(), 2, 300, true)).rejects.toThrow('no-such-page');
    await expect(pagePng(pdfium, Buffer.from('%PDF-1.7 nothing'), 1, 300, true)).rejects.toThrow('corrupt');
  });
});
