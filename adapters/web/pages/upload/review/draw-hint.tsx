import { Button } from '@fluentui/react-components';
import { wordsIn } from '../../shared/words.ts';

/** What is said while one draws, and the keyboard's way to a box. */
export function DrawHint({
  language,
  place,
  end,
}: {
  readonly language: string;
  readonly place: () => void;
  readonly end: () => void;
}) {
  const words = wordsIn(language).upload.draw;
  return (
    <div className="note row tight">
      <output className="what">
        {words.hint} <span className="by-touch">{words.twoFingers}</span>
      </output>
      <Button size="small" className="by-keyboard" onClick={place}>
        {words.byKeyboard}
      </Button>
      <Button size="small" appearance="subtle" onClick={end}>
        {words.end}
      </Button>
    </div>
  );
}

/** Gives the focus back to the button that begins a box. */
export function focusPlacing(): void {
  document.querySelector<HTMLElement>('.by-keyboard')?.focus({ preventScroll: true });
}

/** The page that stands in the middle of the window, 1-based. */
export function pageInTheMiddle(pages: number): number {
  for (let page = 1; page <= pages; page += 1) {
    const place = document.getElementById(`page-${page}`)?.getBoundingClientRect();
    if (place && place.bottom > innerHeight / 2) return page;
  }
  return pages;
}
