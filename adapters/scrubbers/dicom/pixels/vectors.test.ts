import { expect, it, vi } from 'vitest';
import { vectors } from './vectors.ts';

it('are there once WebAssembly is, which a process that a snapshot is made of has not', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(vectors()).toBeUndefined();
  vi.unstubAllGlobals();
  const own = vectors();
  expect(own?.take(new Uint8Array(Uint16Array.of(7, 9, 3, 5, 8, 6, 4, 2).buffer))).toBe(true);
  expect(own?.extremes(0, 0xffff, 0)).toEqual({ least: 2, greatest: 9 });
});
