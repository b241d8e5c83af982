import { drawingReading } from '../drawing/texts.ts';
import type { Part } from '../rebuild.ts';
import { attributeSlot, piecesOf, type Reading, textSlot } from '../slots.ts';
import type { Piece } from '../texts.ts';
import { walk } from '../xml.ts';

const reading: Reading = (one) => {
  switch (one.name) {
    case 'w:t':
      return textSlot(one);
    case 'w:p':
    case 'w:tr':
      return 'line';
    case 'w:tc':
      return 'cell';
    case 'w:tab':
    case 'w:ptab':
      return 'tab';
    case 'w:br':
    case 'w:cr':
      return 'break';
    case 'w:drawing':
    case 'w:pict':
    case 'w:object':
      return 'aside';
    case 'w:tabs':
      return 'skip';
    default:
      return drawingReading(one);
  }
};

const ORDER = ['w:document', 'w:hdr', 'w:ftr', 'w:footnotes', 'w:endnotes', 'c:chartSpace', 'c:userShapes'];

/** Whether the label of a list says more than its number ('%1' stands for that). */
export const isSaid = (label: string): boolean => /\p{Alpha}{2}|\d{2}/u.test(label.replace(/%\d/g, ' '));

/** What a Word document says: its text, headers and footers, notes, charts, labels of lists; each begins a page. */
export function wordTexts(parts: readonly Part[]): Piece[][] {
  const stories = ORDER.flatMap((root) =>
    parts.filter(({ tree }) => tree.root.name === root).map(({ tree }) => piecesOf(tree.root, reading)),
  );
  const labels: Piece[] = [];
  for (const { tree } of parts)
    if (tree.root.name === 'w:numbering')
      walk(tree.root, (one) => {
        const label = one.name === 'w:lvlText' ? (one.attributes['w:val'] ?? '') : '';
        if (isSaid(label)) labels.push(attributeSlot(one, 'w:val'), '\n');
      });
  return [...stories, labels];
}
