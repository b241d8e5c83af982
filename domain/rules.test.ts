import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decider, isRefusal } from './decider.ts';
import { deciders, type Events, type EventType, type Kind } from './entities.ts';
import { frozen, later } from './testing/histories.ts';
import { onward, start, surely } from './testing/onward.ts';
import { anybody, anyOrder, cast, commandTypes, ids, kindOf } from './testing/orders.ts';
import { broken } from './testing/rules.ts';
import { usual } from './testing/usual.ts';
import { act, look, type World } from './testing/world.ts';

const soak = process.env['SOAK'] !== undefined;
const runs = (usually: number) => (soak ? { numRuns: usually * 100 } : { numRuns: usually, seed: 20260302 });
const minutes = 60_000;
const everybody: readonly string[] = [...Object.keys(cast), 'system'];

/** One act of a random story: any order by anybody; any order by the first who may; or what somebody who knows the way does next. */
const anyAct = fc.record({
  hours: fc.constantFrom(0, 0, 1, 8, 30),
  next: fc.oneof(
    { weight: 2, arbitrary: fc.record({ who: anybody, order: anyOrder() }) },
    { weight: 6, arbitrary: fc.record({ who: fc.constant('whoever may'), order: anyOrder() }) },
    // One command among many, and the only one of its kind.
    { weight: 1, arbitrary: fc.record({ who: fc.constant('system'), order: anyOrder(['directory.import']) }) },
    {
      weight: 8,
      arbitrary: fc
        .constantFrom<Kind>(
          'registration',
          'case',
          'consent',
          'document',
          'request',
          'poll',
          'series',
          'meeting',
          'ticket',
        )
        .chain((kind) => fc.record({ kind: fc.constant(kind), id: fc.constantFrom(...ids[kind]) })),
    },
  ),
});
type Act = typeof anyAct extends fc.Arbitrary<infer T> ? T : never;

const beginning = start();

/** A case that is ready, with files and a request on their way, as a story's start. */
function underWay(): World {
  let world = beginning;
  const go = (kind: Kind, id: string, times: number) => {
    for (let time = 0; time < times; time += 1) {
      const [who, order] = onward(world, kind, id, later(0)) ?? [];
      if (who !== undefined && order) world = surely(world, who, order);
    }
  };
  go('case', 'C-1', 1);
  go('consent', 'C-1', 1);
  go('case', 'C-1', 2);
  go('document', 'D-1', 4);
  go('document', 'D-2', 2);
  go('request', 'Q-1', 2);
  go('meeting', 'M-1', 1);
  go('request', 'Q-2', 1);
  go('poll', 'V-1', 2);
  go('registration', 'R-1', 4);
  go('registration', 'R-3', 9);
  go('stray', 'F-1', 3);
  go('series', 'W-1', 6);
  return world;
}

const ready = underWay();

function play(world: World, acts: readonly Act[], seen?: Set<EventType>): World {
  let now = world;
  let hours = 0;
  for (const { next, hours: passed } of acts) {
    hours += passed;
    const at = later(0, hours);
    const [knows, way] = 'order' in next ? [] : (onward(now, next.kind, next.id, at) ?? []);
    const order = 'order' in next ? next.order : way;
    if (!order) continue;
    const who = 'order' in next ? next.who : (knows ?? '');
    for (const each of who === 'whoever may' ? everybody : [who]) {
      const outcome = act(now, each, order, at);
      if (isRefusal(outcome)) continue;
      now = outcome;
      break;
    }
  }
  for (const { event } of now.log.slice(world.log.length)) seen?.add(event.type);
  return now;
}

describe('the rules that may never break', () => {
  const seen = new Set<EventType>();

  test.each([
    ['from nothing', beginning],
    ['with a case under way', ready],
  ] as const)(
    'hold whatever anybody does, %s',
    (_, world) => {
      fc.assert(
        fc.property(fc.array(anyAct, { minLength: 20, maxLength: 80, size: 'max' }), (acts) => {
          expect(broken(play(world, acts, seen))).toEqual([]);
        }),
        runs(800),
      );
    },
    60 * minutes,
  );

  test('in stories in which nearly everything happens', () => {
    // A story that goes nowhere holds every rule.
    const rare: readonly EventType[] = ['country-listed', 'person-entered'];
    const missing = everyEvent.filter((type) => !seen.has(type) && !rare.includes(type));
    expect(missing).toEqual([]);
  });

  test('are noticed when they are broken', () => {
    const forged = (...events: readonly (readonly [Kind, string, Events])[]): World => ({
      ...ready,
      log: [...ready.log, ...events.map(([kind, id, event]) => ({ act: ready.acts + 1, kind, id, event }))],
    });
    const by = { at: later(0), by: 'anna' };
    expect(broken(ready)).toEqual([]);
    expect(
      broken(forged(['consent', 'C-1', { type: 'consent-withdrawn', ...by, purpose: 'care' }])).length,
    ).toBeGreaterThan(4);
    expect(broken(forged(['registration', 'R-2', { type: 'registration-taken', ...by, by: 'desk' }]))[0]).toMatch(
      /^rule 1/,
    );
    expect(
      broken(forged(['registration', 'R-1', { type: 'ern-it-notified', ...by, by: 'carl', on: '2026-03-02' }]))[0],
    ).toMatch(/^rule 2/);
    expect(
      broken(
        forged(['registration', 'R-1', { type: 'cpms-approved', ...by, on: '2026-03-02', source: 'cpms-mail' }]),
      )[0],
    ).toMatch(/^rule 3/);
    expect(broken(forged(['document', 'D-2', { type: 'document-released', ...by }]))[0]).toMatch(/^rule 5/);
    expect(
      broken(
        forged(['meeting', 'M-1', { type: 'meeting-rescheduled', ...by, slot: look(ready, 'meeting', 'M-1').slot }]),
      )[0],
    ).toMatch(/^rule 7/);
    expect(broken(forged(['ticket', 'T-1', { type: 'ticket-closed', ...by, by: 'uma' }]))[0]).toMatch(/^rule 8/);
    expect(broken(forged(['ticket', 'T-1', { type: 'ticket-noted', ...by, text: 'Jean has a fever' }]))[0]).toMatch(
      /^rule 9/,
    );
  });
});

test('withdrawing takes one step and stops everything that is planned, whoever of the HCP hears of it', () => {
  for (const who of ['anna', 'bert', 'lena', 'dora']) {
    const after = surely(ready, who, {
      kind: 'consent',
      id: 'C-1',
      command: { type: 'consent.withdraw', purpose: 'care' },
    });
    const stage = (kind: 'case' | 'meeting' | 'request' | 'document', id: string) => look(after, kind, id).stage;
    expect(look(after, 'case', 'C-1')).toMatchObject({ stage: 'ready', onHold: true });
    expect(stage('meeting', 'M-1')).toBe('cancelled');
    expect(stage('request', 'Q-2')).toBe('cancelled');
    expect([stage('document', 'D-1'), stage('document', 'D-2')]).toEqual(['rejected', 'rejected']);
    expect([look(after, 'document', 'D-1').purged, look(after, 'document', 'D-2').purged]).toEqual([true, true]);
    const [owner, order] = onward(after, 'consent', 'C-1', later(1)) ?? [];
    if (owner === undefined || !order) throw new Error('Nobody can record a consent');
    expect(look(surely(after, owner, order), 'case', 'C-1')).toMatchObject({ stage: 'ready', onHold: false });
  }
});

test('a meeting cannot be scheduled past the case of its request', () => {
  const slot = look(ready, 'meeting', 'M-1').slot;
  for (const caseId of [{}, { caseId: 'C-2' }]) {
    const outcome = act(
      ready,
      'desk',
      {
        kind: 'meeting',
        id: 'M-2',
        command: { type: 'meeting.schedule', requestId: 'Q-2', ...caseId, slot, invitees: ['elsa'] },
      },
      later(0),
    );
    expect(outcome).toHaveProperty('refused');
  }
});

describe.each(Object.keys(deciders) as Kind[])('the decider of %s', (kind) => {
  type Loose = Decider<unknown, unknown, Events, unknown>;
  const decider = deciders[kind] as unknown as Loose;
  const types = commandTypes.filter((type) => kindOf(type) === kind);
  const facts = usual[kind];
  const who = fc.constantFrom('anna', 'carl', 'desk', 'lead-1', 'system', '');
  const at = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 40 }).map((days) => later(days)) },
    { weight: 1, arbitrary: fc.string() },
  );
  const anyFacts =
    facts === null
      ? fc.constant(null)
      : fc.dictionary(fc.constantFrom(...Object.keys(facts)), fc.boolean()).map((some) => {
          // Only what is true or false is shuffled.
          const flags = Object.entries(some).filter(
            ([name]) => typeof (facts as unknown as Record<string, unknown>)[name] === 'boolean',
          );
          return { ...facts, ...Object.fromEntries(flags) };
        });

  test(
    'is total and pure: it never throws, and each event leads on',
    () => {
      fc.assert(
        fc.property(fc.array(fc.tuple(anyOrder(types), who, at, anyFacts), { maxLength: 40 }), (told) => {
          let state = frozen(decider.initial);
          const codes: string[] = [];
          for (const [order, by, when, given] of told) {
            const command = frozen({ ...order.command, by, at: when });
            const outcome = decider.decide(state, command, frozen(given));
            expect(decider.decide(state, command, given)).toEqual(outcome);
            if (isRefusal(outcome)) {
              codes.push(outcome.refused);
              continue;
            }
            for (const event of outcome) {
              expect(event).toMatchObject({ at: when, by });
              const next = frozen(decider.evolve(state, frozen(event)));
              expect(Object.keys(decider.initial as object).filter((key) => !(key in (next as object)))).toEqual([]);
              state = next;
            }
          }
          expect(codes.filter((code) => !/^[a-z]+\.[a-z0-9-]+$/.test(code))).toEqual([]);
        }),
        runs(100),
      );
    },
    60 * minutes,
  );
});

/** Every type of event, with the kinds of things that they happen to spelled out by their names. */
const everyEvent: readonly EventType[] = Object.keys({
  'person-entered': 0,
  'role-granted': 0,
  'role-revoked': 0,
  'identity-verified': 0,
  'person-left': 0,
  'country-listed': 0,
  'hcp-listed': 0,
  'hcp-delisted': 0,
  'group-listed': 0,
  'group-delisted': 0,
  'roster-set': 0,
  'link-set': 0,
  'link-removed': 0,
  'registration-drafted': 0,
  'registration-requested': 0,
  'registration-authorised': 0,
  'registration-declined': 0,
  'registration-taken': 0,
  'registration-passed-on': 0,
  'account-created': 0,
  'second-factor-ready': 0,
  'registration-complete': 0,
  'ern-it-notified': 0,
  'cpms-request-submitted': 0,
  'cpms-approved': 0,
  'cpms-rejected': 0,
  'member-suspended': 0,
  'member-resumed': 0,
  'member-left': 0,
  'registration-withdrawn': 0,
  'case-opened': 0,
  'case-consented': 0,
  'case-enrolled': 0,
  'case-ready': 0,
  'case-discussed': 0,
  'case-closed': 0,
  'case-held': 0,
  'case-resumed': 0,
  'case-handed-over': 0,
  'case-urgency-set': 0,
  'consent-recorded': 0,
  'consent-withdrawn': 0,
  'consent-expired': 0,
  'consent-superseded': 0,
  'consent-entered-in-error': 0,
  'document-received': 0,
  'document-scrubbed': 0,
  'document-reopened': 0,
  'document-refused': 0,
  'document-attested': 0,
  'document-released': 0,
  'document-rejected': 0,
  'document-uploaded': 0,
  'document-purged': 0,
  'meeting-requested': 0,
  'request-taken': 0,
  'request-questioned': 0,
  'request-answered': 0,
  'request-declined': 0,
  'request-cancelled': 0,
  'request-scheduled': 0,
  'request-polled': 0,
  'series-started': 0,
  'series-date-skipped': 0,
  'series-date-moved': 0,
  'series-convened': 0,
  'series-joined': 0,
  'series-parted': 0,
  'series-answered': 0,
  'series-hour-suggested': 0,
  'series-answer-doubted': 0,
  'series-asked-again': 0,
  'series-commented': 0,
  'series-hour-declined': 0,
  'series-invite-sent': 0,
  'series-invite-bounced': 0,
  'series-rule-changed': 0,
  'series-ended': 0,
  'invitees-added': 0,
  'invitees-removed': 0,
  'agenda-added': 0,
  'agenda-removed': 0,
  'poll-opened': 0,
  'poll-voted': 0,
  'poll-countered': 0,
  'poll-hour-added': 0,
  'poll-counter-turned-down': 0,
  'poll-closed': 0,
  'poll-withdrawn': 0,
  'poll-finalised': 0,
  'meeting-scheduled': 0,
  'meeting-rescheduled': 0,
  'hour-declined': 0,
  'invite-asked-again': 0,
  'invite-commented': 0,
  'meeting-joined': 0,
  'meeting-parted': 0,
  'meeting-followed': 0,
  'meeting-cancelled': 0,
  'meeting-held': 0,
  'meeting-reviewed': 0,
  'invite-sent': 0,
  'invite-answered': 0,
  'hour-suggested': 0,
  'invite-away': 0,
  'answer-doubted': 0,
  'invite-bounced': 0,
  'ticket-opened': 0,
  'ticket-triaged': 0,
  'ticket-assigned': 0,
  'ticket-replied': 0,
  'ticket-noted': 0,
  'ticket-added': 0,
  'ticket-referred': 0,
  'ticket-helped': 0,
  'ticket-resolved': 0,
  'ticket-reopened': 0,
  'ticket-closed': 0,
  'stray-noticed': 0,
  'stray-seen-again': 0,
  'stray-gone': 0,
  'stray-left': 0,
  'stray-not-told': 0,
} satisfies Record<EventType, 0>) as EventType[];
