import type { PictureReader, Raster } from '../format.ts';
import { createEngine, type Engine, type Layout, type ReadLine, type ReadWord } from './engine.ts';
import { type Grey, greyOf, scaled } from './grey.ts';
import { type InkLine, inkLines, roomy, writingAlone } from './ink.ts';
import { modelsFor } from './models.ts';
import { evenLight, lieOf } from './paper.ts';
import { cutAtSpaces, overTheirInk } from './spaces.ts';
import { rotated, type View, viewOf, withPicture, zoomed } from './view.ts';
import { bounds, inRows, type Line, placed, share, sureness, UNREAD, united, type Word, written } from './words.ts';

export interface ReaderOptions {
  /** BCP 47, the likeliest first: they choose the models. */
  readonly languages?: readonly string[];
  /** For all that is read with this reader. */
  readonly budgetMs: number;
  /** Milliseconds, for the budget. */
  readonly now: () => number;
  /** Shared by readers that follow each other, for its thread takes half a second to start; the reader's own where it is absent. */
  readonly engine?: Engine;
}

const SEARCH_PIXELS = 2_200_000;
const PAGE_PIXELS = 7_000_000;
const LIE_SIDE = 1500;

/**
 * Gives a reader that tells two kinds of pictures apart. A frame (an ultrasound machine's screen, an X-ray, a photograph of somebody) has little writing, scattered, and often light on dark: its
 * writing is found by its ink, set alone in black on white, and read at two sizes; what stays unread is in the text as U+FFFD. Paper is straightened, evened in light and read as a page, and once more at
 * another size. Gives undefined once the budget is used up before anything was read.
 */
export function createReader(options: ReaderOptions): PictureReader & { close(): Promise<void> } {
  const engine = options.engine ?? createEngine();
  const models = modelsFor(options.languages);
  const end = options.now() + options.budgetMs;
  const left = () => end - options.now();
  const read: Read = async (view, layout) => {
    if (left() <= 0) return undefined;
    return engine.recognise(view.picture, layout, models, left());
  };
  return {
    read: async (picture) => {
      if (left() <= 0) return undefined;
      const { search, ink } = await lookedAt(await atMost(greyOf(picture, true), SEARCH_PIXELS));
      return isFrame(search.picture, ink)
        ? readFrame(search, ink, read)
        : readPaper(picture, ink, search.picture, read);
    },
    close: () => (options.engine ? Promise.resolve() : engine.close()),
  };
}

/** What looks like writing on a frame, each piece as U+FFFD with its place: for when there is no time to read it. */
export async function unreadWriting(picture: Raster): Promise<Pick<NonNullable<Reading>, 'text' | 'places'>> {
  const { search, ink } = await lookedAt(await atMost(greyOf(picture, true), SEARCH_PIXELS));
  return written(ink.map((line) => [unreadWord(roomy(line), search)]));
}

/** Lines of ink, each as U+FFFD with its place on the picture. */
export function unreadLines(lines: readonly InkLine[], picture: Grey): Pick<NonNullable<Reading>, 'text' | 'places'> {
  const view = viewOf(picture);
  return written(lines.map((line) => [unreadWord(roomy(line), view)]));
}

type Read = (view: View, layout: Layout) => Promise<readonly ReadLine[] | undefined>;
type Reading = Awaited<ReturnType<PictureReader['read']>>;

async function atMost(picture: Grey, pixels: number): Promise<Grey> {
  return scaled(picture, Math.min(1, Math.sqrt(pixels / (picture.width * picture.height))));
}

interface Looked {
  readonly search: View;
  readonly ink: readonly InkLine[];
}

/** Finds the writing across, or from top to bottom where there is clearly more: the view is turned a quarter then. */
async function lookedAt(picture: Grey): Promise<Looked> {
  const upright = { search: viewOf(picture), ink: inkLines(picture) };
  const turned = await rotated(upright.search, 90);
  const sideways = { search: turned, ink: inkLines(turned.picture) };
  return inLines(sideways.ink) > 1.5 * inLines(upright.ink) ? sideways : upright;
}

/** Letters that stand in lines of some length: chance makes short ones. */
function inLines(ink: readonly InkLine[]): number {
  return ink.reduce((sum, line) => sum + (line.letters >= 4 ? line.letters : 0), 0);
}

const DARK = 64;
const DARK_SHARE = 0.4;
const FEW_LETTERS = 60;

/** Whether a picture is a frame with scattered writing rather than paper: mostly dark, with light writing, or with so little writing that all of it is best covered. */
function isFrame(picture: Grey, ink: readonly InkLine[]): boolean {
  let dark = 0;
  for (const shade of picture.data) if (shade < DARK) dark++;
  const count = (light: boolean) => ink.reduce((sum, line) => sum + (line.light === light ? line.letters : 0), 0);
  const [light, black] = [count(true), count(false)];
  return (
    light + black < FEW_LETTERS || light > black / 2 || (dark > DARK_SHARE * picture.data.length && light > black / 8)
  );
}

const LETTER = 24;
const LARGER = 34;
/** Below this the picture may stand on its head. */
const UNSURE = 50;

async function readFrame(search: View, ink: readonly InkLine[], read: Read): Promise<Reading> {
  const readings: (readonly Line[])[] = [];
  if (ink.length > 0) {
    const usual = usualHeight(ink);
    let alone = withPicture(search, writingAlone(search.picture, ink));
    for (const height of [LETTER, LARGER]) {
      const scale = sizeFor(search.picture, height / usual);
      let lines = await readIn(await zoomed(alone, scale), 'sparse', read);
      if (lines && readings.length === 0 && sureness(lines).confidence < UNSURE) {
        // The other way up, perhaps.
        const over = await rotated(alone, 180);
        const other = await readIn(await zoomed(over, scale), 'sparse', read);
        if (other && rank(other) > rank(lines)) [alone, lines] = [over, other];
      }
      if (lines) readings.push(inRows(lines));
    }
  }
  // Where no time was left for reading, all writing is there as unread: what is to be covered is known.
  const lines = united(readings);
  const words = lines.flat();
  const unread = ink
    .map((line) => unreadWord(roomy(line), search))
    .filter((word) => !words.some((other) => share(word, other) > 0.8));
  return { ...written([...lines, ...unread.map((word) => [word])]), frame: true };
}

async function readIn(view: View, layout: Layout, read: Read): Promise<readonly Line[] | undefined> {
  const lines = await read(view, layout);
  return lines && placed(lines, view);
}

function unreadWord(
  { left, top, right, bottom }: Pick<InkLine, 'left' | 'top' | 'right' | 'bottom'>,
  view: View,
): Word {
  const [x, y, width, height] = bounds(view, left, top, right, bottom);
  return {
    left: x,
    top: y,
    right: x + width,
    bottom: y + height,
    text: UNREAD,
    confidence: 0,
    units: [[x, y, width, height]],
  };
}

const POOR = 62;
const CAPITAL = 28;
/** The second reading's size in terms of the first one's. */
const AGAIN = 0.72;
const MOST_READ = 5_500_000;

async function readPaper(picture: Raster, ink: readonly InkLine[], search: Grey, read: Read): Promise<Reading> {
  const page = await atMost(greyOf(picture), PAGE_PIXELS);
  const even = viewOf(evenLight(page));
  const { sideways, degrees } = lieOf(
    await scaled(even.picture, Math.min(1, LIE_SIDE / Math.max(page.width, page.height))),
  );
  const high = (usualHeight(ink) * page.width) / search.width;
  const upright = await zoomed(even, sizeFor(page, CAPITAL / high));
  const first = sideways ? 90 : 0;
  let best: { readonly page: ReadPage; readonly turn: number } | undefined;
  for (const turn of [first, first + 180]) {
    const found = await readPage(await rotated(upright, turn - degrees), 'page', read);
    if (!found) break;
    if (!best || rank(found.lines) > rank(best.page.lines)) best = { page: found, turn };
    if (sureness(found.lines).confidence >= POOR) break;
  }
  if (!best) return undefined;
  const other = sizeFor(page, AGAIN * (CAPITAL / high));
  const again = await readPage(await rotated(await zoomed(even, other), best.turn - degrees), 'sparse', read);
  const readings = [best.page, ...(again ? [again] : [])];
  const lines = united([...readings.map((one) => one.lines), ...readings.map((one) => one.before)]);
  return { ...written([...lines, ...unreadOn(readings).map((word) => [word])]), frame: false };
}

/** What looks like writing on a page and was read by nobody; once, where both its strokes and the light between them do. */
function unreadOn(readings: readonly ReadPage[]): Word[] {
  const { view } = readings.at(-1) as ReadPage;
  const words = inkLines(withoutRead(readings))
    .filter(({ letters }) => letters >= LEAST_UNREAD)
    .map((line) => unreadWord(line, view))
    .sort((one, other) => areaOf(other) - areaOf(one));
  return words.filter((word, index) => !words.slice(0, index).some((other) => share(word, other) > 0.8));
}

const areaOf = ({ left, top, right, bottom }: Word) => (right - left) * (bottom - top);

/** A letter by itself is mostly a mark, a stain or the grain of a table. */
const LEAST_UNREAD = 2;
/** A word that no reading was so sure of is unread. */
const SURE = 40;

/** The picture of the last reading of a page without what was read: white where any reading was sure of a word. */
function withoutRead(readings: readonly ReadPage[]): Grey {
  const { picture } = (readings.at(-1) as ReadPage).view;
  const left = { ...picture, data: picture.data.slice() };
  for (const { view, words } of readings) {
    const [across, down] = [picture.width / view.picture.width, picture.height / view.picture.height];
    for (const word of words) {
      if (word.confidence < SURE) continue;
      const room = 0.25 * (word.bottom - word.top);
      const from = Math.max(0, Math.round((word.left - room) * across));
      const to = Math.min(left.width, Math.round((word.right + room) * across));
      const last = Math.min(left.height, Math.round((word.bottom + room) * down));
      for (let y = Math.max(0, Math.round((word.top - room) * down)); y < last; y++)
        left.data.fill(255, y * left.width + from, y * left.width + Math.max(from, to));
    }
  }
  return left;
}

/** What one reading of a page gave, and lines whose words were put apart afterwards, as they were before. */
interface ReadPage {
  readonly view: View;
  readonly words: readonly ReadWord[];
  readonly lines: readonly Line[];
  readonly before: readonly Line[];
}

async function readPage(view: View, layout: Layout, read: Read): Promise<ReadPage | undefined> {
  const lines = await read(view, layout);
  if (!lines) return undefined;
  const cut = cutAtSpaces(lines, view.picture);
  return {
    view,
    words: lines.flatMap(({ words }) => words),
    lines: placed(overTheirInk(cut.lines, view.picture), view),
    before: placed(overTheirInk(cut.before, view.picture), view),
  };
}

/** The scale that is wanted, less where the picture would be too large to read in memory. */
function sizeFor({ width, height }: Grey, wanted: number): number {
  return Math.min(4, wanted, Math.sqrt(MOST_READ / (width * height)));
}

/** How high letters are as a rule: the median of the lines, those of chance left out. */
function usualHeight(ink: readonly InkLine[]): number {
  const long = ink.filter((line) => line.letters >= 3);
  const heights = (long.length > 0 ? long : ink).map((line) => line.height).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? LETTER;
}

function rank(lines: readonly Line[]): number {
  const { confidence, letters } = sureness(lines);
  return confidence * Math.sqrt(letters);
}
