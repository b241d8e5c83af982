import { z } from 'zod';
import type { Form } from '../../../bot/view.ts';
import { stateValues } from '../windows/values.ts';

/**
 * What Slack sends, as far as this adapter reads it (docs.slack.dev, 'Slash commands', 'Interaction payloads', 'Events API'). Names
 * that are not listed are dropped; whatever does not fit is refused.
 */
const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9._-]+$/);
const address = z.string().max(500);
const trigger = z.string().max(200);
const user = z.object({ id, team_id: id.nullish() });
const place = z.object({ id, name: z.string().max(200).nullish() });

/** Whom a payload came from and where an answer can go, of one that is otherwise not understood. */
export const sender = z
  .object({
    user: z.object({ id }).optional().catch(undefined),
    user_id: id.optional().catch(undefined),
    response_url: address.optional().catch(undefined),
  })
  .catch({});

export const command = z.object({
  command: z.string().max(50),
  text: z.string().max(8000).default(''),
  user_id: id,
  channel_id: id,
  trigger_id: trigger,
  response_url: address.nullish(),
});

export const action = z.object({
  action_id: z.string().max(255),
  block_id: z.string().max(255).default(''),
  /** A button's reference; of an input what stands in it. */
  value: z.string().max(3000).nullish(),
  action_ts: z.string().max(50).default(''),
});

const view = z.object({
  id,
  type: z.string().max(20).default('modal'),
  hash: z.string().max(200).default(''),
  callback_id: z.string().max(255).default(''),
  private_metadata: z.string().max(3000).default(''),
  state: z.object({ values: stateValues }).nullish(),
});

export const blockActions = z.object({
  type: z.literal('block_actions'),
  user,
  trigger_id: trigger.nullish(),
  response_url: address.nullish(),
  container: z.object({
    type: z.string().max(50),
    channel_id: id.nullish(),
    message_ts: id.nullish(),
    view_id: id.nullish(),
    is_ephemeral: z.boolean().nullish(),
  }),
  channel: place.nullish(),
  /** Where it was pressed in a view: App Home or a modal. */
  view: view.nullish(),
  actions: z.array(action).min(1).max(25),
});

export const viewSubmission = z.object({
  type: z.literal('view_submission'),
  user,
  view: z.object({
    id,
    hash: z.string().max(200),
    callback_id: z.string().max(255),
    private_metadata: z.string().max(3000).default(''),
    state: z.object({ values: stateValues }),
  }),
});

/** A closed modal: its `state.values` are empty, whatever stood in it. */
export const viewClosed = z.object({ type: z.literal('view_closed'), user, view });

export const blockSuggestion = z.object({
  type: z.literal('block_suggestion'),
  user,
  action_id: z.string().max(255),
  value: z.string().max(3000).default(''),
});

/** A global shortcut, or one on a message, whose text comes along. */
export const shortcut = z.object({
  type: z.enum(['shortcut', 'message_action']),
  callback_id: z.string().max(255),
  trigger_id: trigger,
  user,
  message: z.object({ text: z.string().max(40_000).nullish() }).nullish(),
});

export const envelope = z.object({
  event_id: id,
  event_time: z.number().int().nonnegative().default(0),
  is_ext_shared_channel: z.boolean().nullish(),
});

export const messageEvent = z.object({
  type: z.enum(['message', 'app_mention']),
  user: id.optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  hidden: z.boolean().optional(),
  channel: id,
  channel_type: z.string().optional(),
  /** The message that a thread hangs on; absent outside of threads. */
  thread_ts: id.optional(),
  text: z.string().max(40_000).default(''),
  files: z.array(z.object({ id: id.optional() }).catch({})).optional(),
});
export type MessageEvent = z.infer<typeof messageEvent>;

/** `item` may be a file, which has neither channel nor time stamp. */
export const reactionEvent = z.object({
  type: z.literal('reaction_added'),
  user: id,
  reaction: z.string().max(100),
  item: z.object({ type: z.string().max(50), channel: id.optional(), ts: id.optional() }),
});

/** A file was shared somewhere that the bot is in. */
export const fileEvent = z.object({ type: z.literal('file_shared'), file_id: id, user_id: id, channel_id: id });

export const homeEvent = z.object({ type: z.literal('app_home_opened'), user: id, tab: z.string().optional() });

export const userEvent = z.object({
  type: z.literal('user_change'),
  user: z.object({ id, deleted: z.boolean().optional() }),
});

/** The bot's user ids whose tokens were taken back. */
export const revokedEvent = z.object({ tokens: z.object({ bot: z.array(id).nullish() }) });

/** A channel is shared with another organisation, or is not any more. */
export const sharedEvent = z.object({ channel: id });

/** What a form carries through Slack, besides its name: opaque ids only, for the person could read them. */
const metadata = z.object({
  /** The form's reference. */
  r: z.string().max(2000).optional(),
  /** The card with the button that opened it: channel and time stamp. */
  c: id.optional(),
  t: id.optional(),
});
type Metadata = z.infer<typeof metadata>;

/** A view's `private_metadata`; what is not ours gives an empty one. */
export function readMetadata(text: string): Metadata {
  try {
    return metadata.catch({}).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The opaque ids that a form carries through Slack. An ephemeral card cannot be found again. */
export function formMetadata(
  form: Form,
  card: { readonly channel: string; readonly ts: string; readonly ephemeral: boolean } | undefined,
): string {
  const origin = card && !card.ephemeral ? { c: card.channel, t: card.ts } : {};
  const carried: Metadata = { ...(form.ref === undefined ? {} : { r: form.ref }), ...origin };
  return JSON.stringify(carried);
}
