import { randomUUID } from 'node:crypto';
import { webApi } from '@slack/bolt';
import type { Bot } from '../../../bot/interaction.ts';
import { answerId } from '../../../bot/outbox/late-answers.ts';
import type { Card, Form } from '../../../bot/view.ts';
import type { Chats, SlackPlace } from '../chats.ts';
import type { Answered } from '../incoming/asking.ts';
import type { People } from '../people.ts';
import type { Drafts } from '../windows/drafts.ts';
import { formView } from '../windows/windows.ts';
import { cardMessages, type SlackMessage } from './blocks.ts';
import type { Posting } from './posting.ts';

const { WebAPIRateLimitedError } = webApi;

/** Where an answer can go: what the request left open for it. */
export interface Spot {
  readonly user: string;
  readonly place: SlackPlace;
  readonly trigger?: string | undefined;
  readonly responseUrl?: string | undefined;
  /** Where a message of a shared place was written that nothing but an ephemeral message can answer; in its thread, where it is in one. */
  readonly beside?: { readonly channel: string; readonly thread?: string | undefined } | undefined;
  /** The card on which the button was pressed, or from which the form was opened. */
  readonly card?: { readonly channel: string; readonly ts: string; readonly ephemeral: boolean } | undefined;
}

export interface Replies {
  /**
   * Shows an answer to the one who acted, alone: in the private chat with the bot, or where others read along as an ephemeral message.
   * A form is opened; where that is not possible (any more), a card with its button stands for it. `late` says that
   * the trigger is too old.
   */
  show(spot: Spot, answer: Answered, late?: boolean): Promise<void>;
  /** One sentence, where `show` would put a card. */
  say(spot: Spot, sentence: string): Promise<void>;
  /** One sentence that is worth nothing later. Throws Slack's error. */
  hint(spot: Spot, sentence: string): Promise<void>;
  /** Opens a form over what the person sees; false where Slack did not take the trigger. */
  open(spot: Spot, form: Form): Promise<boolean>;
}

/** The card that stands for a form where none can be opened. */
function formCard(form: Form): Card {
  const { language, title } = form;
  return {
    ...(language ? { language } : {}),
    title,
    body: form.intro ? [{ kind: 'text', text: form.intro }] : [],
    buttons: [form.open],
  };
}

export interface ReplyParts {
  readonly slack: webApi.WebClient;
  readonly tenant: string;
  readonly chats: Chats;
  readonly posting: Posting;
  readonly people: People;
  readonly drafts: Drafts;
  /** Posts to a response_url. */
  readonly respond: (url: string, body: object) => Promise<void>;
  /** Keeps what Slack does not take, for the outbox. */
  readonly later: Bot['later'];
  readonly failed: (what: string, error: unknown) => void;
}

/**
 * Puts answers where they belong. What goes to the private chat carries a name made of the delivery's key, so that it is there once however often it was tried, and what
 * Slack does not take goes out through the outbox.
 */
export function replies(parts: ReplyParts): Replies {
  const { slack, tenant, chats, posting, people, respond, failed } = parts;

  const direct = async (user: string, card: Card, messages: readonly SlackMessage[], id: string): Promise<void> => {
    try {
      const channel = await chats.direct(user);
      await patiently(() => posting.write(channel, messages, id));
    } catch (error) {
      failed('answer', error);
      await parts.later({ platform: 'slack', tenant, user }, card, id);
    }
  };

  /** Where others read along, as ephemeral messages; false where that is not possible here. */
  const beside = async (spot: Spot, messages: readonly SlackMessage[]): Promise<boolean> => {
    if (spot.place.kind !== 'shared' || spot.place.external) return false;
    const { responseUrl } = spot;
    if (responseUrl) {
      const whole = { response_type: 'ephemeral', replace_original: false };
      if (await each('response_url', messages, (message) => respond(responseUrl, { ...whole, ...message })))
        return true;
    }
    if (!spot.beside) return false;
    const { channel, thread } = spot.beside;
    const place = { channel, user: spot.user, ...(thread ? { thread_ts: thread } : {}) };
    return each('ephemeral', messages, async (message) => {
      await patiently(() => slack.chat.postEphemeral({ ...place, ...message }));
    });
  };

  const each = async (
    what: string,
    messages: readonly SlackMessage[],
    show: (message: SlackMessage) => Promise<void>,
  ): Promise<boolean> => {
    try {
      for (const message of messages) await show(message);
      return true;
    } catch (error) {
      failed(what, error);
      return false;
    }
  };

  const add = async (spot: Spot, card: Card, messages: readonly SlackMessage[], id: string): Promise<void> => {
    if (!(await beside(spot, messages))) await direct(spot.user, card, messages, id);
  };

  /** What was posted as a command's answer is not the bot's to update: the press's own response_url may replace it. */
  const byResponseUrl = async ({ responseUrl }: Spot, message: SlackMessage): Promise<boolean> =>
    responseUrl !== undefined &&
    each('response_url', [message], (only) => respond(responseUrl, { replace_original: true, ...only }));

  /** Takes the place of the card; false where it may not or cannot be replaced. A card that others see is the helpdesk's alone. */
  const replace = async (spot: Spot, message: SlackMessage): Promise<boolean> => {
    const { card, place, responseUrl } = spot;
    if (!card) return false;
    try {
      if (card.ephemeral) {
        if (!responseUrl) return false;
        await respond(responseUrl, { replace_original: true, ...message });
        return true;
      }
      // A card of the helpdesk's channel is the outbox's to keep up to date: two writers would overtake each other.
      if (place.desk) return true;
      if (place.kind === 'shared') return false;
      await patiently(() => slack.chat.update({ channel: card.channel, ts: card.ts, ...message }));
      return true;
    } catch (error) {
      failed('replace', error);
      return !card.ephemeral && byResponseUrl(spot, message);
    }
  };

  const open = async (spot: Spot, form: Form): Promise<boolean> => {
    if (!spot.trigger) return false;
    const view = await formView(parts, spot, form);
    try {
      await slack.views.open({ trigger_id: spot.trigger, view });
      return true;
    } catch (error) {
      failed('views.open', error);
      return false;
    }
  };

  return {
    open,
    async show(spot, answer, late = false) {
      const words = people.words(spot.user);
      const key = answer.key ?? randomUUID();
      const opened = answer.form && !late ? await open(spot, answer.form) : false;
      const cards = [...(answer.cards ?? []), ...(answer.form && !opened ? [formCard(answer.form)] : [])];
      for (const [index, card] of cards.entries()) {
        const [first, ...more] = cardMessages(card, words);
        if (!first) continue;
        const id = answerId(key, index);
        const replaced = index === 0 && answer.replace === true && (await replace(spot, first));
        // The name of what is left of a card is another one than the whole card's.
        if (!replaced) await add(spot, card, [first, ...more], id);
        else if (more.length > 0) await add(spot, card, more, `${id}.more`);
      }
    },
    say: (spot, sentence) =>
      add(spot, { title: sentence, body: [] }, [sentenceMessage(sentence)], answerId(randomUUID(), 0)),
    async hint(spot, sentence) {
      const message = sentenceMessage(sentence);
      if (await beside(spot, [message])) return;
      const channel = await chats.direct(spot.user);
      await slack.chat.postMessage({ channel, ...message });
    },
  };
}

/** A sentence of our own as a message. */
export function sentenceMessage(text: string): SlackMessage {
  return { text, blocks: [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }] };
}

/** Waits once where Slack asks for at most three seconds. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof WebAPIRateLimitedError) || error.retryAfter > 3) throw error;
    await new Promise((resolve) => setTimeout(resolve, error.retryAfter * 1000));
    return call();
  }
}
