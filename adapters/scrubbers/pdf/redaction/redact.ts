import type { PDFContext } from 'pdf-lib';
import type { Box, Redaction } from '../../../../domain/ports.ts';
import type { Bench, Redacted } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { OpenPdf, Pdfium } from '../pdfium.ts';
import { type PageFacts, pageFacts } from '../reading/facts.ts';
import { type Frame, meet, type Rect, spaceAt } from '../reading/frame.ts';
import { type Painted, paintedOn } from '../reading/page-objects.ts';
import { type PageGlyphs, pageText, readGlyphs } from '../reading/page-text.ts';
import { withPictures } from '../rebuild/rebuild.ts';
import { pagesOf } from '../rebuild/source.ts';
import { MAX_DIFFERENCE, type OpenPrepared, redrawn } from '../scrub.ts';
import { type Output, openOutput, pageShows, verify } from '../verify.ts';
import { cutWords } from './cut-words.ts';
import { type Area, coversOf } from './mask.ts';
import { pagePicture } from './page-picture.ts';
import { isInked, pageDifference } from './raster.ts';
import { charactersAt, keptPlaces, struckBy } from './strike.ts';

/** What is to happen on one page, counted from 0. */
interface Plan {
  readonly page: number;
  readonly frame: Frame;
  readonly areas: readonly Area[];
  /** The characters that go, by their places among all that the engine reads. */
  readonly struck: ReadonlySet<number>;
  /** What they say. */
  readonly words: readonly string[];
  /** How often each character stays. */
  readonly kept: ReadonlyMap<string, number>;
  /** Boxes that are painted black. */
  readonly covers: readonly Box[];
  /** The characters can be taken out of the content; else the page becomes a picture. */
  readonly asText: boolean;
}

/**
 * Redacts a prepared PDF, in the child process. What lies under a redaction is taken out of the page's content where that is certain to work, and a black box is painted; on any
 * doubt (a picture, a drawing, a tile, a Type 3 font or an unmapped one under the box, content that is not in step with what the engine reads, a page that then
 * looks otherwise, a character that is still there) the page becomes a picture at 200 dpi with the boxes painted in its pixels; with `flatten` every page does.
 * The output is verified: no character and no ink under a box, no redacted text in bytes, streams or names but where it is seen and was kept. Refuses with 'not-verified'.
 */
export async function redactPdf(
  pdfium: Pdfium,
  prepared: Uint8Array,
  redactions: readonly Redaction[],
  flatten: boolean,
  bench: Bench,
): Promise<Redacted> {
  return redactOpen(
    pdfium,
    { output: await openOutput(pdfium, prepared), read: new Map() },
    redactions,
    flatten,
    bench,
  );
}

/** The same of a document that is open since it was prepared, with what was read of its pages then. It is closed here, and its objects are changed. */
export async function redactOpen(
  pdfium: Pdfium,
  { output: before, read }: OpenPrepared,
  redactions: readonly Redaction[],
  flatten: boolean,
  bench: Bench,
): Promise<Redacted> {
  try {
    const plans = plansFor(pdfium, before, redactions, flatten, read);
    const cut = flatten ? new Set<number>() : cutFrom(pdfium, before, plans, bench);
    const pictures = new Set(
      flatten
        ? Array.from({ length: before.pdf.pages }, (_, page) => page)
        : [...plans.keys()].filter((page) => !cut.has(page)),
    );
    let done = 0;
    const pictureOf = (page: number) => {
      bench.progress('redacting', done++, pictures.size);
      return pagePicture(before.pdf, page, (size) => pixelsOf(plans.get(page)?.covers ?? [], size));
    };
    let output = before;
    const redraw = async (pages: ReadonlySet<number>) => {
      const file = (await withPictures(output.context, pages, pictureOf)) ?? (await rebuilt(output.context, pages));
      if (output !== before) output.pdf.close();
      output = await openOutput(pdfium, file);
    };
    const rebuilt = (context: PDFContext, pages: ReadonlySet<number>) => redrawn(context, before.pdf, pages, pictureOf);
    try {
      if (plans.size > 0 || flatten) await redraw(pictures);
      const texts = new Map<number, string | undefined>();
      for (const plan of plans.values())
        if (!pictures.has(plan.page)) texts.set(plan.page, textWithout(pdfium, before, output, plan));
      const failed = new Set([...texts].flatMap(([page, text]) => (text === undefined ? [page] : [])));
      if (failed.size > 0) {
        for (const page of failed) pictures.add(page);
        await redraw(failed);
      }
      return finished(pdfium, before.pdf, output, plans, pictures, texts);
    } finally {
      if (output !== before) output.pdf.close();
    }
  } finally {
    before.pdf.close();
  }
}

function plansFor(
  pdfium: Pdfium,
  before: Output,
  redactions: readonly Redaction[],
  flatten: boolean,
  read: OpenPrepared['read'],
): ReadonlyMap<number, Plan> {
  const facts = pageFacts(before.context);
  const byPage = new Map<number, Redaction[]>();
  for (const redaction of redactions) {
    const page = redaction.page - 1;
    if (page < 0 || page >= before.pdf.pages) throw new Refusal('not-verified', { check: 'no-such-page' });
    byPage.set(page, [...(byPage.get(page) ?? []), redaction]);
  }
  return new Map(
    [...byPage].map(([page, asked]) => {
      const known = read.get(page);
      const text = known?.glyphs ?? readGlyphs(pdfium, before.pdf, page);
      const areas = asked.flatMap((redaction) => areasOf(redaction, text, page));
      const struck = struckBy(areas, text);
      const covers = coversOf(areas, keptPlaces(text, struck), before.pdf.size(page));
      const painted = known ? known.painted : paintedOn(pdfium, before.pdf, page);
      const asText = !flatten && areas.length > 0 && isPlain(text, areas, covers, facts[page], painted);
      const words = wordsOf(text, struck);
      const kept = countsOf(text, struck);
      return [
        page,
        { page, frame: text.frame, areas, struck: charactersAt(text, struck), words, kept, covers, asText },
      ];
    }),
  );
}

/** A redaction without boxes is a part of the page's text: the boxes of its characters. */
function areasOf(redaction: Redaction, text: PageGlyphs, page: number): Area[] {
  const drawn = redaction.kind === 'drawn';
  if ('boxes' in redaction)
    return redaction.boxes.filter(({ width, height }) => width > 0 && height > 0).map((box) => ({ box, drawn }));
  const { places } = pageText(page + 1, text);
  const areas: Area[] = [];
  for (let unit = redaction.start; unit < Math.min(redaction.end, places.length / 4); unit++) {
    const [left = 0, top = 0, width = 0, height = 0] = places.subarray(unit * 4, unit * 4 + 4);
    if (width > 0 && height > 0) areas.push({ box: { left, top, width, height }, drawn: false });
  }
  return areas;
}

/** Rules and frames that may stand under one box; more of them may be letters or a bar code. Those of a table are not counted: they go on beside the box. */
const MOST_RULES = 12;
/** Two rectangles, as a word that is underlined over two lines has them. */
const RULE_SEGMENTS = 10;
const FRAME_SEGMENTS = 16;

/** True when nothing but text of known meaning, rules and frames lies under the boxes, and each of them has some text. */
function isPlain(
  text: PageGlyphs,
  areas: readonly Area[],
  covers: readonly Box[],
  facts: PageFacts | undefined,
  painted: readonly Painted[] | undefined,
): boolean {
  if (!painted || !facts || text.garbled) return false;
  const struck = areas.map((area) => struckBy([area], text));
  if (struck.some((under) => under.size === 0 || [...under].some((index) => text.unmapped.has(index)))) return false;
  const isDrawn = areas.some(({ drawn }) => drawn);
  return covers.every((cover) => {
    const rect = spaceAt(text.frame, cover);
    const under = painted.filter(({ bounds }) => meet(bounds, rect));
    if (under.some(({ kind }) => kind === 'picture' || (facts.type3 && kind === 'form'))) return false;
    // What a tile or a mask says shows in what is painted with it.
    if ((facts.tiles || facts.masks) && under.some(({ kind }) => kind === 'path' || kind === 'shading')) return false;
    const paths = under.filter(({ kind }) => kind === 'path');
    const rules = paths.filter(({ bounds }) => !holds(bounds, rect));
    if (rules.some(({ curves, segments }) => curves > 0 || segments > RULE_SEGMENTS)) return false;
    if (rules.filter(({ bounds }) => isDrawn || !goesOn(bounds, rect)).length > MOST_RULES) return false;
    return paths.every(({ segments }) => segments <= FRAME_SEGMENTS);
  });
}

function holds(outer: Rect, inner: Rect): boolean {
  return (
    outer.left <= inner.left && outer.right >= inner.right && outer.bottom <= inner.bottom && outer.top >= inner.top
  );
}

/** Whether a rule reaches beyond a box of words by more than their height: what it says is seen beside it. */
function goesOn(rule: Rect, rect: Rect): boolean {
  const height = Math.min(rect.top - rect.bottom, rect.right - rect.left);
  return (
    rule.left < rect.left - height ||
    rule.right > rect.right + height ||
    rule.bottom < rect.bottom - height ||
    rule.top > rect.top + height
  );
}

/** Takes characters out of pages' content where they can be; gives those pages. Changes the objects of `before`. */
function cutFrom(
  pdfium: Pdfium,
  { pdf, context }: Output,
  plans: ReadonlyMap<number, Plan>,
  bench: Bench,
): ReadonlySet<number> {
  const sources = pagesOf(context, Number.MAX_SAFE_INTEGER);
  const asText = [...plans.values()].filter((plan) => plan.asText);
  const cut = asText.filter((plan, done) => {
    bench.progress('redacting', done, asText.length);
    const source = sources[plan.page];
    return source && cutWords(pdfium, pdf, context, source, plan);
  });
  return new Set(cut.map(({ page }) => page));
}

/** Characters beside a box that go with it, as a share of those under it. */
const LOST_BESIDE = 0.1;

/** What a page says whose characters were taken out; undefined unless it shows and says nothing under its boxes, and the same as before everywhere else. */
function textWithout(pdfium: Pdfium, before: Output, output: Output, plan: Plan): string | undefined {
  const { page, areas, struck, words, kept, covers } = plan;
  const after = readGlyphs(pdfium, output.pdf, page);
  if (struckBy(areas, after).size > 0) return undefined;
  const left = countsOf(after, new Set());
  if ([...left].some(([says, count]) => count > (kept.get(says) ?? 0))) return undefined;
  const missing = [...kept].reduce((sum, [says, count]) => sum + count - (left.get(says) ?? 0), 0);
  if (missing > Math.max(1, struck.size * LOST_BESIDE)) return undefined;
  const says = pageText(page + 1, after).text;
  const unread = words.filter((one) => !says.includes(one));
  if (pageShows(output.context, page, unread)) return undefined;
  return pageDifference(before.pdf, output.pdf, page, covers, true) <= MAX_DIFFERENCE ? says : undefined;
}

/** How often each character stands on a page, those that are struck left out. */
function countsOf({ glyphs }: PageGlyphs, struck: ReadonlySet<number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [index, glyph] of glyphs.entries())
    if ('loose' in glyph && !struck.has(index)) counts.set(glyph.says, (counts.get(glyph.says) ?? 0) + 1);
  return counts;
}

function pixelsOf(covers: readonly Box[], { width, height }: { readonly width: number; readonly height: number }) {
  return covers.map((box) => ({
    left: box.left * width,
    top: box.top * height,
    width: box.width * width,
    height: box.height * height,
  }));
}

/** What stood under the boxes of a page, run by run, and each longer word of it. */
function wordsOf(text: PageGlyphs, struck: ReadonlySet<number>): string[] {
  let run = '';
  const runs: string[] = [];
  for (const [index, { says }] of text.glyphs.entries()) {
    if (struck.has(index) || (run && says === ' ')) run += says;
    else if (run) {
      runs.push(run.trim());
      run = '';
    }
  }
  if (run) runs.push(run.trim());
  return [...new Set([...runs, ...runs.flatMap((words) => words.split(/\s+/))])].filter(({ length }) => length >= 4);
}

function finished(
  pdfium: Pdfium,
  before: OpenPdf,
  output: Output,
  plans: ReadonlyMap<number, Plan>,
  pictures: ReadonlySet<number>,
  known: ReadonlyMap<number, string | undefined>,
): Redacted {
  for (const { page, covers } of plans.values())
    if (pictures.has(page) && !isInked(output.pdf, page, covers)) throw new Refusal('not-verified', { check: 'ink' });
  for (const page of pictures)
    if (readGlyphs(pdfium, output.pdf, page).glyphs.length > 0)
      throw new Refusal('not-verified', { check: 'text-on-picture' });
  // On a picture there is none.
  const textOf = (page: number) => (pictures.has(page) ? '' : (known.get(page) ?? output.pdf.text(page)));
  const texts = Array.from({ length: before.pages }, (_, page) => textOf(page));
  const struck = [...new Set([...plans.values()].flatMap(({ words }) => words))];
  const { checks, alsoVisible } = verify(output, before.pages, struck, texts, pictures);
  const told = [
    { what: 'rasterised', pages: [...pictures].map((page) => page + 1).sort((a, b) => a - b) },
    { what: 'removed-text-also-visible', pages: alsoVisible },
  ];
  return {
    file: output.file,
    pages: before.pages,
    notSearched: told.filter(({ pages }) => pages.length > 0),
    verified: [...checks, 'boxes-inked', 'same-picture'],
  };
}
