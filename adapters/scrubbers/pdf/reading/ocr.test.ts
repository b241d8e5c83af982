import { beforeAll, describe, expect, it } from 'vitest';
import type { Bench, Format, Raster } from '../../format.ts';
import { pdfFormat } from '../format.ts';
import { loadPdfium } from '../pdfium.ts';
import { pageWith } from '../testing/planted.ts';
import { disagree } from './ocr.ts';

let format: Format;
beforeAll(async () => {
  format = pdfFormat(await loadPdfium());
});

/** A bench whose reader finds the same word in the middle of every picture. */
function benchThatReads(text: string): Bench & { readonly seen: Raster[] } {
  const seen: Raster[] = [];
  const places = new Float32Array(text.length * 4);
  for (let unit = 0; unit < text.length; unit++) places.set([0.25, 0.5, 0.5, 0.1], unit * 4);
  return {
    maxPages: 10,
    seen,
    progress: () => undefined,
    reader: {
      read: async (picture) => {
        seen.push(picture);
        return { text, places };
      },
    },
  };
}

const WORDS = 'BT /F1 12 Tf 20 170 Td (Every word of this letter stands in its text) Tj ET';
const PICTURE = 'q 100 0 0 50 150 50 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q';

describe('what is read in pictures', () => {
  it('is the picture alone where the rest is text, and stands where the picture stands', async () => {
    const bench = benchThatReads('Burned');
    const { texts, notSearched } = await format.prepare(pageWith(`${WORDS} ${PICTURE}`), bench);
    expect(bench.seen).toHaveLength(1);
    const [picture] = bench.seen;
    expect((picture?.width ?? 0) / (picture?.height ?? 1)).toBeCloseTo(2, 1);
    const read = texts.find(({ source }) => source === 'picture');
    expect(read?.text).toBe('Burned\n');
    const [left, top, width, height] = read?.places ?? [];
    expect(left).toBeCloseTo(175 / 300, 2);
    expect(top).toBeCloseTo(125 / 200, 2);
    expect(width).toBeCloseTo(50 / 300, 2);
    expect(height).toBeCloseTo(5 / 200, 2);
    expect(notSearched).toEqual([]);
  });

  it('is nothing on a page of text', async () => {
    const bench = benchThatReads('Nothing');
    await format.prepare(pageWith(WORDS), bench);
    expect(bench.seen).toHaveLength(0);
  });

  it('is nothing where codes without a glyph stand among the text, for they show nothing', async () => {
    const bench = benchThatReads('Nothing');
    await format.prepare(
      pageWith('BT /F1 12 Tf 20 170 Td (Every word of this letter\\001\\002 stands in its text) Tj ET'),
      bench,
    );
    expect(bench.seen).toHaveLength(0);
  });

  it('is the whole page where there is ink and no text', async () => {
    const bench = benchThatReads('Outlines');
    const { texts } = await format.prepare(pageWith('10 10 m 90 90 l 10 90 l f'), bench);
    expect(bench.seen.map(({ width, height }) => Math.round((width / height) * 10))).toEqual([15]);
    expect(texts.map(({ source }) => source)).toEqual(['picture']);
  });

  it('is told as not read when there was no time', async () => {
    const bench = { ...benchThatReads(''), reader: { read: async () => undefined } };
    const { notSearched } = await format.prepare(pageWith(`${WORDS} ${PICTURE}`), bench);
    expect(notSearched).toEqual([{ what: 'pictures-not-read', pages: [1] }]);
  });

  it('makes the page a picture where its text says other words, and both are searched', async () => {
    const whole = `q 300 0 0 200 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x80\xff\xff\x80 EI Q ${WORDS}`;
    const lie = await format.prepare(pageWith(whole), benchThatReads('Quite another story about somebody else'));
    expect(lie.notSearched).toContainEqual({ what: 'rasterised', pages: [1] });
    expect(lie.texts.map(({ source }) => source)).toEqual(['text', 'picture']);
    const truth = await format.prepare(pageWith(whole), benchThatReads('Every w0rd of this letler stands in its text'));
    expect(truth.notSearched).toEqual([]);
  });
});

describe('two readings of a page', () => {
  it('agree in spite of mistaken letters, broken words and another order', () => {
    expect(disagree('Patient Maria Müller aus Köln', 'Kö1n aus MuIler Ma ria Patient')).toBe(false);
  });

  it('disagree when most words are others', () => {
    expect(disagree('Patient Maria Müller aus Köln', 'Invoice for seventeen chairs')).toBe(true);
  });

  it('cannot disagree on a word or two', () => {
    expect(disagree('Page', 'Invoice for seventeen chairs')).toBe(false);
  });
});
