import type { PageText, Redaction } from '../../../domain/ports.ts';
import type { Format } from '../format.ts';
import { Refusal } from '../refusal.ts';
import { delimiterOf } from './csv.ts';
import { decodeText } from './decode.ts';

/** What stands in the place of a redaction: always as wide, since the width of a gap can betray a name. */
export const MASK = '█████';
const PAGE_LINES = 60;
const PAGE_UNITS = 4000;

/** Plain text and tables of comma-separated values; the output is UTF-8 without a byte order mark. Refuses with 'corrupt' and 'too-many-pages'. */
export const textFormat: Format = {
  prepare: (file, bench) => {
    const { text, removed } = decodeText(file);
    const pages = pagesOf(text);
    if (pages.length > bench.maxPages)
      throw new Refusal('too-many-pages', { pages: pages.length, limit: bench.maxPages });
    bench.progress('preparing', pages.length, pages.length);
    const prepared = new TextEncoder().encode(text);
    return Promise.resolve({
      format: delimiterOf(text) === undefined ? 'text' : 'csv',
      file: prepared,
      pages: pages.map((page) => ({ width: widest(page), height: page.split('\n').length })),
      texts: pages.map(
        (page, index): PageText => ({ page: index + 1, source: 'text', text: page, places: new Float32Array(0) }),
      ),
      removed,
      notSearched: [],
      verified: ['nothing-unseen'],
    });
  },
  redact: (prepared, redactions) => {
    const pages = pagesOf(decodeText(prepared).text);
    const texts: string[] = [];
    const masked = pages.map((page, index) => {
      const spans = mergedSpans(redactions, index + 1, page.length);
      for (const { start, end } of spans) texts.push(page.slice(start, end));
      return spans.reduceRight((text, { start, end }) => text.slice(0, start) + MASK + text.slice(end), page);
    });
    // What stands beside a mask may be one word of a packed text now, where it was a part of none before.
    const { text } = decodeText(new TextEncoder().encode(masked.join('')));
    const file = new TextEncoder().encode(text);
    verify(file, text);
    const after = pagesOf(text);
    // What was taken out in one place and stays in another is told: the person decided so, or did not see it.
    const stays = after.flatMap((page, index) =>
      texts.some((removed) => removed.trim().length > 3 && page.includes(removed)) ? [index + 1] : [],
    );
    return Promise.resolve({
      file,
      pages: after.length,
      notSearched: stays.length > 0 ? [{ what: 'removed-text-also-visible', pages: stays }] : [],
      verified: ['nothing-unseen', 'removed-text-gone'],
    });
  },
  pages: (file) => Promise.resolve(pagesOf(decodeText(file).text).length),
  text: (file, page) => {
    const found = pagesOf(decodeText(file).text)[page - 1];
    if (found === undefined) throw new Refusal('no-such-page');
    return found;
  },
};

/** The output, read again, is the text that was meant, and holds nothing unseen. */
function verify(file: Uint8Array, meant: string): void {
  const { text, removed } = decodeText(file);
  if (text !== meant || Object.keys(removed).length > 0) throw new Refusal('not-verified', { check: 'nothing-unseen' });
}

/** Cuts a text into pages at ends of lines; joined, they are the text. A line that is longer than a page is cut, never within a character. */
export function pagesOf(text: string): string[] {
  const pages: string[] = [];
  let start = 0;
  while (start < text.length) {
    let end = start;
    for (let lines = 0; lines < PAGE_LINES && end < text.length; lines++) {
      const line = text.indexOf('\n', end) + 1 || text.length;
      if (line - start > PAGE_UNITS && end > start) break;
      end = line;
    }
    if (end - start > PAGE_UNITS) end = start + PAGE_UNITS;
    if (/[\ud800-\udbff]/.test(text[end - 1] ?? '') && end < text.length) end++;
    pages.push(text.slice(start, end));
    start = end;
  }
  return pages.length > 0 ? pages : [''];
}

const widest = (page: string) => Math.max(1, ...page.split('\n').map((line) => line.length));

/** The redactions of a page within its text, in order, those that touch made one. */
export function mergedSpans(
  redactions: readonly Redaction[],
  page: number,
  length: number,
): { readonly start: number; readonly end: number }[] {
  const spans = redactions
    .flatMap((one) => (one.page === page && 'start' in one ? [{ start: one.start, end: one.end }] : []))
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(length, end) }))
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => a.start - b.start);
  const merged: { start: number; end: number }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push(span);
  }
  return merged;
}
