import { inEachReading } from '../accents.ts';
import type { KnownIdentifiers, Span } from '../spans.ts';
import { birthDateMatcher } from './dates.ts';
import { foldText } from './fold.ts';
import { nameMatcher } from './names.ts';
import { numberMatcher } from './numbers.ts';

/**
 * Compiles what the member typed into a function that finds every form of it in a text, to be used for one page after the other. It gives spans in
 * UTF-16 units, sorted and not overlapping, all certain: rules 'known-name', 'known-birth-date', 'known-number'. What goes beyond 20 names of 100
 * characters or 20 numbers of 64 is left out; nothing throws for what was typed or for what the text holds. Time grows with the length of the text.
 */
export function compileKnown(known: KnownIdentifiers): (text: string) => Span[] {
  const names = nameMatcher(known.names);
  const birthDate = birthDateMatcher(known.birthDate);
  const numbers = numberMatcher(known.numbers ?? []);
  const folds = known.birthDate !== undefined || (known.numbers ?? []).length > 0;
  const search = (text: string) => {
    const folded = folds ? foldText(text) : undefined;
    return [...birthDate(text, folded), ...numbers(text, folded), ...names(text)];
  };
  return (text) => inEachReading(text, search);
}

/** Finds every form of what the member typed, in one text: see `compileKnown`. */
export function findKnown(text: string, known: KnownIdentifiers): Span[] {
  return compileKnown(known)(text);
}
