import { describe, expect, it } from 'vitest';
import type { KnownIdentifiers } from '../../../domain/identifiers/spans.ts';
import type { DataSet, Element } from './data-set.ts';
import { put } from './method.ts';
import { readDicom } from './read.ts';
import { ascii } from './replace.ts';
import { CT, dataSetOf, dicom, dicomBench, explicitLittle, fileOf, pixels, sequence, words } from './testing/made.ts';

const SR = '1.2.840.10008.5.1.4.1.1.88.33';
const GSPS = '1.2.840.10008.5.1.4.1.1.11.1';
const STRUCTURES = '1.2.840.10008.5.1.4.1.1.481.3';
const ECG = '1.2.840.10008.5.1.4.1.1.9.1.1';
const ENHANCED_MR = '1.2.840.10008.5.1.4.1.1.4.1';

/** Whom the file is of, and what must not be left in any spelling. */
const patient: Element[] = [
  words(0x00100010, 'Roewood^Jane Ada'),
  words(0x00100020, 'H-4471129'),
  words(0x00100030, '19630412'),
];
const marks = ['Roewood', 'ROEWOOD', 'roewood', '4471129', '19630412', 'Ashgrove', '20240311', '9.7433.66'];
const bytesOf = (mark: string) => [
  Buffer.from(mark),
  Buffer.from(mark, 'utf16le'),
  Buffer.from(mark, 'utf16le').swap16(),
];

const raw = (tag: number, vr: string, said: string): Element => ({ tag, vr, bytes: Buffer.from(said, 'latin1') });
const item = (...elements: Element[]): DataSet => put([], elements);
const coded = (meaning: string, value = 'T-1', designator = '99LOCAL'): DataSet =>
  item(words(0x00080100, value), words(0x00080102, designator), words(0x00080104, meaning));

async function prepared(sopClass: string, elements: readonly Element[], known?: KnownIdentifiers) {
  const dataSet = dataSetOf(sopClass, ...patient, ...elements);
  return dicom.prepare(fileOf(dataSet, explicitLittle), dicomBench(known ? { known } : {}));
}

const leftIn = (file: Uint8Array) =>
  marks.filter((mark) => bytesOf(mark).some((one) => Buffer.from(file).includes(one)));

const content = (type: string, meaning: string, ...elements: Element[]): DataSet =>
  item(words(0x0040a010, 'CONTAINS'), words(0x0040a040, type), sequence(0x0040a043, coded(meaning)), ...elements);
const inTree = (...items: DataSet[]) => [words(0x0040a040, 'CONTAINER'), sequence(0x0040a730, ...items)];

/** A place for a value, a kind of file, and whether other words of the place are to be seen. */
const places: readonly (readonly [name: string, sopClass: string, elements: readonly Element[]])[] = [
  ['a person of a report', SR, inTree(content('PNAME', 'Person', words(0x0040a123, 'Ashgrove^Tom')))],
  ['a text of a report', SR, inTree(content('TEXT', 'Finding', words(0x0040a160, 'Aorta of ROEWOOD, JANE')))],
  ['a code of a report', SR, inTree(content('CODE', 'Who', sequence(0x0040a168, coded('Jane Roewood'))))],
  ['the name of a concept', SR, inTree(content('TEXT', 'Roewood, Jane', words(0x0040a160, 'none')))],
  ['the value of a code', SR, inTree(content('CODE', 'Who', sequence(0x0040a168, coded('a', 'ROEWOOD', 'H-4471129'))))],
  ['a UID of a report', SR, inTree(content('UIDREF', 'UID', words(0x0040a124, '1.2.826.0.1.3680043.9.7433.66')))],
  [
    'dates of a report',
    SR,
    inTree(
      content('DATE', 'On', words(0x0040a121, '20240311')),
      content('DATETIME', 'At', words(0x0040a120, '20240311101500')),
      content('TCOORD', 'At', words(0x0040a13a, '20240311101500')),
    ),
  ],
  [
    'a relation by reference',
    SR,
    inTree(
      item(words(0x0040a010, 'INFERRED FROM'), { tag: 0x0040db73, vr: 'UL', bytes: Uint8Array.of(1, 0, 0, 0) }),
      content('TEXT', 'Of', words(0x0040a160, 'Jane Ada Roewood')),
    ),
  ],
  [
    'an observer of a report',
    SR,
    [
      ...inTree(),
      sequence(
        0x0040a073,
        item(
          words(0x0040a027, 'Roewood Clinic'),
          words(0x0040a075, 'Ashgrove^Tom'),
          words(0x0040a030, '20240311101500'),
          sequence(0x0040a088, coded('Ashgrove')),
        ),
      ),
    ],
  ],
  [
    'a participant of a report',
    SR,
    [...inTree(), sequence(0x0040a07a, item(words(0x0040a123, 'Ashgrove^Tom'), words(0x0040a082, '20240311101500')))],
  ],
  [
    'a code of a report with a long value',
    SR,
    inTree(
      content(
        'CODE',
        'Who',
        sequence(0x0040a168, item(words(0x00080119, 'Roewood^Jane Ada'), words(0x00080104, 'x'))),
        sequence(0x0040a168, item(words(0x00080120, 'urn:roewood:H-4471129'), words(0x00080104, 'x'))),
      ),
    ),
  ],
  [
    'a scheme of codes',
    SR,
    [
      ...inTree(),
      sequence(
        0x00080110,
        item(
          words(0x00080102, '99R'),
          words(0x00080115, 'Codes of Jane Roewood'),
          words(0x00080116, 'Roewood Clinic'),
          words(0x0008010e, 'https://x.example/H-4471129'),
        ),
      ),
    ],
  ],
  [
    'a text of a presentation',
    GSPS,
    [
      sequence(
        0x00700001,
        item(words(0x00700002, 'LAYER'), sequence(0x00700008, item(words(0x00700006, 'Jane Roewood 12.4.1963')))),
      ),
    ],
  ],
  [
    'a layer of a presentation',
    GSPS,
    [sequence(0x00700060, item(words(0x00700002, 'ROEWOOD'), words(0x00700068, 'drawn for Jane Roewood')))],
  ],
  [
    'the creator of a presentation',
    GSPS,
    [
      words(0x00700080, 'ROEWOOD'),
      words(0x00700081, 'for Jane Roewood'),
      words(0x00700084, 'Ashgrove^Tom'),
      words(0x00700082, '20240311'),
    ],
  ],
  [
    'names of structures',
    STRUCTURES,
    [
      words(0x30060002, 'Roewood'),
      words(0x30060004, 'of Jane Roewood'),
      sequence(0x30060020, item(words(0x30060026, 'GTV Jane Roewood'), words(0x30060028, 'drawn by Ashgrove'))),
      sequence(
        0x30060080,
        item(words(0x30060085, 'Roewood'), words(0x30060088, 'Ashgrove'), words(0x300600a6, 'Ashgrove^Tom')),
      ),
    ],
  ],
  [
    'annotations of a waveform',
    ECG,
    [
      sequence(
        0x0040b020,
        item(
          words(0x00700006, 'ECG of Jane Roewood'),
          sequence(0x0040a043, coded('Roewood')),
          words(0x0040a13a, '20240311101500'),
        ),
      ),
      sequence(
        0x54000100,
        item(
          words(0x003a0020, 'Roewood'),
          sequence(0x003a0200, item(words(0x003a0203, 'Roewood'), sequence(0x003a0208, coded('Jane Roewood')))),
        ),
      ),
    ],
  ],
  [
    'the samples of a waveform',
    ECG,
    [sequence(0x54000100, item(raw(0x54001010, 'OW', 'samples Roewood^Jane Ada H-4471129 ')))],
  ],
  [
    'dates of frames',
    ENHANCED_MR,
    [
      ...pixels(4, 4, 2, 1, () => 9),
      sequence(
        0x52009230,
        ...[1, 2].map(() =>
          item(
            sequence(
              0x00209111,
              item(
                words(0x00189074, '20240311101500.5'),
                words(0x00189151, '20240311101500.5'),
                words(0x00209158, 'Roewood'),
                words(0x00209453, 'ROEWOOD'),
              ),
            ),
          ),
        ),
      ),
    ],
  ],
  [
    'a UID that is none',
    CT,
    [
      words(0x00080016, '1.2.840.10008.Roewood'),
      words(0x00080062, '1.2.840.10008.ROEWOOD'),
      words(0x0008010c, 'H-4471129'),
    ],
  ],
  [
    'words where numbers belong',
    CT,
    [
      raw(0x00180050, 'DS', 'Ashgrove'),
      raw(0x00200013, 'IS', 'Ashgrove'),
      raw(0x00280030, 'DS', 'Ashgrove\\1'),
      raw(0x00280106, 'US', 'Roewood^Jane Ada'),
      raw(0x00189087, 'FD', 'Roewood^Jane Ada'),
      raw(0x00280009, 'AT', 'Roewood^Jane Ada'),
    ],
  ],
  [
    'words in tables of pixels',
    CT,
    [
      ...pixels(4, 4, 1, 1, () => 9),
      raw(0x00283006, 'OW', 'Roewood^Jane Ada'),
      raw(0x00281201, 'OW', 'Roewood^Jane Ada'),
      raw(0x00281221, 'OW', 'H-4471129 H-4471129 '),
    ],
  ],
  [
    'words in two bytes a letter',
    CT,
    [{ tag: 0x00282000, vr: 'OB', bytes: Buffer.from('icc Jane Ada Roewood', 'utf16le') }],
  ],
  ['an icon', CT, [sequence(0x00880200, item(...pixels(4, 4, 1, 1, () => 9), raw(0x00081090, 'LO', 'Roewood')))]],
  [
    'attributes that were changed before',
    CT,
    [
      sequence(
        0x04000561,
        item(
          sequence(0x04000550, item(words(0x00100010, 'Ashgrove^Tom'))),
          words(0x04000562, '20240311101500'),
          words(0x04000564, 'Roewood'),
        ),
      ),
      sequence(0x04000500, item(raw(0x04000520, 'OB', 'Roewood^Jane Ada'))),
    ],
  ],
  [
    'bytes behind the pixels',
    CT,
    pixels(4, 4, 1, 1, () => 9).map((element) =>
      element.tag === 0x7fe00010
        ? ({
            ...element,
            bytes: Buffer.concat([element.bytes ?? Buffer.alloc(0), Buffer.from(' Roewood^Jane Ada H-4471129')]),
          } as Element)
        : element,
    ),
  ],
  [
    'an address',
    CT,
    [
      words(0x00081190, 'https://pacs.example/H-4471129'),
      words(0x00287fe0, 'https://pacs.example/Roewood'),
      words(0x0040e010, 'https://pacs.example/Ashgrove'),
    ],
  ],
  ['a VR that nobody told', CT, [raw(0x00081090, 'UN', 'Roewood^Jane Ada'), raw(0x00100010, 'OB', 'Roewood^Jane Ada')]],
  ['filling behind all', CT, [raw(0xfffcfffc, 'OB', 'Roewood^Jane Ada')]],
];

describe('values that are planted in', () => {
  it.each(places)('%s are not left', async (_, sopClass, elements) => {
    const { file } = await prepared(sopClass, elements);
    expect(leftIn(file)).toEqual([]);
  });
});

const numbers = (tag: number, ...values: number[]): Element => ({
  tag,
  vr: 'US',
  bytes: Buffer.from(Uint16Array.from(values).buffer),
});

it('nothing stands behind values whose length the others tell, known or not', async () => {
  const tail = 'Quincefold wrote';
  const eight = 'abcdefgh';
  const behind = (tag: number) => raw(tag, 'OW', eight + tail);
  const wave = [numbers(0x003a0005, 2), { tag: 0x003a0010, vr: 'UL', bytes: Uint8Array.of(2, 0, 0, 0) }];
  const bits = numbers(0x54001004, 16);
  const held: readonly (readonly [sopClass: string, elements: readonly Element[], stays: boolean])[] = [
    [ECG, [sequence(0x54000100, item(...wave, bits, behind(0x54001010)))], true],
    [ECG, [sequence(0x54000100, item(...wave, behind(0x54001010)))], false],
    [
      CT,
      [...pixels(4, 4, 1, 1, () => 9), sequence(0x00283000, item(numbers(0x00283002, 4, 0, 16), behind(0x00283006)))],
      true,
    ],
    [CT, [...pixels(4, 4, 1, 1, () => 9), numbers(0x00281101, 4, 0, 16), behind(0x00281201)], true],
    [CT, [...pixels(4, 4, 1, 1, () => 9), behind(0x00281202)], false],
    [
      CT,
      [...pixels(4, 4, 1, 1, () => 9), raw(0x00282000, 'OB', `${'\0'.repeat(36)}acsp${'\0'.repeat(92)}${tail}`)],
      false,
    ],
  ];
  for (const [sopClass, elements, stays] of held) {
    const { file, removed } = await prepared(sopClass, elements);
    expect(Buffer.from(file).includes('Quincefold')).toBe(false);
    expect(Buffer.from(file).includes(eight)).toBe(stays);
    expect(removed['trailing-data']).toBe(1);
  }
  const whole = await prepared(CT, [
    ...pixels(4, 4, 1, 1, () => 9),
    numbers(0x00281101, 4, 0, 16),
    raw(0x00281201, 'OW', eight),
  ]);
  expect(whole.removed['trailing-data']).toBeUndefined();
});

it('words of what is no picture are all read', async () => {
  for (const [name, sopClass, elements] of places.filter(([, kind]) => kind !== CT && kind !== ENHANCED_MR)) {
    const { file, texts } = await prepared(sopClass, elements, { names: ['Nobody Else'] });
    const read = texts.map(({ text }) => text).join('\n');
    expect([name, unread(readDicom(file).dataSet, read)]).toEqual([name, []]);
  }
});

const said = new Set([0x00120063, 0x00080100, 0x00080102, 0x00080119, 0x00080120, 0x0008010e]);
function unread(dataSet: DataSet, read: string): string[] {
  return dataSet.flatMap(({ tag, vr, bytes, items }) => {
    if (tag === 0x00120064) return [];
    if (items) return items.flatMap((one) => unread(one, read));
    if (!bytes || !['LO', 'SH', 'ST', 'LT', 'UT', 'UC', 'PN'].includes(vr) || said.has(tag)) return [];
    const text = Buffer.from(bytes).toString().trim();
    return text === '' || text === 'REMOVED' || read.includes(text) ? [] : [`${tag.toString(16)} ${text}`];
  });
}

it('a tree of content thirty deep is searched to its end, and a deeper one than anybody writes is refused', async () => {
  const deep = (levels: number): DataSet =>
    levels === 0
      ? content('TEXT', 'Finding', words(0x0040a160, 'Told to Jane Roewood'))
      : content('CONTAINER', 'Level', sequence(0x0040a730, deep(levels - 1)));
  expect(leftIn((await prepared(SR, inTree(deep(30)))).file)).toEqual([]);
  await expect(prepared(SR, inTree(deep(60)))).rejects.toMatchObject({ code: 'corrupt' });
});

it('a tree of twenty thousand items is searched to its end', async () => {
  const many = Array.from({ length: 20_000 }, (_, index) =>
    content(
      'TEXT',
      `Finding ${index}`,
      words(0x0040a160, index % 7 === 0 ? `${index} of Jane Roewood` : `all ${index}`),
    ),
  );
  const { file } = await prepared(SR, inTree(...many));
  expect(leftIn(file)).toEqual([]);
  expect(Buffer.from(file).includes('all 19998')).toBe(true);
});

it.each([
  ['ISO_IR 100', 'Müller^Jörg', 'latin1'],
  ['ISO_IR 192', 'Müller^Jörg', 'utf8'],
])('a name in %s is found', async (set, name, encoding) => {
  const bytes = Buffer.from(name, encoding as BufferEncoding);
  const { file } = await dicom.prepare(
    fileOf(
      dataSetOf(CT, words(0x00080005, set), { tag: 0x00100010, vr: 'PN', bytes }, { tag: 0x00081090, vr: 'LO', bytes }),
    ),
    dicomBench(),
  );
  expect(Buffer.from(file).includes(bytes)).toBe(false);
});

const latin = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
/** A name in the file's own characters, as the member types it, and the bytes in which it stands in words. */
const spelled: readonly (readonly [set: string, typed: string, bytes: Buffer])[] = [
  ['GB18030', '王小东', latin('cdf5 d0a1 b6ab')],
  ['GBK', '王小东', latin('cdf5 d0a1 b6ab')],
  ['ISO_IR 192', '王小东', Buffer.from('王小东')],
  ['\\ISO 2022 IR 58', '王小东', Buffer.concat([latin('1b2429 41'), latin('cdf5 d0a1 b6ab')])],
  ['\\ISO 2022 IR 149', '김희중', Buffer.concat([latin('1b2429 43'), latin('b1e8 c8f1 c1df')])],
  ['\\ISO 2022 IR 87', '山田太郎', Buffer.from('\x1b$B;3EDB@O:\x1b(B', 'latin1')],
  ['ISO 2022 IR 13\\ISO 2022 IR 87', '山田太郎', Buffer.from('\x1b$B;3EDB@O:\x1b(J', 'latin1')],
  ['ISO_IR 144', 'Иванов', latin('b8d2d0ddded2')],
  ['ISO_IR 126', 'Διονυσιος', latin('c4e9 efed f5f3 e9ef f3')],
  ['ISO 2022 IR 100\\ISO 2022 IR 144', 'Иванов', Buffer.concat([latin('1b2d4c'), latin('b8d2d0ddded2')])],
  ['ISO_IR 101', 'Wałęsa', latin('5761b3ea7361')],
  ['ISO_IR 148', 'Çavuşoğlu', latin('c761 7675 fe6f f06c 75')],
];

it.each(spelled)('a name typed by the member is found in %s: %s', async (set, typed, bytes) => {
  const given = dataSetOf(
    CT,
    words(0x00080005, set),
    { tag: 0x00081090, vr: 'LO', bytes: Buffer.concat([Buffer.from('for '), bytes]) },
    sequence(0x00082218, item({ tag: 0x00080104, vr: 'LO', bytes })),
  );
  const { file } = await dicom.prepare(fileOf(given), dicomBench({ known: { names: [typed] } }));
  expect(Buffer.from(file).includes(bytes.subarray(bytes.includes(0x1b) ? 3 : 0))).toBe(false);
  expect(Buffer.from(file).includes(Buffer.from(typed))).toBe(false);
});

describe('documents that are wrapped', () => {
  const wrapped = (sopClass: string, kind: string, bytes: Uint8Array) =>
    prepared(sopClass, [
      words(0x00420010, 'Letter on Jane Roewood'),
      { tag: 0x00420011, vr: 'OB', bytes },
      words(0x00420012, kind),
    ]);
  const class_ = (last: number) => `1.2.840.10008.5.1.4.1.1.104.${last}`;

  it.each([
    ['a CDA', 2, 'text/XML', '<ClinicalDocument>Roewood</ClinicalDocument>'],
    ['an STL', 3, 'model/stl', 'solid Roewood'],
    ['an OBJ', 4, 'model/obj', '# Roewood'],
    ['an MTL', 5, 'model/mtl', '# Roewood'],
    ['a CDA that says it is a PDF', 1, 'text/XML', '<ClinicalDocument>Roewood</ClinicalDocument>'],
    ['what is of no kind', 1, '', '%PDF-1.4 Roewood'],
  ])('%s is refused with the way out', async (_, last, kind, said) => {
    await expect(wrapped(class_(last), kind, Buffer.from(said))).rejects.toMatchObject({ code: 'dicom-encapsulated' });
  });

  it('a document in a file of another class goes', async () => {
    const { file } = await wrapped(CT, 'application/pdf', Buffer.from('%PDF-1.4 Roewood'));
    expect(leftIn(file)).toEqual([]);
  });

  it('what says it is a PDF and is none is refused', async () => {
    await expect(wrapped(class_(1), 'application/pdf', ascii('<ClinicalDocument>Roewood'))).rejects.toMatchObject({
      code: 'corrupt',
    });
  });
});
