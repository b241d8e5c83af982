import type { Span } from '../spans.ts';
import { type Reading, span } from './reading.ts';

/** Hospitals, insurers and offices that are known by a name of their own ('Charité', 'LUMC', 'Vall d’Hebron'), in a text of their language. */
export function houses({ text, tokens, tables, languages, small }: Reading): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const found = tables.houses.longest(text, tokens, at);
    const [first, last] = [tokens[at], found && tokens[found.next - 1]];
    if (!found || !first || !last) continue;
    if (first.shape === 'lower' && !(small && found.next - at > 1)) continue;
    const one = found.next - at === 1;
    const fits = found.values.some(
      ({ language, capitals }) =>
        languages.has(language) && (!one || languages.size < 6) && (!capitals || first.shape === 'capitals'),
    );
    if (!fits || /^-\p{Ll}/u.test(text.slice(last.end, last.end + 2))) continue;
    spans.push(span(first.start, last.end, 'institution', 'possible', 'house'));
    at = found.next - 1;
  }
  return spans;
}
