import { type PointerEvent, useRef, useState } from 'react';
import type { Box } from '../../../../../domain/ports.ts';
import { isMeant, type Point, spanned } from './boxes.ts';
import { styleOf } from './style-of.ts';

/** Lies over a page while one draws: a drag with mouse, finger or pen spans a box. Two fingers still move and zoom. */
export function Drawing({ page, draw }: { readonly page: number; readonly draw: (page: number, box: Box) => void }) {
  const from = useRef<Point>(null);
  const [box, setBox] = useState<Box>();
  const pointOf = ({ clientX, clientY, currentTarget }: PointerEvent): Point => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  };
  const end = () => {
    from.current = null;
    setBox(undefined);
  };
  return (
    <div
      className="drawing"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        // A second finger is for moving the page, not for a box.
        if (!event.isPrimary) return end();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = pointOf(event);
      }}
      onPointerMove={(event) => {
        if (from.current && event.isPrimary) setBox(spanned(from.current, pointOf(event)));
      }}
      onPointerUp={(event) => {
        const drawn = from.current && spanned(from.current, pointOf(event));
        end();
        if (drawn && isMeant(drawn)) draw(page, drawn);
      }}
      onPointerCancel={end}
      // The press that ends a drag is none on a frame.
      onClick={(event) => event.stopPropagation()}
      aria-hidden="true"
    >
      {box && <div className="frame-of own going" style={styleOf(box)} />}
    </div>
  );
}
