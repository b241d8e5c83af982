import { expect, it } from 'vitest';
import { createRooms } from './room.ts';

it('gives the room of a file for what ends as that file does, with room for a longer beginning', () => {
  const { given, made } = createRooms();
  const file = given(1000).fill(7);
  const last = file.subarray(400);
  for (const bytes of [last.length, 700, 1000, 50_000]) {
    const output = made(bytes, last);
    expect(output).toHaveLength(bytes);
    expect(output.buffer).toBe(file.buffer);
    expect(output.subarray(bytes - last.length)).toEqual(last);
  }
});

it('gives other memory where the beginning is too long, and for what does not end so', () => {
  const { given, made } = createRooms();
  const file = given(1000);
  expect(made(100_000, file.subarray(400)).buffer).not.toBe(file.buffer);
  expect(made(500).buffer).not.toBe(file.buffer);
  expect(made(500, new Uint8Array(400)).buffer).not.toBe(file.buffer);
  const large = given(17 * 1024 * 1024);
  expect(made(500, large.subarray(-400)).buffer).not.toBe(large.buffer);
});
