import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../find.ts';
import { readText } from './reading.ts';
import { isEnglishWord } from './vocabulary.ts';

describe('everyday words of English', () => {
  const reading = readText('Functions Bodies Stopping Bases Angiography Zwölf Okonkwo Baker Mark');
  const words = reading.tokens.filter((token) => isEnglishWord(reading, token)).map(({ folded }) => folded);

  it('are known in their forms, and those that names are written like are none', () => {
    expect(words).toEqual(['functions', 'bodies', 'stopping', 'bases', 'angiography']);
  });

  it('are none in a text of another language', () => {
    const german = readText('Der Arzt und die Patientin sind mit dem Verlauf zufrieden. Functions');
    expect(isEnglishWord(german, german.tokens.at(-1) as never)).toBe(false);
  });
});

describe('headings', () => {
  it.each([
    'Hello World',
    'My Bar Chart',
    'Top Six Functions',
    'Levy Liability',
    'MR Angiography of the Aorta',
    'PR Interval 160 ms',
    'HR Manager',
    'Kaplan-Meier Curve',
    'Crawford Extent II',
    'Loeys-Dietz-Syndrom',
    'Store Name\tSales Region',
    'Early Surgery in Loeys-Dietz Syndrome',
    'Hospital Course: stable with Ectopia Lentis and Pectus Excavatum.',
    'Genetic Testing (p.Cys1361Tyr), Heterozygous',
    'Dies gilt für alle. Darin steht mehr vom Recht des Bundes und des Landes nach Abs. 2 bis 4 des Gesetzes.',
  ])('%s', (text) => {
    expect(findIdentifiers(text)).toEqual([]);
  });

  it('are no names in Spanish either, where no sentence is', () => {
    const text =
      'La paciente fue vista por el equipo y no tuvo dolor en los días siguientes.\nMedida\tValor\tUnidad\tComentario\nMensajes clave\n';
    expect(findIdentifiers(text)).toEqual([]);
  });

  it.each([
    ['MR. Angus Carmichael', 'Angus Carmichael'],
    ['She lives at Flat 2, 14 Wharf Road, Leeds LS1 4AP, with her mother.', 'Flat 2'],
    ['Anna Sparrow', 'Anna Sparrow'],
    ['12 des 2020: kontroll hos lege, og han var frisk', '12 des 2020'],
  ])('%s: %s', (text, written) => {
    expect(findIdentifiers(text).map(({ start, end }) => text.slice(start, end))).toEqual(
      expect.arrayContaining([expect.stringContaining(written)]),
    );
  });
});
