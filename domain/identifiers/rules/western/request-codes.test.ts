import { expect, test } from 'vitest';
import { findIdentifiers } from '../../find.ts';
import { readText } from '../reading.ts';
import { requestCodes } from './request-codes.ts';

const found = (text: string, language: string): string[] =>
  findIdentifiers(text, { languages: [language] }).map(({ start, end }) => text.slice(start, end));

test.each([
  ['it', 'Inviato sangue, cod. campione LDS-00912 al laboratorio.', 'LDS-00912'],
  ['it', 'Il paziente è in reparto, richiesta T-8812 in corso.', 'T-8812'],
  ['nl', 'De patiënt staat onder trombosedienstnummer 40-2281-7 bekend.', '40-2281-7'],
  ['nl', 'Verwissel de dossiers 660812 en 660913 niet.', '660913'],
  ['es', 'La lámina llegó con muestra ADN-3391-24 sin rotular.', 'ADN-3391-24'],
  ['fr', 'Le dossier est à revoir, A-77120, avant la sortie.', 'A-77120'],
])('numbers of samples, requests and files: %s, %s', (language, text, number) => {
  expect(found(text, language)).toContain(number);
});

test('no numbers of ontologies, no measures and no ranges', () => {
  expect(
    requestCodes(readText('Variant HP-0001/22, tension 120-150, code couleur rouge, examen 12.5 normal.', ['fr'])),
  ).toEqual([]);
});
