import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../../find.ts';

const found = (text: string) => findIdentifiers(text).map(({ start, end }) => text.slice(start, end));
const REST = ' Die Patientin ist zufrieden und wird bei der nächsten Vorstellung wieder untersucht.';

describe('days, months and years in German', () => {
  it.each([
    ['Der Aufenthalt war vom 2.6.-9.7. und ist nun beendet.', '2.6.-9.7.'],
    ['Die Messung 14./15.02.2016 ist auffällig und wird wiederholt.', '14./15.02.2016'],
    ['Die Implantation war VII/2003 und ist gut verheilt.', 'VII/2003'],
    ['Der Befund ist gegenüber 6/09 nicht verändert und bleibt stabil.', '6/09'],
    ['Sie ist seit Juli nicht mehr zu der Behandlung gekommen.', 'Juli'],
    ['Die Schmerzen sind ab Frühjahr besser und die Kraft ist gut.', 'Frühjahr'],
    ['Er ist in der 23. KW zur Kontrolle und wird dann entlassen.', '23. KW'],
    ['Die Tochter kommt am 17. wieder und bringt die Unterlagen mit.', '17.'],
    ['Die Familie ist in den Osterferien nicht da und bittet um Verlegung.', 'Osterferien'],
  ])('%s', (text, date) => {
    expect(found(text + REST)).toContain(date);
  });

  it.each(['Der Quotient war 6/9 und die Patientin ist zufrieden mit der Sehkraft.'])('%s has none', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('ages of ninety and more in German', () => {
  it.each([
    ['Die Patientin feiert den 96. Geburtstag und ist dabei guter Dinge.', '96.'],
    ['Die Mutter ist 93, der Vater war mit 70 an einem Infarkt verstorben.', '93'],
    ['Die zweiundneunzigjährige Patientin ist mobil und wohnt in der eigenen Wohnung.', 'zweiundneunzigjährige'],
  ])('%s', (text, age) => {
    expect(found(text)).toContain(age);
  });
});

describe('numbers, codes and plates that a German word tells of', () => {
  it.each([
    ['Die Einlagerungsnr. 2231/18/4 ist der Akte beigelegt und wird aufbewahrt.', '2231/18/4'],
    ['Das Gerät-SN 7KXRT902 ist bei der Patientin und wird abgeholt.', '7KXRT902'],
    ['Die Ergebnisse der Patientin G-204 sind auffällig und wurden besprochen.', 'G-204'],
    ['Sie kam mit dem Auto (GT-MW 733) und ist selbst gefahren.', 'GT-MW 733'],
    ['Die Schwester ist unter der Nebenstelle 3307 zu erreichen und bittet um Rückruf.', '3307'],
  ])('%s', (text, number) => {
    expect(found(text)).toContain(number);
  });
});

describe('houses and firms by a word for them and an own name', () => {
  it.each([
    ['Die Vorbefunde der Radiologie am Rosengarten sind beigelegt und werden besprochen.', 'Radiologie am Rosengarten'],
    ['Der Brief vom KH Emmaus-Nord ist noch nicht da und wird angefordert.', 'KH Emmaus-Nord'],
    ['Der Antrag ist bei der BKK Gildemeister und wird dort bearbeitet.', 'BKK Gildemeister'],
    ['Die Police der Westfalia Lebensvers. AG ist gekündigt und wird nicht erneuert.', 'Westfalia Lebensvers. AG'],
    ['Sie ist im Gemeindehaus St. Lambertus und singt dort im Chor.', 'Gemeindehaus St. Lambertus'],
    [
      'Die Proben sind im Institut für Pathologie Emscherbogen und werden untersucht.',
      'Institut für Pathologie Emscherbogen',
    ],
    [
      'Die Patientin ist in die Neurologische Klinik am Volkspark verlegt und dort geblieben.',
      'Neurologische Klinik am Volkspark',
    ],
  ])('%s', (text, house) => {
    expect(found(text)).toContain(house);
  });

  it.each([
    'Die Patientin stellt sich in unserer Ambulanz vor. Damals war die Kraft noch nicht gut.',
    'Die Anmeldung MVZ ist erfolgt und der Termin ist der Patientin bekannt.',
    'Die Station am Montag und die Ambulanz im Verlauf sind der Patientin bekannt.',
  ])('%s holds none', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('names behind roles, degrees and signs, in German', () => {
  it.each([
    ['Der Transport war mit Kapitän Sandström besprochen und ist gut verlaufen.', 'Sandström'],
    ['Ein Hausbesuch mit Koll. Terhorst ist geplant und der Patientin bekannt.', 'Terhorst'],
    ['Zi. 214 Rezaei: Verband ist trocken und wird morgen gewechselt.', 'Rezaei'],
    ['Die Patientin ist mit der Behandlung zufrieden und geht nach Hause.\nK. Zeisig', 'K. Zeisig'],
    ['Die Übungen sind der Patientin bekannt. Therapeutin: O. Blumental, dienstags', 'O. Blumental'],
    ['Die Naht ist reizlos und der Verband ist trocken. Danke! Wiebke', 'Wiebke'],
    ['Die Naht ist reizlos und der Verband ist trocken.\nkmo', 'kmo'],
    [
      'Köln, den 03.02.2012 / wa-br\n\nWir berichten über die Patientin, die bei uns war und nun zu Hause ist.',
      'wa-br',
    ],
    ['Die Eheleute Ilse und Wilhelm Frei sind versorgt; sie fühlt sich frei und ist zufrieden.', 'Wilhelm Frei'],
    ['Die Besprechung ist beendet und der Bericht ist geschrieben. Protokoll: RB', 'RB'],
  ])('%s', (text, name) => {
    expect(found(text)).toContain(name);
  });
});

describe('countries and landscapes in German', () => {
  it.each([
    ['Der Landwirt aus dem Unterallgäu ist wieder zu Hause und arbeitet.', 'Unterallgäu'],
    ['Sie kommt aus Kroatien und ist seit der Kindheit in der Behandlung.', 'Kroatien'],
  ])('%s', (text, place) => {
    expect(found(text)).toContain(place);
  });
});

describe('things of no list in German', () => {
  it.each([
    'Die Verlegung mit Ang. der Orthop. ist besprochen und die Patientin ist einverstanden.',
    'Die Sequenzierung ist mit dem Gerät der Firma am Platz erfolgt: BioSeq, die Werte sind gut.',
    'Die Werte unter Sevelamer und Phosphat sind besser und der Blutdruck ist stabil.',
    'Nachgewiesen wurde eine Bartonella henselae, die mit der Behandlung nicht mehr zu finden ist.',
    'Es ist eine Stenose nach Bollinger III und wird mit der Patientin besprochen.',
    'Die Wund- und Schmerzbehandlung ist beendet, nicht die Wach- und Ruhezeit der Patientin.',
  ])('%s are no names', (text) => {
    expect(found(text)).toEqual([]);
  });
});
