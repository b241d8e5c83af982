import { isRefusal, type Refusal, refuse } from '../../domain/decider.ts';
import { type Document, isMixed } from '../../domain/documents.ts';
import type { Actor } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import { execute, type Step } from '../execute.ts';
import { keepSession, type PageSession, refused, sessionOf } from '../links.ts';
import { type PageOfText, type Refused, seenFrom, type UploadPage, type UploadState, type Which } from '../pages.ts';
import { actorOf } from '../who.ts';
import { isText, redactionsOf } from './decided.ts';
import { createGate } from './gate.ts';
import { consented, forbidden, isUnderWay } from './guards.ts';
import { analysisOf, dropHeld, heldId, holdDecided, isHeld, reviewOf, touchHeld, whereThereIsSpace } from './held.ts';
import { createJobs } from './jobs.ts';
import { createLooked } from './looked.ts';
import { bytesOf, releasedFile } from './released.ts';
import { forgetReport, tooLarge } from './report.ts';
import { placesOf } from './search.ts';
import { createShares, mostAtOnce } from './shares.ts';
import { stateOf } from './state.ts';
import { analyse, apply, refuseFile, workFailed } from './work.ts';

/** One call of the page: the session, and the actor as the log has them now. */
interface Call {
  readonly token: string;
  readonly session: PageSession;
  readonly actor: Actor;
}

const withBytes: readonly Document['stage'][] = ['scrubbed', 'attested', 'released'];
/** Pages are pictured between these widths, in pixels. */
const narrowest = 200;
const widest = 2000;
/** Pages that are shown at a time: each brings its whole file into memory. */
const shownAtOnce = 6;
/** Places of a phrase, as many as a decision may add. */
const mostPlaces = 2000;
/** Endings that are not the format's own name. */
/**
 * The upload page behind its one-time link (pages.ts). Every call looks up anew whether the person may still act for the case and whether the patient still consents. The
 * file and what was found in it are in the spool alone while somebody works on it; what comes out is in the vault for hours. Nothing is written of its name, nor of what
 * the person typed to be searched for.
 */
export function createUploadPage(ports: Ports): UploadPage {
  const { spool } = ports;
  const jobs = createJobs((id) => workFailed(ports, id));
  const looked = createLooked();
  const shares = createShares(spool);
  const through = createGate(shownAtOnce);
  const busy = new Set<string>();

  const answer = async <T>(token: string, work: (call: Call) => Promise<T | Refusal>): Promise<T | Refused> => {
    const session = await sessionOf(ports, token, 'upload');
    if (!session) return refused(ports, refuse('session.gone'));
    const actor = await actorOf(ports, session.person);
    const outcome = (await forbidden(ports, actor, session)) ?? (await work({ token, session, actor }));
    return isRefusal(outcome) ? refused(ports, outcome, session.person) : (outcome as T);
  };

  /** Does the work while no other call does such work on the same session or document. */
  const alone = async <T>(key: string, work: () => Promise<T | Refusal>): Promise<T | Refusal> => {
    if (busy.has(key)) return refuse('upload.busy');
    busy.add(key);
    try {
      return await work();
    } finally {
      busy.delete(key);
    }
  };

  /** Work that turns a session to another file. The session is read anew: another call may have finished between the look-up and now. */
  const onSession = (token: string, work: (call: Call) => Promise<UploadState | Refusal>) =>
    answer(token, (call) =>
      alone(token, async () => {
        const session = await sessionOf(ports, token, 'upload');
        return session ? work({ ...call, session }) : refuse('session.gone');
      }),
    );

  /** Work on the document that is under way in this session. */
  const onDocument = <T>(token: string, work: (call: Call, id: string, state: Document) => Promise<T | Refusal>) =>
    answer<T>(token, async (call) => {
      const id = call.session.document;
      if (!id) return refuse('upload.no-file');
      touchHeld(spool, id);
      return work(call, id, (await ports.store.load('document', id)).state);
    });

  /** The same, while no other call changes the document and no work on it is under way. */
  const onQuiet = (token: string, work: (call: Call, id: string, state: Document) => Promise<UploadState | Refusal>) =>
    onDocument(token, (call, id) =>
      alone(id, async () => {
        if (jobs.step(id)) return refuse('upload.busy');
        return work(call, id, (await ports.store.load('document', id)).state);
      }),
    );

  const stateFor = (token: string, session: PageSession) => stateOf(ports, jobs, token, session);
  const keep = async (token: string, session: PageSession): Promise<UploadState> => {
    await keepSession(ports, token, session);
    return stateFor(token, session);
  };

  /** The bytes behind one of the three views, how many pages they have, and whether a page is text; undefined where its bytes alone tell. */
  const viewed = async (id: string, state: Document, which: Which, page: number) => {
    if (which === 'after') {
      const file = await bytesOf(ports, id, state, withBytes);
      if (isRefusal(file)) return file;
      const { format, pages } = state;
      return { file, pages, text: isMixed(format) ? undefined : isText({ format, pages: [] }, page) };
    }
    const review = await reviewOf(spool, id);
    // Of a bundle, what was not taken has no pages: it is looked at as it was prepared.
    const isOriginal = which === 'before' && review?.format !== 'zip';
    const file = await spool.get(heldId(isOriginal ? 'original' : 'prepared', id));
    if (!review || !file) return refuse('upload.no-review');
    return { file, pages: review.pages.length, text: isText(review, page) };
  };

  /** Shows one page, as a picture or as text; a page that was shown of the scrubbed file counts for the attestation. */
  const show = <T>(
    token: string,
    page: number,
    which: Which,
    as: {
      readonly text: boolean;
      readonly counts: boolean;
      readonly show: (file: Uint8Array) => Promise<T>;
      readonly other?: T;
    },
  ) =>
    onDocument<T>(token, (_call, id, state) =>
      through(async () => {
        const view = await viewed(id, state, which, page);
        if (isRefusal(view)) return view;
        if (!Number.isInteger(page) || page < 1 || page > view.pages)
          return refuse('upload.no-such-page', { pages: view.pages });
        if (view.text === false && as.other) return as.other;
        if (view.text !== undefined && view.text !== as.text) return refuse('upload.other-view');
        let shown: T;
        try {
          shown = await as.show(view.file);
        } catch {
          if (view.text === undefined) return as.other ?? refuse('upload.other-view');
          ports.log.warn({ document: id, page, which }, 'a page could not be shown');
          return refuse('upload.not-shown');
        }
        if (which === 'after' && as.counts) looked.add(id, token, page);
        return shown;
      }),
    );

  return {
    look: (token) => answer(token, ({ session }) => stateFor(token, session)),

    begin: (token, size) =>
      onSession(token, async ({ session }) => {
        // What was left is written off by the look.
        await stateFor(token, session);
        if (await isUnderWay(ports, session)) return refuse('upload.one-at-a-time');
        if (!(await consented(ports, session.ref))) return refuse('consent.care-inactive');
        const { document: _, incoming, refused: __, ...fresh } = session;
        if (incoming) await dropHeld(spool, incoming.document);
        if (size > ports.settings.fileBytes) return keep(token, { ...fresh, refused: tooLarge(ports) });
        const document = ports.ids.next('D');
        const put = () => whereThereIsSpace(() => spool.put(heldId('original', document), new Uint8Array()));
        const taken = await shares.take(session.person, document, async () => ({ full: await put() }));
        if (!taken) return refuse('upload.too-many-of-yours', { most: mostAtOnce });
        if (taken.full) return taken.full;
        return keep(token, { ...fresh, incoming: { document, size } });
      }),

    append: (token, offset, bytes) =>
      answer(token, async ({ session }) => {
        const { incoming } = session;
        if (!incoming) return refuse('upload.no-file');
        if (!(await consented(ports, session.ref))) {
          await dropHeld(spool, incoming.document);
          return refuse('consent.care-inactive');
        }
        if (offset + bytes.byteLength > incoming.size) return refuse('upload.more-than-announced');
        const full = await whereThereIsSpace(() => spool.append(heldId('original', incoming.document), offset, bytes));
        return full ?? stateFor(token, session);
      }),

    analyse: (token, known, dicomOptions = ports.settings.dicomOptions) =>
      onSession(token, async ({ session, actor }) => {
        const { incoming, refused: _, ...fresh } = session;
        if (session.document && jobs.step(session.document)) return refuse('upload.busy');
        if (!incoming) return refuse('upload.no-file');
        const id = incoming.document;
        const here = await spool.length(heldId('original', id));
        if (here === undefined) return stateFor(token, session);
        if (here !== incoming.size) return refuse('upload.not-whole');
        if (!jobs.free) return refuse('upload.too-many');
        const { hcp } = (await ports.store.load('case', session.ref)).state;
        const receiving = { type: 'document.receive', caseId: session.ref, hcp, submitter: actor.id } as const;
        const refusal = await act(ports, actor, id, [receiving]);
        if (refusal) return refusal;
        const begun = jobs.start(id, token, 'preparing', (job) => analyse(ports, id, { known, dicomOptions }, job));
        if (!begun) await refuseFile(ports, id, { reason: 'busy-full' });
        return keep(token, { ...fresh, document: id });
      }),

    search: (token, phrase) =>
      onDocument(token, async (_call, id, state) => {
        const analysis = state.stage === 'received' && !jobs.step(id) ? await analysisOf(spool, id) : undefined;
        if (!analysis) return refuse('upload.no-review');
        const places = placesOf(analysis.texts, phrase, mostPlaces);
        return places.length > mostPlaces ? refuse('upload.too-many-places', { most: mostPlaces }) : { places };
      }),

    decide: (token, decided) =>
      onQuiet(token, async ({ session }, id, state) => {
        if (state.stage !== 'received') return refuse('document.wrong-stage', { stage: state.stage });
        if (!(await consented(ports, session.ref))) return refuse('consent.care-inactive');
        const review = (await isHeld(spool, id)) ? await reviewOf(spool, id) : undefined;
        if (!review) return stateFor(token, session);
        const redactions = redactionsOf(review, decided);
        if (isRefusal(redactions)) return redactions;
        if (!jobs.free) return refuse('upload.too-many');
        const { accepted, added, flatten } = decided;
        const full = await whereThereIsSpace(() => holdDecided(spool, id, { accepted, added, flatten }));
        if (full) return full;
        if (!jobs.start(id, token, 'redacting', (job) => apply(ports, id, { redactions, flatten }, job)))
          return refuse('upload.too-many');
        return stateFor(token, session);
      }),

    reopen: (token) =>
      onQuiet(token, async ({ actor, session }, id, state) => {
        if (state.stage === 'scrubbed' && !(await isHeld(spool, id))) return refuse('upload.review-gone');
        const done = await act(ports, actor, id, [{ type: 'document.reopen' }]);
        if (done) return done;
        await ports.vault.delete(id);
        await forgetReport(ports, id);
        looked.forget(id);
        return stateFor(token, session);
      }),

    picture: (token, page, width, which) => {
      const pixels = Math.min(widest, Math.max(narrowest, Math.round(Number.isFinite(width) ? width : narrowest)));
      return show(token, page, which, {
        text: false,
        counts: pixels >= seenFrom,
        show: (file) => ports.scrubber.picture(file, page, pixels, which === 'before'),
      });
    },

    text: (token, page, which) =>
      show<PageOfText>(token, page, which, {
        text: true,
        other: { picture: true },
        counts: true,
        show: async (file) => ({ text: await ports.scrubber.text(file, page) }),
      }),

    attest: (token, statements, pagesSeen) =>
      onQuiet(token, async ({ actor, session }, id) => {
        // What the person says and what they were given to look at: the lesser counts.
        const seen = Math.min(pagesSeen, looked.count(id, token));
        const done = await act(ports, actor, id, [
          { type: 'document.attest', statements, pagesSeen: seen },
          { type: 'document.release' },
        ]);
        if (done) return done;
        looked.forget(id);
        return stateFor(token, session);
      }),

    reject: (token) =>
      onDocument(token, async ({ actor, session }, id) => {
        const done = await act(ports, actor, id, [{ type: 'document.reject' }]);
        if (done) return done;
        looked.forget(id);
        return stateFor(token, session);
      }),

    download: (token) =>
      onDocument(token, async (_held, id, state) => {
        const given = await releasedFile(ports, id, state);
        return isRefusal(given) ? given : { name: given.name, file: given.bytes };
      }),

    uploaded: (token) =>
      onDocument(token, async ({ actor, session }, id) => {
        const done = await act(ports, actor, id, [{ type: 'document.uploaded' }]);
        return done ?? stateFor(token, session);
      }),
  };
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
