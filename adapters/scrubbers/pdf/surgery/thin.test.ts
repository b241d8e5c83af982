import { PDFParser } from 'pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPdfium, type Pdfium } from '../pdfium.ts';
import { rebuild } from '../rebuild/rebuild.ts';
import { pagesOf } from '../rebuild/source.ts';
import { pageDifference } from '../redaction/raster.ts';
import { pageWith } from '../testing/planted.ts';
import { everything } from '../testing/reading.ts';
import { removeUnseen } from '../unseen/unseen.ts';

let pdfium: Pdfium;
beforeAll(async () => {
  pdfium = await loadPdfium();
});

const COVER = '0 g 112 60 82 40 re f';
/** Lines of which COVER, or the page's edge at 300, hides the word MARTHA or the end of it; each with what is to stay. */
const LINES: readonly (readonly [name: string, content: string, stays: string, hidden: string])[] = [
  ['one string', `BT /F1 20 Tf 20 72 Td (Report on MARTHA and more) Tj ET ${COVER}`, 'and more', 'MARTH'],
  [
    'an array',
    `BT /F1 20 Tf 20 72 Td [(Report) -90 (on M) 30 (ART) -40 (HA an) 50 (d more)] TJ ET ${COVER}`,
    'd more',
    'ART',
  ],
  ['the next line', `BT /F1 20 Tf 20 TL 20 92 Td (Report on MARTHA and more) ' ET ${COVER}`, 'and more', 'MARTH'],
  ['the next line, spaced', `BT /F1 16 Tf 20 TL 20 92 Td 3 1 (Report on MARTHA and more) " ET ${COVER}`, 'more', 'RTH'],
  ['stretched text', `BT /F1 16 Tf 120 Tz 1 Tc 20 72 Td (Report on MARTHA and more) Tj ET ${COVER}`, 'more', 'RTH'],
  ['turned text', `q 0 1 -1 0 155 0 cm BT /F1 20 Tf 0 72 Td (On MARTHA) Tj ET Q 0 g 40 34 60 120 re f`, 'On', 'ARTH'],
  [
    'text with text behind it',
    `BT /F1 20 Tf 20 72 Td (Report on MARTHA) Tj ( and) Tj ( more) Tj ET ${COVER}`,
    'and more',
    'MARTH',
  ],
  ['the end of a line off the page', 'BT /F1 20 Tf 180 72 Td (Report on MARTHA) Tj ET', 'Report on', 'RTHA'],
  ['the start of a line off the page', 'BT /F1 20 Tf -90 72 Td (MARTHA ROE came home) Tj ET', 'came home', 'MARTHA'],
  ['a clip', 'q 0 0 112 200 re W n BT /F1 20 Tf 20 72 Td (Report on MARTHA) Tj ET Q', 'Report on', 'ARTHA'],
  ['a form', 'q 0.5 0 0 0.5 0 36 cm /X1 Do Q 0 g 56 60 41 20 re f', 'and more', 'MARTH'],
];
const FORM = {
  dict: '/Type /XObject /Subtype /Form /BBox [0 0 600 400] /Resources << /Font << /F1 5 0 R >> >>',
  stream: 'BT /F1 20 Tf 20 72 Td (Report on MARTHA and more) Tj ET',
};

describe('a text of which a part is seen', () => {
  it.each(LINES)(
    'loses the letters that are not, and keeps the others in their places: %s',
    async (_, content, stays, hidden) => {
      const planted = pageWith(content, '/XObject << /X1 6 0 R >>', [FORM]);
      const context = await PDFParser.forBytesWithOptions(planted).parseDocument();
      const nothing = () => undefined;
      const before = (await rebuild(context, pagesOf(context, 1), nothing, nothing)).file;
      const out = await removeUnseen(pdfium, { file: before });
      const [one, other] = [pdfium.open(before), pdfium.open(out.file)];
      const told = { rasterise: out.rasterise, text: other.text(0), alike: pageDifference(one, other, 0) < 0.0008 };
      one.close();
      other.close();
      expect(told).toEqual({ rasterise: [], text: expect.stringContaining(stays), alike: true });
      expect(told.text).not.toContain(hidden);
      expect(everything(out.file)).not.toContain(hidden);
      expect(out.texts.join(' ')).toContain(hidden);
      expect(out.removed).toEqual({ 'invisible-text': 1 });
    },
  );
});
