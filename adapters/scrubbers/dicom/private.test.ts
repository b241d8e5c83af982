import { describe, expect, it } from 'vitest';
import type { DataSet, Element, Encoding } from './data-set.ts';
import { elementOf, stringOf } from './data-set.ts';
import { readDicom } from './read.ts';
import table from './standard/safe-private.json' with { type: 'json' };
import {
  bigEndian,
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

const option = { dicom: { options: ['retain-safe-private'] as const, key: '5a'.repeat(32) } };
const rows = table.flatMap(({ creator, group, elements }) =>
  Object.entries(elements).map(([element, said]) => ({
    creator,
    group: Number.parseInt(group, 16),
    element: Number.parseInt(element, 16),
    vr: said.split(' ')[0] as string,
    name: said,
  })),
);

/** Values as their VR has them; what is of no VR in the table is a number. */
const values: Readonly<Record<string, Uint8Array>> = {
  AT: Uint8Array.of(0x18, 0, 0x50, 0),
  CS: Buffer.from('ZQ_MARK '),
  DS: Buffer.from('731946.25 '),
  IS: Buffer.from('731946'),
  UI: Buffer.from('1.3.6.1.4.1.99999.7.31415926'),
};
const number = (size: number) => Uint8Array.from({ length: size }, (_, at) => 0x51 + at);
const sizes: Readonly<Record<string, number>> = { FD: 8, FL: 4, SL: 4, SS: 2, UL: 4, US: 2, '-': 4 };
const valueOf = (vr: string) => values[vr] ?? (sizes[vr] ? number(sizes[vr]) : Buffer.from('ZQMARKED'));

/** A block of a number of its own, as another writer may have given it. */
const BLOCK = 0x1e;
const tagsOf = ({ group, element }: { readonly group: number; readonly element: number }) => ({
  creatorAt: group * 0x10000 + BLOCK,
  at: group * 0x10000 + BLOCK * 0x100 + element,
});

function blockOf(row: (typeof rows)[number], creator = row.creator, value?: Element): Element[] {
  const { creatorAt, at } = tagsOf(row);
  const vr = row.vr === '-' ? 'FL' : (row.vr.split('/')[0] as string);
  const own: Element =
    value ??
    (vr === 'SQ'
      ? { tag: at, vr, items: [[words(0x00080080, 'ZQNESTED'), words(0x00081090, 'ZQKEPT')]] }
      : { tag: at, vr, bytes: valueOf(row.vr) });
  return [{ tag: creatorAt, vr: 'LO', bytes: Buffer.from(creator) }, own];
}

async function scrubbed(elements: readonly Element[], encoding: Encoding, bench: object, nested: boolean) {
  const inner = [...elements].sort((one, other) => one.tag - other.tag);
  const dataSet = nested
    ? dataSetOf(CT, sequence(0x52009229, [sequence(0x00209071, inner)]))
    : dataSetOf(CT, ...elements);
  const { file, texts } = await dicom.prepare(fileOf(dataSet, encoding), dicomBench(bench));
  const read = readDicom(file).dataSet;
  const within = elementOf(elementOf(read, 0x52009229)?.items?.[0] ?? [], 0x00209071)?.items?.[0] ?? [];
  return { dataSet: nested ? within : read, whole: read, file: Buffer.from(file), texts };
}

const places = [
  ['at the top', explicitLittle, false],
  ['nested', explicitLittle, true],
  ['at the top, without VRs', implicitLittle, false],
  ['nested, without VRs', implicitLittle, true],
] as const;

describe('table E.3.10-1 of PS3.15', () => {
  it('has all 479 rows', () => {
    expect(rows).toHaveLength(479);
  });

  it.each(rows.map((row) => [row.group.toString(16), row.element.toString(16), row.creator, row.name, row] as const))(
    '(%s,xx%s) %s, %s: kept by the option alone, with its creator, as its VR says',
    async (_group, _element, _creator, _name, row) => {
      for (const [, encoding, nested] of places) {
        const { dataSet } = await scrubbed(blockOf(row), encoding, option, nested);
        expect(leftOf(dataSet, row)).toEqual(expectedOf(row, encoding));
        const without = await scrubbed(blockOf(row), encoding, { dicom: { key: option.dicom.key } }, nested);
        expect(leftOf(without.dataSet, row)).toEqual([]);
      }
    },
  );
});

/** The creator and the value that are left of a row, a new UID and a sequence as what they are. */
function leftOf(dataSet: DataSet, { group }: (typeof rows)[number]): readonly string[] {
  return dataSet
    .filter(({ tag }) => tag >>> 16 === group)
    .map(({ vr, bytes, items }) => {
      if (items) return items.map((item) => `${stringOf(item, 0x00081090)}/${stringOf(item, 0x00080080)}`).join();
      const said = Buffer.from(bytes ?? []).toString('latin1');
      return /^2\.25\.\d+\0?$/.test(said) ? 'another UID' : `${vr} ${said.trim()}`;
    });
}

function expectedOf({ creator, vr }: (typeof rows)[number], encoding: Encoding): readonly string[] {
  // Nobody can read the bytes of a maker's own format, and what has no VR in the table and in the file may be anything.
  if (vr.startsWith('O') || (vr === '-' && encoding === implicitLittle)) return [];
  const said = Buffer.from(valueOf(vr)).toString('latin1').trim();
  const value = vr === 'SQ' ? 'ZQKEPT/REMOVED' : vr === 'UI' ? 'another UID' : `${vr === '-' ? 'FL' : vr} ${said}`;
  return [`LO ${creator}`, value];
}

const row = (name: string) => rows.find((one) => one.name.includes(name)) as (typeof rows)[number];

describe.each(places)('private elements %s', (_, encoding, nested) => {
  const gone = async (elements: readonly Element[]) => {
    const { dataSet, whole } = await scrubbed(elements, encoding, option, nested);
    const codes = (elementOf(whole, 0x00120064)?.items ?? []).map((item) => stringOf(item, 0x00080100));
    expect(codes).toEqual(['113100', '113111']);
    return dataSet.filter(({ tag }) => (tag >>> 16) % 2 === 1);
  };
  const factor = row('SUV Factor');
  const { creatorAt, at } = tagsOf(factor);

  it('of another creator, of no creator and of another element of the block go', async () => {
    expect(await gone(blockOf(factor, 'Philips PET Private'))).toEqual([]);
    expect(await gone(blockOf(factor, 'Philips PET Private Group 2'))).toEqual([]);
    expect(await gone(blockOf(factor).slice(1))).toEqual([]);
    const other: Element = { tag: at + 1, vr: 'DS', bytes: Buffer.from('731946') };
    expect((await gone([...blockOf(factor), other])).map(({ tag }) => tag)).toEqual([creatorAt, at]);
    expect(await gone(blockOf(factor, factor.creator, other))).toEqual([]);
  });

  it('of another VR, and with a value that is none of their VR, go', async () => {
    const as = (vr: string, said: string): Element => ({ tag: at, vr, bytes: Buffer.from(said) });
    // Without a VR every value is of the table's, if it looks so.
    const another = encoding === explicitLittle ? as('LO', '12') : as('LO', 'twelve');
    expect(await gone(blockOf(factor, factor.creator, another))).toEqual([]);
    expect(await gone(blockOf(factor, factor.creator, as('DS', 'Roewood^Jane')))).toEqual([]);
    expect(await gone(blockOf(row('Acquisition Type'), 'ELSCINT1', as('DS', '1')))).toEqual([]);
    const short: Element = { tag: tagsOf(row('B Matrix')).at, vr: 'FD', bytes: number(7 + 6) };
    expect(await gone(blockOf(row('B Matrix'), 'SIEMENS MR HEADER', short))).toEqual([]);
  });

  it('in which a removed value stands lose it', async () => {
    const patient = [words(0x00100010, 'Roewood^Jane Ada'), words(0x00100020, 'H-4471129')];
    const inner = [
      ...blockOf(row('Internal Pulse'), 'GEMS_ACQU_01', {
        tag: tagsOf(row('Internal Pulse')).at,
        vr: 'LO',
        bytes: Buffer.from('of Jane Roewood'),
      }),
      ...blockOf(row('Diffusion Direction'), undefined, {
        tag: tagsOf(row('Diffusion Direction')).at,
        vr: 'CS',
        bytes: Buffer.from('ROEWOOD'),
      }),
      ...blockOf(row('B Matrix'), 'SIEMENS MR HEADER', {
        tag: 0x0019_1f27,
        vr: 'FD',
        bytes: Buffer.from('H-4471129 of Jane Ada Roewood...'),
      }).map((element) => (element.vr === 'LO' ? { ...element, tag: 0x0019_001f } : element)),
    ];
    const named = await scrubbed([...patient, ...inner], encoding, option, nested);
    const known = { ...option, known: { names: ['Jane Roewood'], numbers: ['H-4471129'] } };
    const typed = await scrubbed(inner, encoding, known, nested);
    const left = ({ file }: { readonly file: Buffer }) => ['Roewood', '4471129'].filter((one) => file.includes(one));
    expect([left(named), left(typed)]).toEqual([[], []]);
    expect(named.file.includes('ROEWOOD')).toBe(false);
  });
});

it('private words that stay are read and searched as all words are', async () => {
  const pulse = row('Internal Pulse');
  const { texts } = await scrubbed(blockOf(pulse), explicitLittle, option, false);
  expect(texts.map(({ text }) => text).join('')).toContain('Internal Pulse Sequence Name: ZQMARKED');
});

it('numbers of unknown VR go where their bytes are in another order', async () => {
  const scale = row('Scale Slope');
  const unknown: Element = { tag: tagsOf(scale).at, vr: 'UN', bytes: number(4) };
  const kept = async (encoding: Encoding) =>
    elementOf((await scrubbed(blockOf(scale, undefined, unknown), encoding, option, false)).dataSet, unknown.tag)?.vr;
  expect([await kept(explicitLittle), await kept(bigEndian)]).toEqual(['FL', undefined]);
});

it('a claim of the file that its private elements are safe changes nothing', async () => {
  const claimed: DataSet = [
    { tag: 0x00080301, vr: 'US', bytes: Uint8Array.of(0x19, 0) },
    words(0x00080302, 'A MAKER'),
    words(0x00080303, 'SAFE'),
  ];
  const elements = [
    sequence(0x00080300, claimed),
    { tag: 0x00190010, vr: 'LO', bytes: Buffer.from('A MAKER') } as const,
    { tag: 0x00191001, vr: 'LO', bytes: Buffer.from('ZQMARKED') } as const,
  ];
  const { file } = await scrubbed(elements, explicitLittle, option, false);
  expect(file.includes('ZQMARKED')).toBe(false);
});
