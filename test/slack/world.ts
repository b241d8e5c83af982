import { randomUUID } from 'node:crypto';
import { createEmulator } from 'emulate';
import { botScopes } from '../../adapters/slack/install/scopes.ts';
import { freePort } from '../ports.ts';
import { type SlackPerson, slackPerson } from './driver.ts';
import { enveloped, userChanged } from './fixtures/events.ts';
import { emulatedTeam, type Proxy, startProxy } from './proxy.ts';
import { type Json, type Screen, screen } from './screen.ts';
import { deliver, type Forged, type Received, type Signed, sign } from './wire.ts';

export interface SeedPerson {
  readonly name: string;
  readonly realName?: string;
  readonly email?: string;
  readonly zone?: string;
  readonly locale?: string;
}

/** What may be another one than usual, where several workspaces are side by side. */
export interface WorldOptions {
  readonly teamId?: string;
  /** The organisation that the workspace belongs to. */
  readonly enterpriseId?: string;
  /** Whether the app is installed on the whole organisation: payloads then say so. */
  readonly wholeOrganisation?: boolean;
  /** The addresses that an installation may come back to. */
  readonly redirectUris?: readonly string[];
}

export interface SlackWorld {
  /** For the app's configuration. */
  readonly apiUrl: string;
  readonly botToken: string;
  /** A token of the first person who was seeded, for what they do with Slack alone. */
  readonly memberToken: string;
  readonly signingSecret: string;
  /** What the app is started with for this workspace, as in its environment; the helpdesk's channel is the test's to choose. */
  readonly settings: Readonly<Record<string, string>>;
  readonly teamId: string;
  readonly enterpriseId: string | undefined;
  readonly appId: string;
  /** The app's credentials for OAuth. */
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  /** The emulator itself: where an administrator's browser goes to. */
  readonly emulatorUrl: string;
  /** The helpdesk's channel; the bot and everybody seeded are in it. */
  readonly deskChannel: string;
  /** A channel that has nothing to do with the helpdesk; everybody is in it, the bot too. */
  readonly general: string;
  /** Throws for somebody who was not seeded. */
  person(name: string): SlackPerson;
  /** Somebody changes their profile, and Slack tells the app. */
  profile(name: string, change: Pick<SeedPerson, 'zone' | 'locale'>): Promise<Received>;
  readonly screen: Screen;
  readonly proxy: Proxy;
  /** Says where the app listens: the address of `/slack/events`. */
  connect(url: string): void;
  /** Signs a payload and sends it; `forged` makes it dishonest. */
  send(kind: 'event' | 'command' | 'interaction', payload: Json, forged?: Forged): Promise<Received>;
  /** Sends the last request once more, byte for byte: what Slack does when it is not sure. */
  repeat(): Promise<Received>;
  /** The last request, to be sent `again` later. */
  last(): Signed;
  again(request: Signed): Promise<Received>;
  /** An event in its envelope, as the Events API sends it; `outside` where its channel is shared with another organisation. */
  event(event: Json, forged?: Forged, outside?: boolean): Promise<Received>;
  /** A Web API call straight to the emulator. */
  api(method: string, args: Readonly<Record<string, string>>, token?: string): Promise<Json>;
  close(): Promise<void>;
}

const appId = 'A0CPMSBOT1';
const botToken = 'xoxb-cpms-bot-0001';
const memberToken = 'xoxp-member-0001';
const signingSecret = '0123456789abcdef0123456789abcdef';

/**
 * Starts a Slack for one test file: the emulator with these people and strict scopes, the proxy in front, and an empty screen. The bot has
 * exactly the scopes of `adapters/slack/install/scopes.ts`. The caller starts the app with what is given here and calls `connect`.
 */
export async function startSlackWorld(
  seeded: readonly SeedPerson[] = [{ name: 'ada', realName: 'Ada Example', zone: 'Europe/Paris', locale: 'en-GB' }],
  options: WorldOptions = {},
): Promise<SlackWorld> {
  const teamId = options.teamId ?? emulatedTeam;
  const { enterpriseId, wholeOrganisation = false } = options;
  const port = await freePort();
  const scopes = botScopes.map((one) => one.scope);
  const app = {
    app_id: appId,
    bot_id: 'B0CPMSBOT1',
    bot_user_id: 'U0CPMSBOT1',
    bot_name: 'cpms-bot',
    name: 'CPMS bot',
  };
  const client = {
    client_id: '1.1',
    client_secret: 'not-a-secret',
    redirect_uris: [...(options.redirectUris ?? [])],
    scopes,
  };
  const emulator = await createEmulator({
    service: 'slack',
    port,
    seed: {
      slack: {
        strict_scopes: true,
        users: seeded.map((one) => ({
          name: one.name,
          real_name: one.realName ?? one.name,
          email: one.email ?? `${one.name}@hospital.example`,
        })),
        channels: [
          { name: 'helpdesk', is_private: true },
          { name: 'corridor', is_private: true },
        ],
        oauth_apps: [{ ...app, ...client }],
        tokens: [
          { token: botToken, type: 'bot', user: app.bot_user_id, scopes, app_id: appId, bot_id: app.bot_id },
          {
            token: memberToken,
            type: 'user',
            user: seeded[0]?.name,
            scopes: ['users:read', 'groups:read', 'groups:write', 'channels:read', 'files:read', 'files:write'],
          },
        ],
      },
    },
  });
  const api = async (method: string, args: Readonly<Record<string, string>>, token = botToken): Promise<Json> => {
    const response = await fetch(`${emulator.url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(args).toString(),
    });
    const answer = (await response.json()) as Json;
    if (!answer.ok) throw new Error(`${method}: ${String(answer.error)}`);
    return answer;
  };

  const members = (await api('users.list', {})).members as { id: string; name: string }[];
  const channels = (await api('conversations.list', { types: 'private_channel' }, memberToken)).channels as {
    id: string;
    name: string;
  }[];
  const channel = (name: string) => channels.find((one) => one.name === name)?.id ?? '';
  for (const name of ['helpdesk', 'corridor']) {
    await api('conversations.invite', { channel: channel(name), users: app.bot_user_id }, memberToken);
  }

  const shown = screen();
  const changes = new Map<string, Pick<SeedPerson, 'zone' | 'locale'>>();
  const proxy = await startProxy(
    emulator.url,
    shown,
    (user) => {
      const name = members.find((one) => one.id === user)?.name;
      const seed = { ...seeded.find((one) => one.name === name), ...changes.get(name ?? '') };
      return { tz: seed.zone ?? 'Europe/Brussels', locale: seed.locale ?? 'en-US' };
    },
    teamId,
  );
  let url = '';
  let last: Signed | undefined;
  const people = new Map<string, SlackPerson>();

  /** What every payload of a workspace in an organisation says besides. */
  const inOrganisation = (kind: string, payload: Json): Json => {
    if (enterpriseId === undefined) return payload;
    const named = kind === 'interaction' ? { enterprise: { id: enterpriseId, name: 'Organisation' } } : {};
    const authorization = {
      enterprise_id: enterpriseId,
      team_id: wholeOrganisation ? null : teamId,
      user_id: app.bot_user_id,
      is_bot: true,
      is_enterprise_install: wholeOrganisation,
    };
    const flag = kind === 'command' ? String(wholeOrganisation) : wholeOrganisation;
    return {
      ...payload,
      ...(kind === 'interaction' ? named : { enterprise_id: enterpriseId }),
      ...(kind === 'event' ? { authorizations: [authorization] } : { is_enterprise_install: flag }),
    };
  };

  const world: SlackWorld = {
    apiUrl: proxy.apiUrl,
    botToken,
    memberToken,
    signingSecret,
    settings: {
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_BOT_TOKEN: botToken,
      SLACK_TEAM_ID: teamId,
      SLACK_API_URL: proxy.apiUrl,
    },
    teamId,
    enterpriseId,
    appId,
    client: { clientId: client.client_id, clientSecret: client.client_secret },
    emulatorUrl: emulator.url,
    deskChannel: channel('helpdesk'),
    general: channel('corridor'),
    screen: shown,
    proxy,
    api,
    person(name) {
      const found = people.get(name);
      if (!found) throw new Error(`nobody called ${name} was seeded`);
      return found;
    },
    profile(name, change) {
      changes.set(name, { ...changes.get(name), ...change });
      return world.event(userChanged(world.person(name).id, teamId, false));
    },
    connect(address) {
      url = address;
    },
    async send(kind, payload, forged) {
      last = sign(kind, inOrganisation(kind, payload), signingSecret, forged);
      return deliver(url, last);
    },
    repeat: async () => deliver(url, world.last()),
    last() {
      if (!last) throw new Error('nothing was sent yet');
      return last;
    },
    again: (request) => deliver(url, request),
    event(event, forged, outside) {
      const id = `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`;
      return world.send(
        'event',
        enveloped(event, { team: teamId, app: appId, id, bot: app.bot_user_id, ...(outside ? { outside } : {}) }),
        forged,
      );
    },
    async close() {
      await proxy.close();
      await emulator.close();
    },
  };
  for (const { name } of seeded) {
    const id = members.find((one) => one.name === name)?.id;
    if (id) people.set(name, slackPerson(world, id, name));
  }
  return world;
}
