// What the stories of a meeting and of a series have in common: their people, what they write, and how often a story is told.
import fc from 'fast-check';
import { apple, google, outlook, type Sample } from '../../adapters/mail/incoming/testing/samples.ts';
import { type Cast, createCast } from '../../bot/conversations/testing.ts';
import { execute, type Step } from '../../bot/execute.ts';
import { isRefusal } from '../../domain/decider.ts';
import { type Actor, system } from '../../domain/people.ts';

const soak = Boolean(process.env['SOAK']);

/** So many stories a day, others each day (the same within one, so that what fails in the morning can be looked at), and so many in the long run. */
export const told = (daily: number, long: number): { readonly numRuns: number; readonly seed?: number } =>
  soak ? { numRuns: long } : { numRuns: daily, seed: Math.floor(Date.now() / 86_400_000) };

export const server = 'mx.network.example';
export const names = ['aino', 'bruno', 'carla'] as const;
export type Name = (typeof names)[number];
export const emailOf = (name: Name) => `${name}@hospital.example`;
export const statuses = ['ACCEPTED', 'TENTATIVE', 'DECLINED'] as const;
export type Status = (typeof statuses)[number];
export const answerFor = { ACCEPTED: 'accepted', TENTATIVE: 'tentative', DECLINED: 'declined' } as const;

const programs = { apple, google, outlook };
type Program = keyof typeof programs;

export const who = fc.constantFrom(...names);
export const status = fc.constantFrom(...statuses);
export const program = fc.constantFrom<Program>('apple', 'google', 'outlook');
/** A mail that was on its way comes, and may come again. */
export const arriving = fc.record({
  do: fc.constant('arrive' as const),
  which: fc.nat({ max: 20 }),
  again: fc.boolean(),
});

/** The people of the stories on a bot of their own. */
export interface Stage {
  readonly cast: Cast;
  readonly helpdesk: Actor;
  readonly people: Readonly<Record<Name, string>>;
  /** One act; says whether it was done. */
  readonly act: (actor: Actor, step: Step) => Promise<boolean>;
  /** The next moment: everything happens in a second of its own, for a calendar's stamp has no finer ones. */
  readonly second: () => number;
}

export async function setStage(): Promise<Stage> {
  const cast = await createCast({ desk: false });
  const { ports, clock } = cast;
  const people = {} as Record<Name, string>;
  for (const name of names) {
    const id = ports.ids.next('P');
    const value = { name, email: emailOf(name), language: 'en', zone: 'Europe/Paris', prefers: 'email' } as const;
    await execute(ports, system, [{ kind: 'person', id, command: { type: 'person.enter' } }], {
      rows: [{ row: 'person', id, value }],
    });
    people[name] = id;
  }
  const [desk = ''] = await ports.store.peopleByEmail('hanna@cpms-desk.example');
  return {
    cast,
    helpdesk: { id: desk, verified: true, grants: [{ role: 'helpdesk' }] },
    people,
    act: async (actor, step) => !isRefusal(await execute(ports, actor, [step])),
    second: () => {
      clock.forward(2 / 3600);
      return Math.floor(Date.parse(clock.now()) / 1000);
    },
  };
}

/** The text of a reply as a program writes it; `forged` tells what is wrong about it. */
export function reply(
  by: Program,
  sample: Pick<Sample, 'uid' | 'sequence' | 'attendee' | 'status' | 'start' | 'end' | 'occurrence'>,
  stamp: number,
  forged: string,
): string {
  return programs[by]({
    ...sample,
    sequence: forged === 'sequence' ? sample.sequence + 40 : sample.sequence,
    organiser: 'desk@bot.example',
    stamp: new Date(stamp * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, ''),
    ...(forged === 'sender' ? { from: 'eve@hospital.example' } : {}),
    ...(forged === 'server'
      ? { authentication: 'Authentication-Results: mx.evil.example; dmarc=pass header.from=hospital.example' }
      : {}),
  });
}

/** Mails on their way to the bot, which `arrive` gives them to: in any order, and some of them twice. */
export function createFlight<Mail>(arrive: (mail: Mail) => Promise<void>) {
  const flying: Mail[] = [];
  return {
    send: (mail: Mail): void => void flying.push(mail),
    /** One of them comes; `again`: and will come once more. */
    come: async ({ which, again }: { readonly which: number; readonly again: boolean }): Promise<void> => {
      const mail = flying[which % Math.max(1, flying.length)];
      if (!mail) return;
      await arrive(mail);
      if (!again) flying.splice(flying.indexOf(mail), 1);
    },
    /** The rest comes, in an order that the seed says. */
    comeAll: async (seed: number): Promise<void> => {
      for (const mail of shuffled(flying, seed)) await arrive(mail);
    },
  };
}

/** In another order, the same for one seed. */
export function shuffled<T>(all: readonly T[], seed: number): T[] {
  let state = seed | 1;
  return all
    .map((item) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return { item, state };
    })
    .toSorted((a, b) => a.state - b.state)
    .map(({ item }) => item);
}
