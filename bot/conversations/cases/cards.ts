import type { Case } from '../../../domain/cases.ts';
import { type Consent, current } from '../../../domain/consent.ts';
import type { Loaded } from '../../../domain/memory-ports.ts';
import type { CaseDetails } from '../../../domain/people.ts';
import { pageButtons, pageNote, stretch } from '../../paging.ts';
import type { Turn } from '../../turn.ts';
import type { ActButton, Card, Item, Step } from '../../view.ts';
import { nameOf } from '../../who.ts';
import { caseLabel, casesOf, mayOnCase, readsPseudonym, visibleCase, worksOn } from './access.ts';

const way = ['draft', 'consented', 'enrolled', 'ready', 'discussed'] as const;

/** A list of the actor's cases, ten a page, with a button for each and one to open a new case. */
export async function caseList(turn: Turn, offset: number): Promise<Card> {
  const { say, ports, actor } = turn;
  const found = await casesOf(ports, actor);
  const page = stretch(offset, found.length);
  const shown = found.slice(page.offset, page.offset + page.limit);
  const opens = actor.grants.some(({ role }) => ['member', 'assistant', 'helpdesk'].includes(role));
  const items = await Promise.all(shown.map((loaded) => caseItem(turn, loaded)));
  const buttons: ActButton[] = [
    opens
      ? { label: say('cases:open.button'), action: 'case.open', style: 'primary' }
      : { label: say('help:buttons.status'), action: 'status.show' },
    ...pageButtons(say, page, 'case.list'),
  ];
  return {
    title: say('cases:list.title'),
    body:
      items.length > 0
        ? [{ kind: 'list', items }, ...pageNote(say, page)]
        : [{ kind: 'text', text: say(opens ? 'cases:list.none' : 'cases:list.not-member') }],
    buttons,
  };
}

async function caseItem(turn: Turn, loaded: Loaded<'case'>): Promise<Item> {
  const { say, ports } = turn;
  return {
    title: await caseLabel(ports, say, loaded, readsPseudonym(turn, loaded.state)),
    detail: say(`cases:next.${nextFor(loaded.state)}`),
    buttons: [{ label: say('cases:list.show'), action: 'case.show', ref: loaded.id }],
  };
}

/** What has to happen next: a key of the words, from the case's stage and hold. */
function nextFor({ stage, onHold }: Case): string {
  return onHold && stage !== 'closed' ? 'on-hold' : stage;
}

/** One case: where it stands on its way, what is next, and the buttons for it. Ends the turn for whom it is not. */
export async function caseCard(turn: Turn, id: string): Promise<Card> {
  const { say, ports } = turn;
  const { state } = await visibleCase(turn, id);
  const [directory, details, consent, owner, documents] = await Promise.all([
    turn.directory(),
    readsPseudonym(turn, state) ? ports.store.caseDetails(id) : undefined,
    ports.store.load('consent', id),
    nameOf(ports, state.owner),
    ports.store.count('document', { caseId: id }),
  ]);
  const next = nextFor(state);
  const facts: (readonly [string, string])[] = [
    ...(details?.cpmsId ? [[say('cases:facts.cpms'), details.cpmsId] as const] : []),
    [say('cases:facts.group'), directory.groups[state.group]?.name ?? state.group],
    [say('cases:facts.urgency'), say(`cases:urgency.${state.urgency}`)],
    [
      say('cases:facts.owner'),
      say('cases:facts.owner-of', { name: owner, hcp: directory.hcps[state.hcp]?.name ?? state.hcp }),
    ],
    ...(documents > 0 ? [[say('cases:facts.files'), String(documents)] as const] : []),
  ];
  return {
    title: details?.pseudonym
      ? say('cases:title', { id, pseudonym: details.pseudonym })
      : say('cases:title-bare', { id }),
    tone: next === 'on-hold' ? 'warning' : next === 'discussed' ? 'good' : next === 'closed' ? 'plain' : 'waiting',
    body: [
      { kind: 'text', text: say(`cases:next.${next}`) },
      { kind: 'steps', steps: stepsOf(turn, state, consent.state) },
      { kind: 'facts', rows: facts },
    ],
    buttons: buttonsOf(turn, id, state, details, consent.state),
  };
}

function stepsOf({ say }: Turn, state: Case, consent: Consent): Step[] {
  const reached = state.stage === 'closed' ? way.length : way.indexOf(state.stage as (typeof way)[number]);
  const given = current(consent, 'care');
  return way.map((stage, index): Step => {
    const label = say(`cases:steps.${stage}`);
    if (stage === 'consented' && given && given.status !== 'given')
      return { label, state: 'stopped', detail: say(`consent:status.${given.status}`) };
    if (index <= reached) {
      return given && stage === 'consented'
        ? { label, state: 'done', detail: given.signedOn }
        : { label, state: 'done' };
    }
    return { label, state: index === reached + 1 && !state.onHold ? 'now' : 'later' };
  });
}

function buttonsOf(
  turn: Turn,
  id: string,
  state: Case,
  details: CaseDetails | undefined,
  consent: Consent,
): ActButton[] {
  const { say } = turn;
  if (state.stage === 'closed' || state.stage === 'none') return [];
  const press = (key: string, action: string, style?: ActButton['style']): ActButton => ({
    label: say(`cases:buttons.${key}`),
    action,
    ref: id,
    ...(style ? { style } : {}),
  });
  const works = worksOn(turn.actor, state);
  const goesOn = !state.onHold && state.stage !== 'draft';
  const enrolled = goesOn && state.stage !== 'consented';
  return [
    ...(works && details && !details.pseudonym ? [press('name', 'case.name', 'primary')] : []),
    ...(works && !goesOn ? [press('consent', 'consent.record', 'primary')] : []),
    ...(works && goesOn && state.stage === 'consented' ? [press('enrol', 'case.enrol', 'primary')] : []),
    ...(works && goesOn && state.stage === 'enrolled' ? [press('ready', 'case.ready', 'primary')] : []),
    ...(works && enrolled
      ? [press('meeting', 'meeting.ask-for', state.stage === 'ready' ? 'primary' : undefined)]
      : []),
    ...(works && goesOn ? [press('file', 'document.attach')] : []),
    ...(consent.records.length > 0 ? [press('consents', 'consent.show')] : []),
    ...(works || mayOnCase(turn, 'case.hand-over', state) ? [press('more', 'case.more')] : []),
  ];
}

/** What is needed less often: urgency, files, hand-over, closing. */
export async function caseMore(turn: Turn, id: string): Promise<Card> {
  const { say } = turn;
  const { state } = await visibleCase(turn, id);
  const items: Item[] = [];
  const add = (key: string, action: string) =>
    items.push({
      title: say(`cases:more.${key}`),
      detail: say(`cases:more.${key}-detail`),
      buttons: [{ label: say(`cases:more.${key}`), action, ref: id }],
    });
  if (worksOn(turn.actor, state)) add('files', 'document.list');
  if (mayOnCase(turn, 'case.set-urgency', state)) add('urgency', 'case.urgency');
  if (worksOn(turn.actor, state)) add('name', 'case.name');
  if (mayOnCase(turn, 'case.hand-over', state)) add('hand-over', 'case.hand-over');
  if (mayOnCase(turn, 'case.close', state)) add('close', 'case.close');
  return {
    title: say('cases:more.title', { id }),
    body: [{ kind: 'list', items }],
    buttons: [{ label: say('cases:list.show'), action: 'case.show', ref: id }],
  };
}
