import type { types } from '@slack/bolt';
import {
  type Block,
  type Button,
  type Card,
  headingText,
  type Item,
  plainText,
  type Step,
  stepMark,
} from '../../../bot/view.ts';
import { type Words, wordsFor } from '../words.ts';
import { cut, escape, pieces } from './text.ts';

type SlackBlock = types.KnownBlock;

/** Block Kit's limits (docs.slack.dev, 'Block Kit reference'), in characters or pieces. */
export const limits = {
  blocksInMessage: 50,
  blocksInView: 100,
  section: 3000,
  header: 150,
  field: 2000,
  fields: 10,
  context: 2000,
  buttonText: 75,
  buttonValue: 2000,
  actionId: 255,
  elements: 25,
  url: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /** The text beside the blocks, for notifications and screen readers. */
  fallback: 3000,
  /** All texts of one message together: Slack answers `msg_blocks_too_long` a little above 13,000. */
  messageText: 12_000,
} as const;

/** One message as chat.postMessage and response_url take it. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: SlackBlock[];
}

/**
 * A card as one message, or as several where it goes over the limits of one: nothing is left out. All texts are `plain_text`, or escaped
 * mrkdwn without any sign that formats, so that a name can neither mention nor link. Gives at least one message.
 */
export function cardMessages(card: Card, words: Words): SlackMessage[] {
  const parts: SlackBlock[][] = [];
  let weight = 0;
  for (const block of cardBlocks(card, words)) {
    const last = parts.at(-1);
    const own = textWeight(block);
    if (!last || last.length === limits.blocksInMessage || weight + own > limits.messageText) {
      parts.push([block]);
      weight = own;
    } else {
      last.push(block);
      weight += own;
    }
  }
  const [first = [], ...more] = parts;
  const fallback = cut(escape(plainText(card)), limits.fallback) || '–';
  return [
    { text: fallback, blocks: first },
    ...more.map((blocks) => ({ text: cut(escape(card.title), 200) || '–', blocks })),
  ];
}

/** A card as Slack's App Home: at most 100 blocks; where there were more, the last one says so. */
export function homeView(card: Card, words: Words): types.HomeView {
  const blocks = cardBlocks(card, words);
  if (blocks.length <= limits.blocksInView) return { type: 'home', blocks };
  return { type: 'home', blocks: [...blocks.slice(0, limits.blocksInView - 1), context(wordsFor(card, words).more)] };
}

/** A card's blocks, however many there are. */
export function cardBlocks(card: Card, words: Words): SlackBlock[] {
  const own = wordsFor(card, words);
  const body = card.body.flatMap((block) => bodyBlocks(block, own));
  return [...title(card), ...body, ...buttons(card.buttons ?? [], own)];
}

/** Paragraphs of plain text; over 3000 characters several of them. */
export function paragraphs(text: string): SlackBlock[] {
  return pieces(text, limits.section).map((part) => ({ type: 'section', text: plain(part) }));
}

/** A quieter line. */
export function context(text: string): SlackBlock {
  return { type: 'context', elements: [plain(text)] };
}

/** A text object that Slack shows as it is; `text` must not be empty. */
export function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

const toneSigns = { plain: '', good: '✅ ', waiting: '⏳ ', warning: '⚠️ ' } as const;

function title(card: Card): SlackBlock[] {
  const whole = `${toneSigns[card.tone ?? 'plain']}${card.title}`.trim();
  if (whole === '') return [];
  // A title with nothing below it is a sentence.
  if (card.body.length === 0 && (card.buttons ?? []).length === 0) return paragraphs(whole);
  const header: SlackBlock = { type: 'header', text: plain(cut(whole.replace(/\s+/g, ' '), limits.header)) };
  return whole.length <= limits.header ? [header] : [header, ...paragraphs(card.title)];
}

function bodyBlocks(block: Block, words: Words): SlackBlock[] {
  switch (block.kind) {
    case 'heading':
      return [{ type: 'header', text: plain(cut(headingText(block), limits.header)) }];
    case 'text':
      return paragraphs(block.text);
    case 'note':
      return pieces(block.text, limits.context).map(context);
    case 'facts':
      return facts(block.rows);
    case 'steps':
      return paragraphs(block.steps.map(step).join('\n'));
    case 'list':
      return block.items.flatMap((item, index) => [...(index > 0 ? [divider] : []), ...itemBlocks(item, words)]);
  }
}

const divider: SlackBlock = { type: 'divider' };

function step(one: Step): string {
  return `${stepMark(one.state)}  ${one.label}${one.detail ? ` (${one.detail})` : ''}`;
}

/** Two columns, label and value; a value that is too long for a column stands under its label. */
function facts(rows: readonly (readonly [string, string])[]): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  let fields: types.TextObject[] = [];
  const flush = () => {
    if (fields.length > 0) blocks.push({ type: 'section', fields });
    fields = [];
  };
  for (const [label, value] of rows) {
    if (label.length > 500 || value.length > limits.field) {
      flush();
      blocks.push(...paragraphs(`${label}: ${value}`));
      continue;
    }
    fields.push(strong(label.trim() || '–'), plain(value.trim() || '–'));
    if (fields.length === limits.fields) flush();
  }
  flush();
  return blocks;
}

function itemBlocks(item: Item, words: Words): SlackBlock[] {
  const whole = item.detail ? `${item.title}\n${item.detail}` : item.title;
  const bold = item.detail ? `*${escape(item.title)}*\n${escape(item.detail)}` : `*${escape(item.title)}*`;
  const text: SlackBlock[] =
    item.title.trim() === item.title && item.title !== '' && !formats(whole) && bold.length <= limits.section
      ? [{ type: 'section', text: { type: 'mrkdwn', text: bold, verbatim: true } }]
      : paragraphs(whole);
  const [only, ...more] = item.buttons ?? [];
  const [block, ...rest] = text;
  // A single button stands beside its text: a list of such items takes half as many blocks.
  if (
    only &&
    more.length === 0 &&
    overlong([only]).length === 0 &&
    block?.type === 'section' &&
    rest.length === 0 &&
    (!('url' in only) || openable(only.url))
  )
    return [{ ...block, accessory: button(only, 0, words) }];
  return [...text, ...buttons(item.buttons ?? [], words)];
}

/** Bold, unless the text holds a sign that mrkdwn would read: then as it is. */
function strong(text: string): types.TextObject {
  if (formats(text) || text.includes('\n')) return plain(text);
  return { type: 'mrkdwn', text: `*${escape(text)}*`, verbatim: true };
}

function formats(text: string): boolean {
  return /[*_~`<>]|:[\w+-]+:|@(?:here|channel|everyone)|https?:/.test(text);
}

function buttons(all: readonly Button[], words: Words): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  for (let start = 0; start < all.length; start += limits.elements) {
    const row = all.slice(start, start + limits.elements);
    const shown = row.filter((one) => !('url' in one) || openable(one.url));
    const elements = shown.map((one, index) => button(one, start + index, words));
    if (elements.length > 0) blocks.push({ type: 'actions', elements });
    blocks.push(...overlong(row));
    // An address that Slack would refuse the whole message for is written out instead.
    for (const one of row)
      if ('url' in one && !openable(one.url)) blocks.push(...paragraphs(`${one.label}: ${one.url}`));
  }
  return blocks;
}

/** A question that is longer than what the platform asks stands whole below its button. */
function overlong(all: readonly Button[]): SlackBlock[] {
  return all.flatMap((one) =>
    'confirm' in one && one.confirm && one.confirm.length > limits.confirmText ? paragraphs(one.confirm) : [],
  );
}

/** `act:<action>#<place>`: the place keeps ids apart when one row has an action twice. The reference is the value. */
function button(one: Button, place: number, words: Words): types.Button {
  const text = { ...plain(cut(one.label.trim() || '–', limits.buttonText)), emoji: true };
  const style = one.style ? { style: one.style } : {};
  if ('url' in one) return { type: 'button', text, action_id: `link:#${place}`, url: one.url, ...style };
  const action_id = `${actionPrefix}${one.action}#${place}`;
  if (action_id.length > limits.actionId || (one.ref ?? '').length > limits.buttonValue) {
    throw new RangeError(`the action ${one.action} or its reference is too long for Slack`);
  }
  return {
    type: 'button',
    text,
    action_id,
    ...(one.ref === undefined || one.ref === '' ? {} : { value: one.ref }),
    ...style,
    ...(one.confirm ? { confirm: confirmation(one.label, one.confirm, words) } : {}),
  };
}

const actionPrefix = 'act:';

/** The action of a button that `cardBlocks` made, from its action id; undefined for any other id. */
export function actionOf(actionId: string): string | undefined {
  return actionId.startsWith(actionPrefix) ? actionId.slice(actionPrefix.length).replace(/#\d+$/, '') : undefined;
}

/** Whether an action id belongs to a link: Slack tells of the press, and there is nothing to do. */
export function isLink(actionId: string): boolean {
  return actionId.startsWith('link:');
}

function confirmation(label: string, question: string, words: Words): types.ConfirmationDialog {
  return {
    title: plain(cut(label.trim() || '–', limits.confirmTitle)),
    text: plain(cut(question.trim() || '–', limits.confirmText)),
    confirm: plain(cut(label.trim() || '–', limits.confirmButton)),
    deny: plain(cut(words.cancel, limits.confirmButton)),
  };
}

function openable(url: string): boolean {
  return url.length <= limits.url && URL.canParse(url) && /^https?:/.test(url);
}

/** How much text a block holds: every string below a `text` name, as Slack counts it. */
function textWeight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textWeight(one), 0);
  if (value === null || typeof value !== 'object') return 0;
  return Object.entries(value).reduce(
    (sum, [name, one]) => sum + (name === 'text' && typeof one === 'string' ? one.length : textWeight(one)),
    0,
  );
}
