import { type MouseEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { Added, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import type { Box } from '../../../../../domain/ports.ts';
import { fill, wordsIn } from '../../shared/words.ts';
import type { Acts, Goal, OnPage } from './acts.ts';
import { distance } from './boxes.ts';
import { groupOf } from './kinds.ts';
import { OwnFrame } from './own-frame.tsx';
import { styleOf } from './style-of.ts';

/** A press so far beside a small frame still counts as one on it, in pixels: half of the 44 of a comfortable target. */
const reach = 22;

export interface FramesProps extends OnPage {
  readonly page: number;
  readonly current: string | undefined;
  readonly goal: Goal | undefined;
  readonly acts: Acts;
  readonly language: string;
  readonly drawing?: boolean;
  readonly children?: ReactNode;
}

/** What a finding is called: its kind, how sure the tool is, its page and what will happen; never its text. */
export function nameOf(finding: ReviewFinding, kept: boolean, language: string): string {
  const words = wordsIn(language).upload;
  return fill(kept ? words.frames.kept : words.frames.removed, {
    kind: words.kinds[finding.kind].one,
    certainty: words.frames[finding.certainty],
    page: finding.page,
  });
}

/**
 * The frames on one page's picture: a button for each finding, each added box and each hit of a search. A press near a small frame counts for the
 * nearest one. One of a page's frames is in the tab order; the arrow keys lead to the others.
 */
export function Frames(props: FramesProps) {
  const { page, findings, added, hits, kept, current, goal, acts, language, drawing, children } = props;
  const words = wordsIn(language).upload;
  const layer = useRef<HTMLFieldSetElement>(null);
  useGoal(layer, findings, goal, acts);

  const press = ({ target, clientX: x, clientY: y, detail }: MouseEvent) => {
    const inside = (target as Element).closest<HTMLElement>('[data-what]');
    // A keyboard's or a screen reader's press has no place.
    const what = inside ?? (detail > 0 ? nearest(layer.current, x, y) : undefined);
    const [kind, at] = what?.dataset['what']?.split(' ') ?? [];
    const index = Number(at);
    const [finding, own, hit] = [findings[index], added[index], hits[index]];
    if (kind === 'finding' && finding) acts.toggle(finding);
    // Who draws presses beside what is there, not to take it back.
    else if (kind === 'added' && own && !(drawing && detail > 0)) acts.drop(own);
    else if (kind === 'hit' && hit) acts.add([hit]);
  };
  const entry = findings.findIndex(({ id }) => id === current);
  return (
    // The frames in it are buttons; the press on the layer only widens their reach.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      ref={layer}
      className="frames"
      aria-label={fill(words.frames.group, { page, count: findings.length + added.length })}
      onClick={press}
    >
      {findings.map((finding, index) => (
        <Frame
          key={finding.id}
          what={`finding ${index}`}
          boxes={finding.boxes}
          look={`${groupOf[finding.kind]} ${finding.certainty} ${kept.includes(finding.id) ? 'kept' : 'going'}${finding.id === current ? ' current' : ''}`}
          label={nameOf(finding, kept.includes(finding.id), language)}
          tag={
            kept.includes(finding.id)
              ? fill(words.frames.keptTag, { kind: words.kinds[finding.kind].short })
              : words.kinds[finding.kind].short
          }
          entry={index === Math.max(0, entry)}
          focused={() => acts.at(finding)}
        />
      ))}
      {hits.map((hit, index) => (
        <Frame
          key={keyOf(hit)}
          what={`hit ${index}`}
          boxes={'box' in hit ? [hit.box] : []}
          look="hit"
          label={fill(words.frames.hit, { page })}
          tag={words.frames.hitTag}
          entry
        />
      ))}
      {added.map(
        (own, index) =>
          'box' in own && (
            <OwnFrame
              // The place in the row stays the same while the box moves: so does the focus.
              // oxlint-disable-next-line react/no-array-index-key
              key={`own ${index}`}
              page={page}
              index={index}
              box={own.box}
              language={language}
              set={(box) => acts.move(own, box)}
            />
          ),
      )}
      {children}
    </fieldset>
  );
}

function Frame({
  what,
  boxes,
  look,
  label,
  tag,
  entry,
  focused,
}: {
  readonly what: string;
  readonly boxes: readonly Box[];
  readonly look: string;
  readonly label: string;
  readonly tag: string;
  readonly entry: boolean;
  readonly focused?: () => void;
}) {
  const [first, ...more] = boxes;
  if (!first) return null;
  return (
    <>
      <button
        type="button"
        className={`frame-of ${look}`}
        style={styleOf(first)}
        data-what={what}
        data-tag={tag}
        aria-label={label}
        title={label}
        tabIndex={entry ? 0 : -1}
        {...(focused ? { onFocus: focused } : {})}
      />
      {more.map((box) => (
        <span
          key={`${box.top} ${box.left}`}
          className={`frame-of ${look}`}
          style={styleOf(box)}
          data-what={what}
          aria-hidden="true"
        />
      ))}
    </>
  );
}

/** A key for an added place: its page and where it stands. */
export function keyOf(place: Added): string {
  return 'box' in place
    ? `${place.page} ${place.box.left} ${place.box.top} ${place.box.width} ${place.box.height}`
    : `${place.page} ${place.start} ${place.end}`;
}

/** Gives the focus to the goal, and brings it into the middle of the window, once it is among the findings of this layer. */
export function useGoal(
  layer: RefObject<HTMLElement | null>,
  findings: readonly ReviewFinding[],
  goal: Goal | undefined,
  { reached }: Pick<Acts, 'reached'>,
): void {
  useEffect(() => {
    const index = goal ? findings.findIndex(({ id }) => id === goal.id) : -1;
    const frame = index < 0 ? undefined : layer.current?.querySelector<HTMLElement>(`[data-what="finding ${index}"]`);
    if (!frame) return;
    frame.focus({ preventScroll: true });
    frame.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    reached();
    // A goal is gone to once: later changes of the page's findings do not call it back.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [goal]);
}

function nearest(layer: HTMLElement | null, x: number, y: number): HTMLElement | undefined {
  const frames = [...(layer?.querySelectorAll<HTMLElement>('[data-what]') ?? [])];
  const far = frames.map((frame) => ({ frame, away: distance({ x, y }, frame.getBoundingClientRect()) }));
  return far.filter(({ away }) => away <= reach).sort((a, b) => a.away - b.away)[0]?.frame;
}
