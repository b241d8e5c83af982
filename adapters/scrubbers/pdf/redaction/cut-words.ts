import type { PDFContext } from 'pdf-lib';
import type { Box } from '../../../../domain/ports.ts';
import type { OpenPdf, Pdfium } from '../pdfium.ts';
import { type Frame, spaceAt } from '../reading/frame.ts';
import type { SourcePage } from '../rebuild/source.ts';
import { cutPage } from '../surgery/cut-page.ts';
import { type Letter, lettersAround } from '../surgery/letters.ts';
import {
  areaOf,
  type OpenPage,
  overlap,
  type PageObject,
  type Box as PointBox,
  withObjects,
} from '../surgery/objects.ts';
import type { Thinned } from '../surgery/thin.ts';
import type { Area } from './mask.ts';

/** What is taken out of one page (from 0). */
export interface Cut {
  readonly page: number;
  readonly frame: Frame;
  /** The characters that go, by their places among all that the engine reads there. */
  readonly struck: ReadonlySet<number>;
  /** What they stand under. */
  readonly areas: readonly Area[];
  /** Boxes that are painted black. */
  readonly covers: readonly Box[];
}

/**
 * Takes characters out of the content of a page that the engine has open, and of the forms that it draws there, and paints black boxes over it. All else stays as it was written, and what
 * stood behind a character stays where it is. Changes the page's objects in `context`; false, with nothing changed, where the content is not in step with what the engine reads from it.
 */
export function cutWords(
  { lib }: Pdfium,
  pdf: OpenPdf,
  context: PDFContext,
  source: SourcePage,
  { page, frame, struck, areas, covers }: Cut,
): boolean {
  const cut = pdf.withPage(page, (handle) =>
    withObjects(lib, handle, (open) => {
      const { letters: around, unread } = lettersAround(lib, open, struck);
      // It cannot be told which of their letters stand where.
      const under = areas.map(({ box, drawn }) => ({ box: inPoints(box, open), drawn }));
      if (unread.some(({ box }) => under.some((area) => isUnder(box, area.box, area.drawn)))) return undefined;
      const dropped = new Set<PageObject>();
      const thinned = new Map<PageObject, Thinned>();
      for (const [text, letters] of around) {
        const gone = lettersGone(letters, struck);
        if (gone.size === letters.length) dropped.add(text);
        else thinned.set(text, { letters, gone });
      }
      const content = `0 g\n${covers.map((cover) => `${rectangle(frame, cover)} re f\n`).join('')}`;
      const over = { content, boxes: covers.map((cover) => inPoints(cover, open)) };
      return cutPage(context, source, open.objects, { dropped, replaced: new Map(), thinned, over });
    }),
  );
  return cut !== undefined;
}

/** So much of a text, or of an area, is the other's too: the boxes of the lines around it reach into it by less. */
const UNDER = 0.3;
/** A person's box takes what it covers by more than a hair. */
const HAIR = 0.02;

function isUnder(text: PointBox, area: PointBox, drawn: boolean): boolean {
  return areaOf(overlap(text, area)) > (drawn ? HAIR : UNDER) * Math.min(areaOf(text), areaOf(area));
}

function inPoints({ left, top, width, height }: Box, page: OpenPage): PointBox {
  const [across, down] = [page.width, page.height];
  return { left: left * across, top: top * down, right: (left + width) * across, bottom: (top + height) * down };
}

/** The letters that are struck, and the spaces around them that nothing which stays needs. */
function lettersGone(letters: readonly Letter[], struck: ReadonlySet<number>): ReadonlySet<number> {
  const gone = new Set<number>();
  const isStruck = ({ at }: Letter) => at.some((place) => struck.has(place));
  const stays = (from: number, step: number) => {
    let at = from;
    while (letters[at]?.blank) at += step;
    const next = letters[at];
    return next !== undefined && !isStruck(next);
  };
  for (const [index, letter] of letters.entries())
    if (isStruck(letter) || (letter.blank && !stays(index, -1) && !stays(index, 1))) gone.add(index);
  return gone;
}

function rectangle(frame: Frame, cover: Box): string {
  const { left, bottom, right, top } = spaceAt(frame, cover);
  return [left, bottom, right - left, top - bottom].map((number) => Number(number.toFixed(4))).join(' ');
}
