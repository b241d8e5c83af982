// Whatever happens to a series and its dates, and in whatever order and however often the mails arrive: what RFC 5546 prescribes comes of it.
import fc from 'fast-check';
import ICAL from 'ical.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { readMail } from '../../adapters/mail/incoming/read.ts';
import { isRefusal } from '../../domain/decider.ts';
import type { Letter } from '../../domain/mail-ports.ts';
import { slotFrom } from '../../domain/meetings/hours.ts';
import { newestOf } from '../../domain/meetings/mailed-answers.ts';
import type { Series } from '../../domain/meetings/series.ts';
import { dateStanding, statusesOf } from '../../domain/meetings/series-standing.ts';
import { type Actor, system } from '../../domain/people.ts';
import { secondTuesday } from '../../domain/testing/usual.ts';
import { calendarOf } from './attendee.ts';
import {
  answerFor,
  arriving,
  createFlight,
  emailOf,
  type Name,
  names,
  program,
  reply,
  type Stage,
  type Status,
  server,
  setStage,
  shuffled,
  status,
  statuses,
  told,
  who,
} from './stories.ts';

/** The second Tuesday at 15:00 in Paris, over the change of hours; the clock of the tests stands at 23 November 2026. */
const rule = { ...secondTuesday, from: '2026-12-01' };
const dates = ['2026-12-08', '2027-01-12', '2027-02-09', '2027-03-09', '2027-04-13'] as const;
const until = '2027-04-30T00:00:00.000Z';
const at = (local: string) => {
  const slot = slotFrom(local, rule.zone, 60);
  if (isRefusal(slot)) throw new Error(slot.refused);
  return slot;
};
const byRule = (date: string) => at(`${date}T15:00`).instant;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

const which = fc.nat({ max: dates.length - 1 });
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('move' as const), which, day: fc.integer({ min: 15, max: 27 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('out' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('convene' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('roster' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('chat' as const), who, status }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      who,
      status,
      program,
      /** One date, or the whole series. */
      of: fc.option(which, { nil: undefined }),
      forged: fc.constantFrom('no', 'no', 'no', 'no', 'sender', 'server', 'sequence', 'date'),
    }),
  },
  { weight: 5, arbitrary: arriving },
);
type Does = typeof step extends fc.Arbitrary<infer D> ? D : never;
const story = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }), seed: fc.nat() });
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

interface Mail {
  readonly who: Name;
  readonly status: Status;
  readonly stamp: number;
  /** The component that it answers, '' for the rule, and the version of it that the attendee had. */
  readonly of: string;
  readonly version: number;
  readonly honest: boolean;
  readonly text: string;
  /** It has been here: a mail that comes again says nothing. */
  came: boolean;
}

interface Component {
  version: number;
  readonly answers: Map<Name, { readonly stamp: number; readonly status: Status }[]>;
}

/** The organiser's side by the standard alone: components (the rule '', and dates that were changed), each with the answers to its present version. */
function createReference() {
  const there = new Set<Name>(names);
  let ended = false;
  const components = new Map<string, Component>();
  const component = (of: string) => {
    const known: Component = components.get(of) ?? { version: 0, answers: new Map() };
    components.set(of, known);
    return known;
  };
  const hours = new Map<string, string | undefined>(dates.map((date) => [date, byRule(date)]));
  const changed = new Set<string>();
  return {
    there,
    hours,
    isEnded: () => ended,
    version: (of: string) => component(of).version,
    change: (date: string, hour: string | undefined) => {
      hours.set(date, hour);
      changed.add(date);
      const known = component(date);
      known.version += 1;
      known.answers.clear();
    },
    end: (convened: ReadonlySet<string>) => {
      ended = true;
      const last =
        [...convened]
          .filter((date) => hours.get(date))
          .toSorted()
          .at(-1) ?? '';
      for (const date of dates) if (!convened.has(date) || date > last) hours.set(date, undefined);
      // The rule's new invitation has a new version; what was answered stands.
      for (const known of components.values()) known.version += 1000;
      for (const of of ['', ...dates]) if (!components.has(of)) component(of).version = 1000;
    },
    part: (name: Name) => {
      there.delete(name);
      for (const known of components.values()) known.answers.delete(name);
    },
    hear: (name: Name, of: string, answer: { stamp: number; status: Status }) => {
      const { answers } = component(of);
      answers.set(name, [...(answers.get(name) ?? []), answer]);
    },
    of: (name: Name, date: string): Status | undefined => {
      const last = (of: string) =>
        (component(of).answers.get(name) ?? []).toSorted((a, b) => a.stamp - b.stamp).at(-1)?.status;
      return last(date) ?? (changed.has(date) ? undefined : last(''));
    },
  };
}

async function play({ steps, seed }: Story) {
  const { cast, helpdesk, people, act, second } = stage;
  const { ports, clock, service } = cast;
  const id = ports.ids.next('W');
  const reference = createReference();
  const before = cast.letters.length;
  const series = async (): Promise<Series> => (await ports.store.load('series', id)).state;
  const roster = () =>
    act(system, {
      kind: 'series',
      id,
      command: { type: 'series.roster', people: [...reference.there].map((name) => people[name]) },
    });
  await act(helpdesk, { kind: 'series', id, command: { type: 'series.start', group: 'HTAD', rule } });
  await roster();
  const flight = createFlight(async (mail: Mail) => {
    await service.takeMail(await readMail(Buffer.from(mail.text), { server, arrival: clock.now() }));
    const again = mail.came;
    mail.came = true;
    const stands = mail.of === '' ? !reference.isEnded() : reference.hours.get(mail.of) !== undefined;
    const latest = mail.version === reference.version(mail.of) && reference.there.has(mail.who);
    if (!again && mail.honest && stands && latest) reference.hear(mail.who, mail.of, mail);
  });
  for (const one of steps) {
    const stamp = second();
    const state = await series();
    const date = 'which' in one && one.do !== 'arrive' ? (dates[one.which] ?? dates[0]) : '';
    const meetingId = state.convened[date];
    switch (one.do) {
      case 'move': {
        const slot = at(`${date.slice(0, 7)}-${one.day}T10:00`);
        const moved = meetingId
          ? await act(helpdesk, { kind: 'meeting', id: meetingId, command: { type: 'meeting.reschedule', slot } })
          : await act(helpdesk, { kind: 'series', id, command: { type: 'series.move', date, slot } });
        if (moved) reference.change(date, slot.instant);
        break;
      }
      case 'out': {
        if (reference.hours.get(date) === undefined) break;
        const out = meetingId
          ? await act(helpdesk, {
              kind: 'meeting',
              id: meetingId,
              command: { type: 'meeting.cancel', reason: 'helpdesk' },
            })
          : await act(helpdesk, { kind: 'series', id, command: { type: 'series.skip', date } });
        if (out) reference.change(date, undefined);
        break;
      }
      case 'convene': {
        const invitees = [...reference.there].map((name) => people[name]);
        const command = { type: 'series.convene', date, meetingId: ports.ids.next('M'), invitees } as const;
        await act(system, { kind: 'series', id, command });
        break;
      }
      case 'end':
        if (await act(helpdesk, { kind: 'series', id, command: { type: 'series.end' } }))
          reference.end(new Set(Object.keys(state.convened)));
        break;
      case 'roster': {
        if (reference.isEnded()) break;
        if (reference.there.has(one.who)) reference.part(one.who);
        else reference.there.add(one.who);
        await roster();
        break;
      }
      case 'chat': {
        const actor: Actor = { id: people[one.who], verified: true, grants: [] };
        const command = { type: 'series.answer', person: people[one.who], answer: answerFor[one.status] } as const;
        if (await act(actor, { kind: 'series', id, command }))
          reference.hear(one.who, '', { stamp, status: one.status });
        break;
      }
      case 'write':
        flight.send(await written(id, one, reference, stamp));
        break;
      case 'arrive':
        await flight.come(one);
        break;
    }
    if (seed % 3 === 0) await cast.deliver();
  }
  await flight.comeAll(seed);
  await cast.deliver();
  return {
    id,
    reference,
    state: await series(),
    letters: cast.letters.slice(before).filter(({ calendar }) => calendar),
  };
}

/** A reply to what the attendee's calendar has now: to the whole series, or to one date of it. */
async function written(
  id: string,
  { who: name, status: answer, program: by, of, forged }: Extract<Does, { do: 'write' }>,
  reference: ReturnType<typeof createReference>,
  stamp: number,
): Promise<Mail> {
  const date = of === undefined ? '' : (dates[of] ?? dates[0]);
  const { store } = stage.cast.ports;
  const { state } = await store.load('series', id);
  const meetingId = state.convened[date];
  const held = meetingId ? (await store.load('meeting', meetingId)).state : undefined;
  const standing = state.standing ?? { sequence: 0 };
  const own = held ?? { ...standing, sequence: dateStanding(state.standing, date).sequence ?? standing.sequence };
  // Who came back to the group has it under a higher number than the others.
  const numberIn = (of: { readonly sequence: number; readonly newest?: number }) =>
    stamp % 2 === 0 ? of.sequence : newestOf(of);
  const sequence = numberIn(date === '' ? standing : own);
  const local = `${(date || dates[0]).replaceAll('-', '')}T150000`;
  const sample = {
    uid: `${id}@bot.example`,
    sequence,
    attendee: emailOf(name),
    status: answer,
    start: local,
    end: local.replace('T15', 'T16'),
    ...(forged === 'date' ? { occurrence: '20270113T150000' } : date === '' ? {} : { occurrence: local }),
  };
  return {
    who: name,
    status: answer,
    stamp,
    of: date,
    version: reference.version(date),
    honest: forged === 'no',
    came: false,
    text: reply(by, sample, stamp, forged),
  };
}

/**
 * The SEQUENCE of each cancellation of the whole, and of each invitation to it behind one, beside the highest that its reader had of the whole before: what is not above
 * that, Exchange leaves aside ([MS-OXOCAL] 3.1.5.4).
 */
function numbersOf(own: readonly Letter[]) {
  let [above, out] = [-1, false];
  return own.flatMap(({ calendar }) => {
    const events = new ICAL.Component(ICAL.parse(calendar?.ics ?? '')).getAllSubcomponents('vevent');
    const whole = events.find((event) => !event.hasProperty('recurrence-id') && event.hasProperty('rrule'));
    if (!whole) return [];
    const sequence = Number(whole.getFirstPropertyValue('sequence'));
    const cancels = calendar?.method === 'CANCEL';
    const told = cancels || out ? [{ above, sequence }] : [];
    out = cancels;
    above = Math.max(above, sequence);
    return told;
  });
}

const writes = (name: Name, answer: Status, of: number, forged: 'no' | 'sender' = 'no'): Does => ({
  do: 'write',
  who: name,
  status: answer,
  program: 'google',
  of,
  forged,
});

const examples: [Story][] = [
  // Found by a long run: who answered a date, left the group and came back, and then answered the series.
  [
    {
      steps: [
        { do: 'convene', which: 2 },
        { do: 'write', who: 'bruno', status: 'ACCEPTED', program: 'apple', of: 2, forged: 'no' },
        { do: 'arrive', which: 0, again: false },
        { do: 'roster', who: 'bruno' },
        { do: 'roster', who: 'bruno' },
        { do: 'chat', who: 'bruno', status: 'ACCEPTED' },
      ],
      seed: 0,
    },
  ],
  // Everything that can come of a story: a date that is a meeting and one that is none, each answered in every way, and one that is not believed.
  [
    {
      steps: [
        { do: 'convene', which: 0 },
        ...[0, 1].flatMap((of) => [
          writes('aino', 'ACCEPTED', of),
          writes('bruno', 'TENTATIVE', of),
          writes('carla', 'DECLINED', of),
        ]),
        writes('carla', 'ACCEPTED', 1, 'sender'),
      ],
      seed: 0,
    },
  ],
];

describe('a series, in any order', () => {
  test('each date ends with the answers to it as it stands, else with those to the series, the one written last of each', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(story, async (given) => {
        const { reference, state } = await play(given);
        for (const date of dates) {
          if (reference.hours.get(date) === undefined) continue;
          const meetingId = state.convened[date];
          const known = meetingId
            ? (await stage.cast.ports.store.load('meeting', meetingId)).state.invites
            : statusesOf(state.standing, date);
          for (const name of names) {
            const given = known[stage.people[name]];
            const expected = reference.of(name, date);
            expect([date, name, given?.replace(/^(?:sent|pending)$/, 'silent')]).toEqual([
              date,
              name,
              reference.there.has(name) ? (expected ? answerFor[expected] : 'silent') : undefined,
            ]);
            seen.add(`${expected ?? 'silent'} ${meetingId ? 'meeting' : 'date'}`);
          }
        }
        if ((state.standing?.mailed.doubts.length ?? 0) > 0) seen.add('doubted');
      }),
      { ...told(50, 2000), examples },
    );
    expect([...seen].toSorted()).toEqual(
      [...[...statuses, 'silent'].flatMap((one) => [`${one} meeting`, `${one} date`]), 'doubted'].toSorted(),
    );
  }, 1_200_000);

  test('every attendee’s calendar ends at the hours that stand, or without them, in whatever order its mails come', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (given) => {
        const { id, reference, letters } = await play(given);
        const hours = [...reference.hours.values()].filter((hour) => hour !== undefined).toSorted();
        for (const name of names) {
          const own = letters.filter(({ to }) => to === emailOf(name));
          const held = calendarOf(shuffled([...own, ...own], given.seed), `${id}@bot.example`, until);
          expect([name, [...held.values()].toSorted()]).toEqual([name, reference.there.has(name) ? hours : []]);
          expect([name, numbersOf(own).filter(({ above, sequence }) => sequence <= above)]).toEqual([name, []]);
        }
      }),
      { ...told(25, 1000), examples },
    );
  }, 1_200_000);
});
