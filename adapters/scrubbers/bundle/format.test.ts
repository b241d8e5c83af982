import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scrubber } from '../../../domain/ports.ts';
import { type DataSet, type Element, stringOf } from '../dicom/data-set.ts';
import { readDicom } from '../dicom/read.ts';
import { CT, dataSetOf, fileOf, pixels, words } from '../dicom/testing/made.ts';
import { leftIn, packed } from '../office/testing/planted.ts';
import { plantedDocx } from '../office/testing/planted-docx.ts';
import { plantedPdf } from '../pdf/testing/planted.ts';
import { gradient } from '../pictures/testing.ts';
import { createScrubber } from '../scrubber.ts';

let scrubber: Scrubber;
beforeAll(() => {
  scrubber = createScrubber({ readMs: 0 });
});
afterAll(() => scrubber.close());

const letter = new TextEncoder().encode('Patient: Jane Roewood\nis well.\n');
const known = { names: ['Jane Roewood'] };

async function bundle(): Promise<{ readonly file: Uint8Array; readonly hidden: readonly string[] }> {
  const [docx, pdf] = [await plantedDocx(), plantedPdf()];
  const photo = await gradient()
    .withExif({ IFD0: { Artist: 'ExifSecret' } })
    .jpeg()
    .toBuffer();
  const file = packed({
    'Roewood, Jane/letter.txt': letter,
    'report.docx': docx.file,
    'scan.pdf': pdf.file,
    '__MACOSX/._scan.pdf': 'x',
    'photo.jpg': photo,
    'more.zip': packed({ 'a.txt': 'secret' }),
    'old.doc': Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  });
  return { file, hidden: [...docx.hidden, ...pdf.hidden.values(), 'ExifSecret', 'Roewood', 'photo.jpg'] };
}

describe('a bundle of files', () => {
  it('is scrubbed file by file, and told so without their names', async () => {
    const { file, hidden } = await bundle();
    const outcome = await scrubber.scrub(file, { known, redact: 'all' });
    if (outcome.outcome === 'refused') throw new Error(outcome.reason);
    const { report } = outcome;
    expect(report).toMatchObject({ format: 'zip', redacted: { name: expect.any(Number) as number } });
    expect(report.files).toEqual([
      { number: 1, outcome: 'scrubbed', name: '001.txt' },
      { number: 2, outcome: 'scrubbed', name: '002.docx' },
      { number: 3, outcome: 'scrubbed', name: '003.pdf' },
      { number: 4, outcome: 'scrubbed', name: '004.jpg' },
      { number: 5, outcome: 'refused', reason: 'nested-archive' },
      { number: 6, outcome: 'refused', reason: 'old-office' },
    ]);
    expect(report.notSearched.map(({ what }) => what)).toContain('files-left-out');
    const parts = unzipSync(outcome.file);
    expect(Object.keys(parts)).toEqual(['001.txt', '002.docx', '003.pdf', '004.jpg']);
    expect(new TextDecoder().decode(parts['001.txt'])).toBe('Patient: █████\nis well.\n');
    expect(leftIn(outcome.file, hidden)).toEqual([]);
    expect(leftIn(parts['002.docx'] as Uint8Array, hidden)).toEqual([]);
  }, 120_000);

  it('shows the pages of its files one after the other, as text or as pictures, before and after', async () => {
    const { file } = await bundle();
    const analysis = await scrubber.analyse(file, { known });
    if (analysis.outcome === 'refused') throw new Error(analysis.reason);
    const kinds = analysis.pages.map(({ picture }) => (picture ? 'p' : 't')).join('');
    expect(kinds).toMatch(/^t+p+$/);
    expect(await scrubber.text(analysis.prepared, 1)).toContain('Roewood');
    const last = analysis.pages.length;
    const png = await scrubber.picture(analysis.prepared, last, 200);
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
    await expect(scrubber.text(analysis.prepared, last)).rejects.toThrow('no-such-page');
    await expect(scrubber.picture(analysis.prepared, last + 1, 200)).rejects.toThrow('no-such-page');
    const box = { left: 0, top: 0, width: 0.5, height: 0.5 };
    const redactions = [{ page: last, kind: 'drawn', boxes: [box] }] as const;
    const done = await scrubber.redact(analysis, redactions);
    expect(done).toMatchObject({ outcome: 'scrubbed', report: { pages: last, redacted: { drawn: 1 } } });
  }, 120_000);

  it('of a study stays one, names its patient once, and leaves the directory of the disc out', async () => {
    const slice = (number: number, more: readonly Element[] = []) =>
      fileOf(
        dataSetOf(
          CT,
          words(0x00080018, `1.2.826.0.1.3680043.9.7433.6.${number}`),
          words(0x00100010, 'Roewood^Jane'),
          ...pixels(8, 8, 1, 1, (x, y) => x * y),
          ...more,
        ),
      );
    const file = packed({
      DICOMDIR: fileOf(dataSetOf('1.2.840.10008.1.3.10', words(0x00041130, 'DISC', 'CS'))),
      'IMAGES/IM1': slice(1),
      'IMAGES/IM2': slice(2),
      'letter.txt': 'Dear colleagues, J. Roewood is well.',
    });
    const outcome = await scrubber.scrub(file);
    if (outcome.outcome === 'refused') throw new Error(outcome.reason);
    expect(outcome.report.files?.map((one) => (one.outcome === 'scrubbed' ? one.name : one.reason))).toEqual([
      'dicom-directory',
      '002.dcm',
      '003.dcm',
      '004.txt',
    ]);
    const parts = unzipSync(outcome.file);
    const [one, two] = ['002.dcm', '003.dcm'].map((name) => readDicom(parts[name] as Uint8Array).dataSet);
    expect(stringOf(one as DataSet, 0x0020000d)).toBe(stringOf(two as DataSet, 0x0020000d));
    expect(stringOf(one as DataSet, 0x00080018)).not.toBe(stringOf(two as DataSet, 0x00080018));
    // What the slices name is looked for in the letter.
    expect(new TextDecoder().decode(parts['004.txt'])).not.toContain('Roewood');
    expect(outcome.report.pages).toBe(3);
  });

  it.each([
    ['of archives alone', 'nothing-taken', () => packed({ 'a.zip': packed({ b: 'c' }) })],
    ['without a file', 'nothing-taken', () => packed({ '__MACOSX/x': 'y' })],
    ['that unpacks to more than it may', 'zip-bomb', () => packed({ 'a.txt': ' '.repeat(3_000_000) })],
    [
      'of too many files',
      'too-many-entries',
      () => packed(Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`${at}.txt`, 'x']))),
    ],
  ])('%s is refused: %s', async (_, reason, make) => {
    expect(await scrubber.scrub(make())).toMatchObject({ outcome: 'refused', reason });
  });
});
