import type { Box } from '../../../../domain/ports.ts';

/** What is to go from one place of a page as shown. A person drew it, or it stands for words that were found. */
export interface Area {
  readonly box: Box;
  readonly drawn: boolean;
}

/** A font's ink may reach a little past its own box, in shares of the line's height. */
const PADDING = 0.06;
/** The width of a box would tell how long a name was: it grows in steps of so many times its height, where there is room. */
const STEP = 2;
/** What is kept beside a box stays this far away from it. */
const GAP = 0.12;

/**
 * Gives the boxes that are painted for some areas of a page: those that a person drew as they are; those of words a little larger, and as wide as the next step where
 * nothing that is kept stands in the way. `kept` are the places of what stays, `size` the page's in any unit of length.
 */
export function coversOf(
  areas: readonly Area[],
  kept: readonly Box[],
  size: { readonly width: number; readonly height: number },
): readonly Box[] {
  return areas.map(({ box, drawn }) => {
    if (drawn) return inPage(box.left, box.top, box.left + box.width, box.top + box.height);
    const across = box.width * size.width;
    const down = box.height * size.height;
    // Lines that run up or down the page are padded only.
    const upright = down > 2 * across;
    const line = upright ? across : down;
    const padX = (PADDING * line) / size.width;
    const padY = (PADDING * line) / size.height;
    const room = roomBeside(box, kept, (GAP * line) / size.width);
    const wanted = upright ? across : Math.ceil((across + 2 * PADDING * line) / (STEP * line)) * STEP * line;
    const missing = Math.max(0, wanted / size.width - box.width);
    const right = box.left + box.width + Math.min(Math.max(padX, missing), Math.max(room.right, 0));
    const still = Math.max(padX, box.width + missing - (right - box.left));
    const left = box.left - Math.min(still, Math.max(room.left, 0));
    const above = roomAbove(box, kept);
    return inPage(left, box.top - Math.min(padY, above.up), right, box.top + box.height + Math.min(padY, above.down));
  });
}

/** How far a box may grow to either side before it comes near what is kept on its line. */
function roomBeside(box: Box, kept: readonly Box[], gap: number): { left: number; right: number } {
  let left = box.left;
  let right = 1 - (box.left + box.width);
  for (const other of kept) {
    const shared = Math.min(box.top + box.height, other.top + other.height) - Math.max(box.top, other.top);
    if (shared < other.height * 0.2) continue;
    const middle = other.left + other.width / 2;
    if (middle > box.left + box.width / 2) right = Math.min(right, other.left - gap - (box.left + box.width));
    else left = Math.min(left, box.left - (other.left + other.width) - gap);
  }
  return { left, right };
}

function roomAbove(box: Box, kept: readonly Box[]): { up: number; down: number } {
  let up = box.top;
  let down = 1 - (box.top + box.height);
  for (const other of kept) {
    if (other.left >= box.left + box.width || other.left + other.width <= box.left) continue;
    const middle = other.top + other.height / 2;
    if (middle > box.top + box.height / 2) down = Math.min(down, Math.max(0, other.top - (box.top + box.height)));
    else up = Math.min(up, Math.max(0, box.top - (other.top + other.height)));
  }
  return { up, down };
}

function inPage(left: number, top: number, right: number, bottom: number): Box {
  const [l, t] = [Math.min(1, Math.max(0, left)), Math.min(1, Math.max(0, top))];
  return { left: l, top: t, width: Math.min(1, Math.max(l, right)) - l, height: Math.min(1, Math.max(t, bottom)) - t };
}
