import { expect, test } from 'vitest';
import { findIdentifiers } from '../../find.ts';

const found = (text: string, language: string): string[] =>
  findIdentifiers(text, { languages: [language] }).map(({ start, end }) => text.slice(start, end));

test.each([
  ['it', 'Cammina bene, un po’ di febbre il 7. Chiedo di mandare le foto.', '7'],
  ['fr', 'La lymphocèle a été ponctionnée le 15 par moi-même.', '15'],
  ['nl', 'De hiel is bekeken op 16 en 18 april en is beter.', '16'],
  ['nl', 'Sinds half oktober wrijft hij over zijn kuit.', 'half oktober'],
  ['it', 'Aspettare l’estate del 2025 mi pare azzardato.', 'estate del 2025'],
  ['fr', 'Il voudrait marcher mieux avant la Saint-Guénolé.', 'Saint-Guénolé'],
])('days and parts of the year: %s, %s', (language, text, date) => {
  expect(found(text, language)).toContain(date);
});

test('no beds, no measures', () => {
  expect(found('Il reste dans le lit, boit le 5 % de glucose, et le 15 mg est arrêté.', 'fr')).toEqual([]);
  expect(found('Nella stanza il 5% di glucosio e il 10 mg di farmaco.', 'it')).toEqual([]);
});
