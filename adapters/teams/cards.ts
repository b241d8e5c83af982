import { type Block, type Card, headingText, type Item, type Step, stepMark, type Tone } from '../../bot/view.ts';
import { actionSets, refreshAction } from './actions.ts';
import { type AdaptiveCard, adaptiveCard, type Element, largest, sizeOf } from './elements.ts';
import { markdown } from './escape.ts';
import { fill, type Words } from './words.ts';

/** The longest text in one element: what is longer becomes several, so that a card can be parted between them. */
const longestText = 3000;
const rowsInOneSet = 10;
/** Teams asks for no more people's views of one card. */
export const mostReaders = 60;

const colours: Record<Tone, string> = { plain: 'Default', good: 'Good', waiting: 'Accent', warning: 'Attention' };

/**
 * A card as Adaptive Cards 1.5: one, or as many as it takes to keep each below `limit` bytes; each of several says in its title
 * which it is, and the buttons stand on the last. Nothing is left out. `readers` are the Teams ids of those whose clients ask for the card anew when they see it
 * (at most 60: 'Up to date cards'); one that takes several messages is never asked for.
 */
export function renderCard(
  card: Card,
  words: Words,
  { limit = largest, readers = [] }: { readonly limit?: number; readonly readers?: readonly string[] } = {},
): readonly AdaptiveCard[] {
  const sets = actionSets(card.buttons ?? []);
  const actions = sets.length === 1 ? (sets[0] as readonly Element[]) : [];
  const rest = sets.length === 1 ? [] : sets.map((set) => [{ type: 'ActionSet', actions: set }]);
  const pages = packed([...card.body.flatMap(units), ...rest], limit - sizeOf(actions) - 2 * sizeOf(card.title) - 700);
  if (pages.length === 1) {
    const whole = adaptiveCard(card.title, [titleOf(card.title, card.tone), ...(pages[0] ?? [])], actions);
    if (!card.again || readers.length === 0) return [whole];
    return [{ ...whole, refresh: { action: refreshAction(card.again), userIds: readers.slice(0, mostReaders) } }];
  }
  return pages.map((body, index) => {
    const title = fill(words.page, { title: card.title, page: index + 1, pages: pages.length });
    return adaptiveCard(title, [titleOf(title, card.tone), ...body], index === pages.length - 1 ? actions : []);
  });
}

/** A heading in the tone's colour; the words say the same. */
export function titleOf(title: string, tone: Tone = 'plain'): Element {
  return {
    type: 'TextBlock',
    style: 'heading',
    text: markdown(title),
    size: 'Medium',
    weight: 'Bolder',
    color: colours[tone],
    wrap: true,
  };
}

/** A paragraph, in as many elements as its length takes. */
export function paragraphs(text: string, look: Readonly<Record<string, unknown>> = {}): readonly Element[] {
  return pieces(text).map((piece) => ({ type: 'TextBlock', text: markdown(piece), wrap: true, ...look }));
}

/** What must stay together when a card is parted. */
type Unit = readonly Element[];

function units(block: Block): readonly Unit[] {
  switch (block.kind) {
    case 'heading':
      return [
        paragraphs(headingText(block), { style: 'heading', weight: 'Bolder', size: 'Medium', spacing: 'Medium' }),
      ];
    case 'text':
      return paragraphs(block.text).map((element) => [element]);
    case 'note':
      return paragraphs(block.text, { isSubtle: true, size: 'Small' }).map((element) => [element]);
    case 'facts':
      return factSets(block.rows);
    case 'steps':
      return block.steps.map(stepUnit);
    case 'list':
      return block.items.flatMap(itemUnits);
  }
}

function factSets(rows: readonly (readonly [label: string, value: string])[]): readonly Unit[] {
  const found: Unit[] = [];
  let facts: { readonly title: string; readonly value: string }[] = [];
  const close = () => {
    if (facts.length > 0) found.push([{ type: 'FactSet', facts }]);
    facts = [];
  };
  for (const [label, value] of rows) {
    if (value.length > longestText / 3 || hasLongWord(label, 18) || hasLongWord(value, 22)) {
      close();
      found.push(...paragraphs(`${label}: ${value}`).map((element) => [element]));
      continue;
    }
    facts.push({ title: markdown(label), value: markdown(value) });
    if (facts.length === rowsInOneSet) close();
  }
  close();
  return found;
}

/** The two columns of a fact set break between words only: on a phone a longer one, an address of a page say, would be cut. */
function hasLongWord(text: string, most: number): boolean {
  return text.split(/[\s-]+/).some((word) => word.length > most);
}

function stepUnit(step: Step): Unit {
  const now = step.state === 'now';
  return [
    ...paragraphs(`${stepMark(step.state)} ${step.label}`, { spacing: 'Small', ...(now ? { weight: 'Bolder' } : {}) }),
    ...(step.detail ? paragraphs(step.detail, { isSubtle: true, size: 'Small', spacing: 'None' }) : []),
  ];
}

function itemUnits(item: Item): readonly Unit[] {
  const [first, ...more] = item.detail ? paragraphs(item.detail, { spacing: 'None' }) : [];
  const sets = actionSets(item.buttons ?? []).map((actions) => ({ type: 'ActionSet', actions }));
  const title = { type: 'TextBlock', text: markdown(item.title), weight: 'Bolder', wrap: true };
  const together = more.length === 0 && sizeOf(sets) < largest / 3;
  const head = {
    type: 'Container',
    separator: true,
    items: [title, ...(first ? [first] : []), ...(together ? sets : [])],
  };
  return [[head], ...more.map((element) => [element]), ...(together ? [] : sets.map((set) => [set]))];
}

function packed(all: readonly Unit[], room: number): readonly (readonly Element[])[] {
  const pages: Element[][] = [[]];
  let used = 0;
  for (const unit of all) {
    const size = sizeOf(unit);
    if (used > 0 && used + size > room) {
      pages.push([]);
      used = 0;
    }
    (pages.at(-1) as Element[]).push(...unit);
    used += size;
  }
  return pages;
}

/** A long text in pieces, parted at a line, else at a space, else where it must. */
function pieces(text: string): readonly string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > longestText) {
    const line = rest.lastIndexOf('\n', longestText);
    const space = rest.lastIndexOf(' ', longestText);
    const at = line > longestText / 2 ? line : space > longestText / 2 ? space : longestText;
    found.push(rest.slice(0, at));
    rest = rest.slice(at).replace(/^[\n ]/, '');
  }
  return [...found, rest];
}
