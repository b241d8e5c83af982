import { App, ExpressReceiver, webApi } from '@slack/bolt';
import { type Express, Router } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Channel } from '../../bot/channel.ts';
import type { Bot } from '../../bot/interaction.ts';
import type { Clock, Kept } from '../../domain/ports.ts';
import { takeAction, takeCommand, takeShortcut, takeSubmission, takeSuggestion } from './acts.ts';
import { slackChannel } from './channel.ts';
import { chats } from './chats.ts';
import type { SlackContext } from './context.ts';
import { errorCode } from './errors.ts';
import { takeEvent } from './events.ts';
import { freshness } from './fresh.ts';
import { boltLogger } from './log.ts';
import { people } from './people.ts';
import { replies } from './reply.ts';
import { responder } from './respond.ts';
import { belongs } from './tenant.ts';
import { ackWithin, turns } from './turn.ts';
import { english, type Words } from './words.ts';

/** Where Slack's requests arrive. */
export const endpoint = '/slack/events';

export const slackConfig = z.object({
  signingSecret: z.string().min(16),
  botToken: z.string().startsWith('xox'),
  /** Requests for any other app are refused. */
  appId: z
    .string()
    .regex(/^A[A-Z0-9]+$/)
    .optional(),
  /** The workspace (T…), or the organisation (E…) where the app is installed on all of one; without it, Slack is asked whose the token is. */
  teamId: z
    .string()
    .regex(/^[TE][A-Z0-9]+$/)
    .optional(),
  /** The helpdesk's channel: C… or G…; the bot must be invited to it. */
  deskChannel: z
    .string()
    .regex(/^[CG][A-Z0-9]+$/)
    .optional(),
  /** Slack's Web API, for a test's. */
  apiUrl: z.url().optional(),
});
export type SlackConfig = z.infer<typeof slackConfig>;

export interface SlackParts {
  readonly config: SlackConfig;
  /** The server that everything shares; nothing on it may parse bodies before this, for the signature covers the bytes. */
  readonly app: Express;
  readonly bot: Bot;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly log: Logger;
  /** The adapter's own few sentences; English where nothing is given. */
  readonly words?: Words;
  /** Milliseconds after which a request is acknowledged before it is done. */
  readonly ackWithin?: number;
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
  const client = (retries: number) =>
    new webApi.WebClient(config.botToken, {
      ...(config.apiUrl ? { slackApiUrl: config.apiUrl } : {}),
      timeout: 8000,
      retryConfig: { retries, minTimeout: 200, maxTimeout: 1000 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      logger,
    });
  const slack = client(1);
  const work = turns(log, parts.ackWithin ?? ackWithin);
  const tenant = once(async () => config.teamId ?? teamOf(await slack.auth.test()));

  const context = once(async (): Promise<SlackContext> => {
    const id = await tenant();
    const failed = (what: string) => (error: unknown) =>
      log.warn({ what, code: errorCode(error) }, 'slack: a call failed');
    const ownChats = chats(slack, kept, id, config.deskChannel);
    const respond = responder(config.apiUrl);
    return {
      tenant: id,
      bot,
      slack,
      people: people(slack, id, clock, failed('users.info')),
      chats: ownChats,
      replies: replies(slack, ownChats, respond, words, (what, error) => failed(what)(error)),
      turns: work,
      kept,
      words,
      log,
      secret: config.signingSecret,
    };
  });

  const router = Router();
  router.post(endpoint, freshness(clock));
  const receiver = new ExpressReceiver({
    signingSecret: config.signingSecret,
    app: parts.app,
    router,
    endpoints: { events: endpoint },
    processBeforeResponse: true,
    logger,
    unhandledRequestTimeoutMillis: 2800,
    unhandledRequestHandler: ({ response }) => {
      log.warn({ kind: 'request' }, 'slack: nobody answered a request');
      if (!response.headersSent) response.writeHead(200).end();
    },
  });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: config.botToken }),
    clientOptions: {
      ...(config.apiUrl ? { slackApiUrl: config.apiUrl } : {}),
      allowAbsoluteUrls: false,
      timeout: 8000,
    },
    convoStore: false,
    // Told apart in events.ts, without a call to Slack for the bot's own ids.
    ignoreSelf: false,
    logger,
  });
  // Thrown on, so that the answer is a 500 and Slack sends the event again.
  app.error(async (error) => {
    log.error({ code: error.code }, 'slack: a request failed');
    throw error;
  });
  listen(app, context, { words, log, ...(config.appId ? { appId: config.appId } : {}) });

  return {
    channel: slackChannel({
      slack: client(0),
      chats: lazyChats(async () => (await context()).chats),
      kept,
      clock,
      tenant,
      deskChannel: config.deskChannel,
      words,
    }),
    close: () => work.settled(),
  };
}

type Ack = (body?: object) => Promise<void>;
type Take = (context: SlackContext, body: unknown, ack: Ack) => Promise<void>;

function listen(
  app: App,
  context: () => Promise<SlackContext>,
  { words, log, appId }: { readonly words: Words; readonly log: Logger; readonly appId?: string },
): void {
  /** What does not come from the configured workspace, or cannot be told, is not answered from the domain. */
  const admitted = async (
    body: unknown,
    refused: (sentence: string) => Promise<void>,
  ): Promise<SlackContext | undefined> => {
    try {
      const found = await context();
      if (belongs(body, found.tenant, appId)) return found;
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
  app.view({ callback_id: every, type: 'view_closed' }, async ({ ack }) => ack());
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

function teamOf(test: webApi.AuthTestResponse): string {
  const id = test.is_enterprise_install ? test.enterprise_id : test.team_id;
  if (!id) throw new Error('auth.test gave no workspace');
  return id;
}

function lazyChats(get: () => Promise<SlackContext['chats']>): SlackContext['chats'] {
  return {
    direct: async (user) => (await get()).direct(user),
    learn: async (user, channel) => (await get()).learn(user, channel),
    forget: async (user) => (await get()).forget(user),
    place: async (channel, user) => (await get()).place(channel, user),
  };
}
