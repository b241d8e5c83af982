import type { Span } from '../spans.ts';
import { nearDisease } from './eponyms.ts';
import { isAmbiguous, isFirstName, isLastName } from './name-run.ts';
import { type Reading, span, tokenAt } from './reading.ts';

/**
 * Where the words of the names that were found stand elsewhere in the text, alone and in capitals too. `found` are names that something more than a list says to be such; a word that is
 * an ordinary one is not looked for.
 */
export function confirmedNames(reading: Reading, found: readonly Span[]): Span[] {
  const { tokens, tables, text } = reading;
  const words = new Set<string>();
  const places = new Set<number>();
  for (const { start, end } of found) {
    for (let at = tokenAt(tokens, start); at < tokens.length && (tokens[at]?.start ?? end) < end; at++) {
      const token = tokens[at];
      if (!token) break;
      places.add(at);
      if (token.folded.length < 3 || token.shape === 'lower' || token.shape === 'initial') continue;
      const listed = isFirstName(reading, token) || isLastName(reading, token);
      const doubtful =
        tables.ordinary.has(token.folded) ||
        tables.ambiguous.has(token.folded) ||
        tables.particles.has(token.folded) ||
        reading.written.has(token.folded);
      if (!doubtful && (listed || token.folded.length > 3 || !isAmbiguous(reading, token))) words.add(token.folded);
    }
  }
  const spans: Span[] = [];
  tokens.forEach((token, at) => {
    if (token.shape === 'lower' || places.has(at)) return;
    const word =
      words.has(token.folded) ||
      (token.folded.endsWith('s') && token.folded.length > 4 && words.has(token.folded.slice(0, -1)));
    if (!word || nearDisease(reading, at, at + 1) || /^[’']?s?[-]\p{Ll}/u.test(text.slice(token.end, token.end + 3)))
      return;
    spans.push(span(token.start, token.end, 'name', 'possible', 'confirmed-name'));
  });
  return spans;
}
