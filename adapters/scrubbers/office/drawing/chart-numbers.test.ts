import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { findingsIn } from '../../findings.ts';
import { blindBench } from '../../pictures/testing.ts';
import { officeFormat } from '../format.ts';
import { contentTypes, namespacesOf, packed, relations, XML } from '../testing/planted.ts';

const all = namespacesOf('w', 'wp', 'a', 'c', 'r');
const points = (numbers: readonly string[], format = 'General') =>
  `<c:formatCode>${format}</c:formatCode><c:ptCount val="${numbers.length}"/>${numbers.map((number, at) => `<c:pt idx="${at}"><c:v>${number}</c:v></c:pt>`).join('')}`;
const cached = (numbers: readonly string[], format?: string) =>
  `<c:numRef><c:f>Sheet1!$A$1:$A$9</c:f><c:numCache>${points(numbers, format)}</c:numCache></c:numRef>`;

const withChart = (series: string) =>
  packed({
    '[Content_Types].xml': contentTypes({
      'word/document.xml': 'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
      'word/charts/chart1.xml': 'vnd.openxmlformats-officedocument.drawingml.chart+xml',
    }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'word/document.xml']),
    'word/document.xml': `${XML}<w:document ${all}><w:body><w:p><w:r><w:drawing><wp:inline><wp:extent cx="4000000" cy="900000"/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rChart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>`,
    'word/_rels/document.xml.rels': relations(['rChart', 'chart', 'charts/chart1.xml']),
    'word/charts/chart1.xml': `${XML}<c:chartSpace ${all}><c:chart><c:plotArea><c:barChart><c:barDir val="bar"/><c:ser><c:idx val="0"/><c:order val="0"/>${series}</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>`,
  });

const chartOf = (file: Uint8Array) =>
  strFromU8(Object.entries(unzipSync(file)).find(([name]) => /chart\d+\.xml$/.test(name))?.[1] ?? new Uint8Array());

it("finds the patient's number and birth date on the axis of a chart that no workbook stands behind, and takes them out", async () => {
  const series = `<c:cat>${cached(['4930571826', '23113'], 'dd/mm/yyyy')}</c:cat><c:val>${cached(['4930571826', '250000'])}</c:val>`;
  const birthDate = '1963-04-12';
  const prepared = await officeFormat.prepare(withChart(series), blindBench());
  const found = findingsIn(prepared, { known: { names: [], birthDate, numbers: ['4930571826'] } });
  expect(found.map(({ kind }) => kind).toSorted()).toEqual(['birth-date', 'number', 'number']);
  const redactions = found.map(({ page, kind, start, end }) => ({ page, kind, start, end }));
  const done = await officeFormat.redact(prepared.file, redactions, false, blindBench());
  expect(chartOf(done.file)).not.toMatch(/4930571826|23113/);
  expect(chartOf(done.file)).toContain('<c:v>250000</c:v>');
});

it('keeps numbers that a chart has from nowhere but itself', async () => {
  const series = `<c:cat><c:numLit>${points(['1', '2'])}</c:numLit></c:cat><c:val><c:numLit>${points(['41.5', '38'])}</c:numLit></c:val>`;
  const prepared = await officeFormat.prepare(withChart(series), blindBench());
  expect(chartOf(prepared.file).match(/<c:v>[\d.]+/g)).toEqual(['<c:v>1', '<c:v>2', '<c:v>41.5', '<c:v>38']);
});
