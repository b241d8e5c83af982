import { deserialize, serialize } from 'node:v8';
import { type ByteSource, type Sink, type Spool, SpoolFull } from '../../domain/bytes.ts';
import type { Refusal } from '../../domain/decider.ts';
import { refuse } from '../../domain/decider.ts';
import type { BundledFile } from '../../domain/documents.ts';
import type { AnalysisOfHeld, BundleAnalysis, BundleEntry } from '../../domain/ports.ts';
import type { Decided, ReviewState } from '../pages/pages.ts';

/**
 * What the spool holds of a document on which somebody works. `original`: the file as it came; `prepared`: without what is unseen; `analysis`: what it says and what was
 * found; `review`: the same as the page may see it; `bundle`: of a bundle, its files; `decided`: what was applied last.
 */
const parts = ['original', 'prepared', 'analysis', 'review', 'bundle', 'decided'] as const;
export type HeldPart = (typeof parts)[number];

/** The review without what changes from look to look. */
export type Review = Omit<ReviewState, 'decided' | 'until' | 'flattens'>;

/** The id in the spool of a part of a document. */
export const heldId = (part: HeldPart, document: string) => `${part}:${document}`;

/** Says that somebody still works on the document: its parts go together. */
export function touchHeld(spool: Spool, document: string): void {
  for (const part of parts) spool.touch(heldId(part, document));
}

/** Everything of the document goes from the spool. */
export async function dropHeld(spool: Spool, document: string): Promise<void> {
  await Promise.all(parts.map((part) => spool.delete(heldId(part, document))));
}

/** Whether the file and its findings are all there. */
export async function isHeld(spool: Spool, document: string): Promise<boolean> {
  const needed: readonly HeldPart[] = ['original', 'prepared', 'analysis', 'review'];
  const lengths = await Promise.all(needed.map((part) => spool.length(heldId(part, document))));
  return lengths.every((length) => length !== undefined);
}

/** Holds the analysis for the review, whose prepared bytes are held already. Throws SpoolFull. */
export async function holdAnalysis(spool: Spool, document: string, analysis: AnalysisOfHeld): Promise<void> {
  const { outcome: _, ...rest } = analysis;
  await spool.put(heldId('analysis', document), serialize(rest));
  await spool.put(heldId('review', document), serialize(reviewed(analysis)));
}

/** Where a part of a document is held, to be read from there; undefined where it is gone. */
export async function heldSource(spool: Spool, part: HeldPart, document: string): Promise<ByteSource | undefined> {
  const id = heldId(part, document);
  const length = await spool.length(id);
  if (length === undefined) return undefined;
  return {
    length,
    read: async (from, to) => {
      spool.touch(id);
      const bytes = await spool.read(id, from, to);
      if (!bytes) throw new HeldGone();
      return bytes;
    },
  };
}

/** Begins a part of a document, to be written bit by bit. The sink throws SpoolFull. */
export async function heldSink(spool: Spool, part: HeldPart, document: string): Promise<Sink> {
  const id = heldId(part, document);
  await spool.put(id, new Uint8Array());
  let end = 0;
  return async (bytes) => {
    const length = await spool.append(id, end, bytes);
    if (length === undefined) throw new HeldGone();
    end = length;
  };
}

/** What is held of a document went while it was worked on: its time was up, or it was thrown away. */
export class HeldGone extends Error {}

/** A bundle as the review needs it: its files, and where those that were taken lie in what is prepared. */
export interface HeldBundle {
  readonly files: readonly BundledFile[];
  readonly entries: readonly BundleEntry[];
}

/** Holds the analysis of a bundle, whose prepared bytes are held already. The bundle as it came is not looked at again: it goes. Throws SpoolFull. */
export async function holdBundle(spool: Spool, document: string, analysis: BundleAnalysis): Promise<void> {
  const { files, entries } = analysis;
  await spool.put(heldId('original', document), new Uint8Array());
  await spool.put(heldId('analysis', document), serialize(analysis));
  await spool.put(heldId('review', document), serialize(reviewed(analysis)));
  await spool.put(heldId('bundle', document), serialize({ files, entries } satisfies HeldBundle));
}

/** The files of a bundle under review, or undefined where they are gone or it is none. */
export async function bundleOf(spool: Spool, document: string): Promise<HeldBundle | undefined> {
  const held = await spool.get(heldId('bundle', document));
  return held && (deserialize(held) as HeldBundle);
}

/** What was found, as it was held; of a bundle, with its files. Undefined where it is gone. */
export async function analysisOf(
  spool: Spool,
  document: string,
): Promise<Omit<AnalysisOfHeld, 'outcome'> | BundleAnalysis | undefined> {
  const held = await spool.get(heldId('analysis', document));
  // What the spool gives back was written here: it is sealed, or never left this process's memory.
  return held && (deserialize(held) as Omit<AnalysisOfHeld, 'outcome'> | BundleAnalysis);
}

/** The findings as the page may see them, or undefined where they are gone. */
export async function reviewOf(spool: Spool, document: string): Promise<Review | undefined> {
  const held = await spool.get(heldId('review', document));
  return held && (deserialize(held) as Review);
}

/** Remembers what was decided, for a review that is opened again. Throws SpoolFull. */
export function holdDecided(spool: Spool, document: string, decided: Decided): Promise<void> {
  return spool.put(heldId('decided', document), serialize(decided));
}

/** What was decided when the findings were applied last. */
export async function decidedOf(spool: Spool, document: string): Promise<Decided | undefined> {
  const held = await spool.get(heldId('decided', document));
  return held && (deserialize(held) as Decided);
}

/** A finding's id: its number in the analysis, which stays as it is. */
export const findingId = (index: number) => `f${index + 1}`;

function reviewed({ format, pages, findings, removed, notSearched }: AnalysisOfHeld): Review {
  return {
    format,
    pages,
    removed,
    notSearched,
    findings: findings.map(({ page, boxes, start, end, source, kind, certainty }, index) => ({
      id: findingId(index),
      page,
      boxes,
      start,
      end,
      source,
      kind,
      certainty,
    })),
  };
}

/** Does what writes into the spool; gives a refusal where that is full. */
export async function whereThereIsSpace(work: () => Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof SpoolFull) return refuse('upload.busy-full');
    throw error;
  }
}
