import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { shortcuts } from '../../adapters/slack/shortcut-table.ts';
import { answeredNames } from '../../bot/bot.ts';
import { commands } from '../../bot/commands.ts';
import { wordsOf } from '../../bot/words.ts';
import { type RoleName, roles, type SlackCast, slackCast, type Thing, things } from './cast.ts';
import type { Given } from './driver.ts';
import { commandRows, formRows, pressRows } from './roles-table.ts';
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
  if (text.includes(say('refusals:access.denied'))) return 'd';
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

  test('is in the table, or changes nothing for who may do nothing', async () => {
    const did: string[] = [];
    const rows = commandRows.map(([text]) => text.split(' ')[0]);
    for (const name of answeredNames.commands.filter((one) => !rows.includes(one)))
      for (const role of ['stranger', 'officer'] as const) {
        const before = stage.log();
        await stage.person(role).command(name);
        if (stage.log() !== before) did.push(`${name} did something for the ${role}`);
      }
    expect(did).toEqual([]);
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

  test('is in the table, or changes nothing for who may do nothing', async () => {
    const did: string[] = [];
    // Forgetting ends the one who presses it: help.test.ts.
    const rows = [...pressRows.map(([action]) => action), 'privacy.forget'];
    const all: readonly Thing[] = ['case', 'document', 'request', 'meeting', 'ticket', 'asked', 'poll', 'series'];
    for (const action of answeredNames.presses.filter((one) => !rows.includes(one)))
      for (const thing of all)
        for (const role of ['stranger', 'officer'] as const) {
          const ref = await make(thing);
          const before = stage.log();
          await stage.person(role).forge(action, ref);
          if (stage.log() !== before) did.push(`${action} did something with a ${thing} for the ${role}`);
        }
    expect(did).toEqual([]);
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
    expect({
      hcp: await count('hcp'),
      group: await count('group'),
      expert: await count('expert'),
      case: await count('case'),
      other: await count('other'),
    }).toEqual({ hcp: '++++++++', group: '++++++++', expert: '-++-+---', case: '-+------', other: '--------' });
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

describe('every event, by everybody', () => {
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

  test.each(formRows)('%s', async (form, thing, by, values, expected) => {
    let all = '';
    let made = -1;
    let given: { readonly view: Json; readonly standing: Readonly<Record<string, Json>> } | undefined;
    for (const role of roles) {
      if (made !== stage.log() || !given) {
        const ref = thing ? await make(thing) : '';
        given = await filled(by, form, ref, values);
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

  test('is in the table, or changes nothing when a stranger sends it empty', async () => {
    const did: string[] = [];
    const rows = formRows.map(([form]) => form);
    for (const form of answeredNames.forms.filter((one) => !rows.includes(one))) {
      const before = stage.log();
      const view = { type: 'modal', callback_id: `form:${form}`, private_metadata: '{"r":"C-00000000"}' };
      await stage.person('officer').forgeSubmit(view, {});
      if (stage.log() !== before) did.push(`${form} did something`);
    }
    expect(did).toEqual([]);
  });
});
