import { holds } from '../../../domain/people.ts';
import { underWay } from '../../../domain/registration.ts';
import type { Answer } from '../../interaction.ts';
import { pageButtons, readPageRef, stretch } from '../../paging.ts';
import { watchHome } from '../../surfaces/homes.ts';
import { type Conversation, card, type Turn } from '../../turn.ts';
import type { Block, Button, Card, Item } from '../../view.ts';
import { queueCard } from '../desk/queue.ts';
import { currentAttempt, ownRegistration } from '../registration/registration.ts';
import { type Section, sectionsOf } from './mine.ts';
import { statusButtons, strangerCard } from './status.ts';

/** How many of each kind stand on one page of the home: all kinds together stay within what a platform shows there. */
const perSection = 5;

/**
 * Somebody's home: what waits for their decision, their registration with its steps, their cases with consent and files, requests,
 * meetings with the answers, tickets, each a page at a time; for the helpdesk the queue with its filters, and their own things one press away. `at` is
 * the part that they look at: 'desk/<filter>|<offset>', 'mine/<section>|<offset>', or '' for the beginning.
 */
export async function homeCard(turn: Turn, at = ''): Promise<Card> {
  const { say, actor } = turn;
  if (actor.id === '') return strangerCard(turn);
  const [part = '', rest = ''] = at.split('/');
  const helpdesk = holds(actor, 'helpdesk') && actor.verified;
  if (helpdesk && part !== 'mine') {
    const queue = await queueCard(turn, rest, { action: 'home.page', ref: 'desk/' });
    return { ...queue, buttons: [...(queue.buttons ?? []), tab(say('home:mine'), 'mine/')] };
  }
  const { ref, offset } = readPageRef(rest);
  const [attempt, sections] = await Promise.all([currentAttempt(turn), sectionsOf(turn)]);
  const blocks = await Promise.all(
    sections.map((section) => sectionBlocks(turn, section, section.name === ref ? offset : 0)),
  );
  const [decisions = [], ...others] = blocks;
  const body = [...decisions, ...(attempt ? await registrationBlocks(turn, attempt.id) : []), ...others.flat()];
  if (body.length === 0) body.push({ kind: 'text', text: say('status:nothing') });
  const buttons = statusButtons(turn, attempt !== undefined).filter(
    (button) => !('action' in button) || button.action !== 'desk.queue',
  );
  return {
    title: say('status:title'),
    body,
    buttons: [...(helpdesk ? [tab(say('status:buttons.queue'), 'desk/')] : []), ...buttons],
  };
}

const tab = (label: string, ref: string): Button => ({ label, action: 'home.page', ref });

/** The registration as a line of steps with what it waits for and what can be done; once it is through, a line of its own. */
async function registrationBlocks(turn: Turn, id: string): Promise<Block[]> {
  const { say } = turn;
  const { stage } = await turn.thing('registration', id);
  const title: Block = { kind: 'heading', text: say('status:registration') };
  const item = (buttons: readonly Button[]): Item => ({
    title: say(`registration:stages.${stage}`),
    detail: id,
    buttons,
  });
  if (!underWay(stage))
    return [title, { kind: 'list', items: [item([{ label: say('common:show'), action: 'register.show', ref: id }])] }];
  const own = await ownRegistration(turn, id);
  return [title, { kind: 'list', items: [item(own.buttons ?? [])] }, ...own.body];
}

async function sectionBlocks({ say }: Turn, section: Section, offset: number): Promise<Block[]> {
  if (section.all === 0) return [];
  const page = stretch(offset, section.all, perSection);
  const items: Item[] = [...(await section.items(page))];
  if (section.all > perSection) {
    const to = Math.min(page.offset + perSection, section.all);
    items.push({
      title: say('common:paging.count', { from: page.offset + 1, to, all: section.all }),
      buttons: pageButtons(say, page, 'home.page', `mine/${section.name}`),
    });
  }
  return [
    { kind: 'heading', text: say(`status:${section.name}`), count: section.all },
    { kind: 'list', items },
  ];
}

async function turnTo(turn: Turn, at: string): Promise<Answer> {
  const { ports, who, actor, where } = turn;
  const shown = await homeCard(turn, at);
  if (!where.home) return card(shown, true);
  await watchHome(ports, actor.id, who, at, holds(actor, 'helpdesk'));
  return { home: shown };
}

export const home: Conversation = {
  presses: { 'home.page': turnTo },
};
