// How identifiers are found in passages written by hand for this project by somebody who had not written the rules, marked before the finder saw them; all people and houses in them are invented.
// Those of 'unseen' are dense and strange on purpose, those of 'ordinary' the usual mixture of a hospital, those of 'others' the same in the seventeen languages beside the six. Of 'unseen' the odd passages of each language are looked at and mended by; of all others only the figure is read:
// node bench/identifiers/unseen.ts [--set unseen|ordinary|others] [--language de] [--misses] [--false]
import { readdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { findIdentifiers } from '../../domain/identifiers/find.ts';
import { type MarkedText, parsePassages } from './corpora.ts';
import { evaluate, type Figures, falseFindings, recall } from './evaluate.ts';

/** Marked, but no identifier that the finder promises: ages below 90, employers, professions, 'yesterday', hours, wards; 'NONE' is none at all, and reminds of that. */
const OUTSIDE: ReadonlySet<string> = new Set(['AGE', 'EMPLOYER', 'PROFESSION', 'DAY_WORD', 'TIME', 'WARD', 'SEX']);

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'unseen' },
    language: { type: 'string' },
    misses: { type: 'boolean', default: false },
    false: { type: 'boolean', default: false },
  },
});
const folder = new URL(`${values.set}/`, import.meta.url);
const languages = values.language ? [values.language] : (await readdir(folder)).map((file) => file.slice(0, 2)).sort();

async function passages(language: string): Promise<MarkedText[]> {
  const file = await readFile(new URL(`${language}.txt`, folder), 'utf8');
  return parsePassages(file, language).map(({ id, text, marks }) => ({
    id,
    text,
    marks: marks.filter(({ kind }) => kind !== 'NONE').map((mark) => ({ ...mark, core: !OUTSIDE.has(mark.kind) })),
  }));
}

const percent = (share: number) => `${(share * 100).toFixed(1)}`.padStart(6);
const row = (figures: Figures) => {
  const core = figures.kinds.filter((kind) => kind.core);
  return `${String(figures.documents).padStart(4)}${String(core.reduce((sum, { marks }) => sum + marks, 0)).padStart(6)}${percent(recall(core))} ${percent(figures.otherMasked)} ${percent(figures.withoutLeak)}`;
};

console.log('        odd passages                     even passages');
console.log('       n marks recall  other  tight     n marks recall  other  tight');
const seen: [MarkedText[], MarkedText[]] = [[], []];
for (const language of languages) {
  const all = await passages(language);
  const halves = [1, 0].map((rest) => all.filter((_, index) => (index + 1) % 2 === rest)) as typeof seen;
  const [odd, even] = halves.map((half) => evaluate(half, findIdentifiers)) as [Figures, Figures];
  for (const [at, half] of halves.entries()) seen[at]?.push(...half);
  console.log(`${language}  ${row(odd)}  ${row(even)}`);
  if (values.misses)
    for (const { id, kind, context } of odd.missed.filter(({ kind }) => !OUTSIDE.has(kind)))
      console.log(`    left: ${kind} ${id}: ${context}`);
  if (values.false)
    for (const line of falseFindings(
      all.filter((_, index) => index % 2 === 0),
      findIdentifiers,
    ))
      console.log(`    false: ${line}`);
}
if (languages.length > 1)
  console.log(`all ${seen.map((half) => ` ${row(evaluate(half, findIdentifiers))}`).join(' ')}`);
