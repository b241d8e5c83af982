import { expect, test } from 'vitest';
import { agents } from './addressed.ts';
import { readText } from './reading.ts';

const agentsIn = (text: string, language: string) =>
  agents(readText(text, [language])).map(({ start, end }) => text.slice(start, end));

test.each([
  ['fr', 'Le patient a été opéré par Settembrille en mars.', ['Settembrille']],
  ['fr', 'Indications du traitement par Nifurtimox : trois mois.', []],
  ['it', 'Il paziente è stato operato da Brambillasca ieri.', ['Brambillasca']],
  ['es', 'Mejora con el tratamiento por Benznidazolex en casa.', []],
])('who did it, and with what (%s): %s', (language, text, found) => {
  expect(agentsIn(text, language)).toEqual(found);
});
