import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        // Everything that needs no other software than the packages.
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: ['**/*.system.test.ts', 'node_modules/**', 'dist/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
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
          fileParallelism: false,
        },
      },
    ],
  },
});
