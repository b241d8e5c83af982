import { type RefObject, useEffect, useState } from 'react';

/** How far outside of the window a page still counts as near: one or two screens of a phone. */
const margin = '1000px 0px';
const heard = new Map<Element, (near: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** Says whether an element is in the window or near it. One observer serves all pages. */
export function useNear(place: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) heard.get(target)?.(isIntersecting);
      },
      { rootMargin: margin },
    );
    const watching = observer;
    heard.set(element, setNear);
    watching.observe(element);
    return () => {
      heard.delete(element);
      watching.unobserve(element);
    };
  }, [place]);
  return near;
}
