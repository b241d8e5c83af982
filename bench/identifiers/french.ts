// How identifiers are found in French hospital snippets: node bench/identifiers/french.ts [--corpus FILE] [--misses] [--rules] [--part odd|even]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findIdentifiers } from '../../domain/identifiers/find.ts';
import { merge } from '../../domain/identifiers/merge.ts';
import { readText } from '../../domain/identifiers/rules/reading.ts';
import { ruledSpans } from '../../domain/identifiers/rules/rules.ts';
import { corpusFolder, readSnippets } from './corpora.ts';
import { describe, evaluate } from './evaluate.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(corpusFolder, 'text-fr', 'templates-first-half.txt') },
    misses: { type: 'boolean', default: false },
    rules: { type: 'boolean', default: false },
    part: { type: 'string' },
  },
});
const find = (text: string) => (values.rules ? merge(ruledSpans(readText(text))) : findIdentifiers(text));
const texts = await readSnippets(values.corpus);
const parts = values.part ? [values.part] : ['odd', 'even'];
for (const part of parts) {
  const chosen = texts.filter((_, index) => (index % 2 === 0) === (part === 'odd'));
  console.log(describe(`French snippets, the ${part} ones`, evaluate(chosen, find), { misses: values.misses }));
}
