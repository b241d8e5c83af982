import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Box } from '../../../../../domain/ports.ts';
import { fill, wordsIn } from '../../shared/words.ts';
import { moved, sized } from './boxes.ts';
import { styleOf } from './frames.tsx';

/** One press of an arrow key, as a share of the page; with Alt a tenth of it. */
const stride = 0.01;
const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A new box that the keyboard places: arrows move it, Shift and arrows size it, Enter adds it, Escape drops it. */
export function Placing({
  page,
  language,
  done,
}: {
  readonly page: number;
  readonly language: string;
  readonly done: (box: Box | undefined) => void;
}) {
  const words = wordsIn(language).upload.draw;
  const place = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box>({ left: 0.35, top: 0.45, width: 0.3, height: 0.04 });
  const [told, setTold] = useState('');
  useEffect(() => {
    place.current?.focus();
    place.current?.scrollIntoView({ block: 'center', behavior: 'instant' });
  }, []);
  const percent = (share: number) => Math.round(share * 100);
  const where = fill(words.where, {
    left: percent(box.left),
    top: percent(box.top),
    width: percent(box.width),
    height: percent(box.height),
  });
  useEffect(() => {
    const timer = setTimeout(() => setTold(where), 600);
    return () => clearTimeout(timer);
  }, [where]);

  const press = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    const by = event.altKey ? stride / 10 : stride;
    if (arrow) setBox((event.shiftKey ? sized : moved)(box, arrow[0] * by, arrow[1] * by));
    else if (event.key === 'Enter') done(box);
    else if (event.key === 'Escape') done(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {/* The keys are the box's own while it is placed: a screen reader hands them on. */}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={place}
        className="frame-of own going placing"
        style={styleOf(box)}
        role="application"
        aria-label={fill(words.placing, { page })}
        tabIndex={0}
        onKeyDown={press}
      />
      <output className="hidden">{told}</output>
    </>
  );
}
