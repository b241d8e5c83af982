/** A part of a text page; `mark` is what covers it. */
export interface Segment<M> {
  readonly text: string;
  readonly mark?: M;
}

/**
 * Cuts a text at its marks (in UTF-16 units, in any order). Where two overlap, the earlier one has the common part; one that is covered whole
 * does not appear.
 */
export function segments<M extends { readonly start: number; readonly end: number }>(
  text: string,
  marks: readonly M[],
): Segment<M>[] {
  const out: Segment<M>[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const start = Math.max(mark.start, at);
    const end = Math.min(mark.end, text.length);
    if (start >= end) continue;
    if (start > at) out.push({ text: text.slice(at, start) });
    out.push({ text: text.slice(start, end), mark });
    at = end;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}
