import { denied } from '../domain/access.ts';
import { careActive } from '../domain/consent.ts';
import { isRefusal, type Refusal, refuse } from '../domain/decider.ts';
import type { Document } from '../domain/documents.ts';
import { type Actor, system } from '../domain/people.ts';
import type { ScrubOutcome } from '../domain/ports.ts';
import type { Ports } from './context.ts';
import { execute, type Step } from './execute.ts';
import { aloneInSession, keepSession, type PageSession, refused, sessionOf } from './links.ts';
import type { Refused, UploadPage, UploadState } from './pages.ts';
import { actorOf } from './who.ts';
import { hasWords, wordsOf } from './words.ts';

/** One call of the page: the session, and the actor as the log has them now. */
interface Call {
  readonly token: string;
  readonly session: PageSession;
  readonly actor: Actor;
}

const beforeUpload: readonly Document['stage'][] = ['received', 'scrubbed', 'attested', 'released'];
/** Pages are pictured between these widths, in pixels. */
const narrowest = 200;
const widest = 2000;

/**
 * The upload page behind its one-time link (pages.ts). Every call looks up anew whether the person may still act for the case
 * and whether the patient still consents. Of the file that comes in nothing is kept: neither its bytes nor its name.
 */
export function createUploadPage(ports: Ports): UploadPage {
  const answer = async <T>(token: string, work: (call: Call) => Promise<T | Refusal>): Promise<T | Refused> => {
    const session = await sessionOf(ports, token, 'upload');
    if (!session) return refused(ports, refuse('session.gone'));
    const actor = await actorOf(ports, session.person);
    const outcome = (await forbidden(ports, actor, session)) ?? (await work({ token, session, actor }));
    return isRefusal(outcome) ? refused(ports, outcome, session.person) : (outcome as T);
  };

  /** Work on the document that is under way in this session. */
  const onDocument = <T>(token: string, work: (call: Call, id: string, state: Document) => Promise<T | Refusal>) =>
    answer<T>(token, async (call) => {
      const id = call.session.document;
      if (!id) return refuse('upload.no-file');
      return work(call, id, (await ports.store.load('document', id)).state);
    });

  return {
    look: (token) => answer(token, ({ session }) => stateOf(ports, session)),

    receive: (token, file) =>
      answer(token, async (call) => {
        const done = await aloneInSession(ports, token, async () => {
          // Another call may have finished between the look-up and now.
          const session = await sessionOf(ports, token, 'upload');
          return session ? receive(ports, { ...call, session }, file) : refuse('session.gone');
        });
        return done ?? refuse('upload.busy');
      }),

    picture: (token, page, width) =>
      onDocument(token, async (_call, id, state) => {
        const file = await bytesOf(ports, id, state, ['scrubbed', 'attested', 'released']);
        if (isRefusal(file)) return file;
        if (!Number.isInteger(page) || page < 1 || page > state.pages)
          return refuse('upload.no-such-page', { pages: state.pages });
        const pixels = Math.min(widest, Math.max(narrowest, Math.round(Number.isFinite(width) ? width : narrowest)));
        return ports.scrubber.picture(file, page, pixels);
      }),

    attest: (token, statements, pagesSeen) =>
      onDocument(token, async ({ actor, session }, id) => {
        const done = await act(ports, actor, id, [
          { type: 'document.attest', statements, pagesSeen },
          { type: 'document.release' },
        ]);
        return done ?? stateOf(ports, session);
      }),

    reject: (token) =>
      onDocument(token, async ({ actor, session }, id) => {
        const done = await act(ports, actor, id, [{ type: 'document.reject' }]);
        if (done) return done;
        await ports.vault.delete(id);
        return stateOf(ports, session);
      }),

    download: (token) =>
      onDocument(token, async ({ session }, id, state) => {
        const file = await bytesOf(ports, id, state, ['released']);
        if (isRefusal(file)) return file;
        if (!(await consented(ports, session.ref))) return refuse('consent.care-inactive');
        return { name: `${id}.pdf`, file };
      }),

    uploaded: (token) =>
      onDocument(token, async ({ actor, session }, id) => {
        const done = await act(ports, actor, id, [{ type: 'document.uploaded' }]);
        if (done) return done;
        await ports.vault.delete(id);
        return stateOf(ports, session);
      }),
  };
}

/** Why the person may not use the page for this case (any more): they must work on the case, and have received the file themselves. */
async function forbidden(ports: Ports, actor: Actor, session: PageSession): Promise<Refusal | undefined> {
  const { state } = await ports.store.load('case', session.ref);
  const refusal =
    denied(actor, 'case.ready', { owner: state.owner, hcp: state.hcp }) ??
    denied(actor, 'document.receive', { owner: state.owner, hcp: state.hcp });
  if (refusal || !session.document) return refusal;
  const document = (await ports.store.load('document', session.document)).state;
  if (document.caseId !== session.ref) return refuse('document.unknown');
  return denied(actor, 'document.attest', { owner: document.submitter, hcp: document.hcp });
}

async function consented(ports: Ports, caseId: string): Promise<boolean> {
  const [consent, { state }] = await Promise.all([
    ports.store.load('consent', caseId),
    ports.store.load('case', caseId),
  ]);
  return careActive(consent.state) && !state.onHold && state.stage !== 'closed';
}

type DocumentAct = Extract<Step, { readonly kind: 'document' }>['command'];

/** Does the commands on the document in one commit; gives the refusal, or nothing. */
async function act(
  ports: Ports,
  actor: Actor,
  id: string,
  commands: readonly DocumentAct[],
): Promise<Refusal | undefined> {
  const done = await execute(
    ports,
    actor,
    commands.map((command) => ({ kind: 'document', id, command })),
  );
  return isRefusal(done) ? done : undefined;
}

/** The scrubbed bytes, where the document is at one of these stages and they are still there. */
async function bytesOf(
  ports: Ports,
  id: string,
  state: Document,
  stages: readonly Document['stage'][],
): Promise<Uint8Array | Refusal> {
  if (!stages.includes(state.stage)) return refuse('document.wrong-stage', { stage: state.stage });
  return (await ports.vault.get(id)) ?? refuse('document.bytes-gone');
}

/** Takes a file in: received, scrubbed, and either kept for hours or refused. One document is under way at a time. */
async function receive(
  ports: Ports,
  { token, session, actor }: Call,
  file: Uint8Array,
): Promise<UploadState | Refusal> {
  if (session.document) {
    const { stage, purged } = (await ports.store.load('document', session.document)).state;
    if (beforeUpload.includes(stage) && !purged) return refuse('upload.one-at-a-time');
  }
  const { document: _, refused: __, ...fresh } = session;
  if (file.byteLength > ports.settings.fileBytes) return keep(ports, token, { ...fresh, refused: tooLarge(ports) });

  const id = ports.ids.next('D');
  const { hcp } = (await ports.store.load('case', session.ref)).state;
  const receiving = { type: 'document.receive', caseId: session.ref, hcp, submitter: actor.id } as const;
  const refusal = await act(ports, actor, id, [receiving]);
  if (refusal) return refusal;

  const outcome = await scrub(ports, id, file);
  if (outcome.outcome === 'refused') {
    await act(ports, system, id, [{ type: 'document.refuse', reason: outcome.reason }]);
    const { reason, params } = outcome;
    return keep(ports, token, { ...fresh, refused: { reason, ...(params ? { params: { ...params } } : {}) } });
  }

  // The bytes first: a document that is called scrubbed has them.
  await ports.vault.put(id, outcome.file, hoursLater(ports, ports.clock.now()));
  const { pages, removed, notSearched, verified } = outcome.report;
  const stopped = await act(ports, system, id, [
    {
      type: 'document.scrubbed',
      pages,
      removed,
      notSearched: notSearched.map(({ what }) => what),
      verified: verified.length > 0,
    },
  ]);
  if (stopped) {
    // The consent ended while the file was being scrubbed, or the output was not verified.
    await ports.vault.delete(id);
    await act(ports, system, id, [{ type: 'document.refuse', reason: 'stopped' }]);
    return stopped;
  }
  await ports.kept.put(pagesKey(id), JSON.stringify(notSearched), hoursLater(ports, ports.clock.now()));
  return keep(ports, token, { ...fresh, document: id });
}

const tooLarge = (ports: Ports) => ({
  reason: 'too-large',
  params: { megabytes: Math.floor(ports.settings.fileBytes / (1024 * 1024)) },
});

/** A scrubber that fails refuses the file: nothing unverified ever comes out. */
async function scrub(ports: Ports, id: string, file: Uint8Array): Promise<ScrubOutcome> {
  try {
    const outcome = await ports.scrubber.scrub(file, `${id}.pdf`);
    if (outcome.outcome === 'refused' && outcome.reason === 'too-large') return { ...outcome, ...tooLarge(ports) };
    return outcome;
  } catch {
    ports.log.error({ document: id }, 'the scrubber failed');
    return { outcome: 'refused', reason: 'crashed' };
  }
}

async function keep(ports: Ports, token: string, session: PageSession): Promise<UploadState> {
  await keepSession(ports, token, session);
  return stateOf(ports, session);
}

async function stateOf(ports: Ports, session: PageSession): Promise<UploadState> {
  const language = (await ports.store.person(session.person))?.language ?? 'en';
  const state = { caseId: session.ref, language, expiresAt: session.expiresAt, limit: ports.settings.fileBytes };
  return {
    ...state,
    ...(session.document ? { document: await documentOf(ports, session.document) } : {}),
    ...(session.refused
      ? { refused: { reason: session.refused.reason, words: refusedWords(language, session.refused) } }
      : {}),
  };
}

async function documentOf(ports: Ports, id: string): Promise<NonNullable<UploadState['document']>> {
  const [{ state }, trail, kept] = await Promise.all([
    ports.store.load('document', id),
    ports.store.trail('document', id),
    ports.kept.get(pagesKey(id)),
  ]);
  const scrubbed = trail.find(({ event }) => event.type === 'document-scrubbed');
  return {
    id,
    stage: state.stage,
    pages: state.pages,
    removed: state.removed,
    notSearched: kept
      ? (JSON.parse(kept) as { what: string; pages: number[] }[])
      : state.notSearched.map((what) => ({ what, pages: [] })),
    bytesUntil: hoursLater(ports, scrubbed?.event.at ?? state.since),
  };
}

/** On which pages something could not be searched is needed for the looking only: it is kept as long as the bytes. */
const pagesKey = (id: string) => `not-searched:${id}`;

const hoursLater = (ports: Ports, from: string) =>
  new Date(Date.parse(from) + ports.settings.vaultHours * 3_600_000).toISOString();

function refusedWords(language: string, { reason, params }: NonNullable<PageSession['refused']>): string {
  const say = wordsOf(language);
  const key = `documents:refused.${reason}`;
  const kind = params?.['kind'];
  const kindKey = `documents:kinds.${typeof kind === 'string' ? kind : 'unknown'}`;
  const words = say(hasWords(kindKey) ? kindKey : 'documents:kinds.unknown');
  return say(hasWords(key) ? key : 'documents:refused.other', { ...params, kind: words, code: reason });
}
