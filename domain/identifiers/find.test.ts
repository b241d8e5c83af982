import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIdentifiers } from './find.ts';
import { leftOf } from './testing.ts';

const found = (text: string, languages?: readonly string[]) =>
  findIdentifiers(text, languages ? { languages } : {}).map(({ start, end }) => text.slice(start, end));

describe('what is found, by language', () => {
  it.each([
    ['de', 'Patient: ⟦Müller, Hans⟧, geb. ⟦03.04.1956⟧, wohnhaft ⟦Kölner Str. 5⟧, ⟦50667 Köln⟧, Tel. ⟦0221/445566⟧'],
    ['de', 'Wir berichten über Herrn ⟦Kaltenegger⟧, der sich am ⟦4/29⟧ und am ⟦zwölften März⟧ vorstellte.'],
    ['de', 'Mit freundlichen Grüßen\n\nDr. med. ⟦A. Lichtenhofer⟧\nOberarzt'],
    ['de', 'gez. Dr. ⟦Wiesenkötter⟧ im ⟦Klinikum Nürnberg⟧ am ⟦12.-15.3.2019⟧, KVNR ⟦A123456780⟧'],
    ['de', '⟦Lindenstrabe 14⟧,⟦50674 Köln⟧\nTel. und Fax wie bekannt'],
    ['it', '⟦Via Garibaldi 22⟧,⟦37121 Verona⟧'],
    ['de', 'Anschrift: ⟦Albert-Schweitzer-Straße 12a⟧, ⟦79106 Freiburg⟧\nFallnummer: ⟦20419834⟧'],
    ['de', 'Name:⟦Müller⟧\nVorname:⟦Anna⟧\nGeb.:⟦1.2.1980⟧'],
    ['de', 'name: ⟦schneider, karl⟧'],
    ['de', 'Sie lebt mit ihrem Mann ⟦Heinz⟧ bei ⟦Glandorf⟧; ⟦Ayhans⟧ Zwillingsbruder ist gesund.'],
    ['de', 'Frau ⟦Mechthild Overbeck⟧, geb. ⟦Hülsmann⟧, ging zur Reha nach ⟦Bad Schallerbach⟧.'],
    ['de', 'Der Bruder verstarb ⟦1988⟧ an einer Ruptur. ⟦1991⟧ und ⟦2003⟧ Rezidive, Marcumar seit ⟦Nov. 21⟧.'],
    ['de', 'MRT vom ⟦19./20. Juni⟧, Aufklärung am ⟦Freitag, 17.9.⟧, Rückruf unter DW ⟦3345⟧.'],
    ['de', 'Dank an den Kollegen und an ⟦Prof. Dr. med. Wohlgemuth⟧ für die Betreuung.'],
    ['de', 'Viele Grüße aus ⟦Itzehoe⟧\n⟦Birthe⟧'],
    ['en', 'She came with her sister ⟦Bronwen⟧ and her partner, ⟦Tunde⟧, in ⟦Jan ’22⟧, on ⟦Mon 24th⟧, ext ⟦4471⟧.'],
    ['en', 'Under Dr ⟦Niamh O’Rourke⟧, blood sent in ⟦August⟧, last admitted ⟦9/22⟧.'],
    ['it', 'Vive con il marito ⟦Ennio⟧; la figlia ⟦Ornella⟧ abita a ⟦Treviso⟧; intervento del prof. ⟦Mazzucco⟧.'],
    ['nl', 'Hij kwam met zijn vrouw ⟦Truus⟧ en zoon ⟦Jelmer⟧; geopereerd door prof. ⟦Koolbergen⟧.'],
    ['fr', 'Vient avec sa fille ⟦Soizic⟧ ; à revoir ⟦lundi 31⟧.'],
    ['es', 'Paciente ⟦soltera⟧, original de ⟦Gambia⟧, síntomas en el ⟦mes de abril⟧.'],
    [
      'en',
      'Patient name: ⟦Eleanor Whitcombe⟧, DOB: ⟦4 May 1961⟧, MRN ⟦00451234⟧, ⟦12 High Street⟧, Leeds. Tel: ⟦0113 496 0123⟧',
    ],
    ['en', 'I saw Mrs ⟦Whitcombe⟧ on ⟦March 3rd, 2019⟧ at ⟦Queen Elizabeth Hospital⟧. Yours sincerely\nDr ⟦J. Okafor⟧'],
    [
      'fr',
      'Mme ⟦DUPONT Marie⟧ née le ⟦3 avril 1956⟧ à ⟦Lyon⟧, ⟦12 bis, rue de la Paix⟧, ⟦69003 Lyon⟧, IPP : ⟦8012345678⟧',
    ],
    [
      'fr',
      'Le Dr ⟦P.-A. Kerbrat⟧ (tél : ⟦01 42 16 00 00⟧) a vu M. ⟦Le Guen⟧ à l’hôpital ⟦Saint-Louis⟧ le ⟦deux janvier mille neuf cent soixante-dix⟧.',
    ],
    [
      'it',
      'Paziente: ⟦Rossi Maria⟧, nata a ⟦Torino⟧ il ⟦3/4/1956⟧, C.F. ⟦RSSMRA56D43L219X⟧, residente in ⟦Via Garibaldi 12⟧, ⟦10122 Torino⟧. Tel. ⟦011 5621234⟧',
    ],
    ['it', 'La Sig.ra ⟦Bertolucci⟧ è stata ricoverata il ⟦12 marzo 2019⟧. Dott. ⟦G. Ferrante⟧'],
    [
      'es',
      'Nombre: ⟦María⟧\nApellidos: ⟦García Ibáñez⟧\nNHC: ⟦368503⟧\nDomicilio: ⟦Calle Mayor 5, 2º B⟧\nFecha de nacimiento: ⟦03/04/1956⟧',
    ],
    ['es', 'Don ⟦José Antonio Ruiz⟧ ingresó el ⟦25 de agosto de 2014⟧ en el ⟦Hospital Universitario La Paz⟧.'],
    [
      'nl',
      'Dhr. ⟦J. van den Berg⟧, geb. ⟦12-03-1951⟧, BSN ⟦123456782⟧, ⟦Langegracht 14⟧, ⟦2312 AB Leiden⟧. Tel. ⟦071-5123456⟧',
    ],
    ['nl', 'Mevrouw ⟦Kuipers⟧ werd op ⟦3 mei 2019⟧ opgenomen. Met vriendelijke groet,\n\n⟦S. de Wit⟧'],
    ['bg', 'Пациент: ⟦Иван Петров⟧, ЕГН ⟦7523169263⟧, дата на раждане ⟦16.03.1975⟧, тел. ⟦0888 123 456⟧'],
    ['hr', 'Pacijentica: ⟦Ana Kovačević⟧, rođena ⟦3.4.1956.⟧, OIB: ⟦33392005961⟧, tel. ⟦01 2345 678⟧'],
    [
      'cs',
      'Pacient: ⟦Jiří Novák⟧, nar. ⟦3. 4. 1956⟧, rodné číslo ⟦560403/1234⟧, bytem ⟦ul. Dlouhá 5⟧, tel. ⟦+420 601 234 567⟧',
    ],
    ['da', 'Patient: ⟦Mette Sørensen⟧, CPR ⟦030456-1234⟧, indlagt den ⟦3. april 2019⟧, tlf. ⟦33 12 34 56⟧'],
    ['et', 'Patsient: ⟦Tiina Tamm⟧, isikukood ⟦45604030123⟧, sündinud ⟦03.04.1956⟧, tel ⟦5123 4567⟧'],
    ['fi', 'Potilas: ⟦Matti Virtanen⟧, hetu ⟦030456-123A⟧, syntynyt ⟦3.4.1956⟧, puh. ⟦040 1234567⟧'],
    ['el', 'Ονοματεπώνυμο: ⟦Γεώργιος Παπαδόπουλος⟧, ΑΜΚΑ: ⟦03045612345⟧, γεννηθείς ⟦03/04/1956⟧, τηλ. ⟦210 1234567⟧'],
    [
      'hu',
      'Beteg neve: ⟦Kovács Erzsébet⟧, TAJ szám: ⟦123 456 788⟧, született: ⟦1956. április 3.⟧, tel.: ⟦06 1 234 5678⟧',
    ],
    ['lv', 'Pacients: ⟦Jānis Bērziņš⟧, personas kods ⟦030456-12345⟧, dzimis ⟦03.04.1956⟧, tālr. ⟦67123456⟧'],
    ['lt', 'Pacientas: ⟦Jonas Kazlauskas⟧, asmens kodas ⟦35604030123⟧, gimęs ⟦1956-04-03⟧, tel. ⟦8 612 34567⟧'],
    ['nb', 'Pasient: ⟦Kari Nordmann⟧, fødselsnummer ⟦030456 12345⟧, innlagt ⟦3. april 2019⟧, tlf. ⟦22 12 34 56⟧'],
    ['pl', 'Pacjent: ⟦Jan Kowalski⟧, PESEL ⟦56040312345⟧, ur. ⟦03.04.1956⟧, zam. ⟦ul. Długa 5⟧, tel. ⟦601 234 567⟧'],
    ['pt', 'Nome: ⟦João Ferreira⟧, data de nascimento: ⟦3 de abril de 1956⟧, NIF ⟦123456789⟧, telefone ⟦912 345 678⟧'],
    ['ro', 'Pacient: ⟦Ion Popescu⟧, CNP ⟦1560403123456⟧, născut la ⟦03.04.1956⟧, tel. ⟦0721 234 567⟧'],
    ['sk', 'Pacient: ⟦Jozef Kováč⟧, rodné číslo ⟦560403/1234⟧, narodený ⟦3.4.1956⟧, tel. ⟦0903 123 456⟧'],
    ['sl', 'Bolnik: ⟦Janez Novak⟧, EMŠO ⟦0304956500123⟧, rojen ⟦3. 4. 1956⟧, tel. ⟦041 123 456⟧'],
    ['sv', 'Patient: ⟦Anna Lindqvist⟧, personnummer ⟦560403-1234⟧, inskriven ⟦3 april 2019⟧, tfn ⟦08-123 45 67⟧'],
  ])('%s: %s', (language, text) => {
    expect(leftOf(text)).toEqual([]);
    expect(leftOf(text, [language])).toEqual([]);
  });
});

describe('dates', () => {
  it.each([
    ...[
      '12.03.2019',
      '12/03/2019',
      '12-03-2019',
      '2019-03-12',
      '12 . 03 . 2019',
      '12|03|1923',
      '3.4.19',
      '12.IV.2019',
    ].map((date) => ['de', date]),
    ...[
      '12. März 2019',
      '3. Mai',
      'Mai 2019',
      '03/2019',
      'Sept. 2019',
      '12.-15.3.2019',
      'Anfang Mai 2019',
      'dreiundzwanzigsten März neunzehnhundertfünfundsechzig',
    ].map((date) => ['de', date]),
    ...['1er mars 2022', '21 novembre, 2012', '03feb', 'fin 2034', 'vingt-six 02 2012', 'deux mai deux mille dix'].map(
      (date) => ['fr', date],
    ),
    ...['March 3, 2019', '3rd of May 2019', 'May 2019', '4/29/2019'].map((date) => ['en', date]),
  ])('%s: %s', (language, date) => {
    expect(leftOf(`am ⟦${date}⟧ `, [language ?? ''])).toEqual([]);
  });
});

describe('what is left alone', () => {
  it.each([
    'Labor: Hb 12,3 g/dl, Leukozyten 8400/µl, Thrombozyten 245000/µl, Kreatinin 1,02 mg/dl, INR 2,5.',
    'Ramipril 5 mg 1-0-1, Insulin 8-6-8 IE, Heparin 7500 IE, ASS 100 mg.',
    'EKG: Sinusrhythmus 68/min, PQ 160 ms, QTc 412 ms, RR 135/80 mmHg.',
    'Degenerative Veränderungen LWK 4/5, BWK 11/12, pT2 pN1 (2/14) M0.',
    'Morbus Osler, Marfan-Syndrom, Faktor-V-Leiden, Morbus Basedow, Glasgow Coma Scale 15.',
    'Stanford-B-Dissektion (DeBakey III), Bentall-Operation, Takayasu-Arteriitis, Fontaine-Stadium IIb.',
    'Marfan syndrome and Ehlers-Danlos syndrome were ruled out; Kawasaki disease was not.',
    'COL3A1 c.1662+1G>A, FBN1 c.1129C>T, NM_000138.5, NCT01234567, doi 10.1093/eurheartj/ehz405',
    'Maladie de Takayasu, syndrome de Marfan, stade IIb de la classification de Fontaine.',
    'TA 12/8, SpO2 97 %, température 36,8 °C, poids 82 kg, taille 178 cm.',
    'En la analítica destaca hemoglobina de 12,3 g/dl y plaquetas 245.000/µl.',
    'La paziente riferisce dolore da 3 giorni, PA 130/80 mmHg, FC 72/min.',
    'De patiënt heeft een bloeddruk van 130/80 en een pols van 72 per minuut.',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('certainty', () => {
  it.each([
    ['Patient: Xaver Unbekannter', 'label:name', 'certain'],
    ['Herr Kaltenegger', 'title:name', 'certain'],
    ['Geburtsdatum: 03.04.1956', 'label:birth-date', 'certain'],
    ['anna@example.org', 'email', 'certain'],
    ['Am 03.04.2019 Kontrolle', 'date:full', 'possible'],
  ])('of %s is %s, %s', (text, rule, certainty) => {
    expect(findIdentifiers(text)).toContainEqual(expect.objectContaining({ rule, certainty }));
  });
});

describe('a name that was confirmed once', () => {
  it('is found elsewhere in the text, alone and in capitals', () => {
    expect(
      leftOf('Frau ⟦Kaltenegger⟧ kam zur Kontrolle. ⟦Kaltenegger⟧ klagte über Schmerzen. ⟦KALTENEGGER⟧ ging.'),
    ).toEqual([]);
  });

  it('is not looked for where it is a word', () => {
    expect(found('Herr Stein kam. Ein Stein lag in der Niere.', ['de'])).toEqual(['Stein']);
  });
});

describe('any text', () => {
  it('gives spans in order and in range, none overlapping, the same each time', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Dr. ', 'Name: ', 'Müller', '12.3.', '\n', ' ', 'geb. ', '+49 ', '1 2 3 '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const spans = findIdentifiers(text);
        spans.forEach(({ start, end }, at) => {
          expect(start).toBeGreaterThanOrEqual(spans[at - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        });
        expect(findIdentifiers(text)).toEqual(spans);
      }),
      { numRuns: 150 },
    );
  });
});
