import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withTables } from './readme-tables.ts';

it('stand in the README as the tables say', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toBe(withTables(readme));
});
