import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../find.ts';
import { leftOf } from '../testing.ts';

describe('forms and tables that became lines', () => {
  it.each([
    'Name\n⟦Quittenbaum⟧\nVorname\n⟦Zdenka⟧\nGeb.-Datum\n⟦01 02 1960⟧',
    'Cognome\n⟦Hoxha⟧\nNome\n⟦Besnik⟧\nLuogo di nascita\n⟦Valona⟧',
    'Nachname\nVorname\nGeburtsdatum\nFallnummer\n⟦Quittenbaum⟧\n⟦Zdenka⟧\n⟦01.02.1960⟧\n⟦20419834⟧',
    'Nom | Prénom | Date de naissance | IPP\n⟦Kerviel⟧ | ⟦Soizic⟧ | ⟦01/02/1960⟧ | ⟦80123456⟧\n⟦Le Goff⟧ | ⟦Yann⟧ | ⟦03/04/1950⟧ | ⟦80123457⟧',
    'Surname;Forename;DOB;MRN\n⟦Oyelowo⟧;⟦Temitope⟧;⟦1960-02-01⟧;⟦7733120⟧',
    'Patient/in: ⟦Zdenka Quittenbaum⟧        geb.: ⟦01.04.1943⟧',
    'Patient(e) : ⟦Kervrann⟧',
    'Patiënt(e): ⟦Joukje Hoekema⟧',
    'Vorname(n): ⟦Zdenka⟧, Patient(in): ⟦Quittenbaum⟧',
    'Vorname ⟦Şükran⟧\nHausarzt ⟦Kuzu⟧, Ärztehaus',
  ])('%j', (template) => {
    expect(leftOf(template)).toEqual([]);
  });
});

describe('messages without capitals', () => {
  it.each([
    'hallo herr doktor, hier schreibt die schwester von ⟦detlef kaminski⟧, er wohnt ⟦kökerstr 12⟧ in ⟦gütersloh⟧ und hat wieder schmerzen',
    'bonjour docteur je suis la femme de mr ⟦garcia⟧ ⟦antonio⟧ il est né le ⟦2 2 49⟧ et il a encore mal à la jambe depuis hier soir',
    'buongiorno dottore sono la moglie di ⟦esposito ciro⟧ nato il ⟦7 7 47⟧ e la gamba è di nuovo gonfia da ieri sera',
  ])('%s', (template) => {
    expect(leftOf(template)).toEqual([]);
  });
});

describe('dates that lean on the day of writing, and feast days', () => {
  it.each([
    'Wir haben für den ⟦3. d. M.⟧ eine Angiographie vereinbart, Beginn der Schmerzen war ⟦Ostermontag 2021⟧ oder am ⟦Karfreitag⟧.',
    'Il paziente è stato visitato il ⟦23 u.s.⟧ e non fuma da ⟦Ognissanti⟧.',
    'Il a mal depuis ⟦mardi gras⟧ et sera revu le ⟦7 courant⟧ avec le scanner.',
    'Patiënt was op de poli op ⟦4 februari jl.⟧ en rookt niet meer sinds ⟦Oud en Nieuw⟧.',
    'Stufenweise Wiedereingliederung ab ⟦KW 14⟧, letzte Blutung war im Herbst ⟦2021/22⟧.',
    'Ojciec pacjenta zmarł w ⟦2011 r.⟧ i od ⟦Wielkanocy⟧ boli go łydka, jak podaje żona.',
  ])('%s', (template) => {
    expect(leftOf(template)).toEqual([]);
  });
});

describe('names at birth, colleagues, minutes and streets', () => {
  it.each([
    'Madame ⟦Solange Quéméneur⟧, née ⟦Le Bihan⟧ le ⟦19/10/1952⟧, que vous m’adressez pour une dysplasie.',
    'Embolisatie op ⟦4 maart⟧ door collega ⟦Verschuur⟧. Tranexaminezuur 3 dd 500 mg.',
    'Present: ⟦Marcus Quittenbaum⟧ (chair). Apologies: ⟦Tom Baxter⟧.',
    'Entschuldigt: ⟦Tom Quittenbaum⟧, ⟦Eva Maier⟧',
    '* ⟦05.02.1971⟧, ⟦Unterer Markt 3⟧, ⟦94032 Passau⟧\nLieber Herr Kollege ⟦Eibl⟧, herzlichen Dank für die Überweisung.',
    'Er wohnt seit dem Umzug: ⟦An der alten Mühle 4⟧, ⟦33098 Paderborn⟧.',
    'Address confirmed as ⟦Flat 3, 92 Station Road⟧. She will pick up the script from reception.',
  ])('%s', (template) => {
    expect(leftOf(template)).toEqual([]);
  });
});

describe('what stands elsewhere in the text as something else', () => {
  it.each([
    // The address writes the name small: it is no common word for that.
    'Sie erreichen mich unter ⟦t.hallstein@uk-mittelstadt.example⟧.\nHerzliche Grüße\nIhr ⟦Thilo Hallstein⟧\n',
    // A classification is called after the town.
    'Er wurde vor vier Jahren in ⟦Hamburg⟧ operiert, die Hamburg-Klassifikation der Malformation ist bekannt.',
  ])('%s', (template) => {
    expect(leftOf(template)).toEqual([]);
  });
});

describe('people by less than a name', () => {
  it.each([
    'Pat. ⟦M.K.⟧, 43 J., wurde mit Thoraxschmerz aufgenommen.',
    'Fall 3: ⟦Schönfelder, P.⟧ (Zuweiser: Praxis Dr. ⟦Mertens⟧, ⟦Celle⟧): HHT, Epistaxis. Beschluss: Embolisation.',
    'Fahrerin ⟦Petra S.⟧ war angeschnallt und wurde in die Klinik gebracht.',
    '2) ⟦F.K.⟧, 34 ans, artérite de Takayasu active, à traiter par tocilizumab.',
    'The aneurysm was treated by ⟦Gleeson⟧ in another hospital and has been stable since then.',
    'Dear ⟦Siobhán⟧,\nYour scan shows that the aorta is the same as before.',
  ])('%s', (template) => {
    expect(leftOf(template)).toEqual([]);
  });
});

describe('the literature', () => {
  it.each([
    'Loeys BL et al. 2010; Milewicz DM, Braverman AC 2021; Byers PH, Genet Med 2017.',
    'Nach GiACTA (Stone JH, NEJM 2017) und der ESVS-Leitlinie 2019 vertretbar.',
  ])('stays: %s', (text) => {
    expect(findIdentifiers(text)).toEqual([]);
  });
});

it('an address of the web without what browsers put before it, of three parts or with a path', () => {
  const text = 'La film est sur suivi.clinique-essai.example/zmr, voir aussi p.ex. le compte rendu.';
  expect(findIdentifiers(text, { languages: ['fr'] }).map(({ start, end }) => text.slice(start, end))).toEqual([
    'suivi.clinique-essai.example/zmr',
  ]);
});

it('a house behind a word in small letters, and one that is called as a person may be only behind a preposition', () => {
  const of = (text: string, language: string) =>
    findIdentifiers(text, { languages: [language] }).map(({ start, end }) => text.slice(start, end));
  expect(of('Het recept ligt bij apotheek De Zwirpel in het dorp.', 'nl')).toContain('apotheek De Zwirpel');
  expect(of('È stato operato al Sacco nel mese scorso.', 'it')).toContain('Sacco');
});

it('the language of a text in nothing but capitals is read from its capitals', () => {
  const text = 'DE BEWONER IS NIET GOED. DE ZOON KOMT DE EERSTE ZONDAG VAN MEI EN DE DOCHTER IS ER NIET BIJ.';
  expect(findIdentifiers(text).map(({ start, end }) => text.slice(start, end))).toContain('EERSTE ZONDAG VAN MEI');
});

it('an age of ninety and more that is said of somebody', () => {
  const text = 'Meneer is 91 en wil in de zomer nog varen.';
  expect(findIdentifiers(text).map(({ start, end }) => text.slice(start, end))).toEqual(['91']);
});
