import { describe, expect, it } from 'vitest';
import { unfit } from './accepts.ts';

const file = (name: string, type = '', size = 10) => ({ name, type, size });

describe('what is worth sending', () => {
  it.each([
    ['letter.PDF', ''],
    ['IMG_1.HEIC', ''],
    ['a.b.tiff', ''],
    ['image', 'image/jpeg'],
    ['values.csv', 'application/vnd.ms-excel'],
    ['report.docx', ''],
    ['table.ods', ''],
    ['archive.zip', ''],
    ['frame.dcm', ''],
    ['IM000001', 'application/dicom'],
    ['IM000001', ''],
  ])('takes %s', (name, type) => expect(unfit(file(name, type), 100)).toBeUndefined());

  it.each([
    ['old.doc', 'office'],
    ['macros.xlsm', 'office'],
    ['film.mov', 'otherKind'],
  ])('does not take %s: %s', (name, why) => expect(unfit(file(name), 100)).toBe(why));

  it('does not take what is empty or too large', () => {
    expect(unfit(file('a.pdf', '', 0), 100)).toBe('empty');
    expect(unfit(file('a.pdf', '', 101), 100)).toBe('tooLarge');
    // The way out of a loop is another one than that of a letter.
    expect(unfit(file('a.dcm', '', 101), 100)).toBe('tooLargeDicom');
    expect(unfit(file('IM000001', '', 101), 100)).toBe('tooLargeDicom');
  });
});
