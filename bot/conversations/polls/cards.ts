import { directoryId } from '../../../domain/entities.ts';
import { sayHour } from '../../../domain/meetings/hours.ts';
import { answersShown, type Poll, ranked, silentIn, type Tally, tallies } from '../../../domain/meetings/polls.ts';
import type { Slot } from '../../../domain/meetings/slots.ts';
import type { Ports } from '../../context.ts';
import type { Turn } from '../../turn.ts';
import type { ActButton, Block, Button, Card, Item } from '../../view.ts';
import { nameOf } from '../../who.ts';
import type { Say } from '../../words.ts';
import { conflictsWith, conflictWords } from '../meetings/conflicts.ts';
import { deskHour } from '../meetings/desk-cards.ts';
import { groupWords } from '../meetings/words.ts';
import { hoursEverywhere } from '../meetings/zones.ts';

/** So many of the best hours have a button each; the others are lines of text. */
const withButtons = 5;

const running = ({ stage }: Poll) => stage === 'open' || stage === 'closed';

/** What a button says of one hour of a poll, and back: its id and the instant. */
function hourRef(id: string, instant: string): string {
  return `${id}|${instant}`;
}

/** See `hourRef`. */
export function hourFrom(ref: string): { readonly id: string; readonly instant: string } {
  const [id = '', instant = ''] = ref.split('|');
  return { id, instant };
}

/** The answers to a poll are asked with these two buttons: every hour for itself, or 'all of them'; of hours that came in since, those alone. */
export function voteButtons(say: Say, id: string, { ballots, slots }: Poll, person: string): Button[] {
  const said = Object.hasOwn(ballots, person) ? (ballots[person]?.votes.length ?? 0) : 0;
  const left = slots.length - said;
  if (left === 0) return [{ label: say('polls:buttons.change'), action: 'poll.answer', ref: id }];
  const again = said > 0;
  return [
    {
      label: say(again ? 'polls:buttons.again' : 'polls:buttons.answer'),
      action: 'poll.answer',
      ref: id,
      style: 'primary',
    },
    { label: say(again ? 'polls:buttons.all-again' : 'polls:buttons.all'), action: 'poll.all', ref: id },
  ];
}

/** A poll as those see it who are asked, or who asked for the meeting: the hours in their zone, their own answer, and the others' where they are shown. */
export async function pollCard(turn: Turn, id: string): Promise<Card> {
  const { say, ports, zone, language, actor } = turn;
  const state = await turn.thing('poll', id);
  turn.mustSee('poll', { ...(state.requester ? { owner: state.requester } : {}), parties: state.voters });
  const directory = await turn.directory();
  const asked = state.voters.includes(actor.id);
  const own = asked ? state.ballots[actor.id] : undefined;
  const shown = answersShown(state);
  const lines = tallies(state).map((tally, index) => {
    const mine = own?.votes[index];
    return [
      sayHour(tally.slot.instant, zone, language),
      ...(mine ? [say('polls:you', { vote: say(`polls:votes.${mine}`) })] : []),
      ...(shown ? [counts(say, tally)] : []),
    ].join(' · ');
  });
  const open = state.stage === 'open';
  const proposed = open ? state.counters.filter(({ person }) => person === actor.id) : [];
  return {
    title: say('polls:title', { id }),
    tone: open && asked && silentIn(state).includes(actor.id) ? 'waiting' : 'plain',
    body: [
      { kind: 'text', text: say(open && asked ? 'polls:next.asked' : `polls:next.${state.stage}`) },
      { kind: 'text', text: lines.join('\n') },
      ...(proposed.length > 0
        ? [
            {
              kind: 'text' as const,
              text: say('polls:proposed', {
                hours: proposed.map(({ slot }) => sayHour(slot.instant, zone, language)).join(', '),
              }),
            },
          ]
        : []),
      {
        kind: 'facts',
        rows: [
          [say('meetings:facts.group'), groupWords(say, directory, state.group)],
          [say('meetings:length'), say('meetings:minutes', { minutes: state.slots[0]?.minutes ?? 0 })],
          [say('polls:facts.deadline'), sayHour(state.deadline, zone, language)],
          [say('polls:facts.answered'), answeredWords(say, state)],
        ],
      },
      ...(shown ? await commentBlocks(ports, say, state) : [{ kind: 'note' as const, text: say('polls:hidden') }]),
      ...(open ? [{ kind: 'note' as const, text: say('meetings:no-patient-data') }] : []),
    ],
    buttons: [
      ...(open && asked ? voteButtons(say, id, state, actor.id) : []),
      ...(state.stage === 'finalised' && state.meetingId
        ? [{ label: say('meetings:list.show-meeting'), action: 'meeting.show', ref: state.meetingId }]
        : []),
    ],
  };
}

/** A poll on the helpdesk's desk: the hours with the best first, who is silent, what others would rather have, and what the helpdesk can do. */
export async function pollDeskCard(ports: Ports, say: Say, id: string, language = 'en'): Promise<Card> {
  const [{ state }, { state: directory }] = await Promise.all([
    ports.store.load('poll', id),
    ports.store.load('directory', directoryId),
  ]);
  const shown = answersShown(state);
  const names = async (people: readonly string[]) =>
    (await Promise.all(people.map((person) => nameOf(ports, person)))).join(', ');
  const [required, silent, requester] = await Promise.all([
    names(state.required),
    names(silentIn(state)),
    state.requester ? nameOf(ports, state.requester) : undefined,
  ]);
  const inTheWay = async ({ slot, no }: Tally) => {
    const people = state.voters.filter((person) => !no.includes(person));
    return conflictWords(ports, say, await conflictsWith(ports, slot, people), 'UTC', language);
  };
  const best = shown ? ranked(state) : tallies(state);
  const items: Item[] = await Promise.all(
    best.slice(0, withButtons).map(async (tally) => {
      const told = running(state) ? await inTheWay(tally) : '';
      return {
        title: deskHour(say, tally.slot, language),
        detail: [
          ...(await hoursEverywhere(ports, [tally.slot], state.voters, language)),
          shown ? await tallyWords(say, tally, names) : say('polls:hidden'),
          ...(told ? [say('meetings:conflicts.known', { conflicts: told })] : []),
        ].join('\n'),
        ...(shown && running(state) && tally.fits
          ? {
              buttons: [
                {
                  label: say('polls:desk.finalise'),
                  action: 'poll.finalise',
                  ref: hourRef(id, tally.slot.instant),
                  style: 'primary' as const,
                  confirm: [
                    say('polls:desk.finalise-confirm', {
                      hour: sayHour(tally.slot.instant, tally.slot.zone, language),
                      count: state.voters.length,
                    }),
                    ...(told ? [say('meetings:conflicts.known', { conflicts: told })] : []),
                  ].join('\n'),
                },
              ],
            }
          : {}),
      };
    }),
  );
  const others = best
    .slice(withButtons)
    .map((tally) => `${deskHour(say, tally.slot, language)}${shown ? ` · ${counts(say, tally)}` : ''}`);
  // Behind the close they are still to be seen: none of the poll's hours may fit.
  const counters = running(state) ? await counterItems(ports, say, id, state, language) : [];
  return {
    title: say('polls:desk.title', { id }),
    tone: state.stage === 'closed' ? 'waiting' : state.stage === 'finalised' ? 'good' : 'plain',
    body: [
      { kind: 'text', text: say(`polls:desk.stages.${state.stage}`) },
      { kind: 'list', items },
      ...(others.length > 0 ? [{ kind: 'text' as const, text: others.join('\n') }] : []),
      ...(counters.length > 0
        ? [
            {
              kind: 'text' as const,
              text: `${say('polls:desk.counters')} (${new Set(state.counters.map(({ slot }) => slot.instant)).size})`,
            },
            { kind: 'list' as const, items: counters },
          ]
        : []),
      {
        kind: 'facts',
        rows: [
          [say('meetings:facts.group'), groupWords(say, directory, state.group)],
          [say('meetings:facts.case'), state.caseId ?? say('meetings:desk.no-case')],
          ...(requester ? [[say('meetings:desk.from'), requester] as const] : []),
          ...(state.requestId ? [[say('polls:facts.request'), state.requestId] as const] : []),
          [say('polls:facts.deadline'), sayHour(state.deadline, state.slots[0]?.zone ?? 'UTC', language)],
          [say('polls:facts.answered'), answeredWords(say, state)],
          ...(silent ? [[say('polls:facts.silent'), silent] as const] : []),
          ...(required ? [[say('polls:facts.required'), required] as const] : []),
          [say('polls:facts.quorum'), String(state.quorum)],
        ],
      },
      ...(shown ? await commentBlocks(ports, say, state) : []),
    ],
    buttons: deskButtons(say, id, state),
  };
}

/**
 * The hours that others would rather have, each once with everybody who proposed it, and with what is in the way; those of most people first. So many as stand on a
 * card: the next come when these are taken up or left.
 */
async function counterItems(ports: Ports, say: Say, id: string, state: Poll, language: string): Promise<Item[]> {
  const hours = new Map(state.counters.map(({ slot }) => [slot.instant, slot]));
  const proposers = (slot: Slot) =>
    state.counters.flatMap((one) => (one.slot.instant === slot.instant ? [one.person] : []));
  const first = [...hours.values()].toSorted((a, b) => proposers(b).length - proposers(a).length).slice(0, withButtons);
  return Promise.all(
    first.map(async (slot): Promise<Item> => {
      const people = proposers(slot);
      const names = await Promise.all(people.map((person) => nameOf(ports, person)));
      const inTheWay = await conflictWords(ports, say, await conflictsWith(ports, slot, state.voters), 'UTC', language);
      const ref = hourRef(id, slot.instant);
      return {
        title: deskHour(say, slot, language),
        detail: [
          ...(await hoursEverywhere(ports, [slot], state.voters, language)),
          say('polls:desk.countered', { name: names.join(', ') }),
          ...(inTheWay ? [say('meetings:conflicts.known', { conflicts: inTheWay })] : []),
        ].join('\n'),
        ...(state.stage === 'open'
          ? {
              buttons: [
                { label: say('polls:desk.take-up'), action: 'poll.take-up', ref },
                { label: say('polls:desk.turn-down'), action: 'poll.turn-down', ref },
              ],
            }
          : {}),
      };
    }),
  );
}

function deskButtons(say: Say, id: string, state: Poll): ActButton[] {
  if (state.meetingId)
    return [{ label: say('meetings:desk.buttons.meeting'), action: 'desk.show', ref: state.meetingId }];
  if (!running(state)) return [];
  return [
    ...(state.stage === 'open'
      ? [
          { label: say('polls:desk.add'), action: 'poll.add', ref: id },
          { label: say('polls:desk.close'), action: 'poll.close', ref: id, confirm: say('polls:desk.close-confirm') },
        ]
      : []),
    ...(state.requestId
      ? [{ label: say('polls:desk.elsewhere'), action: 'scheduling.plan', ref: state.requestId }]
      : []),
    {
      label: say('polls:desk.withdraw'),
      action: 'poll.withdraw',
      ref: id,
      style: 'danger',
      confirm: say('polls:desk.withdraw-confirm'),
    },
  ];
}

/** How many have answered, of how many. */
export function answeredWords(say: Say, state: Poll): string {
  return say('polls:answered', {
    answered: state.voters.length - silentIn(state).length,
    asked: state.voters.length,
  });
}

function counts(say: Say, { yes, ifNeedBe, no }: Tally): string {
  return say('polls:counts', { yes: yes.length, need: ifNeedBe.length, no: no.length });
}

async function tallyWords(
  say: Say,
  tally: Tally,
  names: (people: readonly string[]) => Promise<string>,
): Promise<string> {
  const { yes, ifNeedBe, no, missing, fits } = tally;
  const told = await Promise.all(
    (
      [
        ['yes', yes],
        ['if-need-be', ifNeedBe],
        ['no', no],
      ] as const
    ).map(async ([vote, people]) =>
      people.length > 0 ? [`${say(`polls:votes.${vote}`)} (${people.length}): ${await names(people)}`] : [],
    ),
  );
  return [
    ...told.flat(),
    ...(missing.length > 0 ? [say('polls:desk.missing', { names: await names(missing) })] : []),
    ...(fits ? [say('polls:desk.fits')] : missing.length === 0 ? [say('polls:desk.below-quorum')] : []),
  ].join('\n');
}

async function commentBlocks(ports: Ports, say: Say, { ballots }: Poll): Promise<Block[]> {
  const lines = await Promise.all(
    Object.entries(ballots).map(async ([person, { comment }]) => {
      const text = comment && (await ports.store.text(comment));
      return text ? [say('polls:comment', { name: await nameOf(ports, person), text })] : [];
    }),
  );
  return lines.flat().length > 0 ? [{ kind: 'text', text: lines.flat().join('\n') }] : [];
}
