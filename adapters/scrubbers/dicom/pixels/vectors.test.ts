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

it('take words where they lie in their own memory, and copies of others, which leave that as it is', () => {
  const own = vectors();
  const lying = own?.memory(64) ?? new Uint8Array(64);
  lying.fill(1);
  const before = lying.slice();
  expect(own?.take(new Uint8Array(48).fill(9))).toBe(true);
  expect(own?.bits()).toBe(0x0909);
  expect(lying).toEqual(before);
  lying.fill(4, 16, 32);
  expect(own?.take(lying.subarray(16, 32))).toBe(true);
  expect(own?.bits()).toBe(0x0404);
  const larger = own?.memory(200_000) ?? new Uint8Array();
  larger.fill(2);
  expect(own?.take(larger.subarray(0, 32))).toBe(true);
  expect(own?.bits()).toBe(0x0202);
});
