import { useCallback, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Stack } from '../../../../../domain/stacks.ts';

/** What stands below each other on the page: single pages, and each series once, where its first page is. */
export type Item = { readonly page: number } | { readonly stack: number };

export interface Stacks {
  readonly items: readonly Item[];
  /** The number of the series that a page is a frame of. */
  readonly of: (page: number) => number | undefined;
  /** Which frame of each series is looked at. */
  readonly at: (stack: number) => number;
  readonly setAt: (stack: number, at: number) => void;
  /** Brings a page to be looked at, if it is a frame: its place is there then. */
  readonly show: (page: number) => void;
}

/** Which frame of each series is looked at. */
export function useStacks(stacks: readonly Stack[], pages: number): Stacks {
  const [places, setPlaces] = useState<Readonly<Record<number, number>>>({});
  const known = useMemo(() => {
    const found = new Map<number, { readonly stack: number; readonly at: number }>();
    for (const [stack, own] of stacks.entries()) for (const [at, page] of own.entries()) found.set(page, { stack, at });
    return found;
  }, [stacks]);
  const items = useMemo(() => {
    const told = new Set<number>();
    return Array.from({ length: pages }, (_, index) => index + 1).flatMap((page): Item[] => {
      const stack = known.get(page)?.stack;
      if (stack === undefined) return [{ page }];
      if (told.has(stack)) return [];
      told.add(stack);
      return [{ stack }];
    });
  }, [known, pages]);
  const of = useCallback((page: number) => known.get(page)?.stack, [known]);
  const at = useCallback((stack: number) => places[stack] ?? 0, [places]);
  const setAt = useCallback(
    (stack: number, to: number) => setPlaces((held) => (held[stack] === to ? held : { ...held, [stack]: to })),
    [],
  );
  const show = useCallback(
    (page: number) => {
      const place = known.get(page);
      if (place) flushSync(() => setAt(place.stack, place.at));
    },
    [known, setAt],
  );
  return useMemo(() => ({ items, of, at, setAt, show }), [items, of, at, setAt, show]);
}
