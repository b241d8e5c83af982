import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../find.ts';

const found = (text: string) => findIdentifiers(text).map(({ start, end }) => text.slice(start, end));

describe('the words of rare vascular diseases stay', () => {
  it.each([
    'Marfan syndrome, Loeys-Dietz syndrome type 2, vascular Ehlers-Danlos syndrome and Shprintzen-Goldberg syndrome were considered.',
    'Stanford type B dissection, DeBakey IIIb, Crawford extent II aneurysm, Ishimaru zone 2, Kommerell diverticulum.',
    'Viabahn 8 x 100, Wallstent, Palmaz, Advanta V12, BeGraft, Venovo, Zilver Vena, Amplatzer Vascular Plug II, Onyx 18.',
    'Portal cavernoma, Budd-Chiari, May-Thurner, Paget-Schroetter, Nutcracker (Wilkie) and Dunbar syndromes; Leriche syndrome.',
    'FBN1 c.4786C>T p.(Arg1596*), TGFBR2 c.1583G>A p.(Arg528His), COL3A1 p.Gly183Ser, NM_000138.5, rs1799963.',
    'Sequencing found PIK3CA p.H1047R at 12 %, GNAQ R183Q and NOTCH3 R544C; no variant in ENG or ACVRL1 (chr12:52306945) was seen.',
    'According to the 2022 ACC/AHA guideline and the 2014 ESC guidelines the threshold is 5.5 cm (Mann-Whitney p=0.03).',
    'Nach der S3-Leitlinie (AWMF 065-003) ist eine Therapie mit Statinen angezeigt.',
    'Morbus Osler (Rendu-Osler-Weber) nach Curaçao-Kriterien gesichert; Sturge-Weber- und Klippel-Trénaunay-Syndrom ausgeschlossen.',
    'Bentall-, David-, Yacoub-, Ross- und Cabrol-Operation; Fontan-Kreislauf nach Glenn; Blalock-Taussig-Shunt.',
    'Doppler: ABI rechts 0,58, links 0,98; Valsalva-Manöver negativ; Adson-Test und Roos-Test negativ; Apgar 9/10/10.',
    'Artérite de Takayasu type V de Numano, maladie de Behçet, maladie de Kawasaki, syndrome de Cogan ; maladie de Horton peu probable.',
    'Xarelto 20 mg, Eliquis 5 mg, Plavix 75 mg, Kardégic 75, Previscan, Ilomédine, RoActemra 162 mg, Humira, Rapamune, Avastin.',
    'No dissection. The circle of Willis is complete; polygone de Willis complet, polígono de Willis completo.',
    'TAAA Crawford III, 6,1 cm, fenestrierte Prothese.',
    'Morbo di Buerger, fenomeno di Raynaud, test di Allen positivo, stadio IIb di Leriche-Fontaine, Rutherford 3.',
    'Secondo le linee guida ESC 2014 e ESVS 2019 la soglia è di 55 mm (classe I, livello B).',
    'Criterios de Ghent revisados: puntuación sistémica 9, Z-score 3,4; signos de Steinberg y Walker-Murdoch positivos.',
    'Zenith Alpha, Gore TAG, cTAG 34 x 200, Endurant II, Valiant Captivia, Relay Plus, Thoraflex Hybrid, Perclose ProGlide.',
    'Ziekte van Gorham-Stout, Kasabach-Merritt fenomeen, Parkes Weber, Proteus, Maffucci en Bean syndroom.',
    'Moyamoya-angiopathie, Suzuki III; CADASIL en ziekte van Fabry uitgesloten; CHA2DS2-VASc 3, HAS-BLED 2, Wells 4,5.',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['Frau Horton kam zur Kontrolle, es geht ihr gut.', 'Horton'],
    ['Patient: Weber, Martin', 'Weber, Martin'],
    ['I saw Mr Simpson in the clinic with his wife.', 'Simpson'],
  ])('but %s is a person', (text, name) => {
    expect(found(text)).toEqual([name]);
  });
});
