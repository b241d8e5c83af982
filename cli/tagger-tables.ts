import type { Lesson } from '../domain/identifiers/tagger/learn.ts';
import { seeded } from '../domain/seeded.ts';
import { digits, pick, type Random, whole } from './tagger-values.ts';

/** Heads and rows of tables of measurements, by language. */
const words: Readonly<Record<string, readonly string[]>> = {
  de: 'Messung Wert Einheit Norm Vorwert Seite Höhe Länge Umfang Druck Puls Gewicht Größe Anzahl Anteil Gruppe Zeit Tag Woche Dosis Kalzium Albumin Bilirubin Lipase Laktat Magnesium Chlorid Harnstoff GOT GPT Summe Mittel Median Differenz Quotient'.split(
    ' ',
  ),
  en: 'Measure Value Unit Range Previous Side Height Length Girth Pressure Pulse Weight Size Count Share Group Time Day Week Dose Calcium Albumin Bilirubin Lipase Lactate Magnesium Chloride Urea AST ALT Sum Mean Median Difference Ratio Estimate Quartile Lower Upper Percent Stratum System Procedure Treatment Observed Expected Valid'.split(
    ' ',
  ),
  fr: 'Mesure Valeur Unité Norme Précédent Côté Hauteur Longueur Périmètre Pression Pouls Poids Taille Effectif Part Groupe Temps Jour Semaine Dose Calcium Albumine Bilirubine Lipase Lactate Magnésium Chlore Urée ASAT ALAT Somme Moyenne Médiane Différence Rapport'.split(
    ' ',
  ),
  it: 'Misura Valore Unità Norma Precedente Lato Altezza Lunghezza Circonferenza Pressione Polso Peso Statura Numero Quota Gruppo Tempo Giorno Settimana Dose Calcio Albumina Bilirubina Lipasi Lattato Magnesio Cloro Urea AST ALT Somma Media Mediana Differenza Rapporto'.split(
    ' ',
  ),
  es: 'Medida Valor Unidad Norma Previo Lado Altura Longitud Perímetro Presión Pulso Peso Talla Número Parte Grupo Tiempo Día Semana Dosis Calcio Albúmina Bilirrubina Lipasa Lactato Magnesio Cloro Urea AST ALT Suma Media Mediana Diferencia Razón'.split(
    ' ',
  ),
  nl: 'Meting Waarde Eenheid Norm Vorige Zijde Hoogte Lengte Omvang Druk Pols Gewicht Maat Aantal Aandeel Groep Tijd Dag Week Dosis Calcium Albumine Bilirubine Lipase Lactaat Magnesium Chloride Ureum ASAT ALAT Som Gemiddelde Mediaan Verschil Ratio'.split(
    ' ',
  ),
};

const units = [
  'mm',
  'cm',
  'mmHg',
  'mg/dl',
  'mmol/l',
  'g/l',
  '%',
  'U/l',
  'ms',
  'ml/min',
  'kg',
  'm/s',
  'µg/l',
  '/nl',
  'mSv',
];

/**
 * Tables of measurements of nobody, so many in each language of the six: what is learned of them is that rows of numbers identify no one. Lines end with '\n', cells are parted by tabs, semicolons or spaces. The same seed
 * gives the same tables.
 */
export function tableLessons(seed: number, each: number): Lesson[] {
  const random = seeded(seed);
  return Object.values(words).flatMap((own) =>
    Array.from({ length: each }, () => ({ text: table(random, own), marks: [] })),
  );
}

function table(random: Random, own: readonly string[]): string {
  const between = pick(random, ['\t', '\t', '\t', ';', ' | ', '   ']);
  const sign = pick(random, [',', '.']);
  const columns = Array.from({ length: whole(random, 2, 7) }, () => pick(random, kinds));
  const head = [pick(random, own), ...columns.map(() => pick(random, own))].join(between);
  const named = random() < 0.7;
  const rows = Array.from({ length: whole(random, 2, 14) }, (_, at) =>
    [named ? pick(random, own) : String(at * 5), ...columns.map((kind) => kind(random, sign))].join(between),
  );
  return `${[...(random() < 0.8 ? [head] : []), ...rows].join('\n')}\n`;
}

const decimal = (random: Random, sign: string, places: number) =>
  `${random() < 0.1 ? '-' : ''}${whole(random, 0, 140)}${sign}${digits(random, places)}`;

const kinds: readonly ((random: Random, sign: string) => string)[] = [
  (random) => String(whole(random, 0, 320)),
  (random) => String(whole(random, 0, 30)),
  (random) => String(whole(random, 1000, 90_000)),
  (random, sign) => decimal(random, sign, 1),
  (random, sign) => decimal(random, sign, 2),
  (random, sign) => decimal(random, sign, pick(random, [3, 4, 5, 6])),
  (random, sign) =>
    `${decimal(random, sign, 1)}${pick(random, [' - ', '-', '–', ' ± ', ' to '])}${decimal(random, sign, 1)}`,
  (random, sign) => `${whole(random, 1, 400)} (${decimal(random, sign, 1)})`,
  (random) => pick(random, units),
  (random) => pick(random, ['+', '-', '*', '.', '', 'n/a', '< 5', '> 60', '(+)']),
];
