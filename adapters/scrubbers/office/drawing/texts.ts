import { type Reading, textSlot } from '../slots.ts';

/** The words of shapes and charts. Numbers that a chart holds are no words. */
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
    case 'a:br':
      return 'break';
    case 'c:numCache':
    case 'c:numLit':
      return 'skip';
    default:
      return undefined;
  }
};
