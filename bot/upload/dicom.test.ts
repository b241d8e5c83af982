import { expect, it } from 'vitest';
import type { DicomChoice } from '../../domain/ports.ts';
import { openCase } from '../conversations/testing.ts';
import { decide, give, openedPage, openPage, sample, settled, stateIn } from './testing.ts';

it('gives all DICOM files of a case one key, those of another case another, and the options that were chosen', async () => {
  const asked: DicomChoice[] = [];
  const opened = await openedPage({
    analysing: async ({ dicom }) => {
      if (dicom) asked.push(dicom);
    },
  });
  const { cast, caseId, page, session } = opened;
  await give(opened);
  await decide(opened);
  const again = await openPage(cast, caseId);
  stateIn(await page.begin(again, sample.byteLength));
  stateIn(await page.append(again, 0, sample));
  stateIn(await page.analyse(again, { names: [] }, ['retain-modified-dates']));
  await settled(page, again);
  const other = await openCase(cast, 'consented');
  await give({ page, session: await openPage(cast, other) });

  const [first, second, third] = asked;
  expect(first?.key?.length).toBeGreaterThan(20);
  expect(second?.key).toBe(first?.key);
  expect(third?.key).not.toBe(first?.key);
  expect(asked.map(({ options }) => options)).toEqual([[], ['retain-modified-dates'], []]);
  expect(session).not.toBe(again);
});
