import type { Span } from '../spans.ts';
import { type Reading, tokenAt } from './reading.ts';
import type { Token } from './tokens.ts';

/** 'za', 'og', 'for': what may join the words of a ward. */
const LONGEST_JOINER = 4;
const BESIDE = 2;
/** The beginning of a word so long is of no other language. */
const SURE_STEM = 7;

/**
 * Whether a finding, of which nothing stronger than a list, a shape or the tagger says that it is one, is the ward of any hospital ('Klinice Chirurgii Naczyniowej', 'Karkirurgisk Afdeling'):
 * each of its words begins as those for wards and for what is treated there do, in one language.
 */
export function isWard({ tokens, tables, languages }: Reading, { start, end, kind, certainty }: Span): boolean {
  // 'Klinikgatan' is a street.
  if (certainty === 'certain' || kind === 'address') return false;
  const [from, to] = [tokenAt(tokens, start), tokenAt(tokens, end)];
  const own = tokens.slice(from, to).filter(({ folded, shape }) => shape !== 'lower' || folded.length > LONGEST_JOINER);
  if (own.length === 0) return false;
  const beside = [...tokens.slice(Math.max(0, from - BESIDE), from), ...tokens.slice(to, to + BESIDE)];
  // A note of a few lines may not tell its language: two words of the same one do, or a long one.
  return [...tables.wards].some(([language, stems]) => {
    const isOfWard = ({ folded }: Token, least = 0) =>
      stems.some((stem) => stem.length >= least && folded.startsWith(stem));
    const told = languages.has(language) || own.length > 1 || beside.some((token) => isOfWard(token));
    return own.every((token) => isOfWard(token, told ? 0 : SURE_STEM));
  });
}
