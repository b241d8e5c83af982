import { randomBytes } from 'node:crypto';
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
import { sourceOf } from './bundles.ts';

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

/** Writes a field of the first file's entry in the directory (APPNOTE 4.3.12). */
function patched(file: Uint8Array, field: number, value: number): Uint8Array {
  const bytes = Buffer.from(file);
  bytes.writeUInt16LE(value, bytes.indexOf('PK\x01\x02', 0, 'latin1') + field);
  return bytes;
}

/** A hundred entries over the same bytes: little to send, much to unpack. */
function overlapping(): Uint8Array {
  const name = (at: number) => `${String(at).padStart(3, '0')}.txt`;
  const one = Buffer.from(packed({ [name(0)]: randomBytes(20_000) }));
  const begin = one.indexOf('PK\x01\x02', 0, 'latin1');
  const entry = one.subarray(begin, begin + 46 + 7);
  const entries = Array.from({ length: 100 }, (_, at) => {
    const copy = Buffer.from(entry);
    copy.write(name(at), 46);
    return copy;
  });
  const directory = Buffer.concat(entries);
  const end = Buffer.from(one.subarray(one.lastIndexOf('PK\x05\x06', undefined, 'latin1')));
  end.writeUInt16LE(100, 8);
  end.writeUInt16LE(100, 10);
  end.writeUInt32LE(directory.length, 12);
  return Buffer.concat([one.subarray(0, begin), directory, end]);
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

  it('is redacted page by page, and says where the bytes of each of its files lie', async () => {
    const { file } = await bundle();
    const [prepared, output] = [[], []] as [Uint8Array[], Uint8Array[]];
    const analysis = await scrubber.analyseBundle(sourceOf(file), async (part) => void prepared.push(part), { known });
    if (analysis.outcome === 'refused') throw new Error(analysis.reason);
    const kinds = analysis.pages.map(({ picture }) => (picture ? 'p' : 't')).join('');
    expect(kinds).toMatch(/^t+p+$/);
    const all = Buffer.concat(prepared);
    const [first] = analysis.entries;
    const photo = analysis.entries.at(-1);
    if (!first || !photo) throw new Error('there are no entries');
    expect(await scrubber.text(all.subarray(first.at, first.at + first.length), 1)).toContain('Roewood');
    const png = await scrubber.picture(all.subarray(photo.at, photo.at + photo.length), 1, 200);
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
    const last = analysis.pages.length;
    const box = { left: 0, top: 0, width: 0.5, height: 0.5 };
    const redactions = [{ page: last, kind: 'drawn', boxes: [box] }] as const;
    const to = async (part: Uint8Array) => void output.push(part);
    const done = await scrubber.redactBundle(analysis, sourceOf(all), redactions, to);
    expect(done).toMatchObject({ outcome: 'redacted', report: { pages: last, redacted: { drawn: 1 } } });
    if (done.outcome === 'refused') throw new Error(done.reason);
    const parts = unzipSync(Buffer.concat(output));
    const text = done.entries[0];
    expect(Buffer.concat(output).subarray(text?.at, (text?.at ?? 0) + (text?.length ?? 0))).toEqual(
      Buffer.from(parts['001.txt'] as Uint8Array),
    );
    expect(Object.keys(parts)).toEqual(done.entries.map(({ name }) => name));
    const beyond = [{ page: last + 1, kind: 'drawn', boxes: [box] }] as const;
    const none = await scrubber.redactBundle(analysis, sourceOf(all), beyond, to);
    expect(none).toMatchObject({ outcome: 'refused', reason: 'no-such-page' });
  }, 120_000);

  it('tells what became of each file as it goes, and ends between two of them when it is told to', async () => {
    const file = packed(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.txt`, `line ${at}`])));
    const told: string[] = [];
    const outcome = await scrubber.analyseBundle(sourceOf(file), async () => undefined, {
      file: ({ number, outcome: became }) => told.push(`${number} ${became}`),
      goesOn: async () => told.length < 3,
    });
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'stopped' });
    expect(told).toEqual(['1 scrubbed', '2 scrubbed', '3 scrubbed']);
  });

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

  it('whose files are not what its directory says is told so file by file', async () => {
    const file = Buffer.from(
      packed({ 'a.txt': 'is here '.repeat(50), 'b.txt': 'is longer '.repeat(50), 'c.txt': 'fine' }),
    );
    // The size of b in the directory, and its header there, which the other one repeats (APPNOTE 4.3.12).
    const b = file.lastIndexOf('b.txt') - 46;
    file.writeUInt32LE(file.readUInt32LE(b + 24) - 7, b + 24);
    // The sum of a.
    const a = file.lastIndexOf('a.txt') - 46;
    file.writeUInt32LE(1, a + 16);
    const outcome = await scrubber.scrub(file);
    if (outcome.outcome === 'refused') throw new Error(outcome.reason);
    expect(outcome.report.files).toEqual([
      { number: 1, outcome: 'refused', reason: 'corrupt' },
      { number: 2, outcome: 'refused', reason: 'corrupt' },
      { number: 3, outcome: 'scrubbed', name: '003.txt' },
    ]);
  });

  it('leaves out a file that is too large by itself; a DICOM file may be larger, and more of them go one after the other', async () => {
    const small = createScrubber({ readMs: 0, maxBytes: 2000, maxDicomBytes: 8000, workers: 2 });
    const slice = (side: number) => fileOf(dataSetOf(CT, ...pixels(side, side, 1, 1, (x) => x)));
    const given = { a: 'x'.repeat(5000), b: 'y', c: slice(64), d: slice(65), e: slice(100) };
    const outcome = await small.scrub(packed(given));
    await small.close();
    expect(outcome).toMatchObject({
      outcome: 'scrubbed',
      report: {
        files: [
          { number: 1, outcome: 'refused', reason: 'too-large' },
          { number: 2, outcome: 'scrubbed' },
          { number: 3, name: '003.dcm' },
          { number: 4, name: '004.dcm' },
          { number: 5, outcome: 'refused', reason: 'too-large' },
        ],
      },
    });
  });

  it.each([
    ['of archives alone', 'nothing-taken', () => packed({ 'a.zip': packed({ b: 'c' }) })],
    ['without a file', 'nothing-taken', () => packed({ '__MACOSX/x': 'y' })],
    ['that unpacks to more than it may', 'zip-bomb', () => packed({ 'a.txt': ' '.repeat(3_000_000) })],
    [
      'of too many files',
      'too-many-entries',
      () => packed(Object.fromEntries(Array.from({ length: 5001 }, (_, at) => [`${at}.txt`, 'x']))),
    ],
    ['with a name that climbs', 'zip-names', () => packed({ '../a.txt': 'x' })],
    ['with a name twice', 'zip-names', () => packed({ 'a.txt': 'x', 'A.TXT': 'y' })],
    ['with an encrypted file', 'password', () => patched(packed({ 'a.txt': 'x' }), 8, 1)],
    ['whose files share their bytes', 'zip-bomb', overlapping],
    ['cut off', 'corrupt', () => packed({ 'a.txt': 'x'.repeat(500) }).subarray(0, 90)],
  ])('%s is refused: %s', async (_, reason, make) => {
    expect(await scrubber.scrub(make())).toMatchObject({ outcome: 'refused', reason });
  });
});
