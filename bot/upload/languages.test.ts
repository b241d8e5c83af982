import { expect, it } from 'vitest';
import { languagesOf } from './languages.ts';

it.each([
  ['FR', 'en', ['fr', 'en']],
  ['DE', 'de-AT', ['de']],
  ['BE', 'en', ['nl', 'fr', 'de', 'en']],
  ['CZ', undefined, ['cs']],
  ['GR', undefined, ['el']],
  ['NO', undefined, ['nb']],
  [undefined, 'es', ['es']],
  ['Utopia', undefined, []],
])('a file of %s by somebody who reads %s is searched in %j', (country, own, languages) => {
  expect(languagesOf(country, own)).toEqual(languages);
});
