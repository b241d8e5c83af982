import { readFileSync, writeFileSync } from 'node:fs';
import { commands } from '../bot/commands.ts';
import { wordsOf } from '../bot/words.ts';

const begin = '<!-- commands: npm run readme -->';
const end = '<!-- end of commands -->';

/** The README's table of commands, made from the command table itself: Markdown between its two marks. */
export function commandTable(): string {
  const say = wordsOf('en');
  const rows = commands.map(
    ({ name, words, desk }) =>
      `| \`${desk ? '/cpms-desk' : '/cpms'} ${say(`commands:${name}.usage`).replaceAll('|', '\\|')}\` | ${words.map((word) => `\`${word}\``).join(', ')} | ${say(`commands:${name}.help`)} |`,
  );
  return [begin, '', '| command | also | what it does |', '|---|---|---|', ...rows, '', end].join('\n');
}

/** A README with its command table as it should be. Throws where the marks are missing. */
export function withCommandTable(readme: string): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error('The README has no place for the command table.');
  return readme.slice(0, from) + commandTable() + readme.slice(to + end.length);
}

if (import.meta.main) writeFileSync('README.md', withCommandTable(readFileSync('README.md', 'utf8')));
