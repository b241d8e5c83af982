import { describe, expect, it, test } from 'vitest';
import { findIdentifiers } from '../find.ts';
import { believedOf } from '../testing.ts';

test.each([
  ['Time\tSurvival\tFailed\tLeft\n12.0000\t0.7654\t⟦11\t35⟧\n17.0000\t0.7217\t13\t33', 'phone'],
  ['Time\tSurvival\tFailed\tLeft\n⟦12.0000⟧\t0.7654\t11\t35\n17.0000\t0.7217\t13\t33', 'date'],
  ['Group\t1\t2\n1\t8.⟦77215\t-8⟧.77215\n2\t-8.77215\t8.77215', 'number'],
  ['rechts\t⟦142\t118\t110⟧\t0,83\nlinks\t138\t64\t58\t0,45', 'phone'],
  ['Mean\tStandard Error\n⟦18.2899⟧\t2.1377', 'date'],
  ['The estimate was 0.6498 (0.5112, 0.⟦7884⟧) in the second group.', 'date'],
  ['Create and submit a figure. ⟦[25⟧] Interpret the curves.', 'number'],
  ['The interval is ⟦±𝑧1−𝛼/2⟧ about the estimate.', 'address'],
  ['lot;nr;value\n12;4;0.3\n14;⟦16⟧;0.5\n', 'phone'],
  ['Treatment\t⟦1⟧\t2\nA\t10.9\t-10.9', 'address'],
  ['Months since the operation\n0 6 ⟦12 18 24⟧ 30 36', 'phone'],
  ['1 2 3 4 5 6 7 8 9 ⟦10 11 12⟧', 'date'],
  ['Diameter\n3.0\n⟦3.5⟧\n4.0\n4.5\n5.0', 'date'],
  ['⟦2019 2018 2017⟧ 2016 2015', 'date'],
] as const)('a table’s measurement, no identifier: %s', (template, kind) => {
  expect(believedOf(template, kind, ['en'])).toEqual([]);
});

test.each([
  ['Ward\tName\tBorn\n3B\t⟦Oduya\tFemi⟧\t1961', 'name', ['Oduya', 'Femi']],
  ['Bed\tHb\tK\tBorn\n3\t9.1\t4.2\t⟦14.03.1961⟧', 'date', ['14.03.1961']],
  ['Bed\tHb\tK\tNumber\n3\t9.1\t4.2\t⟦4471129⟧', 'number', ['4471129']],
  ['Ask for bleep 4711; 4712; ⟦4713⟧; 4714; 4715 on the ward.', 'phone', ['4713']],
  ['Seen on 3.4.; 17.4.; ⟦2.5.⟧; 9.6.; 1.7. by us.', 'date', ['2.5.']],
  ['Call the ward on ⟦4711⟧ before noon.', 'phone', ['4711']],
  ['He was seen on ⟦14.03⟧ and again a week later.', 'date', ['14.03']],
  ['Ring ⟦01 02 03 04 05⟧ in the morning.', 'phone', ['01 02 03 04 05']],
  [`10 20 30 ⟦40⟧${' '.repeat(78)}509 and`, 'number', ['40']],
  ['0 10 20 30 ⟦40 14.03.1961⟧', 'date', ['40 14.03.1961']],
  ['His number is ⟦10 20 30 45⟧, he says.', 'number', ['10 20 30 45']],
  ['Beds 1 2 3 4 5 are free; ring ⟦4711⟧ for them.', 'phone', ['4711']],
] as const)('an identifier in a table or a sentence: %s', (template, kind, words) => {
  expect(believedOf(template, kind, ['en'])).toEqual(words);
});

test.each(['Months 0 6 12 18 24 30', 'Time (years)\n0 5 10 15 20 25', '0 10 20 30 40 50 mm'])(
  'the marks of an axis are no phone: %s',
  (text) => {
    expect(findIdentifiers(text)).toEqual([]);
  },
);

test.each([
  'T 36.5 36.7 37.1 36.9\nP 88 92 90, RR 120/80',
  'SpO2 97 98 96 97; HR 72 74 70 75; RR 14 16 15 14; MAP 82 85 80 84',
  'Aortic root: diameter 42 42 43 43 44 45 mm',
  'Kreatinin (µmol/l) 78 82 91 88 76; Kalium 4,1 4,3 4,0 4,2',
  'P/B 1.5 1.5 1.4 1.3\nDividend yield',
])('what is measured again and again is no phone: %s', (text) => {
  expect(findIdentifiers(text)).toEqual([]);
});

test.each(['Mvh\nT 33 12 45 67', 'T: 030 123 45 67', 'P 06 12 34 56 78', 'Ārste, T. 67 123 456', 'Mob 72 80 76 88'])(
  'a phone behind the same letter is one: %s',
  (text) => {
    expect(findIdentifiers(text).map(({ kind }) => kind)).toContain('phone');
  },
);

test.each([
  ['Ring ⟦777 745 812⟧ in the morning.', '777 745 812'],
  ['Ring ⟦213 240 250⟧ in the morning.', '213 240 250'],
  ['Ring ⟦33 12 45 67⟧ in the morning.', '33 12 45 67'],
])('a telephone that the tagger alone took is believed, though its groups are near: %s', (template, phone) => {
  expect(believedOf(template, 'phone', ['en'])).toEqual([phone]);
});

test('a phone whose groups rise in equal steps is one', () => {
  const text = 'Appelez le 06 12 18 24 30 demain.';
  expect(findIdentifiers(text).map(({ start, end, kind }) => [text.slice(start, end), kind])).toEqual([
    ['06 12 18 24 30', 'phone'],
  ]);
});

describe('rows of small numbers, doses and bounds are no numbers of anybody', () => {
  it.each([
    'VAS 3 2 1 0',
    'Day 1 2 3 5 7 14 21',
    'Month 0 3 6 12 24 36',
    'Tanner stage 3 4',
    'Pain scale 8/10 at rest, 9/10 on exertion.',
    'COL3A1 c.1662+1G>A, exon 24/51',
    'SMA PSV 310 (norm < 275)',
    'Vit D3 1000 IU, then 5000 IU',
    'Exam\tRight\tLeft\nCFA\t112\t98\nSFA\t88\t0',
  ])('%s', (text) => {
    for (const language of ['en', 'de', 'fr', 'it', 'es', 'nl'])
      expect(findIdentifiers(text, { languages: [language] })).toEqual([]);
  });

  it('a Hungarian number has no fourth group', () => {
    expect(findIdentifiers('Seq 201 202 203 301').filter(({ certainty }) => certainty === 'certain')).toEqual([]);
    expect(findIdentifiers('TAJ 201 202 203').map(({ certainty }) => certainty)).toEqual(['certain']);
  });
});
