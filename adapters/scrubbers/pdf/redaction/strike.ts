import type { Box } from '../../../../domain/ports.ts';
import { meet, type Rect, shownAt, spaceAt } from '../reading/frame.ts';
import type { Glyph, PageGlyphs } from '../reading/page-text.ts';
import type { Area } from './mask.ts';

/** So much of a character's width and height must lie under a box of found words: those of the lines around it touch it by their own boxes. */
const HALF = 0.5;
/** Under a box that a person drew, a character goes that is covered by more than a hair. */
const HAIR = 0.12;

/** Which characters of a page lie under the areas. */
export function struckBy(areas: readonly Area[], { frame, glyphs }: PageGlyphs): ReadonlySet<number> {
  const struck = new Set<number>();
  const inSpace = areas.map(({ box, drawn }) => ({ rect: spaceAt(frame, box), drawn }));
  for (let index = 0; index < glyphs.length; index++) {
    const glyph = glyphs[index];
    if (!glyph || !('loose' in glyph)) continue;
    for (const { rect, drawn } of inSpace)
      if (meet(rect, glyph.loose) && (drawn ? covers(rect, visibleOf(glyph), HAIR) : covers(rect, glyph.loose, HALF))) {
        struck.add(index);
        break;
      }
  }
  return struck;
}

function visibleOf({ tight, loose }: Glyph): Rect {
  return tight.right > tight.left && tight.top > tight.bottom ? tight : loose;
}

function covers(rect: Rect, other: Rect, share: number): boolean {
  if (!meet(rect, other)) return false;
  const across = Math.min(rect.right, other.right) - Math.max(rect.left, other.left);
  const down = Math.min(rect.top, other.top) - Math.max(rect.bottom, other.bottom);
  return across >= (other.right - other.left) * share && down >= (other.top - other.bottom) * share;
}

/** Struck characters by their places among all that the engine reads. */
export function charactersAt({ glyphs }: PageGlyphs, struck: ReadonlySet<number>): ReadonlySet<number> {
  return new Set(
    [...struck].flatMap((index) => {
      const glyph = glyphs[index];
      return glyph && 'at' in glyph ? [glyph.at] : [];
    }),
  );
}

/** The places of the characters that stay, as shown. */
export function keptPlaces({ frame, glyphs }: PageGlyphs, struck: ReadonlySet<number>): Box[] {
  return glyphs.flatMap((glyph, index) =>
    'loose' in glyph && !struck.has(index) ? [shownAt(frame, glyph.loose)] : [],
  );
}
