import { Select, ToggleButton } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Which } from '../../../../bot/pages/pages.ts';
import { fill, wordsIn } from '../shared/words.ts';

/** What the pages are looked at with: which of two views, and how large. */
export function View<W extends Which>({
  language,
  views,
  which,
  setWhich,
  zoom,
  setZoom,
  children,
  below,
}: {
  readonly language: string;
  /** The two views, the former first. */
  readonly views: readonly [W, W];
  readonly which: W;
  readonly setWhich: (which: W) => void;
  readonly zoom: number;
  readonly setZoom: (zoom: number) => void;
  readonly children?: ReactNode;
  /** A second line, that stays in sight too. */
  readonly below?: ReactNode;
}) {
  const words = wordsIn(language).upload.view;
  return (
    <div className="tools">
      <fieldset className="switch" aria-label={words.which}>
        {views.map((view) => (
          <ToggleButton key={view} checked={view === which} onClick={() => setWhich(view)}>
            {words[view]}
          </ToggleButton>
        ))}
      </fieldset>
      {children}
      <Select
        className="zoom"
        aria-label={words.zoom}
        value={String(zoom)}
        onChange={(_, { value }) => setZoom(Number(value))}
      >
        <option value="1">{words.zoomFit}</option>
        <option value="1.5">{fill(words.zoomMore, { percent: 150 })}</option>
        <option value="2">{fill(words.zoomMore, { percent: 200 })}</option>
      </Select>
      {below}
    </div>
  );
}
