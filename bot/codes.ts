import type { Letter } from '../domain/mail-ports.ts';
import type { Outgoing, RowWrite } from '../domain/memory-ports.ts';
import type { Identity } from '../domain/people.ts';
import type { CorePorts, Ports } from './context.ts';
import { identityKey } from './who.ts';
import { wordsOf } from './words.ts';

/** What waits for a code: who the chat identity will be, and for somebody new what their registration said. Kept sealed, for an hour. */
export interface Pending {
  /** The chat that waits for it. */
  readonly chat: Identity;
  readonly code: string;
  readonly email: string;
  readonly language: string;
  readonly languageChosen?: boolean;
  readonly zone: string;
  readonly attempts: number;
  /** The person of the directory whom the identity will belong to; absent for somebody new. */
  readonly person?: string;
  /** What a new applicant filled in. */
  readonly application?: { readonly name: string; readonly hcp: string; readonly as: 'clinician' | 'assistant' };
}

/** A code is good for an hour and five tries (NIST SP 800-63B 5.1.3.2 asks for few and short). */
const minutes = 60;
const triesAtMost = 5;
/** Codes that a chat identity may ask for in an hour. */
const codesAtMost = 5;

/** The identity's key leads to the id under which the code waits: the outbox knows that id alone. */
const waitingKey = (identity: Identity) => `code-of:${identityKey(identity)}`;
const pendingKey = (id: string) => `code:${id}`;

/** Makes a code for the chat identity: the row to keep, and the mail to queue. Gives undefined when too many were asked for. */
export async function newCode(
  ports: Ports,
  identity: Identity,
  pending: Omit<Pending, 'code' | 'attempts' | 'chat'>,
): Promise<{ readonly rows: readonly RowWrite[]; readonly outgoing: readonly Outgoing[] } | undefined> {
  const now = ports.clock.now();
  const askedKey = `codes-asked:${identityKey(identity)}`;
  const asked = Number((await ports.kept.get(askedKey)) ?? '0');
  if (asked >= codesAtMost) return undefined;
  const expiresAt = plusMinutes(now, minutes);
  const value: Pending = { ...pending, chat: identity, code: ports.ids.code(), attempts: 0 };
  const id = ports.ids.next('V');
  return {
    rows: [
      { row: 'kept', key: waitingKey(identity), value: id, expiresAt },
      { row: 'kept', key: pendingKey(id), value: JSON.stringify(value), expiresAt },
      { row: 'kept', key: askedKey, value: String(asked + 1), expiresAt },
    ],
    outgoing: [{ kind: 'mail', lane: `code/${id}`, payload: { mail: 'code', id } }],
  };
}

/** What waits for the identity's code, or undefined. */
export async function pendingOf(ports: Ports, identity: Identity): Promise<Pending | undefined> {
  const id = await ports.kept.get(waitingKey(identity));
  return id === undefined ? undefined : pendingBy(ports, id);
}

/** What waits under the id that the outbox knows, or undefined. */
export async function pendingBy(ports: Ports, id: string): Promise<Pending | undefined> {
  const kept = await ports.kept.get(pendingKey(id));
  return kept === undefined ? undefined : (JSON.parse(kept) as Pending);
}

/** The row that uses the code up. */
export function usedUp(identity: Identity): RowWrite {
  return { row: 'kept', key: waitingKey(identity), value: null };
}

/**
 * Compares what was typed with the code that waits. 'wrong' says how many tries are left; at none the code is gone. The try is
 * counted before it is judged, so that two at once do not win one.
 */
export async function tryCode(
  ports: Ports,
  identity: Identity,
  typed: string,
): Promise<{ readonly right: Pending } | { readonly wrong: number } | 'none'> {
  const id = await ports.kept.get(waitingKey(identity));
  const pending = await pendingOf(ports, identity);
  if (!pending || id === undefined) return 'none';
  const attempts = pending.attempts + 1;
  if (attempts > triesAtMost) {
    await ports.kept.delete(waitingKey(identity));
    return 'none';
  }
  await ports.kept.put(
    pendingKey(id),
    JSON.stringify({ ...pending, attempts }),
    plusMinutes(ports.clock.now(), minutes),
  );
  if (typed.replaceAll(/\D/g, '') === pending.code) return { right: pending };
  if (attempts === triesAtMost) await ports.kept.delete(waitingKey(identity));
  return { wrong: triesAtMost - attempts };
}

/** An operator's one-time code for a person of the directory: the way in of the first helpdesk person. Good for a day. */
export async function inviteByCode(ports: CorePorts, person: string): Promise<string> {
  const code = ports.ids.code();
  await ports.kept.put(`invite:${code}`, person, plusMinutes(ports.clock.now(), 24 * 60));
  return code;
}

/**
 * The person whom an operator's code is for, and the row that uses it up. The code becomes this chat identity's before anything is done
 * with it, so that nobody else wins by it; it is gone with the commit, so that a delivery that was interrupted finds it again. Tries are
 * counted for each chat identity.
 */
export async function claimInvite(
  ports: Ports,
  identity: Identity,
  typed: string,
): Promise<{ readonly person: string; readonly used: RowWrite } | undefined> {
  const { kept, clock } = ports;
  const own = identityKey(identity);
  const tries = Number((await kept.get(`invite-tries:${own}`)) ?? '0');
  if (tries >= triesAtMost) return undefined;
  await kept.put(`invite-tries:${own}`, String(tries + 1), plusMinutes(clock.now(), minutes));
  const code = typed.replaceAll(/\D/g, '');
  const person = await kept.get(`invite:${code}`);
  if (person === undefined) return undefined;
  const claim = `invite-of:${code}`;
  const claimed = await kept.claim(claim, own, plusMinutes(clock.now(), 24 * 60));
  if (!claimed && (await kept.get(claim)) !== own) return undefined;
  return { person, used: { row: 'kept', key: `invite:${code}`, value: null } };
}

/** The mail with a code. */
export function codeLetter({ code, email, language }: Pending): Omit<Letter, 'id'> {
  const say = wordsOf(language);
  return {
    to: email,
    subject: say('mail:code-subject'),
    text: say('mail:code-text', { code: `${code.slice(0, 4)} ${code.slice(4)}`, minutes }),
  };
}

function plusMinutes(instant: string, more: number): string {
  return new Date(Date.parse(instant) + more * 60_000).toISOString();
}
