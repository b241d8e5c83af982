import { describe, expect, test } from 'vitest';
import { findIdentifiers } from '../../find.ts';
import { readText } from '../reading.ts';
import { agedNames } from './told-names.ts';

const found = (text: string, languages?: readonly string[]): string[] =>
  findIdentifiers(text, languages ? { languages } : {}).map(({ start, end }) => text.slice(start, end));

describe('names that are told in French, Italian, Spanish and Dutch', () => {
  test.each([
    ['nl', 'De pasgeborene is thuis en heet Jorrit, het gaat goed met hem.', 'Jorrit'],
    ['it', 'La bambina sta bene e si chiama Zelinda, ha mangiato.', 'Zelinda'],
    ['fr', 'On avait prévu de revoir la famille. Il faut appeler Kerguelec ce soir.', 'Kerguelec'],
    ['nl', "Huisarts is dr. 't Haver in Zaandam.", "'t Haver"],
    ['fr', 'Chez les Quervain-Potiron, tout le monde saigne du nez.', 'Quervain-Potiron'],
  ])('%s: %s', (language, text, name) => {
    expect(found(text, [language])).toContain(name);
  });

  test('before an age, in a sentence and in a cell', () => {
    expect(found('Reçu ce jour : Tiphène Grosjonc, 63 ans, pour une claudication.', ['fr'])).toContain(
      'Tiphène Grosjonc',
    );
    expect(found('| 2 | Zuccolin M.L. | 55 anni | stenosi renale |', ['it'])).toContain('Zuccolin M.L.');
    expect(agedNames(readText('Angioscanner Thoracique, 2 ans après la pose.', ['fr']))).toEqual([]);
  });

  test('of who writes in a chat, and who is on a list at an hour', () => {
    expect(found('22:14 Bice: arrivato il femorale\n22:15 Nando: chi opera?', ['it'])).toEqual(
      expect.arrayContaining(['Bice', 'Nando']),
    );
    expect(found('8:40 Zerbouni mère, puis le suivant\n9:00 Glycémie à jeun', ['fr'])).toEqual(['Zerbouni']);
  });

  test('behind a small word of a name that has its capital within a sentence', () => {
    expect(found('De ingreep is gedaan door collega Van Zwoel om drie uur.', ['nl'])).toContain('Van Zwoel');
    expect(found('Parlo con il vascolare reperibile (Lo Zopparo): indicazione a intervento.', ['it'])).toContain(
      'Lo Zopparo',
    );
  });

  test('behind a title in small letters, and behind a word of kinship in a text without capitals', () => {
    expect(found('On devait ôter le filtre, puis le docteur Quillivic est mort.', ['fr'])).toContain('Quillivic');
    expect(found('parlato oggi con la nipote sara che passa domani a prendere le carte in reparto', ['it'])).toContain(
      'sara',
    );
    expect(found('Contact is er met haar zus Nel, die morgen langskomt.', ['nl'])).toContain('Nel');
  });

  test('of who did it, whom a letter greets, and who signs with initials', () => {
    expect(found('La patiente a été opérée par Quillivic sans incident.', ['fr'])).toContain('Quillivic');
    expect(found('Beste Jorrit en Fenna, het loopt goed.', ['nl'])).toEqual(['Jorrit', 'Fenna']);
    expect(found('S: valt mee. O: geen oedeem. P: zo door. LvdB', ['nl'])).toContain('LvdB');
    expect(found('S: valt mee. O: geen oedeem. Morgen weer een ECG', ['nl'])).toEqual([]);
    expect(found('medicazione fatta, continua terapia come da schema, firmato bz', ['it'])).toContain('bz');
  });

  test('behind what somebody does, in small letters, and not the diseases', () => {
    expect(found('Le geste est prévu, vu par le podologue et par la diététicienne Zerbouni hier.', ['fr'])).toContain(
      'Zerbouni',
    );
    expect(found('Seen by the team: le chirurgien Marfan ne dit rien, la patiente Marfan non plus.', ['fr'])).toEqual(
      [],
    );
    expect(found('Graag uw hulp voor pater Zwirpius van de abdij.', ['nl'])).toContain('Zwirpius');
  });
});
