// The command `scrub` as it was built, else its source: to take the types off one file takes longer than all the rest of its start.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

// Children are given permissions that older ones do not know: every file would be refused as if it were at fault.
const NODE = 24;
if (Number.parseInt(process.versions.node, 10) < NODE) {
  console.error(
    `This needs Node ${NODE}, which ‘npm ci’ brings: start it with ‘npm run --silent scrub -- FILE… -o OUT’.`,
  );
  process.exit(1);
}

const built = new URL('../dist/scrub/scrub.cjs', import.meta.url);
if (existsSync(built)) createRequire(import.meta.url)('../dist/scrub/scrub.cjs');
else await import('./scrub.ts');
