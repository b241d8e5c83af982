import * as atVnr from 'stdnum/lib/cjs/at/vnr.js';
import * as beNn from 'stdnum/lib/cjs/be/nn.js';
import * as bgEgn from 'stdnum/lib/cjs/bg/egn.js';
import * as chSsn from 'stdnum/lib/cjs/ch/ssn.js';
import * as czRc from 'stdnum/lib/cjs/cz/rc.js';
import * as deSvnr from 'stdnum/lib/cjs/de/svnr.js';
import * as dkCpr from 'stdnum/lib/cjs/dk/cpr.js';
import * as eeIk from 'stdnum/lib/cjs/ee/ik.js';
import * as esDni from 'stdnum/lib/cjs/es/dni.js';
import * as esNie from 'stdnum/lib/cjs/es/nie.js';
import * as fiHetu from 'stdnum/lib/cjs/fi/hetu.js';
import * as frNir from 'stdnum/lib/cjs/fr/nir.js';
import * as grAmka from 'stdnum/lib/cjs/gr/amka.js';
import * as hrOib from 'stdnum/lib/cjs/hr/oib.js';
import * as itCodiceFiscale from 'stdnum/lib/cjs/it/codicefiscale.js';
import * as ltAsmens from 'stdnum/lib/cjs/lt/asmens.js';
import * as nlBsn from 'stdnum/lib/cjs/nl/bsn.js';
import * as noFodselsnummer from 'stdnum/lib/cjs/no/fodselsnummer.js';
import * as plPesel from 'stdnum/lib/cjs/pl/pesel.js';
import * as ptNif from 'stdnum/lib/cjs/pt/nif.js';
import * as roCnp from 'stdnum/lib/cjs/ro/cnp.js';
import * as sePersonnummer from 'stdnum/lib/cjs/se/personnummer.js';
import * as siEmso from 'stdnum/lib/cjs/si/emso.js';

/** A national number of persons by its shape, and by its checksum where it has one. */
export interface NationalNumber {
  readonly rule: string;
  readonly shape: RegExp;
  readonly isValid: (written: string) => boolean;
  /** So particular a shape that it is one, even where the checksum is mistyped or there is none. */
  readonly shapeEnough: boolean;
}

interface Checked {
  validate(written: string): { readonly isValid: boolean };
}

const by = (number: Checked) => (written: string) => number.validate(written).isValid;
const digitsOf = (written: string) => Array.from(written.replace(/\D/g, ''), Number);

/** Insurant's number of Germany (§ 290 SGB V): a letter as two digits, then nine; digits weighed 1, 2, 1, 2 … and their sums of digits added, modulo 10. */
export function isKvnr(written: string): boolean {
  const compact = written.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]\d{9}$/.test(compact)) return false;
  const letter = String(compact.charCodeAt(0) - 64).padStart(2, '0');
  const digits = digitsOf(letter + compact.slice(1, 9));
  const sum = digits.reduce((total, digit, index) => {
    const product = digit * (index % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === Number(compact[9]);
}

/** TAJ number of Hungary: eight digits weighed 3, 7, 3, 7 …, modulo 10, and the check digit. */
export function isTaj(written: string): boolean {
  const digits = digitsOf(written);
  const sum = digits.slice(0, 8).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 7), 0);
  return digits.length === 9 && sum % 10 === digits[8];
}

/** Personal code of Latvia, old style: weights 10, 5, 8, 4, 2, 1, 6, 3, 7, 9 from 1101, modulo 11 and 10. New codes begin with 32 and have no checksum. */
export function isLatvianCode(written: string): boolean {
  const digits = digitsOf(written);
  if (digits.length !== 11) return false;
  if (digits[0] === 3 && digits[1] === 2) return true;
  const weights = [1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0);
  return ((((1101 - sum) % 11) + 11) % 11) % 10 === digits[10];
}

/** NHS number: nine digits weighed 10 to 2, modulo 11. */
export function isNhsNumber(written: string): boolean {
  const digits = digitsOf(written);
  const sum = digits.slice(0, 9).reduce((total, digit, index) => total + digit * (10 - index), 0);
  return digits.length === 10 && (11 - (sum % 11)) % 11 === digits[9];
}

/** Of either case as it stands: to be told so takes the engine a third of the time. */
const SIGN = '(?-i:[\\p{Alpha}\\d])';

const number = (
  rule: string,
  shape: string,
  isValid: NationalNumber['isValid'],
  shapeEnough = false,
): NationalNumber => ({
  rule,
  shape: new RegExp(`(?<!${SIGN}|\\d[.,/-])(?:${shape})(?!${SIGN}|[.,-]\\d)`, 'giu'),
  isValid,
  shapeEnough,
});

/** Numbers of the network's countries and their neighbours that can be told by their shape with a checksum. */
export const nationalNumbers: readonly NationalNumber[] = [
  number('fr:nir', '[12] ?\\d\\d ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d\\d|2[AB]) ?\\d{3} ?\\d{3} ?\\d\\d', by(frNir)),
  number(
    'it:codice-fiscale',
    '[A-Z]{3} ?[A-Z]{3} ?\\d\\d[A-EHLMPRST]\\d\\d ?[A-Z]\\d{3}[A-Z]',
    by(itCodiceFiscale),
    true,
  ),
  number('es:dni', '\\d{8}[- ]?[A-HJ-NP-TV-Z]', by(esDni)),
  number('es:nie', '[XYZ][- ]?\\d{7}[- ]?[A-Z]', by(esNie)),
  number('de:kvnr', '[A-Z] ?\\d{3} ?\\d{3} ?\\d{3}', isKvnr),
  number('de:svnr', '\\d\\d ?\\d{6} ?[A-Z] ?\\d{3}', by(deSvnr)),
  number('ch:ahv', '756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d\\d', by(chSsn), true),
  number('at:svnr', '\\d{4} ?(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-5])\\d\\d', by(atVnr)),
  number('be:nn', '\\d\\d\\.?\\d\\d\\.?\\d\\d[- ]?\\d{3}[. ]?\\d\\d', by(beNn)),
  number('nl:bsn', '\\d{9}|\\d{4}\\.\\d{2}\\.\\d{3}', by(nlBsn)),
  number('gb:nhs', '\\d{3}[ -]\\d{3}[ -]\\d{4}', isNhsNumber),
  number('bg:egn', '\\d{10}', by(bgEgn)),
  number('cz:rc', '\\d{6}/\\d{3,4}', by(czRc), true),
  number('dk:cpr', '(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d\\d-\\d{4}', by(dkCpr), true),
  number('ee:ik', '[1-6]\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{4}', by(eeIk)),
  number('fi:hetu', '(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d\\d[-+A-FU-Y]\\d{3}[0-9A-Y]', by(fiHetu), true),
  number('gr:amka', '(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d{7}', by(grAmka)),
  number('hr:oib', '\\d{11}', by(hrOib)),
  number('hu:taj', '(?<!\\d )\\d{3}[ -]\\d{3}[ -]\\d{3}(?! \\d)', isTaj),
  number('lt:asmens-kodas', '[3-6]\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{4}', by(ltAsmens)),
  number('lv:personas-kods', '\\d{6}-\\d{5}', isLatvianCode, true),
  number('no:fodselsnummer', '\\d{6} ?\\d{5}', by(noFodselsnummer)),
  number('pl:pesel', '\\d{11}', by(plPesel)),
  number('pt:nif', '[1-3]\\d{8}|[1-3]\\d\\d \\d{3} \\d{3}', by(ptNif)),
  number('ro:cnp', '[1-9]\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{6}', by(roCnp)),
  number(
    'se:personnummer',
    '(?:19|20)?\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])[-+]\\d{4}',
    by(sePersonnummer),
    true,
  ),
  number('si:emso', '(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d{3}5\\d{5}', by(siEmso)),
];
