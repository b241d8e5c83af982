import { spokenFor, wordsIn } from '../shared/words.ts';

/** The local page's words, in the browser's language. */
export const words = wordsIn(navigator.language).local;

/** The language that dates and counts are written in. */
const spoken = spokenFor(navigator.language);
export const language = spoken === 'en' ? 'en-GB' : spoken;

/** A name without the titles before it, for the initials of a picture: 'Prof. Dr. Ada Lindqvist' is AL. */
export function plainName(name: string): string {
  return name.replace(/^((dr|prof|mr|mrs|ms)\.?\s+)+/i, '');
}
