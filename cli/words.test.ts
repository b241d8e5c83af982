import { describe, expect, it } from 'vitest';
import { languages, wordsOf } from '../bot/words.ts';
import { differencesOf, sentencesOf } from './words.ts';

const others = languages.filter((language) => language !== 'en');
const mend = 'npm run words -- --prune takes out what no longer fits; English is said until it is translated';

describe.each(others)('the words in %s', (language) => {
  const { missing, superfluous, places } = differencesOf(language);

  it(`say nothing that English does not, with the same values in their places (${missing.length} fall back to English)`, () => {
    expect({ superfluous, places, mend }).toEqual({ superfluous: [], places: [], mend });
  });

  it('have each plural form that the language needs for the counts that occur', () => {
    const own = sentencesOf(language);
    const forms = new Set(Array.from({ length: 1001 }, (_, count) => new Intl.PluralRules(language).select(count)));
    const bases = [...own.keys()].filter((key) => key.endsWith('_other')).map((key) => key.replace('_other', ''));
    const lacking = bases.flatMap((base) => [...forms].map((form) => `${base}_${form}`)).filter((key) => !own.has(key));
    expect(lacking).toEqual([]);
  });

  it('fall back to the English sentence for a key that they lack', () => {
    const say = wordsOf(language);
    for (const key of missing.slice(0, 50).filter((one) => !/_\w+$/.test(one)))
      expect(say(key, {})).toBe(wordsOf('en')(key, {}));
  });

  it('are asked for by a tag with a region, too', () => {
    expect(wordsOf(`${language}-${language.toUpperCase()}`).language).toBe(language);
  });
});
