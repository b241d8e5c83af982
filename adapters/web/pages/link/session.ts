import type { Begun } from '../../../../bot/pages/pages.ts';
import { wordsIn } from '../shared/words.ts';

export interface Refused {
  readonly refused: string;
  readonly words: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface Request {
  readonly method?: 'GET' | 'POST';
  /** Bytes go as they are, everything else as JSON. */
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** Says whether an answer is a refusal. */
export function isRefused(answer: unknown): answer is Refused {
  return typeof answer === 'object' && answer !== null && 'refused' in answer && typeof answer.refused === 'string';
}

/** Says whether the refusal ends the whole page: its session is over, or belongs to another browser. */
export function isOver({ refused }: Refused): boolean {
  return refused === 'web.session' || /^(session|link)\./.test(refused);
}

/** No answer came, or none that could be read: the network, not the server, said no. */
function noConnection(): Refused {
  return { refused: 'no-connection', words: wordsIn(navigator.language).link.failed };
}

/** Calls one of a page's functions. `handle` names the session whose cookie the browser sends along. Gives a refusal where none of the server's came back. */
export async function call(path: string, handle: string, request: Request = {}): Promise<Response | Refused> {
  const { method = 'GET', body, signal } = request;
  const bytes = body instanceof Blob;
  const type = bytes ? 'application/octet-stream' : 'application/json';
  try {
    const response = await fetch(path, {
      method,
      headers: { 'X-Page': handle, ...(body ? { 'Content-Type': type } : {}) },
      ...(body ? { body: bytes ? body : JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
    return response.ok ? response : ((await response.json()) as Refused);
  } catch {
    return noConnection();
  }
}

/** The same, for a JSON answer. */
export async function callJson<State>(path: string, handle: string, request?: Request): Promise<State | Refused> {
  const response = await call(path, handle, request);
  if (!(response instanceof Response)) return response;
  try {
    return (await response.json()) as State;
  } catch {
    return noConnection();
  }
}

export interface Opened {
  readonly page: Begun['page'];
  readonly handle: string;
}

/** The session that this tab holds already: after `begin`, the address holds the handle instead of the token. */
export function handleHere(): string | undefined {
  return /^#([0-9a-f]{24})$/.exec(location.hash)?.[1];
}

/**
 * Uses the link of this address up. The token leaves the address bar and the history; where the link was for the other page, the
 * browser goes there.
 */
export async function begin(): Promise<Opened | Refused> {
  const [, base, token] = location.pathname.split('/');
  const opened = await callJson<Opened>(`/${base}/begin`, 'begin', { method: 'POST', body: { token } });
  if (isRefused(opened)) return opened;
  const own = { upload: 'u', decision: 'd', tab: 'tab', plan: 'plan', poll: 'p' }[opened.page];
  const address = `/${own}/open#${opened.handle}`;
  if (own === base) history.replaceState(null, '', address);
  else location.replace(address);
  return opened;
}
