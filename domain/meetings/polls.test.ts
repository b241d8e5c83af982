import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { later, noon, telling } from '../testing/histories.ts';
import { paths } from '../testing/paths.ts';
import { nextWeek, usual } from '../testing/usual.ts';
import { answersShown, type PollCommand, poll, ranked, silentIn, tallies, type Vote, votes } from './polls.ts';
import type { Slot } from './slots.ts';

const { given, when, outcome, compared } = telling(poll, usual.poll);
const states = paths('anna').poll;
const state = (name: string) => states[name] ?? [];
const desk = { at: noon, by: 'desk-1' };
const system = { at: noon, by: 'system' };
const hour = (days: number): Slot => ({ ...nextWeek, instant: later(days) });

const open = {
  type: 'poll.open',
  ...desk,
  slots: [hour(8), hour(9), hour(10)],
  voters: ['anna', 'bert', 'elsa'],
  required: ['elsa'],
  quorum: 2,
  deadline: later(3),
  hidden: false,
} as const satisfies PollCommand;
const vote = (person: string, ...said: readonly Vote[]) =>
  ({ type: 'poll.vote', at: noon, by: person, person, votes: said }) as const;
const finalised = (days: number) =>
  ({ type: 'poll.finalised', ...system, meetingId: 'M-1', instant: later(days) }) as const;

test('every command in every state', () => {
  const running = (said: string) => ({ open: said, answered: said, countered: said });
  const over = { closed: 'refused: poll.over', finalised: 'refused: poll.over', withdrawn: 'refused: poll.over' };
  const { actual, expected } = compared(
    states,
    {
      open,
      vote: vote('anna', 'yes', 'no'),
      propose: { type: 'poll.propose', at: noon, by: 'anna', person: 'anna', slot: hour(12) },
      add: { type: 'poll.add', ...desk, slot: hour(12) },
      turnDown: { type: 'poll.turn-down', ...desk, instant: '2026-03-12T14:00:00.000Z' },
      close: { type: 'poll.close', ...desk },
      withdraw: { type: 'poll.withdraw', ...desk },
      finalised: { ...finalised(0), instant: nextWeek.instant, caseId: 'C-1' },
    },
    {
      open: { '*': 'refused: poll.wrong-stage', none: 'poll-opened' },
      vote: { ...running('poll-voted'), ...over },
      propose: { ...running('poll-countered'), ...over },
      add: running('poll-hour-added'),
      turnDown: {
        open: 'refused: poll.hour-not-asked',
        answered: 'refused: poll.hour-not-asked',
        countered: 'poll-counter-turned-down',
      },
      close: running('poll-closed'),
      withdraw: { ...running('poll-withdrawn'), closed: 'poll-withdrawn' },
      finalised: {
        open: 'refused: poll.hour-does-not-fit',
        answered: 'poll-finalised',
        countered: 'poll-finalised',
        closed: 'poll-finalised',
      },
    },
    (name) => (name === 'none' ? 'refused: poll.unknown' : 'refused: poll.wrong-stage'),
  );
  expect(actual).toEqual(expected);
});

describe('opening', () => {
  test.each<[string, Partial<typeof open> | object, string]>([
    ['one hour', { slots: [hour(8)] }, 'poll.too-few-hours'],
    ['twenty-one hours', { slots: Array.from({ length: 21 }, (_, day) => hour(8 + day)) }, 'meeting.too-many-hours'],
    ['the same hour twice', { slots: [hour(8), { ...hour(8), zone: 'Europe/Lisbon' }] }, 'poll.hour-twice'],
    ['a past hour', { slots: [hour(-1), hour(8)] }, 'meeting.hour-past'],
    ['nobody', { voters: [], required: [] }, 'request.nobody-invited'],
    ['a required person who is not asked', { required: ['carl'] }, 'poll.required-not-asked'],
    ['a quorum of nobody', { quorum: 0 }, 'poll.quorum'],
    ['a quorum of more than there are', { quorum: 4 }, 'poll.quorum'],
    ['a quorum that counts one person twice', { voters: ['elsa', 'elsa'], quorum: 2 }, 'poll.quorum'],
    ['a deadline that has passed', { deadline: noon }, 'poll.deadline-past'],
    ['a deadline that is no instant', { deadline: 'Friday' }, 'poll.deadline-past'],
    ['a deadline behind the first hour', { deadline: later(8) }, 'poll.deadline-late'],
  ])('is refused with %s', (_, other, code) => {
    expect(outcome([], { ...open, ...other })).toBe(`refused: ${code}`);
  });

  test('takes twenty hours', () => {
    expect(outcome([], { ...open, slots: Array.from({ length: 20 }, (_, day) => hour(8 + day)) })).toBe('poll-opened');
  });

  test('needs the consent for care where it is about a case, people who are there, and no patient representative', () => {
    const about = { ...open, caseId: 'C-1' };
    expect(outcome([], about, { careConsent: false })).toBe('refused: consent.care-inactive');
    expect(outcome([], about, { caseGoesOn: false })).toBe('refused: consent.care-inactive');
    expect(outcome([], about, { noRepresentative: false })).toBe('refused: meeting.representative');
    expect(outcome([], open, { noRepresentative: false, careConsent: false })).toBe('poll-opened');
    expect(outcome([], open, { votersKnown: false })).toBe('refused: request.expert-unknown');
    expect(outcome([], open, { requestWaits: false })).toBe('refused: poll.request-not-waiting');
  });
});

describe('answering', () => {
  test('is for those who are asked, each for themselves, of every hour, until the deadline', () => {
    const begun = [[open]] as const;
    expect(outcome(begun, vote('carl', 'yes', 'no', 'yes'))).toBe('refused: poll.not-asked');
    expect(outcome(begun, { ...vote('anna', 'yes', 'no', 'yes'), by: 'bert' })).toBe('refused: poll.not-your-answer');
    expect(outcome(begun, vote('anna', 'yes', 'no'))).toBe('refused: poll.votes-incomplete');
    expect(outcome(begun, vote('anna', 'yes', 'no', 'perhaps' as 'no'))).toBe('refused: poll.votes-incomplete');
    expect(outcome(begun, { ...vote('anna', 'yes', 'no', 'yes'), at: later(3) })).toBe('refused: poll.over');
    expect(outcome(begun, vote('anna', 'yes', 'no', 'if-need-be'))).toBe('poll-voted');
  });

  test('can be changed, keeps its comment, and is written once where nothing changes', () => {
    const before = [[open], [{ ...vote('anna', 'yes', 'yes', 'yes'), comment: 'X-1' }]] as const;
    expect(outcome(before, vote('anna', 'yes', 'yes', 'yes'))).toBe('nothing');
    const after = given([...before, [vote('anna', 'no', 'yes', 'yes')]]);
    expect(after.ballots['anna']).toMatchObject({ votes: ['no', 'yes', 'yes'], comment: 'X-1' });
  });

  test('of a case without consent is refused', () => {
    expect(outcome([[{ ...open, caseId: 'C-1' }]], vote('anna', 'yes', 'no', 'yes'), { careConsent: false })).toBe(
      'refused: consent.care-inactive',
    );
  });

  test('may bring another hour, which the helpdesk takes up; then everybody is asked about it', () => {
    const counter = (days: number, person = 'anna') =>
      ({ type: 'poll.propose', at: noon, by: person, person, slot: hour(days) }) as const;
    const before = [[open], [vote('bert', 'yes', 'yes', 'yes')], [counter(20)]] as const;
    expect(outcome(before, counter(20))).toBe('nothing');
    expect(outcome(before, counter(8))).toBe('refused: poll.hour-twice');
    expect(outcome(before, counter(2))).toBe('refused: poll.deadline-late');
    expect(outcome([...before, [counter(21)], [counter(22)]], counter(23))).toBe('refused: poll.too-many-proposals');
    expect(outcome([...before, [counter(21)], [counter(22)]], counter(23, 'bert'))).toBe('poll-countered');
    const after = given([...before, [{ type: 'poll.add', ...desk, slot: hour(20) }]]);
    expect(after.counters).toEqual([]);
    expect(after.slots.length).toBe(4);
    expect(silentIn(after)).toEqual(['anna', 'bert', 'elsa']);
  });

  test('whoever proposed an hour and has answered the others can come then; where they have not, it waits with those', () => {
    const propose = (person: string) =>
      ({ type: 'poll.propose', at: noon, by: person, person, slot: hour(20) }) as const;
    const before = [[open], [vote('bert', 'no', 'no', 'no')], [propose('bert')], [propose('anna')]] as const;
    const after = given([...before, [{ type: 'poll.add', ...desk, slot: hour(20) }]]);
    expect(after.ballots['bert']?.votes).toEqual(['no', 'no', 'no', 'yes']);
    expect(after.ballots['anna']).toBeUndefined();
    expect(silentIn(after)).toEqual(['anna', 'elsa']);
  });

  test('given while an hour came in, counts for those that it was given for, and takes nothing back', () => {
    const grown = [[open], [{ type: 'poll.add', ...desk, slot: hour(20) }]] as const;
    expect(outcome(grown, vote('anna', 'yes', 'no'))).toBe('refused: poll.votes-incomplete');
    expect(outcome(grown, vote('anna', 'yes', 'no', 'yes', 'no', 'no'))).toBe('refused: poll.votes-incomplete');
    const partly = [...grown, [vote('anna', 'yes', 'no', 'yes')]] as const;
    expect(silentIn(given(partly))).toContain('anna');
    expect(tallies(given(partly)).at(-1)?.silent).toContain('anna');
    const whole = [...partly, [vote('anna', 'yes', 'no', 'yes', 'no')]] as const;
    expect(outcome(whole, vote('anna', 'yes', 'no', 'yes'))).toBe('refused: poll.votes-incomplete');
  });

  test('a counter-proposal may be left: it is gone, and those who made it are named', () => {
    const propose = (person: string, days: number) =>
      ({ type: 'poll.propose', at: noon, by: person, person, slot: hour(days) }) as const;
    const before = [[open], [propose('anna', 20)], [propose('bert', 20)], [propose('bert', 21)]] as const;
    const leave = { type: 'poll.turn-down', ...desk, instant: later(20) } as const;
    expect(when(before, leave)).toMatchObject([{ type: 'poll-counter-turned-down', people: ['anna', 'bert'] }]);
    expect(given([...before, [leave]]).counters.map(({ slot }) => slot.instant)).toEqual([later(21)]);
    expect(outcome([...before, [leave]], leave)).toBe('refused: poll.hour-not-asked');
    expect(outcome(before, { ...leave, at: later(3) })).toBe('refused: poll.over');
  });

  test('never makes more than twenty hours', () => {
    const slots = Array.from({ length: 19 }, (_, day) => hour(8 + day));
    const add = (days: number) => ({ type: 'poll.add', ...desk, slot: hour(days) }) as const;
    expect(outcome([[{ ...open, slots }]], add(40))).toBe('poll-hour-added');
    expect(outcome([[{ ...open, slots }], [add(40)]], add(41))).toBe('refused: meeting.too-many-hours');
  });
});

describe('finalising', () => {
  const answered = [
    [open],
    [vote('anna', 'yes', 'yes', 'yes')],
    [vote('bert', 'yes', 'if-need-be', 'yes')],
    [vote('elsa', 'no', 'if-need-be', 'yes')],
  ] as const;

  test('takes an hour that has the quorum and every required person, and no other', () => {
    expect(outcome(answered, finalised(8))).toBe('refused: poll.hour-does-not-fit');
    expect(outcome(answered, finalised(9))).toBe('poll-finalised');
    expect(outcome(answered, finalised(30))).toBe('refused: poll.hour-not-asked');
    expect(outcome(answered.slice(0, 2), finalised(10))).toBe('refused: poll.hour-does-not-fit');
    expect(when([[{ ...open, caseId: 'C-1' }], ...answered.slice(1)], { ...finalised(9), caseId: 'C-2' })).toEqual({
      refused: 'poll.other-case',
    });
  });

  test('the best hour stands first', () => {
    expect(ranked(given(answered)).map(({ slot, fits, able }) => [slot.instant, fits, able])).toEqual([
      [later(10), true, 3],
      [later(9), true, 3],
      [later(8), false, 2],
    ]);
  });
});

test('hidden answers are shown from the close on', () => {
  expect(answersShown({ stage: 'open', hidden: true })).toBe(false);
  expect(answersShown({ stage: 'open', hidden: false })).toBe(true);
  expect(answersShown(given(state('closed')))).toBe(true);
});

test('every person stands once in each hour’s tally, and an hour fits exactly when quorum and required people say so', () => {
  const ballots = fc.dictionary(
    fc.constantFrom('anna', 'bert', 'elsa', 'constructor'),
    fc.array(fc.constantFrom(...votes), { minLength: 0, maxLength: 3 }).map((said) => ({ votes: said, at: noon })),
  );
  fc.assert(
    fc.property(ballots, fc.integer({ min: 1, max: 3 }), (some, quorum) => {
      const now = { ...given([[open]]), ballots: some, quorum };
      for (const [index, tally] of tallies(now).entries()) {
        const all = [...tally.yes, ...tally.ifNeedBe, ...tally.no, ...tally.silent];
        expect(all.toSorted()).toEqual(['anna', 'bert', 'elsa']);
        const can = (person: string) => ['yes', 'if-need-be'].includes(some[person]?.votes[index] ?? '');
        expect(tally.fits).toBe(can('elsa') && ['anna', 'bert', 'elsa'].filter(can).length >= quorum);
      }
      const best = ranked(now);
      expect(best.length).toBe(3);
      expect(best.findLastIndex(({ fits }) => fits)).toBeLessThan(
        best.findIndex(({ fits }) => !fits) === -1 ? 3 : best.findIndex(({ fits }) => !fits),
      );
    }),
  );
});
