import { boxesOf } from '../../domain/boxes.ts';
import { findPhrase } from '../../domain/identifiers/known/phrase.ts';
import type { PageText } from '../../domain/ports.ts';
import type { Added } from '../pages/pages.ts';

/**
 * Every place of a word or a phrase in the pages' texts, whatever its case, accents, and line breaks: a box for each line that it stands on, or, where the text has no
 * places on a picture, its part of the page's text. Stops after `most` places and one more, so that the caller can tell that there are too many.
 */
export function placesOf(texts: readonly PageText[], phrase: string, most: number): Added[] {
  const places: Added[] = [];
  for (const { page, text, places: where } of texts)
    for (const { start, end } of findPhrase(text, phrase)) {
      if (where.length === 0) places.push({ page, start, end });
      else places.push(...boxesOf(where, start, end).map((box) => ({ page, box })));
      if (places.length > most) return places;
    }
  return places;
}
