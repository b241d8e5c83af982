import type { Logger } from 'pino';
import { Undeliverable } from '../../bot/channel.ts';
import type { Answer, Bot, Place, Who } from '../../bot/interaction.ts';
import type { Card, Form, Option } from '../../bot/view.ts';
import { renderCard } from './cards.ts';
import type { AdaptiveCard, Attachment } from './elements.ts';
import { offeredAtOnce, renderForm } from './form.ts';
import type { Messenger } from './messenger.ts';
import type { Reference, References } from './references.ts';
import type { Words, WordsOf } from './words.ts';

/** A message of an answer, and the card that it shows: for the outbox, where Teams does not take it. */
export interface Piece {
  readonly content: AdaptiveCard | Attachment;
  readonly card?: Card;
}

type CardPiece = Piece & { readonly content: AdaptiveCard };

/** An answer as this platform shows it: what takes the place of the card that was acted on, and what is written below. */
export interface Rendered {
  readonly replacement?: CardPiece;
  /** Whether the replacement is to stay: a form with its errors is shown and forgotten, a result is what one finds tomorrow. */
  readonly lasting: boolean;
  readonly messages: readonly CardPiece[];
  /** A file that is offered below everything else. */
  readonly file?: Attachment;
  /** Whether it is one of the helpdesk's cards, of those that stand in its channel. */
  readonly ofDesk?: boolean;
}

/**
 * Renders an answer for its reader; asks the bot for first options of the search fields of a form. In the helpdesk's channel (`inPlace`) a form is typed into the card
 * that it is about, and one of its cards is shown where it was asked for: both for the one who acted alone.
 */
export async function renderAnswer(
  bot: Bot,
  who: Who,
  answer: Answer,
  wordsOf: WordsOf,
  inPlace = false,
): Promise<Rendered> {
  const words = wordsOf(answer.form?.language ?? answer.cards?.[0]?.language);
  const written = (card: Card): readonly CardPiece[] => renderCard(card, words).map((content) => ({ content, card }));
  const pages = (answer.cards ?? []).flatMap(written);
  if (answer.errors && answer.form) return { replacement: await formOf(answer.form), lasting: false, messages: pages };
  if (answer.errors) {
    const body = Object.values(answer.errors).map((text) => ({ kind: 'text', text }) as const);
    return { lasting: false, messages: [...pages, ...written({ title: words.failed, tone: 'warning', body })] };
  }
  const form = answer.form && (await formOf(answer.form));
  if (form && inPlace) return { replacement: form, lasting: false, messages: pages };
  const forms = form ? [form] : [];
  const [first, ...rest] = pages;
  const ofDesk = answer.cards?.at(0)?.again !== undefined;
  if (first && (answer.replace || (inPlace && ofDesk && rest.length === 0)))
    return { replacement: first, lasting: true, messages: [...rest, ...forms], ofDesk };
  return { lasting: false, messages: [...pages, ...forms], ofDesk };

  /** A form; where it cannot be shown now, a card with the button that opens it. */
  async function formOf(asked: Form): Promise<CardPiece> {
    const content = renderForm(asked, words, answer.errors, await offers(bot, who, asked));
    return { content, card: { title: asked.title, body: [], buttons: [asked.open] } };
  }
}

async function offers(bot: Bot, who: Who, form: Form): Promise<Readonly<Record<string, readonly Option[]>>> {
  const searches = form.fields.filter((field) => field.kind === 'search');
  const found = await Promise.all(
    searches.map(async ({ name, source }) => [name, await bot.suggest(who, source, '', offeredAtOnce)] as const),
  );
  return Object.fromEntries(found);
}

export interface DeliveryTools {
  readonly messenger: Messenger;
  readonly references: References;
  readonly log: Logger;
}

/** Where an answer goes. */
export interface Addressee {
  readonly who: Who;
  readonly place: Place;
  /** How to write to the person. */
  readonly reference: Reference;
  /** The shared conversation in which they asked; absent in private. */
  readonly shared?: Reference;
  /** The message with the card that was acted on. */
  readonly card?: string;
}

/**
 * Writes messages to the person's one-to-one chat, opening it where there is none; in a shared place one short line says so. Where the
 * person cannot be written to, that line says what to do; nothing of the content is shown to others. What was taken is added to `taken` as it goes. Gives the
 * messages' ids; throws what the messenger throws.
 */
export async function writePrivately(
  tools: DeliveryTools,
  to: Addressee,
  pieces: readonly Piece[],
  words: Words,
  taken: Set<Piece> = new Set(),
): Promise<readonly string[]> {
  if (pieces.length === 0) return [];
  const sent: string[] = [];
  try {
    const own = to.shared ? await reachable(tools, to.who, to.reference) : to.reference;
    for (const piece of pieces) {
      sent.push(await tools.messenger.send(own, piece.content));
      taken.add(piece);
    }
  } catch (error) {
    if (!to.shared || !(error instanceof Undeliverable)) throw error;
    tools.log.warn({ code: error.code }, 'teams: nobody to answer in private');
    await tools.messenger.send(to.shared, words.unreachable);
    return [];
  }
  if (to.shared) await tools.messenger.send(to.shared, words.privately);
  return sent;
}

/** The reference with its one-to-one chat, opened and kept where there was none. */
export async function reachable(
  { messenger, references }: Pick<DeliveryTools, 'messenger' | 'references'>,
  who: Pick<Who, 'identity'>,
  reference: Reference,
): Promise<Reference> {
  if (reference.conversation !== undefined) return reference;
  const opened = { ...reference, conversation: await messenger.open(reference) };
  await references.keep(who.identity, opened);
  return opened;
}
