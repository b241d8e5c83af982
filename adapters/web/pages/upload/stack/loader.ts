import type { Shades } from '../../../../../domain/shades.ts';

/** Frames that are asked for at the same time. */
const atOnce = 4;

/** What a series has of its frames here: those near the one that is looked at, and of others as many as there is room for. */
export interface Loader {
  /** Pages in the order in which they are needed: what was asked for and is not among them is not waited for any more. */
  want(pages: readonly number[]): void;
  get(page: number): Shades | 'failed' | undefined;
  /** A page that failed is asked for once more. */
  again(page: number): void;
  close(): void;
}

/** Gives a loader that asks with `load`, holds at most so many bytes, the latest used ones, and tells whenever something has come or failed. */
export function createLoader(
  load: (page: number, signal: AbortSignal) => Promise<Shades | undefined>,
  mostBytes: number,
  come: () => void,
): Loader {
  const held = new Map<number, Shades>();
  const failed = new Set<number>();
  const running = new Map<number, AbortController>();
  let wanted: readonly number[] = [];
  let bytes = 0;

  const next = () => {
    for (const page of wanted) {
      if (running.size >= atOnce) return;
      if (!held.has(page) && !failed.has(page) && !running.has(page)) void begin(page);
    }
  };
  const begin = async (page: number) => {
    const stop = new AbortController();
    running.set(page, stop);
    const shades = await load(page, stop.signal).catch(() => undefined);
    if (stop.signal.aborted) return;
    running.delete(page);
    if (shades) hold(page, shades);
    else failed.add(page);
    come();
    next();
  };
  const hold = (page: number, shades: Shades) => {
    held.set(page, shades);
    bytes += shades.samples.byteLength;
    for (const [oldest, other] of held) {
      if (bytes <= mostBytes) return;
      // What is looked at stays, however large it is.
      if (wanted.slice(0, 2).includes(oldest)) continue;
      held.delete(oldest);
      bytes -= other.samples.byteLength;
    }
  };
  return {
    want(pages) {
      wanted = pages;
      for (const [page, stop] of running)
        if (!pages.includes(page)) {
          stop.abort();
          running.delete(page);
        }
      next();
    },
    get(page) {
      const shades = held.get(page);
      if (!shades) return failed.has(page) ? 'failed' : undefined;
      held.delete(page);
      held.set(page, shades);
      return shades;
    },
    again(page) {
      failed.delete(page);
      next();
    },
    close() {
      wanted = [];
      for (const stop of running.values()) stop.abort();
      running.clear();
      held.clear();
      bytes = 0;
    },
  };
}

const ahead = 10;
const behind = 3;

/** The frames around a place, the nearest first, more of them in the direction of the way. */
export function around(stack: readonly number[], at: number, forwards: boolean): number[] {
  const [on, back] = forwards ? [1, -1] : [-1, 1];
  const places = [at];
  for (let step = 1; step <= ahead; step++) {
    places.push(at + on * step);
    if (step <= behind) places.push(at + back * step);
  }
  return places.flatMap((place) => stack[place] ?? []);
}
