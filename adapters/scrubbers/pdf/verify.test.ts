import { type PDFContext, PDFDict, PDFName, type PDFObject, PDFParser, PDFStreamWriter, PDFString } from 'pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPdfium, type Pdfium } from './pdfium.ts';
import { pagesOf, resolve } from './rebuild/source.ts';
import { preparePdf } from './scrub.ts';
import { pageWith } from './testing/planted.ts';
import { blindBench } from './testing/reading.ts';
import { openOutput, verify } from './verify.ts';

let pdfium: Pdfium;
let good: Uint8Array;

beforeAll(async () => {
  pdfium = await loadPdfium();
  good = (await preparePdf(pdfium, pageWith('BT /F1 20 Tf 20 100 Td (Seen words) Tj ET'), blindBench())).file;
});

async function sabotaged(work: (context: PDFContext, page: PDFDict) => void): Promise<Uint8Array> {
  const context = await PDFParser.forBytesWithOptions(good).parseDocument();
  work(context, pagesOf(context, 9)[0]?.dict as PDFDict);
  return PDFStreamWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
}

async function check(file: Uint8Array, removed: readonly string[] = [], pages = 1): Promise<string> {
  const output = await openOutput(pdfium, file);
  try {
    verify(output, pages, removed, [output.pdf.text(0)]);
    return 'passed';
  } catch (error) {
    return String((error as { params?: { check?: string } }).params?.check ?? error);
  } finally {
    output.pdf.close();
  }
}

describe('an output', () => {
  it('passes as it was written', async () => expect(await check(good, ['Something removed'])).toBe('passed'));

  it('is refused with another number of pages', async () => expect(await check(good, [], 2)).toBe('page-count'));

  const keys = [
    'Metadata',
    'PieceInfo',
    'AA',
    'LastModified',
    'Lang',
    'StructParents',
    'Thumb',
    'B',
    'ID',
    'AF',
    'UnknownKey',
  ];
  it.each(keys)('is refused with the key %s in a page', async (key) => {
    expect(await check(await sabotaged((context, page) => page.set(PDFName.of(key), context.obj({}))))).toBe(
      'allowed-keys',
    );
  });

  it('is refused with an annotation', async () => {
    const file = await sabotaged((context, page) =>
      page.set(PDFName.of('Annots'), context.obj([{ Subtype: 'Text', Rect: [0, 0, 9, 9] }])),
    );
    expect(await check(file)).toBe('no-annotation');
  });

  it('is refused with anything in the catalogue or in the trailer', async () => {
    const root = (context: PDFContext) => resolve(context, context.trailerInfo.Root) as PDFDict;
    expect(await check(await sabotaged((context) => root(context).set(PDFName.of('Width'), context.obj(1))))).toBe(
      'catalogue',
    );
    const info = (context: PDFContext): PDFObject => context.register(context.obj({ Title: PDFString.of('A title') }));
    expect(
      await check(
        await sabotaged((context) => {
          context.trailerInfo.Info = info(context);
        }),
      ),
    ).toBe('no-metadata');
    expect(
      await check(
        await sabotaged((context) => {
          context.trailerInfo.ID = context.obj([PDFString.of('a'), PDFString.of('b')]);
        }),
      ),
    ).toBe('trailer');
  });

  it('is refused with an object that nothing refers to, and with a string', async () => {
    expect(await check(await sabotaged((context) => context.register(context.obj({ Width: 1 }))))).toBe(
      'unreferenced-object',
    );
    const file = await sabotaged((context, page) => {
      const resources = page.lookup(PDFName.of('Resources'), PDFDict);
      resources.set(PDFName.of('Matte'), context.obj([PDFString.of('A string')]));
    });
    expect(await check(file)).toBe('string');
  });

  it('is refused when a removed text stands in a name or in a stream that is no content', async () => {
    const named = await sabotaged((context, page) => {
      page.lookup(PDFName.of('Resources'), PDFDict).set(PDFName.of('Intent'), PDFName.of('MaryMajor'));
      return context;
    });
    expect(await check(named, ['MaryMajor'])).toBe('removed-text');
    const sampled = await sabotaged((context, page) => {
      const stream = context.flateStream('....MaryMajor....', { Width: 1 });
      page.lookup(PDFName.of('Resources'), PDFDict).set(PDFName.of('Mask'), context.register(stream));
    });
    expect(await check(sampled, ['MaryMajor'])).toBe('removed-text');
    expect(await check(sampled, ['Mary Minor'])).toBe('passed');
  });

  it('passes when the removed text is drawn on the page, which is told', async () => {
    const output = await openOutput(pdfium, good);
    expect(verify(output, 1, ['Seen words', 'Unseen words'], [output.pdf.text(0)])).toMatchObject({ alsoVisible: [1] });
    output.pdf.close();
  });
});
