import type { ByteSource, Sink } from '../../../domain/bytes.ts';
import type { Scrubber, ScrubRefusal } from '../../../domain/ports.ts';
import { Refusal } from '../refusal.ts';
import { redactionsFor } from '../report.ts';
import { analyseBundle, type BundleBench, redactBundle } from './bundle.ts';
import { isBundle } from './directory.ts';

/** Gives the part of a scrubber that bundles go through, and the whole way of one that is in memory. Refuses with 'too-large' what is larger than `most`. */
export function bundleScrubber(
  bench: BundleBench,
  most: number,
): Pick<Scrubber, 'isBundle' | 'analyseBundle' | 'redactBundle' | 'scrub'> {
  const bundles: Pick<Scrubber, 'isBundle' | 'analyseBundle' | 'redactBundle'> = {
    isBundle,
    analyseBundle: (source, to, options = {}) =>
      source.length > most
        ? Promise.resolve({ outcome: 'refused', reason: 'too-large', params: { bytes: source.length, limit: most } })
        : refused(() => analyseBundle(bench, source, to, options)),
    redactBundle: (analysis, prepared, redactions, to, options = {}) =>
      refused(() => redactBundle(bench, analysis, prepared, redactions, to, options)),
  };
  return {
    ...bundles,
    scrub: async (file, { redact = 'all', flatten = false, ...options } = {}) => {
      const prepared = collected();
      const analysis = await bundles.analyseBundle(sourceOf(file), prepared.to, options);
      if (analysis.outcome === 'refused') return analysis;
      const output = collected();
      const redactions = redactionsFor(analysis.findings, redact);
      const { progress } = options;
      const done = await bundles.redactBundle(analysis, sourceOf(prepared.bytes()), redactions, output.to, {
        flatten,
        ...(progress ? { progress } : {}),
      });
      return done.outcome === 'refused'
        ? done
        : { outcome: 'scrubbed', file: output.bytes(), report: { ...done.report, bytesOut: output.bytes().length } };
    },
  };
}

async function refused<T>(work: () => Promise<T>): Promise<T | ScrubRefusal> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { outcome: 'refused', reason: error.code, ...(error.params ? { params: error.params } : {}) };
  }
}

/** Bytes that are in memory. */
export const sourceOf = (bytes: Uint8Array): ByteSource => ({
  length: bytes.length,
  read: async (from, to) => bytes.subarray(from, to),
});

/** A sink that holds what it is given. */
function collected(): { readonly to: Sink; readonly bytes: () => Uint8Array } {
  const parts: Uint8Array[] = [];
  let whole: Uint8Array | undefined;
  return {
    to: async (bytes) => void parts.push(bytes.slice()),
    bytes: () => {
      whole ??= Buffer.concat(parts.splice(0));
      return whole;
    },
  };
}
