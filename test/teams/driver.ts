import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { type Microsoft, serviceUrl, startMicrosoft } from './microsoft.ts';
import { type TeamsPerson, teamsPerson } from './person.ts';
import { createScreen, type Json, type Screen } from './screen.ts';

/** A Teams with its people, in front of an app that listens on this machine. */
export interface TeamsWorld {
  readonly microsoft: Microsoft;
  readonly screen: Screen;
  /** For `createTeams`: the registration that this Microsoft knows, and the helpdesk's channel. */
  readonly config: {
    readonly appId: string;
    readonly appPassword: string;
    readonly tenantId: string;
    readonly allowedTenants: readonly string[];
    readonly deskConversation: string;
    readonly serviceUrl: string;
  };
  /** What the app is started with for this registration, as in its environment; the helpdesk's conversation is the test's to choose. */
  readonly settings: Readonly<Record<string, string>>;
  /** The helpdesk's channel, and another one that the bot is in. */
  readonly desk: string;
  readonly general: string;
  /** Says where the app listens: a server, or 'http://127.0.0.1:3978'. */
  connect(app: Server | string): void;
  /** Somebody of the tenant; the same name is the same person. */
  person(name: string): TeamsPerson;
  /** Delivers an activity with a true token, or with other headers. */
  deliver(activity: Json, headers?: Readonly<Record<string, string>>): Promise<Received>;
  /** Delivers any body at all. */
  post(body: string, headers: Readonly<Record<string, string>>): Promise<Received>;
  stop(): void;
}

export interface Received {
  readonly status: number;
  readonly text: string;
  readonly json: Json | undefined;
}

/** Starts Microsoft's side, at first without its signing keys for as many requests as are said. `stop` gives the network back. */
export async function startTeamsWorld(withoutKeys = 0): Promise<TeamsWorld> {
  const screen = createScreen();
  const microsoft = await startMicrosoft(screen, withoutKeys);
  const { appId, appPassword, tenantId } = microsoft;
  const desk = '19:desk0000000000000000000000000000@thread.tacv2';
  const people = new Map<string, TeamsPerson>();
  let base = '';

  async function post(body: string, headers: Readonly<Record<string, string>>): Promise<Received> {
    const { status, text } = await sent(`${base}/api/messages`, body, {
      'content-type': 'application/json',
      ...headers,
    });
    return { status, text, json: text.startsWith('{') ? (JSON.parse(text) as Json) : undefined };
  }

  const world: TeamsWorld = {
    microsoft,
    screen,
    config: { appId, appPassword, tenantId, allowedTenants: [tenantId], deskConversation: desk, serviceUrl },
    settings: { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: appPassword, TEAMS_TENANT_ID: tenantId },
    desk,
    general: '19:general00000000000000000000000000@thread.tacv2',
    connect(app) {
      base = typeof app === 'string' ? app : `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    },
    person(name) {
      const person = people.get(name) ?? teamsPerson(world, name, randomUUID());
      people.set(name, person);
      return person;
    },
    post,
    deliver: async (activity, headers) =>
      post(JSON.stringify(activity), headers ?? { authorization: `Bearer ${await microsoft.token()}` }),
    stop: () => microsoft.stop(),
  };
  return world;
}

// Head and body in one piece: where they go apart, as `fetch` sends them under nock, each request waits 40 ms for the other end's acknowledgement.
const agent = new Agent({ keepAlive: true });

async function sent(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly text: string }> {
  const asked = request(address, {
    method: 'POST',
    agent,
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
  });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, text: await textOf(response) };
}
