// Makes the tagger's models again: node cli/train-tagger.ts [--only cases|free-text] [--corpus FOLDER] [--seed N] [--out FOLDER] [--folds N] [--without NAME]
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  corpusFolder,
  type MarkedText,
  parsePassages,
  readMeddocan,
  readSnippets,
} from '../bench/identifiers/corpora.ts';
import { describe, evaluate } from '../bench/identifiers/evaluate.ts';
import { readText } from '../domain/identifiers/rules/reading.ts';
import { cluesOf } from '../domain/identifiers/tagger/clues.ts';
import { type Lesson, learn } from '../domain/identifiers/tagger/learn.ts';
import { type ModelFile, pack, unpack } from '../domain/identifiers/tagger/model.ts';
import { tagWith } from '../domain/identifiers/tagger/tagger.ts';
import { lessonOf, passageLessonOf } from './tagger-corpora.ts';
import { lessonsOf } from './tagger-lessons.ts';
import { tableLessons } from './tagger-tables.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    corpus: { type: 'string', default: corpusFolder },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join(import.meta.dirname, '../domain/identifiers/tagger') },
    /** Also learns the model of cases this many times without a part of the French snippets, to see what they are worth to each other. */
    folds: { type: 'string', default: '0' },
    /** Passages ('de-2') that the model of free text does not learn but is measured by, alone; it is not written then. */
    without: { type: 'string' },
  },
});
const seed = Number(values.seed);
/** The languages of the interface. */
const six: ReadonlySet<string> = new Set(['de', 'en', 'es', 'fr', 'it', 'nl']);
const about =
  'Weights of a linear-chain conditional random field over hashed features; no word can be read in it. Made by `npm run train-tagger`.';
const snippets = await readSnippets(join(values.corpus, 'text-fr/templates-first-half.txt'));
if (values.only !== 'free-text') await makeCases();
if (values.only !== 'cases') await makeFreeText();

/** The model of cases: MEDDOCAN, French snippets and generated letters in all languages; it knows no list. */
async function makeCases(): Promise<void> {
  const [train, dev, generated] = await Promise.all([
    readMeddocan(join(values.corpus, 'text-es/train')),
    readMeddocan(join(values.corpus, 'text-es/dev')),
    generatedLessons(),
  ]);
  const modelOf = (french: readonly MarkedText[]): ModelFile => {
    const real = french.map(lessonOf);
    const weights = learn([...train.map(lessonOf), ...real, ...real, ...real, ...generated], {
      seed,
      epochs: 5,
      minTexts: 5,
      dropout: 0.1,
      rate: 0.1,
      progress,
    });
    return pack(
      weights,
      {
        about,
        attribution:
          'Learned from the train part of MEDDOCAN (Marimon et al. 2019, Plan de Impulso de las Tecnologías del Lenguaje, CC BY 4.0, https://creativecommons.org/licenses/by/4.0/), from the first half of the templates of eds-pseudo (Assistance Publique – Hôpitaux de Paris, BSD-3-Clause), and from generated letters.',
      },
      { clip: 2, most: 64_000, leastWeight: 0.04 },
    );
  };
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
  await write('model.json', file);
}

/**
 * The model of free text: passages in all languages of the network, French snippets, generated letters and tables of measurements in the six of the interface, with what the lists have of their words.
 */
async function makeFreeText(): Promise<void> {
  const folder = join(import.meta.dirname, 'tagger-passages');
  const names = (await readdir(folder)).filter((file) => file.endsWith('.txt')).sort();
  const passages = await Promise.all(
    names.map(async (file) => parsePassages(await readFile(join(folder, file), 'utf8'), basename(file, '.txt'))),
  );
  const isHeld = ({ id }: MarkedText) => values.without !== undefined && id.startsWith(values.without);
  const written = passages.flat();
  const lessons = [
    ...(await generatedLessons((language) => (six.has(language) ? 200 : 0))),
    ...tableLessons(seed, 40),
    ...snippets.map(lessonOf),
    ...written.filter((passage) => !isHeld(passage)).map((passage) => ({ ...passageLessonOf(passage), times: 4 })),
  ];
  const clues = (text: string) => cluesOf([...readText(text).languages]);
  const weights = learn(
    lessons.map((lesson) => ({ ...lesson, clues: clues(lesson.text) })),
    { seed, epochs: 4, minTexts: 3, dropout: 0.2, rate: 0.1, progress },
  );
  const file = pack(
    weights,
    {
      about,
      attribution:
        'Learned from passages written for this project, from the first half of the templates of eds-pseudo (Assistance Publique – Hôpitaux de Paris, BSD-3-Clause), and from generated letters.',
    },
    { clip: 2, most: 64_000, leastWeight: 0.04 },
  );
  const held = written.filter(isHeld);
  if (held.length === 0) return write('free-text.json', file);
  const model = unpack(file);
  console.log(
    describe(
      `${values.without}, the tagger alone`,
      evaluate(held, (text) => tagWith(model, text, 0.5, clues(text))),
    ),
  );
}

function progress(epoch: number, loss: number): void {
  console.log(`  pass ${epoch}: loss ${loss.toFixed(4)} a token`);
}

async function write(name: string, file: ModelFile): Promise<void> {
  const path = join(values.out, name);
  await writeFile(path, `${JSON.stringify(file, null, 2)}\n`);
  console.log(`${path}: ${Math.round(JSON.stringify(file).length / 1024)} KiB`);
}

/** Generated letters: of every language as many as its templates say, or as many as are asked for. */
async function generatedLessons(shareOf?: (language: string) => number): Promise<Lesson[]> {
  const folder = join(import.meta.dirname, 'tagger-templates');
  const names = (await readdir(folder)).filter((name) => /^[a-z]{2}\.json$/.test(name)).sort();
  const languages = await Promise.all(
    names.map(async (name) => ({
      language: basename(name, '.json'),
      templates: JSON.parse(await readFile(join(folder, name), 'utf8')),
    })),
  );
  return languages.flatMap(({ language, templates }, index) =>
    lessonsOf(language, templates, seed * 1000 + index, shareOf?.(language) ?? templates.share ?? 300),
  );
}
