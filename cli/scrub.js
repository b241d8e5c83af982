// The command `scrub` as it was built, else its source: to take the types off one file takes longer than all the rest of its start.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const built = new URL('../dist/scrub/scrub.cjs', import.meta.url);
if (existsSync(built)) createRequire(import.meta.url)('../dist/scrub/scrub.cjs');
else await import('./scrub.ts');
