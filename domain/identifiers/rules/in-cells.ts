import { isFirstName, isLastName } from './name-run.ts';
import { readText } from './reading.ts';
import { tables } from './tables.ts';
import { tokenise } from './tokens.ts';

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

/** Whether a cell begins with a label of any language ('City', 'Patient name:'): one that ends with the word of a label is none. */
export const beginsWithLabel = (text: string): boolean =>
  tables().labels.longest(text, tokenise(text), 0) !== undefined;

/** Words for things that have a name: what stands under such a head is no person. */
const THINGS =
  /(?:drug|medication|medicine|product|brand|test|analyte|gene|variant|device|study|trial|procedure|diagnosis|file|field|variable|column|sheet|item|category|competition|flag|point|store|project|group|event|class|method|function|unit|parameter)[ _-]names?|nom (?:de l.examen|(?:du|de) (?:m[ée]dicament|produit|fichier|test|g[èe]ne|champ))|nombre del? (?:medicamento|producto|archivo|gen|campo)|nome del (?:farmaco|prodotto|file|test|gene|campo)/i;

/** What the head of a column says of its cells, or '' where it says nothing of a person. */
export const headOf = (head: string): string => (/\p{L}/u.test(head) && !THINGS.test(head) ? head : '');
