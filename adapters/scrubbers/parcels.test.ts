import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { giveFrom, joined, parted, taker } from './parcels.ts';
import type { Job, Message } from './protocol.ts';

const bytes = Uint8Array.of(1, 2, 3);
const prepared = { format: 'text', pages: [], texts: [], removed: {}, notSearched: [], verified: [] } as const;
const asked = { maxPages: 9, readMs: 0 };
const { format, removed, notSearched, verified } = prepared;
const report = { format, bytesIn: 3, bytesOut: 3, pages: 1, removed, redacted: {}, kept: {}, notSearched, verified };
const refusal = { outcome: 'refused', reason: 'corrupt' } as const;

const laden: readonly (Job | Message)[] = [
  { job: 'analyse', file: bytes, ...asked },
  { job: 'prepare', packed: { bytes, method: 0, size: 3, crc32: 7 }, maxBytes: 9, ...asked },
  { job: 'scrub', file: bytes, redact: 'all', flatten: false, ...asked },
  { job: 'redact', format: 'text', prepared: bytes, redactions: [], flatten: false, maxPages: 9 },
  { job: 'picture', file: bytes, page: 1, width: 9, annotated: false },
  { job: 'frame', file: bytes, page: 1, width: 9 },
  { job: 'text', file: bytes, page: 1 },
  { answer: 'analyse', outcome: { outcome: 'analysed', prepared: bytes, findings: [], bytesIn: 3, ...prepared } },
  { answer: 'prepare', outcome: { file: bytes, ...prepared } },
  { answer: 'scrub', outcome: { outcome: 'scrubbed', file: bytes, report } },
  { answer: 'redact', outcome: { file: bytes, pages: 1, notSearched: [], verified: [] } },
  { answer: 'picture', picture: bytes },
  { answer: 'frame', frame: bytes },
];
const bare: readonly (Job | Message)[] = [
  { job: 'files', files: [], tally: 'tally', maxBytes: 9, redact: 'all', ...asked },
  { answer: 'analyse', outcome: refusal },
  { answer: 'prepare', outcome: refusal },
  { answer: 'scrub', outcome: refusal },
  { answer: 'redact', outcome: refusal },
  { answer: 'text', text: 'words' },
  { answer: 'failed', code: 'crashed' },
  { answer: 'ready' },
];

describe('a message of which a file is part', () => {
  it.each(laden)('goes without its bytes, and is put together again (%j)', (whole) => {
    const { parcel, bytes: beside } = parted(whole);
    expect(beside).toBe(bytes);
    expect(parcel.bytes).toBe(bytes.length);
    expect(JSON.stringify(parcel.said)).not.toContain(JSON.stringify(bytes));
    expect(joined(parcel.said, bytes)).toEqual(whole);
  });

  it.each(bare)('goes as it is where there are none (%j)', (whole) => {
    expect(parted(whole)).toEqual({ parcel: { said: whole }, bytes: undefined });
  });
});

describe('what comes beside a message', () => {
  const beside = () => {
    const stream = new PassThrough();
    return { stream, take: taker(stream) };
  };

  it('is taken in pieces as it comes, one file after the other', async () => {
    const { stream, take } = beside();
    const first = take(5);
    stream.write(Uint8Array.of(1, 2));
    setImmediate(() => stream.write(Uint8Array.of(3, 4, 5)));
    expect(await first).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
    stream.write(Uint8Array.of(6));
    expect(await take(1)).toEqual(Uint8Array.of(6));
    expect(await take(0)).toEqual(new Uint8Array());
  });

  it('is not read before it is announced, and no more of it than was', async () => {
    const { stream, take } = beside();
    stream.write(Uint8Array.of(1, 2, 3));
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.readableLength).toBe(3);
    expect(await take(2)).toEqual(Uint8Array.of(1, 2));
  });

  it('goes on to a sink as it comes, a part at a time, and none of what belongs to the next', async () => {
    const { stream, take } = beside();
    const whole = Uint8Array.from({ length: 2_500_000 }, (_, at) => at % 251);
    const [parts, sizes]: [Buffer[], number[]] = [[], []];
    const taken = take(whole.length, async (part) => {
      await new Promise((resolve) => setImmediate(resolve));
      parts.push(Buffer.from(part));
      sizes.push(part.length);
    });
    const sent = Buffer.concat([whole, Uint8Array.of(1, 2)]);
    for (let at = 0; at < sent.length; at += 70_000) stream.write(sent.subarray(at, at + 70_000));
    expect(await taken).toEqual(new Uint8Array());
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
    expect(sizes).toEqual([1_048_576, 1_048_576, 402_848]);
    const next = take(1);
    stream.write(Uint8Array.of(9));
    expect(await next).toEqual(Uint8Array.of(9));
  });

  it('is not taken further where the sink does not take it', async () => {
    const { stream, take } = beside();
    const taken = take(3_000_000, () => Promise.reject(new Error('full')));
    stream.write(new Uint8Array(3_000_000));
    await expect(taken).rejects.toThrow('full');
  });

  it.each([-1, Number.NaN, 2 ** 31])('is not believed to be %d bytes', async (length) => {
    await expect(beside().take(length)).rejects.toThrow(RangeError);
  });
});

it('what a source has is given part by part, as it is taken', async () => {
  const whole = Uint8Array.from({ length: 2_500_000 }, (_, at) => at % 251);
  const asked: number[] = [];
  const source = {
    length: whole.length,
    read: async (from: number, to: number) => {
      asked.push(to - from);
      return whole.subarray(from, to);
    },
  };
  const stream = new PassThrough({ highWaterMark: 1 });
  const giving = giveFrom(source, stream);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual([1_048_576]);
  expect(await taker(stream)(whole.length)).toEqual(whole);
  await giving;
  expect(asked).toEqual([1_048_576, 1_048_576, 402_848]);
});
