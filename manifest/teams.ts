import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { zipSync } from 'fflate';
import { colorIcon, outlineIcon } from './icons.ts';
import { httpsOrigin, type ManifestCommand } from './slack.ts';

export interface TeamsManifestInput {
  /** https, without a path. */
  readonly publicUrl: string;
  /** The bot's Microsoft App ID, a GUID; the app goes by the same. */
  readonly appId: string;
  /** Raised whenever the manifest changes (semver), or Teams keeps the old one. */
  readonly version: string;
  readonly name: string;
  readonly description: string;
  readonly fullDescription: string;
  readonly developer: {
    readonly name: string;
    readonly websiteUrl: string;
    readonly privacyUrl: string;
    readonly termsOfUseUrl: string;
  };
  readonly commands: readonly ManifestCommand[];
}

export type TeamsManifest = ReturnType<typeof teamsManifest>;

const schemaVersion = '1.30';
const schemaUrl = `https://developer.microsoft.com/json-schemas/teams/v${schemaVersion}/MicrosoftTeams.schema.json`;
/** Teams shows no more of a list. */
const mostCommands = 12;

/**
 * The manifest of the Teams app (schema 1.30) as plain data: one bot, in private and in teams, files in private. The helpdesk's commands
 * are in no list, as lists go by scope and not by role. No resource-specific consent is asked for: messages that do not mention
 * the bot never arrive. Throws for an address that is not https, and for more than twelve public commands.
 */
export function teamsManifest(input: TeamsManifestInput) {
  const listed = input.commands
    .filter(({ desk }) => !desk)
    .map(({ name, help }) => ({ title: name, description: help.slice(0, 4_000) }));
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
    validDomains: [new URL(origin).host],
  };
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

/** The app package: a zip with manifest and icons at its root. The same input gives the same bytes. Throws, naming every mistake, where the schema is not met. */
export function teamsPackage(manifest: TeamsManifest): Uint8Array {
  const mistakes = teamsMistakes(manifest);
  if (mistakes.length > 0) throw new Error(`The Teams manifest does not meet its schema: ${mistakes.join('; ')}`);
  return zipSync(
    {
      'manifest.json': new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`),
      'color.png': colorIcon(),
      'outline.png': outlineIcon(),
    },
    { level: 9, mtime: new Date(1980, 0, 1, 12) },
  );
}
