import type { Span } from '../spans.ts';
import { type Reading, span } from './reading.ts';

const OLD =
  /(?<![\d.,/-])(?:9\d|1[01]\d)(?:[ -]{0,2}(?:jahre?|jährig\p{Alpha}*|jaehrig\p{Alpha}*|j\.|ans|years?|yrs?|yo|y\/o|anni|enne|años|jaar|jarige|let|lat|éves|metų|gadi|gadus|aastane|vuotias|vuotta|år|årig|ani|de ani|ετών|години|godina|letna|rokov|roků|anos)(?!\p{Alpha}))/giu;

/** 'Meneer is 91 en …' */
const IS_OLD = /(?<=\p{Ll} (?:is|wordt|werd) )9\d(?= (?:en|geworden|maar)(?!\p{Alpha})|[,.](?:\s|$))/gu;

/** Ages of 90 years and more, which few people reach. */
export function highAges({ text }: Reading): Span[] {
  return [...text.matchAll(OLD), ...text.matchAll(IS_OLD)].map((found) =>
    span(found.index, found.index + found[0].length, 'age', 'possible', 'age:90'),
  );
}
