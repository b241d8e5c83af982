import { createHmac } from 'node:crypto';

/**
 * What a delivery is told apart by, for each kind of payload. Slack gives an id to events only, and repeats them at once, after one and
 * after five minutes (docs.slack.dev, 'Events API', retries). The rest it sends once, but a person presses 'Submit' again when
 * the first try seemed to hang, and a captured request can be sent again within five minutes.
 *
 * | payload            | key                                            | why                                                    |
 * |--------------------|------------------------------------------------|--------------------------------------------------------|
 * | event              | `event_id`                                     | one id over all retries                                |
 * | slash command      | `trigger_id`                                   | one for each time that it is typed                     |
 * | block action       | person, container, block, action, `action_ts`  | `action_ts` is the moment of the press                 |
 * | view submission    | person, view id, view hash, keyed hash of values | a second 'Submit' of the same is the same; a corrected one, after errors, has the same id and hash but other values |
 * | shortcut           | `trigger_id`                                   | one for each time that it is chosen                    |
 * | suggestion         | none                                           | nothing is changed by it                               |
 * | typed, closed      | none                                           | a draft is kept of it, twice the same                  |
 */
export type Delivery =
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'command' | 'shortcut'; readonly user: string; readonly triggerId: string }
  | {
      readonly kind: 'action';
      readonly user: string;
      readonly container: string;
      readonly blockId: string;
      readonly actionId: string;
      readonly actionTs: string;
    }
  | {
      readonly kind: 'submission';
      readonly user: string;
      readonly viewId: string;
      readonly viewHash: string;
      readonly values: unknown;
    };

/**
 * The delivery key of one payload of one workspace. It holds Slack's ids only; a form's values go in as a keyed hash (HMAC-SHA-256
 * with `secret`), so that nobody can try out what was typed from a stored key.
 */
export function deliveryKey(team: string, delivery: Delivery, secret: string): string {
  const parts = keyParts(delivery, secret);
  return ['slack', team, delivery.kind, ...parts].join(':');
}

function keyParts(delivery: Delivery, secret: string): string[] {
  switch (delivery.kind) {
    case 'event':
      return [delivery.eventId];
    case 'command':
    case 'shortcut':
      return [delivery.user, delivery.triggerId];
    case 'action':
      return [delivery.user, delivery.container, delivery.blockId, delivery.actionId, delivery.actionTs];
    case 'submission': {
      const digest = createHmac('sha256', secret).update(canonical(delivery.values)).digest('base64url');
      return [delivery.user, delivery.viewId, delivery.viewHash, digest];
    }
  }
}

/** JSON with sorted names: the same values give the same text whatever order they come in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}
