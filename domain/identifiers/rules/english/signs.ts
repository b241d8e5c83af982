import type { Span } from '../../spans.ts';
import { type Reading, span } from '../reading.ts';

/** 'RK', 'TRW', "MO'D", 'LMcA', 'LdV', 'P. McG.': somebody's initials as a sign. */
const SIGN =
  "(?!\\p{Uppercase}{4})\\p{Uppercase}{1,2}(?:\\. ?(?=\\p{Uppercase}))?(?:[Mm]a?c|O?['’]|[dv][aeu]?)?\\p{Uppercase}{1,2}\\.?";
const SIGNS = `(${SIGN})((?:(?:, ?| ?/ ?| ?& ?| and | \\+ )${SIGN})*)(?![\\p{Alpha}\\d'’%+=-])`;
/** Abbreviations that stand where signs do. */
const NO_SIGN =
  /^(?:A(?:AA|BG|BI|BX|C|CS|CT|E|F|FP|I|KI|M|MT|NA|OK|P|R|SA|SAP|TB|VM|VF|VR|XR)|B(?:C|D|M|MI|MS|NP|O|P|S|T)|C(?:BT|CF|CCU|CU|EA|FA|HD|KD|LI|NS|OPD|PR|RP|RT|SF|SU|T|TA|TPA|VA|VP|X|XR)|D(?:C|H|M|NA|NR|OA|OB|P|SA|VT|W|X)|E(?:BL|CG|CHO|D|DS|EG|F|G|GFR|KG|MG|NT|OLC|PR|R|SR|TA|TT|U|VAR)|F(?:B|BC|FP|H|U|Y)|G(?:A|B|CA|CS|I|P|PS|TN|U)|H(?:B|CA|DU|F|H|HT|IV|OB|PC|R|T|TN|V|X)|I(?:A|C|CD|CP|CU|D|E|F|GG|HD|IA|II|IV|M|NR|P|R|T|TU|UK|V|VC|VF|VI|X)|J(?:IC|P|VP)|K(?:UB|VO)|L(?:A|AD|BP|FT|L|MP|MWH|N|P|RV|UQ|UTS|VF)|M(?:CA|CS|D|DT|E|I|M|MSE|N|R|RA|RC|RI|RSA|S|SU|T|V|W)|N(?:A|AD|B|BM|CT|D|EG|FA|G|HS|IL|KDA|O|OK|OS|PO|R|SR|STEMI|V)|O(?:CP|D|E|GD|K|M|N|OB|P|PD|PG|R|S|SA|T)|P(?:A|AD|AF|C|CA|CI|CP|CR|CV|D|E|EG|ET|FA|H|HB|I|ICC|M|MH|MR|N|O|PI|PM|R|RN|S|SA|T|TS|TT|U|V|X)|Q(?:A|DS|ID|OF)|R(?:A|BC|CA|IF|IP|LL|MO|N|R|S|T|TA|TC|TI|UQ|V|X)|S(?:AH|B?OB|C|FA|HO|LE|LT|MA|N|OS|PR|R|TD|TR|TS|VC|VT|W|X)|T(?:A|B|BA|BC|CI|CTS|DS|ED|EVAR|FT|I|IA|LC|MT|NF|OE|OP|P|PN|SH|T|TA|TO|TE|X)|U(?:A|C|E|K|O|S|SA|SS|TI)|V(?:A|AC|BG|F|P|RE|SD|T|TE)|W(?:BC|CC|D|LE|R|T|X)|X(?:R|X)|Y(?:O|R)|I{1,3}V?|VI{0,3}|IX|XI{0,3}|NO|YES|OK|AND|THE|FOR|ALL|OUT|OFF|NEW|OLD|NOT|BUT|HE|SHE|IT|WE|MY|BY|TO|OF|IN|AT|AS|IF|IS|BE|SO|GO|UP|US)\.?$/;
/** Who did or wrote something, by words that a sign follows. */
const WORD =
  '(?:[Ss]ign(?:ed|s)?(?: off)?(?: by)?|[Ss]ig|[Ii]nitial(?:l?ed|s)(?: by)?|[Cc]losed(?: by)?|[Cc]hecked(?: by)?|[Dd]one(?: by)?|[Ww]itness(?:ed)?(?: by)?|[Oo]p(?:erator)?(?: ID)?|[Oo]n duty|[Mm]arked|[Aa]pologies|[Pp]resent|[Ii]n attendance|[Aa]ttend(?:ees|ed by)|[Cc]hair|[Mm]inutes(?: by)?|[Ff]iled(?: by)?|[Aa]ctioned(?: by)?|[Cc]ountersigned(?: by)?|[Cc]ompleted by|[Tt]aken by|[Bb]led by|[Rr]ecorded by|[Ee]ntered by|[Ll]ogged by|[Ss]een by|[Rr]eviewed by|[Rr]eported by|[Rr]eferred by|[Rr]eferrer|[Pp]repared by|[Pp]erformed by|[Aa]dministered by|[Gg]iven by|[Dd]ispensed(?: by)?|[Cc]ollected by|[Rr]eceived by|[Aa]uthorised(?: by)?|[Vv]alidated(?: by)?|[Rr]eader|[Rr]adiographer|[Tt]ech(?:nician)?|[Nn]urse|[Ss]taff|[Ss]onographer|[Ss]crub|[Rr]unner|[Aa]naesth(?:etist)?|[Ss]urg(?:eon)?|[Aa]sst|[Aa]ssistants?|[Uu]pdated by|[Aa]dded by|[Rr]ung by|[Bb]leeped by|[Cc]alled by|[Tt]ranscribed by|[Aa]nnotated by|[Ii]nput(?: by)?|[Uu]ser(?: ID)?|[Rr]esp(?:onsible)?|[Aa]ction(?: by)?|[Oo]wner|[Ll]ead|[Oo]bs(?: by)?|SIGN(?:ED)?|INITIALS|APOLOGIES|PRESENT|CHECKED(?: BY)?|GIVEN BY|SEEN BY|OP)';
const BEHIND_WORD = new RegExp(`(?=\\p{Uppercase})(?<=(?<![\\p{Alpha}-])${WORD}(?: ?[:=–-] ?| ))${SIGNS}`, 'gu');
/** 'given 17:12 EW/SO': the signs behind what was given and when. */
const GIVEN = new RegExp(
  `(?=\\p{Uppercase})(?<=(?<!\\p{Alpha})(?:given|admin|taken|started|stopped|checked|done|seen|turned|changed|up|down|out|in|GIVEN)(?: at| @)? (?:[01]?\\d|2[0-3])[:.]?[0-5]\\d(?:hrs?|h)? )${SIGNS}(?=[ \\t]*(?:[\\n,;.)|]|$))`,
  'gmu',
);
/** 'LdV told.', 'RK informed', 'TJH to ring': a sign that does something, at the start of a sentence. */
const DOES = new RegExp(
  `(?<=(?:^|[.!?;] |, |– ))(${SIGN})(?= (?:told|aware|informed|to (?:ring|call|chase|email|write|do|action|check|review|discuss|follow|arrange|contact|speak|update|see|send|book|ask)|will|rang|phoned|emailed|reviewed|agreed|agrees|said|says|happy|noted|chasing|bleeped|notified|present|attended|away|off|on leave)(?!\\p{Alpha}))`,
  'gmu',
);
/** A line of notes with its hour or day, closed by a sign; the last words of a text. */
const CLOSED = new RegExp(`(?<=[.!?)”"’] ?|–|— ?| {2})(${SIGN})(?=[ \\t]*$)`, 'gmu');
const TIMED =
  /^[ \t]*(?:[-–•*] ?)?(?:(?:[01]?\d|2[0-3])[:.]?[0-5]\d|\d{1,2}[/.-]\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\s\p{Alpha}{3}|\p{Alpha}{3,9}[ :–-])/u;
/** A line that is a sign alone. */
const ALONE = new RegExp(`^[ \\t]*(?:[–—/-] ?)?(${SIGN})(?: ?/ ?(${SIGN}))?[ \\t]*$`, 'gmu');
/** The head of a column of signs. */
const COLUMN =
  /[|\t;,] ?(?:[Ss]ign(?:ed|ature)?|[Ii]nit(?:ial)?s?|[Bb]y|[Nn]urse|[Ss]taff|[Oo]perator|[Oo]p|[Aa]ssessor|[Cc]hecked|[Gg]iven by|[Ss]een by|SIGN(?:ED)?|INIT(?:IAL)?S?|BY|NURSE)[ \t]*(?:[|\t;,]|$)/mu;
const CELL = new RegExp(`(?<=[|\\t;,] ?)(${SIGN})(?:/(${SIGN}))?(?= ?(?:[|\\t;,]|$))`, 'gmu');
/** 'Baby M', 'known as J': one letter for a whole name. */
const LETTER =
  /(?=\p{Uppercase})(?<=(?<!\p{Alpha})(?:[Bb]aby|[Kk]nown as|[Cc]alled|[Cc]hild|[Pp]atient|[Pp]t|[Mm]rs?|[Mm]s|[Mm]iss|[Dd]r|[Ss]r|[Ss]ister|[Mm]aster|[Cc]lient|[Mm]other|[Ff]ather) )\p{Uppercase}(?!\p{Alpha}|['’]?s?\.?\p{Alpha}|[+-]|\.\d)(?=['’]s |[ ,.;:)\n–]|$)/gu;
/** 'J's uncle' */
const LETTERS_OWN =
  /(?<![\p{Alpha}\d.'’-])\p{Uppercase}(?=['’]s (?:mum|mother|father|dad|uncle|aunt|sister|brother|wife|husband|partner|son|daughter|gran|nan|cousin|niece|nephew|parents|family|house|school|teacher|carer|foster))/gu;

/** Whether something written like a sign is an abbreviation: 'NAD', 'E.D.'. */
export const isAbbreviation = (written: string): boolean => NO_SIGN.test(written.replace(/['’. ]/g, ''));

/** Those who wrote, gave, checked or were there, by their initials, in English notes. */
export function englishSigns({ text }: Reading): Span[] {
  const spans: Span[] = [];
  const add = (start: number, written: string | undefined, rule: string) => {
    if (written && !isAbbreviation(written)) spans.push(span(start, start + written.length, 'name', 'possible', rule));
  };
  /** The signs of a row, each by itself: one may be an abbreviation. */
  const addAll = (start: number, written: string, rule: string) => {
    for (const { index, 0: sign } of written.matchAll(ONE)) add(start + index, sign, rule);
  };
  for (const { index, 0: written } of text.matchAll(BEHIND_WORD)) addAll(index, written, 'sign:behind-word');
  for (const { index, 0: written } of text.matchAll(GIVEN)) addAll(index, written, 'sign:given');
  for (const { index, 0: written } of text.matchAll(DOES)) add(index, written, 'sign:does');
  const end = text.trimEnd().length;
  for (const { index, 0: written } of text.matchAll(CLOSED)) {
    const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
    if (index + written.length >= end || TIMED.test(line)) add(index, written, 'sign:closed');
  }
  for (const found of text.matchAll(ALONE))
    if (found.index + found[0].trimEnd().length >= end && found.index > 0) addAll(found.index, found[0], 'sign:alone');
  if (COLUMN.test(text)) for (const { index, 0: written } of text.matchAll(CELL)) addAll(index, written, 'sign:column');
  for (const pattern of [LETTER, LETTERS_OWN])
    for (const { index, 0: written } of text.matchAll(pattern))
      spans.push(span(index, index + written.length, 'name', 'possible', 'sign:letter'));
  return spans;
}

const ONE = new RegExp(SIGN, 'gu');
