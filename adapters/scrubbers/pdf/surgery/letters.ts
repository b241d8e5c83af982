import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { heap } from '../pdfium.ts';
import { type Box, boundsOf, type Matrix, type OpenPage, type PageObject } from './objects.ts';
import { along } from './thin.ts';

/** One letter of a text object, at its place in the order of the text. */
export interface Letter {
  /** Its place among all that the engine reads on the page; a ligature has several. */
  readonly at: readonly number[];
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
  return texts.length === 0
    ? new Map()
    : reading<ReadonlyMap<PageObject, readonly Letter[]>>(lib, open, new Map(), (handle) =>
        lettersIn(lib, open, handle, texts),
      );
}

/** What stands around some characters of a page. */
export interface Around {
  /** The letters of the texts that they are of. A text that is drawn over itself, a little aside, to look bold is read once: its other drawings have its letters too. */
  readonly letters: ReadonlyMap<PageObject, readonly Letter[]>;
  /** Texts that the engine's reading leaves out otherwise. */
  readonly unread: readonly PageObject[];
}

/** Looks at the texts of which some characters are, by their places among all that the engine reads. */
export function lettersAround(lib: WrappedPdfiumModule, open: OpenPage, characters: Iterable<number>): Around {
  return reading<Around>(lib, open, { letters: new Map(), unread: [] }, (handle) => {
    const count = lib.FPDFText_CountChars(handle);
    const read = new Set(Array.from({ length: count }, (_, at) => lib.FPDFText_GetTextObject(handle, at)));
    const wanted = new Set(Array.from(characters, (at) => lib.FPDFText_GetTextObject(handle, at)));
    const texts = open.objects.filter(({ kind }) => kind === 'text');
    const touched = texts.filter((text) => wanted.has(text.handle));
    const letters = new Map(lettersIn(lib, open, handle, touched));
    const unread = texts.filter((text) => {
      const first = read.has(text.handle) ? text : touched.find((other) => isOver(text, other));
      const own = first === text ? undefined : letters.get(first ?? text);
      if (first && own)
        letters.set(
          text,
          own.map((letter) => aside(letter, first.matrix, text.matrix)),
        );
      return !first;
    });
    return { letters, unread };
  });
}

/** Drawings of one text are of one size, and this far from each other at the most, in shares of its height: then the engine leaves out all but the first. */
const SAME = 0.05;
const ASIDE = 1;

function isOver(text: PageObject, other: PageObject): boolean {
  const [box, first] = [text.box, other.box];
  const height = first.bottom - first.top;
  const near = (one: number, two: number, share: number) => Math.abs(one - two) <= share * height;
  return (
    text.parent === other.parent &&
    near(box.right - box.left, first.right - first.left, SAME) &&
    near(box.bottom - box.top, height, SAME) &&
    near(box.left, first.left, ASIDE) &&
    near(box.top, first.top, ASIDE)
  );
}

function aside(letter: Letter, [, , , , fromX, fromY]: Matrix, [, , , , x, y]: Matrix): Letter {
  const [left, low] = letter.origin;
  return { ...letter, origin: [left + x - fromX, low + y - fromY] };
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

function reading<T>(lib: WrappedPdfiumModule, open: OpenPage, nothing: T, work: (handle: number) => T): T {
  const handle = lib.FPDFText_LoadPage(open.page);
  if (handle === 0) return nothing;
  try {
    return work(handle);
  } finally {
    lib.FPDFText_ClosePage(handle);
  }
}

function lettersIn(
  lib: WrappedPdfiumModule,
  open: OpenPage,
  handle: number,
  texts: readonly PageObject[],
): ReadonlyMap<PageObject, readonly Letter[]> {
  const wanted = new Map(texts.map((text) => [text.handle, text]));
  const found = new Map<PageObject, Letter[]>();
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
      at: [index],
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
  return new Map(Array.from(found, ([text, letters]) => [text, asDrawn(text, letters)]));
}

/** Letters in the order of the codes that draw them, those of a ligature as one: what is read from right to left is drawn from left to right. */
function asDrawn({ matrix }: PageObject, letters: readonly Letter[]): readonly Letter[] {
  const turned = letters.some(({ character }) => RIGHT_TO_LEFT.test(character));
  const sorted = turned ? letters.toSorted((one, other) => along(matrix, other.origin, one.origin)) : letters;
  const codes: Letter[] = [];
  for (const letter of sorted) {
    const last = codes.at(-1);
    if (last && isPiece(last, letter)) codes[codes.length - 1] = joined(last, letter);
    else codes.push(letter);
  }
  return codes;
}

/** Whether two letters are read of one code, as those of a ligature are. */
function isPiece({ origin, box }: Letter, other: Letter): boolean {
  const sides = ['left', 'top', 'right', 'bottom'] as const;
  return origin.every((at, axis) => at === other.origin[axis]) && sides.every((side) => box[side] === other.box[side]);
}

function joined(one: Letter, other: Letter): Letter {
  return {
    ...one,
    at: [...one.at, ...other.at],
    character: one.character + other.character,
    speaks: one.speaks || other.speaks,
    blank: one.blank && other.blank,
  };
}

function moved([x, y]: readonly [number, number], [a, b, c, d, e, f]: Matrix): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

function inverse([a, b, c, d, e, f]: Matrix): Matrix {
  const det = a * d - b * c;
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det];
}
