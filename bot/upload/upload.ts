import { isRefusal, type Refusal, refuse } from '../../domain/decider.ts';
import type { Actor } from '../../domain/people.ts';
import { pagesOf } from '../../domain/stacks.ts';
import type { Ports } from '../context.ts';
import { execute, type Step } from '../execute.ts';
import { prolonged, sessionOf } from '../pages/links.ts';
import type { UploadPage } from '../pages/pages.ts';
import { createCalls } from './calls.ts';
import { redactionsOf } from './decided.ts';
import { consented, isUnderWay } from './guards.ts';
import { isDicom, startsAsZip } from './heads.ts';
import { analysisOf, bundleOf, dropHeld, heldId, holdDecided, isHeld, reviewOf, whereThereIsSpace } from './held.ts';
import { createJobs } from './jobs.ts';
import { createLooked } from './looked.ts';
import { releasedFile } from './released.ts';
import { fileOutcomes, forgetReport, keptStacks, scrubbedBundle, tooLarge } from './report.ts';
import { placesOf } from './search.ts';
import { createShares, mostAtOnce } from './shares.ts';
import { createShown } from './shown.ts';
import { analyse, apply, refuseFile, workFailed } from './work.ts';

/** Places of a phrase, as many as a decision may add. */
const mostPlaces = 2000;
/** Files of a bundle that are told at a time. */
const filesAtOnce = 200;

/**
 * The upload page behind its one-time link (`UploadPage`). Every call looks up anew whether the person may still act for the case and whether the patient still consents. The
 * file and what was found in it are in the spool alone while somebody works on it; what comes out is in the vault for hours. Nothing is written of its name, nor of what
 * the person typed to be searched for.
 */
export function createUploadPage(ports: Ports): UploadPage {
  const { spool } = ports;
  const jobs = createJobs((id) => workFailed(ports, id));
  const looked = createLooked();
  const shares = createShares(spool);
  const calls = createCalls(ports, jobs);
  const { answer, alone, isBusy, onSession, onDocument, onQuiet, stateFor, keep } = calls;

  return {
    look: (token) =>
      answer(token, async ({ session }) => {
        const longer = prolonged(ports, session, ports.settings.uploadMinutes);
        if (longer === session || isBusy(token) || !(session.incoming ?? session.document))
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

    ...createShown(ports, calls, looked),

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

    stop: (token) =>
      onSession(token, async ({ session, actor }) => {
        const { incoming, document: id, ...fresh } = session;
        if (incoming) {
          // It is no document yet: nothing is written of it.
          await dropHeld(spool, incoming.document);
          return keep(token, { ...fresh, ...(id ? { document: id } : {}) });
        }
        const under = id && jobs.step(id);
        if (!id || !under) return stateFor(token, session);
        const done =
          under.phase === 'redacting' ? undefined : await act(ports, actor, id, [{ type: 'document.reject' }]);
        if (done) return done;
        await jobs.stop(id);
        return stateFor(token, session);
      }),

    reject: (token) =>
      onDocument(token, async ({ actor, session }, id) => {
        const done = await act(ports, actor, id, [{ type: 'document.reject' }]);
        if (done) return done;
        void jobs.stop(id);
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
