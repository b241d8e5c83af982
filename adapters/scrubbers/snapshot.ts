// What a startup snapshot is made of (node --build-snapshot): a child that begins with it has its code compiled and its tables built. It is given the kind of file to be ready for.
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction, constants } from 'node:vm';
import type { Snapshot } from './built.ts';

type Load = (id: string) => unknown;

const here = dirname(fileURLToPath(import.meta.url));
const loaded = new Map<string, { exports: unknown }>();
let outside: Load | undefined;

/** Modules of a snapshot are held by itself: Node's own loader cannot be in one. What was not loaded when it was made is read when it is asked for. */
function load(id: string): unknown {
  if (isBuiltin(id)) return process.getBuiltinModule(id);
  if (!id.startsWith('./')) {
    outside ??= createRequire(join(here, 'child.cjs'));
    return outside(id);
  }
  const path = join(here, id);
  const known = loaded.get(path);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(path, module);
  const run = compileFunction(readFileSync(path, 'utf8'), ['exports', 'require', 'module', '__filename', '__dirname'], {
    filename: path,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  run.call(module.exports, module.exports, load, module, path, here);
  return module.exports;
}

load('./child.cjs');
// What a child talks to its parent with, which Node loads when that begins.
load('node:child_process');
void (load('./warm.cjs') as typeof import('./warm.ts')).warm(process.argv[2] as Snapshot);
