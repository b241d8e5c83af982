import { describe, expect, it } from 'vitest';
import type { Directory } from '../../domain/directory.ts';
import { intentOf } from './intents.ts';

const directory: Directory = {
  countries: {},
  hcps: {},
  rosters: {},
  links: {},
  groups: { HTAD: { code: 'HTAD', name: 'Heritable thoracic aortic diseases', kind: 'disease' } },
};
const now = '2026-11-18T10:00:00.000Z'; // A Wednesday.

describe('a sentence in plain language', () => {
  it.each([
    ['how do I get access?', { intent: 'command', command: 'register' }],
    ["my phone is new and I'm locked out", { intent: 'support', topic: 'eu-login', sure: true }],
    ['CPMS shows error 500', { intent: 'support', topic: 'cpms-error', sure: true }],
    ['what is my registration waiting for', { intent: 'command', command: 'status' }],
    ['I want to upload a report', { intent: 'command', command: 'attach' }],
    ['the patient withdrew consent', { intent: 'command', command: 'consent' }],
    ['it does not work, I am stuck', { intent: 'support', topic: 'other', sure: false }],
    ['qwertz', { intent: 'unknown' }],
  ])('%s', (text, intent) => {
    expect(intentOf(text, directory, 'Europe/Paris', now)).toEqual(intent);
  });

  it('reads the group, the day, the hour and the length of a meeting', () => {
    expect(
      intentOf(
        'we would like to discuss a case with HTAD next Tuesday at 15:00, an hour',
        directory,
        'Europe/Paris',
        now,
      ),
    ).toEqual({
      intent: 'meeting',
      group: 'HTAD',
      when: '2026-11-24T15:00',
      minutes: 60,
    });
  });

  it('needs no further word where a group and a day are named, and takes more than one hour', () => {
    const read = (text: string) => intentOf(text, directory, 'Europe/Paris', now);
    expect(read('HTAD next Tuesday at 15:00, an hour')).toEqual({
      intent: 'meeting',
      group: 'HTAD',
      when: '2026-11-24T15:00',
      minutes: 60,
    });
    expect(read('meet HTAD on 1 December at 15:00 or on 3 December at 10:00')).toMatchObject({
      when: '2026-12-01T15:00',
      others: ['2026-12-03T10:00'],
    });
    expect(read('HTAD')).toEqual({ intent: 'unknown' });
    expect(read('the HTAD patient withdrew consent on Tuesday')).toEqual({ intent: 'command', command: 'consent' });
  });

  it("reads 'tomorrow' by the person's own clock, not the server's", () => {
    const lateInParis = '2026-11-18T23:30:00.000Z'; // Already the 19th in Paris.
    expect(intentOf('meeting tomorrow at 9:00', directory, 'Europe/Paris', lateInParis)).toMatchObject({
      when: '2026-11-20T09:00',
    });
  });
});

describe('a sentence in another language', () => {
  const command = (name: string) => ({ intent: 'command', command: name });
  const login = { intent: 'support', topic: 'eu-login', sure: true };
  const cpms = { intent: 'support', topic: 'cpms-error', sure: true };
  const unsure = { intent: 'support', topic: 'other', sure: false };

  it.each([
    ['de', 'Wie bekomme ich Zugang?', command('register')],
    ['de', 'Mein Handy ist neu und ich bin ausgesperrt', login],
    ['de', 'CPMS zeigt Fehler 500', cpms],
    ['de', 'Wo steht meine Registrierung?', command('status')],
    ['de', 'Ich möchte einen Befund hochladen', command('attach')],
    ['de', 'Die Patientin hat ihre Einwilligung widerrufen', command('consent')],
    ['de', 'Es geht nicht, ich komme nicht weiter', unsure],
    ['de', 'Kann ich mit jemandem sprechen?', command('support')],
    ['fr', 'Comment obtenir un accès ?', command('register')],
    ['fr', 'J’ai perdu mon téléphone', login],
    ['fr', 'CPMS affiche une erreur 500', cpms],
    ['fr', 'Où en est mon inscription ?', command('status')],
    ['fr', 'Je voudrais déposer un compte-rendu', command('attach')],
    ['fr', 'Le patient retire son consentement', command('consent')],
    ['fr', 'Ça ne marche pas', unsure],
    ['es', '¿Cómo me registro?', command('register')],
    ['es', 'He olvidado la contraseña', login],
    ['es', 'Error en CPMS', cpms],
    ['es', '¿Dónde está mi registro?', command('status')],
    ['es', 'Quiero adjuntar un informe', command('attach')],
    ['es', 'No funciona', unsure],
    ['it', 'Vorrei ottenere un accesso', command('register')],
    ['it', 'Ho perso il cellulare', login],
    ['it', 'Vorrei caricare un referto', command('attach')],
    ['it', 'A che punto è la mia registrazione?', command('status')],
    ['it', 'Non riesco ad andare avanti', unsure],
    ['nl', 'Hoe krijg ik toegang?', command('register')],
    ['nl', 'Mijn telefoon is gestolen', login],
    ['nl', 'Ik wil een verslag uploaden', command('attach')],
    ['nl', 'Waar staat mijn registratie?', command('status')],
    ['nl', 'Het werkt niet', unsure],
    ['fr', 'how do I get access?', command('register')],
    ['fr', 'azertyuiop', { intent: 'unknown' }],
    ['fr-BE', 'aide', command('help')],
  ])('%s: %s', (language, text, intent) => {
    expect(intentOf(text, directory, 'Europe/Paris', now, language)).toEqual(intent);
  });

  it.each([
    ['de', 'Wir möchten nächsten Dienstag um 15 Uhr einen Fall mit HTAD besprechen'],
    ['de', 'Ein Meeting mit HTAD nächsten Dienstag um 15 Uhr'],
    ['fr', 'meeting with HTAD next Tuesday at 15:00'],
    ['fr', 'Nous voudrions discuter un cas avec HTAD mardi prochain à 15h'],
    ['es', 'Queremos comentar un caso con HTAD el próximo martes a las 15:00'],
    ['it', 'Vorremmo discutere un caso con HTAD martedì prossimo alle 15:00'],
    ['nl', 'We willen volgende dinsdag om 15:00 een casus met HTAD bespreken'],
  ])('%s: reads the group and the hour of a meeting', (language, text) => {
    expect(intentOf(text, directory, 'Europe/Paris', now, language)).toMatchObject({
      intent: 'meeting',
      group: 'HTAD',
      when: '2026-11-24T15:00',
    });
  });

  it('is not read by the words of a language that is not the person’s', () => {
    expect(intentOf('J’ai perdu mon téléphone', directory, 'Europe/Paris', now, 'de')).toEqual({ intent: 'unknown' });
  });

  it.each([
    ['de', 'Wir möchten einen Fall mit HTAD besprechen, am Dienstag um 15 Uhr, eine Stunde'],
    ['fr', 'nous voudrions discuter un cas avec HTAD mardi à 15h00, une heure'],
    ['it', 'vorremmo discutere un caso con HTAD martedì alle 15:00, un’ora'],
    ['es', 'queremos discutir un caso con HTAD el martes a las 15:00, una hora'],
    ['nl', 'we willen een casus met HTAD bespreken, dinsdag om 15:00, een uur'],
  ])('reads the group, the day, the hour and the length in words in %s', (language, text) => {
    expect(intentOf(text, directory, 'Europe/Paris', now, language)).toEqual({
      intent: 'meeting',
      group: 'HTAD',
      when: '2026-11-24T15:00',
      minutes: 60,
    });
  });
});
