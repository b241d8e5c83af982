import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Box, PageText } from '../../../../domain/ports.ts';
import { pdfFormat } from '../format.ts';
import { loadPdfium, type OpenPdf, type Pdfium } from '../pdfium.ts';
import { type Part, pageWith, writePdf } from '../testing/planted.ts';
import { blindBench, everything } from '../testing/reading.ts';
import { boxesOf, FORM, LETTER, type Redacting, redacting, traces } from '../testing/redacting.ts';
import { pageDifference } from './raster.ts';

let pdfium: Pdfium;
let format: Redacting['format'];
let { redacted, without, shadesIn } = {} as Redacting;

beforeAll(async () => {
  pdfium = await loadPdfium();
  ({ format, redacted, without, shadesIn } = redacting(pdfium));
});

const real = () => pdfium.lib;
const broken: readonly (readonly [string, () => Partial<Pdfium['lib']>])[] = [
  ['knows no letters of a text', () => ({ FPDFText_GetTextObject: () => 0 })],
  ['does not tell where they stand', () => ({ FPDFText_GetCharOrigin: () => false })],
  [
    'gives the letters of another text',
    () => ({ FPDFText_GetTextObject: (text, at) => real().FPDFText_GetTextObject(text, (at + 45) % 60) }),
  ],
  [
    'lists another object where a text is',
    () => ({ FPDFPageObj_GetMatrix: () => false, FPDFPageObj_GetType: () => 2 }),
  ],
];

it.each(broken)('an engine that %s: the page becomes a picture that looks the same', async (_, lib) => {
  const { file, texts } = await format.prepare(pageWith(LETTER), blindBench());
  const engine = pdfFormat({ ...pdfium, lib: { ...pdfium.lib, ...lib() } });
  const [box] = boxesOf(texts[0] as PageText, 'Mary') as [Box];
  const out = await engine.redact(file, [{ page: 1, kind: 'name', boxes: [box] }], false, blindBench());
  expect(out.notSearched).toEqual([{ what: 'rasterised', pages: [1] }]);
  expect(everything(out.file)).not.toContain('Mary');
  expect([...shadesIn(out.file, box)]).toEqual([0]);
  const [before, after] = [pdfium.open(file), pdfium.open(out.file)];
  expect(pageDifference(before, after, 0, [{ ...box, left: box.left - 0.05, width: box.width + 0.1 }])).toBeLessThan(
    0.03,
  );
  before.close();
  after.close();
});

it.each([
  ['in a form inside of a form', 'q 1 0 0 1 0 90 cm /Outer Do Q'],
  ['behind a state that is never restored', `q 0.5 0 0 0.5 10 60 cm ${LETTER}`],
  ['behind more restored states than were saved', `q Q Q ${LETTER} Q`],
  ['before a clip that stays', `${LETTER} 0 0 3 3 re W n`],
  ['before a colour and a transparency that stay', `${LETTER} 1 0 0 rg /Faint gs`],
  ['drawn again a little aside, to look bold', `${LETTER} 1 0 0 1 0.3 0 cm ${LETTER} 1 0 0 1 0 0.3 cm ${LETTER}`],
  ['drawn again further aside', `${LETTER} 1 0 0 1 3 0 cm ${LETTER}`],
  ['behind a dot that a closed point makes', `1 J 5 w 250 20 m h S ${LETTER}`],
  ['behind one by a state of its own', `q /Round gs 5 w 250 20 m s Q 1 1 m S ${LETTER}`],
  [
    'on a line of its own, spaced',
    'BT /F1 12 Tf 14 TL 20 150 Td (A line) Tj 2 1 (Report on Mary Poppins of Bath) " (and more) Tj ET',
  ],
  [
    'stretched and spaced',
    'BT /F1 12 Tf 80 Tz 1 Tc 3 Tw 20 150 Td [(Rep) -50 (ort on Ma) 20 (ry Pop) -40 (pins of Ba) 10 (th)] TJ ET',
  ],
  [
    'before spaces that a reading leaves out',
    'BT /F1 12 Tf 20 150 Td (Report  on  Mary Poppins   of Bath     ) Tj (and more) Tj ET',
  ],
])('a name %s: it is taken out, the page stays text, and all else looks as it did', async (_, content) => {
  const resources = '/XObject << /Outer 6 0 R >> /ExtGState << /Faint << /ca 0.3 >> /Round << /LC 1 >> >>';
  const outer: Part = {
    dict: '/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Matrix [1 0 0 1 0 10] /Resources << /XObject << /Fm 7 0 R >> >>',
    stream: 'q 1 0 0 1 5 5 cm /Fm Do Q',
  };
  const { file: prepared, texts } = await format.prepare(pageWith(content, resources, [outer, FORM]), blindBench());
  const boxes = boxesOf(texts[0] as PageText, 'Mary Poppins');
  const out = await redacted(prepared, [{ page: 1, kind: 'name', boxes }]);
  expect(out.rasterised).toEqual([]);
  expect([...traces(out, 'Mary'), ...traces(out, 'Poppins')]).toEqual([]);
  expect([...shadesIn(out.file, boxes[0] as Box)]).toEqual([0]);
  const [before, after] = [pdfium.open(prepared), pdfium.open(out.file)];
  const [box] = boxes as [Box];
  expect(pageDifference(before, after, 0, [{ ...box, left: box.left - 0.05, width: box.width + 0.15 }])).toBe(0);
  before.close();
  after.close();
});

it.each([
  ['a drawn font', 'BT /F3 20 Tf 20 20 Td (aa) Tj ET', []],
  ['a tile', '/Pattern cs /Tile scn 20 20 60 30 re f', []],
  ['a mask', 'q /Masked gs 0.5 g 20 20 60 30 re f Q', []],
  ['a drawn font under the name', 'BT /F3 40 Tf 80 125 Td (a) Tj ET', [1]],
  ['a tile under the name', '/Pattern cs /Tile scn 80 140 60 30 re f', [1]],
  ['a mask on what is under the name', 'q /Masked gs 0.9 g 80 140 60 30 re f Q', [1]],
])('%s on the page', async (_, content, rasterised) => {
  const resources =
    '/Font << /F1 5 0 R /F3 6 0 R >> /Pattern << /Tile 8 0 R >> /ExtGState << /Masked << /SMask << /S /Luminosity /G 9 0 R >> >> >>';
  const dict = '/Resources << >>';
  const file = pageWith(`${content} 0 g ${LETTER}`, resources, [
    '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 /Widths [500] /CharProcs << /a 7 0 R >> /Encoding << /Type /Encoding /Differences [97 /a] >> >>',
    { dict: '', stream: '500 0 0 0 500 700 d1 0 0 400 700 re f' },
    {
      dict: `/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 ${dict}`,
      stream: '0.8 g 0 0 4 4 re f',
    },
    {
      dict: `/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Group << /S /Transparency /CS /DeviceGray >> ${dict}`,
      stream: '1 g 0 0 300 200 re f',
    },
  ]);
  const whole = Buffer.from(file.toString('latin1').replace('/Font << /F1 5 0 R >> /Font', '/Font'), 'latin1');
  const out = await without(whole, 'Mary Poppins');
  expect(out.rasterised).toEqual(rasterised);
  expect([...traces(out, 'Mary'), ...traces(out, 'Poppins')]).toEqual([]);
});

it('spaces under another code than 32', async () => {
  const file = writePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    { dict: '', stream: 'BT /F1 20 Tf 20 100 Td (Mary@@Poppins@stays@@@@) Tj ET' },
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [64 /space] >> >>',
  ]);
  const out = await without(file, 'Poppins');
  expect(out.rasterised).toEqual([]);
  expect(everything(out.file)).not.toContain('Poppins');
  expect(out.says).toMatch(/Mary\s+stays/);
});

/** Text operators (PDF 32000-1, 9.4.3) that show some text in pieces, kerned and spaced. */
const shown = fc
  .record({
    pieces: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -120, max: 60 })), { maxLength: 30 }),
    state: fc.subarray(['0.7 Tc', '2.5 Tw', '85 Tz', '0.2 Ts']),
    hex: fc.boolean(),
    matrix: fc.constantFrom('/F1 9 Tf 12 Y Td', '/F1 1 Tf 9 0 1.5 9 12 Y Tm', '/F1 9 Tf 14 TL 12 Y Td T*'),
    apart: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ pieces, state, hex, matrix, apart }) => (text: string, y: number) => {
    const string = (part: string) => (hex ? `<${Buffer.from(part, 'latin1').toString('hex')}>` : `(${part})`);
    const array = (part: string): string => {
      let at = 0;
      const items = pieces.flatMap(([length, kerning]) => {
        const piece = part.slice(at, at + length);
        at += length;
        return piece ? [string(piece), String(kerning)] : [];
      });
      return `[${items.join(' ')} ${string(part.slice(at))}] TJ`;
    };
    const long = Math.ceil(text.length / apart);
    const parts = Array.from({ length: apart }, (_, index) => text.slice(index * long, (index + 1) * long));
    const show = parts.map((part, index) => (index % 2 ? `${string(part)} Tj` : array(part))).join(' ');
    return `BT 0 Tc 0 Tw 100 Tz 0 Ts ${state.join(' ')} ${matrix.replace('Y', String(y))} ${show} ET`;
  });

it('any way to write a line: the name goes, and every other letter stays where it is', async () => {
  const line = fc.tuple(fc.array(fc.constantFrom('aorta', 'of', 'stent', '42', 'mm'), { maxLength: 5 }), shown);
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.nat(4),
      fc.boolean(),
      async (lines, at, formed) => {
        const place = at % lines.length;
        const content = lines.map(([words, show], index) => {
          const said = index === place ? [...words.slice(0, 2), 'Zyqwell', ...words.slice(2)] : words;
          return show(said.join(' '), 175 - index * 32);
        });
        const dict = '/Type /XObject /Subtype /Form /BBox [0 0 600 200] /Resources << /Font << /F1 5 0 R >> >>';
        const page = formed
          ? pageWith('q 0.9 0 0 0.9 9 9 cm /Fm Do Q', '/XObject << /Fm 6 0 R >>', [
              { dict, stream: content.join('\n') },
            ])
          : pageWith(content.join('\n'));
        const { file: prepared, texts } = await format.prepare(page, blindBench());
        const start = texts[0]?.text.indexOf('Zyqwell') ?? -1;
        fc.pre(start >= 0);
        const out = await redacted(prepared, [{ page: 1, kind: 'name', start, end: start + 7 }]);
        const [before, after] = [pdfium.open(prepared), pdfium.open(out.file)];
        const says = (pdf: OpenPdf) => pdf.text(0).replace(/\s/g, '');
        expect(out.rasterised).toEqual([]);
        expect(traces(out, 'Zyqwell')).toEqual([]);
        expect(says(after)).toBe(says(before).replace('Zyqwell', ''));
        before.close();
        after.close();
      },
    ),
    { seed: 20, numRuns: 150 },
  );
});
