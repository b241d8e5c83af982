import type { Span } from '../../spans.ts';
import { span } from '../reading.ts';

/** Whether what a pattern matched at an offset counts. */
type Takes = (written: string, at: number) => boolean;

/**
 * Gives a function that adds to `spans` what a pattern matches in the text and `takes` accepts, as possible ones of a kind and under a rule's name; a space or a comma at the end of a match is no part of it.
 */
export const matchesInto =
  (spans: Span[], text: string) =>
  (pattern: RegExp, kind: Span['kind'], rule: string, takes: Takes = () => true): void => {
    for (const { index, 0: written } of text.matchAll(pattern))
      if (takes(written, index))
        spans.push(span(index, index + written.trimEnd().replace(/,$/, '').length, kind, 'possible', rule));
  };
