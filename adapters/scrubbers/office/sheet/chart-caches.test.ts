import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { blindBench } from '../../pdf/testing/reading.ts';
import { officeFormat } from '../format.ts';
import { plantedXlsx } from '../testing/planted-xlsx.ts';

it("keeps a workbook's charts on the cells that they show, under the sheet's own name, with what these hold now", async () => {
  const { file } = await plantedXlsx();
  const prepared = await officeFormat.prepare(file, blindBench());
  const parts = unzipSync(prepared.file);
  const path = Object.keys(parts).find((name) => /chart\d*\.xml$/.test(name)) ?? '';
  const chart = strFromU8(parts[path] ?? new Uint8Array());
  expect(chart).toContain('<c:f>Data!$C$2:$C$2</c:f>');
  expect(chart).toMatch(
    /<c:f>Data!\$C\$2:\$C\$2<\/c:f><c:numCache>.*?<c:ptCount val="1"\/><c:pt idx="0"><c:v>[\d.]+<\/c:v>/,
  );
  expect(chart).toMatch(/<c:f>Data!\$A\$2<\/c:f><c:strCache>.*?<c:pt idx="0"><c:v>Vz/);
  // A sheet that is not seen gives nothing, nor its name.
  expect(chart).toContain('<c:f>#REF!$A$1</c:f>');
});
