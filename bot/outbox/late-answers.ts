import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Identity } from '../../domain/people.ts';
import { Undeliverable } from '../channel.ts';
import type { Ports } from '../context.ts';
import type { Card } from '../view.ts';

/** Long enough for a helpdesk that mends the cause after a weekend. */
const keptForMs = 7 * 24 * 60 * 60_000;

const shape = z.object({
  to: z.object({ platform: z.enum(['slack', 'teams', 'web']), tenant: z.string(), user: z.string() }),
  card: z.looseObject({ title: z.string() }),
});

/**
 * Keeps an answer that its platform did not take, sealed, and queues it: it arrives a little later, or becomes a dead letter that the helpdesk sees. `id` is the one that
 * the first try carried, so that an answer which did arrive after all is not there twice.
 */
export async function answerLater(
  ports: Pick<Ports, 'kept' | 'outbox' | 'clock'>,
  to: Identity,
  card: Card,
  id: string,
  seconds = 0,
): Promise<void> {
  const now = Date.parse(ports.clock.now());
  const until = new Date(now + keptForMs).toISOString();
  await ports.kept.put(`answer:${id}`, JSON.stringify({ to, card }), until);
  const wait = seconds > 0 ? { dueAt: new Date(now + seconds * 1000).toISOString() } : {};
  await ports.outbox.add([{ kind: 'answer', lane: `answer/${id}`, payload: { id }, ...wait }]);
}

/** Posts a kept answer; nothing where it is out of date. Throws what the channel throws. */
export async function postAnswer(ports: Pick<Ports, 'kept' | 'channels'>, id: string): Promise<void> {
  const kept = await ports.kept.get(`answer:${id}`);
  if (kept === undefined) return;
  const { to, card } = shape.parse(JSON.parse(kept));
  const channel = ports.channels.find(({ platform }) => platform === to.platform);
  if (!channel) throw new Undeliverable('no-channel');
  await channel.post(to, card as unknown as Card, id);
  await ports.kept.delete(`answer:${id}`);
}

/** A name for one card of the answer to one delivery: the same delivery gives the same name, and the name says nothing of it. */
export function answerId(deliveryKey: string, index: number): string {
  return `a${createHash('sha256').update(deliveryKey).digest('base64url').slice(0, 22)}.${index}`;
}
