import { isFirstName, isLastName } from './name-run.ts';
import { readText } from './reading.ts';
import { tables } from './tables.ts';
import { namesThing } from './things.ts';
import { tokenise } from './tokens.ts';
import { isEnglishWord, isNothingButEnglish } from './vocabulary.ts';

/** Whether some word of a cell is on the lists of names and towns, and no everyday word as well; of two or three words with capitals, a first name may be one. */
export function holdsListed(text: string): boolean {
  const reading = readText(text);
  const { tokens, tables: all } = reading;
  const isPair = tokens.length > 1 && tokens.length < 4 && tokens.every(({ shape }) => shape !== 'lower');
  if (isPair && tokens.some((token) => isFirstName(reading, token) && !all.ordinary.has(token.folded))) return true;
  return tokens.some(
    (token, index) =>
      token.shape !== 'lower' &&
      !all.ordinary.has(token.folded) &&
      !all.ambiguous.has(token.folded) &&
      (isFirstName(reading, token) ||
        isLastName(reading, token) ||
        all.towns.longest(text, tokens, index) !== undefined),
  );
}

/** Whether every word of a cell is on the lists of first names and surnames, and no everyday word as well. */
export function isListedName(text: string): boolean {
  const reading = readText(text);
  const { tokens, tables: all } = reading;
  return (
    tokens.length > 0 &&
    tokens.every(
      (token) =>
        token.shape !== 'lower' &&
        !all.ordinary.has(token.folded) &&
        !all.ambiguous.has(token.folded) &&
        (isFirstName(reading, token) || isLastName(reading, token)),
    )
  );
}

/** Whether a cell says everyday words of English alone: 'Grand total', 'Croissant'. */
export function isEveryday(text: string): boolean {
  const reading = readText(text);
  return (
    reading.tokens.every((token) => isEnglishWord(reading, token)) &&
    reading.tokens.some((token) => isNothingButEnglish(reading, token))
  );
}

/** What the rows below a table's columns are called. */
const TALLY =
  /^\s*(?:(?:grand |sub-?)?total(?:s|e|en|es)?|sum|average|mean|median|minimum|maximum|count|(?:gesamt|zwischen)?summe|gesamt|mittelwert|durchschnitt|moyenne|médiane|somme|totaux|media|mediana|somma|promedio|suma|totaal|subtotaal|gemiddelde|mediaan|som)\s*:?\s*$/iu;

/** Whether a cell is the name of a row that sums up the others. */
export const isTally = (text: string): boolean => TALLY.test(text);

/** Whether a cell begins with a label of any language ('City', 'Patient name:'): one that ends with the word of a label is none. */
export const beginsWithLabel = (text: string): boolean =>
  tables().labels.longest(text, tokenise(text), 0) !== undefined;

/** What the head of a column says of its cells, or '' where it says nothing of a person. */
export const headOf = (head: string): string => (/\p{Alpha}/u.test(head) && !namesThing(head) ? head : '');
