import { type RefObject, useEffect, useState } from 'react';

/** How long a frame of a series has to be on the screen to have been seen: as one sees them go by, and where something is on it or nobody could search it. */
export const glanceMs = 150;
export const lookMs = 700;

/** Calls `done` once a page has been on the screen, whole, for so long; `page` is undefined while its picture is not there. */
export function useDwell(
  stage: RefObject<Element | null>,
  page: number | undefined,
  ms: number,
  done: (page: number) => void,
): void {
  const inView = useInView(stage);
  useEffect(() => {
    if (page === undefined || !inView) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      timer = setTimeout(() => (document.visibilityState === 'visible' ? done(page) : wait()), ms);
    };
    wait();
    return () => clearTimeout(timer);
  }, [page, inView, ms, done]);
}

/** What stays in sight above and below the pages, and lies over them. */
const bars = { top: '.tools', bottom: '.review-bar' } as const;

/** How much of the window's height a bar takes. */
function heightOf(bar: string): number {
  const element = document.querySelector(bar);
  return element && getComputedStyle(element).position === 'sticky' ? element.getBoundingClientRect().height : 0;
}

/** Whether nearly all of an element is in the window, and under no bar. */
function useInView(place: RefObject<Element | null>): boolean {
  const [inView, setInView] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let observer: IntersectionObserver | undefined;
    const watch = () => {
      observer?.disconnect();
      observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false), {
        threshold: 0.9,
        rootMargin: `-${Math.floor(heightOf(bars.top))}px 0px -${Math.floor(heightOf(bars.bottom))}px 0px`,
      });
      observer.observe(element);
    };
    watch();
    addEventListener('resize', watch);
    return () => {
      observer?.disconnect();
      removeEventListener('resize', watch);
    };
  }, [place]);
  return inView;
}
