import { labelCount } from './labels.ts';

/** Two labels share a number in a row of a model that is ready for use: the even one as its lower 16 bits, the odd one above. So many sums of one-byte weights cannot overflow. */
const pairCount = (labelCount + 1) >> 1;

/** What learning gives: the features in ascending order, a row of `labelCount` weights for each, and the scores of transitions. */
export interface Weights {
  readonly features: Int32Array;
  readonly weights: Float32Array;
  readonly transitions: Float64Array;
}

/**
 * A model as it stands in its file. Ours was learned from MEDDOCAN among others: M. Marimon, A. Gonzalez-Agirre, A. Intxaurrondo, H. Rodríguez, J. A. Lopez Martin, M. Villegas and
 * M. Krallinger, 'Automatic De-identification of Medical Texts in Spanish: the MEDDOCAN Track, Corpus, Guidelines, Methods and Evaluation of Results', IberLEF 2019; CC BY 4.0,
 * https://creativecommons.org/licenses/by/4.0/. The corpus was changed into weights: none of its text is in the model.
 */
export interface ModelFile {
  /** What it was learned from, under which licences. */
  readonly about: string;
  readonly attribution: string;
  /** The score of one step of a weight. */
  readonly scale: number;
  /** The score of each transition, row by row, with spaces between. */
  readonly transitions: string;
  /**
   * Base64. Each feature in turn: how far its number is from the one before (LEB128), which labels it has a weight for (24 bits, the lowest first), and those weights, one signed byte each.
   */
  readonly weights: string;
}

/** A model ready for use. */
export interface Model {
  /** The score of one step of a weight. */
  readonly scale: number;
  /** `exp` of each transition's score. */
  readonly transitions: Float64Array;
  /** A bit for each feature that may be known, by its last bits: most are not, and the filter fits a processor's cache. */
  readonly filter: Int32Array;
  /** A hash table with open addressing: a feature, or -1, and behind it where its row begins. */
  readonly slots: Int32Array;
  /** The weights in steps, `pairCount` numbers to a row. */
  readonly rows: Int32Array;
}

export interface PackOptions {
  /** The greatest weight that is told from greater ones. */
  readonly clip: number;
  /** How many features are kept at most: those with the greatest weights. */
  readonly most: number;
  /** A weight below this is left out. */
  readonly leastWeight: number;
}

/** Writes a model: weights are rounded to a signed byte, and those that say little go. */
export function pack(
  { features, weights, transitions }: Weights,
  about: Pick<ModelFile, 'about' | 'attribution'>,
  { clip, most, leastWeight }: PackOptions,
): ModelFile {
  const scale = clip / 127;
  const greatest = Float32Array.from(features, (_, row) =>
    weights
      .subarray(row * labelCount, (row + 1) * labelCount)
      .reduce((so, weight) => Math.max(so, Math.abs(weight)), 0),
  );
  const least = greatest.toSorted().at(-most) ?? 0;
  const bytes: number[] = [];
  let last = 0;
  for (const [row, feature] of features.entries()) {
    const exact = weights.subarray(row * labelCount, (row + 1) * labelCount);
    if ((greatest[row] ?? 0) < Math.max(least, leastWeight)) continue;
    const quantised = Array.from(exact, (weight) =>
      Math.abs(weight) < leastWeight ? 0 : Math.max(-127, Math.min(127, Math.round(weight / scale))),
    );
    const mask = quantised.reduce((bits, weight, label) => (weight === 0 ? bits : bits | (1 << label)), 0);
    for (let distance = feature - last; ; distance >>>= 7) {
      bytes.push(distance < 128 ? distance : (distance & 127) | 128);
      if (distance < 128) break;
    }
    last = feature;
    bytes.push(mask & 255, (mask >>> 8) & 255, mask >>> 16);
    for (const weight of quantised) if (weight !== 0) bytes.push(weight & 255);
  }
  return {
    ...about,
    scale,
    transitions: Array.from(transitions, (score) => Math.round(score * 1000) / 1000).join(' '),
    weights: btoa(bytes.map((byte) => String.fromCharCode(byte)).join('')),
  };
}

/** Reads a model. Throws where its weights are cut short. */
export function unpack(file: ModelFile): Model {
  const bytes = bytesOf(file.weights);
  // A feature takes five bytes at least.
  const features = new Int32Array(Math.ceil(bytes.length / 5));
  const rows = new Int32Array(features.length * pairCount);
  let [count, feature] = [0, 0];
  for (let at = 0; at < bytes.length; ) {
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      feature += (byte & 127) << shift;
      if (byte < 128) break;
    }
    let mask = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    at += 3;
    for (; mask !== 0; mask &= mask - 1) {
      const label = 31 - Math.clz32(mask & -mask);
      const weight = ((bytes[at++] ?? 0) << 24) >> 24;
      const pair = count * pairCount + (label >> 1);
      rows[pair] = (rows[pair] ?? 0) + (label % 2 === 0 ? weight : weight * 65_536);
    }
    if (at > bytes.length) throw new Error('The weights of the tagger are cut short.');
    features[count++] = feature;
  }
  return {
    scale: file.scale,
    transitions: Float64Array.from(file.transitions.split(' '), (score) => Math.exp(Number(score))),
    rows: rows.slice(0, count * pairCount),
    ...indexOf(features.subarray(0, count)),
  };
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

function indexOf(features: Int32Array): Pick<Model, 'filter' | 'slots'> {
  let size = 1024;
  while (size < features.length * 2) size *= 2;
  const filter = new Int32Array(size / 8);
  const slots = new Int32Array(2 * size).fill(-1);
  for (let row = 0; row < features.length; row++) {
    const feature = features[row] ?? 0;
    const bit = feature & (filter.length * 32 - 1);
    filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    let slot = feature & (size - 1);
    while (slots[2 * slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[2 * slot] = feature;
    slots[2 * slot + 1] = row * pairCount;
  }
  return { filter, slots };
}

/** The scores of the labels at each of some tokens, row by row, from their features, `templates` to each token. */
export function scoresOf({ filter, slots, rows, scale }: Model, features: Int32Array, templates: number): Float64Array {
  const bits = filter.length * 32 - 1;
  const last = slots.length / 2 - 1;
  const scores = new Float64Array((features.length / templates) * labelCount);
  for (let at = 0, token = 0; at < features.length; token += labelCount) {
    // Sums in variables of their own stay in registers: this loop is most of what tagging costs.
    let [a, b, c, d, e, f, g, h, i, j] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (const end = at + templates; at < end; at++) {
      const feature = features[at] ?? 0;
      const bit = feature & bits;
      if ((((filter[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 0) continue;
      let slot = feature & last;
      while (slots[2 * slot] !== feature && slots[2 * slot] !== -1) slot = (slot + 1) & last;
      if (slots[2 * slot] === -1) continue;
      const row = slots[2 * slot + 1] ?? 0;
      a = (a + (rows[row] ?? 0)) | 0;
      b = (b + (rows[row + 1] ?? 0)) | 0;
      c = (c + (rows[row + 2] ?? 0)) | 0;
      d = (d + (rows[row + 3] ?? 0)) | 0;
      e = (e + (rows[row + 4] ?? 0)) | 0;
      f = (f + (rows[row + 5] ?? 0)) | 0;
      g = (g + (rows[row + 6] ?? 0)) | 0;
      h = (h + (rows[row + 7] ?? 0)) | 0;
      i = (i + (rows[row + 8] ?? 0)) | 0;
      j = (j + (rows[row + 9] ?? 0)) | 0;
    }
    const sums = [a, b, c, d, e, f, g, h, i, j];
    for (let label = 0; label < labelCount; label++) {
      const pair = sums[label >> 1] ?? 0;
      const even = (pair << 16) >> 16;
      scores[token + label] = (label % 2 === 0 ? even : (pair - even) >> 16) * scale;
    }
  }
  return scores;
}
