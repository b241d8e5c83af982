import { accentsJoined } from './accents.ts';
import { findKnown } from './known/known.ts';
import { merge, type Weighed } from './merge.ts';
import { catalogued, isCatalogued } from './rules/catalogues.ts';
import { isOfTrust, withoutKindOfHouse } from './rules/institutions.ts';
import { instrumentsIn, isOfInstrument } from './rules/instruments.ts';
import { citations, isCited } from './rules/literature.ts';
import { isOfMedicine } from './rules/medicine.ts';
import { readText } from './rules/reading.ts';
import { ranks, ruledSpans } from './rules/rules.ts';
import { isSpecimen } from './rules/specimens.ts';
import { believed, isDoubted } from './rules/tagged.ts';
import { isWard } from './rules/wards.ts';
import type { FindOptions, Span } from './spans.ts';
import { tagText } from './tagger/tagger.ts';

/**
 * Finds what may identify a person in a text of any of the network's languages: what is known, what the rules find, what the tagger adds. Gives spans in the order of their starts, none
 * overlapping another. Pure and deterministic; linear in the length of the text; never throws for what a text holds.
 */
export function findIdentifiers(text: string, options: FindOptions = {}): Span[] {
  const known = options.known ? findKnown(text, options.known) : [];
  // As it was read as well: an accent may be an apostrophe.
  const [joined] = accentsJoined(text);
  const inJoined = joined ? foundIn(joined.text, options) : [];
  return merge([
    ...known.map((span) => ({ span, rank: ranks.known })),
    ...foundIn(text, options),
    ...inJoined.map(({ span, rank }) => ({ span: { ...span, ...joined?.read(span) }, rank })),
  ]);
}

/** What the rules and the tagger find. */
function foundIn(text: string, { languages }: FindOptions): Weighed[] {
  const reading = readText(text, languages);
  const cited = citations(text);
  const codes = catalogued(text);
  const instruments = instrumentsIn(reading);
  const tagged = tagText(text, [...reading.languages]);
  const found = [
    ...ruledSpans(reading).filter(({ span }) => !isDoubted(span, tagged)),
    ...believed(reading, tagged.spans).map((span) => ({ span, rank: ranks.tagger })),
  ].map(({ span, rank }) => ({ span: withoutKindOfHouse(reading, span), rank }));
  return found.filter(
    ({ span }) =>
      !isOfMedicine(reading, span) &&
      !(instruments.length > 0 && isOfInstrument(instruments, span)) &&
      !isSpecimen(reading, span) &&
      !isWard(reading, span) &&
      !isOfTrust(reading, span) &&
      !(cited.length > 0 && isCited(cited, span)) &&
      !(codes.length > 0 && isCatalogued(text, codes, span)),
  );
}
