import { latinised } from './fold.ts';
import type { Piece } from './pieces.ts';
import words from './words.json' with { type: 'json' };

const setOf = (list: string) => new Set(list.split(' ').map((word) => latinised(word)[0]));
const commonWords = Object.entries(words.common).map(([language, list]) => ({ language, words: setOf(list) }));
const functionWords = Object.entries(words.function).map(([language, list]) => ({ language, words: setOf(list) }));

/** What the text around a word says about it. */
export interface Setting {
  /** The text is German: every noun has a capital. */
  readonly nouns: boolean;
  /** Hardly a capital in the whole text: small letters say nothing. */
  readonly small: boolean;
  /** A word of a language of this text that names are made of too ('blanc', 'klein'), or one that stands in it in small letters as often as not: once, a reader of pictures may have taken a 'C' for a 'c'. */
  readonly common: (plain: string) => boolean;
  /** As `common`, by the lists alone. */
  readonly listed: (plain: string) => boolean;
}

/** Looks over a text once. `plains` are the latinised forms of its pieces. */
export function settingOf(pieces: readonly Piece[], plains: readonly string[]): Setting {
  const lower = new Map<string, number>();
  let capitals = 0;
  for (const [index, { casing }] of pieces.entries()) {
    const plain = plains[index] ?? '';
    if (casing === 'lower') lower.set(plain, (lower.get(plain) ?? 0) + 1);
    else if (casing !== 'none') capitals++;
  }
  const counts = new Map<string, number>();
  for (const plain of plains) counts.set(plain, (counts.get(plain) ?? 0) + 1);
  const scores = functionWords.map(({ language, words: list }) => ({
    language,
    score: [...list].reduce((sum, word) => sum + (counts.get(word) ?? 0), 0),
  }));
  const best = Math.max(...scores.map(({ score }) => score));
  const languages = new Set(scores.filter(({ score }) => best < 4 || score * 2 > best).map(({ language }) => language));
  const lists = commonWords.filter(({ language }) => languages.has(language));
  const listed = (plain: string) => lists.some(({ words: list }) => list.has(plain));
  return {
    nouns: best >= 2 && scores.some(({ language, score }) => language === 'de' && score === best),
    small: pieces.length > 3 && capitals * 50 < pieces.length,
    listed,
    common: (plain) => {
      const small = lower.get(plain) ?? 0;
      return listed(plain) || (small > 0 && 2 * small >= (counts.get(plain) ?? 0));
    },
  };
}
