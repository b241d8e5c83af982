// What a finder of identifiers must leave: sentences of rare vascular diseases without any identifier, in the six languages of the interface and ten more: diseases and signs named after people, operations, devices, drugs, genes,
// measurements, literature; and tables of laboratories, measurements and statistics. Prints the share that is masked: node bench/identifiers/clinical.ts [--language de] [--all]
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { findIdentifiers } from '../../domain/identifiers/find.ts';
import { type MarkedText, parsePassages } from './corpora.ts';
import { evaluate, falseFindings } from './evaluate.ts';

const { values } = parseArgs({
  options: { language: { type: 'string' }, all: { type: 'boolean', default: false } },
});
const folder = new URL('clinical/', import.meta.url);
const languages = values.language ? [values.language] : (await readdir(folder)).map((file) => file.slice(0, 2)).sort();
for (const language of languages) {
  const written = await readFile(new URL(`${language}.txt`, folder), 'utf8');
  const lines = written.split('\n').filter((line) => line !== '');
  // Each sentence by itself, where little says which language it is, and all of them as one text.
  const apart = lines.map((text, index) => ({ id: `${language}-${index + 1}`, text, marks: [] }));
  const whole = [{ id: language, text: written, marks: [] }];
  const file = new URL(`tables/${language}.txt`, import.meta.url);
  const tables = existsSync(file) ? parsePassages(await readFile(file, 'utf8'), `${language}-table`) : [];
  const share = (texts: readonly MarkedText[]) =>
    `${(evaluate(texts, findIdentifiers).otherMasked * 100).toFixed(2)} %`;
  const found = falseFindings(apart, findIdentifiers);
  console.log(
    `${language}: ${lines.length} sentences; masked ${share(apart)} one by one, ${share(whole)} as one text${tables.length > 0 ? `, ${share(tables)} of ${tables.length} tables` : ''}`,
  );
  if (values.all)
    for (const line of [...found, ...falseFindings(whole, findIdentifiers), ...falseFindings(tables, findIdentifiers)])
      console.log(`    ${line}`);
}
