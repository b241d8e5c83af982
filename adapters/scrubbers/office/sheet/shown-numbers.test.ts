import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { findingsIn } from '../../findings.ts';
import { blindBench } from '../../pictures/testing.ts';
import { MASK } from '../../text/format.ts';
import { officeFormat } from '../format.ts';
import { contentTypes, packed, relations, XML } from '../testing/planted.ts';

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const SHEET = 'vnd.openxmlformats-officedocument.spreadsheetml';

/** A workbook with a number that its cell shows in a format of the 'styles', a length in millimetres, and no head. */
const workbook = (value: string, numFmtId: string, formats = '', more = '') =>
  packed({
    '[Content_Types].xml': contentTypes({
      'xl/workbook.xml': `${SHEET}.sheet.main+xml`,
      'xl/styles.xml': `${SHEET}.styles+xml`,
    }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `${XML}<workbook ${NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rSheet"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ['rSheet', 'worksheet', 'worksheets/sheet1.xml'],
      ['rStyles', 'styles', 'styles.xml'],
    ),
    'xl/worksheets/sheet1.xml': `${XML}<worksheet ${NS}><sheetData><row r="1"><c r="A1" s="1"><v>${value}</v></c><c r="B1"><v>41.5</v></c>${more}</row></sheetData></worksheet>`,
    'xl/styles.xml': `${XML}<styleSheet ${NS}>${formats}<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf/><xf numFmtId="${numFmtId}"/></cellXfs></styleSheet>`,
  });

it("finds the patient's birth date in a cell that keeps it as a number of days, and takes the number out", async () => {
  const prepared = await officeFormat.prepare(workbook('23113', '17'), blindBench());
  const [, page] = prepared.texts;
  expect(page?.text).toBe('1963-04-12\t41.5\n');
  const [found, ...others] = findingsIn(prepared, { known: { names: [], birthDate: '1963-04-12' } });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ page: 2, start: 0, end: 10, kind: 'birth-date', certainty: 'certain' });
  const redactions = [{ page: 2, kind: 'birth-date' as const, start: 0, end: 10 }];
  const done = await officeFormat.redact(prepared.file, redactions, false, blindBench());
  const written = strFromU8(unzipSync(done.file)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(written).toContain(MASK);
  expect(written).not.toContain('23113');
  expect(written).toContain('<x:v>41.5</x:v>');
});

it.each(['23113', '23113.5', '21651'])(
  "finds the patient's birth date in a cell without a date's format, which shows the number of days: %s",
  async (days) => {
    const prepared = await officeFormat.prepare(workbook(days, '0'), blindBench());
    expect(prepared.texts[1]?.text).toBe(`${days}\t41.5\n`);
    const [found, ...others] = findingsIn(prepared, { known: { names: [], birthDate: '1963-04-12' } });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ page: 2, start: 0, end: days.length, kind: 'birth-date', certainty: 'certain' });
    expect(findingsIn(prepared, { known: { names: [], birthDate: '1963-04-13' } })).toEqual([]);
  },
);

it.each([
  ['of its own', '164', 'formatCode=""'],
  ['of its own, without a code', '164', ''],
  ['in the place of a date that every workbook has', '14', 'formatCode=""'],
])('takes an empty format for the general one: %s', async (_, id, code) => {
  const formats = `<numFmts count="1"><numFmt numFmtId="${id}" ${code}/></numFmts>`;
  const prepared = await officeFormat.prepare(workbook('23113', id, formats), blindBench());
  expect(prepared.texts[1]?.text).toBe('23113\t41.5\n');
  const parts = unzipSync(prepared.file);
  expect(strFromU8(parts['xl/styles.xml'] ?? new Uint8Array())).toContain(
    `<x:numFmt numFmtId="${id}" formatCode="General"/>`,
  );
  expect(strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).toContain('<x:v>23113</x:v>');
});

it('finds a telephone in a cell that keeps it as a number and shows it in groups, and takes the number out', async () => {
  const formats = '<numFmts count="1"><numFmt numFmtId="164" formatCode="00 00 00 00 00"/></numFmts>';
  const prepared = await officeFormat.prepare(workbook('612345678', '164', formats), blindBench());
  const [, page] = prepared.texts;
  expect(page?.text).toBe('06 12 34 56 78\t41.5\n');
  const [found, ...others] = findingsIn(prepared, {});
  expect(others).toEqual([]);
  expect(found).toMatchObject({ page: 2, start: 0, end: 14 });
  const redactions = [{ page: 2, kind: 'phone' as const, start: 0, end: 14 }];
  const done = await officeFormat.redact(prepared.file, redactions, false, blindBench());
  const written = strFromU8(unzipSync(done.file)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(written).toContain(MASK);
  expect(written).not.toContain('612345678');
});

it('says in words what a formula comes to that is true or not, and keeps a truth value as it is', async () => {
  const cells =
    '<c r="C1" t="b"><f>A1=B1</f><v>1</v></c><c r="D1" t="b"><f>IF(A1&gt;0,FALSE)</f><v>0</v></c><c r="E1" t="b"><v>1</v></c>';
  const prepared = await officeFormat.prepare(workbook('7', '1', '', cells), blindBench());
  expect(prepared.texts[1]?.text).toBe('7\t41.5\tTRUE\tFALSE\t1\n');
  const written = strFromU8(unzipSync(prepared.file)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(written).toContain('<x:c r="E1" t="b"><x:v>1</x:v></x:c>');
  expect(written).not.toContain('<x:f>');
});
