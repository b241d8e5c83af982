/**
 * Rule 9: a text that seems to hold a patient's identity is not stored, logged or echoed. This looks for what has a shape:
 * labels in front of a name or a number, dates of birth, national and hospital numbers, phones, postal addresses. It errs towards asking again: its author rewrites one line, a leak cannot be taken back.
 */
export type IdentityKind = 'name' | 'birth-date' | 'number' | 'phone' | 'address';

const label = (words: string) => `(?:^|[^\\p{L}])(?:${words})(?:[^\\p{L}]|$)`;
const capitalised = "\\p{Lu}[\\p{L}'’-]+";

const shapes: readonly (readonly [IdentityKind, RegExp])[] = [
  // 'patient Marie Dupont', 'Mr J. Smith', 'Frau Müller': a title or the word patient, then a capitalised name.
  [
    'name',
    new RegExp(
      `(?:^|[^\\p{L}])(?:[Pp]atient(?:in|e|en)?|[Pp]acient[ea]|[Pp]aziente|[Pp]atiënte?)\\s*(?:is|named|called|:|,)?\\s*(?:\\p{Lu}\\.\\s*)*${capitalised}(?:[ ,]+${capitalised})+`,
      'u',
    ),
  ],
  [
    'name',
    new RegExp(
      `(?:^|[^\\p{L}])(?:Mr|Mrs|Ms|Miss|Monsieur|Madame|Mme|M\\.|Herrn?|Frau|Señora?|Sra?|Signora?|Sig|Dhr|Mevr|Mw)\\.?\\s+(?:\\p{Lu}\\.\\s*)*${capitalised}`,
      'u',
    ),
  ],
  [
    'name',
    new RegExp(
      `(?:${label('name|nom|nachname|vorname|prénom|nombre|apellidos?|cognome|nome|naam|achternaam|voornaam|surname|first name|last name')})\\s*(?:is|:|=)?\\s*${capitalised}`,
      'iu',
    ),
  ],
  [
    'birth-date',
    new RegExp(
      `${label('born|dob|d\\.o\\.b\\.?|date of birth|birth ?date|geboren|geb|geburtsdatum|né|née|naissance|nacid[oa]|nacimiento|nat[oa]|nascita|geboortedatum')}.{0,20}\\d`,
      'iu',
    ),
  ],
  ['birth-date', /(?:^|\D)(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19\d\d|200\d|201\d)(?:\D|$)/u],
  ['birth-date', /(?:^|\D)(?:19\d\d|200\d|201\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:\D|$)/u],
  [
    'number',
    new RegExp(
      `${label('mrn|nhs|nhc|ipp|nir|bsn|ssn|nif|dni|nie|pesel|hospital (?:no|number|id)|patient (?:no|number|id)|patienten?(?:nummer|-?nr|-?id)|fallnummer|dossier|file (?:no|number)|insurance|versichertennummer|codice fiscale|personnummer|cpr')}.{0,12}[\\dA-Z][\\dA-Z ./-]{3,}\\d`,
      'iu',
    ),
  ],
  // A French NIR, an Italian codice fiscale, a Polish PESEL and other runs of ten digits and more.
  [
    'number',
    /(?:^|[^\dA-Z])[12]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?(?:\D|$)/u,
  ],
  ['number', /(?:^|[^\p{L}\d])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?:[^\p{L}\d]|$)/u],
  ['number', /(?:^|[^\p{L}\d+])\d(?:[ .-]?\d){9,}(?:[^\p{L}\d]|$)/u],
  ['phone', /(?:^|[^\p{L}\d])\+\d{1,3}[ ./-]?(?:\(?\d{1,4}\)?[ ./-]?){2,5}\d{2,}/u],
  [
    'address',
    /(?:^|[^\p{L}])(?:\p{Lu}[\p{L}-]+(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|straat|laan)|(?:rue|avenue|boulevard|calle|via|piazza|plaza)\s+(?:d[eul]'?\s*(?:la\s+)?)?\p{Lu}[\p{L}-]+)\s*,?\s*\d{1,4}/u,
  ],
];

/** The kinds of identity that a text seems to hold; empty where none was seen. It never gives the text itself. */
export function seemsIdentifying(text: string): readonly IdentityKind[] {
  return [...new Set(shapes.filter(([, shape]) => shape.test(text.normalize('NFC'))).map(([kind]) => kind))];
}
