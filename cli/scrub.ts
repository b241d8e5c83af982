// npm run --silent scrub -- FILE… -o OUT|DIR [--report R.json] [--known K.json] [--redact all|certain|none] [--flatten] [--no-ocr] [--dicom OPTION,…] [--key K.txt]
import { pathToFileURL } from 'node:url';
import { builtFile } from '../adapters/scrubbers/built.ts';

const built = builtFile('scrub-files.js');
const { main } = (await import(
  built ? pathToFileURL(built).href : './scrub-files.ts'
)) as typeof import('./scrub-files.ts');
process.exitCode = await main(process.argv.slice(2));
