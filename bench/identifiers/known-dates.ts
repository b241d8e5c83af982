/** A birth date with one way to write it. */
export interface DateForm {
  readonly birthDate: string;
  readonly form: string;
}

const april =
  "12.4.1963|12.04.1963|12/04/1963|04/12/1963|4/12/63|12-04-1963|1963-04-12|1963/04/12|1963.04.12.|19630412|12041963|120463|12 04 1963|12. 4. 1963|12 . 04 . 1963|12.IV.1963|12/IV/63|12-IV-1963|12.4.'63|12.4.’63|12 April 1963|April 12, 1963|12th of April 1963|April 12th, 1963|the 12th day of April, 1963|12 avril 1963|12 avr. 1963|vendredi 12 avril 1963|12 de abril de 1963|12 de abril del 1963|12-abr-63|12. April 1963|12 aprile 1963|12. dubna 1963|12 kwietnia 1963 r.|1963. április 12.|1963 m. balandžio 12 d.|1963. gada 12. aprīlī|1963. gada 12. aprīlis|12. aprill 1963|12. huhtikuuta 1963|12. travnja 1963.|12 Απριλίου 1963|12 Απρ 1963|12 април 1963 г.|12 квітня 1963 року|12 aprilie 1963|12. aprila 1963|12 Nisan 1963|12. apríl 1963|12 Aibreán 1963|12APR1963|12-Apr-1963|twelfth of April nineteen sixty-three|the twelfth of April, nineteen hundred and sixty-three|douze avril mil neuf cent soixante-trois|doce de abril de mil novecientos sesenta y tres|zwölfter April neunzehnhundertdreiundsechzig|am zwölften April neunzehnhundertdreiundsechzig|dodici aprile millenovecentosessantatré|twaalf april negentienhonderddrieënzestig|doze de abril de mil novecentos e sessenta e três|l2.O4.l963|1 2 . 0 4 . 1 9 6 3|12.\n04.1963|12 April\n1963|geb. 12.4.|born on 12 April|née en 1963|12º de abril de 1963|63-04-12|12·04·1963|DOB12041963|12.04.1963r.|1963-04-12T00:00:00|12 ABRIL 1963";
const unseen =
  '1.12.1975|01/12/1975|12/1/75|1975-12-01|19751201|01121975|1.XII.1975|1st December 1975|December 1st, 1975|1er décembre 1975|1 déc. 75|lunes 1 de diciembre de 1975|1º de dezembro de 1975|1. Dezember 1975|Montag, den 1. Dez. 1975|1° dicembre 1975|1 december 1975|1. prosince 1975|1 grudnia 1975 r.|1975. december 1-én|1975. december 1.|1975 m. gruodžio 1 d.|1975. gada 1. decembrī|1. detsember 1975|1. joulukuuta 1975|1. prosinca 1975.|1η Δεκεμβρίου 1975|1 декември 1975 г.|1 грудня 1975 року|1 decembrie 1975|1 Aralık 1975|1. desember 1975|first of December nineteen seventy-five|premier décembre mil neuf cent soixante-quinze|uno de diciembre de mil novecientos setenta y cinco|erster Dezember neunzehnhundertfünfundsiebzig|primo dicembre millenovecentosettantacinque|een december negentienhonderdvijfenzeventig|um de dezembro de mil novecentos e setenta e cinco|O1.l2.1975|01. 12. 75|1975/12/1|01-DEC-1975|1 Dec 75|01.12.75|2.3.2004';

/** Forms of a birth date in the network's languages; `held` gives those that were not developed on. */
export function birthDateForms(held: boolean): DateForm[] {
  const [birthDate, list] = held ? ['1975-12-01', unseen] : ['1963-04-12', april];
  return list.split('|').map((form) => ({ birthDate: form === '2.3.2004' ? '2004-03-02' : birthDate, form }));
}
