import { expect, test } from 'vitest';
import { findIdentifiers } from '../../find.ts';
import { readText } from '../reading.ts';
import { countriesTold } from './dwelling.ts';

const found = (text: string, language: string): string[] =>
  findIdentifiers(text, { languages: [language] }).map(({ start, end }) => text.slice(start, end));

test.each([
  ['fr', 'Le patient vient de Zurlange deux fois par semaine.', 'Zurlange'],
  ['it', 'Il paziente vive da solo a Zoppolano con il cane.', 'Zoppolano'],
  ['nl', 'Meneer is afkomstig uit Zwirpeveen en werkt daar.', 'Zwirpeveen'],
  ['es', 'El paciente es vecino de Zurrapuerta y vive solo.', 'Zurrapuerta'],
])('where somebody lives or comes from, of no list: %s', (language, text, place) => {
  expect(found(text, language)).toContain(place);
});

test('where somebody lives, in a text without capitals', () => {
  const text = 'visto oggi in ambulatorio, abita a zoppolano e vuole tornare al lavoro, lesione del primo dito';
  expect(found(text, 'it')).toContain('zoppolano');
  expect(found(text.replace('a zoppolano', 'a casa'), 'it')).toEqual([]);
});

test('places by how they are put together', () => {
  expect(found('Convoqué avec sa fille de Zurlange-le-Château.', 'fr')).toContain('Zurlange-le-Château');
  expect(found('Il padre è di Aci Zoppolano e la madre no.', 'it').join()).toContain('Aci Zoppolano');
});

test('countries behind a preposition, and not those in which their languages are spoken', () => {
  expect(found('Patiente réfugiée, retour du Mali au printemps.', 'fr')).toContain('Mali');
  expect(found('De man komt net uit Somalië en spreekt geen Nederlands.', 'nl')).toContain('Somalië');
  expect(countriesTold(readText('Cette maladie est rare en France.', ['fr']))).toEqual([]);
});

test('departments of France behind a preposition', () => {
  expect(found('La maison du handicap de l’Aveyron a répondu.'.replace('’', "'"), 'fr')).toContain('Aveyron');
});
