import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import { builtFile, builtFolder, codeFolder, runtime } from '../built.ts';
import { engineFlags } from '../flags.ts';
import { codeName, moduleOf } from './compiled.ts';
import { pdfiumWasm } from './pdfium.ts';

const flags = engineFlags(600 * 1024 * 1024, 'pdf');
const ways = [
  { isAlone: true, more: ['--single-threaded'] },
  { isAlone: false, more: [] },
] as const;
/** Only a process from a build uses it, and only for as long as that is of these sources. */
const isBuilt = builtFile('compile.cjs') !== undefined && existsSync(join(codeFolder, codeName(true)));
const tried = (more: readonly string[]) =>
  spawnSync(process.execPath, ['--no-warnings', ...flags, ...more, join(builtFolder, 'compile.cjs'), 'try']).status;

it.skipIf(!isBuilt).each(ways)('is taken by a process with the flags it was made with, alone: $isAlone', ({ more }) => {
  expect(tried(more)).toBe(0);
});

it.skipIf(!isBuilt)('is left by a process with other flags', () => {
  expect(tried(['--no-wasm-dynamic-tiering'])).toBe(1);
  const code = Uint8Array.from(readFileSync(join(codeFolder, codeName(true))));
  expect(moduleOf(code, pdfiumWasm())).toBeUndefined();
});

it('is nothing for bytes that no V8 wrote', () => {
  expect(moduleOf(new Uint8Array(4096), pdfiumWasm())).toBeUndefined();
  expect(moduleOf(new Uint8Array(0), pdfiumWasm())).toBeUndefined();
});

it('is called by what it is good for', () => {
  expect(codeName(true)).not.toBe(codeName(false));
  for (const { isAlone } of ways) expect(codeName(isAlone)).toContain(runtime.split(' ')[0]);
});

it('leaves the functions that V8 tests itself with out of reach', () => {
  moduleOf(new Uint8Array(16), pdfiumWasm());
  expect(() => runInThisContext('%GetUndetectable()')).toThrow(SyntaxError);
});
