import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installationsCommand } from '../../cli/installations.ts';
import { openStage, type Stage } from '../journeys/stage.ts';
import { freePort } from '../ports.ts';
import type { SlackPerson } from './driver.ts';
import { type Grid, install, startGrid } from './grid.ts';
import { type SlackWorld, startSlackWorld } from './world.ts';

/** The network's own workspace, with the helpdesk's channel, and a hospital's, both served by one whole bot. */
describe('two workspaces side by side', () => {
  let network: SlackWorld;
  let hospital: SlackWorld;
  let grid: Grid;
  let stage: Stage;

  beforeAll(async () => {
    const port = await freePort();
    const redirectUris = [`http://127.0.0.1:${port}/slack/oauth_redirect`];
    network = await startSlackWorld([{ name: 'hanna' }, { name: 'clara' }], { redirectUris });
    hospital = await startSlackWorld(
      ['dora', 'lotte', 'admin'].map((name) => ({ name })),
      { redirectUris, teamId: 'T000000002' },
    );
    grid = await startGrid([network, hospital]);
    stage = await openStage({
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      SLACK_SIGNING_SECRET: network.signingSecret,
      SLACK_CLIENT_ID: network.client.clientId,
      SLACK_CLIENT_SECRET: network.client.clientSecret,
      SLACK_TEAM_ID: network.teamId,
      SLACK_ALLOWED_TEAMS: hospital.teamId,
      SLACK_DESK_CHANNEL: network.deskChannel,
      SLACK_API_URL: grid.apiUrl,
    });
    for (const world of [network, hospital]) {
      world.connect(`${stage.url}/slack/events`);
      const done = await install(grid, stage.url, world, { as: world === network ? 'hanna' : 'admin' });
      if (done.status !== 200) throw new Error(done.page);
    }
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await grid.close();
    for (const world of [network, hospital]) await world.close();
  });

  it('are installed sealed: no token can be read in the database', async () => {
    const files = readdirSync(stage.folder).filter((name) => name.includes('sqlite'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const bytes = readFileSync(join(stage.folder, file));
      for (const token of grid.tokens) expect(bytes.includes(token)).toBe(false);
      for (const world of [network, hospital]) expect(bytes.includes(world.teamId)).toBe(false);
    }
  });

  it('are listed for the operator with their names, scopes and times, and never a token', async () => {
    const { status, printed } = await operator();
    expect(status).toBe(0);
    for (const { teamId } of [network, hospital]) expect(printed).toContain(teamId);
    expect(printed).toMatch(
      /installed {2}20\d\d-.*Z\n {2}token {6}is replaced before 20\d\d-.*Z\n {2}scopes {5}commands, chat:write/,
    );
    for (const token of grid.tokens) expect(printed).not.toContain(token);
    expect(printed).not.toMatch(/xox/);
  });

  it('share the helpdesk: a question from one is answered from the other, and nothing else of it is seen there', async () => {
    const hanna = network.person('hanna');
    await hanna.dm(`code ${stage.helpdeskCode}`);
    const [clara, dora] = [network.person('clara'), hospital.person('dora')];
    await ask(clara, 'Clara asks where the form is.');
    await ask(dora, 'Dora asks about her log-in.');
    const ticket = await ticketOf(dora);
    await until(async () => (await hanna.seen(network.deskChannel)).includes(ticket));
    await hanna.command(`reply ${ticket} Try it again now, Dora.`, { desk: true });
    await until(async () => (await dora.seen('dm')).includes('Try it again now, Dora.'));

    await dora.dm('status');
    await dora.dm('support');
    const hospitalSees = [...hospital.screen.messages, ...hospital.screen.homes.values()];
    expect(JSON.stringify(hospitalSees)).not.toContain('Clara');
    expect(JSON.stringify(hospital.proxy.calls)).not.toContain('Clara asks');
    expect(await clara.seen('dm')).not.toContain('Dora');
    expect(await clara.seen('dm')).not.toContain(ticket);
    // Homes and typeaheads, too, and no call of one workspace names a place or a person of the other.
    for (const person of [clara, dora, hanna]) await person.openHome();
    expect(await dora.seen('home')).toContain(ticket);
    expect(await dora.seen('home')).not.toMatch(/Clara|queue/i);
    expect(await clara.seen('home')).not.toMatch(new RegExp(`Dora|${ticket}`));
    for (const source of ['case', 'expert']) expect(await dora.forgeSuggest(source, '')).toEqual([]);
    const named = JSON.stringify(hospital.proxy.calls.map(({ args }) => args));
    for (const id of [await clara.im(), await hanna.im(), network.deskChannel, network.general])
      expect([id, named.includes(id)]).toEqual([id, false]);

    // The helpdesk's work is in its own channel, in its own workspace alone.
    expect(hospital.screen.messages.filter(({ channel }) => channel === hospital.deskChannel)).toEqual([]);
    // A user id means somebody else in the other workspace.
    const im = await dora.im();
    await hospital.event({
      type: 'message',
      channel_type: 'im',
      channel: im,
      user: hanna.id,
      text: 'queue',
      ts: '2.2',
    });
    const asHanna = await stage.running.ports.store.personByIdentity({
      platform: 'slack',
      tenant: hospital.teamId,
      user: hanna.id,
    });
    const reallyHanna = await stage.running.ports.store.personByIdentity({
      platform: 'slack',
      tenant: network.teamId,
      user: hanna.id,
    });
    expect(reallyHanna).toBeDefined();
    expect(asHanna).not.toBe(reallyHanna);
    for (const world of [network, hospital]) {
      expect(world.screen.violations).toEqual([]);
      const strange = world.proxy.calls.filter(({ answer }) =>
        ['channel_not_found', 'user_not_found', 'invalid_auth'].includes(String(answer.error)),
      );
      expect(strange.filter(({ args }) => args.user !== hanna.id && args.users !== hanna.id)).toEqual([]);
    }

    // A card of the helpdesk's channel is none of the other workspace's, whoever names it there.
    const card = network.screen.messages.find(
      (one) => one.channel === network.deskChannel && one.text.includes(ticket),
    );
    await dora.react('white_check_mark', card?.ts ?? '', network.deskChannel);
    await dora.writeBelow(card?.ts ?? '', 'reply: From next door.', network.deskChannel);
    expect(await stage.running.ports.store.load('ticket', ticket)).toMatchObject({ state: { stage: 'in-progress' } });
    expect(JSON.stringify(network.screen.messages)).not.toContain('From next door');
  }, 60_000);

  it('part again: after the hospital removes the app its people are written to by e-mail, or the helpdesk sees that nobody could be reached', async () => {
    const [dora, lotte, hanna] = [hospital.person('dora'), hospital.person('lotte'), network.person('hanna')];
    const address = 'lotte.leadsma@saint-example.example';
    await lotte.dm(`verify ${address}`);
    await lotte.dm(`code ${await stage.mailedCode(address)}`);
    await ask(lotte, 'Who decides while I am away?');
    const [doras, lottes] = await Promise.all([ticketOf(dora), ticketOf(lotte)]);
    await hospital.event({ type: 'app_uninstalled' });
    expect(String((await dora.command('status')).body.text)).toContain('another workspace');
    const [calls, letters] = [hospital.proxy.calls.length, stage.mailed(address).length];
    for (const ticket of [doras, lottes]) await hanna.command(`reply ${ticket} A further answer.`, { desk: true });
    await until(async () => stage.mailed(address).length > letters);
    expect(stage.mailed(address).at(-1)).not.toContain('A further answer');
    await until(async () => {
      const dead = await stage.running.ports.outbox.deadLetters({ limit: 10 });
      return dead.some(({ payload, reason }) => payload['id'] === doras && reason === 'no-address');
    });
    expect(hospital.proxy.calls.length).toBe(calls);
    await hanna.dm('queue');
    expect(await hanna.seen('dm')).toContain('could not be delivered');
    expect((await operator()).printed).not.toContain(hospital.teamId);
  }, 60_000);

  it('are revoked by the operator: the token is given back, nothing is served there any more', async () => {
    const { teamId } = network;
    expect((await operator(['revoke'])).status).toBe(2);
    expect((await operator(['revoke', 'T999999999'])).printed).toContain('is not installed');
    const away = await operator(['revoke', teamId], { SLACK_API_URL: 'http://127.0.0.1:1/api/' });
    expect(away).toMatchObject({ status: 1, printed: expect.stringContaining('nothing was changed') });
    expect((await operator()).printed).toContain(teamId);
    expect(grid.revoked).toEqual([]);
    expect(await operator(['revoke', teamId])).toMatchObject({ status: 0, printed: expect.stringContaining('Done') });
    expect(grid.revoked).toHaveLength(1);
    expect((await operator()).printed).toContain('installed nowhere');
    expect(String((await network.person('clara').command('status')).body.text)).toContain('another workspace');
  }, 60_000);

  it('are forgotten where Slack does not answer, when the operator says so', async () => {
    expect((await install(grid, stage.url, network, { as: 'hanna' })).status).toBe(200);
    const forgotten = await operator(['revoke', network.teamId, '--here'], {
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
    });
    expect(forgotten).toMatchObject({ status: 0, printed: expect.stringContaining('Slack still takes its token') });
    expect((await operator()).printed).toContain('installed nowhere');
  }, 60_000);

  /** What an operator types, beside the running server. */
  async function operator(args: readonly string[] = [], more: Readonly<Record<string, string>> = {}) {
    let printed = '';
    const print = (text: string) => {
      printed += text;
    };
    return { status: await installationsCommand(args, { ...stage.env, ...more }, print), printed };
  }
});

async function ask(person: SlackPerson, text: string): Promise<void> {
  await person.dm('support');
  await person.press('Ask the helpdesk');
  await person.fill({ topic: 'other', text });
  await person.submit();
  if (Object.keys(person.errors()).length > 0) throw new Error(JSON.stringify(person.errors()));
}

const ticketOf = (person: SlackPerson) => until(async () => /T-[0-9A-Z]{8}/.exec(await person.seen('dm'))?.[0]);

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Not there within 20 s.');
}
