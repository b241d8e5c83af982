import { createHmac } from 'node:crypto';
import type { Json } from './screen.ts';

/** What the app answered to a request, with the time it took. */
export interface Received {
  readonly status: number;
  readonly body: Json;
  readonly milliseconds: number;
}

/** How a request is made to differ from an honest one. */
export interface Forged {
  /** Seconds from now in the time stamp: -301 is too old, 120 is in the future. */
  readonly shift?: number;
  /** Another secret than the app's. */
  readonly secret?: string;
  /** The headers are left out. */
  readonly unsigned?: boolean;
}

/** One request as Slack sends it, ready to be sent, and sent again. */
export interface Signed {
  readonly raw: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Signs a payload as Slack does (v0, HMAC-SHA-256): `event` as JSON, `command` as a form, `interaction` as a form with one field
 * `payload`.
 */
export function sign(
  kind: 'event' | 'command' | 'interaction',
  payload: Json,
  secret: string,
  forged: Forged = {},
): Signed {
  const raw =
    kind === 'event'
      ? JSON.stringify(payload)
      : kind === 'command'
        ? new URLSearchParams(payload as Record<string, string>).toString()
        : new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const type = kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded';
  if (forged.unsigned) return { raw, headers: { 'content-type': type } };
  const stamp = String(Math.floor(Date.now() / 1000) + (forged.shift ?? 0));
  const digest = createHmac('sha256', forged.secret ?? secret)
    .update(`v0:${stamp}:${raw}`)
    .digest('hex');
  return {
    raw,
    headers: { 'content-type': type, 'x-slack-request-timestamp': stamp, 'x-slack-signature': `v0=${digest}` },
  };
}

/** Sends a signed request to the app; an empty answer gives an empty body, text gives `{ text }`. */
export async function deliver(url: string, signed: Signed): Promise<Received> {
  const started = performance.now();
  const response = await fetch(url, { method: 'POST', headers: signed.headers, body: signed.raw });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') && text !== '';
  const body = json ? (JSON.parse(text) as Json) : text === '' ? {} : { text };
  return { status: response.status, body, milliseconds: performance.now() - started };
}
