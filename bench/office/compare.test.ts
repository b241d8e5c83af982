import { expect, test } from 'vitest';
import type { Analysis } from '../../domain/ports.ts';
import { lostOf, withoutFound } from './compare.ts';

test('takes a found word for found where the page prints it in pieces, and no other', () => {
  const before = 'Use T AI V IET L ETTER , e V OWEL'.split(' ');
  const { lost, found } = withoutFound(before, lostOf(before, ['Use']), saying('Tai Viet Letter', 'Tai Viet Letter'));
  expect([lost, found]).toEqual([[',', 'e', 'V', 'OWEL'], 6]);
});

test('takes a found number for found where a cell prints fewer of its decimals', () => {
  const analysis = saying('10.2712609970674 0.0651130911583265 12.5', '10.2712609970674 0.0651130911583265');
  const lost = ['10.27', '6.51%', '6,511%', '10.28', '12.5'];
  expect(withoutFound(lost, lost, analysis).lost).toEqual(['10.28', '12.5']);
});

test('holds words of marks and signs alone against what was found', () => {
  const lost = ['\u0651\u25cc', '\uaade', '\u25cc\u064c'];
  expect(withoutFound(lost, lost, saying('\u25cc\u0651 \uaade', '\u25cc\u0651 \uaade')).lost).toEqual(['\u25cc\u064c']);
});

/** An analysis of one page with one finding. */
function saying(text: string, piece: string): Analysis {
  const start = text.indexOf(piece);
  const finding = {
    page: 1,
    source: 'text',
    start,
    end: start + piece.length,
    boxes: [],
    kind: 'name',
    certainty: 'possible',
    rule: 'test',
  };
  return {
    texts: [{ page: 1, source: 'text', text, places: new Float32Array(0) }],
    findings: [finding],
  } as unknown as Analysis;
}
