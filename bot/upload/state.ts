import type { Ports } from '../context.ts';
import type { PageSession } from '../pages/links.ts';
import type { UploadState } from '../pages/pages.ts';
import { languageOf } from '../words.ts';
import { decidedOf, heldId, isHeld, reviewOf, touchHeld } from './held.ts';
import type { Jobs } from './jobs.ts';
import { refusedWords } from './refused-words.ts';
import { documentOf, refusedOf } from './report.ts';
import { refuseFile } from './work.ts';

/** How the page stands for this session. Looking is a touch; what was left too long is written off here, and said. `token` waits for the work that is under way. */
export async function stateOf(ports: Ports, jobs: Jobs, token: string, session: PageSession): Promise<UploadState> {
  const language = languageOf((await ports.store.person(session.person))?.language) ?? 'en';
  const { ref: caseId, expiresAt } = session;
  const state = {
    caseId,
    language,
    expiresAt,
    limit: ports.settings.fileBytes,
    dicomLimit: ports.settings.dicomBytes,
    bundleLimit: ports.settings.bundleBytes,
    idleMinutes: ports.settings.reviewMinutes,
    dicomOptions: ports.settings.dicomOptions,
  };
  if (session.document) return { ...state, ...(await ofDocument(ports, jobs, token, session.document, language)) };
  if (session.incoming) {
    const { document, size } = session.incoming;
    touchHeld(ports.spool, document);
    const offset = await ports.spool.length(heldId('original', document));
    return offset === undefined
      ? { ...state, refused: { reason: 'left', words: refusedWords(language, { reason: 'left' }) } }
      : { ...state, incoming: { size, offset } };
  }
  if (!session.refused) return state;
  return { ...state, refused: { reason: session.refused.reason, words: refusedWords(language, session.refused) } };
}

async function ofDocument(
  ports: Ports,
  jobs: Jobs,
  token: string,
  id: string,
  language: string,
): Promise<Partial<UploadState>> {
  touchHeld(ports.spool, id);
  // The work is asked for before the stage: what it ends with is committed before it ends.
  const work = jobs.step(id, token);
  if (work) {
    const files = jobs.files(id) ?? [];
    if (files.length === 0) return { work };
    const refused = files.filter(({ outcome }) => outcome === 'refused').length;
    return { work: { ...work, files: { looked: files.length, refused } } };
  }
  const { state } = await ports.store.load('document', id);
  const held = await isHeld(ports.spool, id);
  if (state.stage === 'received') {
    const review = held ? await reviewOf(ports.spool, id) : undefined;
    if (review) {
      const decided = await decidedOf(ports.spool, id);
      const until = new Date(Date.parse(ports.clock.now()) + ports.settings.reviewMinutes * 60_000).toISOString();
      const flattens = ports.scrubber.flattens(review.format);
      const failed = jobs.failed(id) ? { failed: true as const } : {};
      return { review: { ...review, ...(decided ? { decided } : {}), flattens, until, ...failed } };
    }
    // Nobody touched it for its minutes, or the process that held it has ended.
    await refuseFile(ports, id, { reason: 'left' });
    return { refused: await refusedOf(ports, id, language) };
  }
  if (state.stage === 'refused') return { refused: await refusedOf(ports, id, language) };
  return { document: await documentOf(ports, id, state, state.stage === 'scrubbed' && held) };
}
