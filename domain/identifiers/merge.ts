import type { Span } from './spans.ts';

/** Spans by weight: the first of two that overlap says what both together are. */
export interface Weighed {
  readonly span: Span;
  /** The smaller, the stronger. */
  readonly rank: number;
}

/** Sorts spans and makes one of those that overlap: everything that any of them covers, as the strongest of them says (kind, certainty, rule). Empty spans go. */
export function merge(weighed: readonly Weighed[]): Span[] {
  const sorted = weighed
    .filter(({ span }) => span.end > span.start)
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end || a.rank - b.rank);
  const merged: Weighed[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (!last || next.span.start >= last.span.end) {
      merged.push(next);
      continue;
    }
    const stronger = isStronger(next, last) ? next : last;
    merged[merged.length - 1] = {
      rank: stronger.rank,
      span: { ...stronger.span, start: last.span.start, end: Math.max(last.span.end, next.span.end) },
    };
  }
  return merged.map(({ span }) => span);
}

function isStronger(next: Weighed, last: Weighed): boolean {
  if (next.rank !== last.rank) return next.rank < last.rank;
  return next.span.end - next.span.start > last.span.end - last.span.start;
}
