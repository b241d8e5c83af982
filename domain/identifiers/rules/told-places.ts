import type { Span } from '../spans.ts';
import { isKnownWord } from './eponyms.ts';
import { isFirstName, isLastName } from './name-run.ts';
import { townRun } from './places.ts';
import { gap, type Reading, span } from './reading.ts';

/**
 * Places of no list, behind the preposition of a town ('à Nador', 'te Oisterwijk'), in languages whose nouns have no capital: a word with a capital in the middle of a sentence is a
 * name there.
 */
export function toldPlaces(reading: Reading): Span[] {
  const { tokens, tables, languages, capitalNouns, text } = reading;
  if (capitalNouns || languages.size > 4 || languages.has('de')) return [];
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    const lead = tokens[at - 2];
    if (!before || token.shape !== 'capitalised' || token.folded.length < 4 || before.shape !== 'lower') return [];
    if (GENITIVE.test(before.folded)) return [];
    if (![...languages].some((language) => tables.townPrepositions.get(language)?.has(before.folded))) return [];
    if (!/^[ \u00a0]$/.test(gap(reading, at - 1)) || (lead && lead.shape !== 'lower' && lead.folded.length > 3))
      return [];
    if (
      isKnownWord(reading, at) ||
      isFirstName(reading, token) ||
      isLastName(reading, token) ||
      PRODUCT.test(token.folded)
    )
      return [];
    const to = townRun(reading, at);
    const last = tokens[Math.max(at, to - 1)];
    if (
      !last ||
      /^(?:['’]s|\d|-\p{Ll}|®|™| ?\d| (?:syndrom|classific|score|sign|test|proced))/u.test(
        text.slice(last.end, last.end + 9),
      )
    )
      return [];
    return [span(token.start, last.end, 'place', 'possible', 'place:told')];
  });
}

/** 'гр. Русе', 'с. Долно Езерово', 'общ. Тетевен': a town, a village or a district with the abbreviation that Bulgarian has before it. */
const OF_KIND = /(?<=(?<!\p{Alpha})(?:гр|с|общ|обл)\. ?)\p{Uppercase}\p{Ll}+(?:[ -]\p{Uppercase}\p{Ll}+)?/gu;

/** Towns and villages behind an abbreviation that says that they are. */
export const abbreviatedPlaces = ({ text }: Reading): Span[] =>
  [...text.matchAll(OF_KIND)].map(({ index, 0: written }) =>
    span(index, index + written.length, 'place', 'possible', 'place:abbreviated'),
  );

/** Prepositions that stand before anything that has a name: a test, a disease, a department. */
const GENITIVE = /^(?:de|di|of|van|von|da|do|del|dei|des|du|d|of|for|al|af|av|na|s|sa|se|at)$/;

/** Ends of the names of substances and products, folded. */
export const PRODUCT =
  /(?:logia|iatria|iatrie|iatry|logy|logie|logica|cirugia|chirurgia|chirurgie|medicina|medecine|nutricion|grafia|graphie|itis|oma|osis|scopia|skopie|scopie|genetics|medicine|radiology|surgery|urgencia|urgencias|mab|nib|tinib|pril|sartan|olol|statin|statine|statina|azol|azole|cillin|mycin|dipin|dipine|oxaban|gatran|parin|parine|parina|grel|grelor|limus|olon|olone|onate|onat|profen|triptan|glutid|gliptin|gliflozin|formin|prazol|prazole|ide|oxan|dol|flex|graft|stent|patch|graft|plant|tex|cath|wire|guard|seal|ject|max|plus|pro|lite|loc|lock)$/;
