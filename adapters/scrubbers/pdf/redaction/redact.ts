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
import { MAX_DIFFERENCE, type OpenPrepared, redrawn } from '../scrub.ts';
import { type Output, openOutput, pageShows, parsed, verify } from '../verify.ts';
import { type Area, coversOf } from './mask.ts';
import { withOwnForms } from './own-forms.ts';
import { pagePicture } from './page-picture.ts';
import { isInked, pageDifference } from './raster.ts';
import { keptPlaces, middlesOf, strike, struckBy } from './strike.ts';

/** What is to happen on one page, counted from 0. */
interface Plan {
  readonly page: number;
  readonly frame: Frame;
  readonly areas: readonly Area[];
  /** Where the characters stand that go, in the page's own space. */
  readonly middles: readonly Rect[];
  /** What they say. */
  readonly words: readonly string[];
  /** How often each character stays. */
  readonly kept: ReadonlyMap<string, number>;
  /** Boxes that are painted black. */
  readonly covers: readonly Box[];
  /** The characters can be taken out of the content; else the page becomes a picture. */
  readonly asText: boolean;
  /** A form that other pages may draw too lies under a box. */
  readonly sharesForm: boolean;
}

/**
 * Redacts a prepared PDF, in the child process. What lies under a redaction is taken out of the page's content where that is certain to work, and a black box is painted; on any
 * doubt (a picture, a drawing, a tile, a Type 3 font or an unmapped one under the box, a form that stands elsewhere too, an engine that says no, a page that then
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
  { output: prepared, read }: OpenPrepared,
  redactions: readonly Redaction[],
  flatten: boolean,
  bench: Bench,
): Promise<Redacted> {
  let before = prepared;
  try {
    let plans = plansFor(pdfium, before, redactions, flatten, read);
    const sharing = [...plans.values()].flatMap(({ page, sharesForm }) => (sharesForm ? [page] : []));
    if (sharing.length > 0) {
      // It looks as it did, so that the engine need not open it for that.
      const file = await withOwnForms(before.context, sharing);
      before = { file, pdf: before.pdf, context: await parsed(file) };
      plans = plansFor(pdfium, before, redactions, flatten, read);
    }
    const struck = flatten ? undefined : await struckFile(pdfium, before, plans, bench);
    const pictures = new Set(
      [...plans.values()].filter(({ asText }) => flatten || !asText || !struck).map(({ page }) => page),
    );
    if (flatten) for (let page = 0; page < before.pdf.pages; page++) pictures.add(page);
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
      // What the engine wrote is not what a rebuild writes.
      if (struck) output = await openOutput(pdfium, await rebuilt(struck, pictures));
      else if (plans.size > 0 || flatten) await redraw(pictures);
      const texts: Map<number, string | undefined> =
        before.pdf.pages > plans.size && struck ? textsElsewhere(before.pdf, output.pdf, plans) : new Map();
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
      const sharesForm = !flatten && facts[page]?.sharedForms === true && formsUnder(covers, text.frame, painted);
      const middles = middlesOf(text, struck);
      const words = wordsOf(text, struck);
      const kept = countsOf(text, struck);
      return [page, { page, frame: text.frame, areas, middles, words, kept, covers, asText, sharesForm }];
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

/** True when nothing but text of a known font, rules and frames lies under the boxes, and each of them has some text. */
function isPlain(
  text: PageGlyphs,
  areas: readonly Area[],
  covers: readonly Box[],
  facts: PageFacts | undefined,
  painted: readonly Painted[] | undefined,
): boolean {
  if (!painted || !facts || text.doubtful || facts.type3 || facts.tiles || facts.masks) return false;
  if (areas.some((area) => struckBy([area], text).size === 0)) return false;
  const isDrawn = areas.some(({ drawn }) => drawn);
  return covers.every((cover) => {
    const rect = spaceAt(text.frame, cover);
    const under = painted.filter(({ bounds }) => meet(bounds, rect));
    if (under.some(({ kind, depth }) => kind === 'picture' || (kind === 'text' && depth > 1))) return false;
    if (facts.sharedForms && under.some(({ kind }) => kind === 'form')) return false;
    const paths = under.filter(({ kind }) => kind === 'path');
    const rules = paths.filter(({ bounds }) => !holds(bounds, rect));
    if (rules.some(({ curves, segments }) => curves > 0 || segments > RULE_SEGMENTS)) return false;
    if (rules.filter(({ bounds }) => isDrawn || !goesOn(bounds, rect)).length > MOST_RULES) return false;
    return paths.every(({ segments }) => segments <= FRAME_SEGMENTS);
  });
}

function formsUnder(covers: readonly Box[], frame: Frame, painted: readonly Painted[] = []): boolean {
  const forms = painted.filter(({ kind }) => kind === 'form');
  return covers.some((cover) => forms.some(({ bounds }) => meet(bounds, spaceAt(frame, cover))));
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

/** The document with its characters taken out by PDFium; undefined when there is no page to do so on, or when it cannot be read again. */
async function struckFile(
  pdfium: Pdfium,
  before: Output,
  plans: ReadonlyMap<number, Plan>,
  bench: Bench,
): Promise<PDFContext | undefined> {
  const asText = [...plans.values()].filter((plan) => plan.asText);
  if (asText.length === 0) return undefined;
  const work = pdfium.open(before.file);
  try {
    for (const [done, plan] of asText.entries()) {
      bench.progress('redacting', done, asText.length);
      const { page, frame, middles, areas, covers } = plan;
      // Where the engine says no, the page is found unchanged below, and becomes a picture.
      work.withPage(page, (handle) => strike(pdfium, handle, frame, middles, areas, covers));
    }
    return await parsed(work.copy());
  } catch (error) {
    if (error instanceof Refusal && error.code === 'memory') throw error;
    return undefined;
  } finally {
    work.close();
  }
}

/** Characters beside a box that go with it, as a share of those under it. */
const LOST_BESIDE = 0.1;

/** What a page says whose characters were taken out; undefined unless it shows and says nothing under its boxes, and the same as before everywhere else. */
function textWithout(pdfium: Pdfium, before: Output, output: Output, plan: Plan): string | undefined {
  const { page, areas, middles, words, kept, covers } = plan;
  const after = readGlyphs(pdfium, output.pdf, page);
  if (struckBy(areas, after).size > 0) return undefined;
  const left = countsOf(after, new Set());
  if ([...left].some(([says, count]) => count > (kept.get(says) ?? 0))) return undefined;
  const missing = [...kept].reduce((sum, [says, count]) => sum + count - (left.get(says) ?? 0), 0);
  if (missing > Math.max(1, middles.length * LOST_BESIDE)) return undefined;
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

/** What the pages say that nothing is taken from; undefined for one that says something else than before: a form that stood on it too would have changed there, and it becomes a picture of what it was. */
function textsElsewhere(
  before: OpenPdf,
  after: OpenPdf,
  plans: ReadonlyMap<number, Plan>,
): Map<number, string | undefined> {
  const texts = new Map<number, string | undefined>();
  for (let page = 0; page < before.pages; page++) {
    if (plans.has(page)) continue;
    const text = after.text(page);
    texts.set(page, before.text(page) === text ? text : undefined);
  }
  return texts;
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
