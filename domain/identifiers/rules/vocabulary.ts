import file from '../lists/vocabulary.json' with { type: 'json' };
import type { Reading } from './reading.ts';
import type { Token } from './tokens.ts';

/** The words in the order of the alphabet, each between two line ends: looked up in place, since few are ever asked for and a set of them all would take longer to make than to read a text. */
const list = `\n${file.english}\n`;
/** Words that names are written like. */
const names = `\n${file.englishAndNames}\n`;

/** Whether a list has a word as it is. */
function isListed(word: string, list: string): boolean {
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const start = list.lastIndexOf('\n', (low + high) >> 1);
    const end = list.indexOf('\n', start + 1);
    const found = list.slice(start + 1, end);
    if (found === word) return true;
    if (found < word) low = end;
    else high = start;
  }
  return false;
}

/** Ends of English words' forms, and what stands in their place in the list. */
const ENDS: readonly (readonly [end: string, ...stems: readonly string[]])[] = [
  ['ies', 'y'],
  ['es', '', 'e'],
  ['s', ''],
  ['ied', 'y'],
  ['ed', '', 'e'],
  ['ing', '', 'e'],
  ['ily', 'y'],
  ['ly', '', 'le'],
  ['ness', ''],
];
const SHORTEST_STEM = 3;
/** Ends of medicine's own words. */
const SCIENCE = /\p{Alpha}{2}(?:graph|log|scop|metr|tom|path|plast)(?:y|ies)$/u;

function isWord(word: string): boolean {
  if (isListed(word, list) || SCIENCE.test(word)) return true;
  return ENDS.some(([end, ...stems]) => {
    if (!word.endsWith(end) || word.length - end.length < SHORTEST_STEM) return false;
    const stem = word.slice(0, -end.length);
    const single = stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : undefined;
    return (
      stems.some((other) => isListed(stem + other, list)) ||
      (single !== undefined && end !== 's' && isListed(single, list))
    );
  });
}

const known = new Map<string, boolean>();
const MOST_KNOWN = 20_000;

/** Whether a word is one of everyday English, in a text that may be English, and no first name: in a title it has its capital as a name has. */
export function isEnglishWord(reading: Reading, token: Token): boolean {
  return reading.languages.has('en') && !reading.tables.firstNames.has(token.folded) && isWordOfEnglish(token.folded);
}

/** Whether a folded word is one of everyday English, in whatever text it stands. */
export function isWordOfEnglish(word: string): boolean {
  const before = known.get(word);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const found = isWord(word);
  known.set(word, found);
  return found;
}

/** Whether a word is one of English in small letters and a name in capitals: 'Grace', 'Baker', 'Levy'. */
export const isWordAndName = (reading: Reading, { folded }: Token): boolean =>
  reading.languages.has('en') && isListed(folded, names);

/** Whether it is one, and no surname either. */
export const isNothingButEnglish = (reading: Reading, token: Token): boolean =>
  !reading.tables.lastNames.has(token.folded) && isEnglishWord(reading, token);
