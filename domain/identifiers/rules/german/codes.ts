import type { Span } from '../../spans.ts';
import { type Reading, span } from '../reading.ts';

/** A word that ends with one for a number, and what stands behind it: 'Buchnr. 1177/15/3', 'Personalnr. 3381', 'Gerät-SN 5VCAG417', 'SV-Ausweis 160336 4 2217'. */
const NUMBERED =
  /(?<!\p{Alpha})(?:[\p{Alpha}.]{1,24}-?)?(?:[Nn]ummer|(?<=\p{Alpha}|-)[Nn]r|Nr|-ID|-SN|(?<=\p{Alpha}|-)[Kk]enn(?:ung|ziffer|zahl)?|VSNR|(?:Sozial|Renten|Kranken)?[Vv]ers(?:icherungs|icherten)?(?:-|\.-?)?[Nn]r|[Aa]usweis|[Kk]arte|[Aa]kte|Aktenz|Journal|Ch(?:arge|\.-B|\.)|Lot|LOT|Los|[Vv]organg|[Aa]ntrag|[Kk]onto|[Mm]atrikel|[Vv]ertrag|[Pp]olice|Tgb|Eing|Einsendung|Präparat|Block|Probe|Barcode|Etikett)[.:]{0,2}(?:-?Nr\.?|[Nn]ummer|nr\.?)?[.:]? {1,3}#?(?=[\dA-Z. /-]{0,24}\d)((?:[A-Z]{1,5}[-/ ]{0,1})?\d[\dA-Z]*(?:[-/. ](?:[A-Z]{1,3}[-/ ]?)?\d[\dA-Z]*){0,8}(?:[-/ ][A-Z]{1,3}(?![\p{Alpha}\d]))?|[A-Z]{1,5}(?:[-/.]?[A-Z\d]{1,12}){1,5}(?: \d{2,6}){0,4})/gu;
/** Too common beside a number that measures or counts. */
const COMMON =
  /^(?:[Kk]arte|Block|Probe|Präparat|Los|[Vv]ertrag|Eing|Journal|[Kk]onto|[Vv]organg|[Aa]ntrag|[Aa]kte|[Pp]olice)/;
const MEASURED = /^ ?(?:mg|g|kg|µg|ml|l|mm|cm|%|°|Jahre?|Tage?|x|Uhr|h|min|Stück|St\b|€|Euro)(?![\p{Alpha}\d])/u;
const IS_DATE = /^\d{1,2}\. ?\d{1,2}\. ?(?:\d\d(?:\d\d)?)?$|^(?:19|20)\d\d$|^\d{1,2}[./]\d{1,2}$/;

/** A person of a study or a list: 'Pat. EPI-0938', 'Patientin F-118', 'Proband 01-DE-0071'. */
const CODED =
  /(?<=(?<!\p{Alpha})(?:[Pp]at(?:\.|ient(?:in|en)?)?|[Pp]roband(?:in|en)?|[Ss]tudienteilnehmer(?:in)?|[Ff]all|[Ii]ndexpatient(?:in)?|Spender(?:in)?|Empfänger(?:in)?|Subject|Teilnehmer(?:in)?):? {1,2}\(?)(?:[A-Z]{1,5}[-/]?\d{2,6}(?:[-/][A-Z\d]+)*|\d{1,4}-[A-Z]{1,4}-\d{2,6}|[A-Z]{1,4}(?:[-/][A-Z\d]+){1,3})(?![\p{Alpha}\d]|[.,]\d)/gu;

/** Plates of cars in Germany, Austria and Switzerland. */
const PLATE =
  /(?<![\p{Alpha}\d-])(?:[A-ZÄÖÜ]{1,3}[-–·: ][A-Z]{1,2}[- ]?\d{1,4}[EH]?|(?:[A-ZÖ]{1,2} )?[A-Z]{1,2}[- ]\d{1,5} ?[A-Z]{1,3}|[A-ZÖ]{2} [A-Z]{1,2}-\d{2,4} [A-Z]{1,3}|(?:AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH) \d{3,6})(?![\p{Alpha}\d]|[.,/-]\d)/gu;
/** Near a plate stands what bears it. */
const CAR =
  /(?<!\p{Alpha})(?:[Ww]agens?|[Aa]utos?|[Pp]kw|PKW|LKW|Lkw|[Ff]ahrzeugs?|[Kk]ennz(?:eichen|\.)?|[Mm]otorrads?|[Rr]oller|[Tt]axi|[Mm]oped|Transporter|Anhänger|Traktor|[Kk]fz|KFZ)(?!\p{Alpha})/u;
const NEAR_CAR = 48;

/** '-5518' and '..4471' behind a word for a number. */
const TAIL =
  /(?<=(?:[Nn]ummer|[Nn]r\.?|Fallnr\.?|[Ee]ndziffern?|(?:endet|endend) (?:auf|mit)|[Nn]ebenstelle|[Kk]lappe|[Hh]ausruf|[Rr]uf|intern|DECT|[Kk]urzwahl|[Aa]pparat):? ?)(?=[-.…\d])(?:-|\.{2,3}|…)? ?\d{3,6}(?![\d.,]\d|\d)/gu;

/** Numbers, codes and plates that a German word tells of. All of them are possible, not certain. */
export function codes({ text, languages }: Reading): Span[] {
  if (!languages.has('de') || languages.size > 5) return [];
  const spans: Span[] = [];
  const add = (start: number, length: number, rule: string) =>
    spans.push(span(start, start + length, 'number', 'possible', rule));
  for (const found of text.matchAll(NUMBERED)) {
    const written = (found[1] ?? '').trimEnd();
    const start = found.index + found[0].length - (found[1] ?? '').length;
    const digits = written.replace(/\D/g, '').length;
    if (digits < (COMMON.test(found[0]) && !/[A-Z]/.test(written) ? 5 : 3) && !/^[A-Z].*\d{2}/.test(written)) continue;
    if (IS_DATE.test(written) || MEASURED.test(text.slice(start + written.length, start + written.length + 8)))
      continue;
    add(start, written.length, 'number:named');
  }
  for (const found of text.matchAll(CODED)) if (/\d/.test(found[0])) add(found.index, found[0].length, 'number:coded');
  for (const found of text.matchAll(PLATE))
    if (CAR.test(text.slice(Math.max(0, found.index - NEAR_CAR), found.index + found[0].length + 20)))
      add(found.index, found[0].length, 'number:plate');
  for (const found of text.matchAll(TAIL)) add(found.index, found[0].length, 'number:tail');
  return spans;
}
