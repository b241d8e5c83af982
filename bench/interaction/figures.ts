import type { Run } from './load.ts';

/** The value below which `share` (0 to 1) of the values lie, by the nearest rank. Throws for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (found === undefined) throw new Error('There is nothing to take a percentile of.');
  return found;
}

/** The middle one of the values. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Milliseconds of one sender for one request. */
export const perRequest = ({ times }: Run): number => times.reduce((sum, time) => sum + time, 0) / times.length;

/** Milliseconds of the server's processor time for one request: what does not depend on who else uses the machine. */
export const processorTime = ({ times, processor = 0 }: Run): number => processor / times.length;

/** Requests in a second. */
export const throughput = ({ times, elapsed }: Run): number => (times.length * 1000) / elapsed;

const ms = (value: number) => value.toFixed(2).padStart(8);

/** A line for the rounds of one server. */
export function line(name: string, runs: readonly Run[]): string {
  const all = runs.flatMap(({ times }) => times);
  return `  ${name.padEnd(12)} ${ms(median(runs.map(perRequest)))} ms a request   p50 ${ms(percentile(all, 0.5))}   p99 ${ms(percentile(all, 0.99))}   ${median(runs.map(throughput)).toFixed(0).padStart(5)} a second   processor ${ms(median(runs.map(processorTime)))} ms a request`;
}

/** The rounds of ours over those of the bare app, pair by pair: the median ratio, and the smallest and largest. */
export function ratios(ours: readonly Run[], bare: readonly Run[], of: (run: Run) => number): string {
  const all = ours.flatMap((run, index) => {
    const beside = bare[index];
    return beside ? [of(run) / of(beside)] : [];
  });
  return `${median(all).toFixed(2)} (${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)} over ${all.length} rounds)`;
}
