/** Bounds; what is left out takes its default. */
export interface ScrubberOptions {
  /** 50 MB. */
  readonly maxBytes?: number;
  /** 100 MB, for a DICOM file: its pixels are not held more than once or twice. */
  readonly maxDicomBytes?: number;
  /** 2 GB: of a bundle as it comes; unpacked it may be twice as large. */
  readonly maxBundleBytes?: number;
  /** 500. */
  readonly maxPages?: number;
  /** 60 seconds for one file. */
  readonly timeMs?: number;
  /** Of these, so many for reading pictures; half. What is not read by then is told. */
  readonly readMs?: number;
  /** And so many for reading those of all files of a bundle; 20 minutes. */
  readonly bundleReadMs?: number;
  /** 600 MB for one child process, as the operating system counts it. */
  readonly memoryBytes?: number;
  /** 2 child processes at a time; further files wait. */
  readonly workers?: number;
  /** A child is replaced after 2,000 files, or when it holds much memory: one that is warm works many times as fast as a new one. */
  readonly jobsPerChild?: number;
}

const MB = 1024 * 1024;

/** The bounds with what is left out at its default. */
export function bounded(options: ScrubberOptions): Required<ScrubberOptions> {
  const { timeMs = 60_000 } = options;
  return {
    maxBytes: 50 * MB,
    maxDicomBytes: Math.max(100 * MB, options.maxBytes ?? 0),
    maxBundleBytes: 2048 * MB,
    maxPages: 500,
    readMs: timeMs / 2,
    bundleReadMs: 20 * 60_000,
    memoryBytes: 600 * MB,
    workers: 2,
    jobsPerChild: 2000,
    ...options,
    timeMs,
  };
}
