import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { zipSync } from 'fflate';
import { colorIcon, outlineIcon } from './icons.ts';
import { httpsOrigin, type ManifestCommand } from './slack.ts';

/** What is said in one language. */
export interface TeamsWords {
  readonly name: string;
  readonly description: string;
  readonly fullDescription: string;
  readonly commands: readonly ManifestCommand[];
  /** The message extension: its title in a message's menu (32 characters), and what it does (128). */
  readonly ask: { readonly title: string; readonly description: string };
  /** The name of the personal tab. */
  readonly tab: string;
}

export interface TeamsManifestInput extends TeamsWords {
  /** https, without a path. */
  readonly publicUrl: string;
  /** The bot's Microsoft App ID, a GUID; the app goes by the same. */
  readonly appId: string;
  /** Raised whenever the manifest changes (semver), or Teams keeps the old one. */
  readonly version: string;
  readonly developer: {
    readonly name: string;
    readonly websiteUrl: string;
    readonly privacyUrl: string;
    readonly termsOfUseUrl: string;
  };
  /** Further languages that the app is shown in, by tag (BCP 47). */
  readonly languages?: readonly string[];
}

export type TeamsManifest = ReturnType<typeof teamsManifest>;

const schemaVersion = '1.30';
const schemaUrl = `https://developer.microsoft.com/json-schemas/teams/v${schemaVersion}/MicrosoftTeams.schema.json`;
const localizationSchemaUrl = schemaUrl.replace('.schema.json', '.Localization.schema.json');
/** The id of the personal tab, by which links lead into it (adapters/teams/deep-link.ts). */
const tabEntity = 'page';
/** Teams shows no more of a list. */
const mostCommands = 12;

/**
 * The manifest of the Teams app (schema 1.30) as plain data: one bot, in private and in teams, files in private, and one message extension on a message. The helpdesk's commands
 * are in no list, as lists go by scope and not by role. No resource-specific consent is asked for: messages that do not mention
 * the bot never arrive. Throws for an address that is not https, and for more than twelve public commands.
 */
export function teamsManifest(input: TeamsManifestInput) {
  const listed = listedOf(input);
  if (listed.length > mostCommands) throw new Error(`Teams lists ${mostCommands} commands, not ${listed.length}`);
  const origin = httpsOrigin(input.publicUrl);
  return {
    $schema: schemaUrl,
    manifestVersion: schemaVersion,
    version: input.version,
    id: input.appId,
    developer: input.developer,
    name: { short: input.name, full: input.name },
    description: { short: input.description, full: input.fullDescription },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0F5C63',
    defaultInstallScope: 'personal',
    bots: [
      {
        botId: input.appId,
        scopes: ['personal', 'team'],
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: [
          { scopes: ['personal'], commands: listed },
          { scopes: ['team'], commands: listed },
        ],
      },
    ],
    staticTabs: [
      {
        entityId: tabEntity,
        name: input.tab,
        // What stands in braces is filled in by Teams ('Get context for your tab').
        contentUrl: `${origin}/tab?theme={app.theme}&link={page.subPageId}`,
        websiteUrl: `${origin}/tab`,
        scopes: ['personal'],
      },
    ],
    composeExtensions: [
      {
        botId: input.appId,
        commands: [
          {
            // What the bot reads: `composeExtension/fetchTask` with this command.
            id: 'ask',
            type: 'action',
            context: ['message'],
            fetchTask: true,
            ...input.ask,
          },
        ],
      },
    ],
    ...(input.languages?.length
      ? {
          localizationInfo: {
            defaultLanguageTag: 'en',
            additionalLanguages: input.languages.map((languageTag) => ({ languageTag, file: `${languageTag}.json` })),
          },
        }
      : {}),
    validDomains: [new URL(origin).host],
  };
}

/**
 * A localisation file of the app package: the words of the manifest in another language, by their place in it. The commands' names stay: they are
 * what is typed, in every language.
 */
function teamsLocalization(words: TeamsWords): Readonly<Record<string, string>> {
  const commands = listedOf(words).flatMap(({ description }, index) =>
    [0, 1].map((list) => [`bots[0].commandLists[${list}].commands[${index}].description`, description] as const),
  );
  return {
    $schema: localizationSchemaUrl,
    'name.short': words.name,
    'name.full': words.name,
    'description.short': words.description,
    'description.full': words.fullDescription,
    ...Object.fromEntries(commands),
    'staticTabs[0].name': words.tab,
    'composeExtensions[0].commands[0].title': words.ask.title,
    'composeExtensions[0].commands[0].description': words.ask.description,
  };
}

function listedOf({ commands }: TeamsWords): readonly { readonly title: string; readonly description: string }[] {
  return commands
    .filter(({ desk, unlisted }) => !desk && !unlisted)
    .map(({ name, help }) => ({ title: name, description: help.slice(0, 4_000) }));
}

/**
 * What Microsoft's schema has against a manifest: a line for each mistake, none where it is right. The schema is of JSON Schema draft 4; it
 * uses none of the words that later drafts changed, so a validator of a later draft reads it rightly.
 */
export function teamsMistakes(manifest: unknown): string[] {
  const text = readFileSync(new URL(`./schema/teams-v${schemaVersion}.json`, import.meta.url), 'utf8');
  const { $schema: _draft, ...schema } = JSON.parse(text) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { uri: (value: string) => URL.canParse(value) } });
  const validate = ajv.compile(schema);
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message ?? ''}`);
}

/**
 * The app package: a zip with manifest, icons and the words of the further languages at its root. The same input gives the same bytes. Throws, naming every
 * mistake, where the schema is not met, and where a language has no words.
 */
export function teamsPackage(manifest: TeamsManifest, words: Readonly<Record<string, TeamsWords>> = {}): Uint8Array {
  const mistakes = teamsMistakes(manifest);
  if (mistakes.length > 0) throw new Error(`The Teams manifest does not meet its schema: ${mistakes.join('; ')}`);
  const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
  const translations = (manifest.localizationInfo?.additionalLanguages ?? []).map(({ languageTag, file }) => {
    const inLanguage = words[languageTag];
    if (!inLanguage) throw new Error(`The Teams manifest names ${languageTag}, and there are no words in it`);
    return [file, json(teamsLocalization(inLanguage))] as const;
  });
  return zipSync(
    {
      'manifest.json': json(manifest),
      ...Object.fromEntries(translations),
      'color.png': colorIcon(),
      'outline.png': outlineIcon(),
    },
    { level: 9, mtime: new Date(1980, 0, 1, 12) },
  );
}
