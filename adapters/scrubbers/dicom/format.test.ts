import { describe, expect, it } from 'vitest';
import type { DicomOption } from '../../../domain/ports.ts';
import type { Bench } from '../format.ts';
import { type DataSet, type Element, elementOf, stringOf } from './data-set.ts';
import { readDicom } from './read.ts';
import {
  bigEndian,
  CT,
  dataSetOf,
  deflatedLittle,
  dicom,
  dicomBench,
  explicitLittle,
  fileOf,
  implicitLittle,
  sequence,
  words,
} from './testing/made.ts';

const REPORT = '1.2.840.10008.5.1.4.1.1.88.22';

async function scrubbed(dataSet: DataSet, bench: Partial<Bench> = {}): Promise<DataSet> {
  const { file } = await dicom.prepare(fileOf(dataSet), dicomBench(bench));
  return readDicom(file).dataSet;
}

const withOptions = (...options: DicomOption[]) => ({ dicom: { options, key: 'a key of this test' } });

function textOf(dataSet: DataSet): string {
  return dataSet
    .map(({ bytes, items }) => (items ? items.map(textOf).join('|') : Buffer.from(bytes ?? []).toString('utf8')))
    .join('|');
}

const patient: Element[] = [
  words(0x00100010, 'Roewood^Jane Ada'),
  words(0x00100020, 'H-4471129'),
  words(0x00100030, '19630412'),
];
const code = (meaning: string): DataSet => [
  words(0x00080100, 'T-1'),
  words(0x00080102, 'SRT'),
  words(0x00080104, meaning),
];

describe('values that are removed in one place and stand in another', () => {
  it.each([
    [
      'a treatment machine called as the station',
      [words(0x00081010, 'LINAC-NORTH'), words(0x00182042, 'LINAC-NORTH')],
      'LINAC',
    ],
    [
      'the meaning of a code equal to a removed description',
      [words(0x00081030, 'Aorta of J. Roewood'), sequence(0x00082218, code('Aorta of J. Roewood'))],
      'Roewood',
    ],
    ['a name within words', [...patient, words(0x00080070, 'Scan of Jane Roewood, again')], 'Roewood'],
    ['a name turned round in capitals', [...patient, words(0x00181210, 'ROEWOOD, JANE')], 'ROEWOOD'],
    ['a number within words', [...patient, words(0x00181210, 'of H-4471129.')], '4471129'],
    ['a birth date as it is spoken', [...patient, words(0x00081090, 'born 12.4.1963')], '1963'],
    ['a UID within words', [words(0x00081090, 'see 1.2.826.0.1.3680043.9.7433.1.2')], '9.7433'],
    [
      'a private value',
      [words(0x00091010, 'A private word', 'LO'), words(0x00081090, 'A private word')],
      'A private word',
    ],
    ['a name in a code', [...patient, words(0x00180015, 'ROEWOOD')], 'ROEWOOD'],
    ['a name within a code that is typed by hand', [...patient, words(0x00700080, 'ROEWOOD-LEFT')], 'ROEWOOD'],
    [
      'parts of a name run together in one of several codes',
      [...patient, words(0x00200060, 'L\\ROEWOODJANE')],
      'ROEWOOD',
    ],
    [
      'a name that ends one value and begins the next',
      [...patient, words(0x00080070, 'made for Roewood'), words(0x00081090, 'Roewood-Jane again')],
      'Roewood',
    ],
    [
      'a short surname before a caret',
      [words(0x00100010, 'Lund^Jane Ada'), words(0x00081090, 'Lund^Jane Ada, once more')],
      'Lund',
    ],
    [
      'a name in bytes of no numbers',
      [...patient, { tag: 0x00282000, vr: 'OB', bytes: Buffer.from('icc Roewood^Jane Ada icc Jane Ada Roewood') }],
      'Roewood',
    ],
  ] as readonly (readonly [string, readonly Element[], string])[])('%s', async (_, elements, gone) => {
    expect(textOf(await scrubbed(dataSetOf(CT, ...elements)))).not.toContain(gone);
  });

  it('a name equal to a kind of image stays there, for it says nothing', async () => {
    const output = await scrubbed(
      dataSetOf(CT, words(0x00100010, 'AXIAL^ORIGINAL'), words(0x00080008, 'ORIGINAL\\PRIMARY\\AXIAL')),
    );
    expect(stringOf(output, 0x00080008)).toBe('ORIGINAL\\PRIMARY\\AXIAL');
  });

  it('what the member typed goes as well', async () => {
    const output = await scrubbed(dataSetOf(CT, words(0x00081090, 'Scan for Novák')), {
      known: { names: ['Jiří Novák'] },
    });
    expect(textOf(output)).not.toContain('Novák');
  });
});

describe('characters', () => {
  it.each([
    ['ISO_IR 192', Buffer.from('山田^太郎'), Buffer.from('for 山田太郎 again')],
    ['ISO_IR 100', Buffer.from('Müller^Jörg', 'latin1'), Buffer.from('für Jörg Müller', 'latin1')],
    [
      '\\ISO 2022 IR 87',
      Buffer.from('Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B', 'latin1'),
      Buffer.from('\x1b$B;3EDB@O:\x1b(B', 'latin1'),
    ],
    [
      '\\ISO 2022 IR 149',
      Buffer.concat([
        Buffer.from('Hong^Gildong=\x1b$)C', 'latin1'),
        Buffer.from('fbf3', 'hex'),
        Buffer.from('^'),
        Buffer.from('\x1b$)C', 'latin1'),
        Buffer.from('d1cec8aec7cf', 'hex'),
      ]),
      Buffer.from('by Hong Gildong', 'latin1'),
    ],
  ])('a name in %s is found in words', async (set, name, said) => {
    const output = await scrubbed(
      dataSetOf(
        CT,
        words(0x00080005, set),
        { tag: 0x00100010, vr: 'PN', bytes: name },
        { tag: 0x00081090, vr: 'LO', bytes: said },
      ),
    );
    expect(Buffer.from(elementOf(output, 0x00081090)?.bytes ?? []).toString('utf8')).toContain('REMOVED');
  });

  it('are masked where they stand in a file that names no characters and has some that are no ASCII', async () => {
    const said = await scrubbed(
      dataSetOf(CT, ...patient, words(0x00181210, 'für Jane Roewood'), words(0x00204000, 'x')),
    );
    expect(textOf(said)).not.toContain('Roewood');
    expect(textOf(said)).toContain('für REMOVED');
  });

  it('words beside a masked one stay readable, in UTF-8 where they are no ASCII', async () => {
    const latin = (text: string) => Buffer.from(text, 'latin1');
    const output = await scrubbed(
      dataSetOf(
        CT,
        words(0x00080005, 'ISO_IR 100'),
        ...patient,
        { tag: 0x00081090, vr: 'LO', bytes: latin('Gerät für Roewood') },
        { tag: 0x00181210, vr: 'SH', bytes: latin('größer') },
      ),
    );
    expect(stringOf(output, 0x00080005)).toBe('ISO_IR 192');
    const said = (tag: number) =>
      Buffer.from(elementOf(output, tag)?.bytes ?? [])
        .toString('utf8')
        .trim();
    expect([said(0x00081090), said(0x00181210)]).toEqual(['Gerät für REMOVED', 'größer']);
  });
});

describe('UIDs and dates', () => {
  const study = dataSetOf(CT, words(0x00080020, '20240311'), words(0x00080021, '20240313'));
  const uid = (dataSet: DataSet) => stringOf(dataSet, 0x0020000d);

  it('are the same with one key, and others with another or none', async () => {
    const [one, same, other, none] = [
      await scrubbed(study, { dicom: { key: 'first key of a case' } }),
      await scrubbed(study, { dicom: { key: 'first key of a case' } }),
      await scrubbed(study, { dicom: { key: 'another key of a case' } }),
      await scrubbed(study),
    ];
    expect(uid(one)).toMatch(/^2\.25\.\d{1,39}$/);
    expect(uid(same)).toBe(uid(one));
    expect(new Set([uid(one), uid(other), uid(none)]).size).toBe(3);
  });

  it('keep their distances where modified dates are retained', async () => {
    const output = await scrubbed(study, withOptions('retain-modified-dates'));
    const [first, second] = [0x00080020, 0x00080021].map((tag) => {
      const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(stringOf(output, tag)) ?? [];
      return Date.UTC(Number(year), Number(month) - 1, Number(day));
    }) as [number, number];
    expect(second - first).toBe(2 * 86_400_000);
    expect(first).toBeLessThan(Date.UTC(2023, 3, 1));
    expect(stringOf(output, 0x00280303)).toBe('MODIFIED');
  });
});

describe('options by their names', () => {
  it.each<readonly [DicomOption, number, string, string, boolean]>([
    ['retain-full-dates', 0x00080020, '20240311', '113106', true],
    ['retain-patient-characteristics', 0x00101010, '061Y', '113108', true],
    ['retain-device-identity', 0x00181000, 'SER-99117', '113109', true],
    ['retain-institution-identity', 0x00080080, 'Northmoor Hospital', '113112', true],
    ['retain-uids', 0x0020000d, '1.2.826.0.1.3680043.9.7433.1.2', '113110', true],
    ['clean-descriptors', 0x00081030, 'Aorta, follow-up', '113105', true],
  ])('%s keeps what the table says, and the file says so', async (option, tag, value, coded) => {
    const dataSet = dataSetOf(CT, words(tag, value));
    const kept = await scrubbed(dataSet, withOptions(option));
    expect(stringOf(kept, tag)).toBe(value);
    expect(stringOf(await scrubbed(dataSet), tag)).not.toBe(value);
    expect(codesOf(kept)).toEqual(['113100', coded]);
  });

  it('descriptions that are kept are pages of words, and lose what is found in them', async () => {
    const dataSet = dataSetOf(CT, words(0x00081030, 'Aorta, asked by Dr. Roewood'), words(0x0008103e, 'Follow-up'));
    const prepared = await dicom.prepare(fileOf(dataSet), dicomBench(withOptions('clean-descriptors')));
    const [page] = prepared.texts;
    expect(page?.text).toContain('Aorta, asked by Dr. Roewood');
    const start = page?.text.indexOf('Roewood') ?? 0;
    const { file } = await dicom.redact(
      prepared.file,
      [{ page: 1, kind: 'name', start, end: start + 7 }],
      false,
      dicomBench(),
    );
    expect(stringOf(readDicom(file).dataSet, 0x00081030)).toBe('Aorta, asked by Dr. REMOVED');
    expect(stringOf(readDicom(file).dataSet, 0x0008103e)).toBe('Follow-up');
  });
});

function codesOf(dataSet: DataSet): string[] {
  return (elementOf(dataSet, 0x00120064)?.items ?? []).map((item) => stringOf(item, 0x00080100));
}

it('a structured report keeps its findings and loses names, dates and UIDs at every depth', async () => {
  const item = (...elements: Element[]): DataSet => [...elements].sort((one, other) => one.tag - other.tag);
  const text = (meaning: string, said: string) =>
    item(words(0x0040a040, 'TEXT'), sequence(0x0040a043, code(meaning)), words(0x0040a160, said));
  const deep = item(
    words(0x0040a040, 'CONTAINER'),
    sequence(0x0040a730, text('Finding', 'Dissection of the aorta, type B'), text('Comment', 'Told to Jane Roewood'), [
      words(0x0040a040, 'PNAME'),
      words(0x0040a123, 'Ashgrove^Tom'),
    ]),
  );
  const dataSet = dataSetOf(
    REPORT,
    ...patient,
    sequence(0x0040a730, deep, item(words(0x0040a121, '20240311'), words(0x0040a124, '1.2.826.0.1.3680043.9.7433.8'))),
  );
  const prepared = await dicom.prepare(fileOf(dataSet), dicomBench());
  expect(prepared.texts[0]?.text).toContain('Finding: Dissection of the aorta, type B');
  const said = textOf(readDicom(prepared.file).dataSet);
  expect(said).toContain('Told to REMOVED');
  for (const gone of ['Roewood', 'Ashgrove', '20240311', '9.7433']) expect(said).not.toContain(gone);
  expect(codesOf(readDicom(prepared.file).dataSet)).toEqual(['113100', '113104']);
});

describe('encodings', () => {
  it.each([
    ['explicit little-endian', explicitLittle],
    ['implicit little-endian', implicitLittle],
    ['explicit big-endian', bigEndian],
    ['deflated', deflatedLittle],
  ])('%s comes out as it came in', async (_, encoding) => {
    const { file } = await dicom.prepare(fileOf(dataSetOf(CT, ...patient), encoding), dicomBench());
    const read = readDicom(file);
    expect(read.encoding).toEqual(encoding);
    expect(textOf(read.dataSet)).not.toContain('Roewood');
  });

  it('a bare data set gets a header', async () => {
    const whole = fileOf(dataSetOf(CT, ...patient));
    const meta = 132 + 12 + new DataView(whole.buffer).getUint32(140, true);
    const { file } = await dicom.prepare(whole.subarray(meta), dicomBench());
    expect(Buffer.from(file.subarray(128, 132)).toString()).toBe('DICM');
  });

  it('a preamble, a private name in the header and bytes behind the end are not kept', async () => {
    const whole = Buffer.from(fileOf(dataSetOf(CT)));
    whole.write('II*\0 Jane Roewood', 0, 'latin1');
    const { file } = await dicom.prepare(Buffer.concat([whole, Buffer.alloc(64)]), dicomBench());
    expect(Buffer.from(file).includes('Roewood')).toBe(false);
  });
});

describe('malformed files', () => {
  const endless = (depth: number) => {
    const open = Buffer.from('0800151100000000'.slice(0, 8), 'hex');
    const piece = Buffer.concat([
      open,
      Buffer.from('5351', 'hex'),
      Buffer.from('0000ffffffff', 'hex'),
      Buffer.from('feff00e0ffffffff', 'hex'),
    ]);
    return Buffer.concat(Array.from({ length: depth }, () => piece));
  };
  const start = Buffer.from(fileOf(dataSetOf(CT)));
  const element = (hex: string) => Buffer.concat([start, Buffer.from(hex, 'hex')]);

  it.each([
    ['a length beyond the end', element('30000010504effff41')],
    ['a long length beyond the end', element('e07f10004f420000fffffff741')],
    ['a value cut off', start.subarray(0, -3)],
    ['a sequence that never ends', Buffer.concat([start, endless(1)])],
    ['a thousand sequences in each other', Buffer.concat([start, endless(1000)])],
    ['an item in no sequence', element('feff00e000000000')],
    ['an open value that is no sequence', element('e07f1000 5554 0000 ffffffff'.replaceAll(' ', ''))],
    ['fragments that never end', element('e07f10004f420000fffffffffeff00e000000000')],
    ['a deflated bomb cut off', Buffer.from(fileOf(dataSetOf(CT), deflatedLittle)).subarray(0, -8)],
  ])('%s is refused', async (_, file) => {
    await expect(dicom.prepare(file, dicomBench())).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('the directory of a disc is refused by its name', async () => {
    const file = fileOf(dataSetOf('1.2.840.10008.1.3.10', words(0x00041130, 'DISC', 'CS')));
    await expect(dicom.prepare(file, dicomBench())).rejects.toMatchObject({ code: 'dicom-directory' });
  });
});
