// The shapes of what stands behind a label, and between the two.

/** What stands between a label and its value; with a colon or its like, in a cell of a table or on the line below, a label is strong. */
export const SEPARATOR =
  /\)?(?:\.|°|º|ª)?(?:[ \t\u00a0]?\([^()\n]{0,40}\))?[ \t\u00a0]*(?:(?:nr|no|n°|nº|num|number|nummer|numer|č|lp)\.?(?=[ :.#°]))?[ \t\u00a0]*(?:([:=|#]|\.{2,}|\t)[ \t\u00a0:]*)?/iuy;
/** A number with its letters, blanks and strokes; the first group without its sign. */
export const NUMBER =
  /[#°№(]{0,2}((?:[A-Z]{1,4}[-/ ]?){0,2}\d[\dA-Za-z]*(?:[-/.]?[\dA-Z]+)*(?: (?:[A-Z]{1,3}(?= \d+\/\d| \d{3}(?!\d))|\d[\dA-Z]*(?:[-/.][\dA-Z]+)*)){0,15}(?: ?[-/] ?[A-Z]{1,2}(?![\p{Alpha}\d]))?)/uy;
/** Capitals and digits, at least one of these. */
export const LETTERED = /(?=[A-Z\d./-]*\d)[A-Z][A-Z\d]{1,5}(?:[-/. ]?[A-Z\d]+){1,6}(?![\p{Alpha}])/uy;
/** 'NP/kt/4471902': who wrote and who typed, and the number. */
export const REFERENCE = /(?:\p{Alpha}{1,5}[/-]){1,3}\d[\dA-Za-z]*(?:[-/.][\dA-Z]+)*/uy;
/** 'Personalausweis (L7X0R3K12)' */
export const IN_BRACKETS = /^\.? ?\(((?=[^)]*\d[^)]*\d[^)]*\d[^)]*\d)[A-Z\d][A-Z\d./ -]{3,20})\)/;
/** What makes a number a quantity. */
export const MEASURE =
  /^ ?(?:mg|g|kg|µg|mcg|ml|l|mm|cm|%|°|mmhg|jahre?|ans|years?|anni|años|jaar|tage?|x|uhr|h|min|\/min|cp|tabl)(?![\p{Alpha}\d])/iu;
/** The first group is the number as it is dialled, with its extension behind. */
export const PHONE =
  /(?:[^\d\n+(:]{0,22}[:.]?[ \t]{0,3})((?:\(?\+|\(|[\dO])[\dO ()./\u00a0-]{2,26}[\dO])(?: ?(?:[Ee]xt|DW|[Dd]urchwahl|[Ii]nt|[Pp]oste|Klappe|anknytning|wew)\.? ?\d{1,6}(?!\d))?/uy;
/** The first group is a year alone. */
export const YEAR = /[^\d\n]{0,6}((?:19|20)\d\d)(?![\d.,/-])/y;
/** The sign of a birth before a date. */
export const STAR = /[*✱°†](?= ?(?:am )?\d{1,2}[./-])/g;
/** '*1933' */
export const BORN_YEAR = /(?<=[*✱†] ?)(?:19|20)\d\d(?!\d|[.,/-]\d)/g;
