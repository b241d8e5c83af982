import type { Span } from '../spans.ts';
import { isFirstName, isLastName } from './name-run.ts';
import { nameSpan } from './names.ts';
import { gap, type Reading } from './reading.ts';

/** 'name: müller, hans': small letters behind a strong label, where the lists know them. */
export function smallName(reading: Reading, from: number): Span[] {
  const { tokens, tables } = reading;
  let to = from;
  let known = false;
  let listedWords = 0;
  while (to < tokens.length && to - from < 4) {
    const token = tokens[to];
    if (
      !token ||
      (to > from && !/^(?: |, ?|-)$/.test(gap(reading, to - 1))) ||
      tables.roles.has(token.folded) ||
      token.shape !== 'lower'
    )
      break;
    const listed = (isFirstName(reading, token) || isLastName(reading, token)) && token.folded.length > 2;
    if (listed && !tables.ordinary.has(token.folded)) listedWords++;
    known ||= listed && !tables.ambiguous.has(token.folded) && !tables.ordinary.has(token.folded);
    to++;
  }
  return known || listedWords > 1 ? [nameSpan(reading, { from, to }, 'certain', 'label:name')] : [];
}
