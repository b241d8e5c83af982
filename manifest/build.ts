import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redirectPath } from '../adapters/slack/config.ts';
import { shortcuts } from '../adapters/slack/incoming/shortcut-table.ts';
import { botEvents, botScopes } from '../adapters/slack/install/scopes.ts';
import { commands } from '../bot/commands.ts';
import { wordOfCommand } from '../bot/typed/command-words.ts';
import { languages, wordsOf } from '../bot/words.ts';
import { environmentHere } from '../config.ts';
import { httpsOrigin, type SlackManifestInput, slackManifest } from './slack.ts';
import { type TeamsWords, teamsManifest, teamsPackage } from './teams.ts';

const folder = 'dist/manifest';

/**
 * Writes what an administrator installs, from the command table and the public address: Slack's manifests, one for each language, and, where TEAMS_APP_ID
 * is given, the Teams app package, checked against its schema. Gives the paths. Throws where the address is missing or not https.
 */
function buildManifests(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const publicUrl = env['PUBLIC_URL'];
  if (!publicUrl) throw new Error('PUBLIC_URL is missing: the address that Slack and Teams reach this server at.');
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const english = wordsIn('en');
  const { name } = english;
  mkdirSync(folder, { recursive: true });
  const paths: string[] = [];
  const write = (file: string, content: string | Uint8Array) => {
    const path = join(folder, file);
    writeFileSync(path, content);
    paths.push(path);
  };
  const asText = (manifest: object) => `${JSON.stringify(manifest, null, 2)}\n`;
  const redirectUrl = `${httpsOrigin(publicUrl)}${redirectPath}`;
  for (const language of languages) {
    const input = {
      publicUrl,
      ...slackWordsIn(language),
      scopes: botScopes.map(({ scope }) => scope),
      events: [...botEvents],
    };
    const ending = language === 'en' ? 'json' : `${language}.json`;
    write(`slack.${ending}`, asText(slackManifest({ ...input, redirectUrl })));
    write(`slack-one-workspace.${ending}`, asText(slackManifest(input)));
  }
  if (env['TEAMS_APP_ID']) {
    const others = languages.filter((language) => language !== 'en');
    const developer = {
      name,
      websiteUrl: publicUrl,
      privacyUrl: `${publicUrl}/privacy`,
      termsOfUseUrl: `${publicUrl}/privacy`,
    };
    write(
      'teams.zip',
      teamsPackage(
        teamsManifest({ ...english, publicUrl, appId: env['TEAMS_APP_ID'], version, developer, languages: others }),
        Object.fromEntries(others.map((language) => [language, wordsIn(language)])),
      ),
    );
  }
  return paths;
}

/** What Slack shows of the app itself, in one language: its manifest knows no more than one, whatever its reader's is. */
export function slackWordsIn(
  language: string,
): Pick<SlackManifestInput, 'name' | 'description' | 'commands' | 'slash' | 'shortcuts'> {
  const say = wordsOf(language);
  const { name, description, commands: listed } = wordsIn(language);
  return {
    name,
    description,
    commands: listed.map((command) => ({ ...command, name: wordOfCommand(command.name, language) })),
    slash: { cpms: say('manifest:slash.cpms'), desk: say('manifest:slash.desk') },
    shortcuts: shortcuts.map(({ id, type }) => ({
      name: say(`manifest:shortcuts.${id}.name`),
      type,
      callback_id: id,
      description: say(`manifest:shortcuts.${id}.description`),
    })),
  };
}

function wordsIn(language: string): TeamsWords {
  const say = wordsOf(language);
  return {
    name: say('manifest:name'),
    description: say('manifest:description'),
    fullDescription: say('manifest:full-description'),
    commands: commands.map(({ name, desk, unlisted = false }) => ({
      name,
      desk,
      unlisted,
      help: say(`commands:${name}.help`),
    })),
    tab: say('tab:link.title'),
    ask: { title: say('manifest:ask.title'), description: say('manifest:ask.description') },
  };
}

if (import.meta.main) {
  try {
    const env = environmentHere();
    for (const path of buildManifests(env)) process.stdout.write(`${path}\n`);
    if (!env['TEAMS_APP_ID']) process.stdout.write('No Teams package: TEAMS_APP_ID is not set.\n');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
