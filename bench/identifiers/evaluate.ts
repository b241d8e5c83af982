import type { Mark, MarkedText } from './corpora.ts';

/** Recall of one kind of mark. */
export interface KindFigures {
  readonly kind: string;
  readonly core: boolean;
  readonly marks: number;
  readonly full: number;
}

/** A mark of which a letter or digit was left, with what stands around it. For a person's eye on the terminal, never for a file. */
export interface Miss {
  readonly id: string;
  readonly kind: string;
  readonly context: string;
}

/** What a finder did to marked texts; shares are between 0 and 1. */
export interface Figures {
  readonly documents: number;
  readonly marks: number;
  /** Share of all marks of which every letter and digit was masked. */
  readonly fullRecall: number;
  /** The same of the core alone. */
  readonly fullRecallCore: number;
  /** Share of the texts of which all core marks were masked fully. */
  readonly withoutLeak: number;
  /** Share of letters and digits outside of every mark that were masked. */
  readonly otherMasked: number;
  readonly kinds: readonly KindFigures[];
  readonly missed: readonly Miss[];
  readonly milliseconds: number;
}

type Find = (text: string) => readonly { readonly start: number; readonly end: number }[];

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * Runs `find` over the texts and compares what it masks with what is marked. What counts are letters and digits: a space or a full stop left at the edge gives nothing away. A text
 * without a core mark counts as one without a leak.
 */
export function evaluate(texts: readonly MarkedText[], find: Find): Figures {
  const kinds = new Map<string, { kind: string; core: boolean; marks: number; full: number }>();
  const missed: Miss[] = [];
  let [tight, other, otherMasked, milliseconds] = [0, 0, 0, 0];
  for (const { id, text, marks } of texts) {
    const from = performance.now();
    const spans = find(text);
    milliseconds += performance.now() - from;
    const masked = cover(text.length, spans);
    let leak = false;
    for (const mark of marks) {
      const full = isMasked(text, masked, mark.start, mark.end);
      const figures = kinds.get(mark.kind) ?? { kind: mark.kind, core: mark.core, marks: 0, full: 0 };
      figures.marks++;
      if (full) figures.full++;
      else missed.push({ id, kind: mark.kind, context: inContext(text, mark.start, mark.end, masked) });
      if (!full && mark.core) leak = true;
      kinds.set(mark.kind, figures);
    }
    if (!leak) tight++;
    const marked = cover(text.length, marks);
    for (let at = 0; at < text.length; at++) {
      if (marked[at] === 1 || !isLetterOrDigit(text, at)) continue;
      other++;
      if (masked[at] === 1) otherMasked++;
    }
  }
  const all = [...kinds.values()].sort((a, b) => Number(b.core) - Number(a.core) || b.marks - a.marks);
  return {
    documents: texts.length,
    marks: sum(all, 'marks'),
    fullRecall: recall(all),
    fullRecallCore: recall(all.filter(({ core }) => core)),
    withoutLeak: share(tight, texts.length),
    otherMasked: share(otherMasked, other),
    kinds: all,
    missed,
    milliseconds,
  };
}

/** The share of marks masked fully among some kinds; 1 where there is none. */
export function recall(kinds: readonly KindFigures[]): number {
  return share(sum(kinds, 'full'), sum(kinds, 'marks'));
}

/** The figures in lines for a terminal; with `misses`, also each mark that was left, with its surroundings. */
export function describe(name: string, figures: Figures, { misses = false } = {}): string {
  const lines = [
    `${name}: ${figures.documents} texts, ${figures.marks} marks, ${(figures.milliseconds / Math.max(1, figures.documents)).toFixed(1)} ms a text`,
    `  full recall, core      ${percent(figures.fullRecallCore)}`,
    `  full recall, all       ${percent(figures.fullRecall)}`,
    `  texts without a leak   ${percent(figures.withoutLeak)}`,
    `  other text masked      ${percent(figures.otherMasked)}`,
    ...figures.kinds.map(
      ({ kind, core, marks, full }) =>
        `    ${percent(share(full, marks))}  ${kind}${core ? '' : ' (not core)'}: ${full} of ${marks}`,
    ),
  ];
  if (misses) for (const { id, kind, context } of figures.missed) lines.push(`    left: ${kind} ${id}: ${context}`);
  return lines.join('\n');
}

/** What was masked outside of every mark, with its rule and what stands around it: for a person's eye on the terminal, where the figure of other text masked is looked into. */
export function falseFindings(
  texts: readonly MarkedText[],
  find: (text: string) => readonly { readonly start: number; readonly end: number; readonly rule: string }[],
): string[] {
  return texts.flatMap(({ id, text, marks }) =>
    find(text)
      .filter(({ start, end }) => lettersOutside(text, start, end, marks) > 3)
      .map(
        ({ start, end, rule }) =>
          `${rule} ${id}: ${`${text.slice(Math.max(0, start - 30), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 20)}`.replace(/\s*\n\s*/g, ' ⏎ ')}`,
      ),
  );
}

function lettersOutside(text: string, start: number, end: number, marks: readonly Mark[]): number {
  let count = 0;
  for (let at = start; at < end; at++)
    if (isLetterOrDigit(text, at) && !marks.some((mark) => mark.start <= at && mark.end > at)) count++;
  return count;
}

function cover(length: number, spans: readonly { readonly start: number; readonly end: number }[]): Uint8Array {
  const covered = new Uint8Array(length);
  for (const { start, end } of spans) covered.fill(1, start, end);
  return covered;
}

function isMasked(text: string, masked: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (masked[at] !== 1 && isLetterOrDigit(text, at)) return false;
  }
  return true;
}

function isLetterOrDigit(text: string, at: number): boolean {
  return LETTER_OR_DIGIT.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

/** What was left in a mark as it is, what was masked as '█'. */
function inContext(text: string, start: number, end: number, masked: Uint8Array): string {
  const left = text.slice(start, end).replace(/[^]/g, (unit, at: number) => (masked[start + at] === 1 ? '█' : unit));
  const words = `${text.slice(Math.max(0, start - 40), start)}⟦${left}⟧${text.slice(end, end + 30)}`;
  return words.replace(/\s*\n\s*/g, ' ⏎ ');
}

function sum(kinds: readonly KindFigures[], figure: 'marks' | 'full'): number {
  return kinds.reduce((total, kind) => total + kind[figure], 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function percent(of: number): string {
  return `${(of * 100).toFixed(2)} %`.padStart(8);
}
