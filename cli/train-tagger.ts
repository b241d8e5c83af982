// Makes the tagger's model again: node cli/train-tagger.ts [--corpus FOLDER] [--seed N] [--out FILE] [--folds N]
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpusFolder, type MarkedText, readMeddocan, readSnippets } from '../bench/identifiers/corpora.ts';
import { describe, evaluate } from '../bench/identifiers/evaluate.ts';
import { type Lesson, learn } from '../domain/identifiers/tagger/learn.ts';
import { type ModelFile, pack, unpack } from '../domain/identifiers/tagger/model.ts';
import { tagWith } from '../domain/identifiers/tagger/tagger.ts';
import { lessonOf } from './tagger-corpora.ts';
import { lessonsOf } from './tagger-lessons.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: corpusFolder },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join(import.meta.dirname, '../domain/identifiers/tagger/model.json') },
    /** Also learns this many times without a part of the French snippets, to see what they are worth to each other. */
    folds: { type: 'string', default: '0' },
  },
});
const seed = Number(values.seed);
const about = {
  about:
    'Weights of a linear-chain conditional random field over hashed features; no word can be read in it. Made by `npm run train-tagger`.',
  attribution:
    'Learned from the train part of MEDDOCAN (Marimon et al. 2019, Plan de Impulso de las Tecnologías del Lenguaje, CC BY 4.0, https://creativecommons.org/licenses/by/4.0/), from the first half of the templates of eds-pseudo (Assistance Publique – Hôpitaux de Paris, BSD-3-Clause), and from generated letters.',
};

const [train, dev, snippets, generated] = await Promise.all([
  readMeddocan(join(values.corpus, 'text-es/train')),
  readMeddocan(join(values.corpus, 'text-es/dev')),
  readSnippets(join(values.corpus, 'text-fr/templates-first-half.txt')),
  generatedLessons(),
]);
const folds = Number(values.folds);
for (let fold = 0; fold < folds; fold++) {
  const held = snippets.filter((_, index) => index % folds === fold);
  const model = unpack(modelOf(snippets.filter((_, index) => index % folds !== fold)));
  console.log(
    describe(
      `French snippets, part ${fold + 1} held out`,
      evaluate(held, (text) => tagWith(model, text)),
    ),
  );
}
const file = modelOf(snippets);
const model = unpack(file);
console.log(
  describe(
    'MEDDOCAN dev, the tagger alone',
    evaluate(dev, (text) => tagWith(model, text)),
  ),
);
await writeFile(values.out, `${JSON.stringify(file, null, 2)}\n`);
console.log(`${values.out}: ${Math.round(JSON.stringify(file).length / 1024)} KiB`);

function modelOf(french: readonly MarkedText[]): ModelFile {
  const real = french.map(lessonOf);
  const lessons = [...train.map(lessonOf), ...real, ...real, ...real, ...generated];
  const weights = learn(lessons, {
    seed,
    epochs: 5,
    minTexts: 5,
    dropout: 0.1,
    rate: 0.1,
    progress: (epoch, loss) => console.log(`  pass ${epoch}: loss ${loss.toFixed(4)} a token`),
  });
  return pack(weights, about, { clip: 2, most: 64_000, leastWeight: 0.04 });
}

async function generatedLessons(): Promise<Lesson[]> {
  const folder = join(import.meta.dirname, 'tagger-templates');
  const names = (await readdir(folder)).filter((name) => /^[a-z]{2}\.json$/.test(name)).sort();
  const languages = await Promise.all(
    names.map(async (name) => ({
      language: basename(name, '.json'),
      templates: JSON.parse(await readFile(join(folder, name), 'utf8')),
    })),
  );
  return languages.flatMap(({ language, templates }, index) =>
    lessonsOf(language, templates, seed * 1000 + index, templates.share ?? 300),
  );
}
