import { webApi } from '@slack/bolt';
import { Later, Undeliverable } from '../../bot/channel.ts';

const { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } = webApi;

/**
 * It can never arrive: the person or the place is gone, or the app was removed from the workspace (Slack then answers
 * `account_inactive` or `token_revoked`). The notice goes by e-mail.
 */
const gone = new Set([
  'account_inactive',
  'cannot_dm_bot',
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'is_archived',
  'is_inactive',
  'message_not_found',
  'not_in_channel',
  'not_installed',
  'restricted_action',
  'token_revoked',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
  'users_not_found',
]);

const patience = new Set(['message_limit_exceeded', 'rate_limited', 'ratelimited']);

/** A call of Slack's Web API failed for a reason that time or an operator can mend. `message` is a code without contents. */
export class SlackFault extends Error {}

/**
 * What a failed Web API call means for the outbox. Gives `Undeliverable` for what can never arrive, `Later` where Slack asks for
 * patience, and a `SlackFault` for the rest. A wrong token, one that expired and could not be replaced (`tokens.ts`), and a missing scope are among
 * the rest on purpose: they concern everybody and an operator can mend them, so the outbox tries again for hours and then shows a dead letter, instead of quietly
 * turning every notice into e-mail.
 */
export function deliveryError(error: unknown): Error {
  if (error instanceof Undeliverable || error instanceof Later) return error;
  const code = errorCode(error);
  if (error instanceof WebAPIRateLimitedError) return new Later(Math.max(1, error.retryAfter));
  if (patience.has(code) || code === 'http_429') return new Later(30);
  if (gone.has(code)) return new Undeliverable(code);
  return error instanceof SlackFault ? error : new SlackFault(`slack_${code}`);
}

/** The code of a failed call: Slack's own (`channel_not_found`), 'http_500', or 'request_failed'; never a message. */
export function errorCode(error: unknown): string {
  if (error instanceof Undeliverable) return error.code;
  if (error instanceof SlackFault) return error.message;
  if (error instanceof WebAPIRateLimitedError) return 'ratelimited';
  if (error instanceof WebAPIPlatformError) return String(error.data.error);
  if (error instanceof WebAPIHTTPError) return `http_${error.statusCode}`;
  // The SDK answers a 429 without a usable Retry-After with a plain error.
  if (error instanceof Error && error.message.startsWith('Retry header')) return 'http_429';
  return error instanceof Error ? error.name.toLowerCase() : 'request_failed';
}
