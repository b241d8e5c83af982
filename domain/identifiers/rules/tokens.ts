import { fold } from './fold.ts';

/** How a word is written: 'Maria', 'MARIA', 'maria', or one capital letter. */
export type Shape = 'capitalised' | 'capitals' | 'lower' | 'initial';

/** A run of letters, in UTF-16 units. Hyphens, apostrophes and digits stand between tokens. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
  readonly shape: Shape;
}

// Letters without case (ª and º among them) are no part of a European name.
const WORD = /[\p{Uppercase}\p{Ll}\p{Lt}\p{Lm}][\p{Uppercase}\p{Ll}\p{Lt}\p{Lm}\p{M}]*/gu;
const FIRST_WORD = new RegExp(WORD.source, 'u');
const ASCII_LOWER = /^[a-z]+$/;
const ASCII = /^[A-Za-z]+$/;
const UPPER_FIRST = /^[\p{Uppercase}\p{Lt}]/u;
const ANY_LOWER = /\p{Ll}/u;

/** The first word of a text, folded; empty where there is none. */
export function firstWord(text: string): string {
  const found = FIRST_WORD.exec(text);
  return found ? foldOf(found[0]) : '';
}

/** The words of a text in their order. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const found of text.matchAll(WORD)) {
    const word = found[0];
    const start = found.index;
    tokens.push({ start, end: start + word.length, folded: foldOf(word), shape: shapeOf(word) });
  }
  return tokens;
}

function foldOf(word: string): string {
  if (ASCII_LOWER.test(word)) return word;
  if (ASCII.test(word)) return word.toLowerCase();
  return word.length > 60 ? word : fold(word);
}

function shapeOf(word: string): Shape {
  if (!UPPER_FIRST.test(word)) return 'lower';
  if (word.length === 1) return 'initial';
  return ANY_LOWER.test(word) ? 'capitalised' : 'capitals';
}
