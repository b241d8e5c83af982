import { inEachReading } from '../accents.ts';
import type { Part } from '../spans.ts';
import { foldText } from './fold.ts';

const maxPhrase = 200;
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * Every place where a word or phrase stands, in UTF-16 units, in order and not overlapping: whatever its case, accents, apostrophes and hyphens,
 * over a line end, with or without soft hyphens, its accents on their letters or beside them. Nothing is found for a phrase without a letter or digit; one of more than 200 characters is cut.
 */
export function findPhrase(text: string, phrase: string): Part[] {
  const wanted = foldText(phrase.slice(0, maxPhrase)).text.trim();
  if (!/[\p{Alpha}\p{N}]/u.test(wanted)) return [];
  const units = wanted.split(/[\s-]+/).filter((unit) => unit !== '');
  // A hyphen at a line end may be the printer's: between any two letters of a word.
  const pattern = units
    .map((unit) => Array.from(unit, escaped).join('(?:-[ \\t]*\\r?\\n[ \\t]*|-)?'))
    .join('[\\s-]{0,8}');
  return inEachReading(text, (read) => {
    const folded = foldText(read);
    return [...folded.text.matchAll(new RegExp(pattern, 'gu'))].map(({ 0: match, index }) => ({
      start: folded.from[index] ?? 0,
      end: folded.to[index + match.length - 1] ?? 0,
    }));
  });
}
