import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directoryCommand } from './directory.ts';
import { roleCommand } from './role.ts';

let folder = '';
let printed = '';
const print = (text: string) => {
  printed += text;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cpms-cli-'));
  printed = '';
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const env = () => ({ DATA_DIR: folder });
const yaml =
  'countries: [{ code: BE, name: Belgium }]\nhcps:\n  - { code: A1, name: Hospital, city: City, country: BE, leads: [{ name: Lead, email: l@a.example }] }\ngroups: []\n';

describe('the directory command', () => {
  it('imports once, and then finds nothing to change', async () => {
    const path = file('d.yaml', yaml);
    expect(await directoryCommand(['import', path], env(), print)).toBe(0);
    printed = '';
    expect(await directoryCommand(['import', path], env(), print)).toBe(0);
    expect(printed).toBe('Done: 0 changes.\n');
  });

  it('writes nothing in a dry run', async () => {
    const path = file('d.yaml', yaml);
    await directoryCommand(['import', path, '--dry-run'], env(), print);
    printed = '';
    await directoryCommand(['import', path, '--dry-run'], env(), print);
    expect(printed).toContain('+ HCP A1');
  });

  it.each([
    ['d.yaml', 'countries: []\nhcps:\n  - { code: A1, name: H, city: C, country: BE, lead: [] }\ngroups: []\n', ':3:'],
    [
      'd.yaml',
      'countries: [{ code: BE, name: B }]\nhcps:\n  - { code: A1, name: H, city: C, country: BE }\n  - { code: A1, name: H, city: C, country: BE }\ngroups: []\n',
      ':4:',
    ],
    ['d.yaml', 'countries: [\n', ':'],
    [
      'd.csv',
      'type,code,name,city,country,email,role\ncountry,BE,Belgium\nperson,A9,Somebody,,,x@y.example,lead\n',
      ':3:',
    ],
    ['d.csv', 'type,code,colour\n', ':1:'],
  ])('names a mistake of %s with its line', async (name, text, line) => {
    expect(await directoryCommand(['import', file(name, text)], env(), print)).toBe(1);
    expect(printed).toContain(`${name}${line}`);
  });

  it('takes the role of a lead who is no longer in the file', async () => {
    await directoryCommand(['import', file('d.yaml', yaml)], env(), print);
    printed = '';
    await directoryCommand(
      ['import', file('e.yaml', yaml.replace('leads: [{ name: Lead, email: l@a.example }]', 'leads: []'))],
      env(),
      print,
    );
    expect(printed).toMatch(/no longer lead of A1/);
  });
});

describe('the role command', () => {
  it('prints a code for a new helpdesk person', async () => {
    expect(await roleCommand(['grant', 'helpdesk', '--email', 'h@x.example', '--name', 'H'], env(), print)).toBe(0);
    expect(printed).toMatch(/code \d{8}\n$/);
  });

  it.each([
    [['grant', 'wizard', '--email', 'h@x.example', '--name', 'H'], 1, 'There is no role'],
    [['grant', 'lead', '--email', 'h@x.example', '--name', 'H'], 1, '--hcp'],
    [['grant', 'helpdesk', '--email', 'nobody@x.example'], 1, '--name'],
    [['revoke', 'helpdesk', '--email', 'nobody@x.example'], 1, 'Nobody'],
    [['grant', 'helpdesk'], 2, 'npm run role'],
  ])('refuses %j', async (args, status, words) => {
    expect(await roleCommand(args, env(), print)).toBe(status);
    expect(printed).toContain(words);
  });
});
