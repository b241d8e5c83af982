import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { blindBench } from '../../pictures/testing.ts';
import { officeFormat } from '../format.ts';
import { contentTypes, packed, relations, XML } from '../testing/planted.ts';
import { plainFormula } from './formulas.ts';

describe('a formula without a value', () => {
  it.each(['SUM(A1:A7)', 'IF(Q2="LT",SUMIFS(O2:O1,N2:N1,N2,A2:A1,A2)," ")', 'ROUND(AVERAGE($B$2:B9)*1.5,2)-C3'])(
    '%s may stay',
    (formula) => {
      expect(plainFormula(formula)).toBe(formula);
    },
  );

  it.each([
    '"Jane"',
    '"Ja"&"ne"',
    'CHAR(74)',
    'Hidden!A1',
    "'Jane Roewood'!A1",
    'Jane',
    'DATE(1950,1,2)',
    'HYPERLINK("a","b")',
    '4711123',
    'INDIRECT("A1")',
    '[1]Book!A1',
  ])('%s does not', (formula) => {
    expect(plainFormula(formula)).toBeUndefined();
  });

  it('is kept in its cell, and one with a value gives way to that', async () => {
    const ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const sheet = 'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
    const file = packed({
      '[Content_Types].xml': contentTypes({ 'xl/workbook.xml': sheet }),
      '_rels/.rels': relations(['rId1', 'officeDocument', 'xl/workbook.xml']),
      'xl/workbook.xml': `${XML}<workbook ${ns} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rSheet"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': relations(['rSheet', 'worksheet', 'worksheets/sheet1.xml']),
      'xl/worksheets/sheet1.xml': `${XML}<worksheet ${ns}><sheetData><row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>SUM(A1:A1)</f></c><c r="C1"><f>SUM(A1:A1)*2</f><v>4</v></c><c r="D1"><f>"Jane"</f></c></row></sheetData></worksheet>`,
    });
    const prepared = await officeFormat.prepare(file, blindBench());
    const written = strFromU8(unzipSync(prepared.file)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(written).toContain('<x:c r="B1"><x:f>SUM(A1:A1)</x:f></x:c>');
    expect(written).toContain('<x:c r="C1"><x:v>4</x:v></x:c>');
    expect(written).not.toContain('Jane');
  });
});
