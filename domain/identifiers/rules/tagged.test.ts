import { expect, test } from 'vitest';
import { believedOf } from '../testing.ts';

test.each([
  ['⟦Triaje⟧. Llega traído por compañeros, sin alergias.', 'place'],
  ['Un varón. ⟦Varón 39a⟧ sin antecedentes, sin alergias.', 'address'],
  ['Trombosis de la subclavia. ⟦¿Puedo volver⟧ a cargar pacas en el almacén?', 'name'],
  ['Falta por firmar la hoja de ⟦estupefacientes⟧ del turno de noche.', 'place'],
  ['Le han puesto una endoprótesis, y le duelen las piernas al andar ⟦9 min⟧ o más.', 'date'],
  ['⟦EDUCACIÓN SANITARIA⟧. Calcetines sin costuras y agua templada.', 'place'],
] as const)('no place, name or date: %s', (template, kind) => {
  expect(believedOf(template, kind, ['es'], 'tagger')).toEqual([]);
});

test.each([
  ['País: ⟦España⟧. Ingreso por disnea y dolor.', 'place'],
  ['Localidad de la que viene: ⟦Cantabria⟧. Ingreso por disnea.', 'place'],
  ['Bajó andando de ⟦Zurrubasa⟧ y no le creyeron al llegar.', 'place'],
  ['Secuelas desde ⟦mayo⟧ y dolor al caminar.', 'date'],
] as const)('a place or a date: %s', (template, kind) => {
  expect(believedOf(template, kind, ['es'], 'tagger')).toHaveLength(1);
});

test.each([
  ['Dossier remis. Mention : ⟦Anormal⟧, contrôle demain.', 'name'],
  ['Vue avec le médecin du ⟦Centre universitaire⟧, à revoir.', 'institution'],
] as const)('nobody, and no house: %s', (template, kind) => {
  expect(believedOf(template, kind, ['fr'])).toEqual([]);
});

test.each([
  ['Vue avec le médecin du ⟦Centre universitaire Lavergnolle⟧, à revoir.', 'institution', 'fr'],
  ['Vorstellung in der Herzchirurgie.\nDr. ⟦Grosse⟧\n', 'name', 'de'],
] as const)('somebody, and a house: %s', (template, kind, language) => {
  expect(believedOf(template, kind, [language])).toHaveLength(1);
});
