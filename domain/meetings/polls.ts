import type { Ask, Decider, Fact, Refusal } from '../decider.ts';
import { refuse } from '../decider.ts';
import { plain, type Slot, slotRefusal } from './slots.ts';

export type PollStage = 'none' | 'open' | 'closed' | 'finalised' | 'withdrawn';

/** What one person says of one hour: yes, if need be, no. */
export const votes = ['yes', 'if-need-be', 'no'] as const;
export type Vote = (typeof votes)[number];

/** One person's answer: a vote for each hour in their order (shorter where hours were added since), and a sealed text's id. */
export interface Ballot {
  readonly votes: readonly Vote[];
  readonly comment?: string;
  readonly at: string;
}

/** An hour that a voter would rather have; for the helpdesk to take up or not. */
export interface CounterProposal {
  readonly person: string;
  readonly slot: Slot;
}

/** What is asked: for which request and case, who is to answer, by when, and what an hour needs so that it can be fixed. */
interface Question {
  readonly requestId?: string;
  readonly requester?: string;
  readonly hcp?: string;
  readonly caseId?: string;
  readonly group?: string;
  readonly slots: readonly Slot[];
  readonly voters: readonly string[];
  /** Those of the voters without whom the meeting cannot be. */
  readonly required: readonly string[];
  /** How many must be able to come (yes or if need be). */
  readonly quorum: number;
  /** ISO 8601, UTC: the poll closes then. */
  readonly deadline: string;
  /** Nobody sees what others answered before the close. */
  readonly hidden: boolean;
  /** Id of the sealed text of the join link. */
  readonly join?: string;
}

/** 'Which of these hours?': what the helpdesk asks before it schedules. */
export interface Poll extends Question {
  readonly stage: PollStage;
  readonly ballots: Readonly<Record<string, Ballot>>;
  readonly counters: readonly CounterProposal[];
  /** How many of the hours came in while it ran; absent while there is none. */
  readonly added?: number;
  readonly meetingId?: string;
  readonly since: string;
}

export type PollCommand =
  | (Ask & Question & { readonly type: 'poll.open' })
  /** A vote for each hour in their order. Hours that came in while it was being answered may be missing at the end. */
  | (Ask & {
      readonly type: 'poll.vote';
      readonly person: string;
      readonly votes: readonly Vote[];
      readonly comment?: string;
    })
  | (Ask & { readonly type: 'poll.propose'; readonly person: string; readonly slot: Slot })
  /** One more hour: a counter-proposal that is taken up, or the helpdesk's own. */
  | (Ask & { readonly type: 'poll.add'; readonly slot: Slot })
  /** Everybody's counter-proposal of this hour is not taken up. */
  | (Ask & { readonly type: 'poll.turn-down'; readonly instant: string })
  /** The helpdesk's, or the system's at the deadline. */
  | (Ask & { readonly type: 'poll.close' })
  | (Ask & { readonly type: 'poll.withdraw' })
  /** Follows from the meeting's scheduling: the system's own. */
  | (Ask & {
      readonly type: 'poll.finalised';
      readonly meetingId: string;
      readonly instant: string;
      readonly caseId?: string;
    });

export type PollEvent =
  | (Fact & Question & { readonly type: 'poll-opened' })
  | (Fact & {
      readonly type: 'poll-voted';
      readonly person: string;
      readonly votes: readonly Vote[];
      readonly comment?: string;
    })
  | (Fact & { readonly type: 'poll-countered'; readonly person: string; readonly slot: Slot })
  /** `people` proposed it; absent where nobody did. */
  | (Fact & { readonly type: 'poll-hour-added'; readonly slot: Slot; readonly people?: readonly string[] })
  | (Fact & { readonly type: 'poll-counter-turned-down'; readonly slot: Slot; readonly people: readonly string[] })
  | (Fact & { readonly type: 'poll-closed' })
  | (Fact & { readonly type: 'poll-withdrawn' })
  | (Fact & { readonly type: 'poll-finalised'; readonly meetingId: string; readonly instant: string });

export interface PollFacts {
  readonly careConsent: boolean;
  readonly caseGoesOn: boolean;
  /** Every voter is a person of the directory. */
  readonly votersKnown: boolean;
  /** No voter is a patient representative: asked where a case is discussed. */
  readonly noRepresentative: boolean;
  /** The request that it is for waits for the helpdesk, is about the same case, and has no other poll; true where there is none. */
  readonly requestWaits: boolean;
}

const slotsAtMost = 20;
const countersOfOne = 3;

export const poll: Decider<Poll, PollCommand, PollEvent, PollFacts> = {
  initial: {
    stage: 'none',
    slots: [],
    voters: [],
    required: [],
    quorum: 0,
    deadline: '',
    hidden: false,
    ballots: {},
    counters: [],
    since: '',
  },

  decide(state, command, facts) {
    const { at, by } = command;
    const wrongStage = () => refuse('poll.wrong-stage', { stage: state.stage });
    const lapsed = (caseId: string | undefined) => caseId !== undefined && !(facts.careConsent && facts.caseGoesOn);
    if (command.type === 'poll.open') {
      if (state.stage !== 'none') return wrongStage();
      if (lapsed(command.caseId)) return refuse('consent.care-inactive');
      if (!facts.requestWaits) return refuse('poll.request-not-waiting');
      const wrong = questionRefusal(command, facts, at);
      return wrong ?? [{ type: 'poll-opened', at, by, ...asked(command) }];
    }
    if (state.stage === 'none') return refuse('poll.unknown');
    const open = state.stage === 'open' && Date.parse(at) < Date.parse(state.deadline);

    switch (command.type) {
      case 'poll.vote': {
        const refusal = notTheirs(state, command.person, by) ?? (open ? undefined : refuse('poll.over'));
        if (refusal) return refusal;
        if (lapsed(state.caseId)) return refuse('consent.care-inactive');
        const before = ballotOf(state.ballots, by);
        const fewest = Math.max(state.slots.length - (state.added ?? 0), before?.votes.length ?? 0);
        if (
          command.votes.length < fewest ||
          command.votes.length > state.slots.length ||
          !command.votes.every((vote) => votes.includes(vote))
        )
          return refuse('poll.votes-incomplete', { hours: state.slots.length });
        if (!command.comment && before && before.votes.join() === command.votes.join()) return [];
        return [
          {
            type: 'poll-voted',
            at,
            by,
            person: command.person,
            votes: [...command.votes],
            ...(command.comment ? { comment: command.comment } : {}),
          },
        ];
      }
      case 'poll.propose': {
        const refusal = notTheirs(state, command.person, by) ?? (open ? undefined : refuse('poll.over'));
        if (refusal) return refusal;
        const wrong = hourRefusal(state, command.slot, at);
        if (wrong) return wrong;
        if (state.counters.some(({ person, slot }) => person === by && slot.instant === command.slot.instant))
          return [];
        if (state.counters.filter(({ person }) => person === by).length >= countersOfOne)
          return refuse('poll.too-many-proposals', { most: countersOfOne });
        return [{ type: 'poll-countered', at, by, person: command.person, slot: plain(command.slot) }];
      }
      case 'poll.add': {
        if (!open) return state.stage === 'open' ? refuse('poll.over') : wrongStage();
        if (lapsed(state.caseId)) return refuse('consent.care-inactive');
        if (state.slots.length >= slotsAtMost) return refuse('meeting.too-many-hours', { most: slotsAtMost });
        const people = proposersOf(state, command.slot.instant);
        return (
          hourRefusal(state, command.slot, at) ?? [
            {
              type: 'poll-hour-added',
              at,
              by,
              slot: plain(command.slot),
              ...(people.length > 0 ? { people } : {}),
            },
          ]
        );
      }
      case 'poll.turn-down': {
        if (!open) return state.stage === 'open' ? refuse('poll.over') : wrongStage();
        const first = state.counters.find(({ slot }) => slot.instant === command.instant);
        if (!first) return refuse('poll.hour-not-asked');
        return [
          {
            type: 'poll-counter-turned-down',
            at,
            by,
            slot: first.slot,
            people: proposersOf(state, command.instant),
          },
        ];
      }
      case 'poll.close':
        return state.stage === 'open' ? [{ type: 'poll-closed', at, by }] : wrongStage();
      case 'poll.withdraw':
        return state.stage === 'open' || state.stage === 'closed' ? [{ type: 'poll-withdrawn', at, by }] : wrongStage();
      case 'poll.finalised': {
        if (state.stage !== 'open' && state.stage !== 'closed') return wrongStage();
        if (lapsed(state.caseId)) return refuse('consent.care-inactive');
        if (command.caseId !== state.caseId) return refuse('poll.other-case');
        const tally = tallies(state).find(({ slot }) => slot.instant === command.instant);
        if (!tally) return refuse('poll.hour-not-asked');
        if (!tally.fits) return refuse('poll.hour-does-not-fit', { able: tally.able, quorum: state.quorum });
        return [{ type: 'poll-finalised', at, by, meetingId: command.meetingId, instant: tally.slot.instant }];
      }
    }
  },

  evolve(state, event) {
    const to = (stage: PollStage, more: Partial<Poll> = {}): Poll => ({ ...state, ...more, stage, since: event.at });
    switch (event.type) {
      case 'poll-opened': {
        const { type: _, at: __, by: ___, ...question } = event;
        return to('open', question);
      }
      case 'poll-voted': {
        // A comment stays until another takes its place.
        const comment = event.comment ?? state.ballots[event.person]?.comment;
        const ballot: Ballot = { votes: event.votes, at: event.at, ...(comment ? { comment } : {}) };
        return { ...state, ballots: { ...state.ballots, [event.person]: ballot } };
      }
      case 'poll-countered':
        return { ...state, counters: [...state.counters, { person: event.person, slot: event.slot }] };
      case 'poll-hour-added':
        return {
          ...state,
          slots: [...state.slots, event.slot],
          added: (state.added ?? 0) + 1,
          ballots: withProposers(state, event.slot.instant),
          counters: state.counters.filter(({ slot }) => slot.instant !== event.slot.instant),
        };
      case 'poll-counter-turned-down':
        return { ...state, counters: state.counters.filter(({ slot }) => slot.instant !== event.slot.instant) };
      case 'poll-closed':
        return to('closed');
      case 'poll-withdrawn':
        return to('withdrawn');
      case 'poll-finalised':
        return to('finalised', { meetingId: event.meetingId });
    }
  },
};

/** What the answers say of one hour; people by their ids. */
export interface Tally {
  readonly slot: Slot;
  readonly yes: readonly string[];
  readonly ifNeedBe: readonly string[];
  readonly no: readonly string[];
  readonly silent: readonly string[];
  /** How many could come: yes and if need be. */
  readonly able: number;
  /** Required people who have not said that they could. */
  readonly missing: readonly string[];
  /** The quorum is there, and every required person. */
  readonly fits: boolean;
}

/** What the answers say of each hour, in the poll's order. */
export function tallies({ slots, voters, ballots, required, quorum }: Poll): readonly Tally[] {
  return slots.map((slot, index) => {
    const who = (vote: Vote | undefined) => voters.filter((person) => ballotOf(ballots, person)?.votes[index] === vote);
    const [yes, ifNeedBe] = [who('yes'), who('if-need-be')];
    const able = yes.length + ifNeedBe.length;
    const missing = required.filter((person) => !yes.includes(person) && !ifNeedBe.includes(person));
    const fits = able >= quorum && missing.length === 0;
    return { slot, yes, ifNeedBe, no: who('no'), silent: who(undefined), able, missing, fits };
  });
}

/**
 * The hours with the best first: those that fit before the others, then by fewest required people missing, most who could come,
 * most of them gladly, and the earlier hour.
 */
export function ranked(state: Poll): readonly Tally[] {
  return tallies(state).toSorted(
    (a, b) =>
      Number(b.fits) - Number(a.fits) ||
      a.missing.length - b.missing.length ||
      b.able - a.able ||
      b.yes.length - a.yes.length ||
      a.slot.instant.localeCompare(b.slot.instant),
  );
}

const proposersOf = ({ counters }: Poll, instant: string) =>
  counters.flatMap(({ person, slot }) => (slot.instant === instant ? [person] : []));

/** Voters who have not answered every hour. */
export function silentIn({ slots, voters, ballots }: Pick<Poll, 'slots' | 'voters' | 'ballots'>): readonly string[] {
  return voters.filter((person) => (ballotOf(ballots, person)?.votes.length ?? 0) < slots.length);
}

/** Whether others' answers are shown: not before the close where the helpdesk wished so. */
export function answersShown({ stage, hidden }: Pick<Poll, 'stage' | 'hidden'>): boolean {
  return !hidden || stage !== 'open';
}

function ballotOf(ballots: Poll['ballots'], person: string): Ballot | undefined {
  return Object.hasOwn(ballots, person) ? ballots[person] : undefined;
}

/** Whoever proposed the hour can come then, and is not asked about it; where they have not answered the others, it waits with those. */
function withProposers({ ballots, counters, slots }: Poll, instant: string): Poll['ballots'] {
  const said = counters.flatMap(({ person, slot }) => {
    const ballot = ballotOf(ballots, person);
    return slot.instant === instant && ballot?.votes.length === slots.length
      ? [[person, { ...ballot, votes: [...ballot.votes, 'yes' as const] }] as const]
      : [];
  });
  return { ...ballots, ...Object.fromEntries(said) };
}

function notTheirs(state: Poll, person: string, by: string): Refusal | undefined {
  if (!state.voters.includes(person)) return refuse('poll.not-asked');
  return by === person ? undefined : refuse('poll.not-your-answer');
}

function questionRefusal(command: Question, facts: PollFacts, at: string): Refusal | undefined {
  const { slots, voters, required, quorum, deadline, caseId } = command;
  if (slots.length < 2) return refuse('poll.too-few-hours');
  const wrong = slotRefusal(slots, at);
  if (wrong) return wrong;
  if (new Set(slots.map(({ instant }) => instant)).size < slots.length) return refuse('poll.hour-twice');
  const people = new Set(voters);
  if (people.size === 0) return refuse('request.nobody-invited');
  if (!facts.votersKnown) return refuse('request.expert-unknown');
  if (caseId && !facts.noRepresentative) return refuse('meeting.representative');
  if (!required.every((person) => people.has(person))) return refuse('poll.required-not-asked');
  if (!(Number.isSafeInteger(quorum) && quorum >= 1 && quorum <= people.size))
    return refuse('poll.quorum', { most: people.size });
  if (!(Date.parse(deadline) > Date.parse(at))) return refuse('poll.deadline-past');
  return slots.some(({ instant }) => Date.parse(instant) <= Date.parse(deadline))
    ? refuse('poll.deadline-late')
    : undefined;
}

/** Why an hour cannot be added to a poll: as `slotRefusal`, or asked already, or before the deadline. */
function hourRefusal(state: Poll, slot: Slot, at: string): Refusal | undefined {
  const wrong = slotRefusal([slot], at);
  if (wrong) return wrong;
  if (state.slots.some(({ instant }) => instant === slot.instant)) return refuse('poll.hour-twice');
  return Date.parse(slot.instant) <= Date.parse(state.deadline) ? refuse('poll.deadline-late') : undefined;
}

function asked(command: Question): Question {
  const { requestId, requester, hcp, caseId, group, join } = command;
  return {
    ...(requestId ? { requestId } : {}),
    ...(requester ? { requester } : {}),
    ...(hcp ? { hcp } : {}),
    ...(caseId ? { caseId } : {}),
    ...(group ? { group } : {}),
    slots: command.slots.map(plain),
    voters: [...new Set(command.voters)],
    required: [...new Set(command.required)],
    quorum: command.quorum,
    deadline: new Date(Date.parse(command.deadline)).toISOString(),
    hidden: command.hidden,
    ...(join ? { join } : {}),
  };
}
