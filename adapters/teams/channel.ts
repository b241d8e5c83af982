import * as z from 'zod';
import { type Channel, Undeliverable } from '../../bot/channel.ts';
import type { Card } from '../../bot/view.ts';
import { reachable } from './answers.ts';
import { renderCard } from './cards.ts';
import type { AdaptiveCard } from './elements.ts';
import type { Messenger } from './messenger.ts';
import type { Reference, References } from './references.ts';
import type { Words, WordsOf } from './words.ts';

const posted = z.object({
  reference: z.object({
    serviceUrl: z.string(),
    app: z.string().optional(),
    bot: z.string(),
    tenant: z.string(),
    conversation: z.string(),
  }),
  /** The messages that the card took, in order. */
  messages: z.array(z.string()).min(1),
});

/** The channel port on Teams. `deskConfigured` says whether there is a helpdesk channel. */
export function createChannel(
  messenger: Messenger,
  references: References,
  wordsOf: WordsOf,
  deskConfigured: boolean,
): Channel {
  async function write(to: Reference, card: Card, readers: readonly string[] = []): Promise<string> {
    const messages: string[] = [];
    for (const page of renderCard(card, wordsOf(card.language), { readers }))
      messages.push(await messenger.send(to, page));
    const { serviceUrl, app, bot, tenant, conversation = '' } = to;
    return JSON.stringify({
      reference: { serviceUrl, ...(app === undefined ? {} : { app }), bot, tenant, conversation },
      messages,
    });
  }
  return {
    platform: 'teams',
    desk: deskConfigured,
    async post(identity, card) {
      const reference = await references.of(identity);
      if (!reference) throw new Undeliverable('teams-never-met');
      return write(await reachable({ messenger, references }, { identity }, reference), card);
    },
    async postToDesk(card) {
      const reference = deskConfigured ? await references.desk() : undefined;
      if (!reference) throw new Undeliverable('teams-no-desk');
      return write(reference, card, await references.deskReaders());
    },
    async update(where, card) {
      const { reference, messages } = posted.parse(JSON.parse(where));
      const words = wordsOf(card.language);
      // The desk's cards alone are read by many; a refresh in somebody's own chat would ask for what is there already.
      const readers = card.again ? await references.deskReaders() : [];
      const pages = fitted(renderCard(card, words, { readers }), messages.length, words);
      for (const [index, message] of messages.entries()) {
        // A card that has become shorter leaves its last page in the messages that are left over.
        const page = pages[index] ?? pages.at(-1);
        if (page) await messenger.update(reference, message, page);
      }
    },
  };
}

/** A card that has grown beyond the messages it was posted in: the last page that there is room for says that there is more. */
function fitted(pages: readonly AdaptiveCard[], room: number, words: Words): readonly AdaptiveCard[] {
  const last = pages[room - 1];
  if (pages.length <= room || !last) return pages;
  const body = [...last.body, { type: 'TextBlock', text: words.cut, wrap: true, weight: 'Bolder' }];
  const actions = pages.at(-1)?.actions;
  return [...pages.slice(0, room - 1), { ...last, body, ...(actions ? { actions } : {}) }];
}
