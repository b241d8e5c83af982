import { asRead } from '../../adapters/teams/escape.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A message in Teams, as it stands now. */
export interface Message {
  readonly conversation: string;
  readonly id: string;
  readonly text?: string;
  readonly card?: Json;
  /** What one person sees in place of the card since their own press, by object id. */
  readonly only: Readonly<Record<string, Json>>;
}

/** All conversations of a Teams, as the app filled them through the connector. */
export interface Screen {
  readonly messages: readonly Message[];
  /** What Teams would have refused or cut off; a test expects it to be empty. */
  readonly violations: readonly string[];
  /** Every card that was sent or given in answer to a press, oldest first. */
  readonly cards: readonly Json[];
  /** Forgets all messages. */
  forget(): void;
  /** Answers a call of the connector: its status and body. */
  connector(method: 'POST' | 'PUT', path: string, body: Json): [number, object];
  /** Shows one person a card in place of a message's. */
  only(message: string, person: string, card: Json): void;
  /** The one-to-one chat of a person (by their id in Teams) with the bot; opened where it is not yet. */
  chat(user: string): string;
  /** From now on nobody can be written to there. */
  block(conversation: string): void;
}

/** A Teams in which nothing was said yet. */
export function createScreen(): Screen {
  const messages: Message[] = [];
  const violations: string[] = [];
  const cards: Json[] = [];
  const chats = new Map<string, string>();
  const blocked = new Set<string>();
  let ids = 0;

  const chat = (user: string): string => {
    const known = chats.get(user) ?? `a:1${Buffer.from(user).toString('base64url')}`;
    chats.set(user, known);
    return known;
  };
  const put = (at: number, message: Message, body: Json): void => {
    violations.push(...problems(body));
    if (message.card) cards.push(message.card);
    messages[at] = message;
  };

  return {
    messages,
    violations,
    cards,
    chat,
    forget() {
      messages.length = 0;
      cards.length = 0;
    },
    block: (conversation) => void blocked.add(conversation),
    only(message, person, card) {
      const at = messages.findIndex(({ id }) => id === message);
      const found = messages[at];
      violations.push(...problems({ attachments: [{ content: card }] }));
      cards.push(card);
      if (found) messages[at] = { ...found, only: { ...found.only, [person]: card } };
    },
    connector(method, path, body) {
      const [, conversation, activity] = /^\/v3\/conversations\/([^/]+)\/activities(?:\/(.+))?$/.exec(path) ?? [];
      if (conversation === undefined && path !== '/v3/conversations') return [404, { error: { code: 'NotFound' } }];
      if (conversation === undefined) {
        const [member] = body['members'] as readonly { readonly id: string }[];
        return [201, { id: chat(member?.id ?? '') }];
      }
      if (blocked.has(conversation)) return [403, { error: { code: 'ConversationBlockedByUser', message: 'blocked' } }];
      const id = method === 'PUT' ? (activity ?? '') : `1700000000${String((ids += 1)).padStart(3, '0')}`;
      const at = method === 'PUT' ? messages.findIndex((one) => one.id === id) : messages.length;
      if (at < 0) return [404, { error: { code: 'ActivityNotFoundInConversation', message: 'gone' } }];
      const [attachment] = (body['attachments'] as readonly { readonly content: Json }[] | undefined) ?? [];
      const text = body['text'];
      const message = { conversation, id, ...(typeof text === 'string' ? { text } : {}), only: {} };
      put(at, attachment ? { ...message, card: attachment.content } : message, body);
      return [method === 'PUT' ? 200 : 201, { id }];
    },
  };
}

/** What Teams is known to refuse ('Format your bot messages', 'Cards') or to leave out without a word. */
export function problems(body: Json): string[] {
  const found: string[] = [];
  if (Buffer.byteLength(JSON.stringify(body)) > 28_000) found.push('a message above 28 kB');
  for (const element of elements(body)) {
    if (Array.isArray(element['actions']) && element['actions'].length > 6)
      found.push('more than six actions in a set');
    if (element['type'] === 'AdaptiveCard' && element['version'] !== '1.5')
      found.push('a card that is not version 1.5');
    if (element['type'] === 'Action.Execute' && typeof element['verb'] !== 'string')
      found.push('an action without verb');
  }
  return found;
}

/** An element and everything in it, in reading order. */
export function elements(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(elements);
  if (typeof value !== 'object' || value === null) return [];
  const json = value as Json;
  const inner = Object.entries(json).filter(([key]) => key !== 'data' && key !== 'fallback');
  return [...('type' in json ? [json] : []), ...inner.flatMap(([, part]) => elements(part))];
}

/** The words of a card or a message, as its reader sees them. */
export function wordsOf(card: Json | undefined, text = ''): string {
  const found = elements(card).flatMap((element) => {
    switch (element['type']) {
      case 'TextBlock':
        return [element['text']];
      case 'FactSet':
        return (element['facts'] as readonly Json[]).map(
          (fact) => `${String(fact['title'])}: ${String(fact['value'])}`,
        );
      case 'Input.Toggle':
        return [element['title']];
      default:
        return String(element['type']).startsWith('Input.') ? [element['label'], element['value']] : [];
    }
  });
  return [text, ...found.filter((part) => typeof part === 'string').map(asRead)].filter(Boolean).join('\n');
}
