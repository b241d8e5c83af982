import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { inTeams } from '../adapters/teams/deep-link.ts';
import { commands, parseCommand } from '../bot/commands.ts';
import { wordOfCommand } from '../bot/typed/command-words.ts';
import { languages } from '../bot/words.ts';
import { slackWordsIn } from './build.ts';
import { colorIcon, outlineIcon } from './icons.ts';
import { httpsOrigin, slackManifest } from './slack.ts';
import { type TeamsManifest, teamsManifest, teamsMistakes, teamsPackage } from './teams.ts';

const listed = commands.map(({ name, desk, unlisted = false }) => ({
  name,
  desk,
  unlisted,
  help: `Help for ${name}.`,
}));
const publicUrl = 'https://bot.network.example';

const ask = { title: 'Ask the helpdesk', description: 'Opens a question.' };

const teams = teamsManifest({
  publicUrl,
  ask,
  tab: 'Your page',
  appId: '11111111-2222-4333-8444-555555555555',
  version: '0.1.0',
  name: 'CPMS helper',
  description: 'Takes clinicians through CPMS 2.0',
  fullDescription: 'An independent project.',
  developer: {
    name: 'An operator',
    websiteUrl: publicUrl,
    privacyUrl: `${publicUrl}/privacy`,
    termsOfUseUrl: `${publicUrl}/terms`,
  },
  commands: listed,
});

describe('the Teams app', () => {
  test("meets Microsoft's schema, and asks for no more than it needs", () => {
    expect(teamsMistakes(teams)).toEqual([]);
    expect(teams).not.toHaveProperty('authorization');
    expect(teams).not.toHaveProperty('permissions');
    expect(teams.validDomains).toEqual(['bot.network.example']);
  });

  test("lists every public command of the table, and none of the helpdesk's", () => {
    for (const list of teams.bots[0]?.commandLists ?? [])
      expect(list.commands.map(({ title }) => title)).toEqual(
        commands.filter(({ desk, unlisted }) => !desk && !unlisted).map(({ name }) => name),
      );
    expect(teams.bots[0]?.commandLists.map(({ scopes }) => scopes)).toEqual([['personal'], ['team']]);
  });

  test.each<[string, object, string]>([
    ['an id that is none', { id: 'bot' }, '/id'],
    ['a name that is too long', { name: { short: 'x'.repeat(31) } }, '/name/short'],
    ['another version of the schema', { manifestVersion: '1.5' }, '/manifestVersion'],
    ['a word that the schema does not know', { surprise: true }, '/'],
    ['a website in no form', { developer: { ...teams.developer, websiteUrl: 'here' } }, '/developer/websiteUrl'],
    ['a list of scopes that do not exist', { bots: [{ ...teams.bots[0], scopes: ['world'] }] }, '/bots/0/scopes/0'],
  ])('%s is a mistake, and gives no package', (_, changes, place) => {
    const wrong = { ...teams, ...changes } as TeamsManifest;
    expect(teamsMistakes(wrong).some((mistake) => mistake.startsWith(`${place} `))).toBe(true);
    expect(() => teamsPackage(wrong)).toThrow('does not meet its schema');
  });

  test('has the personal tab where links from the chat lead', () => {
    expect(teams.staticTabs).toEqual([
      {
        entityId: 'page',
        name: 'Your page',
        contentUrl: 'https://bot.network.example/tab?theme={app.theme}&link={page.subPageId}',
        websiteUrl: 'https://bot.network.example/tab',
        scopes: ['personal'],
      },
    ]);
    const [link] =
      inTeams(
        {
          cards: [
            { title: 'x', body: [], buttons: [{ label: 'Open', url: `${publicUrl}/tab/a-token`, opens: 'tab' }] },
          ],
        },
        teams.id,
      ).cards?.[0]?.buttons ?? [];
    const url = new URL(link && 'url' in link ? link.url : '');
    expect(url.pathname).toBe(`/l/entity/${teams.id}/page`);
    expect(JSON.parse(url.searchParams.get('context') ?? '')).toEqual({ subEntityId: 'a-token' });
    expect(url.searchParams.get('webUrl')).toBe(`${publicUrl}/tab/a-token`);
  });

  test('the package holds manifest and icons at its root, and is the same each time', () => {
    const zip = teamsPackage(teams);
    const files = unzipSync(zip);
    expect(Object.keys(files).toSorted()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    expect(JSON.parse(new TextDecoder().decode(files['manifest.json']))).toEqual(teams);
    expect(Buffer.from(teamsPackage(teams)).equals(Buffer.from(zip))).toBe(true);
  });

  test('is shown in further languages, each with its words in the package', () => {
    const words = {
      name: 'Aide CPMS',
      description: 'Courte',
      fullDescription: 'Longue',
      commands: listed.map((one) => ({ ...one, help: `Aide pour ${one.name}.` })),
      ask: { title: 'Demander', description: 'Ouvre une question.' },
      tab: 'Votre page',
    };
    const localized = {
      ...teams,
      localizationInfo: { defaultLanguageTag: 'en', additionalLanguages: [{ languageTag: 'fr', file: 'fr.json' }] },
    };
    expect(() => teamsPackage(localized)).toThrow('no words');
    const files = unzipSync(teamsPackage(localized, { fr: words }));
    const french = JSON.parse(new TextDecoder().decode(files['fr.json'])) as Record<string, string>;
    // Every key but the schema's names a place that the manifest really has.
    for (const [path, text] of Object.entries(french).filter(([key]) => key !== '$schema')) {
      const place = path
        .split(/[.[\]]+/)
        .filter(Boolean)
        .reduce<unknown>((at, key) => Reflect.get(at as object, key), localized);
      expect({ path, type: typeof place }).toEqual({ path, type: 'string' });
      expect(text).not.toBe(place);
    }
    expect(french['bots[0].commandLists[1].commands[0].description']).toBe(`Aide pour ${listed[0]?.name}.`);
  });

  test('a thirteenth public command is said, not dropped', () => {
    const more = [...listed, { name: 'more', desk: false, help: 'x' }, { name: 'most', desk: false, help: 'x' }];
    const input = {
      appId: teams.id,
      version: '1.0.0',
      name: 'x',
      description: 'x',
      fullDescription: 'x',
      ask,
      tab: 'Page',
      developer: teams.developer,
    };
    expect(() => teamsManifest({ ...input, publicUrl, commands: more })).toThrow('12 commands');
    expect(() => teamsManifest({ ...input, publicUrl: 'http://bot.example', commands: [] })).toThrow('https');
  });
});

describe("Slack's manifest", () => {
  const slack = slackManifest({
    publicUrl: `${publicUrl}/`,
    name: 'CPMS helper',
    description: 'Takes clinicians through CPMS 2.0',
    commands: listed,
    slash: { cpms: 'x'.repeat(2500), desk: 'For the helpdesk' },
    shortcuts: [{ name: 'Ask', type: 'global', callback_id: 'ask', description: 'x'.repeat(200) }],
    scopes: ['commands', 'chat:write'],
    events: ['message.im'],
  });

  test('the shortcuts are there, with descriptions that Slack takes', () => {
    expect(slack.features.shortcuts).toEqual([
      { name: 'Ask', type: 'global', callback_id: 'ask', description: 'x'.repeat(150) },
    ]);
  });

  test('everything comes to one address', () => {
    const urls = JSON.stringify(slack).match(/https:[^"]+/g) ?? [];
    expect(new Set(urls)).toEqual(new Set([`${publicUrl}/slack/events`]));
    expect(urls).toHaveLength(5);
  });

  test('the hints name the commands, each with its own', () => {
    const [member, desk] = slack.features.slash_commands;
    expect(member).toMatchObject({ command: '/cpms' });
    expect(desk).toMatchObject({ command: '/cpms-desk' });
    for (const { name, desk: forDesk } of listed) {
      expect(member?.usage_hint.split(/[[\]| ]+/).includes(name)).toBe(!forDesk);
      expect(desk?.usage_hint.split(/[[\]| ]+/).includes(name)).toBe(forDesk);
    }
  });

  test('the scopes are the given ones, and no user scope', () => {
    expect(slack.oauth_config).toEqual({ scopes: { bot: ['commands', 'chat:write'] } });
  });

  test.each(languages)('in %s says everything within what Slack takes, by the words that are typed', (language) => {
    const words = slackWordsIn(language);
    const { features, display_information: shown } = slackManifest({ publicUrl, ...words, scopes: [], events: [] });
    expect(shown).toMatchObject({ name: words.name, description: words.description });
    expect(features.shortcuts).toEqual(words.shortcuts);
    const [cpms, desk] = features.slash_commands;
    expect([cpms?.description, desk?.description]).toEqual([words.slash.cpms, words.slash.desk]);
    for (const { name, desk: isDesk } of commands) {
      const typed = wordOfCommand(name, language);
      expect((isDesk ? desk : cpms)?.usage_hint.slice(1, -1).split(' | ')).toContain(typed);
      expect(parseCommand(typed)?.command.name).toBe(name);
    }
  });

  test('an app for several workspaces comes back to its page, and its tokens end', () => {
    const redirectUrl = `${publicUrl}/slack/oauth_redirect`;
    const several = slackManifest({
      publicUrl,
      name: 'x',
      description: 'x',
      commands: [],
      slash: { cpms: 'x', desk: 'x' },
      shortcuts: [],
      scopes: [],
      events: [],
      redirectUrl,
    });
    expect(several.oauth_config.redirect_urls).toEqual([redirectUrl]);
    expect(several.settings).toMatchObject({ org_deploy_enabled: true, token_rotation_enabled: true });
    expect(slack.settings).toMatchObject({ org_deploy_enabled: false, token_rotation_enabled: false });
  });
});

test.each(['http://bot.example', 'https://bot.example/path', 'https://bot.example/?x', 'bot.example'])(
  '%j is no public address',
  (url) => expect(() => httpsOrigin(url)).toThrow(/https|URL/),
);

describe('icons', () => {
  const read = (bytes: Uint8Array) => PNG.sync.read(Buffer.from(bytes));

  test('colour: 192 × 192 and opaque', () => {
    const { width, height, data } = read(colorIcon());
    expect([width, height]).toEqual([192, 192]);
    expect(data.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
  });

  test('outline: 32 × 32, white alone, on a transparent ground', () => {
    const { width, height, data } = read(outlineIcon());
    expect([width, height]).toEqual([32, 32]);
    const pixels = Array.from({ length: 32 * 32 }, (_, index) => [...data.subarray(index * 4, index * 4 + 4)]);
    const seen = pixels.filter(([, , , alpha]) => alpha !== 0);
    expect(seen.length).toBeGreaterThan(100);
    expect(seen.length).toBeLessThan(700);
    expect(seen.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
    expect(pixels[0]).toEqual([0, 0, 0, 0]);
  });
});
