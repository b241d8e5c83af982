import { expect, it } from 'vitest';
import { toggled } from './dicom-fields.tsx';

it('keeps dates as they are or moved, not both', () => {
  expect(toggled(['retain-full-dates', 'retain-uids'], 'retain-modified-dates', true)).toEqual([
    'retain-uids',
    'retain-modified-dates',
  ]);
  expect(toggled(['retain-uids', 'retain-full-dates'], 'retain-uids', false)).toEqual(['retain-full-dates']);
});
