import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Box } from '../../../../../domain/ports.ts';
import { fill, wordsIn } from '../../shared/words.ts';
import { moved, sized } from './boxes.ts';
import { styleOf } from './style-of.ts';

/** One press of an arrow key, as a share of the page; with Alt a tenth of it. */
const stride = 0.01;
const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The box that a key makes of another one: arrows move it, with Shift they size it, with Alt a tenth as far. Undefined for every other key. */
export function steered(
  box: Box,
  { key, shiftKey, altKey }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey'>,
): Box | undefined {
  const arrow = arrows[key];
  const by = altKey ? stride / 10 : stride;
  return arrow && (shiftKey ? sized : moved)(box, arrow[0] * by, arrow[1] * by);
}

/** A box that the keyboard places, a new one or one `from` elsewhere: arrows move it, Shift and arrows size it, Enter adds it or sets it down, Escape leaves everything as it was. */
export function Placing({
  page,
  language,
  from,
  done,
}: {
  readonly page: number;
  readonly language: string;
  readonly from?: Box;
  readonly done: (box: Box | undefined) => void;
}) {
  const words = wordsIn(language).upload.draw;
  const place = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box>(from ?? { left: 0.35, top: 0.45, width: 0.3, height: 0.04 });
  const [told, setTold] = useState('');
  const isNew = from === undefined;
  useEffect(() => {
    place.current?.focus();
    place.current?.scrollIntoView({ block: isNew ? 'center' : 'nearest', behavior: 'instant' });
  }, [isNew]);
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
    const to = steered(box, event);
    if (to) setBox(to);
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
        aria-label={fill(from ? words.moving : words.placing, { page })}
        tabIndex={0}
        onKeyDown={press}
      />
      <output className="hidden">{told}</output>
    </>
  );
}
