// npm run --silent scrub -- FILE… -o OUT|DIR [--report R.json] [--known K.json] [--redact all|certain|none] [--flatten] [--no-ocr] [--dicom OPTION,…] [--key K.txt]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { builtFile, root } from '../adapters/scrubbers/built.ts';

const load = createRequire(import.meta.url);
const { main } = load(
  builtFile('scrub-files.cjs') ?? join(root, 'cli/scrub-files.ts'),
) as typeof import('./scrub-files.ts');
void main(process.argv.slice(2)).then((code) => {
  // Once all is said: nothing is left to be put in order, which takes as long as two slices.
  process.stderr.write('', () => process.exit(code));
});
