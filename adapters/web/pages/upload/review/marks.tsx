import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import type { Added, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import { fill, wordsIn } from '../../shared/words.ts';
import { type FramesProps, keyOf, nameOf, useGoal } from './frames.tsx';
import { groupOf } from './kinds.ts';
import { segments } from './segments.ts';

interface Marked {
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly look: string;
  readonly label: string;
  readonly key: string;
  readonly finding?: ReviewFinding;
}

/**
 * The text of a page with its findings as marks to press. They are no `button` elements, so that a text can be selected across
 * them, and are called by their text: who hears the page must hear what it is about.
 */
export function Marks({
  page,
  text,
  findings,
  added,
  hits,
  kept,
  current,
  goal,
  acts,
  language,
}: FramesProps & { readonly text: string }) {
  const words = wordsIn(language).upload;
  const layer = useRef<HTMLSpanElement>(null);
  useGoal(layer, findings, goal, acts);
  const marks: Marked[] = [
    // What was added covers what was found: to let it go, it must be seen.
    ...added.flatMap((own, index) =>
      spanOf(own, {
        what: `added ${index}`,
        look: 'own going',
        label: fill(words.frames.added, { page, number: index + 1 }),
      }),
    ),
    ...findings.map((finding, index) => ({
      start: finding.start,
      end: finding.end,
      what: `finding ${index}`,
      look: `${groupOf[finding.kind]} ${finding.certainty} ${kept.includes(finding.id) ? 'kept' : 'going'}${finding.id === current ? ' current' : ''}`,
      label: nameOf(finding, kept.includes(finding.id), language),
      key: finding.id,
      finding,
    })),
    ...hits.flatMap((hit, index) =>
      spanOf(hit, { what: `hit ${index}`, look: 'hit', label: fill(words.frames.hit, { page }) }),
    ),
  ];
  const press = (target: EventTarget): boolean => {
    const [kind, at] = (target as Element).closest<HTMLElement>('[data-what]')?.dataset['what']?.split(' ') ?? [];
    const index = Number(at);
    const [finding, own, hit] = [findings[index], added[index], hits[index]];
    if (kind === 'finding' && finding) acts.toggle(finding);
    else if (kind === 'added' && own) acts.drop(own);
    else if (kind === 'hit' && hit) acts.add([hit]);
    else return false;
    return true;
  };
  return (
    // The marks in it are the buttons; their presses are heard here.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      ref={layer}
      onClick={({ target }: MouseEvent) => {
        // The end of a selection is no press.
        if (getSelection()?.isCollapsed !== false) press(target);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if ((event.key === 'Enter' || event.key === ' ') && press(event.target)) event.preventDefault();
      }}
    >
      {segments(text, marks).map(({ text: part, mark }, index) =>
        mark ? (
          <span
            key={mark.key}
            // A text is not selected across real buttons; the keys of one are heard above.
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="button"
            tabIndex={0}
            className={`text-mark ${mark.look}`}
            data-what={mark.what}
            title={mark.label}
            onFocus={() => mark.finding && acts.at(mark.finding)}
          >
            {part}
          </span>
        ) : (
          // The parts stand in the text's own order.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={`text ${index}`}>{part}</span>
        ),
      )}
    </span>
  );
}

function spanOf(place: Added, of: Pick<Marked, 'what' | 'look' | 'label'>): Marked[] {
  return 'box' in place ? [] : [{ ...of, start: place.start, end: place.end, key: `${of.look} ${keyOf(place)}` }];
}

/** What is selected in a page of text, in UTF-16 units of that page; undefined where nothing is, or across two pages. */
export function selectedText(): Extract<Added, { readonly start: number }> | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const node = range.commonAncestorContainer;
  const pre = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('pre[data-page]');
  if (!pre) return undefined;
  const before = document.createRange();
  before.setStart(pre, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  const end = start + range.toString().length;
  return end > start ? { page: Number(pre.dataset['page']), start, end } : undefined;
}
