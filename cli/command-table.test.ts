import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withCommandTable } from './command-table.ts';

it('stands in the README as the command table says', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toBe(withCommandTable(readme));
});
