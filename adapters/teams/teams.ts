import { type Activity, INVOKE_RESPONSE_KEY } from 'botbuilder';
import express, {
  type ErrorRequestHandler,
  type Express,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import type { Logger } from 'pino';
import type { Channel } from '../../bot/channel.ts';
import type { Bot } from '../../bot/interaction.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Clock } from '../../domain/ports.ts';
import { inbound, withoutThread } from './activity.ts';
import { isLoopback, verify } from './authentication.ts';
import { createBackground, failureCode } from './background.ts';
import { createChannel } from './channel.ts';
import { createMessenger, quick, withoutRetries } from './messenger.ts';
import { createOnce } from './once.ts';
import { createReferences } from './references.ts';
import { createFronts, createOpenFront, type Registration, readRegistrations } from './registrations.ts';
import { createRoutes, type Verified, verifiedKey } from './routes.ts';
import { cataloguedWords, type WordsOf } from './words.ts';

export interface TeamsConfig {
  /** The app registration's client id and secret. Both may be missing only with `unauthenticated`. */
  readonly appId?: string;
  readonly appPassword?: string;
  /** The tenant of the registration (a single-tenant bot). */
  readonly tenantId?: string;
  /** The Entra tenants whose people are let in; the registration's own where the list is empty. */
  readonly allowedTenants: readonly string[];
  /** A YAML file with further registrations (or all), each with its credential: `readRegistrations` reads it. */
  readonly registrationsFile?: string;
  /** The helpdesk channel's conversation id ('19:…@thread.tacv2'): the log names it when the app is added to a team. */
  readonly deskConversation?: string;
  /** Where to write to the desk before anything was heard from there ('https://smba.trafficmanager.net/emea/'). */
  readonly serviceUrl?: string;
  /** For the Agents Playground alone: no tokens, this machine only. It excludes an app id. */
  readonly unauthenticated?: boolean;
}

export interface TeamsParts {
  readonly config: TeamsConfig;
  readonly app: Express;
  readonly bot: Bot;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly log: Logger;
  /** This adapter's own sentences by language; the catalogue's where nothing is given. */
  readonly words?: WordsOf;
  /** How long a chat waits before it reads 'working…', in milliseconds; 2,200 where nothing is given. */
  readonly patienceMs?: number;
  /** After how many milliseconds a call of the connector counts as unanswered; 10,000 where nothing is given: Teams wants its own answer within 15 s. */
  readonly callMs?: number;
}

export interface Teams {
  readonly channel: Channel;
  /** Resolves when everything that was begun is written. The endpoint answers 503 from then on. */
  close(): Promise<void>;
}

/**
 * Joins Microsoft Teams: takes `POST /api/messages` on the Express app (mount it before any parser or page that would take the address) and
 * gives the channel to write first. Throws an Error with a sentence for the operator when the configuration cannot be safe: an
 * empty app id would silently turn the Bot Framework's authentication off.
 */
export async function createTeams(parts: TeamsParts): Promise<Teams> {
  const { config, app, bot, kept, clock, log } = parts;
  const registrations = registrationsOf(config);
  const wordsOf = parts.words ?? cataloguedWords;
  const unauthenticated = config.unauthenticated === true;
  const fronts = unauthenticated
    ? new Map([['', createOpenFront(withoutRetries)]])
    : createFronts(registrations, withoutRetries);
  const own = registrations[0];
  const desk = config.deskConversation ? withoutThread(config.deskConversation) : undefined;
  const references = createReferences(kept);
  if (desk && config.serviceUrl && own && !(await references.desk()))
    await references.putDesk({
      serviceUrl: config.serviceUrl,
      app: own.appId,
      bot: `28:${own.appId}`,
      tenant: own.tenantId,
      conversation: desk,
    });
  const messenger = createMessenger(fronts, parts.callMs ?? 10_000);
  const background = createBackground(log);
  const application = createRoutes({
    bot,
    references,
    messenger: quick(messenger),
    background,
    once: createOnce(),
    clock,
    log,
    wordsOf,
    desk,
    patienceMs: parts.patienceMs ?? 2200,
  });
  // In time for the first request, which finds them here or waits for them.
  for (const { keys } of fronts.values()) void keys.ready();
  let closed = false;

  async function receive(request: Request, response: Response): Promise<void> {
    const read = inbound.safeParse(request.body);
    const verdict = read.success ? await verify(fronts, read.data, request.headers.authorization ?? '') : 'refused';
    if (verdict === 'refused' || !read.success) {
      log.warn({ code: read.success ? 'teams-refused' : 'teams-malformed' }, 'teams: request refused');
      response.status(401).end();
      return;
    }
    if (verdict === 'unavailable') {
      log.error({ code: 'teams-keys' }, 'teams: the keys of the Bot Framework cannot be fetched');
      response.status(503).end();
      return;
    }
    if (verdict === 'nobody') {
      response.status(200).end();
      return;
    }
    const { front, caller, tenant, user } = verdict;
    let answer: { readonly status: number; readonly body?: unknown } =
      read.data.type === 'invoke' ? { status: 501 } : { status: 200 };
    await front.adapter.processActivityDirect(caller, read.data as unknown as Activity, async (context) => {
      context.turnState.set(verifiedKey, { app: front.appId, tenant, user } satisfies Verified);
      try {
        await application.run(context);
        const invoked = context.turnState.get<Activity | undefined>(INVOKE_RESPONSE_KEY);
        if (invoked) answer = invoked.value as typeof answer;
      } catch (error) {
        log.error({ code: failureCode(error) }, 'teams: an activity failed');
        answer = { status: 500 };
      }
    });
    response.status(answer.status);
    if (answer.body === undefined) response.end();
    else response.json(answer.body);
  }

  app.post(
    '/api/messages',
    (request: Request, response: Response, next: NextFunction) => {
      const mayEnter = unauthenticated
        ? isLoopback(request.socket.remoteAddress) && request.headers.origin === undefined
        : /^Bearer \S+$/.test(request.headers.authorization ?? '');
      if (closed) response.status(503).end();
      else if (mayEnter) next();
      else response.status(401).end();
    },
    express.json({ limit: '256kb', type: 'application/json' }),
    async (request: Request, response: Response) => {
      try {
        await receive(request, response);
      } catch (error) {
        log.error({ code: failureCode(error) }, 'teams: a request failed');
        if (!response.headersSent) response.status(500).end();
      }
    },
    unreadable,
  );

  return {
    channel: createChannel(messenger, references, wordsOf, desk !== undefined),
    async close() {
      closed = true;
      await background.idle();
    },
  };
}

/** A body that is no JSON, or too large: said in a status, nothing echoed. */
const unreadable: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  response.status(status === 413 ? 413 : 400).end();
};

function registrationsOf(config: TeamsConfig): readonly Registration[] {
  const { appId = '', appPassword = '', tenantId = '', allowedTenants, registrationsFile } = config;
  if (config.unauthenticated) {
    if (appId || appPassword || registrationsFile)
      throw new Error('Teams: the unauthenticated local mode and an app id exclude each other.');
    return [];
  }
  const further = registrationsFile ? readRegistrations(registrationsFile) : [];
  const given = { appId, appPassword, tenantId };
  const missing = Object.entries(given).flatMap(([name, value]) => (value.trim() === '' ? [name] : []));
  if (missing.length === 3 && further.length > 0) return further;
  if (missing.length > 0)
    throw new Error(
      `Teams: ${missing.join(', ')} missing. Without them nobody could tell a real request from a forged one.`,
    );
  const lower = (id: string) => id.toLowerCase();
  const own = {
    appId: lower(appId),
    tenantId: lower(tenantId),
    secret: appPassword,
    allowedTenants: allowedTenants.map(lower),
  };
  return [own, ...further];
}
