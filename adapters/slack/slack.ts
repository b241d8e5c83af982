import { App, ExpressReceiver, type webApi } from '@slack/bolt';
import { type Express, Router } from 'express';
import type { Logger } from 'pino';
import type { Channel } from '../../bot/channel.ts';
import type { Bot } from '../../bot/interaction.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Clock } from '../../domain/ports.ts';
import { type ClientOptions, callOptions, createClient } from './client.ts';
import { admits, type CheckedConfig, endpoint, redirectPath, type SlackConfig, slackConfig } from './config.ts';
import type { SlackContext } from './context.ts';
import { type Contexts, contexts } from './contexts.ts';
import { errorCode } from './errors.ts';
import { takeAction, takeCommand } from './incoming/acts.ts';
import { takeEvent } from './incoming/events.ts';
import { takeClosed, takeSubmission, takeSuggestion } from './incoming/forms.ts';
import { freshness } from './incoming/fresh.ts';
import { takeShortcut } from './incoming/shortcuts.ts';
import { installRoutes } from './install/install.ts';
import { installations } from './install/installations.ts';
import { slackOauth } from './install/oauth.ts';
import { botScopes } from './install/scopes.ts';
import { fixedToken, rotatingToken } from './install/tokens.ts';
import { boltLogger } from './log.ts';
import { slackChannel } from './outgoing/channel.ts';
import { ackWithin, turns } from './turn.ts';
import { english, type Words } from './words.ts';
import { workspace } from './workspace.ts';

/** The largest request, in bytes: a form of a hundred fields, each at its longest, as Slack encodes it. It is read before its signature can be looked at. */
const bodyBytes = 4 * 1024 * 1024;

export interface SlackParts {
  readonly config: SlackConfig;
  /** The server that everything shares; nothing on it may parse bodies before this, for the signature covers the bytes. */
  readonly app: Express;
  readonly bot: Bot;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly log: Logger;
  /** https, without a path: where the installation's page is; needed with OAuth credentials alone. */
  readonly publicUrl?: string;
  /** The adapter's own few sentences; English where nothing is given. */
  readonly words?: Words;
  /** Milliseconds after which a request is acknowledged before it is done. */
  readonly ackWithin?: number;
  /** Milliseconds after which a call of Slack's counts as unanswered. */
  readonly timeout?: number;
}

export interface Slack {
  readonly channel: Channel;
  /** Resolves when everything that was acknowledged early is done. The server itself is the caller's to close. */
  close(): Promise<void>;
}

/**
 * Puts Slack onto the server at `/slack/events`: signature (HMAC-SHA-256, docs.slack.dev 'Verifying requests from Slack') and age of each request are
 * checked, then its workspace; it is translated, handed to the bot, answered, and acknowledged within three seconds whatever happens.
 * An event is acknowledged when it was handled, so that Slack repeats what a crash interrupted. Throws ZodError for a
 * configuration that cannot be right; makes no call to Slack before it has to.
 */
export function createSlack(parts: SlackParts): Slack {
  const config = slackConfig.parse(parts.config);
  const { bot, kept, clock, log } = parts;
  const words = parts.words ?? english;
  const logger = boltLogger(log);
  const calls = { apiUrl: config.apiUrl, logger, ...(parts.timeout ? { timeout: parts.timeout } : {}) };
  const work = turns(log, parts.ackWithin ?? ackWithin);
  const store = installations(kept);
  const own = config.botToken ? createClient(fixedToken(config.botToken), calls) : undefined;
  const oauth = config.oauth && oauthOf(config.oauth, calls, parts);
  const all = contexts({
    installations: store,
    fixed: own && once(async () => config.teamId ?? teamOf(await own.auth.test())),
    homeId: config.teamId,
    appId: config.appId,
    admits: (tenant, enterprise) => admits(config, tenant, enterprise),
    make(tenant, installation) {
      const token = installation && oauth && rotatingToken({ tenant, installations: store, kept, clock, log, oauth });
      const slack = token ? createClient(token, calls) : own;
      if (!slack) throw new Error('an installation, and no credentials of the app to use it with');
      return workspace({
        tenant,
        slack,
        botUser: installation?.botUser,
        // Where no home is configured there is one workspace alone.
        deskChannel: (config.teamId ?? tenant) === tenant ? config.deskChannel : undefined,
        secret: config.signingSecret,
        apiUrl: config.apiUrl,
        installations: store,
        shared: { bot, kept, clock, log, words, turns: work },
      });
    },
  });

  const router = Router();
  router.post(endpoint, freshness(clock));
  if (oauth) {
    const secure = parts.publicUrl?.startsWith('https:') ?? false;
    const secret = config.signingSecret;
    router.use(
      installRoutes({
        oauth,
        installations: store,
        kept,
        clock,
        log,
        secret,
        secure,
        admits: (...of) => admits(config, ...of),
      }),
    );
  }
  const receiver = new ExpressReceiver({
    signingSecret: config.signingSecret,
    app: parts.app,
    router,
    endpoints: { events: endpoint },
    processBeforeResponse: true,
    bodyLimit: bodyBytes,
    logger,
    unhandledRequestTimeoutMillis: 2800,
    unhandledRequestHandler: ({ response }) => {
      log.warn({ kind: 'request' }, 'slack: nobody answered a request');
      if (!response.headersSent) response.writeHead(200).end();
    },
  });
  const listening = new App({
    receiver,
    // Which installation it is for is found in `contexts.ts`; Bolt's own client is never used.
    authorize: async () => ({}),
    clientOptions: callOptions(calls),
    convoStore: false,
    // Told apart in events.ts, without a call to Slack for the bot's own ids.
    ignoreSelf: false,
    logger,
  });
  // Thrown on, so that the answer is a 500 and Slack sends the event again.
  listening.error(async (error) => {
    log.error({ code: error.code }, 'slack: a request failed');
    throw error;
  });
  listen(listening, all, { words, log });

  return {
    channel: slackChannel({ contexts: all, deskChannel: config.deskChannel, words }),
    close: () => work.settled(),
  };
}

type Ack = (body?: object) => Promise<void>;
type Take = (context: SlackContext, body: unknown, ack: Ack) => Promise<void>;

function listen(app: App, all: Contexts, { words, log }: { readonly words: Words; readonly log: Logger }): void {
  /** What does not come from an installation of ours, or cannot be told, is not answered from the domain. */
  const admitted = async (
    body: unknown,
    refused: (sentence: string) => Promise<void>,
  ): Promise<SlackContext | undefined> => {
    try {
      const found = await all.forPayload(body);
      if (found) return found;
      log.warn({ kind: 'tenant' }, 'slack: a request from another workspace or for another app was refused');
      await refused(words.otherWorkspace);
    } catch (error) {
      log.error({ kind: 'tenant', code: errorCode(error) }, 'slack: the workspace could not be told');
      await refused(words.unavailable);
    }
    return undefined;
  };
  const taken =
    (take: Take, refusal: (sentence: string) => object | undefined) =>
    async (args: { body: unknown; ack: unknown }) => {
      const ack = args.ack as Ack;
      const found = await admitted(args.body, (sentence) => ack(refusal(sentence)));
      if (found) await take(found, args.body, ack);
    };
  const every = /.*/s;
  app.command(
    every,
    taken(takeCommand, (text) => ({ response_type: 'ephemeral', text })),
  );
  app.action(
    every,
    taken(takeAction, () => undefined),
  );
  app.options(
    every,
    taken(takeSuggestion, () => ({ options: [] })),
  );
  app.shortcut(
    every,
    taken(takeShortcut, () => undefined),
  );
  app.view(
    { callback_id: every, type: 'view_submission' },
    taken(takeSubmission, () => undefined),
  );
  app.view(
    { callback_id: every, type: 'view_closed' },
    taken(takeClosed, () => undefined),
  );
  app.event(every, async ({ body, event }) => {
    const found = await admitted(body, async (sentence) => {
      if (sentence === words.unavailable) throw new Error('the workspace could not be told');
    });
    if (found) await takeEvent(found, body, event);
  });
}

/** Remembers what succeeded; a failure is tried again the next time. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

function oauthOf(app: NonNullable<CheckedConfig['oauth']>, calls: ClientOptions, { publicUrl, clock }: SlackParts) {
  if (!publicUrl) throw new Error('Slack: the installation’s page needs the public address');
  const scopes = botScopes.map(({ scope }) => scope);
  return slackOauth({ ...calls, ...app, redirectUri: `${publicUrl}${redirectPath}`, scopes }, clock);
}

function teamOf(test: webApi.AuthTestResponse): string {
  const id = test.is_enterprise_install ? test.enterprise_id : test.team_id;
  if (!id) throw new Error('auth.test gave no workspace');
  return id;
}
