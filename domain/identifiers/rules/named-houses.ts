import type { Span } from '../spans.ts';
import { gap, type Reading, span } from './reading.ts';
import type { HouseWords } from './tables.ts';
import type { Token } from './tokens.ts';

/** An ending, or another one behind it; longer is another word ('sairaalahoito', 'sjukhusvård'). */
const LONGEST_ENDING = 3;
/** Stems that words of several languages have. */
const COMMON = /klini|hospital|sanatori|lasarett/;
const MOST_QUALIFIERS = 4;
const MOST_NAMES = 4;
/** Between the word for the house and the name behind it: 'v Praze', 'Na Homolce', 'svätého Michala', 'w Krakowie', 'i Ystad'. */
const BEFORE_NAME = /^(?:v|ve|vo|na|pod|u|sv|svateho|svatej|svete|w|we|im|sw|i|pa)$/;

/**
 * Hospitals, practices and homes of languages that put the name before the word for the house, inflect that word, or write it small: 'Jorvin sairaalassa', 'Haukeland universitetssjukehus', 'Paula Stradiņa klīniskajā
 * universitātes slimnīcā', 'Thomayerově nemocnici', 'Nemocnici Na Homolce'. Their nouns have no capital, so that one within a sentence is a name's.
 */
export function namedHouses(reading: Reading): Span[] {
  const { tokens } = reading;
  if (reading.capitalNouns) return [];
  const known = wordsFor(reading);
  const stems = known.flatMap((words) => words.stems);
  const shortest = Math.min(...stems.map(({ length }) => length));
  // Most words are shorter than any of them.
  const isHouse = ({ folded }: Token) => folded.length >= shortest && stems.some((stem) => endsWithStem(folded, stem));
  const qualifies = ({ folded }: Token) =>
    known.some(({ qualifiers }) => qualifiers.some((beginning) => folded.startsWith(beginning)));
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const house = tokens[at];
    if (!house || !isHouse(house)) continue;
    const from = nameBefore(reading, at, qualifies);
    const isFollowed = house.shape !== 'lower' || (from !== undefined && namesFollow(reading));
    const to = isFollowed ? nameBehind(reading, at) : at;
    const [first, last] = [tokens[from ?? at], tokens[to]];
    if (!first || !last || (from === undefined && to === at)) continue;
    spans.push(span(first.start, last.end, 'institution', 'possible', 'named-house'));
    at = to;
  }
  return spans;
}

/** Of the text's languages all words; of the others those that are theirs alone, for a short text hardly tells its language and such a word does. */
function wordsFor({ tables, languages }: Reading): readonly HouseWords[] {
  return Array.from(tables.houseWords, ([language, words]) =>
    languages.size < 6 && languages.has(language)
      ? words
      : { ...words, stems: words.stems.filter((stem) => !COMMON.test(stem)) },
  );
}

function endsWithStem(word: string, stem: string): boolean {
  const at = word.lastIndexOf(stem);
  return at >= 0 && word.length - at - stem.length <= LONGEST_ENDING;
}

/** The first token of a name before the word for a house, with what may stand between them; undefined where there is none. */
function nameBefore(reading: Reading, house: number, qualifies: (word: Token) => boolean): number | undefined {
  const { tokens } = reading;
  let at = house;
  const isBeside = () => /^[ -]$/.test(gap(reading, at - 1));
  const before = () => tokens[at - 1];
  for (let word = before(); word && house - at < MOST_QUALIFIERS && isBeside() && qualifies(word); word = before())
    at--;
  const qualified = at;
  for (
    let word = before();
    word && qualified - at < MOST_NAMES && isBeside() && isOfName(reading, at - 1);
    word = before()
  )
    at--;
  // The qualifier itself may be what has the capital: 'Všeobecné fakultní nemocnici'.
  const first = tokens[at];
  if (at === house || (at === qualified && first?.shape !== 'capitalised')) return undefined;
  if (!begins(reading, at) || isListed(reading, at)) return at;
  // What begins the sentence has its capital from there, and is left out where a name may stand behind it.
  if (at < qualified - 1) return at + 1;
  return at < qualified && qualified < house ? at : undefined;
}

/** Languages in which the name stands behind the word for the house as often. */
const namesFollow = ({ languages }: Reading): boolean =>
  languages.size < 6 && ['cs', 'sk', 'pl', 'hr', 'sl'].some((language) => languages.has(language));

/** The last token of a name behind the word for a house; the house's own where there is none. */
function nameBehind(reading: Reading, house: number): number {
  const { tokens } = reading;
  let to = house;
  for (let at = house + 1; at - house <= MOST_NAMES && /^[ -]$/.test(gap(reading, at - 1)); at++) {
    if (isOfName(reading, at)) to = at;
    else if (!BEFORE_NAME.test(tokens[at]?.folded ?? '')) break;
  }
  return to;
}

function isOfName({ tokens, tables, written }: Reading, at: number): boolean {
  const word = tokens[at];
  return (
    word?.shape === 'capitalised' &&
    !tables.roles.has(word.folded) &&
    !tables.weekdays.has(word.folded) &&
    !tables.months.has(word.folded) &&
    !written.has(word.folded)
  );
}

/** The first word of a sentence, a line or a cell has its capital from there. */
const begins = ({ text, tokens }: Reading, at: number): boolean =>
  /(?:^|[.:;!?\n\t|(])[ \t«"„“]*$/.test(text.slice(Math.max(0, (tokens[at]?.start ?? 0) - 6), tokens[at]?.start));

const isListed = ({ text, tokens, tables }: Reading, at: number): boolean =>
  tables.towns.longest(text, tokens, at) !== undefined || tables.houses.longest(text, tokens, at) !== undefined;
