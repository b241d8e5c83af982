import type { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from './engine.ts';

const engine = createEngine();
afterAll(() => engine.close());
const PAPER = { width: 200, height: 60, data: new Uint8Array(12_000).fill(255) };
const read = () => engine.recognise(PAPER, 'sparse', ['eng'], 60_000);
const nextThread = () => new Promise<Worker>((resolve) => process.once('worker', resolve));

describe('a thread that dies', () => {
  it('while it starts is made anew', async () => {
    const made = nextThread();
    const reading = read();
    const thread = await made;
    thread.emit('error', new Error('out of memory'));
    await thread.terminate();
    expect(await reading).toEqual([]);
  });

  it('while it reads leaves the picture unread, and the next one is read', async () => {
    await engine.close();
    const made = nextThread();
    expect(await read()).toEqual([]);
    const reading = read();
    await (await made).terminate();
    expect(await reading).toBeUndefined();
    expect(await read()).toEqual([]);
  });
});
