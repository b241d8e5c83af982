import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { createCalendar } from './adapters/calendar/calendar.ts';
import { createSignIn } from './adapters/eulogin/sign-in.ts';
import { createMailboxReader } from './adapters/mail/imap.ts';
import { createMailbox } from './adapters/mail/mailbox.ts';
import { createSmtp } from './adapters/mail/smtp.ts';
import { createScrubber } from './adapters/scrubbers/scrubber.ts';
import { serveHealth } from './adapters/web/health.ts';
import { createServer, createWeb } from './adapters/web/web.ts';
import { commands } from './bot/commands.ts';
import type { Period, Ports } from './bot/context.ts';
import { privacyCard } from './bot/conversations/help/help.ts';
import { keepHouse } from './bot/housekeeping.ts';
import { readCannedAnswers } from './bot/operators/canned-answers.ts';
import { createService, type Service } from './bot/service.ts';
import { wordOfCommand } from './bot/typed/command-words.ts';
import { wordsOf } from './bot/words.ts';
import { samplePeople, seedSample } from './cli/sample.ts';
import { type Config, ConfigError, environmentHere, readConfig } from './config.ts';
import type { Clock } from './domain/ports.ts';
import { machineClock, randomIds } from './random.ts';
import { localMasterKeys, parseMasterKeys } from './storage/keys.ts';
import { openStorage } from './storage/open.ts';
import { type RetentionTable, readRetention } from './storage/retention.ts';
import { createSpool } from './storage/spool.ts';

export interface Running {
  /** Where this server answers on this machine. */
  readonly url: string;
  readonly service: Service;
  readonly ports: Ports;
  close(): Promise<void>;
}

/** What a test may put in the place of the machine's own. */
export interface Instead {
  readonly clock?: Clock;
  readonly mail?: Ports['mail'];
  /** Milliseconds after which a call of Slack's counts as unanswered. */
  readonly slackTimeout?: number;
  /** Milliseconds after which a call of Teams' connector counts as unanswered. */
  readonly teamsTimeout?: number;
}

const minute = 60_000;
/** A reverse proxy keeps its connections for a minute, as a rule: whoever hangs up first loses the request that comes at that moment. */
const keptOpenMs = 75_000;
/** Where Teams runs in a browser ('Tab requirements'): who may frame a person's own page. */
const teamsAncestors = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://teams.cloud.microsoft',
];

/**
 * Joins the parts as the configuration says, and listens. Throws where the storage cannot be opened, the port is taken, or a
 * platform's configuration cannot be right.
 */
export async function start(config: Config, instead: Instead = {}): Promise<Running> {
  const clock = instead.clock ?? machineClock;
  const log = pino({ level: config.logLevel, redact: { paths: ['headers', 'body'], remove: true } });
  const storage = openStorage({
    folder: config.dataDir,
    keys: config.masterKey ? parseMasterKeys(config.masterKey) : localMasterKeys(config.dataDir),
    clock,
    ...(config.anchorFile ? { anchor: config.anchorFile } : {}),
  });
  const retention = readRetention(config.retentionFile);
  const answers = cannedAnswers(config);
  const app = createServer();
  // Behind a reverse proxy the client's address is the one that it forwards; only proxies of private networks are believed.
  if (!config.local) app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  let ready = () => {};
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const server = createHttpServer((request, response) => void isReady.then(() => app(request, response)));
  server.keepAliveTimeout = keptOpenMs;
  const url = await listen(server, config);
  const publicUrl = config.publicUrl ?? url;

  const mailbox = createMailbox(storage.kept, clock);
  const smtp = config.smtpUrl
    ? createSmtp({
        url: config.smtpUrl,
        from: `${JSON.stringify(config.helpdesk.name)} <${config.helpdesk.email}>`,
      })
    : undefined;
  const scrubber = createScrubber({
    maxBytes: config.fileBytes,
    maxDicomBytes: config.dicomBytes,
    maxBundleBytes: config.bundleBytes,
  });
  const spool = createSpool({
    folder: config.dataDir,
    totalBytes: config.spoolBytes,
    idleMs: config.reviewMinutes * minute,
  });
  const provider = config.local && !config.signIn ? await localProvider(publicUrl) : undefined;
  const signInConfig = config.signIn
    ? { ...config.signIn, redirectUri: `${publicUrl}/sign-in/callback` }
    : provider?.config;
  const ports: Ports = {
    store: storage.store,
    kept: storage.kept,
    outbox: storage.outbox,
    vault: storage.vault,
    scrubber,
    spool,
    calendar: createCalendar(),
    mail: instead.mail ?? smtp ?? mailbox,
    clock,
    ids: randomIds,
    channels: [],
    log,
    settings: {
      answers,
      publicUrl,
      organiser: config.helpdesk,
      ...(config.meetingUrl ? { joinUrl: config.meetingUrl } : {}),
      vaultHours: config.vaultHours,
      uploadMinutes: config.uploadMinutes,
      reviewMinutes: config.reviewMinutes,
      decisionDays: config.decisionDays,
      fileBytes: config.fileBytes,
      dicomBytes: config.dicomBytes,
      bundleBytes: config.bundleBytes,
      dicomOptions: config.dicomOptions,
      controller: config.controller,
      hosting: config.hosting,
      keptFor: retentionPeriods(retention, config.vaultHours),
    },
    ...(signInConfig ? { signIn: createSignIn(signInConfig, clock) } : {}),
  };
  const service = createService(ports);
  const closers: (() => unknown)[] = [];
  if (config.local) await seedSample(ports);

  const web = createWeb({
    app,
    bot: service.bot,
    pages: service.pages,
    kept: storage.kept,
    clock,
    ids: randomIds,
    log,
    publicUrl,
    secureCookies: publicUrl.startsWith('https:'),
    ...(config.teams && !config.local ? { tabAncestors: teamsAncestors } : {}),
    privacy: (language) => privacyCard(wordsOf(language), ports.settings, 'web'),
    ...(config.local && !smtp
      ? {
          local: {
            people: samplePeople,
            mailbox: () => mailbox.list(),
            commands: commandLines,
          },
        }
      : {}),
  });
  closers.push(() => web.close());
  if (web.channel) ports.channels.push(web.channel);
  if (config.slack) {
    const { createSlack } = await import('./adapters/slack/slack.ts');
    const slack = createSlack({
      config: config.slack,
      app,
      bot: service.bot,
      kept: storage.kept,
      clock,
      log,
      publicUrl,
      ...(instead.slackTimeout ? { timeout: instead.slackTimeout } : {}),
    });
    ports.channels.push(slack.channel);
    closers.push(() => slack.close());
  }
  if (config.teams) {
    const { createTeams } = await import('./adapters/teams/teams.ts');
    const teams = await createTeams({
      config: config.teams,
      app,
      bot: service.bot,
      kept: storage.kept,
      clock,
      log,
      ...(instead.teamsTimeout ? { callMs: instead.teamsTimeout } : {}),
    });
    ports.channels.push(teams.channel);
    closers.push(() => teams.close());
  }

  const timers = [
    every(5 * minute, async () => {
      storage.sweep();
      await keepHouse(ports);
    }),
    every(60 * minute, async () => {
      storage.retain(retention);
      storage.audit.anchorDaily();
    }),
  ];
  function every(ms: number, work: () => Promise<void>): NodeJS.Timeout {
    const run = () =>
      void work().catch((error: unknown) =>
        log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'the housekeeping failed'),
      );
    setImmediate(run);
    return setInterval(run, ms).unref();
  }
  service.delivery.start();
  const reader = config.mailbox
    ? createMailboxReader({
        ...config.mailbox,
        kept: storage.kept,
        clock,
        log,
        take: service.takeMail,
        tell: service.tellOfMailbox,
      })
    : undefined;
  reader?.start();
  closers.push(() => reader?.close());
  app.get(
    '/health',
    serveHealth(async () => ({
      undelivered: await storage.outbox.countDead(),
      ...(reader ? { mailbox: reader.health() } : {}),
    })),
  );
  ready();

  return {
    url,
    service,
    ports,
    async close() {
      for (const timer of timers) clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      for (const close of closers) await close();
      await service.delivery.stop();
      smtp?.close();
      await scrubber.close();
      await spool.close();
      await provider?.close();
      storage.close();
    },
  };
}

/** The operator's file, named with its mistakes where it has any; in local mode the sample's. */
function cannedAnswers({ answersFile, local }: Config): ReturnType<typeof readCannedAnswers> {
  const path = answersFile ?? (local ? join(import.meta.dirname, 'cli/sample-answers.yaml') : undefined);
  if (path === undefined) return [];
  try {
    return readCannedAnswers(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(
      (error instanceof Error ? error.message : '').split('\n').map((mistake) => `ANSWERS_FILE: ${mistake}`),
    );
  }
}

async function listen(server: Server, { port, host }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** In local mode a real OpenID provider runs along, where its package is installed, so that the button works. */
async function localProvider(publicUrl: string) {
  try {
    const { startLocalProvider } = await import('./adapters/eulogin/local-provider.ts');
    return await startLocalProvider({ redirectUri: `${publicUrl}/sign-in/callback` });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function commandLines(language: string) {
  const say = wordsOf(language);
  return commands.map(({ name, desk }) => ({
    words: wordOfCommand(name, say.language),
    help: say(`commands:${name}.help`),
    ...(desk ? { desk } : {}),
  }));
}

function retentionPeriods(retention: RetentionTable, vaultHours: number): Ports['settings']['keptFor'] {
  const days = (count: number): Period =>
    count % 365 === 0 ? { count: count / 365, unit: 'year' } : { count, unit: 'day' };
  return {
    members: days(retention.people),
    cases: days(retention.cases),
    tickets: days(retention.texts.ticket),
    attestations: days(retention.attestations),
    files: { count: vaultHours, unit: 'hour' },
  };
}

if (import.meta.main) {
  try {
    const config = readConfig(environmentHere());
    const running = await start(config);
    const on = [
      config.slack ? 'Slack is on' : 'Slack is off (no credentials)',
      config.teams ? 'Teams is on' : 'Teams is off (no credentials)',
    ];
    process.stdout.write(
      `${on.join('; ')}.\n${config.local ? `Local mode: open ${running.url}/` : `Listening for ${config.publicUrl}`}\n`,
    );
    const stop = () => void running.close().then(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
