import { drawingReading } from '../drawing/texts.ts';
import type { Part } from '../rebuild.ts';
import { piecesOf } from '../slots.ts';
import type { Piece } from '../texts.ts';

const ORDER = ['p:sld', 'c:chartSpace', 'c:userShapes', 'p:sldLayout', 'p:sldMaster'];

/** What a presentation says: a page for each slide, then its charts, then what its layouts and masters put on every slide. */
export function presentationTexts(parts: readonly Part[]): Piece[][] {
  return ORDER.flatMap((root) =>
    parts.filter(({ tree }) => tree.root.name === root).map(({ tree }) => piecesOf(tree.root, drawingReading)),
  );
}
