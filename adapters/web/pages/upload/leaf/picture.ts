import { type RefObject, useEffect, useState } from 'react';
import { type PageOfText, seenFrom, type Which } from '../../../../../bot/pages/pages.ts';
import { call, callJson, isRefused } from '../../link/session.ts';

/** A page that flies past is not asked for, in milliseconds. */
const restMs = 120;

export interface Shown<T> {
  /** What is there to be seen, and which of the three it is; the former stays until the next one has come. */
  readonly content?: { readonly value: T; readonly which: Which };
  readonly failed: boolean;
  readonly again: () => void;
}

/** One page as a picture, as wide as its place on this screen needs it; an object URL while the page is near, revoked with it. */
export function usePicture(
  place: RefObject<HTMLElement | null>,
  { handle, page, which, zoom, near }: PageAsked & { readonly zoom: number },
): Shown<string> {
  const [shown, again] = useFetched<string>(near, `${handle} ${page} ${which} ${zoom}`, which, async (signal) => {
    const wide = (place.current?.clientWidth ?? 800) * zoom * Math.min(devicePixelRatio, 2);
    const width = Math.min(2000, Math.max(seenFrom, Math.ceil(wide / 50) * 50));
    const path = `/u/api/picture?page=${page}&width=${width}&which=${which}`;
    const response = await call(path, handle, { signal });
    const bytes = response instanceof Response ? await response.blob().catch(() => undefined) : undefined;
    return bytes && URL.createObjectURL(bytes);
  });
  const address = shown.content?.value;
  useEffect(() => () => (address === undefined ? undefined : URL.revokeObjectURL(address)), [address]);
  return { ...shown, again };
}

/** One page of a text; `other` is called where it is a picture. */
export function useText({ handle, page, which, near }: PageAsked, other?: () => void): Shown<string> {
  const [shown, again] = useFetched<string>(near, `${handle} ${page} ${which}`, which, async (signal) => {
    const path = `/u/api/text?page=${page}&which=${which}`;
    const answer = await callJson<PageOfText>(path, handle, { signal });
    if (isRefused(answer)) return undefined;
    if ('text' in answer) return answer.text;
    other?.();
    return undefined;
  });
  return { ...shown, again };
}

export interface PageAsked {
  readonly handle: string;
  readonly page: number;
  readonly which: Which;
  readonly near: boolean;
}

function useFetched<T>(
  near: boolean,
  key: string,
  which: Which,
  fetched: (signal: AbortSignal) => Promise<T | undefined>,
): [Omit<Shown<T>, 'again'>, () => void] {
  const [shown, setShown] = useState<Omit<Shown<T>, 'again'>>({ failed: false });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!near) {
      setShown({ failed: false });
      return undefined;
    }
    const stop = new AbortController();
    const ask = async () => {
      const value = await fetched(stop.signal);
      if (stop.signal.aborted) return;
      setShown(value === undefined ? { failed: true } : { content: { value, which }, failed: false });
    };
    const timer = setTimeout(() => void ask(), restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
    // The key names all that is asked for.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [near, key, tries]);
  return [shown, () => setTries(tries + 1)];
}
