import { messageProblems, viewProblems } from './limits.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A message as people see it. */
export interface Shown {
  readonly channel: string;
  readonly ts: string;
  /** The message that it stands below, in its thread. */
  readonly thread?: string;
  /** The one person who sees an ephemeral message. */
  readonly only?: string;
  readonly text: string;
  readonly blocks: readonly Json[];
}

/** An open modal, as Slack keeps it. */
export interface Modal {
  readonly id: string;
  readonly hash: string;
  readonly user: string;
  readonly view: Json;
}

/** One place for a response_url to write to. */
export interface ReplyTo {
  readonly user: string;
  readonly channel: string;
  /** The message whose button was pressed. */
  readonly ts?: string;
}

/** What is on everybody's screen, kept from what the app really sent. */
export interface Screen {
  readonly messages: readonly Shown[];
  readonly modals: ReadonlyMap<string, Modal>;
  readonly homes: Map<string, Json>;
  /** What Slack would have refused with `invalid_blocks`; a test expects it to be empty. */
  readonly violations: readonly string[];
  check(kind: 'message' | 'view', payload: Json): string[];
  put(message: Shown): void;
  replace(channel: string, ts: string, message: Pick<Shown, 'text' | 'blocks'>): boolean;
  remove(channel: string, ts: string): void;
  open(modal: Modal): void;
  close(user: string): void;
  home(user: string, view: Json): void;
  /** A message as an acknowledgement or a response_url carries it. */
  reply(to: ReplyTo, body: Json): string[];
}

/** An empty screen. */
export function screen(): Screen {
  let messages: Shown[] = [];
  const modals = new Map<string, Modal>();
  const homes = new Map<string, Json>();
  const violations: string[] = [];
  let replies = 0;

  const check = (kind: 'message' | 'view', payload: Json): string[] => {
    const problems = kind === 'message' ? messageProblems(payload) : viewProblems(payload);
    violations.push(...problems);
    return problems;
  };
  const put = (message: Shown): void => void messages.push(message);
  const replace = (channel: string, ts: string, next: Pick<Shown, 'text' | 'blocks'>): boolean => {
    const found = messages.some((one) => one.channel === channel && one.ts === ts);
    messages = messages.map((one) => (one.channel === channel && one.ts === ts ? { ...one, ...next } : one));
    return found;
  };
  const remove = (channel: string, ts: string): void => {
    messages = messages.filter((one) => one.channel !== channel || one.ts !== ts);
  };

  return {
    get messages() {
      return messages;
    },
    modals,
    homes,
    violations,
    check,
    put,
    replace,
    remove,
    open: (modal) => void modals.set(modal.user, modal),
    close: (user) => void modals.delete(user),
    home: (user, view) => void homes.set(user, view),
    reply(to, body) {
      const sent = { text: asText(body.text), blocks: asBlocks(body.blocks) };
      const problems = check('message', { ...sent });
      if (problems.length > 0) return problems;
      if (body.replace_original === true && to.ts) {
        return replace(to.channel, to.ts, sent) ? [] : ['the message to replace is not there'];
      }
      replies += 1;
      const ts = `${Math.floor(Date.now() / 1000)}.9${String(replies).padStart(5, '0')}`;
      const only = body.response_type === 'in_channel' ? {} : { only: to.user };
      put({ channel: to.channel, ts, ...only, ...sent });
      return [];
    },
  };
}

/** A payload's blocks as a list. */
export function asBlocks(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

/** A payload's text; empty where it has none. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
