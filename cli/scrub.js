// The command `scrub` as it was built, else its source: to take the types off one file takes longer than all the rest of its start.
import { existsSync } from 'node:fs';

const built = new URL('../dist/scrub/scrub.cjs', import.meta.url);
await import(existsSync(built) ? built.href : './scrub.ts');
