import { describe, expect, it } from 'vitest';
import { packShades, type Shades, throughWindow, unpackShades } from '../../../../../domain/shades.ts';
import { draggedWindow, ofSliders, presetsOf, slidersOf, windowFor } from './windows.ts';

const slice: Shades = {
  width: 3,
  height: 1,
  channels: 1,
  bytes: 2,
  least: -1000,
  step: 1,
  most: 3000,
  inverse: false,
  window: { center: 40, width: 400 },
  hounsfield: true,
  samples: Uint16Array.of(0, 1040, 3000),
};
/** To the nearest ten: a shade in the middle is rounded the one way or the other. */
const shadesOf = (shades: Shades, lighting: Parameters<typeof windowFor>[1]) => {
  const pixels = throughWindow(shades, windowFor(shades, lighting));
  return [0, 4, 8].map((at) => Math.round((pixels[at] ?? 0) / 10) * 10);
};

describe('windows of a frame', () => {
  it('goes to the page with every value, and back', () => {
    const packed = packShades(slice);
    const back = unpackShades(packed.buffer as ArrayBuffer);
    expect(back).toEqual(slice);
    expect(() => unpackShades(packed.slice(0, -1).buffer as ArrayBuffer)).toThrow('not whole');
  });

  it('shows values through the file’s own window, all of them, and the ends in which writing may hide', () => {
    expect(shadesOf(slice, 'file')).toEqual([0, 130, 260]);
    expect(shadesOf(slice, 'all')).toEqual([0, 90, 260]);
    expect(shadesOf({ ...slice, samples: Uint16Array.of(0, 90, 3000) }, 'dark')).toEqual([0, 130, 260]);
    expect(shadesOf({ ...slice, samples: Uint16Array.of(0, 2910, 3000) }, 'bright')).toEqual([0, 130, 260]);
    expect(presetsOf(slice)).toContain('lung');
    expect(presetsOf({ hounsfield: false })).not.toContain('lung');
  });

  it('turns an inverse picture round, and finds its dark end at its greatest values', () => {
    const inverse = { ...slice, inverse: true };
    expect(shadesOf(inverse, 'all')).toEqual([260, 170, 0]);
    expect(shadesOf({ ...inverse, samples: Uint16Array.of(0, 2910, 3000) }, 'dark')).toEqual([260, 130, 0]);
  });

  it('has a scale that falls: the range is the same', () => {
    const falling = { ...slice, least: 2000, step: -1 };
    expect(windowFor(falling, 'all')).toEqual({ center: 500, width: 3000 });
    expect(shadesOf(falling, 'all')).toEqual([260, 170, 0]);
  });

  it('a drag to the right is softer, upwards brighter; sliders say the same window', () => {
    const softer = draggedWindow(slice, slice.window, 100, 0);
    expect(softer.width).toBeGreaterThan(400);
    const up = draggedWindow(slice, slice.window, 0, -100);
    expect(shadesOf(slice, up)[1]).toBeGreaterThan(shadesOf(slice, 'file')[1] as number);
    const again = ofSliders(slice, slidersOf(slice, slice.window));
    expect(again.center).toBeCloseTo(40);
    expect(again.width).toBeCloseTo(400);
  });

  it('colours keep theirs', () => {
    const colour: Shades = {
      ...slice,
      width: 1,
      channels: 3,
      bytes: 1,
      least: 0,
      most: 255,
      window: { center: 127.5, width: 255 },
      samples: Uint8Array.of(10, 200, 255),
    };
    expect([...throughWindow(colour, colour.window)]).toEqual([10, 200, 255, 255]);
  });
});
