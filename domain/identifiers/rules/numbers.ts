import type { Span } from '../spans.ts';
import { nationalNumbers } from './national.ts';
import { type Reading, span } from './reading.ts';
import { around, denseDigits, matchesWithin } from './windows.ts';

const PLATE_WORD =
  /kennzeichen|kenteken|nummerplaat|targa|(?<!\p{Alpha})(?:tg|auto|reg|rej|SPZ|ŠPZ|EČV)(?!\p{Alpha})|matr[íi]cula|immatricul|v[eé]hic|turismo|rejestr|rendszám|registr|nummerplade|κυκλοφορ/giu;
/** Plates of cars, behind a word for them: 'HSK-TB 447', '4-TZB-19', 'FX 447 ZB', '4471 BZT'. */
const PLATE =
  /(?<=(?:[Kk]ennzeichen|[Kk]enteken|[Nn]ummerplaat|[Tt]argata?|(?<!\p{Alpha})(?:tg|matr[íi]cula|immatricul[ée]\p{Alpha}*|vehicle|véhicule|auto|turismo|rejestracyjny|rej|SPZ|ŠPZ|EČV|rendszám|registracija|reg\.? ?nr|registreringsnummer|regnr|nummerplade|Reg|αρ\. κυκλοφορίας))(?:[ .:]|nummer|nr){1,3}(?:\p{Ll}{2,12} ){0,2}(?:\p{Uppercase}\p{Ll}{2,14}: ?)?)(?=[A-ZÆØÅÄÖÜĐŠŽČΑ-Ω\d -]{0,9}\d)[A-ZÆØÅÄÖÜĐŠŽČΑ-Ω\d]{1,4}(?:[ -]{1,2}[A-ZÆØÅÄÖÜĐŠŽČΑ-Ω\d]{1,5}){1,3}(?![\p{Alpha}\d])/gu;
/** The number of a French house or firm (FINESS, SIREN), not of a person. */
const HOUSE = /FINESS[^\p{Alpha}\d]{0,4}$/u;
/** Eight digits or more in one run are no measurement. */
const LONG = /(?<![\p{Alpha}\d_]|\d[.,]|[\p{Alpha}]{2}[-_:])\d{8,20}(?![\d\p{Alpha}]|[.,]\d)/gu;
/** '2 1 5 6 3 7 9 3 …': a form's boxes, one digit in each. */
const BOXES = /(?<![\d.,]|[\d.,] )\d(?: \d){6,80}(?! ?\d|[.,]\d)/g;
/** Capitals and digits in one run, with five digits in a row at least: '28BG04493'. */
const MIXED = /(?<![\p{Alpha}\d_.:-])(?=[A-Z\d]*[A-Z])[A-Z\d]{0,4}\d{4,12}[A-Z\d]{0,6}(?![\p{Alpha}\d]|[.,]\d)/gu;
/** Capitals and groups of digits with signs between them: 'G-2021-4471', 'SL2203-118872', 'E/2019/03321'. */
const GROUPED = /(?<![\p{Alpha}\d_.:/-])[A-Z]{1,4}[-/ ]?\d{2,8}(?:[-/]\d{2,8}){1,3}(?![\p{Alpha}\d]|[.,/-]\d)/gu;
/** File numbers of German courts: '8 XVII 231/23', 'S 12 KR 345/22'. */
const COURT =
  /(?<![\p{Alpha}\d.,])(?:[SLBK] )?\d{1,3} (?:[IVX]{1,5}|[A-Z][A-Za-z]{0,3}) \d{1,5}\/(?:20)?\d\d(?![\p{Alpha}\d/])/gu;
/** Accession numbers of databases and trials that say nothing of a person. */
const PUBLIC = /^(?:NCT|RS|NM|NP|NC|ENS|OMIM|MIM|ORPHA|GSE|PMID|PMC|ISBN|ISSN|EN|ISO|DIN|CE)\d/;
const IBAN = /(?<![\p{Alpha}\d])[A-Z]{2}\d\d(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,4})?(?![\p{Alpha}\d])/gu;

/** Numbers that no label names: national numbers by shape and checksum, IBANs, and runs of digits too long for a measurement. */
export function numbers({ text, languages }: Reading): Span[] {
  const spans: Span[] = [];
  for (const { start, written } of matchesWithin(text, around(text, PLATE_WORD, { before: 2, behind: 90 }), PLATE))
    spans.push(span(start, start + written.length, 'number', 'possible', 'number:plate'));
  const isFrench =
    languages.has('fr') && !['de', 'nl', 'es', 'pt'].some((language) => languages.size < 6 && languages.has(language));
  const dense = denseDigits(text);
  for (const { rule, shape, isValid, shapeEnough } of nationalNumbers) {
    for (const { start, written } of matchesWithin(text, dense, shape)) {
      const valid = isChecked(isValid, written);
      if (!valid && !shapeEnough) continue;
      spans.push(span(start, start + written.length, 'number', valid ? 'certain' : 'possible', rule));
    }
  }
  for (const { start, written } of matchesWithin(text, dense, IBAN))
    if (isIban(written)) spans.push(span(start, start + written.length, 'number', 'certain', 'iban'));
  for (const { start, written } of matchesWithin(text, dense, LONG)) {
    const before = text.slice(Math.max(0, start - 30), start);
    if (HOUSE.test(before) || (written.length === 9 && isFrench)) continue;
    spans.push(span(start, start + written.length, 'number', 'possible', 'number:long'));
  }
  for (const { start, written } of matchesWithin(text, dense, BOXES)) {
    const before = text.slice(Math.max(0, start - 12), start);
    if ((isFrench && written.length === 17) || isCounting(written) || HOUSE.test(before)) continue;
    spans.push(span(start, start + written.length, 'number', 'possible', 'number:boxes'));
  }
  for (const { start, written } of matchesWithin(text, dense, MIXED)) {
    if (PUBLIC.test(written) || !/[A-Z]/.test(written) || written.replace(/\D/g, '').length < 6) continue;
    spans.push(span(start, start + written.length, 'number', 'possible', 'number:mixed'));
  }
  for (const { start, written } of matchesWithin(text, dense, GROUPED)) {
    if (PUBLIC.test(written) || written.replace(/\D/g, '').length < 7) continue;
    spans.push(span(start, start + written.length, 'number', 'possible', 'number:grouped'));
  }
  if (languages.has('de'))
    for (const found of text.matchAll(COURT))
      spans.push(span(found.index, found.index + found[0].length, 'number', 'possible', 'number:court'));
  return spans;
}

function isChecked(isValid: (written: string) => boolean, written: string): boolean {
  try {
    return isValid(written);
  } catch {
    return false;
  }
}

/** The scale of a drawing, a list of items: '1 2 3 4 5 6 7'. */
function isCounting(written: string): boolean {
  const digits = written.split(' ').map(Number);
  const steps = digits.slice(1).filter((digit, index) => Math.abs(digit - (digits[index] ?? 0)) <= 1);
  return steps.length >= (digits.length - 1) * 0.8;
}

/** ISO 13616, modulo 97. */
function isIban(written: string): boolean {
  const compact = written.replaceAll(' ', '');
  if (compact.length < 15 || compact.length > 34) return false;
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}
