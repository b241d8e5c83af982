import type { Analysis, Box, Finding, Redaction, ScrubReport } from '../../domain/ports.ts';
import type { Redacted } from './format.ts';

/** A box counts as covered when no more than this share of its page sticks out on any side. */
const SLACK = 0.004;

/**
 * Puts together what is told of a scrub: counts and pages, never a value. A finding that no redaction covers counts as kept.
 */
export function reportOf(
  analysis: Omit<Analysis, 'outcome' | 'prepared'>,
  redactions: readonly Redaction[],
  redacted: Omit<Redacted, 'file'> & { readonly bytes: number },
): ScrubReport {
  const byPage = new Map<number, Redaction[]>();
  for (const redaction of redactions) byPage.set(redaction.page, [...(byPage.get(redaction.page) ?? []), redaction]);
  const kept = analysis.findings.filter((finding) => !covered(finding, byPage.get(finding.page) ?? []));
  return {
    format: analysis.format,
    bytesIn: analysis.bytesIn,
    bytesOut: redacted.bytes,
    pages: redacted.pages,
    removed: analysis.removed,
    redacted: counts(redactions.map(({ kind }) => kind)),
    kept: counts(kept.map(({ kind }) => kind)),
    notSearched: merged([...analysis.notSearched, ...redacted.notSearched]),
    verified: redacted.verified,
  };
}

function covered(finding: Finding, redactions: readonly Redaction[]): boolean {
  if (finding.boxes.length === 0)
    return redactions.some((one) => 'start' in one && one.start <= finding.start && finding.end <= one.end);
  const boxes = redactions.flatMap((one) => ('boxes' in one ? one.boxes : []));
  return finding.boxes.every((box) => boxes.some((other) => holds(other, box)));
}

function holds(outer: Box, inner: Box): boolean {
  return (
    outer.left <= inner.left + SLACK &&
    outer.top <= inner.top + SLACK &&
    outer.left + outer.width >= inner.left + inner.width - SLACK &&
    outer.top + outer.height >= inner.top + inner.height - SLACK
  );
}

function counts(kinds: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const kind of kinds.toSorted()) found[kind] = (found[kind] ?? 0) + 1;
  return found;
}

/** One entry for each code, with all its pages; no page at all means all of them, and stays so. */
function merged(entries: Analysis['notSearched']): Analysis['notSearched'] {
  const byCode = new Map<string, Set<number> | 'all'>();
  for (const { what, pages } of entries) {
    const before = byCode.get(what);
    if (before === 'all' || pages.length === 0) byCode.set(what, 'all');
    else byCode.set(what, new Set([...(before ?? []), ...pages]));
  }
  return [...byCode].map(([what, pages]) => ({
    what,
    pages: pages === 'all' ? [] : [...pages].sort((a, b) => a - b),
  }));
}

/** The redactions of all findings, of those that are certain, or of none. */
export function redactionsFor(findings: readonly Finding[], which: 'all' | 'certain' | 'none'): Redaction[] {
  return findings
    .filter(({ certainty }) => which === 'all' || (which === 'certain' && certainty === 'certain'))
    .map(({ page, kind, boxes, start, end }) =>
      boxes.length > 0 ? { page, kind, boxes } : { page, kind, start, end },
    );
}
