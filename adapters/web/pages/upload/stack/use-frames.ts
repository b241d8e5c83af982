import { useEffect, useMemo, useReducer } from 'react';
import type { Which } from '../../../../../bot/pages/pages.ts';
import { type Shades, unpackShades } from '../../../../../domain/shades.ts';
import type { Stack } from '../../../../../domain/stacks.ts';
import { call } from '../../link/session.ts';
import { around, createLoader } from './loader.ts';

/** Of one series, in this window: some two hundred slices of a scanner. */
const mostBytes = 96 * 1024 * 1024;
/** A frame is shown with all the pixels it has, up to so many across. */
const across = 2000;

/** The frames of a series from one of the three views: the one at `at` is asked for first, then those around it. None are held while the series is far from the window. */
export function useFrames(
  {
    handle,
    which,
    stack,
    near,
  }: { readonly handle: string; readonly which: Which; readonly stack: Stack; readonly near: boolean },
  at: number,
  forwards: boolean,
): { readonly shades: Shades | 'failed' | undefined; readonly again: () => void } {
  const [, come] = useReducer((count: number) => count + 1, 0);
  const loader = useMemo(() => {
    const load = async (page: number, signal: AbortSignal): Promise<Shades | undefined> => {
      const path = `/u/api/frame?page=${page}&width=${across}&which=${which}`;
      const response = await call(path, handle, { signal });
      return response instanceof Response ? unpackShades(await response.arrayBuffer()) : undefined;
    };
    return createLoader(load, mostBytes, come);
  }, [handle, which]);
  useEffect(() => () => loader.close(), [loader]);
  useEffect(() => {
    if (near) loader.want(around(stack, at, forwards));
    else loader.close();
  }, [loader, stack, at, forwards, near]);
  const page = stack[at] as number;
  return { shades: near ? loader.get(page) : undefined, again: () => loader.again(page) };
}
