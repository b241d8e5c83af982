import { describe, expect, it } from 'vitest';
import type { DataSet, Element } from './data-set.ts';
import { readDicom } from './read.ts';
import { vrOf } from './standard/dictionary.ts';
import table from './standard/profile.json' with { type: 'json' };
import { CT, dataSetOf, dicom, dicomBench, explicitLittle, fileOf, implicitLittle, sequence } from './testing/made.ts';

/** What a value of a row looks like: nothing of it may be in the output, in any of its forms. */
const marks: Readonly<Record<string, string>> = {
  DA: '19630412',
  DT: '19630412134711.25',
  TM: '134711.25',
  UI: '1.3.6.1.4.1.99999.7.31415926',
  DS: '731946.25',
  IS: '731946',
  AS: '073Y',
  UR: 'https://zqmark.example/a',
};
const WORD = 'ZQMARKED';
/** The same new UIDs each time: their random digits would hold one of the short marks now and then. */
const KEY = '5a'.repeat(32);
const nested: DataSet = [
  { tag: 0x00080070, vr: 'LO', bytes: Buffer.from('ZQNESTED') },
  { tag: 0x00081155, vr: 'UI', bytes: Buffer.from('1.3.6.1.4.1.99999.7.271828') },
];

function marked(tag: number): Element {
  const vr = vrOf(tag) ?? (tag >>> 16 < 8 ? 'UI' : 'OW');
  return vr === 'SQ' ? { tag, vr, items: [nested] } : { tag, vr, bytes: Buffer.from(marks[vr] ?? WORD) };
}

const all = [...new Set([...Object.values(marks), WORD, 'ZQNESTED', '1.3.6.1.4.1.99999.7.271828'])];
const tagOf = (pattern: string) => Number.parseInt(pattern.replace(/^50xx.*/, '50063000').replace(/^60xx/, '6002'), 16);

/** Sequences that stay, with the UIDs in them replaced. */
const staying = new Set(['00081140', '00082112']);

/** Elements of group 4 make a directory of a disc. */
const isOfDataSets = ({ tag }: { readonly tag: string }) => !tag.startsWith('0004');

async function leftOf(element: Element, within: boolean): Promise<string[]> {
  const dataSet = within
    ? dataSetOf(CT, sequence(0x52009229, [sequence(0x00209071, [element])]))
    : dataSetOf(CT, element);
  const file = fileOf(dataSet, within ? implicitLittle : explicitLittle);
  const { file: output } = await dicom.prepare(file, dicomBench({ dicom: { key: KEY } }));
  const bytes = Buffer.from(output).toString('latin1');
  return all.filter((mark) => bytes.includes(mark));
}

describe('table E.1-1 of PS3.15', () => {
  it('has all 620 rows', () => {
    expect(table).toHaveLength(620);
  });

  it.each(table.filter(isOfDataSets).map(({ tag, name, basic }) => [tag, name, basic]))(
    '(%s) %s, %s: nothing of its value is left, neither at the top nor nested',
    async (pattern) => {
      const tag = tagOf(pattern);
      const allowed = staying.has(pattern) ? ['ZQNESTED'] : [];
      expect(await leftOf(marked(tag), true)).toEqual(allowed);
      // A data set with a tree of content is a report: the tree is cleaned, and what is no identifier stays.
      expect(await leftOf(marked(tag), false)).toEqual(pattern === '0040a730' ? ['ZQNESTED'] : allowed);
    },
  );

  it('has one row of directories, which are refused', async () => {
    expect(table.filter((row) => !isOfDataSets(row))).toHaveLength(1);
    await expect(leftOf(marked(0x00041511), false)).rejects.toMatchObject({ code: 'dicom-directory' });
  });

  it.each([
    ['a private element', 0x00091001, 'LO'],
    ['a private sequence', 0x00291010, 'SQ'],
    ['a curve', 0x501e3000, 'OW'],
    ['an overlay', 0x60fe3000, 'OW'],
    ['an overlay without data', 0x60000010, 'US'],
    ['an element that no standard knows', 0x0018ffee, 'LO'],
    ['a group length', 0x00100000, 'UL'],
  ])('%s goes, at the top and nested', async (_, tag, vr) => {
    const element: Element =
      vr === 'SQ' ? { tag, vr, items: [nested] } : { tag, vr, bytes: Buffer.from(vr === 'UL' ? 'ZQMA' : WORD) };
    expect(await leftOf(element, true)).toEqual([]);
    expect(await leftOf(element, false)).toEqual([]);
    const { file } = await dicom.prepare(fileOf(dataSetOf(CT, element)), dicomBench());
    expect(readDicom(file).dataSet.some((one) => one.tag === tag)).toBe(false);
  });
});
