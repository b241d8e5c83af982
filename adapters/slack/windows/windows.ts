import { randomUUID } from 'node:crypto';
import type { types } from '@slack/bolt';
import type { Answer } from '../../../bot/interaction.ts';
import type { Card, Form } from '../../../bot/view.ts';
import { isUnanswered } from '../client.ts';
import type { SlackContext } from '../context.ts';
import { errorCode } from '../errors.ts';
import { formMetadata } from '../incoming/payloads.ts';
import { cardBlocks, limits, plain } from '../outgoing/blocks.ts';
import type { Spot } from '../outgoing/reply.ts';
import { cut } from '../outgoing/text.ts';
import { type Words, wordsFor } from '../words.ts';
import { type ModalOptions, modal, modalLimits } from './modal.ts';

/**
 * An open modal. With its hash an update is made only while nobody else has changed it (docs.slack.dev, 'Modals', race conditions). Where Slack's answer to the opening was lost,
 * its id is not known, and it may be open or not: it is reached by the name (`external_id`) that it was given.
 */
export type Window = { readonly id: string; readonly hash?: string } | { readonly name: string };

/** Whether it is known that the window opened: what is only shown there is shown. */
export const isOpen = (window: Window | undefined): boolean => window !== undefined && 'id' in window;

/** Opens a modal; undefined where Slack did not take the trigger (any more). */
export async function openWindow(
  { slack, log }: SlackContext,
  trigger: string,
  view: types.ModalView,
): Promise<Window | undefined> {
  const name = randomUUID();
  try {
    return windowOf((await slack.views.open({ trigger_id: trigger, view: { ...view, external_id: name } })).view);
  } catch (error) {
    log.info({ code: errorCode(error) }, 'slack: a window was not opened');
    return isUnanswered(error) ? { name } : undefined;
  }
}

/**
 * Puts a view into an open modal, and gives it as it is then. Undefined where the person has closed it, and where `hash` is out of date
 * (`hash_conflict`): what they see now is newer than what was asked for, and must not be written over.
 */
export async function putIntoWindow(
  { slack, log }: SlackContext,
  window: Window,
  view: types.ModalView,
): Promise<Window | undefined> {
  const which =
    'id' in window
      ? { view_id: window.id, ...(window.hash ? { hash: window.hash } : {}) }
      : { external_id: window.name };
  try {
    return windowOf((await slack.views.update({ ...which, view })).view);
  } catch (error) {
    log.info({ code: errorCode(error) }, 'slack: a window was closed or changed before its answer');
    return undefined;
  }
}

/** An answer as one modal: its form, or its cards one below the other. Undefined for an answer of nothing, and for one that no modal can hold. */
export async function windowView(
  context: SlackContext,
  spot: Spot,
  answer: Answer,
): Promise<types.ModalView | undefined> {
  const words = context.people.words(spot.user);
  return answer.form ? formView(context, spot, answer.form) : cardsView(answer.cards ?? [], words);
}

/** A form's modal; where a draft of it was kept, that is offered. */
export async function formView(
  context: Pick<SlackContext, 'people' | 'drafts'>,
  spot: Pick<Spot, 'user' | 'card'>,
  form: Form,
  options: ModalOptions = {},
): Promise<types.ModalView> {
  const draft = options.anew ? false : await context.drafts.has(spot.user, form.form, form.ref);
  const words = context.people.words(spot.user);
  return modal(form, formMetadata(form, spot.card), words, draft ? { ...options, draft } : options);
}

/** Cards in a modal, one below the other. */
function cardsView(cards: readonly Card[], words: Words): types.ModalView | undefined {
  const last = cards.at(-1);
  const blocks = cards.flatMap((card) => cardBlocks(card, words));
  if (!last || blocks.length > limits.blocksInView) return undefined;
  return {
    type: 'modal',
    callback_id: 'card',
    title: plain(cut(last.title.trim() || '–', modalLimits.title)),
    close: plain(cut(wordsFor(last, words).close, modalLimits.button)),
    blocks: blocks.map((block, index) => ('elements' in block ? { ...block, block_id: `card-${index}` } : block)),
  };
}

function windowOf(view: { readonly id?: string; readonly hash?: string } | undefined): Window | undefined {
  return view?.id ? { id: view.id, ...(view.hash ? { hash: view.hash } : {}) } : undefined;
}
