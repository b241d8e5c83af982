import type { Redaction } from '../../../domain/ports.ts';
import { MASK } from '../text/format.ts';
import type { Element } from './xml.ts';

/** A piece of text in a document's tree, that can be read and written. */
export interface Slot {
  readonly text: string;
  /** The element in whose text it stands. */
  readonly of?: Element;
  /** It is a cell's: what stands above it, in the head of its column, or ''. */
  readonly head?: string;
  /** A quantity: a number that names nobody. */
  readonly amount?: boolean;
  readonly write: (text: string) => void;
}

/** What a reader sees in one go: slots, and what stands between them ('\t' between cells, '\n' between paragraphs). */
export type Piece = Slot | string;

/** A page of text: what it says, and its slots with their places in it. */
export interface TextPage {
  readonly text: string;
  readonly slots: readonly { readonly start: number; readonly slot: Slot }[];
}

const PAGE_LINES = 60;
const PAGE_UNITS = 4000;

const isSlot = (piece: Piece): piece is Slot => typeof piece !== 'string';

/** Cuts pieces into pages at ends of lines, of about a sheet of paper each; `sections` begin a new page each. Line breaks within a slot are spaces in the page's text, unit for unit. */
export function pagesOf(sections: Iterable<readonly Piece[]>): TextPage[] {
  const pages: TextPage[] = [];
  for (const pieces of sections) {
    let text = '';
    let lines = 0;
    let slots: { start: number; slot: Slot }[] = [];
    const end = () => {
      if (slots.length > 0) pages.push({ text: text.replace(/\n+$/, '\n'), slots });
      [text, lines, slots] = ['', 0, []];
    };
    for (const piece of pieces) {
      if (isSlot(piece)) {
        if (piece.text === '') continue;
        slots.push({ start: text.length, slot: piece });
        text += piece.text.replace(/[\n\r\t]/g, ' ');
      } else {
        text += piece;
        if (piece.includes('\n') && (++lines >= PAGE_LINES || text.length >= PAGE_UNITS)) end();
      }
    }
    end();
  }
  return pages.length > 0 ? pages : [{ text: '', slots: [] }];
}

/** Writes a mask of one width in the place of each redaction, across all slots that it touches. Gives what was taken out. */
export function maskPage(
  page: TextPage,
  redactions: readonly Extract<Redaction, { readonly start: number }>[],
): string[] {
  const spans = mergedSpans(redactions, page.text.length);
  const changed = page.slots.map(({ slot }) => slot.text);
  for (const { start, end } of spans.toReversed()) {
    let isFirst = true;
    for (const [index, { start: from, slot }] of page.slots.entries()) {
      const to = from + slot.text.length;
      if (to <= start || from >= end) continue;
      const text = changed[index] as string;
      const [left, right] = [Math.max(0, start - from), Math.min(slot.text.length, end - from)];
      // Spans are worked from the last to the first: what stands before this one is still as it was.
      changed[index] = text.slice(0, left) + (isFirst ? MASK : '') + text.slice(right);
      isFirst = false;
    }
  }
  for (const [index, { slot }] of page.slots.entries()) {
    const text = changed[index] as string;
    if (text !== slot.text) slot.write(text);
  }
  return spans.map(({ start, end }) => page.text.slice(start, end));
}

function mergedSpans(redactions: readonly { readonly start: number; readonly end: number }[], length: number) {
  const merged: { start: number; end: number }[] = [];
  const spans = redactions
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(length, end) }))
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => a.start - b.start);
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push(span);
  }
  return merged;
}
