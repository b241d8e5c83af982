import { describe, expect, it } from 'vitest';
import type { PageText } from '../../domain/ports.ts';
import { findingsIn } from './findings.ts';
import { type Cell, isAmount } from './text/csv.ts';

/** A sheet's page as a workbook gives it: cells with tabs between them, heads from the first row. */
function sheet(rows: readonly (readonly string[])[]) {
  const cells: Cell[] = [];
  let text = '';
  for (const [down, row] of rows.entries()) {
    for (const [across, words] of row.entries()) {
      if (across > 0) text += '\t';
      const start = text.length;
      text += words;
      const head = down === 0 ? '' : (rows[0]?.[across] ?? '');
      if (words !== '') cells.push({ head, start, end: text.length, amount: isAmount(words) });
    }
    text += '\n';
  }
  const page: PageText = { page: 1, source: 'text', text, places: new Float32Array(0) };
  const findings = findingsIn({ format: 'xlsx', texts: [page], cells: new Map([[1, cells]]) }, {});
  return findings.map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`);
}

describe('findings in the cells of a sheet', () => {
  it('are none among quantities that stand beside and below each other', () => {
    expect(
      sheet([
        ['Region', 'Share', 'Hires', 'Lowest', 'Median'],
        ['Midwest', '0.36095764272559855', '196', '6021', '7550'],
        ['Consulting', '0.16390423572744015', '89', '1000', '5600'],
        ['Finance', '0.5948434622467772', '323', '900', '7916'],
        ['Marketing', '0.10128913443830571', '55', '1300', '5600'],
      ]),
    ).toEqual([]);
  });

  it('are no shares and no long decimals under a head that counts', () => {
    expect(
      sheet([
        ['Place', 'Height (n)', 'Share (n)'],
        ['Upper', '10.2712609', '6.51 %'],
        ['Lower', '11.9038112', '8.20 %'],
      ]),
    ).toEqual([]);
  });

  it('do not take the next head for the value of the one before', () => {
    expect(
      sheet([
        ['City', 'Latitude', 'Longitude', 'Population'],
        ['Alpha', '31.2', '121.5', '242.5'],
        ['Beta', '24.9', '67.01', '235.1'],
        ['Gamma', '39.9', '116.4', '215.2'],
      ]).filter((one) => /itude|Population/.test(one)),
    ).toEqual([]);
  });

  it('are what the head of a column names', () => {
    expect(
      sheet([
        ['Surname', 'Date of birth', 'MRN', 'Diameter'],
        ['Qwertzmoser', '1950-01-02', '4711123', '41.5'],
      ]),
    ).toEqual(['name: Qwertzmoser', 'birth-date: 1950-01-02', 'number: 4711123']);
  });

  it('are short numbers that the head of their column names', () => {
    expect(
      sheet([
        ['Zip', 'MRN', 'Diameter', 'Birth year'],
        ['4020', '4711', '41', '1950'],
      ]),
    ).toEqual(['place: 4020', 'number: 4711', 'date: 1950']);
  });

  it('are what a label beside them names, in a form', () => {
    const found = sheet([
      ['Patient', 'Jan Qwertzmoser'],
      ['Surname', 'Qwertzmoser'],
      ['Date of birth', '1950-01-02'],
      ['City', 'Utrecht'],
      ['Diameter', '41.5'],
      ['Cost', '310.7'],
    ]);
    expect(found).toEqual(expect.arrayContaining(['name: Qwertzmoser', 'place: Utrecht']));
    expect(found.filter((one) => /Surname|City|Cost|Diameter|41|310/.test(one))).toEqual([]);
  });

  it('are all of a column of names, those on no list too', () => {
    const names = ['Anna Novak', 'Peter Huber', 'Maria Rossi', 'Jan Smit', 'Xyrthal Qwertz'];
    expect(sheet(names.map((name) => [name, '41.5']))).toEqual(names.map((name) => `name: ${name}`));
  });

  it('know names of things from names of people', () => {
    const rows = ['Losartan', 'Atenolol', 'Aspirin'].map((drug) => [drug, '50']);
    expect(sheet([['Drug name', 'Dose'], ...rows])).toEqual([]);
  });

  it('are neither things that have a name, nor the row that sums up the others', () => {
    expect(
      sheet([
        ['Name', 'Price', 'Quantity'],
        ['Croissant', '4.2', '12'],
        ['Doughnut', '3.1', '15'],
        ['Bearclaw', '5.0', '3'],
        ['Grand total', '12.3', '30'],
      ]),
    ).toEqual([]);
    expect(
      sheet([
        ['Name', 'Weight', 'Height'],
        ['Qwertzmoser', '61.5', '172.1'],
        ['Butterfly', '84.2', '191.0'],
        ['Achterberg', '55.0', '176.5'],
        ['Total', '200.7', '539.6'],
      ]),
    ).toEqual(['name: Qwertzmoser', 'name: Butterfly', 'name: Achterberg']);
  });
});
