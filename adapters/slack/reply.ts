import { webApi } from '@slack/bolt';
import type { Answer } from '../../bot/interaction.ts';
import type { Card, Form } from '../../bot/view.ts';
import { cardMessages, type SlackMessage } from './blocks.ts';
import type { Chats, SlackPlace } from './chats.ts';
import type { Drafts } from './drafts.ts';
import type { People } from './people.ts';
import { formView } from './windows.ts';

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
  show(spot: Spot, answer: Answer, late?: boolean): Promise<void>;
  /** One sentence, where `show` would put a card. */
  say(spot: Spot, sentence: string): Promise<void>;
  /** Opens a form over what the person sees; false where Slack did not take the trigger. */
  open(spot: Spot, form: Form): Promise<boolean>;
}

/** The card that stands for a form where none can be opened. */
export function formCard(form: Form): Card {
  const { language, title } = form;
  return {
    ...(language ? { language } : {}),
    title,
    body: form.intro ? [{ kind: 'text', text: form.intro }] : [],
    buttons: [form.open],
  };
}

/** Puts answers where they belong. `respond` posts to a response_url; `slack` is a client with few retries. */
export function replies(
  slack: webApi.WebClient,
  chats: Chats,
  respond: (url: string, body: object) => Promise<void>,
  own: { readonly people: People; readonly drafts: Drafts },
  failed: (what: string, error: unknown) => void,
): Replies {
  const direct = async (user: string, message: SlackMessage): Promise<void> => {
    const channel = await chats.direct(user);
    await patiently(() => slack.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false }));
  };

  const add = async (spot: Spot, message: SlackMessage): Promise<void> => {
    if (spot.place.kind === 'shared' && !spot.place.external && spot.responseUrl) {
      try {
        await respond(spot.responseUrl, { response_type: 'ephemeral', replace_original: false, ...message });
        return;
      } catch (error) {
        failed('response_url', error);
      }
    }
    if (spot.place.kind === 'shared' && !spot.place.external && spot.beside) {
      const { channel, thread } = spot.beside;
      try {
        const place = { channel, user: spot.user, ...(thread ? { thread_ts: thread } : {}) };
        await patiently(() => slack.chat.postEphemeral({ ...place, ...message }));
        return;
      } catch (error) {
        failed('ephemeral', error);
      }
    }
    await direct(spot.user, message);
  };

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
      return false;
    }
  };

  const open = async (spot: Spot, form: Form): Promise<boolean> => {
    if (!spot.trigger) return false;
    const view = await formView(own, spot, form);
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
      const words = own.people.words(spot.user);
      const cards = [...(answer.cards ?? [])];
      const opened = answer.form && !late ? await open(spot, answer.form) : false;
      const messages = cards.map((card) => cardMessages(card, words));
      const [first] = messages[0] ?? [];
      const replaced = answer.replace && first ? await replace(spot, first) : false;
      for (const message of messages.flat().slice(replaced ? 1 : 0)) await add(spot, message);
      if (answer.form && !opened)
        for (const message of cardMessages(formCard(answer.form), words)) await add(spot, message);
    },
    say: (spot, sentence) => add(spot, sentenceMessage(sentence)),
  };
}

/** A sentence of our own as a message. */
export function sentenceMessage(text: string): SlackMessage {
  return { text, blocks: [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }] };
}

/** Waits once where Slack asks for at most ten seconds; an answer has no outbox behind it. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof WebAPIRateLimitedError) || error.retryAfter > 10) throw error;
    await new Promise((resolve) => setTimeout(resolve, error.retryAfter * 1000));
    return call();
  }
}
