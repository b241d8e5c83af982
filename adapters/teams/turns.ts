import { setTimeout } from 'node:timers/promises';
import { Later, Undeliverable } from '../../bot/channel.ts';
import type { Answer, Bot, Interaction } from '../../bot/interaction.ts';
import { answerId } from '../../bot/outbox/late-answers.ts';
import {
  type Addressee,
  type DeliveryTools,
  type Piece,
  type Rendered,
  renderAnswer,
  writePrivately,
} from './answers.ts';
import { type Background, failureCode } from './background.ts';
import { renderCard } from './cards.ts';
import { inTeams } from './deep-link.ts';
import type { AdaptiveCard } from './elements.ts';
import { consentCard } from './files.ts';
import { within } from './within.ts';
import type { Words, WordsOf } from './words.ts';

/** What an `adaptiveCard/action` invoke is answered with: a card for the one who acted, or a short message. */
export type InvokeAnswer = { readonly card: AdaptiveCard } | { readonly message: string };

export interface TurnTools extends DeliveryTools {
  readonly bot: Bot;
  readonly background: Background;
  readonly wordsOf: WordsOf;
  /** How long an answer may take before it is announced and finished later, in milliseconds. */
  readonly patienceMs: number;
}

/** One act of one person, ready for the bot. */
export interface Turn {
  readonly interaction: Interaction;
  readonly to: Addressee;
  readonly words: Words;
}

/**
 * Has the bot handle an act that came as a message, and writes the answer. Gives back when the answer is written, or after the
 * patience is over when 'working…' is: the message is then replaced by the answer. Throws what sending throws.
 */
export async function answerMessage(tools: TurnTools, turn: Turn): Promise<void> {
  const handled = rendered(tools, turn);
  const quick = await within(tools.patienceMs, handled);
  if (quick !== undefined) return show(tools, turn, quick, turn.to.card);
  const working = turn.to.shared
    ? []
    : renderCard({ title: turn.words.working, tone: 'waiting', body: [] }, turn.words).map((content) => ({ content }));
  const placeholder = await announced(tools, turn, working);
  void tools.background.run('teams: answer after working', async () => {
    const answer = await handled;
    const [first, ...rest] = answer.messages;
    if (placeholder === undefined) return show(tools, turn, answer, turn.to.card);
    if (answer.replacement || !first) {
      await show(tools, turn, answer, turn.to.card);
      return settle(tools, turn, placeholder);
    }
    return show(tools, turn, { ...answer, replacement: first, messages: rest }, placeholder);
  });
}

/** Says that it takes a while, and gives the message's id; undefined where that was not taken, which is no reason not to go on. */
async function announced(tools: TurnTools, turn: Turn, working: readonly Piece[]): Promise<string | undefined> {
  try {
    return (await writePrivately(tools, turn.to, working, turn.words))[0];
  } catch (error) {
    if (error instanceof Undeliverable) throw error;
    return undefined;
  }
}

/**
 * Has the bot handle a press or a submitted form that came as an invoke. Always in time for the platform (which waits some seconds): what
 * takes longer is said to follow, and written when it is there. Sends what is to be read below the card,
 * but not again for a repeated delivery.
 */
export async function answerInvoke(tools: TurnTools, turn: Turn, repeated: boolean): Promise<InvokeAnswer> {
  const handled = rendered(tools, turn);
  const quick = await within(tools.patienceMs, handled);
  if (quick === undefined) {
    if (!repeated)
      void tools.background.run('teams: late answer', async () => show(tools, turn, await handled, turn.to.card));
    return { message: turn.words.working };
  }
  const { replacement, lasting, messages, ofDesk, file } = quick;
  const { reference, place } = turn.to;
  if (ofDesk && place.desk && reference.user) await tools.references.addDeskReader(reference.user);
  const response: InvokeAnswer = replacement
    ? { card: replacement.content }
    : { message: turn.to.shared ? turn.words.privately : turn.words.below };
  if (repeated) return response;
  const below = [...messages, ...(file ? [{ content: file }] : [])];
  const written = tools.background.run('teams: messages of an answer', () =>
    surely(tools, turn, below, async (taken) => {
      await writePrivately(tools, turn.to, below, turn.words, taken);
    }),
  );
  const { card, shared } = turn.to;
  const replaced =
    replacement && lasting && !shared && card
      ? tools.background.run('teams: a card in its place', () =>
          untilItWorks(() => tools.messenger.update(reference, card, replacement.content)),
        )
      : true;
  const [failed] = await Promise.all([
    within(tools.patienceMs, written).then((went) => went === false),
    within(tools.patienceMs, Promise.resolve(replaced)),
  ]);
  return failed && !replacement ? { message: turn.words.failed } : response;
}

/** What somebody sees already, and is to find tomorrow: repeated with growing pauses for half a minute. Throws what it throws the last time. */
async function untilItWorks(act: () => Promise<void>): Promise<void> {
  for (const seconds of [1, 5, 20]) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Undeliverable) throw error;
      await setTimeout((error instanceof Later ? Math.min(error.seconds, 60) : seconds) * 1000);
    }
  }
  await act();
}

/**
 * Has the bot give a card anew that came into somebody's view ('Up to date cards'), for this person alone. Undefined where it is not theirs to see, or takes too long: the
 * client keeps what it has. What else the bot had to say is written privately.
 */
export async function refreshed(tools: TurnTools, turn: Turn): Promise<AdaptiveCard | undefined> {
  const quick = await within(tools.patienceMs, rendered(tools, turn));
  if (!quick?.ofDesk || !quick.replacement) return undefined;
  const { replacement, messages } = quick;
  void tools.background.run('teams: beside a refresh', async () => {
    await writePrivately(tools, turn.to, messages, turn.words);
  });
  return replacement.content;
}

/** Says the bot's answer in cards; never throws for what the bot does (it answers in words), only for a fault of the rendering. */
async function rendered({ bot, wordsOf }: TurnTools, { interaction, to, words }: Turn): Promise<Rendered> {
  const answer: Answer = inTeams(await bot.handle(interaction), to.reference.app ?? '');
  const { what, where } = interaction;
  const onCard = what.kind === 'press' || what.kind === 'submit';
  const shown = await renderAnswer(bot, interaction.who, answer, wordsOf, onCard && where.desk === true);
  return answer.file ? { ...shown, file: consentCard(answer.file, words) } : shown;
}

/** Shows an answer without a waiting client: in place of the card where that is the person's own, else below. */
async function show(tools: TurnTools, turn: Turn, answer: Rendered, card: string | undefined): Promise<void> {
  const { replacement, messages, file } = answer;
  const inPlace = card === undefined || turn.to.shared ? undefined : replacement;
  const below = [...(replacement && !inPlace ? [replacement] : []), ...messages, ...(file ? [{ content: file }] : [])];
  await surely(tools, turn, [...(inPlace ? [inPlace] : []), ...below], async (taken) => {
    if (inPlace && card !== undefined) {
      await tools.messenger.update(turn.to.reference, card, inPlace.content);
      taken.add(inPlace);
    }
    await writePrivately(tools, turn.to, below, turn.words, taken);
  });
}

/**
 * Writes an answer; where Teams does not take all of it, the outbox goes on with the cards that are left, so that they arrive later or are dead letters that the helpdesk sees. Teams
 * gives a message no name of ours: one that arrived although the answer to it was lost is there twice then. Throws Undeliverable alone.
 */
async function surely(
  tools: TurnTools,
  turn: Turn,
  pieces: readonly Piece[],
  write: (taken: Set<Piece>) => Promise<void>,
): Promise<void> {
  const taken = new Set<Piece>();
  try {
    await write(taken);
  } catch (error) {
    if (error instanceof Undeliverable) throw error;
    const { key, who } = turn.interaction;
    tools.log.warn({ code: failureCode(error) }, 'teams: an answer was not taken, and goes out later');
    const left = new Set(pieces.flatMap((piece) => (taken.has(piece) || !piece.card ? [] : [piece.card])));
    const seconds = error instanceof Later ? error.seconds : 0;
    for (const [index, card] of [...left].entries())
      await tools.bot.later(who.identity, card, answerId(key, index), seconds);
  }
}

async function settle(tools: TurnTools, turn: Turn, placeholder: string): Promise<void> {
  const [done] = renderCard({ title: turn.words.below, body: [] }, turn.words);
  if (done) await tools.messenger.update(turn.to.reference, placeholder, done);
}
