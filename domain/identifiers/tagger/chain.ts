import { labelCount } from './labels.ts';

/** What a linear chain makes of a line: the probability of each label at each token, and of each pair of labels at neighbours summed over the line. */
export interface Posteriors {
  /** Row by row: `labels[token * labelCount + label]`. */
  readonly labels: Float64Array;
  /** `pairs[from * labelCount + to]`. */
  readonly pairs: Float64Array;
}

export interface PosteriorOptions {
  /** Says whether pairs are counted, too. */
  readonly pairs?: boolean;
  /** A label less likely than this at a token is not followed further. */
  readonly negligible?: number;
}

/**
 * The forward–backward algorithm of a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001). Takes the scores of the labels row by row, and
 * `exp(score)` of each transition.
 */
export function posteriors(
  scores: Float64Array,
  transitions: Float64Array,
  { pairs = false, negligible = 1e-9 }: PosteriorOptions = {},
): Posteriors {
  const count = scores.length / labelCount;
  const emissions = exponentials(scores, count);
  const masses = new Float64Array(labelCount);
  const forward = emissions.slice();
  normalise(forward, 0);
  for (let row = labelCount; row < forward.length; row += labelCount) {
    masses.fill(0);
    for (let from = 0; from < labelCount; from++) {
      const left = forward[row - labelCount + from] ?? 0;
      if (left < negligible) continue;
      for (let to = 0; to < labelCount; to++) {
        masses[to] = (masses[to] ?? 0) + left * (transitions[from * labelCount + to] ?? 0);
      }
    }
    for (let to = 0; to < labelCount; to++) forward[row + to] = (forward[row + to] ?? 0) * (masses[to] ?? 0);
    normalise(forward, row);
  }
  const backward = new Float64Array(scores.length).fill(1 / labelCount);
  const pairSums = new Float64Array(labelCount * labelCount);
  for (let row = scores.length - 2 * labelCount; row >= 0; row -= labelCount) {
    masses.fill(0);
    for (let to = 0; to < labelCount; to++) {
      const right = (emissions[row + labelCount + to] ?? 0) * (backward[row + labelCount + to] ?? 0);
      if (right < negligible) continue;
      for (let from = 0; from < labelCount; from++) {
        masses[from] = (masses[from] ?? 0) + right * (transitions[from * labelCount + to] ?? 0);
      }
    }
    backward.set(masses, row);
    normalise(backward, row);
    if (pairs) addPairs(pairSums, { row, negligible }, forward, backward, emissions, transitions);
  }
  const labels = forward;
  for (let at = 0; at < labels.length; at++) labels[at] = (forward[at] ?? 0) * (backward[at] ?? 0);
  for (let row = 0; row < labels.length; row += labelCount) normalise(labels, row);
  return { labels, pairs: pairSums };
}

function addPairs(
  sums: Float64Array,
  { row, negligible }: { readonly row: number; readonly negligible: number },
  forward: Float64Array,
  backward: Float64Array,
  emissions: Float64Array,
  transitions: Float64Array,
): void {
  const after = row + labelCount;
  const pairs = new Float64Array(labelCount * labelCount);
  let total = 0;
  for (let from = 0; from < labelCount; from++) {
    const left = forward[row + from] ?? 0;
    if (left < negligible) continue;
    for (let to = 0; to < labelCount; to++) {
      const at = from * labelCount + to;
      const mass = left * (transitions[at] ?? 0) * (emissions[after + to] ?? 0) * (backward[after + to] ?? 0);
      pairs[at] = mass;
      total += mass;
    }
  }
  if (total <= 0) return;
  for (let at = 0; at < pairs.length; at++) sums[at] = (sums[at] ?? 0) + (pairs[at] ?? 0) / total;
}

/** `exp` of each score less the best of its row, so that nothing overflows. */
function exponentials(scores: Float64Array, count: number): Float64Array {
  const result = new Float64Array(scores.length);
  for (let token = 0; token < count; token++) {
    const row = token * labelCount;
    let best = Number.NEGATIVE_INFINITY;
    for (let label = 0; label < labelCount; label++) best = Math.max(best, scores[row + label] ?? 0);
    for (let label = 0; label < labelCount; label++) result[row + label] = Math.exp((scores[row + label] ?? 0) - best);
  }
  return result;
}

function normalise(values: Float64Array, row: number): void {
  let total = 0;
  for (let label = 0; label < labelCount; label++) total += values[row + label] ?? 0;
  if (total <= 0) return;
  for (let label = 0; label < labelCount; label++) values[row + label] = (values[row + label] ?? 0) / total;
}
