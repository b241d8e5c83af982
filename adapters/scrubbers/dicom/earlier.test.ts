import { expect, it, vi } from 'vitest';
import { seeded } from '../../../domain/seeded.ts';
import type { Element } from './data-set.ts';
import { earlierElements } from './earlier.ts';
import { readDicom } from './read.ts';
import {
  CT,
  dataSetOf,
  dicom,
  dicomBench,
  explicitLittle,
  fileOf,
  implicitLittle,
  sequence,
  words,
} from './testing/made.ts';

const inner = (text: string) => [words(0x00080104, text)];
const long = 'x'.repeat(2000);

it('gives elements that are equal in the file before again, and no others', () => {
  const earlier = earlierElements();
  const read = (...more: Element[]) => readDicom(fileOf(dataSetOf(CT, ...more)), earlier).dataSet;
  const said = (text: string) => [
    words(0x00081030, 'Thorax'),
    words(0x00200013, text),
    sequence(0x00082218, inner(text)),
    words(0x00204000, long),
  ];
  const at = (dataSet: readonly Element[], tag: number) => dataSet.find((one) => one.tag === tag);
  const [one, two, three] = [read(...said('1')), read(...said('2')), read(...said('2'))];
  expect(two).toEqual(readDicom(fileOf(dataSetOf(CT, ...said('2')))).dataSet);
  expect(at(two, 0x00081030)).toBe(at(one, 0x00081030));
  for (const tag of [0x00200013, 0x00082218]) {
    expect(at(two, tag)).not.toEqual(at(one, tag));
    expect(at(three, tag)).toBe(at(two, tag));
  }
  // Long values are not kept, and what is kept is not the file's own memory.
  expect(at(three, 0x00204000)).not.toBe(at(two, 0x00204000));
  const written = { ...words(0x00200013, '2'), vr: 'LO' };
  expect(at(read(written), 0x00200013)?.vr).toBe('LO');
  const implicit = readDicom(fileOf(dataSetOf(CT, ...said('2')), implicitLittle), earlier).dataSet;
  expect(at(implicit, 0x00081030)).not.toBe(at(three, 0x00081030));
});

it('reads of a file after others what it reads of it alone, whatever comes, goes and changes', () => {
  const earlier = earlierElements();
  const random = seeded(7);
  const some = (most: number) => Math.floor(random() * most);
  let series = Array.from({ length: 30 }, (_, index) => words(0x00181000 + 2 * index, 'x'.repeat(index), 'LO'));
  for (let number = 0; number < 300; number++) {
    const tag = 0x00181000 + some(64);
    const others = series.filter((one) => one.tag !== tag);
    if (number % 3 === 0) series = others;
    else series = [...others, words(tag, 'y'.repeat(some(40)), some(2) === 0 ? 'LO' : 'SH')];
    const file = fileOf(dataSetOf(CT, ...series, sequence(0x00082218, inner(String(some(2))))));
    const read = readDicom(file, earlier).dataSet;
    const before = structuredClone(read);
    expect(read).toEqual(readDicom(file).dataSet);
    file.fill(0);
    expect(read).toEqual(before);
  }
});

it('keeps bytes of its own of a file whose memory is used again', () => {
  const earlier = earlierElements();
  const file = fileOf(dataSetOf(CT, words(0x00081030, 'Thorax'), sequence(0x00082218, inner('Aorta'))));
  const { dataSet } = readDicom(file, earlier);
  const before = structuredClone(dataSet);
  file.fill(0);
  expect(dataSet).toEqual(before);
});

/** Slices that have most in common: other people, other characters for the same bytes, other values of what is removed, other options. */
const studies = [
  { person: 'Roewood^Jane', set: 'ISO_IR 100', said: 'of Jane Roewood' },
  { person: 'Roewood^Jane', set: 'ISO_IR 192', said: 'of Jane Roewood' },
  { person: 'Ashgrove^Tom', set: 'ISO_IR 192', said: 'of Jane Roewood' },
  { person: 'Roewood^Jane', set: 'ISO_IR 100', said: 'of Jane Roewood', station: 'B30f' },
  { person: 'Roewood^Jane', set: 'ISO_IR 100', said: 'of Jane Roewood', secret: 'B30f' },
  { person: 'Roewood^Jane', set: 'ISO_IR 100', said: 'of Jane Roewood' },
];

function slice(
  { person, set, said, station = 'CT-NORTH', secret = 'nothing' }: (typeof studies)[number],
  number: number,
) {
  return fileOf(
    dataSetOf(
      CT,
      words(0x00080005, set),
      words(0x00081010, station),
      words(0x00081030, 'Thorax'),
      words(0x00080070, `Scan ${said}, M\u00fcller`),
      words(0x00100010, person),
      words(0x00181210, 'B30f'),
      words(0x00190010, 'MADE MACHINES'),
      words(0x00191010, secret, 'LO'),
      words(0x00200013, String(number)),
      sequence(0x00082218, inner(said)),
      words(0x00204000, long),
    ),
    number % 3 === 2 ? implicitLittle : explicitLittle,
  );
}

it('makes of a file after others what it makes of it alone', async () => {
  const options = [[], ['clean-descriptors'], ['retain-safe-private']] as const;
  for (const [number, study] of [...studies, ...studies].entries()) {
    const bench = { dicom: { options: options[Math.floor(number / 4)] ?? [], key: 'a key of this test' } };
    const after = await dicom.prepare(slice(study, number), dicomBench(bench));
    vi.resetModules();
    const fresh = await import('./testing/made.ts');
    const alone = await fresh.dicom.prepare(slice(study, number), fresh.dicomBench(bench));
    expect(after).toEqual(alone);
  }
});
