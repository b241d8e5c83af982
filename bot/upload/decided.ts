import { type Refusal, refuse } from '../../domain/decider.ts';
import { isMixed } from '../../domain/documents.ts';
import type { Box, Redaction } from '../../domain/ports.ts';
import type { Added, Decided } from '../pages/pages.ts';
import { findingId, type Review } from './held.ts';

/** What the person's decision removes, or a refusal where it names a finding or a place that there is not. */
export function redactionsOf(review: Review, decided: Decided): readonly Redaction[] | Refusal {
  const accepted = new Set(decided.accepted);
  const known = new Set(review.findings.map(({ id }) => id));
  if ([...accepted].some((id) => !known.has(id))) return refuse('upload.finding-unknown');
  if (!decided.added.every((place) => isPlace(review, place))) return refuse('upload.place-unknown');
  return [
    ...review.findings
      .filter((_, index) => accepted.has(findingId(index)))
      .map(
        ({ page, kind, boxes, start, end }): Redaction =>
          boxes.length > 0 ? { page, kind, boxes } : { page, kind, start, end },
      ),
    ...decided.added.flatMap(({ page, ...place }): Redaction[] =>
      'box' in place
        ? pagesOf(review, page, place.series).map((on) => ({ page: on, kind: 'drawn', boxes: [place.box] }))
        : [{ page, kind: 'drawn', start: place.start, end: place.end }],
    ),
  ];
}

/** The page alone, or with it all frames of its series. */
function pagesOf({ pages }: Review, page: number, all: true | undefined): number[] {
  const series = all && pages[page - 1]?.frame?.series;
  if (!series) return [page];
  return pages.flatMap(({ frame }, index) => (frame?.series === series ? [index + 1] : []));
}

/** Whether a page (1-based) is text: shown and redacted as text. */
export const isText = ({ format, pages }: Pick<Review, 'format' | 'pages'>, page: number): boolean =>
  format === 'text' || format === 'csv' || (isMixed(format) && !pages[page - 1]?.picture);

function isPlace(review: Review, place: Added): boolean {
  if (!Number.isInteger(place.page) || place.page < 1 || place.page > review.pages.length) return false;
  if ('box' in place) return !isText(review, place.page) && isOnPage(place.box);
  return isText(review, place.page) && Number.isInteger(place.start) && place.start >= 0 && place.start < place.end;
}

function isOnPage({ left, top, width, height }: Box): boolean {
  const shares = [left, top, width, height, left + width, top + height];
  return width > 0 && height > 0 && shares.every((share) => share >= 0 && share <= 1 + 1e-6);
}
