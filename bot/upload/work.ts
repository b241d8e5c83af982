import { type ByteSource, type Sink, SpoolFull } from '../../domain/bytes.ts';
import { isRefusal, type Refusal } from '../../domain/decider.ts';
import { directoryId } from '../../domain/entities.ts';
import type { KnownIdentifiers } from '../../domain/identifiers/spans.ts';
import { system } from '../../domain/people.ts';
import type { DicomOption, Redaction, ScrubRefusal, ScrubReport } from '../../domain/ports.ts';
import type { Ports } from '../context.ts';
import { execute, type Step } from '../execute.ts';
import { sessionOf } from '../pages/links.ts';
import { DICOM_HEAD, isDicom } from './heads.ts';
import { analysisOf, dropHeld, HeldGone, heldId, heldSink, heldSource, holdAnalysis, holdBundle } from './held.ts';
import type { Job } from './jobs.ts';
import { languagesOf } from './languages.ts';
import { forgetReport, hoursLater, keepBundle, keepNotSearched, keepRefused, keepStacks, tooLarge } from './report.ts';
import { stacksAfter } from './stacks.ts';

/** Removes what is unseen, reads and searches the file that is held, and holds what was found for the review. `known` goes with this call. */
export async function analyse(
  ports: Ports,
  id: string,
  { known, dicomOptions }: { readonly known: KnownIdentifiers; readonly dicomOptions: readonly DicomOption[] },
  job: Job,
): Promise<void> {
  const source = await heldSource(ports.spool, 'original', id);
  if (!source) return refuseFile(ports, id, { reason: 'left' });
  const languages = await languagesFor(ports, id);
  const dicom = { options: dicomOptions, key: await caseKey(ports, id) };
  const { progress, signal } = job;
  const asked = { known, dicom, languages, progress, signal };
  await whileHeld(ports, id, async () => {
    if (await ports.scrubber.isBundle(source)) return analyseBundle(ports, id, source, asked, job);
    const { fileBytes, dicomBytes } = ports.settings;
    const most = isDicom(await source.read(0, Math.min(source.length, DICOM_HEAD))) ? dicomBytes : fileBytes;
    if (source.length > most) return refuseFile(ports, id, tooLarge(ports));
    const to = await heldSink(ports.spool, 'prepared', id);
    const analysis = await ports.scrubber.analyseFrom(source, to, asked);
    if (!(await goesOn(ports, id, job))) return undefined;
    if (analysis.outcome === 'refused') return refuseFile(ports, id, analysis);
    // Its time may have ended meanwhile; what is held goes together.
    if ((await ports.spool.length(heldId('original', id))) === undefined) throw new HeldGone();
    await holdAnalysis(ports.spool, id, analysis);
    await goesOn(ports, id, job);
  });
}

/** The same of a bundle, file by file: what is prepared is written to the spool as it comes. */
async function analyseBundle(
  ports: Ports,
  id: string,
  source: ByteSource,
  asked: Parameters<Ports['scrubber']['analyseBundle']>[2],
  job: Job,
): Promise<void> {
  const to = await heldSink(ports.spool, 'prepared', id);
  const analysis = await ports.scrubber.analyseBundle(source, to, {
    ...asked,
    file: job.file,
    goesOn: () => goesOn(ports, id, job),
  });
  if (!(await goesOn(ports, id, job))) return;
  if (analysis.outcome === 'refused') return refuseFile(ports, id, analysis);
  await holdBundle(ports.spool, id, analysis);
  await goesOn(ports, id, job);
}

/** Does work on what is held of a document; refuses the file where that is gone meanwhile, or where there is no room for more. */
async function whileHeld(ports: Ports, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof HeldGone) return refuseFile(ports, id, { reason: 'left' });
    if (error instanceof SpoolFull) return refuseFile(ports, id, { reason: 'busy-full' });
    throw error;
  }
}

/** Redacts the analysed file as it was decided, and keeps only what verified: sealed, for hours. */
export async function apply(
  ports: Ports,
  id: string,
  { redactions, flatten }: { readonly redactions: readonly Redaction[]; readonly flatten: boolean },
  job: Job,
): Promise<void> {
  await whileHeld(ports, id, async () => {
    const [analysis, prepared] = await Promise.all([
      analysisOf(ports.spool, id),
      heldSource(ports.spool, 'prepared', id),
    ]);
    if (!analysis || !prepared) throw new HeldGone();
    const { progress, signal } = job;
    const asked = { flatten, progress, signal };
    await written(ports, id, async (to) => {
      if (!('entries' in analysis)) {
        const outcome = await ports.scrubber.redactFrom(analysis, prepared, redactions, to, asked);
        const done = await toBeKept(ports, id, outcome, job);
        if (done) await keepStacks(ports, id, stacksAfter(analysis));
        return done?.report;
      }
      const outcome = await ports.scrubber.redactBundle(analysis, prepared, redactions, to, {
        ...asked,
        goesOn: () => goesOn(ports, id, job),
      });
      const done = await toBeKept(ports, id, outcome, job);
      if (!done) return undefined;
      await keepBundle(ports, id, { files: analysis.files, entries: done.entries });
      await keepStacks(ports, id, stacksAfter(analysis, { before: analysis.entries, after: done.entries }));
      return done.report;
    });
  });
}

/** Has the output written to the vault as it comes: it is there once all of it verified and there is a report, and the document is called scrubbed then. */
async function written(ports: Ports, id: string, work: (to: Sink) => Promise<ScrubReport | undefined>): Promise<void> {
  const output = await ports.vault.write(id, hoursLater(ports, ports.clock.now()));
  let isKept = false;
  try {
    const report = await work(output.append);
    if (!report) return;
    // The bytes first: a document that is called scrubbed has them.
    await output.keep();
    isKept = true;
    await scrubbed(ports, id, report);
  } finally {
    if (!isKept) await output.drop();
  }
}

/** What is to be kept: nothing where it was refused or nobody waits for it. Where the work was stopped the findings wait as before. */
async function toBeKept<Done extends { readonly outcome: 'redacted' }>(
  ports: Ports,
  id: string,
  outcome: Done | ScrubRefusal,
  job: Job,
): Promise<Done | undefined> {
  if (job.signal.aborted || !(await goesOn(ports, id, job))) return undefined;
  if (outcome.outcome === 'redacted') return outcome;
  await refuseFile(ports, id, outcome);
  return undefined;
}

/** Records what came out of a scrub, whose bytes are in the vault; takes them out again where nobody may have them any more. */
async function scrubbed(
  ports: Ports,
  id: string,
  { format, pages, removed, redacted, kept, notSearched, verified }: ScrubReport,
): Promise<void> {
  await keepNotSearched(ports, id, notSearched);
  const stopped = await act(ports, id, {
    type: 'document.scrubbed',
    format,
    pages,
    removed,
    redacted,
    kept,
    notSearched: [...new Set(notSearched.map(({ what }) => what))],
    verified: verified.length > 0,
  });
  if (!stopped) return;
  // It was thrown away or its consent ended while the file was being redacted, or the output was not verified.
  await ports.vault.delete(id);
  await forgetReport(ports, id);
  const ended = ['consent.care-inactive', 'document.wrong-stage'].includes(stopped.refused);
  await refuseFile(ports, id, { reason: ended ? 'stopped' : 'not-verified' });
}

/** Work that threw: nothing unverified ever comes out, and nothing of the file stays. */
export async function workFailed(ports: Ports, id: string): Promise<void> {
  ports.log.error({ document: id }, 'the work on a file failed');
  if ((await ports.store.load('document', id)).state.stage === 'received') await ports.vault.delete(id);
  await refuseFile(ports, id, { reason: 'crashed' });
}

/** Refuses the file of a document and lets go of all that is held of it. Where the document is not on its way any more, that alone. */
export async function refuseFile(
  ports: Ports,
  id: string,
  { reason, params }: Pick<ScrubRefusal, 'reason' | 'params'>,
): Promise<void> {
  await keepRefused(ports, id, { reason, ...(params ? { params } : {}) });
  await act(ports, id, { type: 'document.refuse', reason });
  await dropHeld(ports.spool, id);
}

/** Whether somebody still waits for the work: the document is not stopped, and a session that asked for it is open. Else all that is held of it goes. */
async function goesOn(ports: Ports, id: string, { sessions }: Job): Promise<boolean> {
  if ((await ports.store.load('document', id)).state.stage !== 'received') {
    await dropHeld(ports.spool, id);
    return false;
  }
  const open = await Promise.all([...sessions].map((session) => sessionOf(ports, session, 'upload')));
  if (open.some(Boolean)) return true;
  await refuseFile(ports, id, { reason: 'left' });
  return false;
}

async function act(
  ports: Ports,
  id: string,
  command: Extract<Step, { readonly kind: 'document' }>['command'],
): Promise<Refusal | undefined> {
  const done = await execute(ports, system, [{ kind: 'document', id, command }]);
  return isRefusal(done) ? done : undefined;
}

const KEY_DAYS = 400;

/** What new UIDs and moved dates of a case's DICOM files are made from: one key for all of them, kept sealed, so that what is given on several days stays one study. */
async function caseKey(ports: Ports, id: string): Promise<string> {
  const { caseId } = (await ports.store.load('document', id)).state;
  const place = `dicom-key:${caseId}`;
  const expires = new Date(Date.parse(ports.clock.now()) + KEY_DAYS * 86_400_000).toISOString();
  await ports.kept.claim(place, ports.ids.token(), expires);
  return (await ports.kept.get(place)) ?? ports.ids.token();
}

async function languagesFor(ports: Ports, id: string): Promise<string[]> {
  const { hcp, submitter } = (await ports.store.load('document', id)).state;
  const [directory, person] = await Promise.all([
    ports.store.load('directory', directoryId),
    ports.store.person(submitter),
  ]);
  return languagesOf(directory.state.hcps[hcp]?.country, person?.language);
}
