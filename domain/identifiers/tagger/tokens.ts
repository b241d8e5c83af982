/** A run of letters, a run of digits, or one sign, in UTF-16 units of the text. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const TOKEN = /\p{Alpha}[\p{Alpha}\p{M}]*|\p{Nd}+|\S/gu;

/** The tokens of a text in their order; white space is between them and in none. Letters and digits that touch are tokens of their own: '23avr' is two. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: found, index } of text.matchAll(TOKEN)) {
    tokens.push({ start: index, end: index + found.length, text: found });
  }
  return tokens;
}
