// How identifiers are found in letters, notes and messages written by hand for this project, all of them invented: node bench/identifiers/letters.ts [--language de] [--misses]
import { readdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { findIdentifiers } from '../../domain/identifiers/find.ts';
import { parsePassages } from './corpora.ts';
import { describe, evaluate } from './evaluate.ts';

/** Marked, but no identifier that the finder promises: ages below 90, employers, professions, 'yesterday', hours, wards, countries. */
const OUTSIDE: ReadonlySet<string> = new Set(['AGE', 'EMPLOYER', 'DAY_WORD', 'PROFESSION', 'WARD', 'TIME', 'COUNTRY']);

const { values } = parseArgs({
  options: { language: { type: 'string' }, misses: { type: 'boolean', default: false } },
});
const folder = new URL('letters/', import.meta.url);
const languages = values.language ? [values.language] : (await readdir(folder)).map((file) => file.slice(0, 2)).sort();
for (const language of languages) {
  const file = await readFile(new URL(`${language}.txt`, folder), 'utf8');
  const texts = parsePassages(file, language).map((letter) => ({
    ...letter,
    marks: letter.marks.map((mark) => ({ ...mark, core: !OUTSIDE.has(mark.kind) })),
  }));
  console.log(describe(`Letters, ${language}`, evaluate(texts, findIdentifiers), values));
}
