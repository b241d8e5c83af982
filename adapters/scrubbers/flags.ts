import type { Snapshot } from './built.ts';

const MB = 1024 * 1024;
/** Of a child's memory, so much may be JavaScript's own: it collects early then, and leaves the rest to WebAssembly, buffers and libraries. */
const HEAP_SHARE = 0.5;
const YOUNG_MB = 8;
/** What is there before the first file (lists of names, a model, code, that of PDFium as well) counts too: it is a half of this, and next to nothing where slices are all that comes. */
const OLD_MB = 136;
const OLD_MB_OF_SLICES = 32;

/** How JavaScript is run in a child that may hold so much memory, and is for that kind of file if for any; what a snapshot for it is made with, too. */
export function engineFlags(memoryBytes: number, kind?: Snapshot): readonly string[] {
  return [
    `--max-old-space-size=${Math.max(128, Math.floor((memoryBytes / MB) * HEAP_SHARE))}`,
    `--max-semi-space-size=${YOUNG_MB}`,
    // Files come and go outside of JavaScript's heap; without this every 64 MB of them cost a collection of the whole heap, which the lists of names make a long one.
    '--external-memory-accounted-in-global-limit',
    // Nor is a whole collection worth its time before there is so much to collect.
    `--initial-old-space-size=${kind === 'dicom' ? OLD_MB_OF_SLICES : OLD_MB}`,
    // There are as many children as processors: threads of theirs that collect beside them, or that optimise what few files need, take from the other's time.
    '--single-threaded-gc',
    '--invocation-count-for-turbofan=30000',
    // Nearly every pattern that is used at all is used more than once: to compile it for an interpreter first is lost.
    '--no-regexp-tier-up',
  ];
}
