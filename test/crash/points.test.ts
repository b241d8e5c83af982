import { expect, test } from 'vitest';
import type { Ports } from '../../bot/context.ts';
import { execute, type Step } from '../../bot/execute.ts';
import type { Interaction, What } from '../../bot/interaction.ts';
import { grantRole } from '../../bot/operators/roles.ts';
import { createService } from '../../bot/service.ts';
import { actorOf } from '../../bot/who.ts';
import { seedSample } from '../../cli/sample.ts';
import { isRefusal } from '../../domain/decider.ts';
import { slotFrom } from '../../domain/meetings/hours.ts';
import { system } from '../../domain/people.ts';
import { makeMasterKey } from '../../storage/keys.ts';
import { commitsOf } from './proof.ts';
import { servicePorts, stepped } from './service.ts';

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** One bot over one storage, whose outside is written down. */
async function world() {
  let time = Date.now();
  const clock = { now: () => new Date((time += 1)).toISOString() };
  const { storage, ports: plain } = servicePorts(':memory:', makeMasterKey(), clock);
  const sent: string[] = [];
  const onDesk: string[] = [];
  const codes: string[] = [];
  const ports: Ports = {
    ...plain,
    mail: {
      send: async ({ id, text }) => {
        sent.push(id);
        codes.push(...(/\b\d{4} \d{4}\b/.exec(text) ?? []));
      },
    },
    channels: [
      {
        platform: 'web',
        desk: true,
        post: async (_to, _card, id) => {
          sent.push(id);
          return id;
        },
        postToDesk: async (_card, id) => {
          sent.push(id);
          if (id.startsWith('card.')) onDesk.push(id);
          return id;
        },
        update: async () => undefined,
      },
    ],
  };
  await seedSample(ports);
  let number = 0;
  const act = (user: string, what: What): Interaction => ({
    key: `${user}:${(number += 1)}`,
    who: { identity: { platform: 'web', tenant: 'local', user }, name: user, language: 'en', zone: 'Europe/Paris' },
    where: { kind: 'private' },
    what,
  });
  return {
    ports,
    storage,
    codes,
    sent,
    onDesk,
    act,
    /** Does it and delivers what follows, all alive. */
    does: async (interaction: Interaction) => {
      const service = createService(ports);
      await service.bot.handle(interaction);
      await service.delivery.run();
    },
    /** The same, but the process ends at the n-th step of its ports. Gives whether it came that far. */
    dies: async (interaction: Interaction, at: number): Promise<boolean> => {
      let steps = 0;
      let die = () => {};
      const dead = new Promise<true>((resolve) => {
        die = () => resolve(true);
      });
      const step = () => {
        steps += 1;
        if (steps < at) return undefined;
        die();
        return new Promise<void>(() => undefined);
      };
      const mortal: Ports = {
        ...ports,
        store: stepped(ports.store, step),
        kept: stepped(ports.kept, step),
        outbox: stepped(ports.outbox, step),
        mail: stepped(ports.mail, step),
        channels: ports.channels.map((channel) => stepped(channel, step)),
      };
      const service = createService(mortal);
      const life = async () => {
        await service.bot.handle(interaction);
        await service.delivery.run();
        return false as const;
      };
      const ended = await Promise.race([dead, life()]);
      // What it had taken out of the outbox is given out again when its lease is over.
      time += 120_000;
      return ended;
    },
  };
}

type World = Awaited<ReturnType<typeof world>>;

const form = (name: string, values: Extract<What, { kind: 'submit' }>['values'], ref?: string): What => ({
  kind: 'submit',
  form: name,
  values,
  ...(ref === undefined ? {} : { ref }),
});
const applies = (name: string): What =>
  form('register.form', { hcp: ['EXB-1'], name: 'Clara Clinician', email: `${name}@saint-example.example` });
let planned = 0;
const asks = form('support.ask', { topic: 'other', text: 'Where is the form?' }, 'other');

/** A member with an open case; with `enrolled` it has its consent and is enrolled. Gives the case's id and the member. */
async function memberWithCase({ ports }: World, name: string, enrolled: boolean) {
  const { person } = await grantRole(
    ports,
    { email: `${name}@saint-example.example`, name },
    { role: 'member', hcp: 'EXB-1' },
  );
  const identity = { platform: 'web', tenant: 'local', user: name } as const;
  const details = await ports.store.person(person);
  if (!details) throw new Error('Nobody was entered');
  await execute(ports, system, [{ kind: 'person', id: person, command: { type: 'person.verify', method: 'code' } }], {
    rows: [
      { row: 'identity', identity, person },
      { row: 'person', id: person, value: { ...details, chat: identity } },
    ],
  });
  const id = ports.ids.next('C');
  const steps: Step[] = [
    {
      kind: 'case',
      id,
      command: { type: 'case.open', owner: person, hcp: 'EXB-1', group: 'HTAD', urgency: 'routine' },
    },
  ];
  if (enrolled) {
    const signed = {
      recordId: ports.ids.next('N'),
      answers: { care: 'given' },
      form: { kind: 'commission', version: '3.0' },
      signedOn: day(-1),
      signedBy: 'patient',
      attested: true,
    } as const;
    steps.push(
      { kind: 'consent', id, command: { type: 'consent.record', ...signed } },
      { kind: 'case', id, command: { type: 'case.enrol', attested: true } },
    );
  }
  const done = await execute(ports, await actorOf(ports, person), steps, {
    rows: [{ row: 'case', id, value: { pseudonym: 'Blue Heron' } }],
  });
  if (!('events' in done)) throw new Error(JSON.stringify(done));
  await createService(ports).delivery.run();
  return { caseId: id, person };
}

/** Each gives the act that is interrupted, after what goes before it; `name` is of somebody who was never there before. */
const acts: Readonly<Record<string, (given: World, name: string) => Promise<Interaction>>> = {
  'an operator’s one-time code': async ({ ports, act }, name) => {
    const { code } = await grantRole(ports, { email: `${name}@network.example`, name }, { role: 'helpdesk' });
    return act(name, { kind: 'text', text: `code ${code}` });
  },
  'an application': async ({ act }, name) => act(name, applies(name)),
  'the code of an application': async ({ act, does, codes }, name) => {
    await does(act(name, applies(name)));
    return act(name, { kind: 'text', text: `code ${codes.at(-1)}` });
  },
  'a stranger’s ticket': async ({ act }, name) => act(name, asks),
  'a reply': async ({ ports, act, does }, name) => {
    await does(act(name, asks));
    const [ticket] = await ports.store.find('ticket', {}, { limit: 1 });
    return act('helpdesk', { kind: 'command', text: `reply ${ticket?.id} It is on its way`, desk: true });
  },
  'a meeting that is planned': async ({ act, ports }) => {
    const [expert] = await ports.store.peopleByEmail('erik.expert@hopital-modele.example');
    const values = {
      // Each on a day of its own: who is asked to two meetings at once is asked about first.
      other: `${day(9 + (planned += 1))}T15:00`,
      minutes: '60',
      group: ['HTAD'],
      invitees: [expert ?? ''],
      join: 'https://meet.example/room',
    };
    return act('helpdesk', form('scheduling.plan', values, ''));
  },
  'a consent': async (given, name) => {
    const { caseId } = await memberWithCase(given, name, false);
    const values = {
      form: 'commission',
      version: '3.0',
      language: 'en',
      signedOn: day(-1),
      signedBy: 'patient',
      care: 'given',
      archive: 'ARCH-1',
      attest: true,
    };
    return given.act(name, form('consent.record', values, caseId));
  },
  'a withdrawal with a meeting planned': async (given, name) => {
    const { ports, act } = given;
    const { caseId } = await memberWithCase(given, name, true);
    const [helpdesk = ''] = await ports.store.peopleByEmail('hanna@cpms-desk.example');
    const [expert = ''] = await ports.store.peopleByEmail('erik.expert@hopital-modele.example');
    const slot = slotFrom(`${day(9)}T15:00`, 'Europe/Paris', 60);
    if (isRefusal(slot)) throw new Error(slot.refused);
    const command = { type: 'meeting.schedule', caseId, slot, invitees: [expert] } as const;
    await execute(ports, await actorOf(ports, helpdesk), [{ kind: 'meeting', id: ports.ids.next('M'), command }]);
    await createService(ports).delivery.run();
    return act(name, { kind: 'press', action: 'consent.withdraw', ref: `${caseId}/care` });
  },
};

/** Where everything stands: to say afterwards what came of an act. */
function stand({ storage, sent, onDesk }: World) {
  return { seq: storage.audit.head().seq, sent: new Set(sent).size, cards: new Set(onDesk).size };
}

/** What came of it since: events in their order, how much was sent, how many cards came onto the desk, and whether all is well. */
async function outcome(given: World, since: ReturnType<typeof stand>) {
  const rows = (await commitsOf(given.storage)).flatMap((commit) => commit.rows).filter(({ seq }) => seq > since.seq);
  const now = stand(given);
  const nextDue = await given.storage.outbox.nextDue();
  return {
    events: rows.map(({ kind, event }) => `${kind} ${event.type}`),
    sent: now.sent - since.sent,
    cards: now.cards - since.cards,
    delivered: nextDue === undefined || nextDue > given.ports.clock.now(),
    chain: given.storage.audit.verify().ok,
  };
}

test.each(Object.keys(acts))('%s, interrupted at every step and delivered again, is done once', async (name) => {
  const prepare = acts[name];
  if (!prepare) throw new Error('No such act');
  const given = await world();
  const first = await prepare(given, 'zero');
  const before = stand(given);
  await given.does(first);
  const expected = await outcome(given, before);
  expect(expected.events.length + expected.sent).toBeGreaterThan(0);

  for (let at = 1; ; at += 1) {
    const interaction = await prepare(given, `name-${at}`);
    const since = stand(given);
    const died = await given.dies(interaction, at);
    await given.does(interaction);
    expect({ at, ...(await outcome(given, since)) }).toEqual({ at, ...expected });
    if (!died) break;
  }
  given.storage.close();
});
