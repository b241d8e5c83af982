import { z } from 'zod';
import type { BundledFile, Document } from '../../domain/documents.ts';
import type { BundleEntry, NotSearched } from '../../domain/ports.ts';
import type { Runs } from '../../domain/stacks.ts';
import type { Ports } from '../context.ts';
import type { FileOutcome, FileOutcomes, UploadState } from '../pages/pages.ts';
import { languageOf } from '../words.ts';
import { refusedWords, type Why } from './refused-words.ts';

const whyShape = z.object({
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
const pagesShape = z.array(z.object({ what: z.string(), pages: z.array(z.number()) }));

/** What is needed for the looking only is kept no longer than the bytes are: the log has the codes and the counts. */
const refusedKey = (id: string) => `file-refused:${id}`;
const bundleKey = (id: string) => `bundle:${id}`;
const stacksKey = (id: string) => `stacks:${id}`;
const pagesKey = (id: string) => `not-searched:${id}`;

/** When what is kept of a scrubbed file goes by itself. */
export const hoursLater = (ports: Pick<Ports, 'settings'>, from: string) =>
  new Date(Date.parse(from) + ports.settings.vaultHours * 3_600_000).toISOString();

/** Keeps why a file was refused, as long as a scrubbed one would be: sizes are filled in where it was too large. */
export async function keepRefused(ports: Ports, id: string, why: Why): Promise<void> {
  const given = why.reason === 'too-large' && why.params?.['megabytes'] === undefined ? tooLarge(ports) : why;
  await ports.kept.put(refusedKey(id), JSON.stringify(given), hoursLater(ports, ports.clock.now()));
}

/** Keeps which pages of a scrubbed file could not be searched, and why, as long as the file. */
export async function keepNotSearched(ports: Ports, id: string, notSearched: NotSearched): Promise<void> {
  await ports.kept.put(pagesKey(id), JSON.stringify(notSearched), hoursLater(ports, ports.clock.now()));
}

/** The files of a scrubbed bundle, and where those that are in it lie. */
export interface ScrubbedBundle {
  readonly files: readonly BundledFile[];
  readonly entries: readonly BundleEntry[];
}

/** Keeps what is in a scrubbed bundle, as long as the bundle. */
export async function keepBundle(ports: Ports, id: string, bundle: ScrubbedBundle): Promise<void> {
  await ports.kept.put(bundleKey(id), JSON.stringify(bundle), hoursLater(ports, ports.clock.now()));
}

/** Undefined where it is none, or its time is up. */
export async function scrubbedBundle(ports: Ports, id: string): Promise<ScrubbedBundle | undefined> {
  const kept = await ports.kept.get(bundleKey(id));
  // It was written here, and is sealed.
  return kept === undefined ? undefined : (JSON.parse(kept) as ScrubbedBundle);
}

/** Which pages of a scrubbed file are frames, by their series, and which of them deserve a longer look. */
export interface Stacks {
  readonly stacks: readonly Runs[];
  readonly marked: Runs;
}

/** Keeps which pages are frames, as long as the file. */
export async function keepStacks(ports: Ports, id: string, stacks: Stacks): Promise<void> {
  await ports.kept.put(stacksKey(id), JSON.stringify(stacks), hoursLater(ports, ports.clock.now()));
}

/** None where it has no frames, or its time is up. */
export async function keptStacks(ports: Ports, id: string): Promise<Stacks> {
  const kept = await ports.kept.get(stacksKey(id));
  // It was written here, and is sealed.
  return kept === undefined ? { stacks: [], marked: [] } : (JSON.parse(kept) as Stacks);
}

/** The scrub that was told of is dropped. */
export async function forgetReport(ports: Ports, id: string): Promise<void> {
  await Promise.all([pagesKey, bundleKey, stacksKey].map((key) => ports.kept.delete(key(id))));
}

/** Why a file of more than `most` bytes is refused, with the bounds in megabytes for its sentence. */
export const tooLarge = (ports: Ports, most = ports.settings.fileBytes): Why => ({
  reason: 'too-large',
  params: {
    megabytes: Math.floor(most / 1_000_000),
    dicomMegabytes: Math.floor(ports.settings.dicomBytes / 1_000_000),
  },
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

/** What the page is told of a scrubbed file. */
export async function documentOf(
  ports: Ports,
  id: string,
  state: Document,
  reviewable: boolean,
): Promise<NonNullable<UploadState['document']>> {
  const [trail, kept, { stacks, marked }] = await Promise.all([
    ports.store.trail('document', id),
    ports.kept.get(pagesKey(id)),
    keptStacks(ports, id),
  ]);
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
    ...(stacks.length > 0 ? { stacks, marked } : {}),
    reviewable,
    bytesUntil: hoursLater(ports, scrubbed?.event.at ?? state.since),
  };
}

/** A part of what is told of a bundle's files, in the person's language. */
export async function fileOutcomes(
  ports: Ports,
  files: readonly BundledFile[],
  { from, most, refusedAlone }: { readonly from: number; readonly most: number; readonly refusedAlone: boolean },
  person: string,
): Promise<FileOutcomes> {
  const language = languageOf((await ports.store.person(person))?.language) ?? 'en';
  const refused = files.filter(({ outcome }) => outcome === 'refused');
  const told = (file: BundledFile): FileOutcome => {
    if (file.outcome === 'scrubbed') return { number: file.number, name: file.name };
    const why = file.reason === 'too-large' ? tooLarge(ports) : file;
    return { number: file.number, refused: refusedWords(language, why) };
  };
  return {
    total: files.length,
    refused: refused.length,
    files: (refusedAlone ? refused : files).slice(from, from + most).map(told),
  };
}
