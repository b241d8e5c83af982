import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './screen.ts';
import type { SlackWorld } from './world.ts';

/** How an administrator installs the app. */
interface Consent {
  /** Who agrees, by their name in that workspace. */
  readonly as: string;
  /** On the whole organisation. */
  readonly wholeOrganisation?: boolean;
  /** What is granted, where it is less than was asked for. */
  readonly scopes?: readonly string[];
}

/**
 * Several workspaces behind one Web API, as Slack has them: a call belongs to the workspace whose token it carries. The emulator exchanges the codes; token rotation and whole
 * organisations, which it does not know, are scripted here (docs.slack.dev, 'Using token rotation', 'oauth.v2.access').
 */
export interface Grid {
  readonly apiUrl: string;
  /** An administrator agrees at the page that the app's link leads to; gives the address that the browser is sent back to. */
  agree(address: string, world: SlackWorld, consent: Consent): Promise<string>;
  /** The tokens of a workspace's installation end now; they are still good to be replaced. */
  expire(world: SlackWorld): void;
  /** The next refreshes are answered with this error. */
  refuseRefresh(error: string, times?: number): void;
  /** How often a refresh token was taken. */
  readonly refreshes: number;
  /** Tokens that were given back. */
  readonly revoked: readonly string[];
  /** Every token that was ever issued. */
  readonly tokens: readonly string[];
  close(): Promise<void>;
}

interface Issued {
  readonly world: SlackWorld;
  /** What the emulator knows it as. */
  readonly underlying: string;
  state: 'good' | 'expired' | 'revoked';
}

/** Twelve hours, as Slack's tokens last. */
const lasts = 43_200;

export async function startGrid(worlds: readonly SlackWorld[]): Promise<Grid> {
  const issued = new Map<string, Issued>();
  const refreshTokens = new Map<string, Issued>();
  const codes = new Map<string, { readonly world: SlackWorld; readonly consent: Consent }>();
  const refusals: string[] = [];
  const revoked: string[] = [];
  let refreshes = 0;

  const issue = (world: SlackWorld, underlying: string): Json => {
    const made: Issued = { world, underlying, state: 'good' };
    const token = `xoxe.xoxb-1-${randomBytes(12).toString('hex')}`;
    const refreshToken = `xoxe-1-${randomBytes(12).toString('hex')}`;
    issued.set(token, made);
    refreshTokens.set(refreshToken, made);
    return { access_token: token, refresh_token: refreshToken, expires_in: lasts, token_type: 'bot' };
  };

  const access = async (form: URLSearchParams, raw: string): Promise<Json> => {
    if (form.get('grant_type') === 'refresh_token') {
      const refusal = refusals.shift();
      if (refusal) return { ok: false, error: refusal };
      const given = form.get('refresh_token') ?? '';
      const old = refreshTokens.get(given);
      if (!old || form.get('client_secret') !== old.world.client.clientSecret)
        return { ok: false, error: 'invalid_refresh_token' };
      refreshTokens.delete(given);
      refreshes += 1;
      return { ok: true, ...issue(old.world, old.underlying) };
    }
    const code = codes.get(form.get('code') ?? '');
    if (!code) return { ok: false, error: 'invalid_code' };
    codes.delete(form.get('code') ?? '');
    const { world, consent } = code;
    const answer = await post(`${world.apiUrl}oauth.v2.access`, raw);
    if (!answer.ok) return answer;
    const enterprise = world.enterpriseId ? { id: world.enterpriseId, name: 'Organisation' } : null;
    return {
      ...answer,
      ...issue(world, String(answer.access_token)),
      ...(consent.scopes ? { scope: consent.scopes.join(',') } : {}),
      team: consent.wholeOrganisation ? null : { id: world.teamId, name: `Workspace ${world.teamId}` },
      enterprise,
      is_enterprise_install: consent.wholeOrganisation ?? false,
    };
  };

  const called = async (method: string, request: IncomingMessage, raw: string): Promise<Json> => {
    const form = new URLSearchParams(raw);
    if (method === 'oauth.v2.access') return access(form, raw);
    const token = form.get('token') ?? (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const found = issued.get(token);
    if (!found) return { ok: false, error: 'invalid_auth' };
    if (found.state !== 'good') return { ok: false, error: `token_${found.state}` };
    if (method === 'auth.revoke') {
      found.state = 'revoked';
      revoked.push(token);
      return { ok: true, revoked: true };
    }
    form.delete('token');
    return post(`${found.world.apiUrl}${method}`, form.toString(), found.underlying);
  };

  const server = createServer((request, response) => {
    const answered = async () => {
      const raw = await text(request);
      const path = request.url ?? '';
      if (path.startsWith('/api/')) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(await called(path.slice('/api/'.length), request, raw)));
        return;
      }
      // A response_url: whoever made it knows it.
      for (const world of worlds) {
        const passed = await fetch(new URL(path, world.apiUrl), { method: 'POST', body: raw });
        if (passed.status === 404) continue;
        response.writeHead(passed.status).end('ok');
        return;
      }
      response.writeHead(404).end();
    };
    // A call that a world loses, loses its connection here too.
    answered().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const world of worlds) world.proxy.behind(origin);

  return {
    apiUrl: `${origin}/api/`,
    async agree(address, world, consent) {
      const { pathname, search } = new URL(address);
      const asked = await fetch(`${world.emulatorUrl}${pathname}${search}`);
      const page = await asked.text();
      const form = page.split('<form').find((one) => one.includes(`<span class="user-login">${consent.as}</span>`));
      if (!asked.ok || !form) throw new Error(`Slack did not ask ${consent.as}: ${asked.status} ${page.slice(0, 200)}`);
      const hidden = [...form.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value.replaceAll('&amp;', '&'),
      ]);
      const agreed = await fetch(`${world.emulatorUrl}${pathname}/callback`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(hidden).toString(),
        redirect: 'manual',
      });
      const back = agreed.headers.get('location') ?? '';
      codes.set(new URL(back).searchParams.get('code') ?? '', { world, consent });
      return back;
    },
    expire(world) {
      for (const one of issued.values()) if (one.world === world && one.state === 'good') one.state = 'expired';
    },
    refuseRefresh(error, times = 1) {
      for (let time = 0; time < times; time += 1) refusals.push(error);
    },
    get refreshes() {
      return refreshes;
    },
    revoked,
    get tokens() {
      return [...issued.keys(), ...refreshTokens.keys()];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function post(url: string, body: string, token?: string): Promise<Json> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body,
  });
  return (await response.json()) as Json;
}

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A browser that keeps its cookies, in front of the app's installation pages. */
export interface Browser {
  readonly cookies: ReadonlyMap<string, string>;
  open(address: string): Promise<{ readonly status: number; readonly page: string; readonly headers: Headers }>;
}

export function browser(): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async open(address) {
      const response = await fetch(address, {
        headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
        redirect: 'manual',
      });
      for (const set of response.headers.getSetCookie()) {
        const [pair = ''] = set.split(';');
        const cut = pair.indexOf('=');
        if (/expires=Thu, 01 Jan 1970/i.test(set)) cookies.delete(pair.slice(0, cut));
        else cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
      }
      return { status: response.status, page: await response.text(), headers: response.headers };
    },
  };
}

/** The address behind the page's button. */
export function goLink(page: string): string {
  return (/class="go" href="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&');
}

/** Installs the app as an administrator does: its page, Slack's, and back. Gives the last page. */
export async function install(
  grid: Grid,
  appUrl: string,
  world: SlackWorld,
  consent: Consent,
): Promise<{ readonly status: number; readonly page: string }> {
  const admin = browser();
  const { page } = await admin.open(`${appUrl}/slack/install`);
  return admin.open(await grid.agree(goLink(page), world, consent));
}
