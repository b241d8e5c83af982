import { holds } from '../../../domain/people.ts';
import { underWay } from '../../../domain/registration.ts';
import type { Answer } from '../../interaction.ts';
import { tabLink } from '../../pages/tab.ts';
import { stretch } from '../../paging.ts';
import { type Conversation, card, type Turn } from '../../turn.ts';
import type { Block, Button, Card, Item } from '../../view.ts';
import { currentAttempt, ownRegistration } from '../registration/registration.ts';
import { type Section, sectionsOf } from './mine.ts';

/** How many of each kind are shown here; the whole list is one press away. */
const few = 5;

/** Where somebody stands: their registration while it is under way, else their cases, meetings and requests, and what waits for them. */
export async function statusCard(turn: Turn): Promise<Card> {
  const { say, actor } = turn;
  if (actor.id === '') return strangerCard(turn);
  const [attempt, sections] = await Promise.all([currentAttempt(turn), sectionsOf(turn)]);
  const decides = sections.some(({ name, all }) => name === 'decisions' && all > 0);
  if (attempt && underWay(attempt.state.stage) && !decides) return ownRegistration(turn, attempt.id);

  const body: Block[] = [];
  for (const section of sections) {
    body.push(...(await firstOf(turn, section)));
    if (section.name === 'decisions' && attempt)
      body.push(
        { kind: 'heading', text: say('status:registration') },
        {
          kind: 'list',
          items: [
            {
              title: say(`registration:stages.${attempt.state.stage}`),
              detail: attempt.id,
              buttons: [{ label: say('common:show'), action: 'register.show', ref: attempt.id }],
            },
          ],
        },
      );
  }
  if (body.length === 0) body.push({ kind: 'text', text: say('status:nothing') });
  return { title: say('status:title'), body, buttons: statusButtons(turn, attempt !== undefined) };
}

/** Who is not entered: where to begin. */
export function strangerCard({ say }: Turn): Card {
  return {
    title: say('status:stranger.title'),
    body: [{ kind: 'text', text: say('status:stranger.text') }],
    buttons: [
      { label: say('status:buttons.register'), action: 'register.begin', style: 'primary' },
      { label: say('status:buttons.known'), action: 'verify.address' },
      { label: say('status:buttons.support'), action: 'support.begin' },
    ],
  };
}

/** What can be begun from here. */
export function statusButtons({ say, actor }: Turn, registered: boolean): readonly Button[] {
  const buttons: Button[] = [];
  if (holds(actor, 'helpdesk'))
    buttons.push({ label: say('status:buttons.queue'), action: 'desk.queue', style: 'primary' });
  if (holds(actor, 'member') || holds(actor, 'assistant'))
    buttons.push(
      { label: say('status:buttons.case'), action: 'case.open', style: 'primary' },
      { label: say('status:buttons.meeting'), action: 'meeting.ask' },
    );
  if (!registered && actor.grants.length === 0)
    buttons.push({ label: say('status:buttons.register'), action: 'register.begin', style: 'primary' });
  buttons.push({ label: say('status:buttons.support'), action: 'support.begin' });
  return buttons;
}

async function firstOf({ say }: Turn, section: Section): Promise<Block[]> {
  if (section.all === 0) return [];
  const page = stretch(0, section.all, few);
  const items: Item[] = [...(await section.items(page))];
  if (section.all > few)
    items.push({
      title: say('common:paging.count', { from: 1, to: few, all: section.all }),
      buttons: [{ label: say('status:buttons.all', { count: section.all }), action: section.list }],
    });
  return [
    { kind: 'heading', text: say(`status:${section.name}`), count: section.all },
    { kind: 'list', items },
  ];
}

const status = async (turn: Turn): Promise<Answer> => card(await statusCard(turn));

/** The person's own page, by a link that is good once. */
async function page({ ports, say, who, actor }: Turn): Promise<Answer> {
  return card({
    title: say('tab:link.title'),
    body: [
      { kind: 'text', text: say('tab:link.text') },
      { kind: 'note', text: say('tab:link.note') },
    ],
    buttons: [
      { label: say('tab:link.open'), url: await tabLink(ports, who, actor.id), style: 'primary', opens: 'tab' },
    ],
  });
}

export const statusTalk: Conversation = {
  commands: { status, page },
  presses: { 'status.show': status },
  shows: { status: statusCard },
};
