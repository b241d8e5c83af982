import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { Letter } from '../surgery/letters.ts';
import type { PageObject } from '../surgery/objects.ts';
import { isFlat } from './suspects.ts';

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
