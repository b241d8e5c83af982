import { PDFParser } from 'pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPdfium, type Pdfium } from '../pdfium.ts';
import { rebuild } from '../rebuild/rebuild.ts';
import { pagesOf } from '../rebuild/source.ts';
import { pageDifference } from '../redaction/raster.ts';
import { type Part, pageWith, writePdf } from '../testing/planted.ts';
import { trickPdf } from '../testing/planted-tricks.ts';
import { UNSEEN_TEXT } from '../testing/planted-unseen.ts';
import { everything } from '../testing/reading.ts';
import { removeUnseen, type WithoutUnseen } from './unseen.ts';

let pdfium: Pdfium;
beforeAll(async () => {
  pdfium = await loadPdfium();
});

async function rebuilt(file: Uint8Array): Promise<Uint8Array> {
  const context = await PDFParser.forBytesWithOptions(file, Number.POSITIVE_INFINITY).parseDocument();
  return (
    await rebuild(
      context,
      pagesOf(context, 500),
      () => undefined,
      () => undefined,
    )
  ).file;
}

async function removedFrom(content: string, resources = '', more: readonly Part[] = []): Promise<WithoutUnseen> {
  return removeUnseen(pdfium, { file: await rebuilt(pageWith(content, resources, more)) });
}

function textOf(file: Uint8Array, page = 0): string {
  const open = pdfium.open(file);
  const text = open.text(page);
  open.close();
  return text;
}

/** Tricks that cannot be cut out of their page: it becomes a picture. */
const AS_PICTURES = [
  'a box that leaves slivers',
  'a word inside of a line under a box',
  'text inside of a glyph',
  'covered inside of a glyph',
  'slivers under a box inside of a glyph',
  'a sliver of a clip inside of a glyph',
  'tiny inside of a glyph',
  'faint inside of a glyph',
  'under the same text in white inside of a glyph',
  'under bold letters inside of a glyph',
  'a clip of letters inside of a glyph',
  'a glyph with text under a box that leaves slivers',
  'the codes of drawn glyphs inside of a glyph',
  'codes that draw other letters inside of a glyph',
  'a form in a mode that shows nothing inside of a glyph',
  'text in a tile that paints thin strokes',
];

describe('planted texts that nobody sees', () => {
  const planted = trickPdf(UNSEEN_TEXT);
  let before: Uint8Array;
  let out: WithoutUnseen;
  beforeAll(async () => {
    before = await rebuilt(planted.file);
    out = await removeUnseen(pdfium, { file: before });
  }, 120_000);
  const places = [...planted.hidden.keys()];

  it('go, or their page becomes a picture', () => {
    expect(out.rasterise.map((page) => places[page])).toEqual(AS_PICTURES);
    const all = everything(out.file);
    const left = [...planted.hidden].filter(([, word]) => all.includes(word)).map(([place]) => place);
    expect(left.filter((place) => !AS_PICTURES.includes(place))).toEqual([]);
  });

  it('take no visible line with them', () => {
    for (const [page, words] of planted.shown.entries()) expect(textOf(out.file, page)).toContain(words);
  });

  it('leave every page looking as it did', () => {
    const [one, other] = [pdfium.open(before), pdfium.open(out.file)];
    const unlike = places.filter((_, page) => pageDifference(one, other, page) > 0.001);
    one.close();
    other.close();
    expect(unlike).toEqual([]);
  });

  it('are counted by kind and told as texts', () => {
    expect(out.removed['invisible-text']).toBeGreaterThan(60);
    expect(out.removed['off-page-text']).toBeGreaterThan(10);
    expect(out.removed['tiny-text']).toBeGreaterThan(4);
    expect(out.texts).toContain(planted.hidden.get('white'));
    expect(out.texts).toContain(planted.hidden.get('left of the page'));
  });
});

describe('what can be seen', () => {
  const at = (text: string, y = 80) => `BT /F1 20 Tf 20 ${y} Td (${text}) Tj ET`;
  const kept: readonly (readonly [name: string, content: string])[] = [
    ['black text', `0 g ${at('Words')}`],
    ['a light watermark', `0.88 g BT /F1 60 Tf 20 80 Td (Words) Tj ET`],
    ['small grey print', '0.6 g BT /F1 5 Tf 20 80 Td (Words) Tj ET'],
    ['white text on a dark head of a table', `0.2 g 10 60 200 60 re f 1 g ${at('Words')}`],
    ['text with a rule through it', `${at('Words')} 1 w 10 86 m 100 86 l S`],
    ['text in a frame', `${at('Words')} 15 70 80 40 re S`],
    ['text over its own shadow', `0.7 g ${at('Words', 79)} 0 g ${at('Words')}`],
    ['text under half of its opacity', `/G1 gs ${at('Words')}`],
    ['text inside of a clip', `q 10 60 200 60 re W n ${at('Words')} Q`],
    ['outlined text', `1 Tr ${at('Words')}`],
    ['text on a picture', `q 200 0 0 60 10 60 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID E0> EI Q ${at('Words')}`],
    ['turned text', 'BT /F1 20 Tf 0.7 0.7 -0.7 0.7 60 60 Tm (Words) Tj ET'],
  ];

  it.each(kept)('stays: %s', async (_, content) => {
    const out = await removedFrom(content, '/ExtGState << /G1 << /ca 0.5 >> >>');
    expect(textOf(out.file)).toContain('Words');
    expect([out.removed, out.rasterise]).toEqual([{}, []]);
  });

  it('stays where it was drawn twice at one place', async () => {
    const out = await removedFrom(`${at('Words')} ${at('Words')}`);
    expect(out.rasterise).toEqual([]);
    expect(textOf(out.file)).toContain('Words');
  });

  it('stays at its place behind a text that goes', async () => {
    const out = await removedFrom('BT /F1 20 Tf 20 80 Td 1 g (Hidden) Tj [-500 (too)] TJ 0 g [-300 (Words)] TJ ET');
    expect(textOf(out.file)).toBe('Words');
    expect(out.rasterise).toEqual([]);
  });

  it('stays in one drawing of a form where another drawing of it goes', async () => {
    const form = {
      dict: '/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /Font << /F1 5 0 R >> >>',
      stream: at('Words'),
    };
    const out = await removedFrom('/X1 Do q 1 0 0 1 500 0 cm /X1 Do Q', '/XObject << /X1 6 0 R >>', [form]);
    expect(out.removed).toEqual({ 'off-page-text': 1 });
    expect(textOf(out.file)).toContain('Words');
  });

  const glyph = (stream: string): readonly Part[] => [
    `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 98 /Widths [1000 1000] /Encoding << /Type /Encoding /Differences [97 /a /b] >> /CharProcs << /a 7 0 R /b 8 0 R >> /Resources << /Font << /F1 5 0 R >> >> >>`,
    { dict: '', stream: `1000 0 d0 ${stream}` },
    { dict: '', stream: '1000 0 d0 0 0 m 500 700 l 900 0 l f' },
  ];
  const inGlyph = async (content: string, stream: string) => {
    const file = writePdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 /MediaBox [0 0 300 200] /Resources << /Font << /F1 5 0 R /T3 6 0 R >> >> >>`,
      '<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>',
      { dict: '', stream: content },
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
      ...glyph(stream),
      '<< /Type /Page /Parent 2 0 R /Contents 10 0 R >>',
      { dict: '', stream: at('Second') },
    ]);
    return removeUnseen(pdfium, { file: await rebuilt(file) });
  };

  it('stays inside of a glyph', async () => {
    const out = await inGlyph('BT /T3 100 Tf 20 40 Td (ab) Tj ET', 'BT /F1 200 Tf 0 100 Td (Two words) Tj ET');
    expect([out.removed, out.rasterise]).toEqual([{}, []]);
    expect(everything(out.file)).toContain('(Two words)');
  });

  it('stays inside of a glyph, without what is clipped there', async () => {
    const hidden = 'q 0 900 1 1 re W n BT /F1 200 Tf 0 400 Td (Gone) Tj ET Q';
    const out = await inGlyph('BT /T3 100 Tf 20 40 Td (ab) Tj ET', `BT /F1 200 Tf 0 100 Td (Words) Tj ET ${hidden}`);
    expect([out.removed, out.rasterise, out.texts]).toEqual([{ 'invisible-text': 1 }, [], ['Gone']]);
  });

  it('is not counted when it is only a space', async () => {
    const out = await removedFrom(`1 g ${at(' ')} 0 g ${at('Words')}`);
    expect(out.removed).toEqual({});
  });
});

describe('text without shapes', () => {
  const page = (mode: number, font: string, before = '') => {
    const form = {
      dict: '/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /Font << /F2 7 0 R >> >>',
      stream: `BT /F2 20 Tf ${mode} Tr 20 80 Td ${before}(ABC) Tj ET`,
    };
    return removedFrom('/X1 Do', '/XObject << /X1 6 0 R >>', [form, `<< /Type /Font /Subtype /Type1 ${font} >>`]);
  };
  const greek = '/BaseFont /Helvetica /Encoding << /Differences [65 /Alpha /Beta /Gamma] >>';

  it('goes under a name of its own where only a font is missing', async () => {
    expect((await page(0, greek)).removed).toEqual({ 'unpainted-text': 1 });
  });

  it('goes where its letters have no breadth either, and where it was drawn twice', async () => {
    const out = await page(0, `${greek} /FirstChar 65 /LastChar 67 /Widths [0 0 0]`);
    expect(out.removed).toEqual({ 'unpainted-text': 1 });
    expect(everything(out.file)).not.toContain('(ABC)');
    const twice = await page(0, greek, '(ABC) Tj ET BT /F2 20 Tf 20 80 Td ');
    expect(everything(twice.file)).not.toContain('(ABC)');
  });

  it('stays where the font at hand has the letters', async () => {
    expect(
      (await page(0, '/BaseFont /Helvetica /Encoding << /Differences [65 /Eacute /Oslash /germandbls] >>')).removed,
    ).toEqual({});
  });
});

describe('drawings', () => {
  const scribble = (x: number) =>
    `${x} 50 m ${Array.from({ length: 12 }, (_, step) => `${x + step * 5} ${50 + (step % 3) * 20} l`).join(' ')} S`;

  it('go when they are off the page, covered or white', async () => {
    expect((await removedFrom(scribble(500))).removed).toEqual({ 'off-page-drawing': 1 });
    expect((await removedFrom(`${scribble(50)} 0 g 20 20 200 120 re f`)).removed).toEqual({ 'covered-drawing': 1 });
    expect((await removedFrom(`1 G ${scribble(50)}`)).removed).toEqual({ 'covered-drawing': 1 });
  });

  it('stay when they are seen', async () => {
    expect((await removedFrom(scribble(50))).removed).toEqual({});
    expect((await removedFrom(`0.3 g 20 20 200 120 re f 1 G ${scribble(50)}`)).removed).toEqual({});
  });
});
