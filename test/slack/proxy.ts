import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asBlocks, asText, type Json, type ReplyTo, type Screen } from './screen.ts';

/** One call of the Web API, or of a response_url (then `method` is 'response_url'). */
export interface Call {
  readonly method: string;
  readonly args: Json;
  readonly answer: Json;
}

/**
 * What goes wrong with a call. `lose` lets it happen and loses the answer, `reset` loses the call; `silent` never answers, and `delayMs` comes before anything else. With
 * `done` it happened all the same.
 */
export type Fault =
  | { readonly status: 429; readonly retryAfter: number }
  | { readonly status: 500; readonly done?: boolean }
  | { readonly reset: true }
  | { readonly silent: true; readonly done: boolean }
  | { readonly error: string }
  | { readonly lose: true }
  | { readonly delayMs: number };

/** A server in front of the emulator that does what the emulator does not. */
export interface Proxy {
  /** Ends in '/api/'. */
  readonly apiUrl: string;
  readonly calls: readonly Call[];
  /** Lets the next `times` calls of a method ('chat.postMessage', 'response_url', '*' for any) go wrong. */
  inject(method: string, fault: Fault, times?: number): void;
  /** From now on each call goes wrong as `pick` says; without it, none does. */
  storm(pick?: (method: string) => Fault | undefined): void;
  /** A response_url that can be used five times, as Slack's. */
  responseUrl(to: ReplyTo): string;
  /** Shares a channel with another organisation (Slack Connect), or ends that. */
  share(channel: string, on?: boolean): void;
  /** Response_urls begin with this address from now on: that of a server in front. */
  behind(origin: string): void;
  /** Remembers whose trigger it is, so that the view that it opens is on that person's screen. */
  trigger(id: string, user: string): void;
  close(): Promise<void>;
}

/** The one workspace that the emulator knows. */
export const emulatedTeam = 'T000000001';

/**
 * Starts the proxy before `target` (the emulator's URL). It records every call, refuses what breaks Block Kit's limits as Slack does,
 * keeps `screen`, hosts response_urls and injects faults. `profiles` adds what the emulator's users.info lacks; answers name `teamId` as the workspace.
 */
export async function startProxy(
  target: string,
  screen: Screen,
  profiles: (user: string) => Json,
  teamId = emulatedTeam,
): Promise<Proxy> {
  const calls: Call[] = [];
  const faults: { method: string; fault: Fault; times: number }[] = [];
  const replies = new Map<string, { readonly to: ReplyTo; uses: number }>();
  const triggers = new Map<string, string>();
  const shared = new Set<string>();
  let weather: ((method: string) => Fault | undefined) | undefined;

  const faultFor = (method: string): Fault | undefined => {
    const found = faults.find((one) => one.times > 0 && (one.method === method || one.method === '*'));
    if (found) found.times -= 1;
    return found?.fault ?? weather?.(method);
  };

  const callApi = async (method: string, raw: string, headers: Record<string, string>): Promise<Json> => {
    const args = readForm(raw);
    const view = args.view as Json | undefined;
    const message = method.startsWith('chat.post') || method === 'chat.update';
    const problems = view ? screen.check('view', view) : message && args.blocks ? screen.check('message', args) : [];
    if (problems.length > 0) return { ok: false, error: 'invalid_blocks', response_metadata: { messages: problems } };
    const response = await fetch(`${target}/api/${method}`, { method: 'POST', headers, body: raw });
    const answer = JSON.parse((await response.text()).replaceAll(emulatedTeam, teamId)) as Json;
    if (answer.ok) note(method, args, answer);
    // The emulator's history knows no `oldest`.
    if (method === 'conversations.history' && args.oldest !== undefined && answer.ok) {
      const messages = asBlocks(answer.messages);
      return { ...answer, messages: messages.filter(({ ts }) => Number(ts) >= Number(args.oldest)) };
    }
    if (method === 'conversations.info' && answer.channel) {
      const { id } = answer.channel as Json;
      return { ...answer, channel: { ...(answer.channel as Json), is_ext_shared: shared.has(String(id)) } };
    }
    if (method === 'users.info' && answer.user) {
      return { ...answer, user: { ...(answer.user as Json), ...profiles(String(args.user)) } };
    }
    return answer;
  };

  const note = (method: string, args: Json, answer: Json): void => {
    const sent = { text: asText(args.text), blocks: asBlocks(args.blocks) };
    const view = answer.view as Json | undefined;
    const keep = (user: string) =>
      screen.open({ id: String(view?.id), hash: String(view?.hash), user, view: args.view as Json });
    switch (method) {
      case 'chat.postMessage':
        return screen.put({
          channel: String(answer.channel),
          ts: String(answer.ts),
          ...(args.thread_ts === undefined ? {} : { thread: asText(args.thread_ts) }),
          ...sent,
        });
      case 'chat.postEphemeral':
        return screen.put({
          channel: String(args.channel),
          ts: String(answer.message_ts),
          only: String(args.user),
          ...sent,
        });
      case 'chat.update':
        return void screen.replace(String(args.channel), String(args.ts), sent);
      case 'chat.delete':
        return screen.remove(String(args.channel), String(args.ts));
      case 'views.open':
        return keep(triggers.get(String(args.trigger_id)) ?? '');
      case 'views.update': {
        const open = [...screen.modals.values()].find((one) => one.id === String(view?.id));
        if (open) keep(open.user);
        return;
      }
      case 'views.publish':
        return screen.home(String(args.user_id), args.view as Json);
    }
  };

  const reply = (token: string, body: Json): number => {
    const found = replies.get(token);
    if (!found || found.uses >= 5) return 404;
    found.uses += 1;
    const problems = screen.reply(found.to, body);
    calls.push({ method: 'response_url', args: body, answer: { ok: problems.length === 0 } });
    return problems.length === 0 ? 200 : 400;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://proxy').pathname;
    const raw = await body(request);
    const replying = path.startsWith('/response/');
    const method = replying ? 'response_url' : path.replace(/^\/api\//, '');
    const fault = faultFor(method);
    if (fault && 'delayMs' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (fault && 'reset' in fault) {
      response.destroy();
      return;
    }
    // Silent until the caller gives up.
    if (fault && 'silent' in fault && !fault.done) return;
    if (fault && 'status' in fault && !('done' in fault && fault.done)) {
      calls.push({ method, args: {}, answer: { status: fault.status } });
      const headers = fault.status === 429 ? { 'retry-after': String(fault.retryAfter) } : {};
      response.writeHead(fault.status, headers).end();
      return;
    }
    if (replying) {
      response.writeHead(reply(path.slice('/response/'.length), JSON.parse(raw) as Json)).end('ok');
      return;
    }
    const answer =
      fault && 'error' in fault ? { ok: false, error: fault.error } : await callApi(method, raw, passedOn(request));
    calls.push({ method, args: readForm(raw), answer });
    if (fault && 'silent' in fault) return;
    if (fault && 'status' in fault) {
      response.writeHead(fault.status).end();
      return;
    }
    if (fault && 'lose' in fault) {
      response.destroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  let origin = own;

  return {
    apiUrl: `${own}/api/`,
    storm(pick) {
      weather = pick;
    },
    behind(address) {
      origin = address;
    },
    calls,
    inject: (method, fault, times = 1) => void faults.push({ method, fault, times }),
    responseUrl(to) {
      const token = randomUUID();
      replies.set(token, { to, uses: 0 });
      return `${origin}/response/${token}`;
    },
    share: (channel, on = true) => void (on ? shared.add(channel) : shared.delete(channel)),
    trigger: (id, user) => void triggers.set(id, user),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function passedOn(request: IncomingMessage): Record<string, string> {
  const { authorization, 'content-type': type } = request.headers;
  return { ...(authorization ? { authorization } : {}), ...(type ? { 'content-type': type } : {}) };
}

async function body(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A Web API call's form, with blocks, views and metadata as what they stand for. */
function readForm(raw: string): Json {
  const form: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(raw)) {
    form[name] = /^[[{]/.test(value) && name !== 'text' ? (JSON.parse(value) as unknown) : value;
  }
  return form;
}
