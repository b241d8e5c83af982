import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../find.ts';

const found = (text: string, languages: readonly string[]) =>
  findIdentifiers(text, { languages }).map(({ start, end }) => text.slice(start, end));

describe('scores, scales and criteria that are called after a town stay', () => {
  it.each([
    ['en', 'On arrival Glasgow 15/15, pupils equal.'],
    ['en', 'Montreal Cognitive Assessment 26/30. The Oslo score was 3.'],
    ['en', 'Toronto classification type II; Edinburgh Claudication Questionnaire positive.'],
    ['en', 'Seattle Angina Questionnaire 70, Kansas City Cardiomyopathy Questionnaire 55.'],
    ['en', 'Ottawa ankle rules negative. New York criteria 2017. Helsinki declaration.'],
    ['de', 'Montréal-Klassifikation A2 L3. Gent-Kriterien erfüllt. Berliner Fragebogen auffällig.'],
    ['fr', 'Score de Genève 5, score de Glasgow 15, critères de Gand.'],
    ['fr', "Le patient est Glasgow 15 à l'arrivée."],
    ['fr', 'Classification de Vienne, Montréal A2 L3 B1.'],
    ['it', 'Criteri di Gand soddisfatti, classificazione di Montréal A2.'],
    ['es', 'Escala de Glasgow 15/15. Clasificación de Viena.'],
    ['nl', 'EMV 4-6-5. Glasgow schaal 15. Gent-criteria positief. Utrecht score 4.'],
  ])('%s: %s', (language, text) => {
    expect(found(text, [language])).toEqual([]);
  });

  it.each([
    ['en', 'She was seen in Oslo, score 3 of 5.', 'Oslo'],
    ['en', 'Referred from Toronto General Hospital with a score of 3.', 'Toronto General Hospital'],
    ['en', 'He was born in Glasgow 3 May 1980', 'Glasgow'],
    ['de', 'geboren in Hamburg 3. Mai 1980', 'Hamburg'],
    ['en', 'Home: Glasgow G15 8TG', 'Glasgow G15 8TG'],
    ['it', 'Ginevra test negativo ieri', 'Ginevra'],
    ['de', 'Wohnhaft in Wien, Skala nicht ausgefüllt', 'Wien'],
  ])('%s: but %s is where somebody is', (language, text, place) => {
    expect(found(text, [language]).join(' ')).toContain(place);
  });
});
