import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { shortcuts } from '../../adapters/slack/incoming/shortcut-table.ts';
import { type BotEvent, botEvents } from '../../adapters/slack/install/scopes.ts';
import { commands } from '../../bot/commands.ts';
import { answeredNames } from '../../bot/handlers.ts';
import type { Source } from '../../bot/view.ts';
import { wordsOf } from '../../bot/words.ts';
import { type RoleName, roles, type SlackCast, slackCast, type Thing, things } from './cast.ts';
import type { Given } from './driver.ts';
import { fileAppeared, userChanged } from './fixtures/events.ts';
import { commandRows, eventRows, formRows, lastPressRows, pressRows } from './roles-table.ts';
import type { Json } from './screen.ts';
import type { Received } from './wire.ts';
import { type SlackWorld, startSlackWorld } from './world.ts';

let world: SlackWorld;
let stage: SlackCast;
let make: (thing: Thing) => Promise<string>;
const say = wordsOf('en');

beforeAll(async () => {
  world = await startSlackWorld(roles.map((name) => ({ name, realName: `Dr ${name} Example`, zone: 'Europe/Paris' })));
  stage = await slackCast(world);
  make = things(stage);
  // The first contact brings the privacy notice along; here it would stand in the way.
  for (const role of roles) await stage.person(role).dm('help');
}, 60_000);
afterAll(async () => {
  await stage.slack.stop();
  await world.close();
});
afterEach(() => {
  if (world.screen.violations.length > 0) throw new Error(world.screen.violations.join('\n'));
});

/** What a person sees: a card, a form, or a refusal (of their role, of a chat that nobody has verified, for another reason). */
type Outcome = 'c' | 'f' | 'd' | 'u' | 'n';
const refused = (outcome: Outcome) => !['c', 'f'].includes(outcome);

function kindOf(text: string): Outcome {
  if (['denied', 'unregistered'].some((why) => text.includes(say(`refusals:access.${why}`)))) return 'd';
  if (text.includes(say('refusals:access.unverified'))) return 'u';
  if (text.includes(say('common:failed.title'))) throw new Error(text);
  return text.includes(say('common:not-done')) ? 'n' : 'c';
}

async function outcomeOf(role: RoleName, act: () => Promise<Received>): Promise<Outcome> {
  const person = stage.person(role);
  world.screen.close(person.id);
  const before = new Set(world.screen.messages);
  const received = await act();
  if (received.status !== 200) throw new Error(`${role}: status ${received.status}`);
  if (person.modal()?.view.callback_id !== 'card' && person.modal()) return 'f';
  // New messages, and those that changed.
  const seen = world.screen.messages.filter((one) => !before.has(one) && (one.only ?? person.id) === person.id);
  const text = JSON.stringify([person.modal()?.view, seen.map(({ blocks }) => blocks)]);
  if (seen.length === 0 && !person.modal()) throw new Error(`${role} was answered with nothing`);
  return kindOf(text);
}

/** One row, by everybody: the thing is made anew where somebody changed it. Whoever is refused changes nothing. */
async function outcomes(
  thing: Thing | undefined,
  act: (role: RoleName, ref: string) => Promise<Received>,
): Promise<string> {
  let ref = '';
  let made = -1;
  let all = '';
  for (const role of roles) {
    if (made !== stage.log()) ref = thing ? await make(thing) : '';
    made = stage.log();
    const outcome = await outcomeOf(role, () => act(role, ref));
    if (refused(outcome) && stage.log() !== made) throw new Error(`${role} was refused, and it was done`);
    all += outcome;
  }
  return all;
}

describe(`every command, by ${roles.join(', ')}`, () => {
  test.each(commandRows)('/cpms %s', async (text, thing, expected) => {
    const desk = commands.find(({ name }) => name === text.split(' ')[0])?.desk ?? false;
    expect(await outcomes(thing, (role, ref) => stage.person(role).command(text.replace('*', ref), { desk }))).toBe(
      expected,
    );
  });

  test('is in the table: a new command needs a row there', () => {
    const rows = new Set(commandRows.map(([text]) => text.split(' ')[0]));
    expect(rows).toEqual(new Set([...answeredNames.commands, 'shwo']));
    expect(commands.filter(({ name }) => !rows.has(name))).toEqual([]);
  });

  test('answers in a channel to its author alone', async () => {
    const ref = await make('case');
    await stage.person('member').command(`case ${ref}`, { where: world.general });
    expect(await stage.person('member').seen(world.general)).toContain(ref);
    for (const role of roles.filter((name) => name !== 'member'))
      expect(await stage.person(role).seen(world.general)).not.toContain(ref);
  });
});

describe('every button, pressed by everybody, whoever was shown it', () => {
  test.each(pressRows)('%s', async (action, thing, ref, expected) => {
    const given = (id: string) => ref.replace('*', id);
    expect(await outcomes(thing, (role, id) => stage.person(role).forge(action, given(id)))).toBe(expected);
  });

  test('is in the table: a new button needs a row there', () => {
    const rows = new Set([...pressRows, ...lastPressRows].map(([action]) => action));
    expect(rows).toEqual(new Set(answeredNames.presses));
  });
});

describe('every shortcut, by everybody', () => {
  test.each(shortcuts)('$id', async ({ id, type }) => {
    const act = (role: RoleName) =>
      type === 'message' ? stage.person(role).messageShortcut(id, 'It stays empty') : stage.person(role).shortcut(id);
    expect(await outcomes(undefined, act)).toBe(id === 'request' ? 'cccccccc' : 'ffffffff');
  });

  test('‘New request’ offers what is each one’s to ask for', async () => {
    const offered: Record<string, string> = {};
    for (const role of roles) {
      await stage.person(role).shortcut('request');
      offered[role] = [...JSON.stringify(stage.person(role).modal()?.view).matchAll(/"act:([a-z.-]+)#/g)]
        .map(([, action]) => action)
        .join(' ');
      await stage.person(role).dismiss();
    }
    expect(offered).toEqual({
      stranger: 'support.ask register.begin verify.address',
      member: 'support.ask meeting.ask case.open document.choose',
      colleague: 'support.ask meeting.ask case.open document.choose',
      lead: 'support.ask',
      helpdesk: 'support.ask scheduling.plan',
      officer: 'support.ask',
      administrator: 'support.ask',
      newcomer: 'support.ask register.begin verify.address',
    });
  });
});

describe('every suggestion, by everybody', () => {
  test('hospitals and groups are public; people and cases are not', async () => {
    await make('case');
    const count = async (source: string) => {
      const found: number[] = [];
      for (const role of roles) found.push((await stage.person(role).forgeSuggest(source, '')).length);
      return found.map((number) => (number > 0 ? '+' : '-')).join('');
    };
    const found: Record<Source | 'other', string> = {
      hcp: await count('hcp'),
      group: await count('group'),
      expert: await count('expert'),
      case: await count('case'),
      other: await count('other'),
    };
    expect(found).toEqual({
      hcp: '++++++++',
      group: '++++++++',
      expert: '-++-+---',
      case: '-+------',
      other: '--------',
    });
  });
});

describe('App Home, of everybody', () => {
  test('shows what is their own', async () => {
    const ref = await make('case');
    const shown: Record<string, string> = {};
    for (const role of roles) {
      await stage.person(role).openHome();
      shown[role] = await stage.person(role).seen('home');
    }
    expect(shown['member']).toContain(ref);
    for (const role of roles.filter((name) => name !== 'member')) expect(shown[role]).not.toContain(ref);
    expect(shown['stranger']).toContain(say('status:stranger.title'));
    expect(shown['stranger']).toContain(say('status:buttons.register'));
  });
});

describe('every event that the app subscribes to, by everybody', () => {
  /** The card of a new ticket in the helpdesk's channel: its thread is the helpdesk's room. */
  async function room(): Promise<string> {
    const id = await make('ticket');
    await stage.person('helpdesk').forge('desk.note', id);
    await stage.person('helpdesk').fill({ text: 'So that it has a card' });
    await stage.person('helpdesk').submit();
    await stage.cast.deliver();
    const card = world.screen.messages.find(
      ({ channel, thread, blocks }) =>
        channel === world.deskChannel && thread === undefined && JSON.stringify(blocks).includes(id),
    );
    if (!card) throw new Error('the ticket has no card');
    return card.ts;
  }
  const own = (role: RoleName, type: string, more: Json = {}) =>
    world.event({ type, event_ts: '1706000000.000100', ...more, user: stage.person(role).id });
  const shared = (type: string) => () =>
    world.event({ type, channel: world.general, connected_team_id: 'T999', event_ts: '1.1' });
  const acts: Readonly<Record<BotEvent, (role: RoleName, ts: string) => Promise<Received>>> = {
    'message.im': (role) => stage.person(role).dm('where does my registration stand?'),
    app_mention: (role) => stage.person(role).mention('what can you do?', world.general),
    app_home_opened: (role) => stage.person(role).openHome(),
    file_shared: (role) =>
      world.event(fileAppeared(world.deskChannel, stage.person(role).id, '1706000000.000300', `F0DESK${role}`)),
    'message.groups': (role, ts) => stage.person(role).writeBelow(ts, 'she asked in May', world.deskChannel),
    reaction_added: (role, ts) => stage.person(role).react('eyes', ts, world.deskChannel),
    channel_shared: shared('channel_shared'),
    channel_unshared: shared('channel_unshared'),
    user_change: (role) => world.event(userChanged(stage.person(role).id, world.teamId, false)),
    tokens_revoked: (role) => own(role, 'tokens_revoked', { tokens: { oauth: [stage.person(role).id], bot: [] } }),
    app_uninstalled: (role) => own(role, 'app_uninstalled'),
  };

  test.each(botEvents)('%s', async (event) => {
    let all = '';
    for (const role of roles) {
      const ts = ['message.groups', 'reaction_added'].includes(event) ? await room() : '';
      const person = stage.person(role);
      world.screen.close(person.id);
      world.screen.homes.delete(person.id);
      const before = new Set(world.screen.messages);
      const made = stage.log();
      expect((await acts[event](role, ts)).status).toBe(200);
      const seen = world.screen.messages.filter((one) => !before.has(one));
      const home = world.screen.homes.has(person.id) ? 'h' : stage.log() === made ? '-' : '+';
      const outcome = seen.length > 0 ? kindOf(JSON.stringify(seen.map(({ blocks }) => blocks))) : home;
      const others = seen.filter(
        ({ channel, only }) => channel !== undefined && only !== undefined && only !== person.id,
      );
      expect(others).toEqual([]);
      if (['d', 'u', 'n', '-'].includes(outcome) && stage.log() !== made)
        throw new Error(`${role} was refused, and it was done`);
      all += outcome;
    }
    expect(all).toBe(eventRows[event]);
  });

  test('a message, a mention, a file and the chat’s opening are answered to each', async () => {
    for (const role of roles) {
      const person = stage.person(role);
      const acts: readonly (() => Promise<Received>)[] = [
        () => person.dm('where does my registration stand?'),
        () => person.dm('CPMS shows error 500'),
        () => person.mention('what can you do?', world.general),
        () => person.dropFile(`F0${role.toUpperCase()}`),
      ];
      for (const act of acts) expect(await outcomeOf(role, act)).toBe('c');
      expect((await person.openHome('messages')).status).toBe(200);
    }
  });

  test('what names a patient is not echoed, whoever writes it', async () => {
    for (const role of roles) {
      const before = world.screen.messages.length;
      await stage.person(role).dm('Patient Marie Dupont, born 03.04.1971, cannot log in');
      const shown = JSON.stringify(world.screen.messages.slice(before));
      expect(shown).toContain(say('common:identifying.title'));
      expect(shown).not.toMatch(/Dupont|1971/);
    }
  });
});

// Last: a form can enter a stranger, and make the newcomer a member.
describe('every form, sent by everybody, whoever had it open', () => {
  /** The form as the one who may has it before them, filled in. */
  async function filled(by: RoleName, press: string, ref: string, values: Readonly<Record<string, Given>>) {
    const person = stage.person(by);
    await person.forge(press, ref);
    await person.fill(values);
    const modal = person.modal();
    if (!modal) throw new Error(`${by} has no form`);
    return { view: modal.view, standing: person.standing() };
  }

  const rows = formRows.map(([form, thing, by, values, expected, refOf = '*']) => ({
    form,
    thing,
    by,
    values,
    expected,
    refOf,
  }));
  test.each(rows)('$form', async ({ form, thing, by, values, expected, refOf }) => {
    let all = '';
    let made = -1;
    let given: { readonly view: Json; readonly standing: Readonly<Record<string, Json>> } | undefined;
    for (const role of roles) {
      if (made !== stage.log() || !given) {
        const ref = thing ? await make(thing) : '';
        given = await filled(by, form, refOf.replace('*', ref), values);
        world.screen.close(stage.person(by).id);
      }
      made = stage.log();
      const { view, standing } = given;
      const before = new Set(world.screen.messages);
      const received = await stage.person(role).forgeSubmit(view, standing);
      const seen = world.screen.messages.filter((one) => !before.has(one));
      const { response_action } = received.body;
      const text = JSON.stringify([received.body, seen.map(({ blocks }) => blocks)]);
      const wrong = response_action === 'errors' || (response_action === 'update' && text.includes('⚠️'));
      const kind = kindOf(text);
      const outcome = kind === 'c' && wrong ? 'n' : kind;
      if (refused(outcome) && stage.log() !== made) throw new Error(`${role} was refused, and it was done`);
      all += outcome;
    }
    expect(all).toBe(expected);
  });

  test('is in the table: a new form needs a row there', () => {
    expect(new Set(formRows.map(([form]) => form))).toEqual(new Set(answeredNames.forms));
  });
});

describe('at the very end', () => {
  test.each(lastPressRows)('%s', async (action, thing, ref, expected) => {
    expect(await outcomes(thing, (role) => stage.person(role).forge(action, ref))).toBe(expected);
  });
});
