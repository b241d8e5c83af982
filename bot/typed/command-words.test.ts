import { describe, expect, it } from 'vitest';
import { commands, didYouMean, parseCommand } from '../commands.ts';
import { languages, wordsOf } from '../words.ts';
import { commandsByWord, folded, meansMe, translatedWords, wordOfCommand } from './command-words.ts';

const others = languages.filter((language) => language !== 'en');

describe('the words of commands', () => {
  it('mean one command each, in all languages together', () => {
    const meant = commandsByWord();
    for (const { name, words } of commands)
      for (const word of [name, ...words].map(folded))
        expect({ word, means: meant.get(word) ?? name }).toEqual({ word, means: name });
    expect(new Set([...meant.values()].filter((name) => !commands.some((one) => one.name === name)))).toEqual(
      new Set(),
    );
  });

  // A command without a translation goes by its English name; `npm run words` lists it.
  it.each(others)('are understood with and without accents, in %s', (language) => {
    for (const { name } of commands) {
      const words = translatedWords(name, language);
      for (const word of words)
        for (const typed of [word, word.toUpperCase(), folded(word), `/cpms ${word}`])
          expect({ typed, means: parseCommand(typed)?.command.name }).toEqual({ typed, means: name });
    }
  });

  it.each(languages)('are what help shows in %s', (language) => {
    const say = wordsOf(language);
    for (const { name } of commands) expect(parseCommand(say(`commands:${name}.usage`))?.command.name).toBe(name);
  });

  it('take "new" and "me" in each language', () => {
    expect(
      ['fall neu', 'cas nouveau', 'caso nuovo', 'caso nuevo', 'casus nieuw'].map((typed) => parseCommand(typed)?.rest),
    ).toEqual(Array.from({ length: 5 }, () => 'new'));
    expect(['me', 'mich', 'Moi', 'mí', 'mij'].every(meansMe)).toBe(true);
    expect(parseCommand('note T-7K3F9Q2M neu ist das nicht')?.rest).toBe('T-7K3F9Q2M neu ist das nicht');
  });

  it('are guessed in English and in the language that is spoken', () => {
    expect(didYouMean('besprechnug', commands, 'de')).toContain('meeting');
    expect(didYouMean('reunoin', commands, 'fr')).toContain('meeting');
    expect(didYouMean('meetign', commands, 'fr')).toContain('meeting');
    expect(wordOfCommand('meeting', 'en')).toBe('meeting');
  });
});
