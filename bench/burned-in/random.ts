import { seeded } from '../../domain/seeded.ts';

/** Numbers that are the same for the same seed. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number;
  between(least: number, most: number): number;
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  pick<T>(of: readonly T[]): T;
  chance(share: number): boolean;
}

/** Gives a generator of numbers for a seed of 32 bits. */
export function random(seed: number): Random {
  const next = seeded(seed);
  const between = (least: number, most: number) => least + (most - least) * next();
  return {
    next,
    between,
    whole: (least, most) => Math.floor(between(least, most + 1)),
    pick: <T>(of: readonly T[]) => of[Math.floor(next() * of.length)] as T,
    chance: (share) => next() < share,
  };
}
