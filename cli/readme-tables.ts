import { readFileSync, writeFileSync } from 'node:fs';
import { botScopes } from '../adapters/slack/install/scopes.ts';
import { commands } from '../bot/commands.ts';
import { wordsOf } from '../bot/words.ts';

/** The README's table of commands, made from the command table itself. */
function commandTable(): readonly string[] {
  const say = wordsOf('en');
  const rows = commands.map(
    ({ name, words, desk }) =>
      `| \`${desk ? '/cpms-desk' : '/cpms'} ${say(`commands:${name}.usage`).replaceAll('|', '\\|')}\` | ${words.map((word) => `\`${word}\``).join(', ')} | ${say(`commands:${name}.help`)} |`,
  );
  return ['| command | also | what it does |', '|---|---|---|', ...rows];
}

/** The README's table of the Slack app's scopes, as the manifest asks for them. */
function scopeTable(): readonly string[] {
  const rows = botScopes.map(({ scope, reason }) => `| \`${scope}\` | ${reason} |`);
  return ['| scope | why |', '|---|---|', ...rows];
}

/** A README with its tables as they should be, each between its two marks. Throws where marks are missing. */
export function withTables(readme: string): string {
  return between(between(readme, 'commands', commandTable()), 'scopes', scopeTable());
}

function between(readme: string, name: string, table: readonly string[]): string {
  const [begin, end] = [`<!-- ${name}: npm run readme -->`, `<!-- end of ${name} -->`];
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The README has no place for the table of ${name}.`);
  return readme.slice(0, from) + [begin, '', ...table, '', ''].join('\n') + readme.slice(to);
}

if (import.meta.main) writeFileSync('README.md', withTables(readFileSync('README.md', 'utf8')));
