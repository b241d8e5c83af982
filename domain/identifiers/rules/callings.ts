import { isKnownWord } from './eponyms.ts';
import { isWordOfMedicine } from './medicine.ts';
import type { NameRun } from './name-run.ts';
import { isScientific } from './nouns.ts';
import { gap, isOfWest, type Reading } from './reading.ts';
import type { Token } from './tokens.ts';

/** Written small in a sentence without a full stop, where a name with its capital stands behind: 'dhr Van Geel', 'le docteur Cabrol'. */
const SPOKEN_TITLE =
  /^(?:docteur|professeur|monsieur|madame|mademoiselle|mme|mlle|dr|pr|prof|maitre|dhr|mw|mevr|mevrouw|meneer|heer|pater|broeder|zuster|dokter|collega|signor|signora|signorina|sig|dott|dottor|dottore|dottoressa|professor|professoressa|senor|senora|sr|sra|dra|doctor|doctora|profesor|profesora|hermana)$/;

/** Whether the word from a token on, behind the small words of a name, has a capital. */
function beforeCapital({ tokens, tables }: Reading, at: number): boolean {
  let next = at;
  while (tokens[next]?.shape === 'lower' && tables.particles.has(tokens[next]?.folded ?? '') && next - at < 3) next++;
  const name = tokens[next];
  return name !== undefined && name.shape !== 'lower';
}

/** Whether a title in small letters stands before a word with a capital, from the token `next` on. */
export const isSpokenTitle = (reading: Reading, title: Token, next: number): boolean =>
  SPOKEN_TITLE.test(title.folded) && beforeCapital(reading, next);

/** 'l'interne Quillivic', 'tolk Zwirp': one word or two with capitals behind what somebody does, in small letters, where only names have capitals. */
export function isOfCalling(reading: Reading, at: number, { from, to }: NameRun): boolean {
  const words = reading.tokens.slice(from, to).filter(({ shape }) => shape !== 'lower');
  return (
    isOfWest(reading) &&
    reading.tokens[at]?.shape === 'lower' &&
    gap(reading, at) === ' ' &&
    words.length < 3 &&
    words.every(
      (word, index) =>
        word.shape === 'capitalised' &&
        word.folded.length > 2 &&
        !isKnownWord(reading, from + index) &&
        !isWordOfMedicine(word.folded) &&
        !isScientific(word.folded),
    ) &&
    !/^(?:\d|-\p{Ll}|®|™| ?\d)/u.test(
      reading.text.slice(reading.tokens[to - 1]?.end ?? 0, (reading.tokens[to - 1]?.end ?? 0) + 2),
    )
  );
}
