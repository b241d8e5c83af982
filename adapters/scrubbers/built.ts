import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the project: two folders up from here, and from where this is built into. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));
/** Where the code of the child processes, and of the command that starts them, is built into few files. */
export const builtFolder: string = join(root, 'dist/scrub');
/** Where the code of PDFium as V8 compiled it lies, which outlives a build. */
export const codeFolder: string = join(root, 'dist/pdfium');
export const builtList: string = join(builtFolder, 'built.json');

/** A source as it was when it was built: its path from the root, its size and when it was last written. */
type Source = readonly [path: string, bytes: number, writtenMs: number];

/** Of what it was built; paths and a runtime's own structures stand in a snapshot, which is good for no other. */
export interface Built {
  readonly sources: readonly Source[];
  readonly root: string;
  readonly runtime: string;
}

/** Takes the paths of the sources, from the root; gives what is to be written to the list. */
export function builtOf(paths: readonly string[]): Built {
  return { sources: paths.map(sourceOf), root, runtime };
}

/** A Node that something was built for. */
export const runtime: string = `${process.version} ${process.platform} ${process.arch}`;

function sourceOf(path: string): Source {
  const { size, mtimeMs } = statSync(join(root, path));
  return [path, size, mtimeMs];
}

function freshList(): Built | undefined {
  try {
    const list = JSON.parse(readFileSync(builtList, 'utf8')) as Built;
    const isFresh = list.sources.every(([path, bytes, writtenMs]) => {
      const now = sourceOf(path);
      return now[1] === bytes && now[2] === writtenMs;
    });
    return isFresh && list.sources.length > 0 ? list : undefined;
  } catch {
    return undefined;
  }
}

/** What is built runs only for as long as one command: it is looked at once. */
export const isBuilt: boolean = fileURLToPath(import.meta.url).startsWith(join(builtFolder, '/'));
let found: { readonly list: Built | undefined } | undefined;

function fresh(): Built | undefined {
  if (!isBuilt) return freshList();
  found ??= { list: freshList() };
  return found.list;
}

/** Gives a built file where it is there and made of the sources as they are now; undefined otherwise: then the sources themselves are run, which takes a fifth of a second longer to start. */
export function builtFile(name: string): string | undefined {
  return fresh() && join(builtFolder, name);
}

/** What a child may begin with (`node --snapshot-blob`): its code compiled and its tables built for this kind of file. */
export const snapshots = ['dicom', 'pdf'] as const;
export type Snapshot = (typeof snapshots)[number];

/** Gives the file of a snapshot where it was made of the sources as they are now, here, and by the Node that runs; undefined otherwise. */
export function builtSnapshot(kind: Snapshot): string | undefined {
  const list = fresh();
  const file = join(builtFolder, snapshotFile(kind));
  return list && list.root === root && list.runtime === runtime && existsSync(file) ? file : undefined;
}

export const snapshotFile = (kind: Snapshot): string => `${kind}.blob`;
