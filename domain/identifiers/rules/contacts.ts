import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Span } from '../spans.ts';
import { isCounted } from './measured-rows.ts';
import { type Reading, span } from './reading.ts';
import { tokenise } from './tokens.ts';
import { around, denseDigits, matchesWithin } from './windows.ts';

const MAIL =
  /[\p{Alpha}\d](?:[\p{Alpha}\d._%+-]{0,63})(?:@|(?: ?\(at\) ?| ?\[at\] ?))[\p{Alpha}\d](?:[\p{Alpha}\d-]{0,62})(?:\.[\p{Alpha}\d-]{2,63}){1,4}/giu;
const SPACED_MAIL =
  /[\p{Alpha}\d](?:[\p{Alpha}\d._%+-]{0,63}) ?@ ?[\p{Alpha}\d](?:[\p{Alpha}\d-]{0,62})(?: ?\. ?[\p{Ll}\d-]{2,63}){1,4}/gu;
/** What somebody calls himself on a computer, behind a word for it: a name in one word with a digit, a line or a full stop in it. */
const HANDLE =
  /(?<=(?<!\p{Alpha})(?:[Bb]enutzer(?:name|kennung)?|[Nn]utzername|[Ll]og-?[Ii]n|LOGIN|[Uu]ser(?:name|-?ID)?|[Ii]nsta(?:gram)?|[Ss]kype|[Tt]elegram|[Aa]ccount|[Kk]ennung|[Kk]ontakt über|[Uu]tilisateur|[Ii]dentifiant|[Uu]tente|[Uu]suario|[Gg]ebruiker(?:snaam)?|[Ff]acebook|[Tt]witter|[Tt]ik[Tt]ok|[Ss]napchat|[Dd]iscord|[Tt]eams|[Zz]oom)(?:[ :=–-]{1,3}|: ?@| @))@?(?=[\p{Alpha}\d._-]{0,29}[\d._])\p{Alpha}[\p{Alpha}\d]*(?:[._-][\p{Alpha}\d]+|\d+)[\p{Alpha}\d._-]*/gu;
/** 'bleeped #482', 'Piepser 7 31'. */
const BLEEP =
  /(?<=(?<!\p{Alpha})(?:[Bb]leep(?:ed)?|[Pp]ager|DECT|[Pp]iepser|[Ff]unk|[Ss]ein|[Bb]uscas?|[Bb]ip|[Cc]ercapersone)(?:[ .:]{1,2}|-?[Nn]r\.? ?| no\.? ?)#?)\d{2,3}(?: ?\d{1,3})?(?![\d%.,]\d| ?(?:mg|ml|mm|x))/gu;
/** Where a mail address may be. */
const AT = /@|[([]at[)\]]/gi;
const WEB = /(?:https?:\/\/|www\.)[^\s<>"'()[\]]{3,300}/giu;
/** A web address says something of a person where it names a house or a doctor, or is a page of one's own. */
const NAMING =
  /kli?ni[ck]|hospi|hopita|spital|krankenhaus|praxis|ospedal|ziekenhuis|\bumc|\buk-?[a-z]|\bchu\b|\bchu-|health|salud|sanit|\bmed[.-]|arzt|doct|docteur|\bdr-?|praktijk|cabinet|szpital|nemocnic|bolni|korhaz|sjukhus|sygehus|sykehus|haigla|sairaala|facebook|linkedin|instagram|~/i;
/** 'studio.kliniek.example/ab12': an address without what browsers put before it, of three parts at least or with a path. */
const BARE_WEB =
  /(?<![\p{Alpha}\d@./_-])(?:[a-z\d](?:[a-z\d-]{0,40}[a-z\d])?\.){1,4}(?:com|org|net|eu|info|health|app|io|cloud|example|test|fr|it|es|nl|be|ch|lu|de|at|uk|cat|gal)(?![\p{Alpha}\d-]|\.\p{Alpha})(?:\/[\w./~%?=&-]*[\w/])?/gu;
const ENDING = /[.,;:!?)\]]+$/;
/** Digits as telephones are written; O for 0 as OCR and hasty hands write it. */
const CANDIDATE =
  /(?<![\d\p{Alpha}.,+])(?:(?<!\d[ ./-])|(?=[(+]))(?:\(?(?:\+|00)\d{1,3}\)?(?: ?\(0\))?|\([0O]\d{1,5}\)|\(?[0O]\)?|\(\+?\d{2,3}\)|[1-9])(?:[ ./-]{0,3}[\dO]){5,16}(?![\d\p{Alpha}]|[.,/-]\d)/gu;

/** Where each language is spoken, for the national shapes of telephone numbers. */
const countriesOf: Readonly<Record<string, readonly CountryCode[]>> = {
  en: ['GB', 'IE', 'MT', 'CY'],
  fr: ['FR', 'BE', 'CH', 'LU'],
  de: ['DE', 'AT', 'CH', 'LU'],
  it: ['IT', 'CH'],
  es: ['ES'],
  nl: ['NL', 'BE'],
  bg: ['BG'],
  hr: ['HR'],
  cs: ['CZ'],
  da: ['DK'],
  et: ['EE'],
  fi: ['FI'],
  el: ['GR', 'CY'],
  hu: ['HU'],
  lv: ['LV'],
  lt: ['LT'],
  nb: ['NO'],
  pl: ['PL'],
  pt: ['PT'],
  ro: ['RO'],
  sk: ['SK'],
  sl: ['SI'],
  sv: ['SE'],
};

/** Countries whose national numbers begin with no zero. */
const WITHOUT_TRUNK: ReadonlySet<CountryCode> = new Set([
  'ES',
  'IT',
  'PT',
  'GR',
  'CY',
  'MT',
  'PL',
  'CZ',
  'DK',
  'NO',
  'EE',
  'LV',
  'LU',
]);

/** E-mail addresses, with the spaces that OCR and caution put into them, and addresses of the web. */
export function mailAndWeb({ text, tables }: Reading): Span[] {
  const spans: Span[] = [];
  const windows = around(text, AT, { before: 80, behind: 400 });
  for (const pattern of [MAIL, SPACED_MAIL]) {
    for (const { start, written } of matchesWithin(text, windows, pattern))
      spans.push(span(start, start + written.length, 'email', 'certain', 'email'));
  }
  for (const found of text.matchAll(WEB)) {
    // A link within a sentence tells where to read more; one that stands apart is the sender's.
    if (
      /[\p{Ll}’'][ \n:]{1,2}$/u.test(text.slice(Math.max(0, found.index - 3), found.index)) &&
      !found[0].startsWith('www') &&
      !namesSomebody(found[0], tables)
    )
      continue;
    if (!NAMING.test(found[0]) && !namesSomebody(found[0], tables)) continue;
    const length = found[0].replace(ENDING, '').length;
    spans.push(span(found.index, found.index + length, 'web', 'possible', 'web'));
  }
  for (const found of text.matchAll(BARE_WEB))
    if (/\/[^/]|^(?!www\.).*\..*\./.test(found[0]) && /^[^/]*\p{Alpha}{3}[^/]*\./u.test(found[0]))
      spans.push(span(found.index, found.index + found[0].length, 'web', 'possible', 'web:bare'));
  for (const found of text.matchAll(HANDLE))
    spans.push(span(found.index, found.index + found[0].length, 'name', 'possible', 'handle'));
  return spans;
}

/** A page of somebody's own: a name of the lists in its path, apart from the words of pages. */
function namesSomebody(address: string, { firstNames, lastNames, ordinary, ambiguous }: Reading['tables']): boolean {
  const path = address.replace(/^(?:https?:\/\/)?[^/]+/, '');
  return tokenise(path).some(
    ({ folded }) =>
      folded.length > 3 &&
      !ordinary.has(folded) &&
      !ambiguous.has(folded) &&
      (firstNames.has(folded) || lastNames.has(folded)),
  );
}

/** Telephone numbers that no label names: international ones, and those of a shape that is in use in a country of the text's languages. */
export function phones({ text, languages }: Reading): Span[] {
  const spans: Span[] = [];
  const countries =
    languages.size < 6
      ? [...languages]
          .flatMap((language) => countriesOf[language] ?? [])
          .filter((country) => WITHOUT_TRUNK.has(country))
      : [];
  for (const { start, written } of matchesWithin(text, denseDigits(text), CANDIDATE)) {
    const digits = written.replace(/O/g, '0').replace(/[^\d+]/g, '');
    if (!isPhone(written, digits, countries) || isCounted(text, start, start + written.length)) continue;
    spans.push(
      span(
        start,
        start + written.length,
        'phone',
        'possible',
        written.startsWith('+') ? 'phone:international' : 'phone:national',
      ),
    );
  }
  return spans;
}

function isPhone(written: string, digits: string, countries: readonly CountryCode[]): boolean {
  const count = digits.replace('+', '').length;
  if (count < 7 || count > 15) return false;
  if (/^\(?\+/.test(written)) return count >= 8;
  if (/^\(?00[1-9]/.test(written)) return count >= 10;
  if (/^\(\d\d\d?\)/.test(written)) return count >= 9;
  const groups = written.split(/[ ./()-]+/).filter((group) => group !== '');
  if (groups.length > 6 && groups.every((group) => group.length === 1)) return false;
  // 'Week 0 4 8 12 24 48'
  if (groups[0] === '0' && groups[1]?.length === 1) return false;
  // A leading zero and nine to eleven digits in groups are a telephone wherever trunk prefixes are used, however the groups fall.
  if (/^\(?[0O]/.test(written))
    return count >= 8 && count <= 13 && (groups.length > 1 || count >= 9) && !/^[\dO]\.[\dO]/.test(written);
  if ((groups.length < 2 && count < 9) || count < 8) return false;
  if (groups.length > 1 && groups.some((group) => group.length < 2)) return false;
  return countries.some((country) => parsePhoneNumberFromString(digits, country)?.isValid() ?? false);
}

/** Extensions, pagers and the like: too short for a telephone number, but a word says what they are. */
const EXTENSION =
  /(?<=(?<!\p{Alpha})(?:DW|Durchwahl|App\.|Apparat|Pieps?er|Funk(?:er)?|Tel(?:efon|\.)?|Fax|Telefax|ext|ext\.|extension|bleep|pager|poste|int\.|interno|tst|tst\.|toestel|pieper|sein|extensión|busca)[ .:]{1,3}(?:Nr\. ?|n° ?)?)-? ?(?:\d{2,5}|\d \d\d)(?:[-/ ]\d{1,4})?(?![\d.,/]\d|\d)|(?<=\d,? ?(?:(?:oder|or|ou|o|of) |(?:Fax|Telefax) ?:? ?))-\d{2,5}(?!\d)/giu;

/** 'DW 3345', 'ext 4471', 'Fax -119'. */
export function extensions({ text }: Reading): Span[] {
  return [...text.matchAll(EXTENSION), ...text.matchAll(BLEEP)].map((found) =>
    span(found.index, found.index + found[0].length, 'phone', 'possible', 'phone:extension'),
  );
}
