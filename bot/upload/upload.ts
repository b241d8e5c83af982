import type { ByteSource } from '../../domain/bytes.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/decider.ts';
import { type Document, isMixed } from '../../domain/documents.ts';
import type { Actor } from '../../domain/people.ts';
import type { BundleEntry } from '../../domain/ports.ts';
import { pagesOf } from '../../domain/stacks.ts';
import type { Ports } from '../context.ts';
import { execute, type Step } from '../execute.ts';
import { keepSession, type PageSession, prolonged, refused, sessionOf } from '../pages/links.ts';
import {
  type PageOfText,
  type Refused,
  seenFrom,
  type UploadPage,
  type UploadState,
  type Which,
} from '../pages/pages.ts';
import { actorOf } from '../who.ts';
import { isText, redactionsOf } from './decided.ts';
import { createGate } from './gate.ts';
import { consented, forbidden, isUnderWay } from './guards.ts';
import { isDicom, startsAsZip } from './heads.ts';
import {
  analysisOf,
  bundleOf,
  dropHeld,
  heldId,
  heldSource,
  holdDecided,
  isHeld,
  reviewOf,
  touchHeld,
  whereThereIsSpace,
} from './held.ts';
import { createJobs } from './jobs.ts';
import { createLooked } from './looked.ts';
import { placeIn } from './places.ts';
import { bytesOf, releasedFile } from './released.ts';
import { fileOutcomes, forgetReport, keptStacks, scrubbedBundle, tooLarge } from './report.ts';
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
/** And of files larger than others may be. */
const largeAtOnce = 1;
/** Places of a phrase, as many as a decision may add. */
const mostPlaces = 2000;
/** Files of a bundle that are told at a time. */
const filesAtOnce = 200;

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
  const throughLarge = createGate(largeAtOnce);
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

  /** Behind one of the three views: the file that a page stands in, its number there, and whether it is text; undefined where the bytes alone tell. */
  const viewed = async (id: string, state: Document, which: Which, page: number): Promise<Viewed | Refusal> => {
    if (which === 'after') {
      const source = await bytesOf(ports, id, state, withBytes);
      if (isRefusal(source)) return source;
      const { format, pages } = state;
      const bundle = format === 'zip' ? await scrubbedBundle(ports, id) : undefined;
      if (format === 'zip' && !bundle) return refuse('document.bytes-gone');
      const text = isMixed(format) ? undefined : isText({ format, pages: [] }, page);
      return inFile({ source, page, pages, text }, bundle?.entries);
    }
    const review = await reviewOf(spool, id);
    // Of a bundle, what was not taken has no pages: it is looked at as it was prepared.
    const isOriginal = which === 'before' && review?.format !== 'zip';
    const source = await heldSource(spool, isOriginal ? 'original' : 'prepared', id);
    if (!review || !source) return refuse('upload.no-review');
    const bundle = review.format === 'zip' ? await bundleOf(spool, id) : undefined;
    return inFile({ source, page, pages: review.pages.length, text: isText(review, page) }, bundle?.entries);
  };

  /** Shows one page, as a picture or as text; a page that was shown of the scrubbed file counts for the attestation. */
  const show = <T>(
    token: string,
    page: number,
    which: Which,
    as: {
      readonly text: boolean;
      readonly counts: boolean;
      readonly show: (file: Uint8Array, page: number) => Promise<T>;
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
          const { source, from, to } = view;
          const drawn = async () => as.show(await source.read(from, to), view.own);
          shown = to - from > ports.settings.fileBytes ? await throughLarge(drawn) : await drawn();
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
    look: (token) =>
      answer(token, async ({ session }) => {
        const longer = prolonged(ports, session, ports.settings.uploadMinutes);
        if (longer === session || busy.has(token) || !(session.incoming ?? session.document))
          return stateFor(token, session);
        // Somebody is at work here. The session is read anew, as another call may have changed it.
        const kept = await alone(token, async () => {
          const now = await sessionOf(ports, token, 'upload');
          return now ? keep(token, prolonged(ports, now, ports.settings.uploadMinutes)) : refuse('session.gone');
        });
        return kept;
      }),

    begin: (token, size) =>
      onSession(token, async ({ session }) => {
        // What was left is written off by the look.
        await stateFor(token, session);
        if (await isUnderWay(ports, session)) return refuse('upload.one-at-a-time');
        if (!(await consented(ports, session.ref))) return refuse('consent.care-inactive');
        const { document: _, incoming, refused: __, ...fresh } = session;
        if (incoming) await dropHeld(spool, incoming.document);
        const { bundleBytes, fileBytes } = ports.settings;
        if (size > Math.max(bundleBytes, fileBytes))
          return keep(token, { ...fresh, refused: tooLarge(ports, Math.max(bundleBytes, fileBytes)) });
        // As it comes, and once more without what is unseen.
        if (!(await spool.hasRoom(2 * size))) return refuse('upload.busy-full');
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
        // Only a bundle or a DICOM file may be so large: what cannot be one is not waited for.
        const most = startsAsZip(bytes)
          ? Infinity
          : isDicom(bytes)
            ? ports.settings.dicomBytes
            : ports.settings.fileBytes;
        if (offset === 0 && incoming.size > most) {
          await dropHeld(spool, incoming.document);
          const { incoming: _, ...fresh } = session;
          return keep(token, { ...fresh, refused: tooLarge(ports) });
        }
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

    files: (token, from, refusedAlone) =>
      onDocument(token, async (call, id) => {
        const files = jobs.files(id) ?? ((await bundleOf(spool, id)) ?? (await scrubbedBundle(ports, id)))?.files ?? [];
        return fileOutcomes(ports, files, { from, most: filesAtOnce, refusedAlone }, call.session.person);
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
        show: (file, own) => ports.scrubber.picture(file, own, pixels, which === 'before'),
      });
    },

    frame: (token, page, width, which) => {
      const pixels = Math.min(widest, Math.max(narrowest, Math.round(Number.isFinite(width) ? width : narrowest)));
      return show(token, page, which, {
        text: false,
        counts: pixels >= seenFrom,
        show: (file, own) => ports.scrubber.frame(file, own, pixels),
      });
    },

    text: (token, page, which) =>
      show<PageOfText>(token, page, which, {
        text: true,
        other: { picture: true },
        counts: true,
        show: async (file, own) => ({ text: await ports.scrubber.text(file, own) }),
      }),

    attest: (token, statements, pagesSeen) =>
      onQuiet(token, async ({ actor, session }, id) => {
        // What the person says and what they were given to look at: the lesser counts.
        const seen = Math.min(pagesSeen, looked.count(id, token));
        const inSeries = pagesOf((await keptStacks(ports, id)).stacks.flat()).length;
        const done = await act(ports, actor, id, [
          { type: 'document.attest', statements, pagesSeen: seen, inSeries },
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
        return isRefusal(given) ? given : { name: given.name, file: given.source };
      }),

    uploaded: (token) =>
      onDocument(token, async ({ actor, session }, id) => {
        const done = await act(ports, actor, id, [{ type: 'document.uploaded' }]);
        return done ?? stateFor(token, session);
      }),
  };
}

/** Where a page's file lies. */
interface Viewed {
  readonly source: ByteSource;
  readonly from: number;
  readonly to: number;
  /** The page's number in that file. */
  readonly own: number;
  readonly pages: number;
  readonly text: boolean | undefined;
}

/** The file of the bundle that a page stands in; the whole, where there are no entries. */
function inFile(
  { source, page, pages, text }: Pick<Viewed, 'source' | 'pages' | 'text'> & { readonly page: number },
  entries: readonly BundleEntry[] | undefined,
): Viewed {
  const place = entries && placeIn(entries, page);
  if (!place) return { source, pages, text, from: 0, to: source.length, own: page };
  const { at, length, format } = place.entry;
  const isWords = isMixed(format) ? text : isText({ format, pages: [] }, 1);
  return { source, pages, text: isWords, from: at, to: at + length, own: place.page };
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
