/** Functions that make a number of numbers, or choose between them: none makes words, dates or places. */
const FUNCTIONS = new Set(
  'ABS AND AVERAGE AVERAGEIF AVERAGEIFS CEILING COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS EVEN EXP FLOOR IF IFERROR INT ISBLANK ISERROR ISNUMBER LN LOG LOG10 MAX MEDIAN MIN MOD NOT ODD OR PERCENTILE POWER PRODUCT QUARTILE RANK ROUND ROUNDDOWN ROUNDUP SIGN SQRT STDEV STDEV.P STDEV.S SUM SUMIF SUMIFS SUMPRODUCT SUMSQ TRUNC VAR VAR.P VAR.S'.split(
    ' ',
  ),
);
const TOKEN =
  /\s*(?:(?<name>[A-Z][A-Z0-9.]{0,20})(?=\()|(?<cell>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?![\w(.]))|(?<number>\d{1,5}(?:\.\d{1,5})?(?![\w.]))|(?<text>"[^"]{0,2}")|(?<truth>TRUE|FALSE)\b|(?<sign><=|>=|<>|[-+*/^%(),:<>=]))/y;
const LONGEST = 400;

/**
 * A formula (ECMA-376-1, 18.17) that may stay where its program left no value beside it, as libraries do: numbers, cells of its own sheet, and functions of numbers; nothing that could spell a name. Undefined for any other.
 */
export function plainFormula(formula: string): string | undefined {
  if (formula.length > LONGEST) return undefined;
  let at = 0;
  while (at < formula.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(formula);
    if (!found || found[0] === '') return undefined;
    const name = found.groups?.['name'];
    if (name !== undefined && !FUNCTIONS.has(name)) return undefined;
    at += found[0].length;
  }
  return formula;
}
