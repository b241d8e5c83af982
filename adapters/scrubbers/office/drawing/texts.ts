import { readNumber } from '../sheet/numbers.ts';
import { type Reading, textSlot } from '../slots.ts';
import type { Piece } from '../texts.ts';
import { child, type Element, elements, textOf } from '../xml.ts';

/** The words of shapes and charts, and the numbers that a chart holds: an axis may name patients by theirs, or by dates. */
export const drawingReading: Reading = (one) => {
  switch (one.name) {
    case 'a:t':
    case 'm:t':
    case 'c:v':
      return textSlot(one);
    case 'a:p':
    case 'a:tr':
    case 'c:pt':
    case 'c:tx':
      return 'line';
    case 'a:tc':
      return 'cell';
    // What stands above, below or between the signs of a formula is no one word.
    case 'm:e':
    case 'm:num':
    case 'm:den':
    case 'm:sub':
    case 'm:sup':
    case 'm:deg':
    case 'm:lim':
    case 'm:fName':
      return 'part';
    case 'a:br':
      return 'break';
    case 'c:numCache':
    case 'c:numLit':
      return numbersOf(one);
    case 'c:val':
    case 'c:yVal':
    case 'c:bubbleSize':
      return numbersOf(one, true);
    default:
      return undefined;
  }
};

/** A series' numbers below each other, each read as a cell's is (ECMA-376-1, 21.2.2.122); `isQuantity` says that what they stand for is drawn, not named. */
function numbersOf(series: Element, isQuantity = false): Piece[] {
  const format = textOf(child(series, 'c:formatCode') ?? 'General');
  return elements(series).flatMap((one): Piece[] => {
    if (one.name !== 'c:pt') return numbersOf(one, isQuantity);
    const value = child(one, 'c:v');
    const read = readNumber(value ? textOf(value) : '', format, false);
    return value ? [{ ...textSlot(value), ...read, amount: isQuantity || read.amount, head: '' }, '\n'] : [];
  });
}
