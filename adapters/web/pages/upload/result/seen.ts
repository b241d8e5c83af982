import { useCallback, useRef, useState } from 'react';

/** How long each part of a page has to be in view. */
const lookMs = 700;
/** A page counts part by part, top to bottom, so that a page taller than the window is looked at whole. */
export const parts = 4;

export interface Seen {
  readonly pages: ReadonlySet<number>;
  /** Watches an element that stands for one part of a page; gives what ends the watching. */
  readonly watch: (element: Element, page: number, part: number) => () => void;
  /** A page was looked at whole: a frame of a series. */
  readonly saw: (page: number) => void;
}

/** Which pages were looked at: all their parts were in view for a while, in a window that is on the screen. */
export function useSeen(): Seen {
  const [pages, setPages] = useState<ReadonlySet<number>>(new Set());
  const done = useRef(new Map<number, Set<number>>());
  const watch = useCallback((element: Element, page: number, part: number) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = () => {
      if (document.visibilityState !== 'visible') {
        timer = setTimeout(count, lookMs);
        return;
      }
      const held = done.current.get(page) ?? new Set<number>();
      done.current.set(page, held.add(part));
      if (held.size === parts) setPages((before) => new Set(before).add(page));
    };
    const observer = new IntersectionObserver(
      (entries) => {
        clearTimeout(timer);
        if (entries.at(-1)?.isIntersecting) timer = setTimeout(count, lookMs);
      },
      { threshold: 0.6 },
    );
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, []);
  const saw = useCallback(
    (page: number) => setPages((before) => (before.has(page) ? before : new Set(before).add(page))),
    [],
  );
  return { pages, watch, saw };
}
