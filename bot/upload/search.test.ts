import { describe, expect, it } from 'vitest';
import type { PageText } from '../../domain/ports.ts';
import { placesOf } from './search.ts';

const plain = (text: string, page = 1): PageText => ({ page, source: 'text', text, places: new Float32Array(0) });

/** The text on a grid of 100 columns and 50 lines. */
function placed(text: string): PageText {
  const places = new Float32Array(text.length * 4);
  let [row, column] = [0, 0];
  for (const [index, letter] of text.split('').entries()) {
    if (letter === '\n') [row, column] = [row + 1, 0];
    else places.set([column++ / 100, row / 50, 0.01, 0.02], index * 4);
  }
  return { page: 3, source: 'text', text, places };
}

const found = (text: string, phrase: string) =>
  placesOf([plain(text)], phrase, 100).map((place) => ('start' in place ? text.slice(place.start, place.end) : ''));

describe('a phrase is found', () => {
  it.each([
    ['whatever its case', 'MÜLLER und Müller', 'müller', ['MÜLLER', 'Müller']],
    ['with accents and without', 'Jiří Novák, Jiri Novak', 'jiří novak', ['Jiří Novák', 'Jiri Novak']],
    ['composed or not', 'Rene\u0301 Rene', 'René', ['Rene\u0301', 'Rene']],
    ['in plain letters', 'Strauß, Søren, Đorđe, Łukasz', 'strauss', ['Strauß']],
    ['in plain letters', 'Søren', 'soren', ['Søren']],
    [
      'over the end of a line, and any white space',
      'Anna\n  Maria, Anna\u00a0Maria',
      'anna maria',
      ['Anna\n  Maria', 'Anna\u00a0Maria'],
    ],
    ['over a soft hyphen', 'Schmidt\u00adberger', 'Schmidtberger', ['Schmidt\u00adberger']],
    ['with a Greek final letter', 'ΓΙΩΡΓΟΣ', 'γιώργος', ['ΓΙΩΡΓΟΣ']],
    ['beside signs of two units', '😀 Smith 😀', 'smith', ['Smith']],
    ['within a word', 'Smithson', 'smith', ['Smith']],
    ['nowhere', 'nobody', 'smith', []],
  ])('%s: %s', (_what, text, phrase, places) => {
    expect(found(text, phrase)).toEqual(places);
  });

  it('with a box for each line that it stands on', () => {
    const places = placesOf([placed('Mrs Anna\nMaria came')], 'anna maria', 100);
    expect(places.map((place) => 'box' in place && [place.page, place.box])).toEqual([
      [3, { left: expect.closeTo(0.04), top: 0, width: expect.closeTo(0.04), height: expect.closeTo(0.02) }],
      [3, { left: 0, top: expect.closeTo(0.02), width: expect.closeTo(0.05), height: expect.closeTo(0.02) }],
    ]);
  });

  it('on every page, up to one more than is wanted', () => {
    const texts = [plain('a b a'), plain('a', 2)];
    expect(placesOf(texts, 'a', 100).map(({ page }) => page)).toEqual([1, 1, 2]);
    expect(placesOf([plain('ab '.repeat(5000))], 'ab', 2000)).toHaveLength(2001);
    expect(placesOf([plain('anything')], ' \u00ad', 10)).toEqual([]);
  });
});
