// Writes what V8 compiles of PDFium for the children that are started with the same flags, and tries it: node [flags] compile.cjs make|try. Ends with 1 where there is nothing to try.
import { setFlagsFromString } from 'node:v8';
import { PDFDocument } from 'pdf-lib';
import type { Bench } from './format.ts';
import { compiledModule, writeCompiled } from './pdf/compiled.ts';
import { pdfFormat } from './pdf/format.ts';
import { loadPdfium, pdfiumWasm } from './pdf/pdfium.ts';

/** V8 would compile each function when it is first called, for a first time: such code is for that process alone. With these flags it compiles all of them at once, and to the last. */
const AT_ONCE = ['liftoff', 'wasm-lazy-compilation'];

const bench: Bench = {
  maxPages: 1,
  reader: { read: () => Promise.resolve(undefined), spent: () => true },
  progress: () => undefined,
};

function make(): void {
  for (const flag of AT_ONCE) setFlagsFromString(`--no-${flag}`);
  const module = new WebAssembly.Module(pdfiumWasm());
  // The code is good for processes with the very flags that this one says it has.
  for (const flag of AT_ONCE) setFlagsFromString(`--${flag}`);
  writeCompiled(module);
}

async function use(): Promise<void> {
  const module = compiledModule(pdfiumWasm());
  if (!module) throw new Error('nothing is compiled for this process');
  const letter = await PDFDocument.create();
  letter.addPage().drawText('Mrs Roewood was seen on 3 November.');
  const { texts } = await pdfFormat(await loadPdfium(module)).prepare(await letter.save(), bench);
  if (!texts.some(({ text }) => text.includes('Roewood'))) throw new Error('the letter was not read');
}

const work = async () => (process.argv[2] === 'make' ? make() : use());
work().catch(() => process.exit(1));
