import type { ByteSource, Sink } from '../../domain/bytes.ts';
import { isOffice } from '../../domain/documents.ts';
import type { Analysis, Scrubber, ScrubOptions, ScrubOutcome, ScrubRefusal } from '../../domain/ports.ts';
import { bounded, type ScrubberOptions } from './bounds.ts';
import type { BundleBench } from './bundle/bundle.ts';
import { bundleScrubber, sourceOf } from './bundle/bundles.ts';
import { asPdf, hasLibreOffice } from './office/as-pdf.ts';
import { createPool, type RunOptions } from './pool.ts';
import type { Answer, Job, Told } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { reportOf } from './report.ts';
import { sniff } from './sniff.ts';

const MOST_FILES = 5000;
const RATIO = 300;

/**
 * Gives a scrubber for PDF (PDF 32000-1), pictures, text and Office documents that opens files in child processes only. Refuses with 'unknown-kind' (params.kind: what it appears to be),
 * 'too-large', 'too-many-pages', 'password', 'corrupt', 'time', 'memory', 'crashed', 'not-verified', or what a format says; nothing is written to disk.
 */
export function createScrubber(options: ScrubberOptions = {}): Scrubber {
  const bounds = bounded(options);
  const { maxBytes, maxDicomBytes, maxBundleBytes, maxPages, timeMs, readMs, bundleReadMs } = bounds;
  const pool = createPool(bounds);
  const bench: BundleBench = {
    run: async <Name extends Job['job']>(
      job: Extract<Job, { readonly job: Name }>,
      signal: AbortSignal | undefined,
    ) => {
      const answer = await pool.run(job, { signal });
      if (answer.answer === job.job) return answer as Extract<Answer, { readonly answer: Name }>;
      throw new Refusal(answer.answer === 'lost' ? answer.why : answer.answer === 'failed' ? answer.code : 'crashed');
    },
    bounds: { entries: MOST_FILES, bytes: 2 * maxBundleBytes, ratio: RATIO },
    maxBytes,
    maxDicomBytes,
    maxPages,
    readMs,
    allReadMs: bundleReadMs,
    // One more than there are processes waits for its turn.
    atOnce: bounds.workers + 1,
  };
  const bundles = bundleScrubber(bench, maxBundleBytes);
  const heard = ({ progress, signal }: Pick<ScrubOptions, 'progress' | 'signal'>): RunOptions => ({
    signal,
    told:
      progress &&
      ((message: Told) => {
        if (message.answer !== 'progress') return;
        const { phase, done, of, what } = message.progress;
        progress(phase, done, of, what);
      }),
  });
  const tooLarge = ({ length }: { readonly length: number }, head: Uint8Array): ScrubRefusal | undefined => {
    const limit = length > maxBytes && sniff(head) === 'dicom' ? maxDicomBytes : maxBytes;
    return length > limit ? { outcome: 'refused', reason: 'too-large', params: { bytes: length, limit } } : undefined;
  };
  const reading = (file: Uint8Array, { known, dicom, languages }: ScrubOptions) => ({
    file,
    maxPages,
    readMs,
    ...(known ? { known } : {}),
    ...(dicom ? { dicom } : {}),
    ...(languages ? { languages } : {}),
  });
  const crashed = (why = 'crashed'): ScrubRefusal => ({ outcome: 'refused', reason: why });

  /** A document that was scrubbed as pictures of its pages: drawn as a PDF, which goes the way of any other. What is told of it is what was done to the document. */
  const flattened = async (scrubbed: ScrubOutcome, signal: AbortSignal | undefined): Promise<ScrubOutcome> => {
    if (scrubbed.outcome === 'refused') return scrubbed;
    const { file, report } = scrubbed;
    if (!isOffice(report.format)) return scrubbed;
    let drawn: Uint8Array;
    try {
      drawn = await asPdf(file, report.format, timeMs, signal);
    } catch (error) {
      if (error instanceof Refusal) return crashed(error.code);
      throw error;
    }
    const drawing = { job: 'scrub', file: drawn, maxPages, readMs: 0, redact: 'none', flatten: true } as const;
    const answer = await pool.run(drawing, { signal });
    if (answer.answer !== 'scrub') return crashed(answer.answer === 'lost' ? answer.why : undefined);
    if (answer.outcome.outcome === 'refused') return answer.outcome;
    const { format, pages, bytesOut, verified } = answer.outcome.report;
    // The document's pages of text are not those of the PDF.
    const notSearched = report.notSearched.map(({ what }) => ({ what, pages: [] }));
    return {
      outcome: 'scrubbed',
      file: answer.outcome.file,
      report: {
        ...report,
        format,
        pages,
        bytesOut,
        notSearched,
        verified: [...new Set([...report.verified, ...verified])],
      },
    };
  };

  const analysed = async (
    file: Uint8Array,
    asked: ScrubOptions,
    where: Pick<RunOptions, 'from' | 'to'>,
  ): Promise<Analysis | ScrubRefusal> => {
    const answer = await pool.run({ job: 'analyse', ...reading(file, asked) }, { ...heard(asked), ...where });
    if (answer.answer === 'analyse') return answer.outcome;
    return crashed(answer.answer === 'lost' ? answer.why : undefined);
  };

  const scrubber: Scrubber = {
    analyse: async (file, asked = {}) => tooLarge(file, file) ?? analysed(file, asked, {}),
    analyseFrom: async (from, to, asked = {}) => {
      const refusal = tooLarge(from, await from.read(0, Math.min(from.length, HEAD)));
      if (refusal) return refusal;
      const analysis = await analysed(NONE, asked, { from, to });
      if (analysis.outcome === 'refused') return analysis;
      const { prepared: _, ...rest } = analysis;
      return rest;
    },
    redact: async (analysis, redactions, asked = {}) => {
      const { format, prepared } = analysis;
      const drawn = asked.flatten === true && isOffice(format);
      const answer = await pool.run(
        { job: 'redact', format, prepared, redactions, flatten: asked.flatten === true && !drawn, maxPages },
        heard(asked),
      );
      if (answer.answer !== 'redact') return crashed(answer.answer === 'lost' ? answer.why : undefined);
      const { outcome } = answer;
      if ('outcome' in outcome) return outcome;
      const scrubbed: ScrubOutcome = {
        outcome: 'scrubbed',
        file: outcome.file,
        report: reportOf(analysis, redactions, { ...outcome, bytes: outcome.file.length }),
      };
      return drawn ? flattened(scrubbed, asked.signal) : scrubbed;
    },
    redactFrom: async (analysis, from, redactions, to, asked = {}) => {
      const { format } = analysis;
      if (asked.flatten && isOffice(format)) {
        // Another program draws it, from a file that is whole.
        const prepared = await from.read(0, from.length);
        const scrubbed = await scrubber.redact({ ...analysis, prepared }, redactions, asked);
        if (scrubbed.outcome === 'refused') return scrubbed;
        await to(scrubbed.file);
        return { outcome: 'redacted', report: scrubbed.report };
      }
      let bytes = 0;
      const counted: Sink = async (part) => {
        bytes += part.length;
        await to(part);
      };
      const answer = await pool.run(
        { job: 'redact', format, prepared: NONE, redactions, flatten: asked.flatten === true, maxPages },
        { ...heard(asked), from, to: counted },
      );
      if (answer.answer !== 'redact') return crashed(answer.answer === 'lost' ? answer.why : undefined);
      const { outcome } = answer;
      if ('outcome' in outcome) return outcome;
      return { outcome: 'redacted', report: reportOf(analysis, redactions, { ...outcome, bytes }) };
    },
    isBundle: bundles.isBundle,
    analyseBundle: bundles.analyseBundle,
    redactBundle: bundles.redactBundle,
    scrub: async (file, asked = {}) => {
      if (await bundles.isBundle(sourceOf(file))) return bundles.scrub(file, asked);
      const refusal = tooLarge(file, file);
      if (refusal) return refusal;
      const { redact = 'all', flatten = false } = asked;
      const answer = await pool.run({ job: 'scrub', ...reading(file, asked), redact, flatten }, heard(asked));
      if (answer.answer === 'scrub') return flatten ? flattened(answer.outcome, asked.signal) : answer.outcome;
      return crashed(answer.answer === 'lost' ? answer.why : undefined);
    },
    flattens: (format) => format === 'pdf' || format === 'zip' || (isOffice(format) && hasLibreOffice()),
    picture: async (file, page, width, annotated = false) => {
      const answer = await pool.run({ job: 'picture', ...bytesOf(file), page, width, annotated }, fromOf(file));
      if (answer.answer === 'picture') return answer.picture;
      throw lost('picture', answer);
    },
    frame: async (file, page, width) => {
      const answer = await pool.run({ job: 'frame', ...bytesOf(file), page, width }, fromOf(file));
      if (answer.answer === 'frame') return answer.frame;
      throw lost('frame', answer);
    },
    text: async (file, page) => {
      const answer = await pool.run({ job: 'text', ...bytesOf(file), page }, fromOf(file));
      if (answer.answer === 'text') return answer.text;
      throw lost('text', answer);
    },
    close: () => pool.close(),
  };
  return scrubber;
}

/** So many bytes tell what kind a file is that may be large. */
const HEAD = 4096;
const NONE = new Uint8Array();
const bytesOf = (file: Uint8Array | ByteSource) => ({ file: 'read' in file ? NONE : file });
const fromOf = (file: Uint8Array | ByteSource): RunOptions => ('read' in file ? { from: file } : {});

function lost(what: string, answer: { readonly answer: string; readonly why?: string; readonly code?: string }): Error {
  return new Error(`${what}: ${answer.why ?? answer.code ?? 'crashed'}`);
}
