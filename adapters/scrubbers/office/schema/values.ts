import { fonts } from './fonts.ts';

/** What an attribute's value is written as in the output, or undefined where it goes. */
export type Value = (value: string) => string | undefined;

const matching =
  (pattern: RegExp): Value =>
  (value) =>
    pattern.test(value) ? value : undefined;

/** Each piece of a list on its own: one pattern over all of it could be made to take for ever. */
const list =
  (separator: RegExp, piece: RegExp): Value =>
  (value) =>
    value.split(separator).every((one) => piece.test(one)) ? value : undefined;

/** Numbers with their units, hexadecimal numbers, truth values, and lists of these. */
export const measure = list(
  /[ ,:]/,
  /^(?:-?\d{0,12}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,3})?(?:%|pt|px|cm|mm|in|pc|pi|em)?|[0-9A-Fa-f]{2}|(?=[0-9A-Fa-f]*\d|FFFF)[0-9A-Fa-f]{3,5}|#?[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}|true|false|on|off)$/,
);
/** Cells, rows and columns of a sheet: 'A1', '$A$1:B7', '2:5', several with spaces between. */
export const cells = list(/ /, /^\$?[A-Z]{0,3}\$?\d{0,7}(?::\$?[A-Z]{0,3}\$?\d{0,7})?$/);
export const guid = matching(/^\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}$/);
export const space = matching(/^(?:preserve|default)$/);

const scriptNames = new Intl.DisplayNames('en', { type: 'script', fallback: 'none' });
const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** A language that there is (BCP 47), with its script and its region: any letters have the form of one. */
export const language: Value = (value) => {
  const [, name, written, region] = /^([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|\d{3}))?$/.exec(value) ?? [];
  if (name === undefined || !languageNames.of(name.toLowerCase())) return undefined;
  if (written !== undefined && !scriptNames.of(written[0]?.toUpperCase() + written.slice(1).toLowerCase()))
    return undefined;
  return region === undefined || regionNames.of(region.toUpperCase()) ? value : undefined;
};

const known = new Map(fonts.map((name) => [name.toLowerCase(), name]));

/** A font family that many systems have; any other name may be somebody's own, and gives way to one that all have. */
export const font: Value = (value) => {
  if (/^\+m[jn]-(?:lt|ea|cs)$/.test(value) || value === '') return value;
  return known.get(value.toLowerCase()) ?? 'Arial';
};

/** One character that is no letter and no digit, or none: a bracket, a sum's sign. */
export const character: Value = (value) => (/^[^\p{L}\p{N}]?$/u.test(value) ? value : undefined);

/** One or two characters: a bullet, a decimal sign. */
export const sign: Value = (value) => (Array.from(value).length <= 2 ? value : undefined);

const BUILT_IN = /^(?:w|h|l|r|t|b|hc|vc|ss|ls|[wh]d\d{1,2}|ssd\d{1,2}|\d?cd\d)$/;
const OPERATORS = new Set('*/ +- +/ ?: abs at2 cat2 cos max min mod pin sat2 sin sqrt tan val'.split(' '));
const isOperand = (one: string) =>
  /^-?\d{1,12}$/.test(one) || /^(?:adj\d?|vf|hf|g\d{1,5})$/.test(one) || BUILT_IN.test(one);

/** A place in a shape's own geometry: a number, a guide that was renamed, one that there always is (ECMA-376-1, 20.1.9 and 20.1.10.24). */
export const coordinate: Value = (value) => (isOperand(value) ? value : undefined);
/** A guide's formula: an operator and its operands. */
export const formula: Value = (value) => {
  const [operator = '', ...operands] = value.trim().split(/ +/);
  return OPERATORS.has(operator) && operands.every(isOperand) ? value : undefined;
};
/** A guide's name: a preset's, or one that was renamed. */
export const guide = matching(/^(?:adj\d?|vf|hf|g\d{1,5})$/);

/** A script that there is (ISO 15924). */
export const script: Value = (value) => (/^[A-Z][a-z]{3}$/.test(value) && scriptNames.of(value) ? value : undefined);
export const integer = matching(/^\s*-?\d{1,12}\s*$/);
export const decimal = matching(/^\s*-?\d{0,20}(?:\.\d{0,25})?(?:[eE][-+]?\d{1,3})?\s*$/);
export const word =
  (...words: readonly string[]): Value =>
  (value) =>
    words.includes(value) ? value : undefined;
export const fixed =
  (text: string): Value =>
  () =>
    text;
/** Shown to a reader: it stays, without what has no shape. */
export const shown: Value = (value) => value.replace(/[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/gu, '');

/** Words of a number format that are no literal text: dates, colours, conditions, languages (18.8.31). */
const FORMAT_WORD =
  /^(?:general|standard|[ymdhsgeb]{1,5}|(?:y{1,4}|m{1,5}|d{1,4}|h{1,2}|s{1,2}){2,6}|am|pm|a|p|black|blue|cyan|green|magenta|red|white|yellow|color\d{0,2}|e)$/i;

/** Literal text of a number format: within quotes, or a sign at a time behind a backslash. */
const LITERAL = /(?:"[^"]*"|\\[^"])+/gu;
/** Letters and digits that were written one by one are a word all the same: within quotes they are read as one. */
const together = (literal: string): string => {
  const text = literal.replace(/"([^"]*)"|\\(.)/gu, '$1$2');
  return (text.match(/[\p{Alpha}\p{Nd}]/gu) ?? []).length > 2 && literal.includes('\\') ? `"${text}"` : literal;
};
/** So many digits in a format that are no places for digits are a number. */
const DIGITS = 6;

/** A number format whose literal words stand within quotes alone; `quoted` says whether these stay. What is none, or empty, becomes the general one. */
export const numberFormat =
  (quoted: boolean): Value =>
  (value) => {
    const plain = value
      .replace(LITERAL, together)
      .replace(/"([^"]*)"/g, (whole, text: string) =>
        quoted || !/\p{Alpha}{3}|(?:\p{Nd}\P{Nd}*){3}/u.test(text) ? whole : '',
      );
    const bare = plain
      .replace(/"[^"]*"/g, ' ')
      .replace(/\[\$([^\]\p{Alpha}]|\p{Alpha}{1,4})*-[0-9A-Fa-f,]{1,12}\]/gu, ' ')
      .replace(/[\\_*](.)/g, '$1');
    const isPlain =
      (bare.match(/\p{Alpha}[\p{Alpha}\d]*/gu) ?? []).every((word) => FORMAT_WORD.test(word)) &&
      (bare.match(/[\d.]+/g) ?? []).every((number) => /^[0.]*\d{0,3}[0.]*$|^[09.]+$/.test(number)) &&
      (bare.match(/[1-8]/g) ?? []).length <= DIGITS;
    return isPlain && plain !== '' ? plain : 'General';
  };
