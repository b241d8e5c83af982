import { setTimeout } from 'node:timers/promises';
import type { Activity, CloudAdapter, ConversationReference, TurnContext } from 'botbuilder';
import { Later, Undeliverable } from '../../bot/channel.ts';
import type { Caller } from './authentication.ts';
import type { AdaptiveCard, Attachment } from './elements.ts';
import type { Reference } from './references.ts';
import type { Front } from './registrations.ts';

type ConnectorClient = Awaited<ReturnType<NonNullable<Caller['connectorFactory']>['create']>>;

/** The connector did not do what it was asked for. Where that is `passing` it may do it in a while ('Optimize your bot with rate limiting in Teams'); the code says no more than why. */
export class TeamsFault extends Error {
  readonly code: string;
  readonly passing: boolean;
  constructor(code: string, passing: boolean) {
    super(code);
    this.code = code;
    this.passing = passing;
  }
}

/** Writing through the Bot Connector. Every call throws Undeliverable, Later or a TeamsFault. */
export interface Messenger {
  /** Opens the one-to-one chat with the reference's user and gives its id. */
  open(reference: Reference): Promise<string>;
  /** Sends into the reference's conversation and gives the message's id. */
  send(reference: Reference, content: AdaptiveCard | Attachment | string): Promise<string>;
  update(reference: Reference, message: string, content: AdaptiveCard): Promise<void>;
}

/**
 * A messenger that writes in the name of the reference's registration: the first one where it names none, Undeliverable where it is configured no more. A call that takes
 * `callMs` counts as passing trouble: the connector's own client waits for ever.
 */
export function createMessenger(fronts: ReadonlyMap<string, Front>, callMs: number): Messenger {
  const [first = ''] = fronts.keys();
  async function within<T>(reference: Reference, act: (context: TurnContext) => Promise<T>): Promise<T> {
    const front = fronts.get(reference.app ?? first);
    if (!front) throw new Undeliverable('teams-no-registration');
    const outcome: { value?: T } = {};
    const over = new AbortController();
    try {
      const written = front.adapter.continueConversationAsync(front.appId, continued(reference), async (context) => {
        outcome.value = await act(context);
      });
      await Promise.race([written, hung(callMs, over.signal)]);
    } catch (error) {
      throw translated(error);
    } finally {
      over.abort();
    }
    return outcome.value as T;
  }
  return {
    open: (reference) =>
      within(reference, async (context) => {
        const { id } = await connectorOf(context).conversations.createConversation({
          isGroup: false,
          bot: { id: reference.bot, name: '' },
          members: [{ id: reference.user ?? '', name: '' }],
          tenantId: reference.tenant,
          channelData: { tenant: { id: reference.tenant } },
        } as Parameters<ConnectorClient['conversations']['createConversation']>[0]);
        return id;
      }),
    send: (reference, content) =>
      within(reference, async (context) => {
        const { conversations } = connectorOf(context);
        const sent = await conversations.sendToConversation(
          reference.conversation ?? '',
          message(reference, content) as Activity,
        );
        // Some connectors answer without a body.
        return sent?.id ?? '';
      }),
    update: (reference, id, content) =>
      within(reference, async (context) => {
        const { conversations } = connectorOf(context);
        await conversations.updateActivity(reference.conversation ?? '', id, {
          ...message(reference, content),
          id,
        } as Activity);
      }),
  };
}

/**
 * The same messenger for answers, which somebody waits for: what does not work at first is tried once more after a moment, unless the connector asks for a longer wait or was
 * slow to say so. Teams wants its own answer within 15 s; after this the outbox goes on.
 */
export function quick(messenger: Messenger): Messenger {
  async function again<T>(act: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await act();
    } catch (error) {
      if (!mayWorkSoon(error) || performance.now() - begun > 2000) throw error;
      await setTimeout(700);
      return act();
    }
  }
  return {
    open: (reference) => again(() => messenger.open(reference)),
    send: (reference, content) => again(() => messenger.send(reference, content)),
    update: (reference, message, content) => again(() => messenger.update(reference, message, content)),
  };
}

/**
 * The connector's own client repeats a POST after 429 and 5xx by itself, waiting inside the call: that holds up the outbox's lane, and can
 * write twice. This middleware takes that out; the outbox does the waiting.
 */
export async function withoutRetries(context: TurnContext, next: () => Promise<void>): Promise<void> {
  const client: unknown = Reflect.get(connectorOf(context), 'client');
  if (isClient(client)) client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  await next();
}

function isClient(client: unknown): client is { pipeline: { removePolicy(which: { name: string }): void } } {
  return typeof client === 'object' && client !== null && 'pipeline' in client;
}

function connectorOf(context: TurnContext): ConnectorClient {
  return context.turnState.get<ConnectorClient>((context.adapter as CloudAdapter).ConnectorClientKey);
}

function continued(reference: Reference): Partial<ConversationReference> {
  return {
    channelId: 'msteams',
    serviceUrl: reference.serviceUrl,
    bot: { id: reference.bot, name: '' },
    conversation: {
      id: reference.conversation ?? '',
      name: '',
      isGroup: false,
      conversationType: '',
      tenantId: reference.tenant,
    },
    ...(reference.user === undefined ? {} : { user: { id: reference.user, name: '' } }),
  };
}

function message(reference: Reference, content: AdaptiveCard | Attachment | string): Partial<Activity> {
  // No more than this: a conversation with empty fields is refused as 'BadArgument'.
  const envelope = {
    type: 'message',
    from: { id: reference.bot },
    conversation: { id: reference.conversation ?? '' },
    ...(reference.user === undefined ? {} : { recipient: { id: reference.user } }),
  } as Partial<Activity>;
  if (typeof content === 'string') return { ...envelope, text: content, textFormat: 'plain' };
  if ('contentType' in content) return { ...envelope, attachments: [content] };
  return {
    ...envelope,
    summary: content.fallbackText,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}

function mayWorkSoon(error: unknown): boolean {
  return error instanceof Later ? error.seconds <= 1 : error instanceof TeamsFault && error.passing;
}

async function hung(ms: number, signal: AbortSignal): Promise<never> {
  await setTimeout(ms, undefined, { signal });
  throw new TeamsFault('teams-timeout', true);
}

/** Retried according to 'Optimize your bot with rate limiting in Teams'; 408, 500 and 503 are as passing. */
const passing = new Set([408, 412, 500, 502, 503, 504]);
/** Seconds to wait where a 429 does not say. */
const patience = 5;

function translated(error: unknown): Error {
  if (error instanceof TeamsFault) return error;
  const status = numberAt(error, 'statusCode');
  if (status === undefined) {
    const code = codeOf(error);
    return new TeamsFault(code ?? 'teams-failed', code !== undefined);
  }
  if (status === 403 || status === 404) return new Undeliverable(status === 403 ? 'teams-blocked' : 'teams-gone');
  if (status === 429) return new Later(retryAfter(error));
  return new TeamsFault(`teams-${status}`, passing.has(status));
}

/** A network error's code ('ECONNREFUSED', …). */
function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' && /^(E[A-Z]+|REQUEST_SEND_ERROR)$/.test(code) ? code : undefined;
}

function numberAt(error: unknown, key: string): number | undefined {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** Seconds of a Retry-After header (RFC 9110 §10.2.3, the delay form), within a minute short of an hour. */
function retryAfter(error: unknown): number {
  const response: unknown = Reflect.get(error as object, 'response');
  const headers: unknown =
    typeof response === 'object' && response !== null ? Reflect.get(response, 'headers') : undefined;
  const read: unknown = typeof headers === 'object' && headers !== null ? Reflect.get(headers, 'get') : undefined;
  const text: unknown = typeof read === 'function' ? read.call(headers, 'retry-after') : undefined;
  const seconds = typeof text === 'string' ? Number(text) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), 3540) : patience;
}
