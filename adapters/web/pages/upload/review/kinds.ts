import type { Added, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import { type FindingKind, findingKinds } from '../../../../../domain/ports.ts';

/** Kinds that are shown in one colour and with one pattern; their labels tell them apart. */
export const groupOf: Readonly<Record<FindingKind, 'person' | 'time' | 'reach' | 'place'>> = {
  name: 'person',
  age: 'person',
  writing: 'person',
  'birth-date': 'time',
  date: 'time',
  number: 'reach',
  phone: 'reach',
  email: 'reach',
  web: 'reach',
  address: 'place',
  place: 'place',
  institution: 'place',
};

/** The findings as one reads them: by page, from the top, from the left; in a text file by where they begin. */
export function inReadingOrder(findings: readonly ReviewFinding[]): ReviewFinding[] {
  const top = ({ boxes: [box] }: ReviewFinding) => (box ? box.top + box.height / 2 : 0);
  const left = ({ boxes: [box] }: ReviewFinding) => box?.left ?? 0;
  // Words of one line stand a little higher or lower than each other.
  const sameLine = 0.006;
  return [...findings].sort((a, b) => {
    if (a.page !== b.page) return a.page - b.page;
    const down = top(a) - top(b);
    if (Math.abs(down) > sameLine) return down;
    return left(a) - left(b) || a.start - b.start;
  });
}

/** What is on each page, by its number. */
export function byPage<T extends { readonly page: number }>(things: readonly T[]): ReadonlyMap<number, readonly T[]> {
  return grouped(things, ({ page }) => page);
}

/** `Map.groupBy` (ECMAScript 2024), which older browsers of hospitals do not have. */
export function grouped<K, T>(things: readonly T[], keyOf: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const held = groups.get(key);
    if (held) held.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}

/** The kinds that occur, in a fixed order, each with its findings. */
export function byKind(
  findings: readonly ReviewFinding[],
): readonly { readonly kind: FindingKind; readonly findings: readonly ReviewFinding[] }[] {
  const groups = grouped(findings, ({ kind }) => kind);
  return findingKinds.flatMap((kind) => {
    const own = groups.get(kind);
    return own ? [{ kind, findings: own }] : [];
  });
}

/** The finding that follows (or goes before) in the given order, around the end; the first (or last) where there is no current one. */
export function beside(
  findings: readonly ReviewFinding[],
  current: string | undefined,
  by: 1 | -1,
): ReviewFinding | undefined {
  const at = findings.findIndex(({ id }) => id === current);
  if (at < 0) return findings.at(by > 0 ? 0 : -1);
  return findings[(at + by + findings.length) % findings.length];
}

/** Where an added thing begins on its page, for a list in order. */
export function placeOf(added: Added): number {
  return 'box' in added ? added.box.top : added.start;
}
