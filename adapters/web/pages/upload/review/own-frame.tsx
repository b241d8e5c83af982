import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Box } from '../../../../../domain/ports.ts';
import { fill, wordsIn } from '../../shared/words.ts';
import { type Corner, corners, moved, stretched } from './boxes.ts';
import { Placing, steered } from './placing.tsx';
import { styleOf } from './style-of.ts';

/** A press that goes no further than this (pixels) is no drag: fingers tremble. */
const trembling = 4;

interface Grip {
  readonly x: number;
  readonly y: number;
  readonly box: Box;
  readonly corner: Corner | undefined;
}

/**
 * The frame of a box that the person added. Dragged, it moves; dragged at a corner, it changes its size; pressed, it is taken back. With the keyboard the arrow keys or M pick it up, and it is placed as a new
 * box is.
 */
export function OwnFrame({
  page,
  index,
  box,
  language,
  set,
}: {
  readonly page: number;
  readonly index: number;
  readonly box: Box;
  readonly language: string;
  readonly set: (box: Box) => void;
}) {
  const words = wordsIn(language).upload.frames;
  const button = useRef<HTMLButtonElement>(null);
  const grip = useRef<Grip>(null);
  const wasDragged = useRef(false);
  const wasPlaced = useRef(false);
  const [dragged, setDragged] = useState<Box>();
  const [placing, setPlacing] = useState<Box>();
  useEffect(() => {
    if (!placing && wasPlaced.current) button.current?.focus({ preventScroll: true });
    wasPlaced.current = placing !== undefined;
  }, [placing]);

  const seize = (corner?: Corner) => (event: PointerEvent) => {
    wasDragged.current = false;
    if (event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, y: event.clientY, box, corner };
  };
  /** The box at this moment of a drag; undefined before it is one. */
  const boxAt = (event: PointerEvent): Box | undefined => {
    const held = grip.current;
    const layer = event.currentTarget.closest('.frames')?.getBoundingClientRect();
    if (!held || !layer || !event.isPrimary) return undefined;
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    if (!wasDragged.current && Math.hypot(x, y) < trembling) return undefined;
    wasDragged.current = true;
    const by = [x / layer.width, y / layer.height] as const;
    return held.corner ? stretched(held.box, held.corner, ...by) : moved(held.box, ...by);
  };
  const drag = (event: PointerEvent) => {
    const to = boxAt(event);
    if (to) setDragged(to);
  };
  const drop = (event: PointerEvent) => {
    const to = boxAt(event);
    lose();
    if (to) set(to);
  };
  const lose = () => {
    grip.current = null;
    setDragged(undefined);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    const to = event.key === 'm' ? box : steered(box, event);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    setPlacing(to);
  };
  const placed = (to: Box | undefined) => {
    setPlacing(undefined);
    if (to) set(to);
  };

  if (placing) return <Placing page={page} language={language} from={placing} done={placed} />;
  const now = dragged ?? box;
  const pointers = { onPointerMove: drag, onPointerUp: drop, onPointerCancel: lose };
  const label = fill(words.addedBox, { page, number: index + 1 });
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`frame-of own going movable${dragged ? ' current' : ''}`}
        style={styleOf(now)}
        data-what={`added ${index}`}
        data-tag={words.addedTag}
        aria-label={label}
        title={label}
        onPointerDown={seize()}
        {...pointers}
        onKeyDown={keys}
        // The press that ends a drag takes nothing back.
        onClick={(event) => wasDragged.current && event.detail > 0 && event.stopPropagation()}
      />
      {corners.map((corner) => (
        // What a corner does, the keys do too.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
        <span
          key={corner}
          className={`corner ${corner}`}
          style={{
            left: `${(corner.startsWith('left') ? now.left : now.left + now.width) * 100}%`,
            top: `${(corner.endsWith('top') ? now.top : now.top + now.height) * 100}%`,
          }}
          aria-hidden="true"
          onPointerDown={seize(corner)}
          {...pointers}
          onClick={(event) => event.stopPropagation()}
        />
      ))}
    </>
  );
}
