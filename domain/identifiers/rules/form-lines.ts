import { fold } from './fold.ts';
import { isAmbiguous, isFirstName, isLastName } from './name-run.ts';
import { gap, type Reading } from './reading.ts';

/** The line break behind a label, with the spaces around it. */
export const NEXT_LINE = /^[ \t]*\r?\n[ \t]*/;

/** Whether a place is the first of its line, spaces aside. */
export function startsLine(text: string, start: number): boolean {
  let at = start - 1;
  while (text[at] === ' ' || text[at] === '\t') at--;
  return at < 0 || text[at] === '\n';
}

/** Whether a label from `start` to `end` has a line for itself. */
export function isLine(text: string, start: number, end: number): boolean {
  let at = end;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at++;
  return text[at] === '\n' && startsLine(text, start);
}

/** Labels that ask for nothing but a name. */
const ASKS_NAME =
  /name|nom$|^nom |prenom|cognome|nome$|apellido|nombre|naam|surname|forename|imie|nazwisko|jmeno|prijmeni|priezvisko|meno$|ime$|prezime|priimek|nev$|pavarde|vardas|vards|uzvards|nimi|namn|navn|nume$|prenume|apelido|επωνυμο|ονομα|име$|фамилия/;

/** Whether the rest of a form's line is a name and nothing else: one to four words with capitals, to the line's end, a comma or a bracket. */
export function isField(reading: Reading, label: string, from: number): boolean {
  const { text, tokens, tables } = reading;
  let to = from;
  let known = false;
  while (to - from < 5) {
    const token = tokens[to];
    if (!token || (to > from && !/^(?:[ \u00a0]|-|['’]|, ?|\. ?)$/.test(gap(reading, to - 1)))) break;
    if (token.shape === 'lower' && !tables.particles.has(token.folded)) return false;
    if (tables.ordinary.has(token.folded) && !tables.particles.has(token.folded)) return false;
    known ||= (isFirstName(reading, token) || isLastName(reading, token)) && !isAmbiguous(reading, token);
    to++;
  }
  const last = tokens[to - 1];
  if (to === from || !last || !/^\.?[ \t]*(?:\n|$|,|\()/.test(text.slice(last.end, last.end + 12))) return false;
  return known || ASKS_NAME.test(fold(label));
}
