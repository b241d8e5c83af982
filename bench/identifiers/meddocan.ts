// How identifiers are found in MEDDOCAN: node bench/identifiers/meddocan.ts [dev|train] [--corpus FOLDER] [--misses] [--tagger]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findIdentifiers } from '../../domain/identifiers/find.ts';
import { tagIdentifiers } from '../../domain/identifiers/tagger/tagger.ts';
import { corpusFolder, readMeddocan } from './corpora.ts';
import { describe, evaluate } from './evaluate.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: 'string', default: join(corpusFolder, 'text-es') },
    misses: { type: 'boolean', default: false },
    tagger: { type: 'boolean', default: false },
  },
});
const part = positionals[0] ?? 'dev';
const texts = await readMeddocan(join(values.corpus, part));
const figures = evaluate(texts, values.tagger ? tagIdentifiers : (text) => findIdentifiers(text));
console.log(
  describe(`MEDDOCAN ${part}${values.tagger ? ', the tagger alone' : ''}`, figures, { misses: values.misses }),
);
