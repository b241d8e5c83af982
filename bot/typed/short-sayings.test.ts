import { describe, expect, it } from 'vitest';
import { parseCommand } from '../commands.ts';
import { shortSaying } from './short-sayings.ts';

const topic = (text: string, language = 'en') => shortSaying(text, language)?.topic;

describe('a short saying', () => {
  it.each([
    ['Good morning!', 'help'],
    ['Guten  Tag.', 'help'],
    ['¡Buenos días!', 'help'],
    ['Yes, please', 'yes-no'],
    ['Nein, danke.', 'yes-no'],
    ['D’accord', 'yes-no'],
    ["d'accord", 'yes-no'],
    ['ATRÁS', 'yes-no'],
    ['👍🏽', 'thanks'],
    ['❤️', 'thanks'],
    [':+1:', 'thanks'],
    [':pray: :heart:', 'thanks'],
  ])('is %s: %s', (text, meant) => expect(topic(text)).toBe(meant));

  it.each([
    '',
    ' ',
    '.',
    'no contrast was given',
    'yes we can meet on Monday',
    'next Tuesday',
    'ja, am Montag',
    '10:30',
    'C-7K3F9Q2M',
  ])('is not: %s', (text) => expect(topic(text)).toBeUndefined());

  it('is answered in the language of the person where that has it', () => {
    expect(shortSaying('ja', 'nl-BE')?.language).toBe('nl');
    expect(shortSaying('ja', 'de')?.language).toBe('de');
    expect(shortSaying('ja', 'en')?.language).toBe('de');
    expect(shortSaying('no', 'it')?.language).toBe('it');
    expect(shortSaying('no', 'fr')?.language).toBe('en');
    expect(shortSaying('👍', 'fr')?.language).toBe('fr');
  });
});

it('reads a command with a mark behind it, and a lone question mark as one', () => {
  expect(parseCommand('Hello?')?.command.name).toBe('help');
  expect(parseCommand('status!')?.command.name).toBe('status');
  expect(parseCommand('hilfe, bitte')?.command.name).toBe('help');
  expect(parseCommand('?')?.command.name).toBe('help');
  expect(parseCommand('???')?.command.name).toBe('help');
});
