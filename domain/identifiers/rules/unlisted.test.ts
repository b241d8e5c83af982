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

describe('other kinds of letters', () => {
  it.each([
    [
      'Kontrolle in Hopfen am See, danach wird die Patientin bei der Hausärztin behandelt und ist zufrieden.',
      'Hopfen am See',
    ],
    [
      'Die Akte des Gerichts (Az. 8 XVII 231/23) liegt bei der Betreuerin und ist noch nicht geschlossen.',
      '8 XVII 231/23',
    ],
    ['Die Probe G-2021-4471 wurde mit der Post geschickt und ist nicht angekommen.', 'G-2021-4471'],
    ['Er spielt beim TSV Hasselrode und hat seit der Operation keine Schmerzen mehr gehabt.', 'TSV Hasselrode'],
    [
      'Der Patient ist geboren am zwölften dritten neunzehnhundertachtundfünfzig und lebt mit der Frau auf dem Land.',
      'zwölften dritten neunzehnhundertachtundfünfzig',
    ],
    [
      'He has been well and is from Muleshoe, Texas, where he drives a bus and was seen by the doctor.',
      'Muleshoe, Texas',
    ],
    ['I have discussed her with Priyankara from the ward and we will see her again in the clinic.', 'Priyankara'],
    ['Our ref: NP/kt/4471902\nThe patient was seen in the clinic and is well.', 'NP/kt/4471902'],
    [
      'De patiënt is gezien op de poli en het beleid is besproken met Oosterhoff en Chatterjee; hij komt terug.',
      'Chatterjee',
    ],
    ['De bloeduitslag is goed en de patiënt is gezien op de poli door de arts.\nGroetjes, Anneloes', 'Anneloes'],
  ])('%j', (text, expected) => {
    expect(found(text)).toContain(expected);
  });

  it.each([
    'Die Patientin geht zum Hausarzt. Wundkontrolle und Fadenzug sind dort nach einer Woche vorgesehen.',
    'On voit une plaque au 1/3, moyen de l’artère, et le patient ne se plaint pas de la jambe.',
    'The patient was treated with Rivaroxaban and is well; the Fontan circulation was seen on the scan.',
  ])('%s holds none', (text) => {
    expect(found(text)).toEqual([]);
  });
});
