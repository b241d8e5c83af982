// Whatever is planned, moved, cancelled and answered, in whatever order and however often the mails arrive: what RFC 5546 prescribes comes of it.
import fc from 'fast-check';
import ICAL from 'ical.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { readMail } from '../../adapters/mail/incoming/read.ts';
import { isRefusal } from '../../domain/decider.ts';
import type { Letter } from '../../domain/mail-ports.ts';
import { localHour, slotFrom } from '../../domain/meetings/hours.ts';
import type { Meeting } from '../../domain/meetings/meeting.ts';
import type { Actor } from '../../domain/people.ts';
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

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), hour: fc.integer({ min: 0, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('chat' as const), who, status }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      who,
      status,
      program,
      /** To which of the invitations so far, counted from the newest. */
      back: fc.nat({ max: 2 }),
      forged: fc.constantFrom('no', 'no', 'no', 'no', 'sender', 'server', 'uid', 'sequence', 'attendee'),
    }),
  },
  { weight: 5, arbitrary: arriving },
);
type Does = typeof step extends fc.Arbitrary<infer D> ? D : never;
type Story = { readonly steps: readonly Does[]; readonly seed: number };

/** A mail on its way: what it says, and whether it may be believed. */
interface Mail {
  readonly who: Name;
  readonly sequence: number;
  readonly stamp: number;
  readonly status: Status;
  readonly honest: boolean;
  readonly text: string;
}

/** What an organiser's calendar knows of an attendee by RFC 5546 2.1.5: of the answers to the invitation as it stands, the one written last. */
interface Answer {
  readonly stamp: number;
  readonly status: Status;
}

/** The organiser's side by the standard alone. */
function createReference() {
  const state = { sequence: 0, cancelled: false };
  const answers = new Map<Name, Answer[]>();
  return {
    state,
    move: () => {
      state.sequence += 1;
      answers.clear();
    },
    cancel: () => {
      state.sequence += 1;
      state.cancelled = true;
    },
    hear: (who: Name, { stamp, status }: Answer) => {
      answers.set(who, [...(answers.get(who) ?? []), { stamp, status }]);
    },
    of: (who: Name): Status | undefined =>
      (answers.get(who) ?? []).toSorted((a, b) => a.stamp - b.stamp).at(-1)?.status,
  };
}

async function play({ steps, seed }: Story) {
  const { cast, helpdesk, people, act, second } = stage;
  const { ports, clock, service } = cast;
  const id = ports.ids.next('M');
  const reference = createReference();
  const before = cast.letters.length;
  const slotOf = (hour: number) => {
    const slot = slotFrom(`2027-0${1 + (hour % 9)}-1${hour % 9}T1${hour}:00`, 'Europe/Paris', 60);
    if (isRefusal(slot)) throw new Error(slot.refused);
    return slot;
  };
  const slot = slotOf(0);
  await act(helpdesk, {
    kind: 'meeting',
    id,
    command: { type: 'meeting.schedule', slot, invitees: names.map((name) => people[name]) },
  });
  const meeting = async (): Promise<Meeting> => (await ports.store.load('meeting', id)).state;
  const flight = createFlight(async (mail: Mail) => {
    await service.takeMail(await readMail(Buffer.from(mail.text), { server, arrival: clock.now() }));
    if (mail.honest && !reference.state.cancelled && mail.sequence === reference.state.sequence)
      reference.hear(mail.who, mail);
  });
  for (const one of steps) {
    const stamp = second();
    switch (one.do) {
      case 'move':
        if (
          await act(helpdesk, { kind: 'meeting', id, command: { type: 'meeting.reschedule', slot: slotOf(one.hour) } })
        )
          reference.move();
        break;
      case 'cancel':
        if (await act(helpdesk, { kind: 'meeting', id, command: { type: 'meeting.cancel', reason: 'helpdesk' } }))
          reference.cancel();
        break;
      case 'chat': {
        const actor: Actor = { id: people[one.who], verified: true, grants: [] };
        const command = { type: 'meeting.answer', person: people[one.who], answer: answerFor[one.status] } as const;
        if (await act(actor, { kind: 'meeting', id, command })) reference.hear(one.who, { stamp, status: one.status });
        break;
      }
      case 'write':
        flight.send(written(id, one, Math.max(0, (await meeting()).sequence - one.back), stamp));
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
    state: await meeting(),
    letters: cast.letters.slice(before).filter(({ calendar }) => calendar),
  };
}

function written(
  id: string,
  { who: name, status: answer, program: by, forged }: Extract<Does, { do: 'write' }>,
  sequence: number,
  stamp: number,
): Mail {
  const sample = {
    uid: forged === 'uid' ? 'M-00000000@bot.example' : `${id}@bot.example`,
    sequence,
    attendee: forged === 'attendee' ? 'eve@hospital.example' : emailOf(name),
    status: answer,
    start: '20270110T100000',
    end: '20270110T110000',
  };
  return {
    who: name,
    sequence,
    stamp,
    status: answer,
    honest: forged === 'no',
    text: reply(by, sample, stamp, forged),
  };
}

/** An attendee's calendar (RFC 5546 2.1.5): of what arrives, the higher SEQUENCE counts, then the later DTSTAMP; a CANCEL takes the meeting out. */
function calendarOf(letters: readonly Letter[]) {
  let held: { sequence: number; stamp: string; cancelled: boolean; start: string } | undefined;
  for (const { calendar } of letters) {
    const root = new ICAL.Component(ICAL.parse(calendar?.ics ?? ''));
    const event = root.getFirstSubcomponent('vevent');
    if (!event) continue;
    const next = {
      sequence: Number(event.getFirstPropertyValue('sequence')),
      stamp: String(event.getFirstPropertyValue('dtstamp')),
      cancelled: root.getFirstPropertyValue('method') === 'CANCEL',
      start: (event.getFirstPropertyValue('dtstart') as ICAL.Time).toJSDate().toISOString(),
    };
    if (!held || next.sequence > held.sequence || (next.sequence === held.sequence && next.stamp >= held.stamp))
      held = next;
  }
  return held;
}

const story = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }), seed: fc.nat() });

/** Between them everything that can come of a story. */
const everything: Does[] = [
  { do: 'chat', who: 'aino', status: 'ACCEPTED' },
  { do: 'write', who: 'bruno', status: 'TENTATIVE', program: 'google', back: 0, forged: 'no' },
  { do: 'write', who: 'carla', status: 'DECLINED', program: 'outlook', back: 0, forged: 'no' },
  { do: 'write', who: 'carla', status: 'ACCEPTED', program: 'apple', back: 0, forged: 'sender' },
];
const arrived: Does[] = [0, 0, 0].map((which) => ({ do: 'arrive', which, again: false }));
const examples: [Story][] = [
  [{ steps: [], seed: 0 }],
  [{ steps: everything, seed: 0 }],
  [{ steps: [{ do: 'cancel' }], seed: 0 }],
  [{ steps: [...everything, ...arrived, { do: 'cancel' }], seed: 0 }],
];

describe('in any order', () => {
  test('the organiser ends where the answers to the invitation as it stands lead, the one written last of each', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(story, async (given) => {
        const { reference, state } = await play(given);
        expect(state.sequence).toBe(reference.state.sequence);
        expect(state.stage).toBe(reference.state.cancelled ? 'cancelled' : 'scheduled');
        for (const name of names) {
          const expected = reference.of(name);
          const status = state.invites[stage.people[name]]?.replace(/^(?:sent|pending)$/, 'silent');
          seen.add(`${expected ?? 'silent'} ${state.stage}`);
          expect([name, status]).toEqual([name, expected ? answerFor[expected] : 'silent']);
        }
        if ((state.mailed?.doubts.length ?? 0) > 0) seen.add('doubted');
      }),
      { ...told(60, 3000), examples },
    );
    // A story in which nothing happens ends well, too.
    expect([...seen].toSorted()).toEqual(
      [
        ...[...statuses, 'silent'].flatMap((status) => ['scheduled', 'cancelled'].map((stage) => `${status} ${stage}`)),
        'doubted',
      ].toSorted(),
    );
  }, 1_200_000);

  test('every attendee’s calendar ends at the hour that stands, or without the meeting, in whatever order its mails come', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (given) => {
        const { id, state, letters } = await play(given);
        for (const name of names) {
          const own = letters.filter(
            ({ to, calendar }) => to === emailOf(name) && calendar?.ics.includes(`UID:${id}@`),
          );
          const held = calendarOf(shuffled([...own, ...own], given.seed));
          expect(held?.sequence).toBe(state.sequence);
          expect(held?.cancelled).toBe(state.stage === 'cancelled');
          expect(held && localHour(held.start, 'Europe/Paris')).toBe(state.slot.local);
        }
      }),
      told(30, 1500),
    );
  }, 1_200_000);
});
