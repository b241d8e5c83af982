import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { heap } from '../pdfium.ts';
import { type Box, boundsOf, type Matrix, type OpenPage, type PageObject } from './objects.ts';
import { isFlat } from './suspects.ts';

/** One letter of a text object, at its place in the order of the text. */
export interface Letter {
  readonly box: Box;
  /** Where the pen stands when it is drawn, in the space of the text's content stream. */
  readonly origin: readonly [number, number];
  readonly character: string;
  /** A letter or a digit: what says something when it is not seen. */
  readonly speaks: boolean;
  readonly blank: boolean;
}

/** The letters of some texts; those that the engine adds itself are left out. A text that its reading leaves out has none. */
export function lettersOf(
  lib: WrappedPdfiumModule,
  open: OpenPage,
  texts: readonly PageObject[],
): ReadonlyMap<PageObject, readonly Letter[]> {
  const wanted = new Map(texts.map((text) => [text.handle, text]));
  const found = new Map<PageObject, Letter[]>();
  if (texts.length === 0) return found;
  const handle = lib.FPDFText_LoadPage(open.page);
  if (handle === 0) return found;
  const scratch = lib.pdfium.wasmExports.malloc(32);
  const doubles = () => new Float64Array(heap(lib).buffer, scratch, 4);
  for (let index = 0, count = lib.FPDFText_CountChars(handle); index < count; index++) {
    const text = wanted.get(lib.FPDFText_GetTextObject(handle, index));
    if (!text || lib.FPDFText_IsGenerated(handle, index) === 1) continue;
    if (!lib.FPDFText_GetCharBox(handle, index, scratch, scratch + 8, scratch + 16, scratch + 24)) continue;
    const [left = 0, right = 0, bottom = 0, top = 0] = doubles();
    const box = boundsOf(open.shown, left, bottom, right, top);
    const told = lib.FPDFText_GetCharOrigin(handle, index, scratch, scratch + 8);
    const [x = 0, y = 0] = doubles();
    const unicode = lib.FPDFText_GetUnicode(handle, index);
    const character = String.fromCodePoint(unicode <= 0x10ffff ? unicode : 0);
    const letter = {
      box,
      origin: told ? moved(moved([x, y], open.shown), inverse(text.shown)) : ([Number.NaN, Number.NaN] as const),
      character,
      speaks: /[\p{Alpha}\p{N}]/u.test(character),
      blank: /^[\s\p{Z}\p{C}]$/u.test(character),
    };
    const list = found.get(text);
    if (list) list.push(letter);
    else found.set(text, [letter]);
  }
  lib.pdfium.wasmExports.free(scratch);
  lib.FPDFText_ClosePage(handle);
  return found;
}

/**
 * The letters that go where some speaking ones are `unseen`: these, and what says nothing (spaces, points) and stands between two of them, or between one and the text's end. A letter that
 * is `halved` where seen ones end stays: a line cut by the edge of its page keeps the letter that the edge cuts.
 */
export function lettersToGo(
  letters: readonly Letter[],
  unseen: ReadonlySet<Letter>,
  halved: ReadonlySet<Letter>,
): ReadonlySet<number> {
  const speaking = letters.filter(({ speaks }) => speaks);
  const gone = new Set(
    speaking.filter((letter, at) => {
      if (!unseen.has(letter)) return false;
      const beside = [speaking[at - 1], speaking[at + 1]].some((next) => next !== undefined && !unseen.has(next));
      return !(halved.has(letter) && beside);
    }),
  );
  const indexes = new Set<number>();
  const nearest = (from: number, step: number) => {
    let at = from + step;
    while (letters[at] && !letters[at]?.speaks) at += step;
    return letters[at];
  };
  for (const [at, letter] of letters.entries()) {
    const around = letter.speaks ? [letter] : [nearest(at, -1), nearest(at, 1)].filter((next) => next !== undefined);
    if (around.length > 0 && around.every((next) => gone.has(next))) indexes.add(at);
  }
  return indexes;
}

/** The words that consecutive letters say. */
export function wordsOf(letters: readonly Letter[], indexes: ReadonlySet<number>): string[] {
  return letters
    .map(({ character }, at) => (indexes.has(at) ? character : '\0'))
    .join('')
    .split('\0')
    .map((run) => run.trim())
    .filter((run) => run.length > 0);
}

/**
 * Whether some letters of a text are unseen only because there is no shape for them: its font is not in the file (9.6.2.2 and 9.8), and no font at hand has them. A reader with another font
 * shows them.
 */
export function lackShapes(lib: WrappedPdfiumModule, text: PageObject, letters: readonly Letter[]): boolean {
  const speaking = letters.filter(({ speaks }) => speaks);
  const painted = text.fill !== undefined || text.stroke !== undefined;
  if (!painted || speaking.length === 0 || !speaking.every(({ box }) => isFlat(box))) return false;
  return lib.FPDFFont_GetIsEmbedded(lib.FPDFTextObj_GetFont(text.handle)) === 0;
}

function moved([x, y]: readonly [number, number], [a, b, c, d, e, f]: Matrix): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

function inverse([a, b, c, d, e, f]: Matrix): Matrix {
  const det = a * d - b * c;
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det];
}
