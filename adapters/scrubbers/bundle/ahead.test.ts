import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAhead } from './ahead.ts';

const MB = 1024 * 1024;

function sourceOf(length: number) {
  const reads: (readonly [number, number])[] = [];
  const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) % 251);
  const read = async (from: number, to: number) => {
    reads.push([from, to]);
    return bytes.slice(from, to);
  };
  return { reads, bytes, source: { length, read } };
}

describe('a source that is read ahead of', () => {
  const { bytes, source } = sourceOf(9 * MB);

  it('gives what the source gives, in whatever order it is asked, also at once', async () => {
    const place = fc.tuple(fc.nat({ max: 9 * MB }), fc.nat({ max: 2 * MB }));
    await fc.assert(
      fc.asyncProperty(fc.array(place, { maxLength: 12 }), fc.boolean(), async (places, isAtOnce) => {
        const ahead = readAhead(source);
        const asked = places.map(([from, length]) => [from, Math.min(source.length, from + length)] as const);
        const given: Uint8Array[] = isAtOnce ? await Promise.all(asked.map((one) => ahead.read(...one))) : [];
        if (!isAtOnce) for (const one of asked) given.push(await ahead.read(...one));
        for (const [index, [from, to]] of asked.entries())
          expect(Buffer.compare(given[index] as Uint8Array, bytes.subarray(from, to))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('is read a few times for many small files that lie one behind the other', async () => {
    const { reads, source: counted } = sourceOf(9 * MB);
    const ahead = readAhead(counted);
    for (let at = 0; at + 60_040 < counted.length; at += 60_040) {
      await ahead.read(at, at + 30);
      await ahead.read(at + 40, at + 60_040);
    }
    expect(reads.length).toBeLessThan(6);
    expect(reads.reduce((sum, [from, to]) => sum + to - from, 0)).toBeLessThan(10 * MB);
  });

  it('is not read ahead of by files that lie apart', async () => {
    const { reads, source: counted } = sourceOf(9 * MB);
    const ahead = readAhead(counted);
    for (const at of [8, 2, 6, 4, 0]) await ahead.read(at * MB, at * MB + 100);
    expect(reads.map(([from, to]) => to - from)).toEqual([100, 100, 100, 100, 100]);
  });

  it('fails as the source does, and is asked again', async () => {
    let fails = true;
    const ahead = readAhead({
      length: 10,
      read: async () => {
        if (fails) throw new Error('gone');
        return new Uint8Array(3);
      },
    });
    await expect(ahead.read(0, 3)).rejects.toThrow('gone');
    fails = false;
    expect(await ahead.read(0, 3)).toEqual(new Uint8Array(3));
  });
});
