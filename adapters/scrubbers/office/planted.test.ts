import { beforeAll, describe, expect, it } from 'vitest';
import { blindBench } from '../pictures/testing.ts';
import { officeFormat } from './format.ts';
import { leftIn, type Planted } from './testing/planted.ts';
import { plantedDocx } from './testing/planted-docx.ts';
import { plantedOdp, plantedOds, plantedOdt } from './testing/planted-open-document.ts';
import { plantedPptx } from './testing/planted-pptx.ts';
import { plantedXlsx } from './testing/planted-xlsx.ts';

describe.each([
  ['a Word document', plantedDocx, 200],
  ['an Excel workbook', plantedXlsx, 140],
  ['a PowerPoint presentation', plantedPptx, 100],
  ['an OpenDocument text', plantedOdt, 90],
  ['an OpenDocument spreadsheet', plantedOds, 60],
  ['an OpenDocument presentation', plantedOdp, 45],
])('%s with strings in every place', (_, make, least) => {
  let planted: Planted;
  let prepared: Awaited<ReturnType<typeof officeFormat.prepare>>;
  beforeAll(async () => {
    planted = await make();
    prepared = await officeFormat.prepare(planted.file, blindBench());
  });

  it('holds what it is said to hold', () => {
    expect(planted.hidden.length).toBeGreaterThan(least);
    expect(leftIn(planted.file, planted.hidden)).toEqual(planted.hidden);
  });

  it('keeps none of those that nobody sees', () => {
    expect(leftIn(prepared.file, planted.hidden)).toEqual([]);
  });

  it('keeps all of those that are seen', () => {
    const text = prepared.texts.map((page) => page.text).join('\n');
    expect(planted.visible.filter((one) => !text.includes(one))).toEqual([]);
  });

  it('is the same when it is prepared again', async () => {
    const again = await officeFormat.prepare(prepared.file, blindBench());
    expect(Buffer.compare(again.file, prepared.file)).toBe(0);
  });
});
