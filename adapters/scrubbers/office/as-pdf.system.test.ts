import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scrubber } from '../../../domain/ports.ts';
import { createScrubber } from '../scrubber.ts';
import { asPdf, hasLibreOffice } from './as-pdf.ts';
import { plantedDocx } from './testing/planted-docx.ts';
import { plantedOdp } from './testing/planted-open-document.ts';
import { plantedXlsx } from './testing/planted-xlsx.ts';

let scrubber: Scrubber;
beforeAll(() => {
  scrubber = createScrubber({ workers: 1, readMs: 0, timeMs: 90_000 });
});
afterAll(() => scrubber.close());

/** What a reader that is not ours finds in a PDF: words, fonts, and the pictures on each page. */
function readBack(file: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'as-pdf-test-'));
  try {
    const path = join(folder, 'a.pdf');
    writeFileSync(path, file);
    const read = (program: string, ...rest: string[]) => execFileSync(program, [...rest], { encoding: 'utf8' });
    return {
      text: read('pdftotext', path, '-').trim(),
      fonts: read('pdffonts', path).trim().split('\n').length - 2,
      pictures: read('pdfimages', '-list', path).trim().split('\n').length - 2,
      bytes: Buffer.from(file).toString('latin1'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a document as a PDF of pictures, by LibreOffice', () => {
  it.each([
    ['DOCX', plantedDocx],
    ['XLSX', plantedXlsx],
    ['ODP', plantedOdp],
  ])('%s: every page is a picture, no word and no planted string is left', async (_name, make) => {
    const { file, hidden } = await make();
    const outcome = await scrubber.scrub(file, { redact: 'none', flatten: true });
    if (outcome.outcome === 'refused') throw new Error(outcome.reason);
    const { report } = outcome;
    expect(report.format).toBe('pdf');
    const back = readBack(outcome.file);
    expect(back).toMatchObject({ text: '', fonts: 0, pictures: report.pages });
    expect(hidden.filter((one) => back.bytes.includes(typeof one === 'string' ? one : String(one)))).toEqual([]);
    expect(report.verified).toContain('nothing-unseen');
  });

  it('says of the report what was redacted in the document', async () => {
    const { file } = await plantedDocx();
    const [plain, drawn] = await Promise.all([scrubber.scrub(file), scrubber.scrub(file, { flatten: true })]);
    if (plain.outcome === 'refused' || drawn.outcome === 'refused') throw new Error('refused');
    expect(drawn.report.removed).toEqual(plain.report.removed);
    expect(drawn.report.redacted).toEqual(plain.report.redacted);
  });

  it('ends what takes too long, and leaves nothing in the temporary folder', async () => {
    expect(hasLibreOffice()).toBe(true);
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('as-pdf-'));
    const before = left();
    const { file } = await plantedDocx();
    await expect(asPdf(file, 'docx', 50)).rejects.toThrow('time');
    expect(left()).toEqual(before);
  });
});
