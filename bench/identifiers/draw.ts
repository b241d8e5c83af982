import { seeded } from '../../domain/seeded.ts';
import type { Mark, MarkedText } from './corpora.ts';

/** Seeded draws: the same seed gives the same texts on every machine. */
export interface Draw {
  /** A number from 0 (inclusive) to 1 (exclusive). */
  next(): number;
  int(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
}

/** Draws for a seed of 32 bits. */
export function draw(seed: number): Draw {
  const next = seeded(seed);
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    pick: (list) => {
      const chosen = list[int(0, list.length - 1)];
      if (chosen === undefined) throw new RangeError('Nothing to draw from');
      return chosen;
    },
    chance: (share) => next() < share,
  };
}

/** A text from a template in which identifiers stand as `⟦KIND:words⟧`, with its marks; 'AGE' is not core. */
export function marked(id: string, template: string): MarkedText {
  const marks: Mark[] = [];
  let text = '';
  let at = 0;
  for (const found of template.matchAll(/⟦([A-Z]+):([^⟧]*)⟧/g)) {
    const [whole, kind = '', words = ''] = found;
    text += template.slice(at, found.index);
    marks.push({ start: text.length, end: text.length + words.length, kind, core: kind !== 'AGE' });
    text += words;
    at = found.index + whole.length;
  }
  return { id, text: text + template.slice(at), marks };
}
