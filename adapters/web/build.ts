import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const here = import.meta.dirname;
const root = path.join(here, '../..');
const dist = path.join(root, 'dist/web');
const STAMP = '.sources';

/** Everything that the built pages are made from. */
const sources = [
  path.join(here, 'pages'),
  path.join(here, 'vite.config.ts'),
  path.join(root, 'bot/view.ts'),
  path.join(root, 'bot/fallback.ts'),
  path.join(root, 'bot/pages/pages.ts'),
  path.join(root, 'domain/documents.ts'),
  path.join(root, 'domain/decider.ts'),
  path.join(root, 'domain/shades.ts'),
  path.join(root, 'domain/stacks.ts'),
  path.join(root, 'domain/identifiers/spans.ts'),
  path.join(root, 'package-lock.json'),
];

async function filesOf(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (entries === undefined) return [place];
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** A hash over names and contents of the pages' sources: the same sources give the same stamp on every machine. */
async function stampOf(): Promise<string> {
  const hash = createHash('sha256');
  const words = (await filesOf(path.join(root, 'bot/locales'))).filter((file) => path.basename(file) === 'pages.json');
  const files = [...(await Promise.all(sources.map(filesOf))).flat(), ...words].sort();
  for (const file of files) {
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes) hash.update(`${path.relative(root, file)} ${bytes.byteLength}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** Puts a compressed copy beside each script and style: what is served a thousand times is compressed once. */
async function compress(folder: string): Promise<void> {
  const assets = (await filesOf(path.join(folder, 'assets'))).filter((file) => /\.(js|css|svg)$/.test(file));
  for (const file of assets) await writeFile(`${file}.gz`, await promisify(gzip)(await readFile(file), { level: 9 }));
}

/** Puts a built folder in the place of the last one, whole: another process may serve from there, or build the same pages. Where it cannot, the last one stays, and it throws. */
async function putInPlace(built: string): Promise<void> {
  const old = `${built}.old`;
  await rename(dist, old).catch(() => undefined);
  try {
    await rename(built, dist);
  } catch (error) {
    // Where another was quicker, its pages are these.
    const theirs = await readFile(path.join(dist, STAMP)).catch(() => undefined);
    await rm(built, { recursive: true, force: true });
    if (theirs === undefined) {
      await rename(old, dist).catch(() => undefined);
      throw error;
    }
  }
  await rm(old, { recursive: true, force: true });
}

/**
 * Builds the pages when their sources are not those of the last build. Gives what it did: 'fresh' (nothing to do), 'built',
 * 'kept' (stale or unknown, but there is no builder here, as in a production install, and pages are there), 'missing' (no builder
 * and no pages). Throws what the builder throws.
 */
export async function buildPages(): Promise<'fresh' | 'built' | 'kept' | 'missing'> {
  const stamp = await stampOf();
  const last = await readFile(path.join(dist, STAMP), 'utf8').catch(() => undefined);
  if (last === stamp) return 'fresh';
  const vite = await import('vite').catch(() => undefined);
  if (vite === undefined) {
    const page = await readFile(path.join(dist, 'upload.html')).catch(() => undefined);
    return page ? 'kept' : 'missing';
  }
  // Whatever the caller runs as (a test, a developer's shell), the pages are built to be served.
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  const built = `${dist}-${process.pid}`;
  await mkdir(built, { recursive: true });
  try {
    const build = { outDir: built, emptyOutDir: true };
    await vite.build({ configFile: path.join(here, 'vite.config.ts'), logLevel: 'warn', build });
    await compress(built);
    await writeFile(path.join(built, STAMP), stamp);
    await putInPlace(built);
  } catch (error) {
    await rm(built, { recursive: true, force: true });
    throw error;
  } finally {
    if (mode === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = mode;
  }
  return 'built';
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // An install must not fail for the pages: the start builds them again, and says why it cannot.
  const ifPossible = process.argv.includes('--if-possible');
  const outcome = await buildPages().catch((error: unknown) => {
    if (!ifPossible) throw error;
    process.stderr.write('The pages could not be built now; npm start tries again.\n');
    return 'failed' as const;
  });
  if (outcome === 'built') process.stdout.write('The pages are built.\n');
  if (outcome === 'missing')
    process.stderr.write(
      'The pages are not built, and the tool that builds them is not installed here. Build them where the development dependencies are (npm ci), and bring the folder dist/web along.\n',
    );
}
