import { current } from '../../../domain/consent.ts';
import { openRequestStages } from '../../../domain/meetings/requests.ts';
import type { Loaded } from '../../../domain/memory-ports.ts';
import { holds } from '../../../domain/people.ts';
import type { Stretch } from '../../paging.ts';
import type { Turn } from '../../turn.ts';
import type { Item } from '../../view.ts';
import { caseLabel, casesOf, readsPseudonym } from '../cases/access.ts';
import { meetingItem, pollItem, requestItem } from '../meetings/cards.ts';
import { decisionItem, decisionsOf } from '../registration/deciding.ts';
import { openTicketStages, ticketItem } from '../support/support.ts';

const sectionNames = ['decisions', 'cases', 'requests', 'polls', 'meetings', 'tickets'] as const;
type SectionName = (typeof sectionNames)[number];

/** One kind of what is somebody's: how many there are, and those of one stretch. */
export interface Section {
  readonly name: SectionName;
  readonly all: number;
  /** The press that opens the whole list. */
  readonly list: string;
  items(page: Pick<Stretch, 'limit' | 'offset'>): Promise<readonly Item[]>;
}

/** What waits for this person's decision, their cases, requests, coming meetings and open tickets; none of it is cut. */
export async function sectionsOf(turn: Turn): Promise<readonly Section[]> {
  const { ports, actor, now } = turn;
  const { store } = ports;
  const clinician = holds(actor, 'member') || holds(actor, 'assistant');
  const requested = { person: actor.id, status: openRequestStages };
  const coming = { party: actor.id, status: ['scheduled'], from: now };
  const polled = { invitee: actor.id, status: ['open'] };
  const tickets = { person: actor.id, status: openTicketStages };
  const [decisions, cases, directory, requestCount, pollCount, meetingCount, ticketCount] = await Promise.all([
    decisionsOf(turn),
    clinician ? casesOf(ports, actor) : [],
    turn.directory(),
    store.count('request', requested),
    store.count('poll', polled),
    store.count('meeting', coming),
    store.count('ticket', tickets),
  ]);
  const part = <T>(all: readonly T[], { offset, limit }: Pick<Stretch, 'limit' | 'offset'>) =>
    all.slice(offset, offset + limit);
  return [
    {
      name: 'decisions',
      all: decisions.length,
      list: 'decide.list',
      items: (page) => Promise.all(part(decisions, page).map((loaded) => decisionItem(turn, loaded))),
    },
    {
      name: 'cases',
      all: cases.length,
      list: 'case.list',
      items: (page) => Promise.all(part(cases, page).map((loaded) => caseItem(turn, loaded))),
    },
    {
      name: 'requests',
      all: requestCount,
      list: 'meeting.list',
      items: async (page) =>
        (await store.find('request', requested, page)).map(({ id, state }) => requestItem(turn, directory, id, state)),
    },
    {
      name: 'polls',
      all: pollCount,
      list: 'meeting.list',
      items: async (page) =>
        (await store.find('poll', polled, { ...page, order: 'soonest' })).map(({ id, state }) =>
          pollItem(turn, directory, id, state),
        ),
    },
    {
      name: 'meetings',
      all: meetingCount,
      list: 'meeting.list',
      items: async (page) =>
        (await store.find('meeting', coming, { ...page, order: 'soonest' })).map(({ id, state }) =>
          meetingItem(turn, directory, id, state),
        ),
    },
    {
      name: 'tickets',
      all: ticketCount,
      list: 'support.begin',
      items: async (page) => (await store.find('ticket', tickets, page)).map((loaded) => ticketItem(turn, loaded)),
    },
  ];
}

/** A case with its next step, its consent and its files. */
async function caseItem(turn: Turn, loaded: Loaded<'case'>): Promise<Item> {
  const { ports, say } = turn;
  const { id, state } = loaded;
  const [title, consent, files] = await Promise.all([
    caseLabel(ports, say, loaded, readsPseudonym(turn, state)),
    ports.store.load('consent', id),
    ports.store.count('document', { caseId: id }),
  ]);
  const care = current(consent.state, 'care')?.status ?? 'not-recorded';
  return {
    title,
    detail: [
      say(`status:case-stage.${state.onHold ? 'on-hold' : state.stage}`),
      say('status:case-consent', { consent: say(`consent:status.${care}`), count: files }),
    ].join('\n'),
    buttons: [{ label: say('common:show'), action: 'case.show', ref: id }],
  };
}
