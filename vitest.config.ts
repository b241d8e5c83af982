import { defineConfig } from 'vitest/config';

const elsewhere = ['**/*.system.test.ts', 'node_modules/**', 'dist/**'];
/** What keeps nothing between its tests. The four put something in a module's place, change the process, or look at one that has done nothing yet. */
const pure = '{domain,bot,adapters/scrubbers}/**/!(snapshot|vectors|as-pdf|slow-work).test.ts';
const patience = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Left to itself the runner leaves one processor of two idle.
    maxWorkers: '100%',
    projects: [
      {
        // Everything that needs no other software than the packages, but for what is pure.
        test: { name: 'unit', include: ['**/*.test.ts'], exclude: [pure, ...elsewhere], ...patience },
      },
      {
        // One process reads the lists, the models and PDFium once for all of these files, which takes half of the time away.
        test: { name: 'pure', include: [pure], exclude: elsewhere, isolate: false, ...patience },
      },
      {
        // What needs Debian packages: Chromium, poppler, qpdf. It fails where they are missing.
        test: {
          name: 'system',
          // The journeys run here too, where poppler must read what they scrubbed.
          include: ['**/*.system.test.ts', 'test/journeys/{slack,teams,mixed}.test.ts'],
          env: { POPPLER: '1' },
          exclude: ['node_modules/**', 'dist/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A browser on a busy machine is not there within a second.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
