import { seeded } from '../../seeded.ts';
import { posteriors } from './chain.ts';
import { type Clues, featureBits, linesOf, templatesOf } from './features.ts';
import { beginning, labelCount, type TaggedKind } from './labels.ts';
import type { Weights } from './model.ts';
import { type Token, tokenise } from './tokens.ts';

/** A text to learn from, with its identifiers in UTF-16 units; none overlaps another. */
export interface Lesson {
  readonly text: string;
  readonly marks: readonly { readonly start: number; readonly end: number; readonly kind: TaggedKind }[];
  /** How often a pass goes through it, 1 where it is absent. */
  readonly times?: number;
  /** What the lists know of its words; all lessons have it, or none. */
  readonly clues?: Clues;
}

export interface LearnOptions {
  readonly seed: number;
  /** How often each line is seen. */
  readonly epochs: number;
  /** A feature that fewer texts show is not learned: no name of one text can stay in the model. */
  readonly minTexts: number;
  /** Share of features that are hidden from each look at a line, so that no single one is leant on. */
  readonly dropout: number;
  /** The first step of AdaGrad. */
  readonly rate: number;
  /** Told after each epoch of the loss per token. */
  readonly progress?: (epoch: number, loss: number) => void;
}

interface LabelledLine {
  /** The features of each token, as rows of the weights; -1 where a feature is not learned. */
  readonly rows: readonly Int32Array[];
  readonly labels: Uint8Array;
  readonly times: number;
}

/**
 * Learns the weights of a linear-chain conditional random field by stochastic gradient ascent with AdaGrad (Duchi, Hazan and Singer 2011). The same lessons and
 * options give the same weights, to the bit.
 */
export function learn(lessons: readonly Lesson[], options: LearnOptions): Weights {
  const { lines, features } = label(lessons, options.minTexts);
  const weights = new Float32Array(features.length * labelCount);
  const squares = new Float32Array(features.length * labelCount);
  const transitions = new Float64Array(labelCount * labelCount);
  const transitionSquares = new Float64Array(labelCount * labelCount);
  const random = seeded(options.seed);
  const order = lines.flatMap(({ times }, index) => Array.from({ length: times }, () => index));
  const rested = new Uint8Array(lines.length);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    let loss = 0;
    let tokens = 0;
    for (const index of order) {
      const line = lines[index];
      const rest = rested[index] ?? 0;
      if (!line) continue;
      if (rest > 0) {
        rested[index] = rest - 1;
        continue;
      }
      const lost = step(
        drop(line, options.dropout, random),
        { weights, squares, transitions, transitionSquares },
        options,
      );
      if (lost < 0.02) rested[index] = 2;
      loss += lost;
      tokens += line.labels.length;
    }
    options.progress?.(epoch + 1, loss / Math.max(1, tokens));
  }
  return { features, weights, transitions };
}

interface State {
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  readonly transitions: Float64Array;
  readonly transitionSquares: Float64Array;
}

/** One step up the likelihood of a line; gives its loss. */
function step(line: LabelledLine, state: State, { rate }: LearnOptions): number {
  const { rows, labels } = line;
  const scores = scoresOf(rows, state.weights);
  const expected = posteriors(scores, state.transitions.map(Math.exp), { pairs: true });
  let loss = 0;
  for (let token = 0; token < labels.length; token++) {
    const truth = labels[token] ?? 0;
    const at = token * labelCount;
    loss -= Math.log(Math.max(1e-12, expected.labels[at + truth] ?? 0));
    for (let candidate = 0; candidate < labelCount; candidate++) {
      const gradient = (candidate === truth ? 1 : 0) - (expected.labels[at + candidate] ?? 0);
      if (Math.abs(gradient) < 1e-3) continue;
      for (const row of rows[token] ?? []) {
        const weight = row * labelCount + candidate;
        const square = (state.squares[weight] ?? 0) + gradient * gradient;
        state.squares[weight] = square;
        state.weights[weight] = (state.weights[weight] ?? 0) + (rate * gradient) / Math.sqrt(square + 1e-2);
      }
    }
  }
  const pairs = expected.pairs.map((mass) => -mass);
  for (let token = 1; token < labels.length; token++) {
    const pair = (labels[token - 1] ?? 0) * labelCount + (labels[token] ?? 0);
    pairs[pair] = (pairs[pair] ?? 0) + 1;
  }
  for (let pair = 0; pair < pairs.length; pair++) {
    const gradient = pairs[pair] ?? 0;
    if (Math.abs(gradient) < 1e-3) continue;
    const square = (state.transitionSquares[pair] ?? 0) + gradient * gradient;
    state.transitionSquares[pair] = square;
    const moved = (state.transitions[pair] ?? 0) + (rate * gradient) / Math.sqrt(square + 1e-2);
    state.transitions[pair] = Math.max(-8, Math.min(8, moved));
  }
  return loss;
}

function scoresOf(rows: readonly Int32Array[], weights: Float32Array): Float64Array {
  const scores = new Float64Array(rows.length * labelCount);
  for (let token = 0; token < rows.length; token++) {
    const at = token * labelCount;
    for (const row of rows[token] ?? []) {
      const first = row * labelCount;
      for (let candidate = 0; candidate < labelCount; candidate++) {
        scores[at + candidate] = (scores[at + candidate] ?? 0) + (weights[first + candidate] ?? 0);
      }
    }
  }
  return scores;
}

/** Hides some templates of features from the whole line. */
function drop({ rows, labels, times }: LabelledLine, share: number, random: () => number): LabelledLine {
  const hidden = Array.from({ length: rows[0]?.length ?? 0 }, () => random() < share);
  const kept = rows.map((row) => row.filter((index, template) => index >= 0 && !hidden[template]));
  return { labels, rows: kept, times };
}

/** The lines of all lessons with their labels, and the features worth learning in ascending order. */
function label(lessons: readonly Lesson[], minTexts: number): { lines: LabelledLine[]; features: Int32Array } {
  const texts = lessons.map((lesson) => {
    const tokens = tokenise(lesson.text);
    const labels = labelsOf(tokens, lesson);
    const templates = templatesOf(lesson.clues);
    return Array.from(linesOf(lesson.text, tokens, lesson.clues), ({ first, count, features }) => ({
      times: lesson.times ?? 1,
      features: Array.from({ length: count }, (_, at) => features.slice(at * templates, (at + 1) * templates)),
      labels: labels.subarray(first, first + count),
    }));
  });
  const counts = new Uint32Array(2 ** featureBits);
  const lastText = new Uint32Array(2 ** featureBits);
  for (const [text, lines] of texts.entries()) {
    for (const { features } of lines) {
      for (const row of features) {
        for (const feature of row) {
          if (lastText[feature] === text + 1) continue;
          lastText[feature] = text + 1;
          counts[feature] = (counts[feature] ?? 0) + 1;
        }
      }
    }
  }
  const kept: number[] = [];
  const rowOf = lastText.fill(0);
  for (let feature = 0; feature < counts.length; feature++) {
    if ((counts[feature] ?? 0) < minTexts) continue;
    kept.push(feature);
    rowOf[feature] = kept.length;
  }
  const features = Int32Array.from(kept);
  const lines = texts.flat().map((line) => ({
    labels: line.labels,
    times: line.times,
    rows: line.features.map((row) => row.map((feature) => (rowOf[feature] ?? 0) - 1)),
  }));
  return { lines, features };
}

function labelsOf(tokens: readonly Token[], { marks }: Lesson): Uint8Array {
  const labels = new Uint8Array(tokens.length);
  const sorted = marks.toSorted((a, b) => a.start - b.start);
  let next = 0;
  for (const [at, token] of tokens.entries()) {
    while ((sorted[next]?.end ?? Number.POSITIVE_INFINITY) <= token.start) next++;
    const mark = sorted[next];
    if (!mark || mark.start >= token.end) continue;
    const opens = (tokens[at - 1]?.end ?? 0) <= mark.start;
    labels[at] = beginning(mark.kind) + (opens ? 0 : 1);
  }
  return labels;
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [a = 0, b = 0] = [order[at], order[other]];
    order[at] = b;
    order[other] = a;
  }
}
