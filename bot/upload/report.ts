import { z } from 'zod';
import type { Document } from '../../domain/documents.ts';
import type { NotSearched, ScrubRefusal } from '../../domain/ports.ts';
import type { Ports } from '../context.ts';
import type { UploadState } from '../pages.ts';
import { hasWords, wordsOf } from '../words.ts';

/** Why a file was refused: a code, and what its sentence needs. */
export type Why = Pick<ScrubRefusal, 'reason' | 'params'>;

const whyShape = z.object({
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
const pagesShape = z.array(z.object({ what: z.string(), pages: z.array(z.number()) }));

/** What is needed for the looking only is kept no longer than the bytes are: the log has the codes and the counts. */
const refusedKey = (id: string) => `file-refused:${id}`;
const pagesKey = (id: string) => `not-searched:${id}`;

/** When what is kept of a scrubbed file goes by itself. */
export const hoursLater = (ports: Pick<Ports, 'settings'>, from: string) =>
  new Date(Date.parse(from) + ports.settings.vaultHours * 3_600_000).toISOString();

export async function keepRefused(ports: Ports, id: string, why: Why): Promise<void> {
  const given = why.reason === 'too-large' ? tooLarge(ports) : why;
  await ports.kept.put(refusedKey(id), JSON.stringify(given), hoursLater(ports, ports.clock.now()));
}

export async function keepNotSearched(ports: Ports, id: string, notSearched: NotSearched): Promise<void> {
  await ports.kept.put(pagesKey(id), JSON.stringify(notSearched), hoursLater(ports, ports.clock.now()));
}

/** The scrub that was told of is dropped. */
export async function forgetReport(ports: Ports, id: string): Promise<void> {
  await ports.kept.delete(pagesKey(id));
}

export const tooLarge = (ports: Ports): Why => ({
  reason: 'too-large',
  params: { megabytes: Math.floor(ports.settings.fileBytes / (1024 * 1024)) },
});

/** Why the file of a refused document was refused, in words with the way out. */
export async function refusedOf(
  ports: Ports,
  id: string,
  language: string,
): Promise<NonNullable<UploadState['refused']>> {
  const kept = await ports.kept.get(refusedKey(id));
  const trail = kept === undefined ? await ports.store.trail('document', id) : [];
  const logged = trail.findLast(({ event }) => event.type === 'document-refused')?.event['reason'];
  const why: Why =
    kept === undefined ? { reason: typeof logged === 'string' ? logged : 'left' } : whyShape.parse(JSON.parse(kept));
  return { reason: why.reason, words: refusedWords(language, why) };
}

/** A refusal of a file in words, with the way out. */
export function refusedWords(language: string, { reason, params }: Why): string {
  const say = wordsOf(language);
  const key = `documents:refused.${reason}`;
  const kind = params?.['kind'];
  const kindKey = `documents:kinds.${typeof kind === 'string' ? kind : 'unknown'}`;
  const words = say(hasWords(kindKey) ? kindKey : 'documents:kinds.unknown');
  return say(hasWords(key) ? key : 'documents:refused.other', { ...params, kind: words, code: reason });
}

/** What the page is told of a scrubbed file. */
export async function documentOf(
  ports: Ports,
  id: string,
  state: Document,
  reviewable: boolean,
): Promise<NonNullable<UploadState['document']>> {
  const [trail, kept] = await Promise.all([ports.store.trail('document', id), ports.kept.get(pagesKey(id))]);
  const scrubbed = trail.findLast(({ event }) => event.type === 'document-scrubbed');
  const { stage, format, pages, removed, redacted, kept: stayed } = state;
  return {
    id,
    stage,
    format,
    pages,
    removed,
    redacted,
    kept: stayed,
    notSearched:
      kept === undefined ? state.notSearched.map((what) => ({ what, pages: [] })) : pagesShape.parse(JSON.parse(kept)),
    reviewable,
    bytesUntil: hoursLater(ports, scrubbed?.event.at ?? state.since),
  };
}
