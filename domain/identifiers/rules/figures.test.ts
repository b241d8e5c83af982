import { expect, test } from 'vitest';
import { believedOf } from '../testing.ts';

test.each([
  ['Set it by ⟦\\newcommand⟧ before the first page.', 'email'],
  ['The macro \\⟦z@skip\\fi⟧ is not for users.', 'email'],
  ['Open the file ⟦report.log⟧ and look.', 'email'],
  ['Kreatinin ⟦100⟧.00 µmol/l', 'phone'],
  ['The sum was 74,⟦942⟧ in all.', 'phone'],
  ['Table ⟦7⟧ of the annex', 'phone'],
  ['Type ⟦{\\J1⟧ there.', 'number'],
  ['Ferritin 500⟦.00⟧ µg/l', 'number'],
  ['Leaflets\n⟦0⟧\n12', 'date'],
  ['Wards and beds\n⟦47\n48\n\n11⟧\nas of today', 'phone'],
  ['Leaflets\n⟦12⟧\nin all', 'date'],
  ['Days\n⟦12\n13⟧\n', 'date'],
  ['Values\n⟦12.5\n13,0⟧ %\n', 'number'],
] as const)('a figure or a command: %s', (template, kind) => {
  expect(believedOf(template, kind, ['en', 'de'])).toEqual([]);
});

test.each([
  ['Write to ⟦anna.roewood@clinic.example⟧ about it.', 'email'],
  ['Write to ⟦anna dot roewood at clinic dot example⟧ about it.', 'email'],
  ['Write to ⟦anna.roewood(a)clinic.example⟧ about it.', 'email'],
  ['Call her on ⟦4711⟧, please.', 'phone'],
  ['Call ⟦0761.270.1234⟧ in the evening.', 'phone'],
  ['Seen on ⟦12⟧.03.2024 in the clinic.', 'date'],
  ['Geboren ⟦3.4.⟧ in Köln.', 'birth-date'],
  ['Call ⟦0761 270\n1234⟧ in the evening.', 'phone'],
  ['Seen\n⟦12.03\n14.03⟧\n', 'date'],
  ['Files\n⟦448812\n448813⟧\n', 'number'],
  ['Sie kam am ⟦12.⟧ wieder.', 'date'],
  ['Her file is ⟦448812⟧ here.', 'number'],
] as const)('what it is called: %s', (template, kind) => {
  expect(believedOf(template, kind, ['en', 'de'])).toHaveLength(1);
});
