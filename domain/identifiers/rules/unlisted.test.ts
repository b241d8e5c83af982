import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../find.ts';
import { isGermanNoun } from './nouns.ts';

const found = (text: string) => findIdentifiers(text).map(({ start, end }) => text.slice(start, end));

describe('nouns of German', () => {
  it.each([
    'entlassungstagen',
    'gehstrecke',
    'dacronprothese',
    'aneurysmen',
    'diensthabenden',
    'pflegekrafte',
    'hyperlipidamie',
  ])('%s is one', (word) => {
    expect(isGermanNoun(word)).toBe(true);
  });

  it.each(['czettritz', 'suderbrarup', 'rebwar', 'zschoche', 'wohlgemuth', 'olesja', 'pfleiderer'])(
    '%s is none',
    (word) => {
      expect(isGermanNoun(word)).toBe(false);
    },
  );
});

describe('names and places of no list in German', () => {
  it.each([
    ['Die Verständigung gelang über den Sohn Rebwar, der in der Nähe wohnt und bei der Visite half.', ['Rebwar']],
    ['Sie stammt aus Süderbrarup und wurde dort wegen der Schmerzen im Bein behandelt.', ['Süderbrarup']],
    [
      'Besprochen mit Zschoche und al-Haddawi, die Angehörigen sind einverstanden und werden informiert.',
      ['Zschoche', 'al-Haddawi'],
    ],
    [
      'Betreff: Pat. Weichbrodtke\nDie Patientin war wieder hier und wird nächste Woche noch einmal gesehen.',
      ['Weichbrodtke'],
    ],
    ['Er wurde nach Wiedenbrügge verlegt und ist dort bis zur Operation geblieben.', ['Wiedenbrügge']],
  ])('%s', (text, names) => {
    expect(found(text)).toEqual(names);
  });

  it.each([
    'Es zeigt sich eine Stenose der Poplitea mit Kollateralen, die Gehstrecke ist auf der linken Seite eingeschränkt.',
    'Die Rekonstruktion nach Yasargil wurde mit der Patientin besprochen, sie ist einverstanden.',
    'Es besteht der Verdacht auf eine Tungiasis, die Behandlung erfolgt mit Ivermectin und ist bisher gut vertragen.',
  ])('%s has none', (text) => {
    expect(found(text)).toEqual([]);
  });
});
