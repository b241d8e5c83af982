import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The models that are installed, by Tesseract's codes (ISO 639-2/T). */
export type Model = 'eng' | 'fra' | 'deu' | 'ita' | 'spa' | 'nld' | 'ell' | 'bul';

/** The model for a language (BCP 47 primary). Where there is none of its own, one whose letters hold most of its. */
const MODELS: Readonly<Record<string, Model>> = {
  bg: 'bul',
  da: 'deu',
  de: 'deu',
  el: 'ell',
  en: 'eng',
  es: 'spa',
  et: 'deu',
  fi: 'deu',
  fr: 'fra',
  it: 'ita',
  nb: 'deu',
  nl: 'nld',
  nn: 'deu',
  no: 'deu',
  pt: 'spa',
  ro: 'fra',
  sv: 'deu',
};
const MOST = 3;

/**
 * Gives the models to read with, the first as the main one, for the languages (BCP 47) that are expected, the likeliest first. English always leads, for machines label in it
 * and its model is the strongest; with no language given French and German letters come along. At most three: each makes reading slower.
 */
export function modelsFor(languages: readonly string[] = []): readonly Model[] {
  const asked = languages.flatMap((language) => MODELS[language.toLowerCase().split('-')[0] ?? ''] ?? []);
  const wanted: Model[] = asked.length > 0 ? asked : ['deu', 'fra'];
  return [...new Set<Model>(['eng', ...wanted])].slice(0, MOST);
}

const resolve = createRequire(import.meta.url).resolve;

/** The folder that holds a model's gzipped file. Each model lies in a package of its own. */
export function modelFolder(model: Model): string {
  return resolve(`@tesseract.js-data/${model}/4.0.0_best_int/${model}.traineddata.gz`).replace(/[\\/][^\\/]*$/, '');
}

/** The gzipped file of a model. */
export function modelFile(model: Model): Promise<Buffer> {
  return readFile(`${modelFolder(model)}/${model}.traineddata.gz`);
}
