import type { PageSize } from './ports.ts';

/** Pages (1-based) that are frames of one series, in their order: they are looked at in one place, one after the other. */
export type Stack = readonly number[];

/** Pages as their runs, first and last each: a series is one run, or a few. */
export type Runs = readonly (readonly [first: number, last: number])[];

/** The series that the frames among these pages make, in the order of their first pages. */
export function stacksOf(pages: readonly Pick<PageSize, 'frame'>[]): readonly Stack[] {
  const series = new Map<string, { readonly page: number; readonly at: number }[]>();
  for (const [index, { frame }] of pages.entries()) {
    if (!frame) continue;
    const held = series.get(frame.series);
    const one = { page: index + 1, at: frame.at };
    if (held) held.push(one);
    else series.set(frame.series, [one]);
  }
  return [...series.values()].map((frames) =>
    frames.sort((one, other) => one.at - other.at || one.page - other.page).map(({ page }) => page),
  );
}

/** Gives pages in their order as runs that count upwards. */
export function runsOf(pages: readonly number[]): Runs {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs;
}

/** The pages of runs. */
export function pagesOf(runs: Runs): number[] {
  return runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
}
