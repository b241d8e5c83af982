import { beforeAll, describe, expect, it } from 'vitest';
import type { Box, PageText } from '../../../../domain/ports.ts';
import { loadPdfium } from '../pdfium.ts';
import { type Part, pageWith, writePdf } from '../testing/planted.ts';
import { blindBench, everything } from '../testing/reading.ts';
import { boxesOf, FORM, LETTER, type Redacting, redacting, traces } from '../testing/redacting.ts';

let format: Redacting['format'];
let { redacted, without, drawn, shadesIn } = {} as Redacting;

beforeAll(async () => {
  ({ format, redacted, without, drawn, shadesIn } = redacting(await loadPdfium()));
});

/** The borders of a table as a word processor draws them: a thin rectangle for each side and each corner of a cell. */
function cells(across: number, down: number): string {
  const [width, height, thin] = [60, 16, 0.5];
  const rects: string[] = [];
  for (let x = 0; x <= across; x++)
    for (let y = 0; y <= down; y++) {
      const [left, low] = [18 + x * width, 130 + y * height];
      rects.push(`${left} ${low} ${thin} ${thin} re f`);
      rects.push(`${left} ${low} ${width} ${thin} re f`);
      rects.push(`${left} ${low} ${thin} ${height} re f`);
    }
  return rects.join(' ');
}

describe('a name in a line of text', () => {
  it('is taken out, and the words around it stay text', async () => {
    const out = await without(pageWith(LETTER), 'Mary Poppins');
    expect(traces(out, 'Mary')).toEqual([]);
    expect(traces(out, 'Poppins')).toEqual([]);
    expect(out.says.replace(/\s+/g, ' ')).toBe('Report on of Bath, aged 40 The next line says yes');
    expect(out.rasterised).toEqual([]);
  });

  it('is covered by a box of one colour that reaches no other word', async () => {
    const { file, texts } = await format.prepare(pageWith(LETTER), blindBench());
    const [box] = boxesOf(texts[0] as PageText, 'Mary Poppins');
    const out = await redacted(file, [{ page: 1, kind: 'name', boxes: [box as Box] }]);
    expect([...shadesIn(out.file, box as Box)]).toEqual([0]);
    const [after] = boxesOf(texts[0] as PageText, 'of Bath, aged 40');
    expect(shadesIn(out.file, after as Box)).toContain(3);
  });

  it('has a box of the same width as a somewhat longer one, where there is room', async () => {
    const widths = await Promise.all(
      ['Al', 'Ann'].map(async (name) => {
        const out = await without(pageWith(`BT /F1 12 Tf 20 150 Td (Name: ${name}) Tj ET`), name);
        return /(?:^|\n)([\d.]+ [\d.]+ [\d.]+ [\d.]+) re/.exec(everything(out.file))?.[1]?.split(' ')[2];
      }),
    );
    expect(widths[0]).toBeDefined();
    expect(widths[0]).toBe(widths[1]);
  });

  it.each([
    [
      'underlined over two lines, as one path',
      '20 148 m 160 148 l 160 149 l 20 149 l h 20 130 m 90 130 l 90 131 l 20 131 l h f',
    ],
    ['in a table whose cells have four borders and four corners each', cells(4, 3)],
  ])('%s, is taken out as text', async (_, rules) => {
    const out = await without(pageWith(`${LETTER} ${rules}`), 'Mary Poppins');
    expect(traces(out, 'Poppins')).toEqual([]);
    expect(out.rasterised).toEqual([]);
    expect(out.says).toContain('The next line says yes');
  });

  it('over a bar code, is taken out with its page as a picture', async () => {
    const bars = Array.from({ length: 30 }, (_, bar) => `${96 + bar * 3} 146 1.5 14 re f`).join(' ');
    const out = await without(pageWith(`${LETTER} ${bars}`), 'Mary Poppins');
    expect(traces(out, 'Poppins')).toEqual([]);
    expect(out.rasterised).toEqual([1]);
  });

  it('can be given by where it stands in the text', async () => {
    const { file, texts } = await format.prepare(pageWith(LETTER), blindBench());
    const start = texts[0]?.text.indexOf('Poppins') ?? 0;
    const out = await redacted(file, [{ page: 1, kind: 'name', start, end: start + 7 }]);
    expect(traces(out, 'Poppins')).toEqual([]);
    expect(out.says).toContain('Mary');
  });

  it('that is kept on another page is told with that page, and is no reason to refuse', async () => {
    const twice = writePdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
      ...[5, 6].map(
        (content) =>
          `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents ${content} 0 R /Resources << /Font << /F1 7 0 R >> >> >>`,
      ),
      { dict: '', stream: LETTER },
      { dict: '', stream: 'BT /F1 12 Tf 20 90 Td (Poppins again) Tj ET' },
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ]);
    const out = await without(twice, 'Poppins');
    expect(out.notSearched).toEqual([{ what: 'removed-text-also-visible', pages: [2] }]);
    expect(out.says).toContain('Poppins again');
  });
});

describe('famous failures of redaction', () => {
  it('an unapplied redaction annotation: the words under it are told, and go when asked', async () => {
    const marked = Buffer.from(
      pageWith(LETTER)
        .toString('latin1')
        .replace(
          '/MediaBox [0 0 300 200]',
          '/MediaBox[0 0 300 200]/Annots[<</Type/Annot/Subtype/Redact/Rect[70 140 200 170]/OverlayText(Gone)>>]',
        ),
      'latin1',
    );
    const { texts, removed } = await format.prepare(marked, blindBench());
    expect(removed.annotation).toBe(1);
    expect(texts[0]?.text).toContain('Mary Poppins');
    expect(traces(await without(marked, 'Mary Poppins'), 'Poppins')).toEqual([]);
  });

  it('a name split over several pieces by kerning', async () => {
    const out = await without(
      pageWith('BT /F1 12 Tf 20 150 Td [(Dear Ma)-20(ry Po)30(pp)-10(ins, hel)5(lo)] TJ ET'),
      'Mary Poppins',
    );
    expect(everything(out.file)).not.toMatch(/ry Po|\(pp\)|ins/);
    expect(out.says).toMatch(/Dear , hello/);
    expect(out.rasterised).toEqual([]);
  });

  it('a name over two lines', async () => {
    const out = await without(
      pageWith('BT /F1 12 Tf 14 TL 20 150 Td (This was said by Mary) Tj T* (Poppins yesterday) Tj ET'),
      'Mary Poppins',
    );
    expect(traces(out, 'Mary')).toEqual([]);
    expect(traces(out, 'Poppins')).toEqual([]);
    expect(out.says).toMatch(/This was said by\s+yesterday/);
  });

  it('a name inside a form', async () => {
    const out = await without(pageWith('q 1 0 0 1 0 90 cm /Fm Do Q', '/XObject << /Fm 6 0 R >>', [FORM]), 'Poppins');
    expect(traces(out, 'Poppins')).toEqual([]);
    expect(shadesIn(out.file, { left: 0, top: 0, width: 1, height: 1 })).toContain(0);
  });

  it('a name inside a form that stands twice: the other place keeps what it showed', async () => {
    const file = pageWith('q 1 0 0 1 0 120 cm /Fm Do Q q 1 0 0 1 0 20 cm /Fm Do Q', '/XObject << /Fm 6 0 R >>', [FORM]);
    const { file: prepared, texts } = await format.prepare(file, blindBench());
    const [box] = boxesOf(texts[0] as PageText, 'Poppins');
    const out = await redacted(prepared, [{ page: 1, kind: 'name', boxes: [box as Box] }]);
    expect(out.says.split('Poppins')).toHaveLength(2);
    expect([...shadesIn(out.file, box as Box)]).toEqual([0]);
    const other = { ...(box as Box), top: (box as Box).top + 0.5 };
    expect(shadesIn(out.file, other)).toContain(3);
    expect(shadesIn(out.file, other)).toContain(0);
  });

  describe('a letterhead that two pages draw', () => {
    const resources = '/Resources << /Font << /F1 5 0 R >> /XObject << /Fm 4 0 R >> >>';
    const page = (text: string, number: number) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents ${number} 0 R ${resources} >>`,
      { dict: '', stream: `q 1 0 0 1 0 130 cm /Fm Do Q BT /F1 12 Tf 20 60 Td (${text}) Tj ET` },
    ];
    const file = writePdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>',
      page('The first page', 7)[0] as Part,
      FORM,
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
      page('The second page', 8)[0] as Part,
      page('The first page', 7)[1] as Part,
      page('The second page', 8)[1] as Part,
    ]);

    it.each([
      { asked: [1], left: 1 },
      { asked: [1, 2], left: 0 },
    ])('loses a name on pages $asked alone, and all stay text', async ({ asked, left }) => {
      const { file: prepared, texts } = await format.prepare(file, blindBench());
      const struck = asked.map((page) => ({ page, boxes: boxesOf(texts[page - 1] as PageText, 'Poppins') }));
      const out = await redacted(
        prepared,
        struck.map((one) => ({ ...one, kind: 'name' })),
      );
      expect(out.rasterised).toEqual([]);
      expect(out.says.split('Poppins')).toHaveLength(left + 1);
      expect(out.says.split('in a form')).toHaveLength(3);
      expect(out.says).toMatch(/The first page[^]*The second page/);
      for (const { page, boxes } of struck) expect([...shadesIn(out.file, boxes[0] as Box, page - 1)]).toEqual([0]);
      expect(traces(out, 'Poppins').length > 0).toBe(left > 0);
    });
  });

  it('a name inside a tiling pattern', async () => {
    const tile: Part = {
      dict: '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 300 60] /XStep 300 /YStep 60 /Resources << /Font << /F1 5 0 R >> >>',
      stream: 'BT /F1 20 Tf 20 20 Td (MaryPoppins) Tj ET',
    };
    const file = pageWith('/Pattern cs /P1 scn 0 0 300 200 re f', '/Pattern << /P1 6 0 R >>', [tile]);
    const { notSearched } = await format.prepare(file, blindBench());
    expect(notSearched).toContainEqual({ what: 'pictures-not-read', pages: [1] });
    const out = await drawn(file, { left: 0, top: 0.2, width: 1, height: 0.5 });
    expect(traces(out, 'MaryPoppins')).toEqual([]);
    expect(out.rasterised).toEqual([1]);
  });

  it('a Type 3 font', async () => {
    const glyph = (width: number): Part => ({ dict: '', stream: `${width} 0 0 0 ${width} 700 d1 0 0 400 700 re f` });
    const file = pageWith('BT /F3 20 Tf 20 100 Td (abab) Tj ET', '/Font << /F3 6 0 R >>', [
      '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 98 /Widths [500 500] /CharProcs << /a 7 0 R /b 8 0 R >> /Encoding << /Type /Encoding /Differences [97 /a /b] >> >>',
      glyph(500),
      glyph(500),
    ]);
    const type3 = Buffer.from(file.toString('latin1').replace('/Font << /F1 5 0 R >> /Font', '/Font'), 'latin1');
    const { notSearched } = await format.prepare(type3, blindBench());
    expect(notSearched).toContainEqual({ what: 'pictures-not-read', pages: [1] });
    const out = await drawn(type3, { left: 0, top: 0.3, width: 0.3, height: 0.4 });
    expect(out.rasterised).toEqual([1]);
    expect(out.says.trim()).toBe('');
  });

  it('a picture under a box', async () => {
    const file = pageWith(`${LETTER} q 100 0 0 50 20 20 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q`);
    const box = { left: 0.05, top: 0.6, width: 0.5, height: 0.35 };
    const out = await drawn(file, box);
    expect(out.rasterised).toEqual([1]);
    expect([...shadesIn(out.file, box)]).toEqual([0]);
  });

  it('a word that a drawn box covers in part', async () => {
    const { file, texts } = await format.prepare(pageWith(LETTER), blindBench());
    const [box] = boxesOf(texts[0] as PageText, 'Poppins');
    const { left, top, width, height } = box as Box;
    const low = { left, top: top + height * 0.4, width: width * 0.55, height: height * 0.3 };
    const out = await redacted(file, [{ page: 1, kind: 'drawn', boxes: [low] }]);
    expect(everything(out.file)).not.toContain('Popp');
    expect(out.says).toContain('ins of Bath');
    expect(out.says).toContain('The next line says yes');
  });

  it('ligatures', async () => {
    const cmap = `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange
      2 beginbfchar <41> <006600660069> <42> <0053> endbfchar endcmap end`;
    const file = writePdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
      { dict: '', stream: 'BT /F2 20 Tf 20 100 Td (BA) Tj /F1 20 Tf ( stays) Tj ET' },
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>',
      { dict: '', stream: cmap },
    ]);
    const out = await without(file, 'Sffi');
    expect(out.says).not.toMatch(/[Sfi]{2}/);
    expect(out.says).toContain('stays');
    expect(out.rasterised).toEqual([]);
  });

  it('writing from right to left', async () => {
    const cmap = `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange
      4 beginbfchar <61> <05d0> <62> <05d1> <63> <05d2> <64> <05d3> endbfchar endcmap end`;
    const file = writePdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
      { dict: '', stream: 'BT /F2 20 Tf 20 100 Td (dcba) Tj /F1 20 Tf 100 0 Td (stays) Tj ET' },
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>',
      { dict: '', stream: cmap },
    ]);
    const { texts } = await format.prepare(file, blindBench());
    const word = /[\u05d0-\u05d3]{4}/.exec(texts[0]?.text ?? '')?.[0] ?? 'nothing';
    const out = await without(file, word);
    expect(everything(out.file)).not.toContain('dcba');
    expect(out.says).not.toMatch(/[\u05d0-\u05d3]/);
    expect(out.says).toContain('stays');
    expect(out.rasterised).toEqual([]);
  });

  describe.each([0, 90, 180, 270])('a page turned by %i degrees', (turn) => {
    it.each([
      ['whole', ''],
      ['cropped', '/CropBox [10 60 290 180]'],
      ['with a unit of its own', '/CropBox [10 60 290 180] /UserUnit 2'],
    ])('%s', async (_, boxes) => {
      const file = Buffer.from(
        pageWith(LETTER)
          .toString('latin1')
          .replace('/MediaBox [0 0 300 200]', `/MediaBox [0 0 300 200] ${boxes} /Rotate ${turn}`),
        'latin1',
      );
      const { texts, pages } = await format.prepare(file, blindBench());
      const [box] = boxesOf(texts[0] as PageText, 'Poppins');
      const out = await without(file, 'Poppins');
      expect(traces(out, 'Poppins')).toEqual([]);
      expect(out.says).toContain('Mary');
      expect(out.says).toContain('of Bath, aged 40');
      expect([...shadesIn(out.file, box as Box)]).toEqual([0]);
      expect((pages[0]?.width ?? 0) > (pages[0]?.height ?? 0)).toBe(turn % 180 === 0);
    });
  });
});

describe('a flattened file', () => {
  it('has pictures for pages: no text, no font, the boxes painted', async () => {
    const { file, texts } = await format.prepare(pageWith(LETTER), blindBench());
    const boxes = boxesOf(texts[0] as PageText, 'Mary Poppins');
    const out = await redacted(file, [{ page: 1, kind: 'name', boxes }], true);
    expect(out.says.trim()).toBe('');
    expect(everything(out.file)).not.toContain('Helvetica');
    expect(out.rasterised).toEqual([1]);
    expect([...shadesIn(out.file, boxes[0] as Box)]).toEqual([0]);
    expect(shadesIn(out.file, { left: 0, top: 0, width: 1, height: 1 })).toContain(3);
  });
});

it('refuses a page that is not there', async () => {
  const { file } = await format.prepare(pageWith(LETTER), blindBench());
  const box = { left: 0, top: 0, width: 1, height: 1 };
  await expect(redacted(file, [{ page: 2, kind: 'drawn', boxes: [box] }])).rejects.toThrow('not-verified');
});

it('gives back what it was given where nothing is redacted', async () => {
  const { file } = await format.prepare(pageWith(LETTER), blindBench());
  expect(Buffer.from((await redacted(file, [])).file).equals(Buffer.from(file))).toBe(true);
});
