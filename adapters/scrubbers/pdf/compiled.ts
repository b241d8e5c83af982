import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { codeFolder, isBuilt, runtime } from '../built.ts';

/** What V8 compiled of WebAssembly is good for that V8 and its flags alone: there is a file for each set of flags that children are started with. */
const codeFile = (): string => join(codeFolder, codeName(process.execArgv.includes('--single-threaded')));
export const codeName = (isAlone: boolean): string =>
  `pdfium ${runtime} ${isAlone ? 'alone' : 'beside others'}.code`.replaceAll(' ', '-');

/**
 * Gives a module whose functions are all compiled, and to the last (see `cli/build-scrub.ts`); undefined where that was not built for this Node, this processor and the flags that this process was started with. A module is the
 * same with and without: only when its functions are compiled differs.
 */
export function compiledModule(wasm: Uint8Array): WebAssembly.Module | undefined {
  const file = codeFile();
  if (!isBuilt || !existsSync(file)) return undefined;
  return moduleOf(readFileSync(file), wasm);
}

/** Gives what V8 finds to be compiled code of its own, for these flags; undefined for anything else. */
export function moduleOf(code: Uint8Array<ArrayBuffer>, wasm: Uint8Array): WebAssembly.Module | undefined {
  const module = inside('(code, wasm) => %DeserializeWasmModule(code, wasm)', ownMemory(code), wasm);
  return module instanceof WebAssembly.Module ? module : undefined;
}

/** It is large: where it has a memory of its own already it is not copied. */
function ownMemory({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

/** Writes what is compiled of a module by now for later processes with the same flags. */
export function writeCompiled(module: WebAssembly.Module): void {
  writeFileSync(codeFile(), new Uint8Array(inside('(module) => %SerializeWasmModule(module)', module) as ArrayBuffer));
}

/** V8 keeps compiled code for browsers; to scripts it shows that by functions for its own tests, with a flag that is on for this call alone. */
function inside(script: string, ...given: unknown[]): unknown {
  setFlagsFromString('--allow-natives-syntax');
  try {
    return (runInThisContext(script) as (...given: unknown[]) => unknown)(...given);
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}
