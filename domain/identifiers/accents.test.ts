import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentsJoined } from './accents.ts';
import { findIdentifiers } from './find.ts';
import { findKnown } from './known/known.ts';
import { findPhrase } from './known/phrase.ts';

const known = { names: ['Jürgen Müller', 'María García-López', 'André François', 'Dvořák', 'Zoë O’Brien'] };

describe('accents beside their letters', () => {
  it.each([
    ['M¨uller', 'Müller'],
    ['Mu¨ller', 'Müller'],
    ['Mu \u0308ller', 'Müller'],
    ['Franc¸ois', 'François'],
    ['Fran¸cois', 'François'],
    ['Dvoˇr´ak', 'Dvořák'],
    ['Mar´ıa', 'María'],
    ['Mich`ele', 'Michèle'],
    ['Andre´ lag', 'André lag'],
    ['die ¨Arzte', 'die Ärzte'],
  ])('%s is %s', (written, meant) => expect(accentsJoined(written)[0]?.text).toBe(meant));

  it('are joined with the spaces beside them and without', () => {
    expect(accentsJoined('Herr M ¨uller').map(({ text }) => text)).toEqual(['Herr M üller', 'Herr Müller']);
    expect(accentsJoined('M ¨ uller').map(({ text }) => text)).toEqual(['M üller', 'Müller']);
  });

  it.each(['Müller', 'Mu\u0308ller', '2 ¨ 3', 'a`', '`code` here', 'Temp. 37˚', '¨', '´ ´ ´'])(
    'are none in: %s',
    (text) => expect(accentsJoined(text)).toEqual([]),
  );

  it.each([
    'M¨uller',
    'Mu¨ller',
    'Mu \u0308ller',
    'M \u0308uller',
    'M ¨uller',
    'M ¨ uller',
    'J¨urgen',
    'J¨urgen M¨uller',
    'Mar´ıa',
    'Garc´ıa-L´opez',
    'Andr´e Fran¸cois',
    'Andre´',
    'Dvoˇr´ak',
    'Zo¨e O´Brien',
  ])('hide no known name: %s', (name) => {
    const text = `Bericht: ${name} kam am Montag.`;
    const [span, ...more] = findKnown(text, known);
    expect([text.slice(span?.start, span?.end), more.length]).toEqual([name, 0]);
  });

  it('hide no word that somebody searches for', () => {
    const text = 'M¨uller, Mu¨ller und Müller';
    expect(findPhrase(text, 'müller').map(({ start, end }) => text.slice(start, end))).toEqual([
      'M¨uller',
      'Mu¨ller',
      'Müller',
    ]);
  });

  it('hide no name that a rule finds', () => {
    const text = 'Frau Nat´alia Kov´acs, wohnhaft K¨onigstraße 5, M¨unchen';
    const found = findIdentifiers(text, {}).map(({ start, end }) => text.slice(start, end));
    expect(found.join('|')).toMatch(/Nat´alia Kov´acs.*K¨onigstraße 5/);
  });

  it('lead back to where they were read, whatever the text', () => {
    const piece = fc.constantFrom(...'Mu ¨´ˇ¸`a\u0308ı\n\u00A0'.split(''), 'Müller', 'ler', 'Mu¨ller', '😀');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        for (const joined of accentsJoined(text)) {
          for (let at = 0; at < joined.text.length; at += 1) {
            const { start, end } = joined.read({ start: at, end: at + 1 });
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(text.length);
            const read = text.slice(start, end);
            expect(joined.text[at]).toBe(read.length === 1 ? read : joined.text[at]);
          }
        }
        for (const { start, end } of findIdentifiers(text, { known }))
          expect(start < end && end <= text.length).toBe(true);
      }),
    );
  });
});
