import { describe, expect, it } from 'vitest';
import { coversOf } from './mask.ts';

const size = { width: 600, height: 800 };
const word = { left: 0.1, top: 0.1, width: 0.05, height: 0.015 };

describe('the box that is painted', () => {
  it('holds what it stands for', () => {
    const [cover] = coversOf([{ box: word, drawn: false }], [], size);
    expect(cover?.left).toBeLessThanOrEqual(word.left);
    expect(cover?.top).toBeLessThanOrEqual(word.top);
    expect((cover?.left ?? 0) + (cover?.width ?? 0)).toBeGreaterThanOrEqual(word.left + word.width);
    expect((cover?.top ?? 0) + (cover?.height ?? 0)).toBeGreaterThanOrEqual(word.top + word.height);
  });

  it('is as wide for a name as for a somewhat longer one', () => {
    const longer = { ...word, width: 0.07 };
    const [one, other] = [word, longer].map((box) => coversOf([{ box, drawn: false }], [], size)[0]?.width ?? 0);
    expect(one).toBeCloseTo(other ?? 0, 6);
  });

  it('comes near no word that stays, on either side', () => {
    const before = { left: 0.05, top: 0.1, width: 0.049, height: 0.015 };
    const after = { left: 0.152, top: 0.1, width: 0.05, height: 0.015 };
    const [cover] = coversOf([{ box: word, drawn: false }], [before, after], size);
    expect(cover?.left).toBeGreaterThanOrEqual(before.left + before.width);
    expect((cover?.left ?? 0) + (cover?.width ?? 0)).toBeLessThanOrEqual(after.left);
  });

  it('does not grow into the lines above and below', () => {
    const above = { left: 0.1, top: 0.085, width: 0.05, height: 0.015 };
    const below = { left: 0.1, top: 0.115, width: 0.05, height: 0.015 };
    const [cover] = coversOf([{ box: word, drawn: false }], [above, below], size);
    expect(cover?.top).toBeCloseTo(word.top, 6);
    expect(cover?.height).toBeCloseTo(word.height, 6);
  });

  it('is what a person drew, cut to the page', () => {
    const [cover] = coversOf([{ box: { left: -0.1, top: 0.9, width: 0.5, height: 0.2 }, drawn: true }], [], size);
    expect(cover?.left).toBe(0);
    expect(cover?.width).toBeCloseTo(0.4, 6);
    expect(cover?.top).toBe(0.9);
    expect(cover?.height).toBeCloseTo(0.1, 6);
  });
});
