import { boxesOf, coveredPart } from '../../domain/boxes.ts';
import { findIdentifiers } from '../../domain/identifiers/find.ts';
import type { FindOptions, Span } from '../../domain/identifiers/spans.ts';
import type { Finding, PageText } from '../../domain/ports.ts';
import { byCells, labelsBefore, restOfColumns } from './by-cells.ts';
import type { Prepared } from './format.ts';
import { frameFindings, unreadFindings } from './ocr/text-boxes.ts';
import { type Cell, cellsOf } from './text/csv.ts';

/** Between two pages: a sentence may run over it, a label and its value too. */
const BETWEEN = '\n';
/** Of a box's area, so much must lie under another finding for it to be the same one read twice. */
const SAME_PLACE = 0.6;
/** The rule of names that were seen elsewhere in the same text. */
const CONFIRMED = 'confirmed-name';

/**
 * Finds what may identify a person in all that a file says, its pages taken as one text so that a name found once is found everywhere. Gives the findings
 * in the order of their pages, each with a box for every line that it stands on. On a frame all writing is one.
 */
export function findingsIn(
  prepared: Pick<Prepared, 'texts' | 'format' | 'frames' | 'cells'>,
  options: FindOptions,
): Finding[] {
  const texts = prepared.texts.toSorted((a, b) => order(a) - order(b) || a.page - b.page);
  const cellsIn = new Map(
    texts.map((text): [PageText, readonly Cell[]] => [
      text,
      text.source !== 'text'
        ? []
        : prepared.format === 'csv'
          ? cellsOf(text.text)
          : (prepared.cells?.get(text.page) ?? []),
    ]),
  );
  const whole = texts.length === 0 ? [] : inTexts(texts, options);
  const found = texts.flatMap((text) => {
    const own = whole.filter(({ page, source }) => page === text.page && source === text.source);
    return byCells(own, text.text, cellsIn.get(text) ?? []);
  });
  const known = new Map<string, readonly Span[]>();
  const more = texts.flatMap((text) => {
    const cells = cellsIn.get(text) ?? [];
    return [
      ...byCells(inCells(text, cells, options, known), text.text, cells, true),
      ...bornOn(options.known?.birthDate, text, cells),
    ];
  });
  const onPictures = texts.flatMap((text) => {
    if (text.source !== 'picture') return [];
    return prepared.frames?.includes(text.page) ? frameFindings(text, found) : unreadFindings(text, found);
  });
  const believed = confirmedOnly([...found, ...more], cellsIn);
  const inColumns = restOfColumns(cellsIn, believed);
  // Where the page and the cell by itself say the same, the surer of the two is told.
  const told = believed.toSorted((a, b) => (a.certainty < b.certainty ? -1 : a.certainty > b.certainty ? 1 : 0));
  return withoutRepeats([...told, ...inColumns, ...onPictures]).toSorted(
    (a, b) => a.page - b.page || a.start - b.start,
  );
}

/** A name in a cell that was seen elsewhere stays where that other one was believed. */
function confirmedOnly(findings: readonly Finding[], cellsIn: ReadonlyMap<PageText, readonly Cell[]>): Finding[] {
  const pages = new Map([...cellsIn.keys()].map((text) => [`${text.source} ${text.page}`, text]));
  const pageOf = ({ source, page }: Finding) => pages.get(`${source} ${page}`);
  const wordsOf = (one: Finding) =>
    (pageOf(one)?.text ?? '')
      .slice(one.start, one.end)
      .toLowerCase()
      .match(/[\p{Alpha}\p{M}]+/gu) ?? [];
  const isRepeat = ({ rule }: Finding) => rule === CONFIRMED;
  const names = new Set(findings.flatMap((one) => (one.kind === 'name' && !isRepeat(one) ? wordsOf(one) : [])));
  return findings.filter((one) => {
    const text = isRepeat(one) ? pageOf(one) : undefined;
    return !text || (cellsIn.get(text) ?? []).length === 0 || wordsOf(one).some((word) => names.has(word));
  });
}

const order = (text: PageText) => (text.source === 'text' ? 0 : 1);

function inTexts(texts: readonly PageText[], options: FindOptions): Finding[] {
  const spans = findIdentifiers(texts.map(({ text }) => text).join(BETWEEN), options);
  const findings: Finding[] = [];
  let from = 0;
  let next = 0;
  for (const text of texts) {
    const to = from + text.text.length;
    while (next < spans.length && (spans[next] as Span).end <= from) next++;
    // A finding may run over the end of a page: then each page has its part.
    for (let index = next; index < spans.length && (spans[index] as Span).start < to; index++) {
      const span = spans[index] as Span;
      const start = Math.max(span.start, from) - from;
      const end = Math.min(span.end, to) - from;
      if (end > start) findings.push(findingAt(text, { ...span, start, end }));
    }
    from = to + BETWEEN.length;
  }
  return findings;
}

/** A cell is judged by its column's head and by the label beside it as well: 'Surname: Novák' says more than 'Novák'. `known` keeps what was found in cells of the same words. */
function inCells(
  text: PageText,
  cells: readonly Cell[],
  options: FindOptions,
  known: Map<string, readonly Span[]>,
): Finding[] {
  const labels = labelsBefore(text.text, cells);
  return cells.flatMap(({ start, end, amount }, index) =>
    (labels[index] ?? []).flatMap((said) => {
      // Of a quantity by itself nothing is believed.
      if (amount && said === '' && !options.known) return [];
      const label = said === '' ? '' : `${said.replace(/[\s:]+$/, '')}: `;
      const written = `${label}${text.text.slice(start, end)}\n`;
      const spans = known.get(written) ?? findIdentifiers(written, options);
      known.set(written, spans);
      return spans
        .filter((span) => span.end > label.length)
        .map((span) => ({
          ...span,
          start: start + Math.max(0, span.start - label.length),
          end: Math.min(end, start + span.end - label.length),
        }))
        .filter((span) => span.end > span.start)
        .map((span) => findingAt(text, span));
    }),
  );
}

const DAY_MS = 86_400_000;
/** Where sheets begin to count days: on Windows with a leap year that was none, and on the first Macintoshes (ECMA-376-1, 18.17.4.1). */
const FIRST_DAYS = ['1899-12-30', '1904-01-01'].map((day) => Date.parse(day) / DAY_MS);

/** Cells, or lines where there are none (the points of a chart), that hold nothing but the number that a sheet has for a known date of birth: without a date's format it is shown so. */
function bornOn(birthDate: string | undefined, text: PageText, cells: readonly Cell[]): Finding[] {
  const day = Date.parse(birthDate ?? '') / DAY_MS;
  if (!Number.isInteger(day)) return [];
  const numbers = new Set(FIRST_DAYS.map((first) => String(day - first)));
  const lines = () =>
    [...text.text.matchAll(/^.+$/gm)].map(({ 0: { length }, index }) => ({ start: index, end: index + length }));
  return (cells.length > 0 ? cells : lines()).flatMap(({ start, end }) => {
    const [number = ''] = /^\s*\d{4,5}(?=(?:[.,]\d+)?\s*$)/.exec(text.text.slice(start, end)) ?? [];
    if (!numbers.has(number.trim())) return [];
    return [findingAt(text, { start, end, kind: 'birth-date', certainty: 'certain', rule: 'known-birth-date' })];
  });
}

function findingAt(text: PageText, span: Span): Finding {
  const { page, source, places } = text;
  const { start, end, kind, certainty, rule } = span;
  const [from, to] = source === 'picture' ? wordAround(text.text, start, end) : [start, end];
  return { page, source, start, end, boxes: boxesOf(places, from, to), kind, certainty, rule };
}

/** So many letters or digits beside a finding belong to its word. */
const REST_OF_WORD = 2;

/**
 * In a picture it is known where a word stands, and within it only about where each letter does: what hangs on a finding without a space (a comma, a letter or two that a reader took for the
 * word's) is covered with it, lest the finding's own last letter be cut.
 */
function wordAround(text: string, start: number, end: number): readonly [number, number] {
  const isShort = (part: string) => (part.match(/[\p{Alpha}\p{N}]/gu)?.length ?? 0) <= REST_OF_WORD;
  const before = /\S*$/u.exec(text.slice(Math.max(0, start - 40), start))?.[0] ?? '';
  const after = /^\S*/u.exec(text.slice(end, end + 40))?.[0] ?? '';
  return [isShort(before) ? start - before.length : start, isShort(after) ? end + after.length : end];
}

/** What was read in a picture and stands in the text as well is one finding; so is what a cell and the whole text both gave. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  const byPage = new Map<number, Finding[]>();
  for (const finding of findings) {
    const others = byPage.get(finding.page) ?? [];
    byPage.set(finding.page, others);
    if (others.some((other) => repeats(other, finding))) continue;
    others.push(finding);
    kept.push(finding);
  }
  return kept;
}

function repeats(one: Finding, other: Finding): boolean {
  if (other.boxes.length === 0) return one.source === other.source && one.start <= other.start && other.end <= one.end;
  return one.source !== other.source && other.boxes.every((box) => coveredPart(box, one.boxes) >= SAME_PLACE);
}
