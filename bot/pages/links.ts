import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Refusal } from '../../domain/decider.ts';
import { refuse } from '../../domain/decider.ts';
import type { Ports } from '../context.ts';
import { wordsFor, wordsOf } from '../words.ts';
import type { Begun, Refused } from './pages.ts';

/** What a one-time link is bound to: a page, a person and a thing. */
const targetShape = z.object({
  page: z.enum(['upload', 'decision', 'sign-in', 'tab', 'plan', 'poll']),
  person: z.string().min(1),
  /** The thing's id: a case, a registration; for the sign-in whatever its caller needs. */
  ref: z.string(),
  /** A document that is under way already. */
  document: z.string().optional(),
  /** For a person's own page: the chat identity that asked for it, in whose name it acts, and its manners. */
  who: z
    .object({
      identity: z.object({ platform: z.enum(['slack', 'teams', 'web']), tenant: z.string(), user: z.string() }),
      name: z.string().optional(),
      language: z.string().optional(),
      zone: z.string().optional(),
    })
    .optional(),
});
export type LinkTarget = z.infer<typeof targetShape>;
export type LinkPage = LinkTarget['page'];

const sessionShape = targetShape.extend({
  expiresAt: z.iso.datetime(),
  /** Its end moves no further than here, however long somebody works in it; where it is absent the end does not move. */
  latest: z.iso.datetime().optional(),
  /** A file that is coming in: the id that its document will have, and its size in bytes. */
  incoming: z.object({ document: z.string(), size: z.number() }).optional(),
  /** The last file was refused, with this code and what its sentence needs. */
  refused: z
    .object({ reason: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
    .optional(),
});
export type PageSession = z.infer<typeof sessionShape>;

/** How long one may work on the upload page, in minutes, while there is always something going on: a study of thousands of frames takes its time. */
const longestUpload = 8 * 60;
/** How long a decision page stays open once its link was used, in minutes. */
const decisionMinutes = 60;
/** How long a person's own page stays open, in minutes: a working day. */
const tabMinutes = 10 * 60;

/** How long a poll's page stays open in the browser that it was opened in: an answer can be changed until the close. */
const pollMinutes = 30 * 24 * 60;

/** The token itself is never kept: who reads the store cannot open a page with what they find. */
const keyOf = (kind: 'link' | 'session', token: string) =>
  `${kind}:${createHash('sha256').update(token).digest('hex')}`;
const later = (ports: Ports, minutes: number) =>
  new Date(Date.parse(ports.clock.now()) + minutes * 60_000).toISOString();

/** Makes a one-time link to the target, good for `minutes`. Gives its token (256 random bits) and when it ends (ISO 8601). */
export async function createLink(
  ports: Ports,
  target: LinkTarget,
  minutes: number,
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  const token = ports.ids.token();
  const expiresAt = later(ports, minutes);
  await ports.kept.put(keyOf('link', token), JSON.stringify(target), expiresAt);
  return { token, expiresAt };
}

/** The address of a new link to the upload page for a case, or for a document of it that is under way; good for the configured minutes. */
export async function uploadLink(ports: Ports, person: string, caseId: string, document?: string): Promise<string> {
  const target: LinkTarget = { page: 'upload', person, ref: caseId, ...(document ? { document } : {}) };
  const { token } = await createLink(ports, target, ports.settings.uploadMinutes);
  return `${ports.settings.publicUrl}/u/${token}`;
}

/** What a link to one of `pages` is bound to, without using it up; undefined where there is none (any more). */
export async function seeLink(
  ports: Ports,
  token: string,
  pages: readonly LinkPage[],
): Promise<LinkTarget | undefined> {
  if (!wellFormed(token)) return undefined;
  const target = parsed(targetShape, await ports.kept.get(keyOf('link', token)));
  return target && pages.includes(target.page) ? target : undefined;
}

/**
 * Uses a link up: gives what it is bound to, once. Undefined where there is no such link (any more), or where it leads to
 * none of `pages`; a link for another page is not used up by the mistake.
 */
export async function takeLink(
  ports: Ports,
  token: string,
  pages: readonly LinkPage[],
): Promise<LinkTarget | undefined> {
  if (!(await seeLink(ports, token, pages))) return undefined;
  return parsed(targetShape, await ports.kept.take(keyOf('link', token)));
}

/** Uses a link to one of `among` up and opens the page's session, or refuses with 'link.gone'. */
export async function beginPage<Page extends Begun['page']>(
  ports: Ports,
  token: string,
  among: readonly Page[],
): Promise<Begun<Page> | Refused> {
  const target = await takeLink(ports, token, among);
  const page = among.find((one) => one === target?.page);
  if (!target || !page) return refused(ports, refuse('link.gone'));
  const minutes = {
    upload: ports.settings.uploadMinutes,
    decision: decisionMinutes,
    tab: tabMinutes,
    plan: tabMinutes,
    poll: pollMinutes,
  }[page];
  const session = ports.ids.token();
  const expiresAt = later(ports, minutes);
  const latest = page === 'upload' ? { latest: later(ports, longestUpload) } : {};
  await ports.kept.put(keyOf('session', session), JSON.stringify({ ...target, expiresAt, ...latest }), expiresAt);
  return { page, session, expiresAt };
}

/** The open session of this page, or undefined. */
export async function sessionOf(ports: Ports, session: string, page: LinkPage): Promise<PageSession | undefined> {
  if (!wellFormed(session)) return undefined;
  const found = parsed(sessionShape, await ports.kept.get(keyOf('session', session)));
  return found && found.page === page && found.expiresAt > ports.clock.now() ? found : undefined;
}

/** The session with a later end, where that may move and half of its minutes are over; else as it is. */
export function prolonged(ports: Ports, session: PageSession, minutes: number): PageSession {
  const [half, whole] = [later(ports, minutes / 2), later(ports, minutes)];
  if (!session.latest || session.expiresAt > half) return session;
  return { ...session, expiresAt: whole < session.latest ? whole : session.latest };
}

/** Writes down how a session stands. */
export async function keepSession(ports: Ports, session: string, state: PageSession): Promise<void> {
  await ports.kept.put(keyOf('session', session), JSON.stringify(state), state.expiresAt);
}

/** A refusal with its sentence in the person's language; in English where nobody is known. */
export async function refused(ports: Ports, refusal: Refusal, personId?: string): Promise<Refused> {
  const language = personId ? (await ports.store.person(personId))?.language : undefined;
  return { ...refusal, words: wordsFor(wordsOf(language ?? 'en'), refusal) };
}

/** Tokens are base64url; anything else is not looked up. */
const wellFormed = (token: string) => /^[\w-]{16,128}$/.test(token);

function parsed<S extends z.ZodType>(shape: S, value: string | undefined): z.output<S> | undefined {
  if (value === undefined) return undefined;
  try {
    const result = shape.safeParse(JSON.parse(value));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
