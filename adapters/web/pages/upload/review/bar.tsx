import { Button } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronUpRegular } from '@fluentui/react-icons';
import { fill, plural, wordsIn } from '../../shared/words.ts';

/** What stays in sight below the pages: how much goes and stays, the way from finding to finding, and what ends the review. */
export function Bar({
  language,
  going,
  staying,
  busy,
  step,
  apply,
}: {
  readonly language: string;
  readonly going: number;
  readonly staying: number;
  readonly busy: boolean;
  /** To the next or the previous finding; undefined where there is none. */
  readonly step: ((by: 1 | -1) => void) | undefined;
  readonly apply: () => void;
}) {
  const words = wordsIn(language).upload.bar;
  return (
    <fieldset className="review-bar" id="decide" aria-label={words.label}>
      <p className="count">
        {plural(words, 'going', going, language)}
        <span className="quiet">, {fill(words.staying, { count: staying })}</span>
      </p>
      {step && (
        <span className="steps">
          <Button
            icon={<ChevronUpRegular />}
            aria-label={words.previous}
            title={words.previousKey}
            onClick={() => step(-1)}
          />
          <Button icon={<ChevronDownRegular />} aria-label={words.next} title={words.nextKey} onClick={() => step(1)} />
        </span>
      )}
      <Button appearance="primary" size="large" disabledFocusable={busy} onClick={apply}>
        {going > 0 ? words.apply : words.applyNone}
      </Button>
    </fieldset>
  );
}
