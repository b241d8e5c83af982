import { createHash } from 'node:crypto';
import type { Inbound } from './activity.ts';

/**
 * The delivery key of an activity: the same for every delivery of the same act, another one for every other act. What it is made of:
 *
 * | activity | key |
 * |---|---|
 * | message, typed or from an Action.Submit | conversation + activity id (Teams always gives one) |
 * | invoke (`adaptiveCard/action`) | conversation + activity id; without one: who, which card (`replyToId`), the value and the timestamp |
 * | conversationUpdate, installationUpdate that greet | conversation + day: an installation sends both, and people are greeted once |
 *
 * `application/search` has none: it changes nothing. Conversation ids are hashed in, so that a key names nobody.
 * `today` is the day 'YYYY-MM-DD'.
 */
export function deliveryKey(activity: Inbound, today: string): string {
  if (activity.type === 'conversationUpdate' || activity.type === 'installationUpdate')
    return key('hello', activity.conversation.id, today);
  if (activity.id) return key(activity.type, activity.conversation.id, activity.id);
  return key(
    activity.type,
    activity.conversation.id,
    activity.from.id,
    activity.replyToId ?? '',
    activity.timestamp ?? '',
    JSON.stringify([activity.name, activity.text, activity.value]),
  );
}

function key(kind: string, ...parts: readonly string[]): string {
  return `teams:${kind}:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}`;
}
