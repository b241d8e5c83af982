import { describe, expect, it } from 'vitest';
import { type Lesson, learn } from './learn.ts';
import { type ModelFile, pack, scoresOf, unpack } from './model.ts';
import { tagWith } from './tagger.ts';

const people = ['Anna Berg', 'Jan Kolar', 'Maria Sorel', 'Peter Lund', 'Eva Novak', 'Otto Brandt'];
const lessons: Lesson[] = people.flatMap((name) =>
  ['Seen today: ', 'Reviewed by: '].map((opening) => {
    const text = `The wound is dry.\n${opening}${name}, on the ward.\nNo fever, pulse 72.`;
    const start = text.indexOf(name);
    return { text, marks: [{ start, end: start + name.length, kind: 'name' }] };
  }),
);

function modelFile(seed: number): ModelFile {
  const weights = learn(lessons, { seed, epochs: 6, minTexts: 3, dropout: 0.2, rate: 0.1 });
  return pack(weights, { about: 'a test', attribution: 'none' }, { clip: 2, most: 5000, leastWeight: 0.01 });
}

describe('learning', () => {
  it('gives the same model from the same lessons and seed, byte for byte, and another from another seed', () => {
    expect(JSON.stringify(modelFile(1))).toBe(JSON.stringify(modelFile(1)));
    expect(modelFile(2).weights).not.toBe(modelFile(1).weights);
  });

  it('finds a name it has never seen, by what stands around it, and leaves the rest', () => {
    const text = 'The wound is dry.\nSeen today: Ines Vidal, on the ward.\nNo fever, pulse 72.';
    const spans = tagWith(unpack(modelFile(1)), text, 0.5);
    expect(spans.map(({ start, end, kind }) => [text.slice(start, end), kind])).toEqual([['Ines Vidal', 'name']]);
  });

  it('keeps no feature that fewer texts show than it is told', () => {
    const lesson: Lesson = { text: 'Zyxwa', marks: [{ start: 0, end: 5, kind: 'name' }] };
    const options = { seed: 1, epochs: 1, minTexts: 2, dropout: 0, rate: 0.1 };
    expect(learn([lesson], options).features).toHaveLength(0);
    expect(learn([lesson, lesson], options).features.length).toBeGreaterThan(40);
  });

  it('goes as often through a lesson as it says, and counts it as one text', () => {
    const lesson: Lesson = { text: 'Zyxwa', marks: [{ start: 0, end: 5, kind: 'name' }], times: 3 };
    const options = { seed: 1, epochs: 1, minTexts: 1, dropout: 0, rate: 0.1 };
    const once = learn([{ ...lesson, times: 1 }], options);
    expect(learn([lesson], options).weights).not.toEqual(once.weights);
    expect(learn([lesson], { ...options, minTexts: 2 }).features).toHaveLength(0);
  });

  it('tells its loss after each pass, and it falls', () => {
    const losses: number[] = [];
    learn(lessons, {
      seed: 1,
      epochs: 4,
      minTexts: 1,
      dropout: 0,
      rate: 0.1,
      progress: (_, loss) => losses.push(loss),
    });
    expect(losses).toHaveLength(4);
    expect(losses[3]).toBeLessThan((losses[0] ?? 0) / 2);
  });
});

describe('a model file', () => {
  it('that is cut short is refused', () => {
    const file = modelFile(1);
    const bytes = atob(file.weights);
    expect(() => unpack({ ...file, weights: btoa(bytes.slice(0, -1)) })).toThrow(/cut short/);
  });

  it('gives every weight back, rounded to a step', () => {
    const features = Int32Array.of(3, 200, 70_000);
    const weights = new Float32Array(3 * 19);
    weights.set([0.5, 0, -2.5], 0);
    weights.set([0.001], 19);
    weights.set([1], 2 * 19 + 18);
    const model = unpack(
      pack(
        { features, weights, transitions: new Float64Array(19 * 19) },
        { about: '', attribution: '' },
        { clip: 2, most: 2, leastWeight: 0.05 },
      ),
    );
    const row = (feature: number) =>
      Array.from(scoresOf(model, Int32Array.of(feature), 1), (score, label) => [
        label,
        Math.round(score * 10) / 10,
      ]).filter(([, score]) => score !== 0);
    expect(row(3)).toEqual([
      [0, 0.5],
      [2, -2],
    ]);
    expect(row(200)).toEqual([]);
    expect(row(70_000)).toEqual([[18, 1]]);
  });
});
