import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Bot, What } from '../../bot/interaction.ts';
import { homeView } from './blocks.ts';
import type { SlackContext } from './context.ts';
import { type Delivery, deliveryKey } from './keys.ts';
import type { blockActions } from './payloads.ts';
import type { Spot } from './reply.ts';

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

/** Shows the person's App Home as the bot has it now. */
export async function publishHome(context: SlackContext, user: string): Promise<void> {
  const card = await context.bot.home(await context.people.who(user));
  await context.slack.views.publish({ user_id: user, view: homeView(card, context.people.words(user)) });
}

/** Hands one interaction to the bot. */
export async function ask(
  context: SlackContext,
  user: string,
  spot: Pick<Spot, 'place'>,
  delivery: Delivery,
  what: What,
): ReturnType<Bot['handle']> {
  const who = await context.people.who(user);
  const key = deliveryKey(who.identity.tenant, delivery, context.secret);
  return context.bot.handle({ key, who, where: spot.place, what });
}

/** A verified payload that has not the form it should have: acknowledged, logged by kind, and nothing done. */
export async function refuse({ log }: SlackContext, kind: string, ack: Ack): Promise<void> {
  log.warn({ kind, reference: randomUUID().slice(0, 8) }, 'slack: a payload was not understood');
  await ack();
}
