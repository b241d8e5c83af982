// Builds the code that scrubs into few files of JavaScript, at every install and start: to load a hundred files of TypeScript takes longer than to scrub a hundred slices. Without it the sources are run.
import { rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { builtFile, builtFolder, builtList, root, sourceOf } from '../adapters/scrubbers/built.ts';

/** Packages with native code or files of their own. All others are built in: to find and load their hundreds of modules takes longer than many a file. */
const OUTSIDE = ['sharp', 'tesseract.js', 'dcmjs-codecs', 'heic-decode'];

async function build(): Promise<void> {
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    // Words are read from beside their code, which stays where it is.
    plugins: [
      {
        name: 'words-outside',
        enforce: 'pre',
        resolveId: (id) => (id.startsWith('../bot/') ? { id: `../${id}`, external: true } : undefined),
      },
    ],
    ssr: { noExternal: true, external: OUTSIDE },
    build: {
      ssr: true,
      outDir: builtFolder,
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      rollupOptions: {
        // It does not say of itself that what nobody calls may be left out.
        treeshake: { moduleSideEffects: (id) => !id.includes('/pdf-lib/') },
        input: [join(root, 'adapters/scrubbers/child.ts'), join(root, 'cli/scrub-files.ts')],
        // All in one folder, as deep as the sources' own: what is told from there is found from here.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const chunks = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const modules = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const own = modules.map((module) => relative(root, module)).filter((path) => /^(?:adapters|cli|domain)\//.test(path));
  // Last, for nothing is taken without it.
  await writeFile(builtList, JSON.stringify([...new Set(own), 'package-lock.json'].sort().map(sourceOf)));
}

if (!builtFile('child.js')) {
  await rm(builtFolder, { recursive: true, force: true });
  await build().catch(async () => {
    // A production install has no builder.
    await rm(builtFolder, { recursive: true, force: true });
  });
}
