// Writes what V8 compiles of PDFium for the children that are started with the same flags, and tries it: node [flags] compile.cjs make|try. Ends with 1 where there is nothing to try.
import {
  concatTransformationMatrix,
  drawObject,
  PDFDocument,
  popGraphicsState,
  pushGraphicsState,
  rgb,
  StandardFonts,
} from 'pdf-lib';
import type { Redaction } from '../../domain/ports.ts';
import type { Bench } from './format.ts';
import { compiledModule, writeCompiled } from './pdf/compiled.ts';
import { pdfFormat } from './pdf/format.ts';
import { loadPdfium, pdfiumWasm } from './pdf/pdfium.ts';

/** So often V8 takes a function for one that is worth its time. */
const ROUNDS = 12;
const bench: Bench = {
  maxPages: 9,
  reader: { read: () => Promise.resolve(undefined), spent: () => true },
  progress: () => undefined,
};

async function work(isMade: boolean): Promise<void> {
  const wasm = pdfiumWasm();
  const module = isMade ? new WebAssembly.Module(wasm) : compiledModule(wasm);
  if (!module) throw new Error('nothing is compiled for this process');
  const format = pdfFormat(await loadPdfium(module));
  const letter = await letterOfNobody();
  for (let round = 0; round < (isMade ? ROUNDS : 1); round++) {
    const { file, texts } = await format.prepare(letter, bench);
    const names = texts.flatMap(({ page, text }) =>
      [...text.matchAll(/Roewood/g)].map(
        ({ index }): Redaction => ({ page, kind: 'name', start: index, end: index + 7 }),
      ),
    );
    if (names.length === 0) throw new Error('the letter was not read');
    await format.redact(file, names, round % 4 === 3, bench);
  }
  if (isMade) writeCompiled(module);
}

/** Text in three fonts, rules, curves, something transparent and a picture. */
async function letterOfNobody(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const fonts = await Promise.all(
    [StandardFonts.TimesRoman, StandardFonts.HelveticaBold, StandardFonts.Courier].map((font) => pdf.embedFont(font)),
  );
  const samples = Uint8Array.from({ length: 96 * 64 * 3 }, (_, at) => (at * 31) % 251);
  const picture = pdf.context.register(
    pdf.context.flateStream(samples, {
      Type: 'XObject',
      Subtype: 'Image',
      Width: 96,
      Height: 64,
      ColorSpace: 'DeviceRGB',
      BitsPerComponent: 8,
    }),
  );
  for (let number = 1; number <= 2; number++) {
    const page = pdf.addPage([595, 842]);
    for (let line = 0; line < 30; line++)
      page.drawText(`${line}. Mrs Roewood was seen on 3 November; the aortic root measured ${30 + line} mm.`, {
        x: 50,
        y: 800 - line * 16,
        size: 9 + (line % 4),
        font: fonts[line % fonts.length],
      });
    page.drawRectangle({ x: 40, y: 200, width: 200, height: 90, color: rgb(0.8, 0.9, 1), opacity: 0.4 });
    page.drawEllipse({ x: 400, y: 240, xScale: 70, yScale: 40, borderColor: rgb(0, 0.4, 0.2), borderWidth: 2 });
    page.drawSvgPath('M 0 0 C 40 90 90 10 140 60 L 160 0 C 120 20 60 -40 0 0 Z', {
      x: 60,
      y: 180,
      color: rgb(1, 0.8, 0.6),
    });
    page.drawLine({ start: { x: 40, y: 300 }, end: { x: 550, y: 300 } });
    page.drawText('in light letters, which are looked at', { x: 50, y: 240, size: 14, color: rgb(0.5, 0.6, 0.7) });
    const name = page.node.newXObject('Picture', picture);
    const place = concatTransformationMatrix(240, 0, 0, 160, 300, 20);
    page.pushOperators(pushGraphicsState(), place, drawObject(name), popGraphicsState());
  }
  return pdf.save();
}

work(process.argv[2] === 'make').catch(() => process.exit(1));
