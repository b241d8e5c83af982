import { PDFContext, PDFDict, PDFName, type PDFObject, type PDFRawStream, PDFRef, PDFStreamWriter } from 'pdf-lib';
import type { Pdfium } from '../pdfium.ts';
import { deflated } from '../rebuild/build.ts';
import { reachable } from '../rebuild/rebuild.ts';
import { dictOf, entry, type SourcePage } from '../rebuild/source.ts';
import { pixelsAt } from '../redaction/raster.ts';
import { eachStep, INK, NOISE } from './ink.ts';
import { type Code, type Fate, type Inner, type Inside, insideOf, written } from './inner-streams.ts';

/** How long a document may be looked at in this way: what is not looked at by then becomes pictures. */
export interface Patience {
  readonly spent: () => boolean;
}

/** What a page shows by text that nothing lists. */
export interface InnerText {
  /** Codes that change nothing that an eye can see, by the stream that shows them. */
  readonly unseen: ReadonlyMap<PDFRawStream, ReadonlySet<number>>;
  /** The codes that are seen, in the same way. */
  readonly seen: ReadonlyMap<PDFRawStream, ReadonlySet<number>>;
}

/** More letters on a page, and it is a picture. */
const MAX_CODES = 80;
const DPI = 150;
const MAX_PIXELS = 2_500_000;
/** So much of a letter's ink has to be left, and so large (points) must the letter be, as for texts that are listed. */
const LEFT = 0.6;
const READABLE = 1.5;
/** Fewer codes of drawn glyphs than this say no word. */
const WORD = 4;
const INVISIBLE = 3;

/**
 * Looks at each letter that a page of a rebuilt document shows inside of Type 3 glyphs, tiles and soft masks (PDF 32000-1, 9.6.5, 8.7.3, 11.6.5.2): the page is drawn with and without it.
 * A letter is seen when it has most of the ink that it would have with nothing painted around it, outside of tiles, and is of a font whose codes say what it looks like. Codes of Type 3 fonts
 * call drawings: they are seen when they change the picture, are too few to say a word, and what they call is letters, or a plain shape. Undefined where anything is neither seen nor unseen, or cannot be told.
 */
export async function lookInside(
  pdfium: Pdfium,
  context: PDFContext,
  page: SourcePage,
  patience: Patience,
): Promise<InnerText | undefined> {
  const inside = insideOf(context, page.dict, dictOf(entry(context, page.dict, 'Resources')));
  const letters = inside?.streams.flatMap((inner) => (inner.unlisted ? inner.codes : [])) ?? [];
  if (!inside || letters.length > MAX_CODES || letters.some(({ mode }) => mode > INVISIBLE)) return undefined;
  const draw = drawerOf(pdfium, context, page, inside, patience);
  // Letters one by one must make the same picture as words: only then is the one that is left out the reason for a change.
  const [original, whole] = [await draw(undefined, 'as it is'), await draw(undefined, 'all')];
  if (!original || !whole || strongest(original, whole) > NOISE) return undefined;
  const look: Look = { draw, whole, glyphs: new Map(inside.streams.map((inner) => [inner.stream, inner])) };
  const [unseen, seen] = [new Map<PDFRawStream, ReadonlySet<number>>(), new Map<PDFRawStream, ReadonlySet<number>>()];
  for (const inner of inside.streams.filter(({ unlisted, codes }) => unlisted && codes.length > 0)) {
    const [gone, kept] = [new Set<number>(), new Set<number>()];
    for (const [at, code] of inner.codes.entries()) {
      const told = await tell(look, code);
      if (!told) return undefined;
      (told === 'seen' ? kept : gone).add(at);
    }
    if (saysWords(inner.codes.filter(({ font }, at) => kept.has(at) && font === 'drawn'))) return undefined;
    if (gone.size > 0) unseen.set(inner.stream, gone);
    if (kept.size > 0) seen.set(inner.stream, kept);
  }
  return { unseen, seen };
}

interface Look {
  readonly draw: Drawer;
  /** The page with all of its letters. */
  readonly whole: Drawn;
  readonly glyphs: ReadonlyMap<PDFObject | undefined, Inner>;
}

async function tell({ draw, whole, glyphs }: Look, code: Code): Promise<'seen' | 'unseen' | undefined> {
  const without = await draw(code, 'all');
  const change = without && strongest(whole, without);
  if (change === undefined) return undefined;
  if (change <= NOISE) return 'unseen';
  if (change < INK) return undefined;
  // What a glyph shows by letters is looked at letter by letter; what else it paints must be plain.
  if (code.font === 'drawn') return glyphs.get(code.glyph)?.plainShape ? 'seen' : undefined;
  if (code.font !== 'plain') return undefined;
  const here = inkBetween(await draw(undefined, 'untiled'), await draw(code, 'untiled'));
  const alone = inkBetween(await draw(code, 'alone'), await draw(undefined, 'none'));
  if (!here || !alone || alone.reach < READABLE || alone.count === 0) return undefined;
  return here.count >= LEFT * alone.count ? 'seen' : undefined;
}

function saysWords(codes: readonly Code[]): boolean {
  return codes.length >= WORD && codes.some(({ bytes }) => bytes[0] !== codes[0]?.bytes[0]);
}

interface Drawn {
  readonly samples: Uint8Array;
  readonly width: number;
  /** Pixels to a point. */
  readonly scale: number;
}

/**
 * How a page is drawn: with `all` letters but the given one; the same `untiled`, where tiles are empty; with the given letter `alone`, or with `none`, and then with nothing else painted and nothing clipped, but
 * for the calls of drawn glyphs.
 */
type How = 'as it is' | 'all' | 'untiled' | 'alone' | 'none';
type Drawer = (code: Code | undefined, how: How) => Promise<Drawn | undefined>;

function drawerOf(pdfium: Pdfium, context: PDFContext, page: SourcePage, inside: Inside, patience: Patience): Drawer {
  const alone = onePage(context, page.dict);
  const contents = alone.context.nextRef();
  const draw: Drawer = async (code, how) => {
    if (patience.spent()) return undefined;
    const bare = how === 'alone' || how === 'none';
    const fate = (other: Code): Fate => {
      if (bare) return other === code || other.font === 'drawn' ? 'drawn' : 'blank';
      return other === code ? 'blank' : 'drawn';
    };
    const content = bare ? written(inside.page, fate, true) : inside.content;
    alone.context.assign(contents, deflated(PDFDict.withContext(context), content));
    alone.page.set(PDFName.of('Contents'), contents);
    for (const inner of inside.streams) {
      const changed = how !== 'as it is' && (bare || inner.unlisted);
      const empty = inner.tile && how !== 'all';
      const drawn = empty ? new Uint8Array(0) : written(inner.pieces, fate, bare);
      alone.context.assign(inner.ref, changed ? withContent(context, inner, drawn, bare) : inner.stream);
    }
    const file = await PDFStreamWriter.forContext(alone.context, Number.POSITIVE_INFINITY).serializeToBuffer();
    return render(pdfium, file);
  };
  const known = new Map<How, Promise<Drawn | undefined>>();
  return (code, how) => {
    if (code) return draw(code, how);
    const before = known.get(how) ?? draw(undefined, how);
    known.set(how, before);
    return before;
  };
}

/** A document of one page that shares its objects with the one it is from. */
function onePage(from: PDFContext, source: PDFDict): { readonly context: PDFContext; readonly page: PDFDict } {
  const context = PDFContext.create();
  context.largestObjectNumber = from.largestObjectNumber;
  const page = source.clone(from);
  page.delete(PDFName.of('Parent'));
  for (const ref of reachable(from, page)) {
    const object = ref instanceof PDFRef && from.lookup(ref);
    if (object) context.assign(ref as PDFRef, object);
  }
  const tree = context.nextRef();
  page.set(PDFName.of('Parent'), tree);
  context.assign(tree, context.obj({ Type: 'Pages', Kids: [context.register(page)], Count: 1 }));
  context.trailerInfo = { Root: context.register(context.obj({ Type: 'Catalog', Pages: tree })) };
  return { context, page };
}

/** A stream with other content, and without the bounds that clip a form. */
export function withContent(
  context: PDFContext,
  { stream, form }: Inner,
  content: Uint8Array,
  unbounded = false,
): PDFRawStream {
  const dict = stream.dict.clone(context);
  for (const key of ['Filter', 'DecodeParms', 'Length']) dict.delete(PDFName.of(key));
  if (unbounded && form) dict.set(PDFName.of('BBox'), context.obj([-FAR, -FAR, FAR, FAR]));
  return deflated(dict, content);
}

const FAR = 30_000;

function render(pdfium: Pdfium, file: Uint8Array): Drawn | undefined {
  const pdf = pdfium.open(file);
  try {
    const points = pdf.size(0);
    const { width, height } = pixelsAt(points, DPI, MAX_PIXELS);
    const samples = pdf.render(0, width, height);
    return samples && { samples, width, scale: width / Math.max(1, points.width) };
  } finally {
    pdf.close();
  }
}

function strongest(one: Drawn, other: Drawn): number {
  let most = 0;
  eachStep(one.samples, other.samples, (_pixel, step) => {
    if (step > most) most = step;
  });
  return most;
}

/** How many pixels are ink in one of two pictures alone, and how far they reach, in points. */
function inkBetween(
  one: Drawn | undefined,
  other: Drawn | undefined,
): { readonly count: number; readonly reach: number } | undefined {
  if (!one || !other) return undefined;
  const { width, scale } = one;
  let [count, left, right, top, bottom] = [0, width, -1, -1, -1];
  eachStep(one.samples, other.samples, (at, step) => {
    if (step < INK) return;
    count++;
    const x = at % width;
    const y = Math.floor(at / width);
    if (x < left) left = x;
    if (x > right) right = x;
    if (top < 0) top = y;
    bottom = y;
  });
  return { count, reach: count === 0 ? 0 : Math.max(right - left + 1, bottom - top + 1) / scale };
}
