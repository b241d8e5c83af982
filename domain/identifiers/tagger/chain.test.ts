import { describe, expect, it } from 'vitest';
import { seeded } from '../../seeded.ts';
import { posteriors } from './chain.ts';
import { labelCount } from './labels.ts';

/** Probabilities by counting every way to label two tokens. */
function counted(scores: Float64Array, transitions: Float64Array): { labels: number[]; pairs: number[] } {
  const labels = Array.from({ length: 2 * labelCount }, () => 0);
  const pairs = Array.from({ length: labelCount * labelCount }, () => 0);
  let total = 0;
  for (let a = 0; a < labelCount; a++) {
    for (let b = 0; b < labelCount; b++) {
      const mass = Math.exp((scores[a] ?? 0) + (scores[labelCount + b] ?? 0)) * (transitions[a * labelCount + b] ?? 0);
      total += mass;
      labels[a] = (labels[a] ?? 0) + mass;
      labels[labelCount + b] = (labels[labelCount + b] ?? 0) + mass;
      pairs[a * labelCount + b] = mass;
    }
  }
  return { labels: labels.map((mass) => mass / total), pairs: pairs.map((mass) => mass / total) };
}

describe('the posteriors of a chain', () => {
  it('are those of counting every way to label it', () => {
    const random = seeded(3);
    const scores = Float64Array.from({ length: 2 * labelCount }, () => random() * 6 - 3);
    const transitions = Float64Array.from({ length: labelCount * labelCount }, () => Math.exp(random() * 4 - 2));
    const expected = counted(scores, transitions);
    const { labels, pairs } = posteriors(scores, transitions, { pairs: true });
    for (const [at, mass] of expected.labels.entries()) expect(labels[at]).toBeCloseTo(mass, 7);
    for (const [at, mass] of expected.pairs.entries()) expect(pairs[at]).toBeCloseTo(mass, 7);
  });

  it('sum to one at each token of a long chain, however great the scores', () => {
    const random = seeded(5);
    const scores = Float64Array.from({ length: 300 * labelCount }, () => random() * 2000 - 1000);
    const { labels } = posteriors(scores, new Float64Array(labelCount * labelCount).fill(1));
    for (let row = 0; row < labels.length; row += labelCount) {
      expect(labels.subarray(row, row + labelCount).reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 9);
    }
  });

  it('of nothing are nothing', () => {
    expect(posteriors(new Float64Array(0), new Float64Array(labelCount * labelCount)).labels).toHaveLength(0);
  });
});
