import { coveredPart } from '../../../domain/boxes.ts';
import type { Box, Finding, PageText } from '../../../domain/ports.ts';
import { UNREAD } from './words.ts';

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly box: Box;
}

/** Every piece of writing that was read, or seen and not read, on a page: one box for each run of words that stand close together on a line, as shares of the page. */
export function textBoxes(text: Pick<PageText, 'text' | 'places'>): Box[] {
  return pieces(text).map(({ box }) => box);
}

/** Of a piece's letters, so many may lie under findings that are there already for it to need none of its own. */
const COVERED = 0.95;

/**
 * Gives a finding, 'possible' by the rule 'burned-in', for each piece of writing on a frame that no other finding of `found` covers. On a machine's screen or a photograph of a person there
 * is nothing but labels, numbers and names without a sentence around them: no detector can tell them apart for certain, and the picture loses nothing without them. Not for paper.
 */
export function frameFindings(text: PageText, found: readonly Finding[]): Finding[] {
  const { page, source } = text;
  const covered = new Uint8Array(text.text.length);
  for (const finding of found)
    if (finding.page === page && finding.source === source) covered.fill(1, finding.start, finding.end);
  return pieces(text).flatMap(({ start, end, box }): Finding[] => {
    const letters = text.text.slice(start, end).replaceAll(' ', '').length;
    const masked = covered.subarray(start, end).reduce((sum, one) => sum + one, 0);
    if (masked >= COVERED * letters) return [];
    return [{ page, source, start, end, boxes: [box], kind: 'writing', certainty: 'possible', rule: 'burned-in' }];
  });
}

/**
 * Gives a finding, 'possible' by the rule 'unread-writing', for each piece of writing on paper that nobody could read and no other finding of `found` covers: it may be a name in somebody's hand.
 */
export function unreadFindings(text: PageText, found: readonly Finding[]): Finding[] {
  const { page, source } = text;
  const boxes = found.flatMap((finding) => (finding.page === page ? finding.boxes : []));
  return pieces(text).flatMap(({ start, end, box }): Finding[] =>
    text.text.slice(start, end) !== UNREAD || boxes.some((other) => coveredPart(box, [other]) >= COVERED)
      ? []
      : [{ page, source, start, end, boxes: [box], kind: 'writing', certainty: 'possible', rule: 'unread-writing' }],
  );
}

/** A wide gap (two spaces) or the end of a line ends a piece. */
function pieces({ text, places }: Pick<PageText, 'text' | 'places'>): Piece[] {
  return [...text.matchAll(/[^\s]+(?: [^\s]+)*/gu)].flatMap((match): Piece[] => {
    const start = match.index;
    const end = start + match[0].length;
    const box = around(places, start, end);
    return box ? [{ start, end, box }] : [];
  });
}

function around(places: Float32Array, start: number, end: number): Box | undefined {
  let [left, top, right, bottom] = [1, 1, 0, 0];
  for (let unit = start; unit < end; unit++) {
    const [x = 0, y = 0, width = 0, height = 0] = places.subarray(unit * 4, unit * 4 + 4);
    if (width <= 0 || height <= 0) continue;
    [left, top, right, bottom] = [
      Math.min(left, x),
      Math.min(top, y),
      Math.max(right, x + width),
      Math.max(bottom, y + height),
    ];
  }
  return right > left ? { left, top, width: right - left, height: bottom - top } : undefined;
}
