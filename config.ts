import { z } from 'zod';
import { type DicomOption, dicomOptions } from './domain/ports.ts';

const text = z.string().trim().min(1);
const optional = text.optional();
const whole = (least: number, most: number, otherwise: number) =>
  z.coerce.number().int().min(least).max(most).default(otherwise);
const list = z
  .string()
  .default('')
  .transform((value) => value.split(/[\s,]+/).filter(Boolean));
const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('')
  .transform((value) => value === '1' || value === 'true');

/** Every variable that the environment may hold; `.env.example` says what each is for. */
const environment = z.object({
  PORT: whole(0, 65_535, 3978),
  HOST: optional,
  DATA_DIR: text.default('./data'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  MASTER_KEY: optional,
  ANCHOR_FILE: optional,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  SLACK_SIGNING_SECRET: optional,
  SLACK_BOT_TOKEN: optional,
  SLACK_TEAM_ID: optional,
  SLACK_CLIENT_ID: optional,
  SLACK_CLIENT_SECRET: optional,
  SLACK_ALLOWED_TEAMS: list,
  SLACK_INSTALL: z.enum(['listed', 'open', '']).default('listed'),
  SLACK_DESK_CHANNEL: optional,
  SLACK_API_URL: z.url().optional(),
  TEAMS_APP_ID: optional,
  TEAMS_APP_PASSWORD: optional,
  TEAMS_TENANT_ID: optional,
  TEAMS_ALLOWED_TENANTS: list,
  TEAMS_REGISTRATIONS_FILE: optional,
  TEAMS_DESK_CONVERSATION: optional,
  TEAMS_PLAYGROUND: flag,
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  IMAP_URL: z.url({ protocol: /^imaps?$/ }).optional(),
  IMAP_FOLDER: optional,
  IMAP_AUTHSERV_ID: optional,
  HELPDESK_EMAIL: z.email().default('helpdesk@cpms-desk.example'),
  MEETING_URL: z
    .url({ protocol: /^https$/, hostname: z.regexes.domain })
    .max(500)
    .optional(),
  HELPDESK_NAME: text.default('CPMS helpdesk'),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  OIDC_PRIVATE_KEY: optional,
  OIDC_AUTH_METHOD: z
    .enum(['client_secret_jwt', 'private_key_jwt', 'client_secret_basic'])
    .default('client_secret_jwt'),
  OIDC_SCOPES: text.default('openid email profile authentication_factors').transform((value) => value.split(/\s+/)),
  OIDC_PRIVATE_KEY_ID: optional,
  OIDC_ID_TOKEN_ALG: z.enum(['PS256', 'PS384', 'PS512', 'RS256', 'RS512', 'ES256', 'ES512']).default('PS512'),
  OIDC_REQUIRED_ACR: list,
  OIDC_REQUIRED_AMR: list,
  CONTROLLER: text.default('Your hospital, as a joint controller with the hospitals of the network'),
  HOSTING: text.default('on the computer that this program runs on'),
  VAULT_HOURS: whole(1, 168, 24),
  UPLOAD_MINUTES: whole(5, 240, 30),
  REVIEW_MINUTES: whole(5, 60, 15),
  DECISION_DAYS: whole(1, 30, 14),
  DICOM_OPTIONS: list
    .pipe(z.array(z.enum(dicomOptions)))
    .refine((options) => options.filter((option) => option.endsWith('-dates')).length < 2, {
      error: 'dates are retained in full or modified, not both',
    }),
  FILE_MEGABYTES: whole(1, 200, 50),
  DICOM_MEGABYTES: whole(1, 110, 100),
  BUNDLE_MEGABYTES: whole(1, 20_000, 2000),
  SPOOL_MEGABYTES: whole(100, 1_000_000, 10_000),
  RETENTION_FILE: optional,
  ANSWERS_FILE: optional,
});

type Environment = z.infer<typeof environment>;

export interface SlackConfig {
  readonly signingSecret: string;
  /** The token of the app's own page, for one workspace. */
  readonly botToken?: string;
  /** With these the app is installed by its page, in several workspaces. */
  readonly oauth?: { readonly clientId: string; readonly clientSecret: string };
  /** The workspace of the token and of the helpdesk's channel. */
  readonly teamId?: string;
  /** Further workspaces and organisations that may install it. */
  readonly teams: readonly string[];
  /** Everybody may install it. */
  readonly open: boolean;
  readonly deskChannel?: string;
  readonly apiUrl?: string;
}

export interface TeamsConfig {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  readonly allowedTenants: readonly string[];
  readonly registrationsFile?: string;
  readonly deskConversation?: string;
  readonly unauthenticated: boolean;
}

export interface MailboxConfig {
  readonly url: string;
  readonly folder?: string;
  /** The receiving server's name in Authentication-Results, or 'none'. */
  readonly server: string;
}

export interface SignInConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly privateKey?: string;
  readonly authMethod: Environment['OIDC_AUTH_METHOD'];
  readonly scopes: readonly string[];
  readonly privateKeyId?: string;
  readonly idTokenAlg: Environment['OIDC_ID_TOKEN_ALG'];
  readonly requiredAcr: readonly string[];
  readonly requiredAmr: readonly string[];
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Absent in local mode: then the pages are at this machine's own address. */
  readonly publicUrl?: string;
  readonly local: boolean;
  readonly masterKey?: string;
  readonly anchorFile?: string;
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly slack?: SlackConfig;
  readonly teams?: TeamsConfig;
  readonly smtpUrl?: string;
  /** The room that meetings usually take place in. */
  readonly meetingUrl?: string;
  /** Absent: answers from calendars are not read. */
  readonly mailbox?: MailboxConfig;
  readonly helpdesk: { readonly name: string; readonly email: string };
  readonly signIn?: SignInConfig;
  readonly controller: string;
  readonly hosting: string;
  readonly vaultHours: number;
  readonly uploadMinutes: number;
  /** How long a file under review is held while nobody touches it. */
  readonly reviewMinutes: number;
  readonly decisionDays: number;
  readonly fileBytes: number;
  /** Of one DICOM file: a loop, or an enhanced image of many slices. */
  readonly dicomBytes: number;
  /** Of a bundle of files, packed. */
  readonly bundleBytes: number;
  readonly dicomOptions: readonly DicomOption[];
  /** Bound over all files that are held while somebody works on them. */
  readonly spoolBytes: number;
  /** A JSON file with the retention table; the default one where it is absent. */
  readonly retentionFile?: string;
  /** A YAML file with the helpdesk's canned answers. */
  readonly answersFile?: string;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** The process's environment, with what `.env` in the working folder says besides; a variable that is set already stays. Throws where the file is there and cannot be read. */
export function environmentHere(): Readonly<Record<string, string | undefined>> {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return process.env;
}

/**
 * Reads the configuration from environment variables (empty ones count as absent). Throws one error that lists every mistake
 * in words, with the variable's name: half a set of credentials, a local page beside a public address, a missing key.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(given);
  const mistakes = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  const has = (name: keyof Environment) => given[name] !== undefined;
  const wanted = (name: keyof Environment, why: string) => {
    if (!has(name)) mistakes.push(`${name} is missing: ${why}.`);
  };

  const playground = ['1', 'true'].includes(given['TEAMS_PLAYGROUND'] ?? '');
  const slackOAuth = has('SLACK_CLIENT_ID') || has('SLACK_CLIENT_SECRET');
  const slackOn = has('SLACK_SIGNING_SECRET') || has('SLACK_BOT_TOKEN') || slackOAuth;
  const teamsFlat = has('TEAMS_APP_ID') || has('TEAMS_APP_PASSWORD') || has('TEAMS_TENANT_ID');
  const teamsOn = teamsFlat || has('TEAMS_REGISTRATIONS_FILE');
  const local = !has('PUBLIC_URL') && !slackOn && !teamsOn;
  if (slackOn) {
    wanted('SLACK_SIGNING_SECRET', 'Slack’s requests are told from forged ones by it');
    if (!has('SLACK_BOT_TOKEN') && !slackOAuth)
      mistakes.push(
        'SLACK_BOT_TOKEN is missing: give the token and SLACK_TEAM_ID for one workspace, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for the installation’s page.',
      );
    if (has('SLACK_BOT_TOKEN')) wanted('SLACK_TEAM_ID', 'Slack needs the workspace (team) id of the bot token');
    if (slackOAuth)
      for (const name of ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'] as const)
        wanted(name, 'the installation’s page needs the app’s client id and its client secret together');
    if (slackOAuth && !has('SLACK_TEAM_ID') && !has('SLACK_ALLOWED_TEAMS') && given['SLACK_INSTALL'] !== 'open')
      mistakes.push(
        'SLACK_ALLOWED_TEAMS is missing: nobody could install the app. List the workspaces (T…) and organisations (E…), or open it to everybody with SLACK_INSTALL=open.',
      );
    if (has('SLACK_DESK_CHANNEL')) wanted('SLACK_TEAM_ID', 'the helpdesk’s channel is in that workspace');
    for (const id of (given['SLACK_ALLOWED_TEAMS'] ?? '').split(/[\s,]+/).filter(Boolean))
      if (!/^[TE][A-Z0-9]+$/.test(id))
        mistakes.push('SLACK_ALLOWED_TEAMS: ids begin with T (a workspace) or E (an organisation).');
  }
  if (teamsFlat)
    for (const name of ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'] as const)
      wanted(name, 'Teams needs the app id, its password and the tenant id together');
  if (has('OIDC_ISSUER') !== has('OIDC_CLIENT_ID'))
    wanted(
      has('OIDC_ISSUER') ? 'OIDC_CLIENT_ID' : 'OIDC_ISSUER',
      'the sign-in needs the issuer and the client id together',
    );
  if (has('IMAP_URL'))
    wanted(
      'IMAP_AUTHSERV_ID',
      'an answer by mail is believed by what the receiving server says of its sender, under this name in Authentication-Results',
    );
  if (!local) {
    wanted(
      'PUBLIC_URL',
      'Slack and Teams, and the pages that they link to, need the address that this server is reached at',
    );
    wanted('MASTER_KEY', 'personal data are sealed with it; make one with: npm run --silent key');
    wanted('SMTP_URL', 'leads decide and experts are invited by e-mail');
    wanted('HELPDESK_EMAIL', 'it is the sender of the mails and the organiser of the meetings');
    if (playground)
      mistakes.push(
        'TEAMS_PLAYGROUND turns authentication off: it works in local mode only, without credentials and without PUBLIC_URL.',
      );
  }
  const publicUrl = given['PUBLIC_URL'];
  if (publicUrl !== undefined && URL.canParse(publicUrl)) {
    const { protocol, hostname } = new URL(publicUrl);
    if (protocol !== 'https:' && !loopback.has(hostname))
      mistakes.push('PUBLIC_URL must begin with https:// (http:// is for this machine alone).');
  }
  const host = given['HOST'] ?? (local ? '127.0.0.1' : '0.0.0.0');
  if (local && !loopback.has(host))
    mistakes.push('HOST: without PUBLIC_URL and credentials this is the local mode, which listens on 127.0.0.1 alone.');
  if (mistakes.length > 0 || !parsed.success) throw new ConfigError(mistakes);
  return assembled(parsed.data, { local, host, slackOn, teamsOn, playground });
}

/** Every mistake of the configuration at once. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(['The configuration cannot be used:', ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
    this.mistakes = mistakes;
  }
}

function assembled(
  env: Environment,
  on: { local: boolean; host: string; slackOn: boolean; teamsOn: boolean; playground: boolean },
): Config {
  const some = <K extends string, V>(key: K, value: V | undefined) =>
    value === undefined ? {} : ({ [key]: value } as Record<K, V>);
  return {
    port: env.PORT,
    host: on.host,
    dataDir: env.DATA_DIR,
    local: on.local,
    logLevel: env.LOG_LEVEL,
    helpdesk: { name: env.HELPDESK_NAME, email: env.HELPDESK_EMAIL },
    controller: env.CONTROLLER,
    hosting: env.HOSTING,
    vaultHours: env.VAULT_HOURS,
    uploadMinutes: env.UPLOAD_MINUTES,
    reviewMinutes: env.REVIEW_MINUTES,
    decisionDays: env.DECISION_DAYS,
    fileBytes: env.FILE_MEGABYTES * 1_000_000,
    dicomBytes: Math.max(env.FILE_MEGABYTES, env.DICOM_MEGABYTES) * 1_000_000,
    bundleBytes: env.BUNDLE_MEGABYTES * 1_000_000,
    dicomOptions: env.DICOM_OPTIONS,
    spoolBytes: env.SPOOL_MEGABYTES * 1_000_000,
    ...some('publicUrl', env.PUBLIC_URL?.replace(/\/+$/, '')),
    ...some('masterKey', env.MASTER_KEY),
    ...some('anchorFile', env.ANCHOR_FILE),
    ...some('smtpUrl', env.SMTP_URL),
    ...some('meetingUrl', env.MEETING_URL),
    ...some('retentionFile', env.RETENTION_FILE),
    ...some('answersFile', env.ANSWERS_FILE),
    ...(env.IMAP_URL && env.IMAP_AUTHSERV_ID
      ? { mailbox: { url: env.IMAP_URL, server: env.IMAP_AUTHSERV_ID, ...some('folder', env.IMAP_FOLDER) } }
      : {}),
    ...(on.slackOn
      ? {
          slack: {
            signingSecret: env.SLACK_SIGNING_SECRET ?? '',
            teams: env.SLACK_ALLOWED_TEAMS,
            open: env.SLACK_INSTALL === 'open',
            ...some('botToken', env.SLACK_BOT_TOKEN),
            ...some('teamId', env.SLACK_TEAM_ID),
            ...(env.SLACK_CLIENT_ID && env.SLACK_CLIENT_SECRET
              ? { oauth: { clientId: env.SLACK_CLIENT_ID, clientSecret: env.SLACK_CLIENT_SECRET } }
              : {}),
            ...some('deskChannel', env.SLACK_DESK_CHANNEL),
            ...some('apiUrl', env.SLACK_API_URL),
          },
        }
      : {}),
    ...(on.teamsOn || on.playground
      ? {
          teams: {
            appId: env.TEAMS_APP_ID ?? '',
            appPassword: env.TEAMS_APP_PASSWORD ?? '',
            tenantId: env.TEAMS_TENANT_ID ?? '',
            allowedTenants: env.TEAMS_ALLOWED_TENANTS,
            unauthenticated: on.playground,
            ...some('registrationsFile', env.TEAMS_REGISTRATIONS_FILE),
            ...some('deskConversation', env.TEAMS_DESK_CONVERSATION),
          },
        }
      : {}),
    ...(env.OIDC_ISSUER && env.OIDC_CLIENT_ID
      ? {
          signIn: {
            issuer: env.OIDC_ISSUER,
            clientId: env.OIDC_CLIENT_ID,
            authMethod: env.OIDC_AUTH_METHOD,
            scopes: env.OIDC_SCOPES,
            idTokenAlg: env.OIDC_ID_TOKEN_ALG,
            requiredAcr: env.OIDC_REQUIRED_ACR,
            requiredAmr: env.OIDC_REQUIRED_AMR,
            ...some('clientSecret', env.OIDC_CLIENT_SECRET),
            ...some('privateKey', env.OIDC_PRIVATE_KEY?.replaceAll('\\n', '\n')),
            ...some('privateKeyId', env.OIDC_PRIVATE_KEY_ID),
          },
        }
      : {}),
  };
}
