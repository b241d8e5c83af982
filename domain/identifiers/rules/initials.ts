import type { Span } from '../spans.ts';
import { isFirstName, isLastName } from './name-run.ts';
import { gap, type Reading, span } from './reading.ts';

const INITIALS = '\\p{Uppercase}\\.[ -]?\\p{Uppercase}\\.(?:[ -]?\\p{Uppercase}\\.)?';
/** An age, a sex or a year behind them says that they are a person's. */
const BEFORE_AGE = new RegExp(
  `(?<![\\p{Alpha}\\d.])${INITIALS}(?=,? {0,2}\\(?(?:m|f|w|v|♂|♀|h)?[,. ]{0,2}(?:\\d{1,3} ?(?:J(?:\\.|,|ahre|\\b)|j(?:r|aar)?\\b|a(?:a|ños|nni|ns)?\\b|y(?:o|rs?|ears?)?\\b|[MFWmfwv]\\b|let\\b|lat\\b|ani|anos|éves|år|ετών|г\\.|god|év|[vgmr](?:\\.|\\b))|lat \\d|(?:19|20)\\d\\d\\b))`,
  'gu',
);
/** In a list, in brackets, behind a word for the patient, and closed by a sign. */
const LISTED = new RegExp(
  `(?=\\p{Uppercase}\\.)(?<=(?:^|\\n|\\n[-–•*] ?|\\d[).] |[(/] ?|(?<!\\p{Alpha})(?:[Pp]at(?:ient(?:in|e)?|\\.)?:?|[Pp]t|[Pp]aciente|[Pp]aziente|[Pp]atiënt[e]?|[Ii]nitial(?:e|en|s|es)?:?|[Ii]ni(?:ciales|ziali):?|[Ff]all \\d+:|[Cc]as[eo]? \\d+:) ))${INITIALS}(?= ?[,;:)(/\\n]| \\(| \\p{Ll}|$)`,
  'gu',
);
/** The first words of a case of a list: 'Fall 3: Schönfelder, P. (…)'; not the authors of a reference. */
const CASE =
  /(?<=(?<!\p{Alpha})(?:[Ff]all|[Cc]as[eo]?|[Cc]asus|[Pp]at(?:ient(?:in|e)?|\.)?) \d{1,3}[:.)] ?)\p{Uppercase}[\p{Alpha}'’-]+, \p{Uppercase}\.(?! ?\p{Uppercase}\.|[,&]| et al| \(?\d{4})/gu;
/** 'Pat. 3: Lindhorst, Ingeburg, …': the same with the whole first name. */
const WHOLE_CASE =
  /(?<=(?<!\p{Alpha})(?:[Ff]all|[Cc]as[eo]?|[Cc]asus|[Pp]at(?:ient(?:in|e)?|\.)?|[Pp]aciente|[Pp]aziente|[Pp]atiënt) ?\d{1,3}[:.)] ?)\p{Uppercase}[\p{Alpha}'’-]+, \p{Uppercase}\p{Ll}[\p{Alpha}-]+(?=,? ?(?:[,;.(*\n–-]|$|geb|né|nat|nac|\d))/gu;
/** What is so written and no person. */
const NO_PERSON =
  /^(?:C\.F|I\.V|S\.C|E\.V|I\.M|U\.O|A\.O|P\.O|T\.A|P\.A|F\.C|T\.C|R\.M|N\.B|P\.S|U\.S|D\.C|V\.A|Z\.N|O\.B|A\.P|M\.C|E\.F|S\.A|S\.L|B\.V|N\.V|H\.C|D\.D|A\.M|P\.M|Q\.S|S\.S|O\.S|D\.O|R\.R|L\.W|E\.K|O\.D|C\.V|P\.E|M\.D|B\.I|Z\.B|I\.A|U\.A|D\.H|I\.E|E\.G|J\.R|S\.R|A\.S|G\.A|K\.O|N\.A|V\.S|P\.C|I\.R|C\.C|I\.D|O\.J|D\.N|N\.I|A\.A|A\.V)\./;

/** Persons by their initials ('M.K., 43 J.', '2) L.M., …', '(F.K., 1988)'), at the head of a case ('Fall 3: Schönfelder, P.'), and by a name with one initial behind it ('Petra S.', 'BENHAMOU S.'). */
export function initialled(reading: Reading): Span[] {
  const { text, tokens, tables } = reading;
  const spans: Span[] = [];
  for (const found of text.matchAll(BEFORE_AGE))
    spans.push(span(found.index, found.index + found[0].length, 'name', 'possible', 'initials'));
  for (const found of text.matchAll(LISTED))
    if (!NO_PERSON.test(found[0]))
      spans.push(span(found.index, found.index + found[0].length, 'name', 'possible', 'initials'));
  for (const found of [...text.matchAll(CASE), ...text.matchAll(WHOLE_CASE)])
    spans.push(span(found.index, found.index + found[0].length, 'name', 'possible', 'initials'));
  tokens.forEach((token, at) => {
    const initial = tokens[at + 1];
    if (initial?.shape !== 'initial' || token.shape === 'lower' || token.folded.length < 3) return;
    if (gap(reading, at) !== ' ' || text[initial.end] !== '.' || tables.ordinary.has(token.folded)) return;
    const behind = text.slice(initial.end + 1, initial.end + 3);
    if (!/^(?: \p{Ll}| \(|[,;)"“”]|$|\n)/u.test(behind) || tables.eponyms.has(token.folded)) return;
    const known = isFirstName(reading, token) || isLastName(reading, token);
    if (known && !reading.written.has(token.folded))
      spans.push(span(token.start, initial.end + 1, 'name', 'possible', 'initials'));
  });
  return spans;
}
