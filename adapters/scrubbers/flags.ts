const MB = 1024 * 1024;
/** Of a child's memory, so much may be JavaScript's own: it collects early then, and leaves the rest to WebAssembly, buffers and libraries. */
const HEAP_SHARE = 0.5;
const YOUNG_MB = 8;
const OLD_MB = 32;

/** How JavaScript is run in a child that may hold so much memory; what a snapshot for it is made with, too. */
export function engineFlags(memoryBytes: number): readonly string[] {
  return [
    `--max-old-space-size=${Math.max(128, Math.floor((memoryBytes / MB) * HEAP_SHARE))}`,
    `--max-semi-space-size=${YOUNG_MB}`,
    // Files come and go outside of JavaScript's heap; without this every 64 MB of them cost a collection of the whole heap, which the lists of names make a long one.
    '--external-memory-accounted-in-global-limit',
    // Nor is a whole collection worth its time before there is so much to collect.
    `--initial-old-space-size=${OLD_MB}`,
    // There are as many children as processors: threads of theirs that collect beside them, or that optimise what few files need, take from the other's time.
    '--single-threaded-gc',
    '--invocation-count-for-turbofan=30000',
  ];
}
