import { describe, expect, it } from 'vitest';
import { leftOf, withBrackets } from '../testing.ts';

describe('a house by its name and an inflected or small word for it', () => {
  it.each([
    'Pasienten ble henvist til ⟦Haukeland universitetssjukehus⟧ for videre utredning.',
    'Han bor nå på ⟦Solheim sykehjem⟧ og trenger hjelp.',
    'Opererad på ⟦Sahlgrenska universitetssjukhuset⟧ utan komplikationer.',
    'Vårdades på ⟦Lasarettet i Ystad⟧ för smärta.',
    'Bor på ⟦Plejecenter Solbakken⟧ og klarer sig selv.',
    'Potilas lähetettiin ⟦Helsingin yliopistolliseen sairaalaan⟧ jatkotutkimuksiin.',
    'Hän kävi ⟦Jorvin sairaalassa⟧ kontrollissa ja voi hyvin.',
    'Seuranta jatkuu ⟦Hatanpään terveysasemalla⟧ kolmen kuukauden päästä.',
    'Asuu ⟦Palvelutalo Koivurannassa⟧ ja liikkuu rollaattorilla.',
    'Patsient suunati ⟦Tartu Ülikooli Kliinikumi⟧ edasisteks uuringuteks.',
    'Jälgimine toimub ⟦Ida-Tallinna Keskhaiglas⟧ iga kuue kuu tagant.',
    'Operēts ⟦Rīgas Austrumu klīniskajā universitātes slimnīcā⟧ pagājušajā gadā.',
    'Pacients ārstējās ⟦Liepājas reģionālajā slimnīcā⟧ ar sāpēm.',
    '⟦Klaipėdos universitetinėje ligoninėje⟧ atlikta operacija.',
    'Gydėsi ⟦Panevėžio respublikinėje ligoninėje⟧ dėl skausmo.',
    'Kontroll a ⟦Bács-Kiskun Megyei Kórházban⟧ három hónap múlva.',
    'Leczony w ⟦Szpitalu Wojewódzkim w Opolu⟧ z powodu bólu.',
    'Operován v ⟦Nemocnici Na Homolce⟧ bez komplikací.',
    'Hospitalizován v ⟦Thomayerově nemocnici⟧ pro bolest.',
    'Operovaný v ⟦Nemocnici svätého Michala⟧ bez komplikácií.',
  ])('%s', (template) => {
    expect(leftOf(template)).toEqual([]);
  });
});

describe('a house without a name stays, and what begins the sentence before one', () => {
  it.each([
    'Pasienten ble innlagt sykehus og utskrevet fra sykehuset etter to dager.',
    'Patienten vårdades på sjukhus och bor på äldreboende.',
    'Potilas siirrettiin keskussairaalaan jatkohoitoon, ja sairaalassa aloitettiin lääkitys.',
    'Patsient viidi haiglasse ja oli haiglas kolm päeva.',
    'Pacients stacionēts slimnīcā, un slimnīcā veikta operācija.',
    'Pacientas paguldytas į ligoninę, ligoninėje atlikta operacija.',
    'Pacient byl přijat do nemocnice. Nemocnice ho propustila domů.',
    'Pobyt w szpitalu trwał trzy dni. Szpital zapewnił opiekę.',
    'Gydymas ligoninėje truko tris dienas, o po to namuose.',
    'Hoito sairaalassa kesti kolme päivää, ja sen jälkeen kotona.',
  ])('%s', (text) => {
    expect(withBrackets(text)).toBe(text);
  });
});
