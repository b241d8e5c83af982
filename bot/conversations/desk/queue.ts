import type { EntityState } from '../../../domain/entities.ts';
import { openRequestStages } from '../../../domain/meetings/requests.ts';
import type { Filter, Loaded } from '../../../domain/memory-ports.ts';
import { sinceWords } from '../../dates.ts';
import { acrossLists, pageButtons, pageNote, readPageRef, stretch } from '../../paging.ts';
import type { Turn } from '../../turn.ts';
import type { ActButton, Block, Card, Item } from '../../view.ts';
import { nameOf } from '../../who.ts';
import { requestsByUrgency, urgencyWords } from '../meetings/urgency.ts';
import { answeredWords } from '../polls/cards.ts';

const kinds = ['registration', 'request', 'poll', 'ticket'] as const;
type QueueKind = (typeof kinds)[number];

/** What the helpdesk can look at: everything that waits, what nobody has taken, one's own, what waits for somebody else, what could not be delivered. */
export const queueFilters = ['all', 'new', 'mine', 'waiting', 'undelivered'] as const;
export type QueueFilter = (typeof queueFilters)[number];

const stages: Readonly<Record<Exclude<QueueFilter, 'undelivered'>, Readonly<Record<QueueKind, readonly string[]>>>> = {
  all: {
    registration: ['authorised', 'with-helpdesk'],
    request: openRequestStages,
    poll: ['open', 'closed'],
    ticket: ['new', 'triaged', 'in-progress', 'waiting'],
  },
  new: { registration: ['authorised'], request: ['submitted'], poll: [], ticket: ['new', 'triaged'] },
  mine: {
    registration: ['with-helpdesk'],
    request: ['in-triage', 'needs-information'],
    poll: [],
    ticket: ['in-progress', 'waiting', 'referred'],
  },
  waiting: { registration: [], request: ['needs-information'], poll: ['open'], ticket: ['waiting', 'referred'] },
};

interface QueueList {
  readonly name: QueueKind | 'dead';
  readonly count: number;
  readonly read: (limit: number, offset: number) => Promise<readonly Item[]>;
}

/**
 * The helpdesk's queue by a filter, a page at a time, what has waited longest on top and requests by the urgency of their cases, with how many there are of each. `given` is a filter with
 * an offset ('mine|10'); `press` makes the buttons' action and reference where it is not the queue's own (App Home).
 */
export async function queueCard(
  turn: Turn,
  given = '',
  press: { readonly action: string; readonly ref: string } = { action: 'desk.queue', ref: '' },
): Promise<Card> {
  turn.mustSee('queue', {});
  const { say } = turn;
  const { ref, offset } = readPageRef(given);
  const filter = queueFilters.find((known) => known === ref) ?? 'all';
  const [lists, counts] = await Promise.all([listsOf(turn, filter), countsOf(turn)]);
  const page = stretch(
    offset,
    lists.reduce((sum, { count }) => sum + count, 0),
  );
  const parts = await acrossLists(lists, page);
  const body: Block[] = parts.flatMap((items, index): Block[] => {
    const list = lists[index];
    if (!list || items.length === 0) return [];
    return [
      { kind: 'heading', text: say(`desk:queue.${list.name}`, { count: list.count, shown: items.length }) },
      { kind: 'list', items },
    ];
  });
  // Who finds nothing to do can look ahead.
  const ahead: readonly ActButton[] =
    body.length > 0
      ? []
      : [
          { label: say('series:calendar.title'), action: 'help.command', ref: 'calendar' },
          { label: say('meetings:desk.buttons.plan'), action: 'scheduling.plan', ref: '' },
        ];
  if (body.length === 0) body.push({ kind: 'text', text: say('desk:queue.empty') });
  const filters = queueFilters
    .filter((other) => other !== filter && (counts[other] > 0 || other === 'all'))
    .map(
      (other): ActButton => ({
        label: say(`desk:queue.filters.${other}`, { count: counts[other] }),
        action: press.action,
        // An offset marks the press as one on this very card, whose place the answer takes.
        ref: `${press.ref}${other}|0`,
      }),
    );
  return {
    title: filter === 'all' ? say('desk:queue.title') : say(`desk:queue.titles.${filter}`),
    body: [...body, ...pageNote(say, page)],
    buttons: [...filters, ...ahead, ...pageButtons(say, page, press.action, `${press.ref}${filter}`)],
  };
}

/** How many things each filter finds. */
async function countsOf(turn: Turn): Promise<Readonly<Record<QueueFilter, number>>> {
  const counted = await Promise.all(
    queueFilters.map(async (filter) => {
      const lists = await listsOf(turn, filter);
      return [filter, lists.reduce((sum, { count }) => sum + count, 0)] as const;
    }),
  );
  return Object.fromEntries(counted) as Record<QueueFilter, number>;
}

async function listsOf(turn: Turn, filter: QueueFilter): Promise<readonly QueueList[]> {
  const { ports, actor } = turn;
  const dead = async (): Promise<QueueList> => ({
    name: 'dead',
    count: await ports.outbox.countDead(),
    read: async (limit, offset) =>
      (await ports.outbox.deadLetters({ limit, offset })).map((row) => deadItem(turn, row)),
  });
  if (filter === 'undelivered') return [await dead()];
  const found = await Promise.all(
    kinds.map(async (kind): Promise<QueueList> => {
      const status = stages[filter][kind];
      const wanted: Filter = filter === 'mine' ? { status, assignee: actor.id } : { status };
      return {
        name: kind,
        count: status.length > 0 ? await ports.store.count(kind, wanted) : 0,
        read: async (limit, offset) => {
          const shown =
            kind === 'request'
              ? (await requestsByUrgency(ports, wanted)).slice(offset, offset + limit)
              : await ports.store.find(kind, wanted, { limit, offset, order: 'longest' });
          return Promise.all(shown.map((loaded) => queueItem(turn, kind, loaded)));
        },
      };
    }),
  );
  return filter === 'all' ? [...found, await dead()] : found;
}

async function queueItem(turn: Turn, kind: QueueKind, { id, state }: Loaded<QueueKind>): Promise<Item> {
  const { ports, say, now } = turn;
  const whose = 'person' in state ? state.person : state.requester;
  const assignee = 'assignee' in state ? state.assignee : undefined;
  const parts = [
    ...('proposals' in state ? await urgencyWords(ports, say, state) : []),
    say(stageKey(kind, state)),
    ...(assignee ? [await nameOf(ports, assignee)] : []),
    ...('ballots' in state ? [answeredWords(say, state)] : []),
    ...('counters' in state && state.stage === 'open' && state.counters.length > 0
      ? [say('polls:desk.proposed', { count: new Set(state.counters.map(({ slot }) => slot.instant)).size })]
      : []),
    sinceWords(say, state.since, now),
  ];
  return {
    title: whose ? `${id} · ${await nameOf(ports, whose)}` : id,
    detail: parts.join(' · '),
    buttons: [{ label: say('common:show'), action: 'desk.show', ref: id }],
  };
}

function stageKey(kind: QueueKind, { stage }: EntityState<QueueKind>): string {
  if (kind === 'poll') return `polls:desk.stages.${stage}`;
  if (kind === 'registration') return `registration:stages.${stage}`;
  return kind === 'request' ? `status:request-stage.${stage}` : `support:stages.${stage}`;
}

function deadItem(
  { say }: Turn,
  row: {
    readonly id: number;
    readonly kind: string;
    readonly reason: string;
    readonly payload: Readonly<Record<string, string>>;
  },
): Item {
  const { notice, mail, id = '' } = row.payload;
  return {
    title: say('desk:dead', { what: notice ?? mail ?? row.kind, id }),
    detail: row.reason,
    buttons: [{ label: say('desk:buttons.revive'), action: 'desk.revive', ref: String(row.id) }],
  };
}
