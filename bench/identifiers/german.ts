// How identifiers are found in made-up German letters and notes: node bench/identifiers/german.ts [--count N] [--seed N] [--misses] [--rules] [--print]
import { parseArgs } from 'node:util';
import { findIdentifiers } from '../../domain/identifiers/find.ts';
import { merge } from '../../domain/identifiers/merge.ts';
import { readText } from '../../domain/identifiers/rules/reading.ts';
import { ruledSpans } from '../../domain/identifiers/rules/rules.ts';
import { describe, evaluate } from './evaluate.ts';
import { germanTexts } from './german-texts.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '20' },
    misses: { type: 'boolean', default: false },
    rules: { type: 'boolean', default: false },
    print: { type: 'boolean', default: false },
  },
});
const find = (text: string) => (values.rules ? merge(ruledSpans(readText(text))) : findIdentifiers(text));
const texts = germanTexts(Number(values.count), Number(values.seed));
if (values.print) for (const { text } of texts) console.log(`${text}\n${'-'.repeat(60)}`);
console.log(describe(`German texts, seed ${values.seed}`, evaluate(texts, find), { misses: values.misses }));
