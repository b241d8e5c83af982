import { Button, Spinner, ToggleButton } from '@fluentui/react-components';
import {
  ArrowBidirectionalLeftRightRegular,
  BrightnessHighRegular,
  PauseRegular,
  PlayRegular,
} from '@fluentui/react-icons';
import { type CSSProperties, type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { Which } from '../../../../../bot/pages/pages.ts';
import { throughWindow } from '../../../../../domain/shades.ts';
import type { Stack } from '../../../../../domain/stacks.ts';
import { fill, plural, wordsIn } from '../../shared/words.ts';
import { useNear } from '../leaf/near.ts';
import { Strip } from './course.tsx';
import { Light } from './light.tsx';
import { glanceMs, lookMs, useDwell } from './use-dwell.ts';
import { useFrames } from './use-frames.ts';
import { type Drag, useGestures } from './use-gestures.ts';
import { type Lighting, windowFor } from './windows.ts';
import './stack.css';

export interface StackProps {
  readonly handle: string;
  readonly language: string;
  readonly which: Which;
  readonly zoom: number;
  readonly stack: Stack;
  /** The series' number (1-based), and how many there are. */
  readonly number: number;
  readonly series: number;
  readonly at: number;
  readonly setAt: (at: number) => void;
  /** Pages on which something is, or which nobody could search. */
  readonly marked: ReadonlySet<number>;
  /** Pages that were looked at, where that counts, and what is told once one was. */
  readonly seen?: ReadonlySet<number>;
  readonly saw?: (page: number) => void;
  /** Height by width, where it is known before a picture is there. */
  readonly ratio?: number;
  readonly mark?: ReactNode;
  /** Draws on the frame that is shown; it hears which view that is of. */
  readonly over?: (shown: Which | undefined) => ReactNode;
  readonly tools?: ReactNode;
}

const nothingMore = () => {};

/** A series of frames in one place: they are moved through by wheel, drag, keys and slider, or played, and shown through any window of their shades. */
export function StackLeaf(props: StackProps) {
  const { language, which, zoom, stack, at, setAt, marked, seen, saw = nothingMore, ratio, over } = props;
  const words = wordsIn(language).upload.stack;
  const place = useRef<HTMLElement>(null);
  const stage = useRef<HTMLElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const near = useNear(place);
  const [forwards, setForwards] = useState(true);
  const [playing, setPlaying] = useState(false);
  const [drag, setDrag] = useState<Drag>('frames');
  const [lighting, setLighting] = useState<Lighting>('file');
  const [painted, setPainted] = useState<{ readonly page: number; readonly which: Which }>();
  const [known, setKnown] = useState(ratio ?? 1);
  const page = stack[at] as number;
  const count = stack.length;
  const { shades, again } = useFrames({ ...props, near }, at, forwards);
  const frame = typeof shades === 'object' ? shades : undefined;
  const window = frame && windowFor(frame, lighting);
  const { center, width } = window ?? {};

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !frame || center === undefined || width === undefined) return;
    if (context.canvas.width !== frame.width) context.canvas.width = frame.width;
    if (context.canvas.height !== frame.height) context.canvas.height = frame.height;
    context.putImageData(new ImageData(throughWindow(frame, { center, width }), frame.width, frame.height), 0, 0);
    setKnown(frame.height / frame.width);
    setPainted((held) => (held?.page === page && held.which === which ? held : { page, which }));
  }, [frame, center, width, page, which]);

  const go = useCallback(
    (to: number) => {
      setForwards(to >= at);
      setAt(to);
    },
    [at, setAt],
  );
  const goByHand = (to: number) => {
    setPlaying(false);
    go(to);
  };
  const there = painted?.page === page && painted.which === which;
  const looked = useCallback(
    (done: number) => {
      saw(done);
      if (!playing) return;
      if (at + 1 < count) go(at + 1);
      else setPlaying(false);
    },
    [saw, playing, at, count, go],
  );
  // A frame that is larger than its place is not seen whole.
  useDwell(picture, there && zoom === 1 ? page : undefined, marked.has(page) ? lookMs : glanceMs, looked);
  const play = () => {
    if (playing) return setPlaying(false);
    const first = seen ? stack.findIndex((one) => !seen.has(one)) : at;
    go(first >= 0 && (seen || at + 1 < count) ? first : 0);
    stage.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    return setPlaying(true);
  };
  const gestures = useGestures(stage, { at, count, setAt: goByHand, drag, shades: frame, lighting, setLighting, play });

  const title = fill(count > 1 ? words.title : words.single, {
    number: props.number,
    series: props.series,
    at: at + 1,
    count,
  });
  const id = useId();
  return (
    <figure ref={place} id={`page-${page}`} tabIndex={-1} aria-label={title} className="series">
      <figcaption>
        <span>{title}</span>
        {props.mark}
      </figcaption>
      {/* The picture takes the focus: keys and the wheel lead through the series then. */}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <section
        ref={stage}
        className={`paper stage by-${drag}`}
        aria-label={count > 1 ? `${title}. ${words.keys}` : title}
        tabIndex={0}
        {...gestures}
      >
        <div
          ref={picture}
          className={`leaf stack zoom${zoom * 100}`}
          style={{ aspectRatio: `1 / ${known}`, '--ratio': known } as CSSProperties}
        >
          <canvas
            ref={canvas}
            // What is drawn is a picture, of which there is no file.
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="img"
            aria-label={fill(wordsIn(language).upload.stack.alt[which], { at: at + 1, count })}
            className={there ? '' : 'old'}
          />
          {near && over?.(there ? which : undefined)}
          {near && !there && <Waiting language={language} failed={shades === 'failed'} again={again} />}
        </div>
      </section>
      {count > 1 && (
        <div className="through">
          <Button
            appearance="primary"
            icon={playing ? <PauseRegular /> : <PlayRegular />}
            onClick={play}
            aria-label={playing ? words.pause : words.play}
            title={playing ? words.pause : words.play}
          />
          <div className="slide">
            <label className="hidden" htmlFor={id}>
              {words.frame}
            </label>
            <input
              id={id}
              type="range"
              min={1}
              max={count}
              step={1}
              value={at + 1}
              aria-valuetext={fill(words.position, { at: at + 1, count })}
              onChange={({ target }) => goByHand(Number(target.value) - 1)}
            />
            <Strip
              count={count}
              looked={(index) => seen?.has(stack[index] as number) ?? false}
              marked={(index) => marked.has(stack[index] as number)}
            />
          </div>
          <span className="count">{`${at + 1} / ${count}`}</span>
        </div>
      )}
      <div className="row tight through-tools">
        <fieldset className="switch" aria-label={words.drag}>
          <ToggleButton
            icon={<ArrowBidirectionalLeftRightRegular />}
            checked={drag === 'frames'}
            disabled={count < 2}
            onClick={() => setDrag('frames')}
          >
            {words.dragFrames}
          </ToggleButton>
          <ToggleButton icon={<BrightnessHighRegular />} checked={drag === 'light'} onClick={() => setDrag('light')}>
            {words.dragLight}
          </ToggleButton>
        </fieldset>
        {frame && <Light language={language} shades={frame} lighting={lighting} change={setLighting} />}
        {props.tools}
      </div>
      {seen && zoom > 1 && <p className="note">{words.notWhole}</p>}
      {seen && count > 1 && (
        <p className="quiet">{plural(words.counts, 'left', stack.filter((one) => !seen.has(one)).length, language)}</p>
      )}
    </figure>
  );
}

function Waiting({
  language,
  failed,
  again,
}: {
  readonly language: string;
  readonly failed: boolean;
  readonly again: () => void;
}) {
  const words = wordsIn(language);
  if (failed)
    return (
      <div className="blank">
        <p role="alert">{words.upload.pages.failed}</p>
        <Button onClick={again}>{words.link.tryAgain}</Button>
      </div>
    );
  return (
    <div className="blank late">
      <Spinner size="small" aria-label={words.link.loading} />
    </div>
  );
}
