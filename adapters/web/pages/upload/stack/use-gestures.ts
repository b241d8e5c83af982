import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { Shades, ShadeWindow } from '../../../../../domain/shades.ts';
import { draggedWindow, type Lighting, windowFor } from './windows.ts';

/** A drag over so many pixels goes through a whole series of some length, and one over a few of a short one from frame to frame. */
const WHOLE = 400;
const MOST_PIXELS = 24;
/** What a turn of the wheel by one notch is, in pixels, at least. */
const NOTCH = 40;

export type Drag = 'frames' | 'light';

interface Grip {
  readonly x: number;
  readonly y: number;
  readonly at: number;
  readonly window: ShadeWindow | undefined;
}

/**
 * How a series is moved through on its picture: dragged, it goes from frame to frame, or its window changes; with the wheel once the picture has the focus, so that the page still scrolls past; by arrow, page, home and
 * end keys. At its first and last frame the wheel is the page's again.
 */
export function useGestures(
  stage: RefObject<HTMLElement | null>,
  {
    at,
    count,
    setAt,
    drag,
    shades,
    lighting,
    setLighting,
    play,
  }: {
    readonly at: number;
    readonly count: number;
    readonly setAt: (at: number) => void;
    readonly drag: Drag;
    readonly shades: Shades | undefined;
    readonly lighting: Lighting;
    readonly setLighting: (lighting: Lighting) => void;
    readonly play: () => void;
  },
) {
  const grip = useRef<Grip>(null);
  const wheeled = useRef(0);
  const live = useRef({ at, count, setAt });
  useEffect(() => {
    live.current = { at, count, setAt };
  }, [at, count, setAt]);

  useEffect(() => {
    const element = stage.current;
    if (!element) return undefined;
    const turn = (event: WheelEvent) => {
      const { at: now, count: all, setAt: to } = live.current;
      if (event.ctrlKey || !element.contains(document.activeElement)) return;
      const by = event.deltaMode === 0 ? event.deltaY : event.deltaY * NOTCH;
      if ((by > 0 && now === all - 1) || (by < 0 && now === 0)) return;
      event.preventDefault();
      wheeled.current += by;
      const steps = Math.trunc(wheeled.current / NOTCH);
      if (steps === 0) return;
      wheeled.current = 0;
      to(within(now + steps, all));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [stage]);

  return {
    onPointerDown: (event: PointerEvent) => {
      // A frame, a box or a drawing on the picture has drags of its own.
      if (
        event.button !== 0 ||
        !event.isPrimary ||
        (event.target as Element).closest('button, .drawing, .movable, .corner, .placing')
      )
        return;
      grip.current = { x: event.clientX, y: event.clientY, at, window: shades && windowFor(shades, lighting) };
      event.currentTarget.setPointerCapture(event.pointerId);
      stage.current?.focus({ preventScroll: true });
    },
    onPointerMove: (event: PointerEvent) => {
      const held = grip.current;
      if (!held || !event.isPrimary) return;
      const [x, y] = [event.clientX - held.x, event.clientY - held.y];
      if (drag === 'light') {
        if (shades && held.window) setLighting(draggedWindow(shades, held.window, x, y));
        return;
      }
      const way = Math.abs(x) > Math.abs(y) ? x : y;
      setAt(within(held.at + Math.round(way / Math.min(MOST_PIXELS, WHOLE / count)), count));
    },
    onPointerUp: () => {
      grip.current = null;
    },
    onPointerCancel: () => {
      grip.current = null;
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      // The sliders below the picture have these keys themselves.
      if ((event.target as Element).closest('input, select')) return;
      const to = keyed(event.key, at, count);
      if (event.key === ' ' && event.target === stage.current) play();
      else if (to !== undefined && count > 1) setAt(to);
      else return;
      event.preventDefault();
    },
  };
}

const within = (at: number, count: number) => Math.min(count - 1, Math.max(0, at));

/** Where a key leads to; undefined for one that leads nowhere. */
function keyed(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return within(at + 1, count);
    case 'ArrowUp':
      return within(at - 1, count);
    case 'PageDown':
      return within(at + 10, count);
    case 'PageUp':
      return within(at - 10, count);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
