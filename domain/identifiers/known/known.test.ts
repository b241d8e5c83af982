import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findKnown } from './known.ts';
import { findPhrase } from './phrase.ts';

const found = (text: string, names: readonly string[]) =>
  findKnown(text, { names }).map(({ start, end }) => text.slice(start, end));

describe('a known name', () => {
  it.each([
    ['as it is typed', 'Jiří Novák', 'Seen today: Jiří Novák, well.', 'Jiří Novák'],
    ['in capitals without accents', 'Jiří Novák', 'PATIENT NOVAK JIRI', 'NOVAK JIRI'],
    ['the surname alone', 'Jiří Novák', 'Then Novák went home.', 'Novák'],
    ['inflected, Czech', 'Jiří Novák', 'Zpráva o Novákovi a jeho léčbě.', 'Novákovi'],
    ['the female form, Czech', 'Jiří Novák', 'Přišla paní Nováková s manželem.', 'Nováková'],
    ['inflected, Polish', 'Jan Kowalski', 'Badanie Kowalskiego wykonano wczoraj.', 'Kowalskiego'],
    ['inflected, Finnish', 'Matti Virtanen', 'Potilas Virtasen leikkaus siirrettiin.', 'Virtasen'],
    ['inflected, Hungarian', 'Nagy Katalin', 'Találkoztunk Katalinnal a rendelőben.', 'Katalinnal'],
    ['with a genitive s', 'Anna Lindqvist', 'Lindqvists operation gick bra.', 'Lindqvists'],
    ['with an apostrophe', 'John Tatterwick', "Tatterwick's aorta was measured.", 'Tatterwick'],
    ['with an ending in capitals', 'Ahmet Yılmaz', "AHMET YILMAZ'IN SONUÇLARI", "AHMET YILMAZ'IN"],
    ['umlauts written out', 'Jürgen Schröder', 'Herr Schroeder war da.', 'Schroeder'],
    ['Greek in Latin letters', 'Γεώργιος Παπαδόπουλος', 'Mr Papadopoulos was seen.', 'Papadopoulos'],
    ['Latin in Cyrillic letters', 'Georgi Dimitrov', 'Пациентът Димитров постъпи.', 'Димитров'],
    ['letters apart', 'Jan Kowalski', 'K o w a l s k i, Jan', 'K o w a l s k i, Jan'],
    ['broken over a line', 'Jan Kowalski', 'Seen: Kowal-\nski today.', 'Kowal-\nski'],
    ['a soft hyphen within', 'Jan Kowalski', 'Seen: Kowal\u00adski today.', 'Kowal\u00adski'],
    ['between carets, as messages and DICOM have it', 'José María Peña', 'Peña^José María', 'Peña^José María'],
    ['misread by a machine', 'Jan Kowalski', 'KOWA1SKI JAN', 'KOWA1SKI JAN'],
    [
      'read once with a small letter',
      'Carmen Velde',
      'Velde, carmen. Seen: Carmen and well. To Carmen at home.',
      'Carmen Carmen',
    ],
    ['one letter wrong', 'Philippa Tatterwick', 'Mrs Taterwick came.', 'Taterwick'],
  ])('is found %s', (_, name, text, expected) => {
    expect(found(text, [name]).join(' ')).toContain(expected);
  });

  it.each([
    ['a word of the language, in small letters', ['Peter Groß'], 'Die Aorta ist groß und der Befund klein.'],
    ['part of a longer word', ['Ana Mar'], 'El paciente con Marfan fue visto ayer.'],
    ['a month', ['Karl Mai'], 'Die Kontrolle ist im Mai 2021 geplant.'],
    ['another name of the same beginning', ['Jan Kowalski'], 'Doctor Kowacs signed the letter.'],
  ])('is not %s', (_, names, text) => {
    expect(found(text, names)).toEqual([]);
  });

  it('is found as it is typed, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Philippa Tatterwick', 'Grzegorz Brzęczyszczykiewicz', 'Ελένη Παππά', 'Ágnes Szabó'),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        (name, before, after) => {
          const text = `${before}\n${name}.\n${after}`;
          const from = before.length + 1;
          const covered = findKnown(text, { names: [name] })
            .filter(({ start, end }) => start < from + name.length && end > from)
            .reduce((sum, { start, end }) => sum + Math.min(end, from + name.length) - Math.max(start, from), 0);
          expect(covered).toBeGreaterThanOrEqual(name.replaceAll(' ', '').length);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a known birth date', () => {
  it.each([
    '12.04.1963',
    '12. 4. 63',
    '12/04/1963',
    '04/12/1963',
    '4/12/63',
    '1963-04-12',
    '1963.04.12.',
    '19630412',
    '12 . 04 . 1963',
    '12.IV.1963',
    '12 April 1963',
    'April 12th, 1963',
    '12 avril 1963',
    '12° aprile 1963',
    '1963. gada 12. aprīlī',
    '12 de abril de 1963',
    '12. dubna 1963',
    '12 kwietnia 1963',
    '1963. április 12.',
    '1963 m. balandžio 12 d.',
    '12 Απριλίου 1963',
    '12 април 1963',
    '12. huhtikuuta 1963',
    'the twelfth of April nineteen sixty-three',
    'douze avril mil neuf cent soixante-trois',
    'doce de abril de mil novecientos sesenta y tres',
  ])('is found as %s', (form) => {
    const text = `Born: ${form}, seen.`;
    const spans = findKnown(text, { names: [], birthDate: '1963-04-12' });
    expect(spans.map(({ rule }) => rule)).toEqual(['known-birth-date']);
    const [{ start, end } = { start: 0, end: 0 }] = spans;
    expect(text.slice(start, end).replace(/[.,\s]+$/, '')).toContain(form.replace(/^the |[. ]+(?:d\.)?$/g, ''));
  });

  it.each(['13.04.1963', '12.05.1963', '12.04.1962', '112.04.19631', '12 May 1963'])('is not %s', (other) => {
    expect(findKnown(`Seen ${other}, well.`, { names: [], birthDate: '1963-04-12' })).toEqual([]);
  });
});

describe('a known number', () => {
  it.each(['4711-0815', '47110815', '4711 0815', '4711.0815', '004711 0815', '47I1O815', '4711-\n0815'])(
    'is found as %s',
    (form) => {
      const spans = findKnown(`No. ${form} seen`, { names: [], numbers: ['4711-0815'] });
      expect(spans.map(({ rule }) => rule)).toEqual(['known-number']);
    },
  );

  it('is not found within a longer one', () => {
    expect(findKnown('Ref 9471108153', { names: [], numbers: ['47110815'] })).toEqual([]);
  });
});

it('gives spans that lie in the text, apart and in order, whatever was typed and whatever is read', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 120 });
  fc.assert(
    fc.property(
      anything,
      fc.array(fc.string({ unit: 'grapheme', maxLength: 130 }), { maxLength: 4 }),
      anything,
      (text, names, number) => {
        const words = text + names.join(' ');
        let last = 0;
        for (const { start, end } of findKnown(words, { names, numbers: [number], birthDate: '1963-04-12' })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(words.length);
          last = end;
        }
      },
    ),
    { numRuns: 150 },
  );
});

it('ends soon with hostile names and texts', () => {
  const names = ['('.repeat(500), 'a'.repeat(500), '.*.*.*.*', 'a-a-a-a-a-a-a-a-a-a-a-a'];
  for (const unit of ['a', 'a ', 'a-\n', '1 ', '. '])
    expect(findKnown(unit.repeat(20_000), { names, numbers: ['1 1 1 1 1'] }).length).toBeGreaterThanOrEqual(0);
});

describe('a phrase', () => {
  it('is found whatever its case, accents, hyphens and line ends', () => {
    const text = 'Clinique Saint-Exupéry; CLINIQUE SAINT EXUPERY; clinique saint-\nexu\u00adpéry.';
    expect(findPhrase(text, 'clinique saint exupery')).toHaveLength(3);
  });

  it('is not found where there is no letter in it', () => {
    expect(findPhrase('a . b', '.')).toEqual([]);
  });
});
