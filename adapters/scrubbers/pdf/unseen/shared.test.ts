import { deflateSync, inflateSync } from 'node:zlib';
import { PDFDict, type PDFObject, PDFParser, PDFRawStream } from 'pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { blindBench } from '../../pictures/testing.ts';
import { loadPdfium, type Pdfium } from '../pdfium.ts';
import { rebuild } from '../rebuild/rebuild.ts';
import { entry, pagesOf, resolve } from '../rebuild/source.ts';
import { pageDifference } from '../redaction/raster.ts';
import { preparePdf } from '../scrub.ts';
import { writePdf } from '../testing/planted.ts';
import { removeUnseen } from './unseen.ts';

const [ACROSS, DOWN] = [60, 20];
/** A picture of dark and light columns. What is hidden is its left third. */
const samples = Uint8Array.from({ length: ACROSS * DOWN }, (_, at) => ((at % ACROSS) % 4 < 2 ? 40 : 200));
const isLeft = (at: number) => at % ACROSS < ACROSS / 3 - 1;

/** Pages that draw one and the same picture. */
function pagesWith(...contents: readonly string[]): Buffer {
  const kids = contents.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  return writePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`,
    {
      dict: `/Type /XObject /Subtype /Image /Width ${ACROSS} /Height ${DOWN} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode`,
      stream: deflateSync(samples).toString('latin1'),
    },
    ...contents.flatMap((stream, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents ${5 + index * 2} 0 R /Resources << /XObject << /X1 3 0 R >> >> >>`,
      { dict: '', stream },
    ]),
  ]);
}

let pdfium: Pdfium;
beforeAll(async () => {
  pdfium = await loadPdfium();
});

async function rebuiltOf(file: Uint8Array): Promise<Uint8Array> {
  const context = await PDFParser.forBytesWithOptions(file).parseDocument();
  const none = () => undefined;
  return (await rebuild(context, pagesOf(context, 9), none, none)).file;
}

/** How many samples of the left third each picture of a page still holds that were dark. */
async function secretsOn(file: Uint8Array, page: number): Promise<number[]> {
  const context = await PDFParser.forBytesWithOptions(file).parseDocument();
  const drawn = entry(context, entry(context, pagesOf(context, 9)[page]?.dict, 'Resources'), 'XObject');
  const pictures: (PDFObject | undefined)[] = drawn instanceof PDFDict ? drawn.values() : [];
  return pictures.flatMap((value) => {
    const picture = resolve(context, value);
    if (!(picture instanceof PDFRawStream)) return [];
    return [inflateSync(picture.getContents()).filter((sample, at) => isLeft(at) && sample < 128).length];
  });
}

const left = 'q 240 0 0 80 30 110 cm /X1 Do Q 1 g 30 110 80 80 re f';
const below = 'q 240 0 0 80 30 10 cm /X1 Do Q 1 g 30 10 80 80 re f';

describe('one picture that is drawn more than once', () => {
  it('loses what is covered on each of its pages', async () => {
    const out = await removeUnseen(pdfium, { file: await rebuiltOf(pagesWith(left, left)) });
    out.pdf.close();
    expect(out.rasterise).toEqual([]);
    expect([await secretsOn(out.file, 0), await secretsOn(out.file, 1)]).toEqual([[0], [0]]);
  });

  it('loses what is covered of each drawing on one page', async () => {
    const out = await removeUnseen(pdfium, { file: await rebuiltOf(pagesWith(`${left} ${below}`)) });
    out.pdf.close();
    expect(out.rasterise).toEqual([]);
    expect(await secretsOn(out.file, 0)).toEqual([0, 0]);
  });

  it('stays whole on the page after one that covers a part of it', async () => {
    const small = 'q 12 0 0 4 30 10 cm /X1 Do Q';
    const file = await rebuiltOf(pagesWith(left, small));
    const out = await removeUnseen(pdfium, { file });
    const before = pdfium.open(file);
    const difference = pageDifference(before, out.pdf, 1);
    before.close();
    out.pdf.close();
    expect(out.removed['covered-picture']).toBeUndefined();
    expect(await secretsOn(out.file, 1)).not.toEqual([]);
    expect(difference).toBe(0);
  });
});

describe('a picture of which a sliver is covered', () => {
  it('is read and shown as it was, and its page stays what it is', async () => {
    const file = pagesWith('q 240 0 0 80 30 110 cm /X1 Do Q 1 g 30 110 3 3 re f');
    const prepared = await preparePdf(pdfium, file, blindBench());
    expect(prepared.notSearched.map(({ what }) => what)).not.toContain('rasterised');
  });
});
