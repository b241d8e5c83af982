// Builds the code that scrubs into few files of JavaScript, at every install and start: to load a hundred files of TypeScript takes longer than to scrub a hundred slices. Without it the sources are run.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';
import {
  builtFile,
  builtFolder,
  builtList,
  builtOf,
  codeFolder,
  root,
  runtime,
  snapshotFile,
  snapshots,
} from '../adapters/scrubbers/built.ts';
import { engineFlags } from '../adapters/scrubbers/flags.ts';
import { codeName } from '../adapters/scrubbers/pdf/compiled.ts';

/** Packages with native code or files of their own. All others are built in: to find and load their hundreds of modules takes longer than many a file. */
const OUTSIDE = ['sharp', 'tesseract.js', 'dcmjs-codecs', 'heic-decode'];
const ENTRIES = [
  ...['child', 'snapshot', 'warm', 'compile'].map((name) => `adapters/scrubbers/${name}.ts`),
  ...['scrub', 'scrub-files'].map((name) => `cli/${name}.ts`),
];
/** A snapshot serves children of any bound of memory. */
const CHILD_BYTES = 600 * 1024 * 1024;
/** What was compiled of it is good for no other. */
const PDFIUM = relative(root, fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')));
/** Of a list; what is smaller stays in the code. */
const LARGE = 10_000;

/** Words are read from beside their code, which stays where it is. */
const wordsOutside: Plugin = {
  name: 'words-outside',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('../bot/') ? { id: `../${id}`, external: true } : undefined),
};

/** The sentences stay in their files, which are found from where their code is built into. */
const sentencesOutside: Plugin = {
  name: 'sentences-outside',
  enforce: 'pre',
  transform: (code, id) =>
    id === join(root, 'bot/words.ts') ? code.replace("'./locales/'", "'../../bot/locales/'") : undefined,
};

/** Lists are read as data: as a part of the code they would take twice as long to read, and their text would be held for good. */
const listsOutside: Plugin = {
  name: 'lists-outside',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.json') || !id.startsWith(join(root, '/'))) return undefined;
    const text = readFileSync(id, 'utf8');
    if (text.length < LARGE) return undefined;
    const handle = this.emitFile({ type: 'asset', name: basename(id), source: JSON.stringify(JSON.parse(text)) });
    return {
      code: `import { readFileSync } from 'node:fs';\nexport default JSON.parse(readFileSync(\`\${__dirname}/import.meta.LIST_${handle}\`, 'utf8'));`,
      moduleType: 'js',
    };
  },
  renderChunk(code) {
    return code
      .replace(/import\.meta\.LIST_([\w$-]+)/g, (_, handle: string) => this.getFileName(handle))
      .replace(/[^\0-\xff]/g, escaped);
  },
};

/** Code of which every character fits a byte takes half the memory. */
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

async function build(): Promise<void> {
  const { build } = await import('vite');
  const common = { configFile: false, root, logLevel: 'error' } as const;
  const built = await build({
    ...common,
    plugins: [wordsOutside, listsOutside],
    ssr: { noExternal: true, external: OUTSIDE },
    build: {
      ssr: true,
      ssrEmitAssets: true,
      outDir: builtFolder,
      emptyOutDir: true,
      assetsDir: '',
      target: 'node22',
      minify: false,
      rollupOptions: {
        // It does not say of itself that what nobody calls may be left out.
        treeshake: { moduleSideEffects: (id) => !id.includes('/pdf-lib/') },
        input: ENTRIES.map((path) => join(root, path)),
        // All in one folder, as deep as the sources' own: what is told from there is found from here. A snapshot can hold no other modules than these.
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
        },
      },
    },
  });
  // What words a refusal: a module, since it waits for its catalogue.
  const worded = await build({
    ...common,
    plugins: [sentencesOutside],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: builtFolder,
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      rollupOptions: {
        input: join(root, 'bot/upload/refused-words.ts'),
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  const chunks = [built, worded].flat().flatMap((one) => ('output' in one ? one.output : []));
  const modules = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const own = modules
    .map((module) => relative(root, module))
    .filter((path) => /^(?:adapters|bot|cli|domain)\//.test(path));
  await Promise.all([snap(), compile()]);
  // Last, for nothing is taken without it.
  await writeFile(builtList, JSON.stringify(builtOf([...new Set(own), 'package-lock.json', PDFIUM].sort())));
}

/** What children begin with. Where it cannot be made they begin with the code. */
async function snap(): Promise<void> {
  const made = snapshots.map((kind) => {
    const flags = engineFlags(CHILD_BYTES, kind);
    const file = join(builtFolder, snapshotFile(kind));
    const asked = ['--no-warnings', ...flags, '--snapshot-blob', file, '--build-snapshot'];
    return promisify(execFile)(process.execPath, [...asked, join(builtFolder, 'snapshot.cjs'), kind]);
  });
  await Promise.allSettled(made);
}

/**
 * What children have of PDFium compiled from the start: to compile it takes each of them a fifteenth of what a hundred small files take. That is half of a minute's work here, and so it is kept for as long as PDFium, the runtime
 * and the flags are the same. It is tried by a process like theirs, and goes where that ends badly.
 */
async function compile(): Promise<void> {
  await mkdir(codeFolder, { recursive: true });
  const wasm = createHash('sha256')
    .update(readFileSync(join(root, PDFIUM)))
    .digest('hex');
  const made = [true, false].map(async (isAlone) => {
    const flags = [...engineFlags(CHILD_BYTES, 'pdf'), ...(isAlone ? ['--single-threaded'] : [])];
    const run = (what: string) =>
      promisify(execFile)(process.execPath, ['--no-warnings', ...flags, join(builtFolder, 'compile.cjs'), what]);
    const file = join(codeFolder, codeName(isAlone));
    const of = JSON.stringify({ wasm, runtime, flags });
    const isKept = existsSync(`${file}.of`) && readFileSync(`${file}.of`, 'utf8') === of;
    await rm(`${file}.of`, { force: true });
    await (isKept ? Promise.resolve() : run('make'))
      .then(() => run('try'))
      .then(() => writeFile(`${file}.of`, of))
      .catch(() => rm(file, { force: true }));
  });
  await Promise.all(made);
}

if (!builtFile('child.cjs')) {
  await rm(builtFolder, { recursive: true, force: true });
  await build().catch(async () => {
    // A production install has no builder.
    await rm(builtFolder, { recursive: true, force: true });
  });
}
