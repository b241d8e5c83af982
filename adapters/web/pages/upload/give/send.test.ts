import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UploadState } from '../../../../../bot/pages/pages.ts';
import type { Refused } from '../../link/session.ts';
import { largestPiece, type Sink, sendFile } from './send.ts';

const base: UploadState = {
  caseId: 'C-1',
  language: 'en',
  expiresAt: '',
  limit: 1e9,
  dicomLimit: 1e9,
  bundleLimit: 2_000_000_000,
  idleMinutes: 15,
  dicomOptions: [],
};
const lost: Refused = { refused: 'no-connection', words: '' };

/** A server that holds what came, and answers to the n-th call with `instead` of it. */
function server(size: number, instead: Readonly<Record<number, UploadState | Refused>> = {}) {
  const calls: { offset: number; bytes: number }[] = [];
  const waited: number[] = [];
  const troubles: boolean[] = [];
  const arrived: number[] = [];
  let offset = 0;
  const sink: Sink = {
    append: async (at, bytes) => {
      calls.push({ offset: at, bytes: bytes.size });
      const odd = instead[calls.length];
      if (odd) return odd;
      if (at === offset) offset += bytes.size;
      return { ...base, incoming: { size, offset } };
    },
    wait: async (ms) => void waited.push(ms),
    arrived: (bytes) => void arrived.push(bytes),
    lost: (is) => void troubles.push(is),
  };
  return { sink, calls, waited, troubles, arrived, held: () => offset };
}
const file = (size: number) => new Blob([new Uint8Array(size)]);
const never = new AbortController().signal;

describe('sending a file', () => {
  it('sends every byte once, in pieces of at most 4 MiB that follow one another', async () => {
    const size = 30_000_000;
    const { sink, calls, arrived } = server(size);
    expect(await sendFile(file(size), 0, sink, never)).toBe('sent');
    expect(calls.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(size);
    expect(Math.max(...calls.map(({ bytes }) => bytes))).toBe(largestPiece);
    expect(calls.slice(1).every(({ offset }, at) => offset === arrived[at])).toBe(true);
  });

  it('goes on after a lost connection, waiting longer each time, and says so', async () => {
    const { sink, waited, troubles, held } = server(900_000, { 2: lost, 3: lost, 4: lost });
    expect(await sendFile(file(900_000), 0, sink, never)).toBe('sent');
    expect(waited).toEqual([1000, 2000, 4000]);
    expect(troubles).toEqual([true, true, true, false]);
    expect(held()).toBe(900_000);
  });

  it('goes on where the server says, not where it believed to be', async () => {
    const { sink, calls } = server(600_000, { 2: { ...base, incoming: { size: 600_000, offset: 262_144 } } });
    await sendFile(file(600_000), 0, sink, never);
    expect(calls[2]?.offset).toBe(262_144);
  });

  it('begins in the middle where a part is there already', async () => {
    const { sink, calls } = server(600_000, { 1: { ...base, incoming: { size: 600_000, offset: 600_000 } } });
    expect(await sendFile(file(600_000), 500_000, sink, never)).toBe('sent');
    expect(calls).toEqual([{ offset: 500_000, bytes: 100_000 }]);
  });

  it('gives up on what does not pass, and on a server that stays broken', async () => {
    const over: Refused = { refused: 'session.gone', words: 'Over.' };
    expect(await sendFile(file(10), 0, server(10, { 1: over }).sink, never)).toEqual(over);
    const failed: Refused = { refused: 'web.failed', words: '' };
    const { sink, calls } = server(10, Object.fromEntries(Array.from({ length: 50 }, (_, at) => [at + 1, failed])));
    expect(await sendFile(file(10), 0, sink, never)).toEqual(failed);
    expect(calls.length).toBe(9);
  });

  it('stops at the signal, and tells that nobody waits for the file any more', async () => {
    const stop = new AbortController();
    const { sink } = server(600_000);
    const stopping = { ...sink, arrived: () => stop.abort() };
    expect(await sendFile(file(600_000), 0, stopping, stop.signal)).toBe('stopped');
    const left: UploadState = { ...base, refused: { reason: 'left', words: 'Left.' } };
    expect(await sendFile(file(10), 0, server(10, { 1: left }).sink, never)).toEqual(left);
  });

  it('says that a file cannot be read any more', async () => {
    const gone = { size: 10, slice: () => Promise.reject(new Error('gone')) };
    expect(await sendFile(gone, 0, server(10).sink, never)).toBe('unreadable');
  });

  it('says so too where the browser finds it out while it sends, and takes it for a lost connection', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'send-'));
    const path = join(folder, 'file');
    writeFileSync(path, 'as it was chosen');
    const chosen = await openAsBlob(path);
    writeFileSync(path, 'as somebody wrote it over meanwhile');
    const { sink, waited } = server(chosen.size, { 1: lost });
    expect(await sendFile(chosen, 0, sink, never)).toBe('unreadable');
    expect(waited).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
