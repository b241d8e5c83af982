import * as z from 'zod';

const id = z.string().min(1).max(500);
const tenant = z.guid();

/** An entity that names somebody in the text: of all entities the only kind that is read. */
const mention = z.looseObject({
  type: z.literal('mention'),
  text: z.string().max(1000),
  mentioned: z.looseObject({ id }),
});

/**
 * An inbound activity of the Bot Framework protocol as far as this adapter reads it (botframework-activity.md, and Teams'
 * `channelData`). Whatever does not fit is refused before anything else looks at it.
 */
const activity = z.looseObject({
  type: z.string().min(1).max(50),
  id: id.optional(),
  timestamp: z.string().max(50).optional(),
  channelId: z.string().min(1).max(50),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(500),
  from: z.looseObject({
    id,
    name: z.string().max(300).nullish(),
    aadObjectId: z.guid().nullish(),
    tenantId: tenant.nullish(),
  }),
  recipient: z.looseObject({ id }),
  conversation: z.looseObject({
    id,
    conversationType: z.string().max(50).nullish(),
    tenantId: tenant.nullish(),
    isGroup: z.boolean().nullish(),
  }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: tenant }).nullish() }).nullish(),
  locale: z.string().max(35).nullish(),
  localTimezone: z.string().max(60).nullish(),
  text: z.string().max(100_000).nullish(),
  textFormat: z.string().max(20).nullish(),
  attachments: z
    .array(z.looseObject({ contentType: z.string().max(200).nullish() }))
    .max(100)
    .nullish(),
  membersAdded: z.array(z.looseObject({ id })).max(5000).nullish(),
  membersRemoved: z.array(z.looseObject({ id })).max(5000).nullish(),
  action: z.string().max(50).nullish(),
  name: z.string().max(100).nullish(),
  replyToId: id.nullish(),
  entities: z.array(z.unknown()).max(500).nullish(),
  value: z.unknown().refine(isShallow).optional(),
});

/** Cards and forms nest a few levels; what nests by the thousand is made to overflow whatever walks it. */
function isShallow(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > 60) return false;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return true;
}

/** The id of whom an entity mentions; undefined for any other entity. */
export function mentionOf(entity: unknown): string | undefined {
  return mention.safeParse(entity).data?.mentioned.id;
}

/** The same, with its well-formed mentions alone: the Bot Framework takes them out of the text, and trips over any other. */
export const inbound = activity.transform((read) => ({
  ...read,
  entities:
    typeof read.text === 'string' ? (read.entities ?? []).filter((entity) => mentionOf(entity) !== undefined) : [],
}));

export type Inbound = z.infer<typeof inbound>;

/**
 * Whether the activity comes from the one-to-one chat with the bot. A message extension's does not: it names the conversation in which it was used,
 * which may be the one-to-one chat of two people.
 */
export function isPersonal(activity: Inbound): boolean {
  return activity.conversation.conversationType === 'personal' && !activity.name?.startsWith('composeExtension/');
}

/** A channel's conversation without the thread: '19:…@thread.tacv2' of '19:…@thread.tacv2;messageid=…'. */
export function withoutThread(conversation: string): string {
  return conversation.split(';', 1)[0] as string;
}

const cardValue = z.looseObject({
  trigger: z.string().max(50).nullish(),
  action: z.looseObject({
    type: z.literal('Action.Execute'),
    verb: z.string().min(1).max(200),
    data: z.record(z.string(), z.unknown()).nullish(),
  }),
});

/** What was pressed in a card: its verb, and its data with the inputs merged in. Undefined for what is no press. */
export interface Pressed {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Nobody pressed: the client asks for a card that came into view. */
  readonly automatic?: boolean;
}

/** Reads the value of an `adaptiveCard/action` invoke (Universal Actions). */
export function executed(value: unknown): Pressed | undefined {
  const read = cardValue.safeParse(value);
  if (!read.success) return undefined;
  const { action, trigger } = read.data;
  return { verb: action.verb, data: action.data ?? {}, automatic: trigger === 'automatic' };
}

const submitValue = z.looseObject({ verb: z.string().min(1).max(200) });

/** Reads the value of a message that an Action.Submit made: the fallback where a client knows no Action.Execute. */
export function submitted(value: unknown): Pressed | undefined {
  const read = submitValue.safeParse(value);
  return read.success ? { verb: read.data.verb, data: read.data } : undefined;
}

/** Reads the value of a `task/fetch`, `task/submit` or `composeExtension/submitAction` invoke: what an Action.Submit of ours put into `data`. */
export function submittedIn(value: unknown): Pressed | undefined {
  const read = z.looseObject({ data: submitValue }).safeParse(value);
  return read.success ? { verb: read.data.data.verb, data: read.data.data } : undefined;
}

const messageValue = z.looseObject({
  commandId: z.literal('ask'),
  messagePayload: z
    .looseObject({ body: z.looseObject({ content: z.string().max(100_000).nullish() }).nullish() })
    .nullish(),
});

/** Reads the value of a `composeExtension/fetchTask` invoke of our one command: the content of the message that it was chosen on (HTML), '' where there is none. */
export function askedAbout(value: unknown): string | undefined {
  const read = messageValue.safeParse(value);
  return read.success ? (read.data.messagePayload?.body?.content ?? '') : undefined;
}

const searchValue = z.looseObject({
  queryText: z.string().max(200).default(''),
  dataset: z.enum(['hcp', 'expert', 'group', 'case']),
  queryOptions: z.looseObject({ top: z.number().int().positive().max(100).default(15) }).default({ top: 15 }),
});

/** Reads the value of an `application/search` invoke (typeahead in an Input.ChoiceSet). */
export function searched(value: unknown): z.infer<typeof searchValue> | undefined {
  const read = searchValue.safeParse(value);
  return read.success ? read.data : undefined;
}
