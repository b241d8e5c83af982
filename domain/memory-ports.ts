import type { EntityEvent, EntityState, Kind } from './entities.ts';
import type { CaseDetails, Identity, PersonDetails, Role } from './people.ts';

/** One entity as it stands: its state after `version` events; version 0 is 'nothing has happened'. */
export interface Loaded<K extends Kind> {
  readonly id: string;
  readonly version: number;
  readonly state: EntityState<K>;
}

/** Events for one entity; `expected` is the version that it must still have. */
export type Append = {
  [K in Kind]: {
    readonly kind: K;
    readonly id: string;
    readonly expected: number;
    readonly events: readonly EntityEvent<K>[];
  };
}[Kind];

/** A sealed row that is written, or with `null` erased, together with the events that speak of it. */
export type RowWrite =
  | { readonly row: 'person'; readonly id: string; readonly value: PersonDetails | null }
  | { readonly row: 'identity'; readonly identity: Identity; readonly person: string | null }
  | { readonly row: 'case'; readonly id: string; readonly value: CaseDetails | null }
  | { readonly row: 'text'; readonly id: string; readonly owner: string; readonly value: string | null }
  | {
      readonly row: 'attestation';
      readonly id: string;
      readonly value: { readonly name: string; readonly role: string } | null;
    }
  | { readonly row: 'kept'; readonly key: string; readonly value: string | null; readonly expiresAt?: string };

/** What is to be told, refreshed or mailed later. It holds ids and codes only; it is rendered when it is delivered. */
export interface Outgoing {
  /** 'work': an interaction that was acknowledged before it was done, to be finished after a crash. 'answer': one that its platform did not take at once. 'look': a file that was dropped into a chat is looked for again. */
  readonly kind: 'notice' | 'surface' | 'mail' | 'work' | 'answer' | 'look';
  /** Rows of one lane go out one after the other, in the order in which they were queued: usually the recipient's id. */
  readonly lane: string;
  /** The template or surface, and the ids it is made from. */
  readonly payload: Readonly<Record<string, string>>;
  /** Not before this instant; at once where it is absent. */
  readonly dueAt?: string;
  /** A later row with the same value replaces an earlier one that has not gone out (surfaces: the latest wins). */
  readonly replaces?: string;
}

/** What one `commit` writes: all of it, or nothing. */
export interface Batch {
  readonly appends: readonly Append[];
  /** Versions of entities that were read for the decision, and must still stand. */
  readonly reads: readonly { readonly kind: Kind; readonly id: string; readonly version: number }[];
  readonly rows: readonly RowWrite[];
  readonly outgoing: readonly Outgoing[];
  /** The delivery key of the interaction, and the ids of what came out of it, kept for a day. */
  readonly delivery?: { readonly key: string; readonly outcome: string };
}

export type Committed =
  | { readonly ok: true }
  /** Somebody was faster: load again and decide again. */
  | { readonly ok: false; readonly conflict: 'version' }
  /** This delivery was done before: `outcome` is what it gave then. */
  | { readonly ok: false; readonly conflict: 'delivery'; readonly outcome: string };

/** What `find` looks for; every given field must match. */
export interface Filter {
  readonly person?: string;
  readonly hcp?: string;
  readonly caseId?: string;
  readonly group?: string;
  readonly assignee?: string;
  readonly status?: readonly string[];
  /** Role grants, for kind 'person'; with `hcp`, a role of the whole network counts too. */
  readonly role?: string;
  /** Meetings that this person is invited to, polls that ask them. */
  readonly invitee?: string;
  /** Meetings that this person is invited to or asked for. */
  readonly party?: string;
  /** Meetings whose slot begins at this instant or later; polls whose deadline is then or later. */
  readonly from?: string;
  /** Meetings whose slot begins, or polls whose deadline is, before this instant. */
  readonly to?: string;
}

/** A stretch of a list: at most `limit` entities, after the first `offset` (0 where it is absent). */
export interface Page {
  readonly limit: number;
  readonly offset?: number;
  /** 'newest' (the default): the last changed first; 'longest': the last changed at the end; 'soonest': meetings by the instant of their slot. */
  readonly order?: 'newest' | 'longest' | 'soonest';
}

/** One row of the audit trail. */
export interface LogRow {
  readonly seq: number;
  readonly kind: Kind;
  readonly id: string;
  readonly version: number;
  readonly event: { readonly type: string; readonly at: string; readonly by: string } & Readonly<
    Record<string, unknown>
  >;
}

/** The memory: the event log, its read tables and the sealed rows beside it. Everything but `commit` reads; every call throws when the store itself fails. */
export interface Store {
  /** An entity that nothing has happened to comes with version 0 and its decider's initial state. */
  load<K extends Kind>(kind: K, id: string): Promise<Loaded<K>>;
  /** Everything of one batch, or nothing of it. */
  commit(batch: Batch): Promise<Committed>;
  /** What an earlier delivery with this key gave, or undefined. */
  delivered(key: string): Promise<string | undefined>;
  /** Entities by their read tables, newest change first unless the page says otherwise. */
  find<K extends Kind>(kind: K, filter: Filter, page: Page): Promise<Loaded<K>[]>;
  /** How many `find` would give without its page. */
  count(kind: Kind, filter: Filter): Promise<number>;
  /** The trail of one entity, oldest first. */
  trail(kind: Kind, id: string): Promise<LogRow[]>;
  person(id: string): Promise<PersonDetails | undefined>;
  /**
   * People who hold one of the roles, or any or none where 'everybody' is asked for, and whose name holds each of the words, without case and accents, by name; at most `limit`.
   * Reads no more rows than it gives.
   */
  searchPeople(
    words: string,
    roles: readonly Role[] | 'everybody',
    limit: number,
  ): Promise<readonly { readonly id: string; readonly name: string }[]>;
  personByIdentity(identity: Identity): Promise<string | undefined>;
  /** Ids of the people with this e-mail address (compared without case). */
  peopleByEmail(email: string): Promise<string[]>;
  identitiesOf(person: string): Promise<Identity[]>;
  caseDetails(id: string): Promise<CaseDetails | undefined>;
  text(id: string): Promise<string | undefined>;
  attestation(id: string): Promise<{ readonly name: string; readonly role: string } | undefined>;
}

/** Sealed key-value rows: one-time links and codes, installations, conversation references. */
export interface Kept {
  get(key: string): Promise<string | undefined>;
  put(key: string, value: string, expiresAt?: string): Promise<void>;
  /** The same as `put` without waiting for the disk: a power cut may lose it, a crash does not. For notes that spare work twice done. */
  jot(key: string, value: string, expiresAt?: string): Promise<void>;
  /** Writes only while the key is free (an expired value counts as free); says whether it did. */
  claim(key: string, value: string, expiresAt?: string): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** Takes the value and deletes it in one step: what is taken is used up. */
  take(key: string): Promise<string | undefined>;
  /** The values of all keys that are `prefix`, which ends with a colon, and one more part; expired ones are left out. */
  list(prefix: string): Promise<string[]>;
  /** Deletes what `list` gives. */
  deleteAll(prefix: string): Promise<void>;
}

/** A row that its caller holds for a while. */
export interface OutboxRow extends Outgoing {
  readonly id: number;
  /** How often it was tried before; a lease that ran out counts as a try. */
  readonly attempts: number;
}

/** The rows that wait to go out, each until it is `done` or `dead`. */
export interface Outbox {
  /** Up to `limit` rows that are due, at most the first of each lane; they are this caller's until `leaseMs` have passed. `only`: mails, or what is none. */
  claim(limit: number, leaseMs: number, only?: 'mail' | 'no-mail'): Promise<OutboxRow[]>;
  done(id: number): Promise<void>;
  /** Try again at `dueAt`; `reason` is a code, never a message with contents. */
  again(id: number, dueAt: string, reason: string): Promise<void>;
  /** Gives up: the row stays as a dead letter for the helpdesk. */
  dead(id: number, reason: string): Promise<void>;
  deadLetters(page: Page): Promise<(OutboxRow & { readonly reason: string })[]>;
  countDead(): Promise<number>;
  revive(id: number): Promise<void>;
  /** When the next row is due, or undefined. */
  nextDue(): Promise<string | undefined>;
  /** Queues rows outside of a commit (what no event causes). */
  add(rows: readonly Outgoing[]): Promise<void>;
}
