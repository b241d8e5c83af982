import type { Logger as BoltLogger } from '@slack/bolt';
import { webApi } from '@slack/bolt';
import { errorCode } from './errors.ts';
import type { Token } from './install/tokens.ts';

const { WebClient, WebAPIHTTPError, WebAPIRequestError } = webApi;

export interface ClientOptions {
  /** Slack's Web API, for a test's. */
  readonly apiUrl: string | undefined;
  readonly logger: BoltLogger;
  /** Milliseconds after which a call counts as unanswered. */
  readonly timeout?: number;
}

/** How every client of ours calls Slack: no retries of the SDK's, which posts a message twice where an answer was lost. */
export function callOptions({ apiUrl, logger, timeout = 8000 }: ClientOptions): webApi.WebClientOptions {
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger,
  };
}

/** What says that the token is at fault. An invalid one may be the last one of a rotation that another process made. */
const tokenFaults = new Set(['token_expired', 'invalid_auth', 'token_revoked', 'not_authed']);

/** Calls that may be made twice: they read, or put the same thing into the same place. */
const repeatable = new Set([
  'auth.test',
  'chat.delete',
  'chat.update',
  'conversations.history',
  'conversations.info',
  'conversations.open',
  'conversations.replies',
  'files.info',
  'users.info',
  'views.publish',
]);

/**
 * A Web API client whose token may change under way: a call that Slack refuses for its token is made again with another one, where there is one. A call that may be
 * made twice is tried once more after a failure that says nothing about it (5xx, time-out, reset). Throws what the SDK throws.
 */
export function createClient(token: Token, options: ClientOptions): webApi.WebClient {
  // The SDK binds each method to `apiCall` of its own class: there is no other place to step in.
  class Client extends WebClient {
    override async apiCall(method: string, given: Record<string, unknown> = {}): Promise<webApi.WebAPICallResult> {
      const used = await token.current();
      try {
        return await this.#called(method, { ...given, token: used });
      } catch (error) {
        const other = tokenFaults.has(errorCode(error)) ? await token.instead(used) : undefined;
        if (other === undefined) throw error;
        return this.#called(method, { ...given, token: other });
      }
    }

    async #called(method: string, given: Record<string, unknown>): Promise<webApi.WebAPICallResult> {
      try {
        return await super.apiCall(method, given);
      } catch (error) {
        if (!repeatable.has(method) || !isUnanswered(error)) throw error;
        return super.apiCall(method, given);
      }
    }
  }
  return new Client(undefined, callOptions(options));
}

/** Whether a failed call may have been done all the same: Slack gave no answer, or one that says nothing. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof WebAPIRequestError || (error instanceof WebAPIHTTPError && error.statusCode >= 500);
}
