import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Answer, What } from '../../../bot/interaction.ts';
import type { Card } from '../../../bot/view.ts';
import type { SlackContext } from '../context.ts';
import { errorCode } from '../errors.ts';
import { homeView } from '../outgoing/blocks.ts';
import { type Spot, sentenceMessage } from '../outgoing/reply.ts';
import { message } from '../windows/modal.ts';
import { failed } from '../words.ts';
import { type Delivery, deliveryKey } from './keys.ts';
import { type blockActions, sender } from './payloads.ts';

/** An acknowledgement's body, as Slack reads it in the HTTP answer: a message for a command, a `response_action` for a submission. */
export type AckBody = object;
export type Ack = (body?: AckBody) => Promise<void>;

type BlockActions = z.infer<typeof blockActions>;

/** What tells one press from another. */
export function actionDelivery({ user, container }: BlockActions, pressed: BlockActions['actions'][number]): Delivery {
  return {
    kind: 'action',
    user: user.id,
    container: container.message_ts ?? container.view_id ?? '',
    blockId: pressed.block_id,
    actionId: pressed.action_id,
    actionTs: pressed.action_ts,
  };
}

/** A press as the bot knows it. */
export function pressOf(action: string, ref: string | null | undefined): What {
  return { kind: 'press', action, ...(typeof ref === 'string' ? { ref } : {}) };
}

/** Shows the person's App Home, as an answer gives it or as the bot has it now. */
export async function publishHome(context: SlackContext, user: string, given?: Card): Promise<void> {
  const card = given ?? (await context.bot.home(await context.people.who(user)));
  await context.slack.views.publish({ user_id: user, view: homeView(card, context.people.words(user)) });
}

/** An answer, with the key of the delivery that it is to: its messages are told from others by it. */
export interface Answered extends Answer {
  readonly key?: string;
}

/** Hands one interaction to the bot. */
export async function ask(
  context: SlackContext,
  user: string,
  spot: Pick<Spot, 'place'>,
  delivery: Delivery,
  what: What,
): Promise<Answered> {
  const who = await context.people.who(user);
  const key = deliveryKey(who.identity.tenant, delivery, context.secret);
  return { ...(await context.bot.handle({ key, who, where: spot.place, what })), key };
}

/**
 * A verified payload that has not the form it should have: nothing is done, it is logged by kind under a reference id, and its author is told the reference, where the
 * payload says enough about them.
 */
export async function refuse(
  { log, people, replies }: SlackContext,
  kind: 'command' | 'action' | 'submission' | 'shortcut' | 'closed',
  ack: Ack,
  body: unknown,
): Promise<void> {
  const reference = randomUUID().slice(0, 8);
  log.warn({ kind, reference }, 'slack: a payload was not understood');
  const { user, user_id, response_url } = sender.parse(body);
  const author = user?.id ?? user_id;
  const words = people.words(author ?? '');
  const sorry = failed(words, reference);
  if (kind === 'command') return ack({ response_type: 'ephemeral', ...sentenceMessage(sorry) });
  if (kind === 'submission') return ack({ response_action: 'update', view: message(words.close, [sorry], words) });
  await ack();
  if (kind === 'closed' || author === undefined) return;
  const place = { kind: response_url ? ('shared' as const) : ('private' as const) };
  await replies
    .say({ user: author, place, responseUrl: response_url }, sorry)
    .catch((error: unknown) =>
      log.warn({ kind, code: errorCode(error) }, 'slack: a message about a request could not be shown'),
    );
}
