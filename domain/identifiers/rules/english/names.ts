import type { Span } from '../../spans.ts';
import { touchesDisease } from '../eponyms.ts';
import { isWordOfMedicine, isWordOfReports } from '../medicine.ts';
import { isFirstName, isLastName, isNameLike } from '../name-run.ts';
import { gap, type Reading, span, tokenAt } from '../reading.ts';
import type { Token } from '../tokens.ts';
import { isUnlistedWord } from '../unlisted.ts';
import { isWordOfEnglish } from '../vocabulary.ts';

/** Small words within a name. */
const PART =
  "(?:ap|ab|ferch|[Vv]erch|Ní|Nic|Ó|Uí|Mac|Mc|bin|binti|bint|ibn|abu|al|el|ul|ud|van|van 't|van der|van den|van de|von|von der|ter|ten|af|av|zu|de|de la|de los|de las|da|do|dos|das|di|du|del|della|dela|le|la|St|y|e|Abdul?)";
const WORD = "\\p{Uppercase}(?:['’]\\p{Uppercase})?[\\p{Ll}\\p{Uppercase}]*\\p{Alpha}(?:[-'’]\\p{Alpha}+)*";
const NAME = `(?:${PART}[ -])?${WORD}(?: (?:\\p{Uppercase}\\.? )?(?:${PART}[ -])?${WORD}){0,3}`;

/** Roles that a name stands behind. */
const ROLE =
  '(?:[Nn]urse|[Ss]taff nurse|[Cc]harge nurse|HCA|HCSW|SN|S\\/N|RN|RGN|EN|MW|[Mm]idwife|HV|[Hh]ealth visitor|SHO|[Rr]eg(?:istrar)?|SpR|StR|FY[12]|F[12]|ST[1-8]|CT[1-3]|[Cc]ons(?:ultant)?|[Ss]ec(?:retary)?|[Dd]river|[Cc]arer|[Pp]orter|[Cc]haplain|[Pp]riest|[Mm]inister|[Cc]urate|[Nn]anny|[Cc]hildminder|[Bb]abysitter|[Tt]eacher|[Hh]ead(?:teacher|master|mistress)|[Ss]ocial worker|SW|OT|PT|[Pp]hysio|[Dd]ietitian|SALT|SLT|PHN|CNS|ANP|ACP|PA|GP|[Mm]gr|[Mm]anager|[Cc]lerk|[Rr]eceptionist|[Ii]nterpreter|[Hh]ousekeeper|[Nn]eighbour|[Ff]latmate|[Rr]oommate|[Hh]ousemate|[Ll]andlord|[Ll]andlady|[Bb]oss|[Cc]oach|[Tt]rainer|[Ss]urgeon|[Aa]naesthetist|[Rr]adiologist|[Rr]adiographer|[Ss]onographer|[Tt]echnician|[Pp]aramedic|[Pp]harmacist|[Oo]ptician|[Dd]entist|[Cc]hiropodist|[Pp]odiatrist|[Ss]olicitor|[Oo]fficer|PC|WPC|DC|DS|DI|Sgt|Cpl|Capt|Maj|Lt|Col|[Cc]oroner|[Cc]ouncillor|[Cc]oordinator|[Cc]ounsellor|[Kk]eyworker|[Kk]ey worker|[Cc]hair|[Ss]tudent|[Cc]olleague|[Ff]riend|[Pp]al|[Mm]ate|[Cc]hum|[Dd]omestic|[Cc]leaner|[Vv]olunteer|[Ss]ister|[Mm]atron|[Mm]atey|[Bb]abcia|[Nn]ana|[Gg]ran|[Nn]onna|APT|BMS|ODP|ANNP|Imam|Rabbi|Pastor|Rev|Canon|[Bb]ro|[Ss]is|[Ee]x|[Bb]oyfriend|[Gg]irlfriend|bf|gf|[Hh]ubby|[Mm]issus)';
const BEHIND_ROLE = new RegExp(`(?=\\p{Uppercase})(?<=(?<![\\p{Alpha}\\d/-])${ROLE}:? )(${NAME})`, 'gu');
const KIN =
  '(?:husband|wife|partner|son|daughter|brother|sister|mother|mum|mummy|mam|mom|father|dad|daddy|nan|nanny|nana|gran|granny|grandma|grandmother|grandad|granddad|grandpa|grandfather|grandson|granddaughter|uncle|aunt|auntie|aunty|nephew|niece|cousin|stepson|stepdaughter|stepmum|stepdad|stepfather|stepmother|fianc[ée]e?|boyfriend|girlfriend|twin|boy|girl|baby|lad|child|friend|neighbour|carer|widow|spouse|in-law|taid|nain|foster mum|foster mother|foster carer|godmother|godfather|dog|cat|ex)';
/** Who is so called: 'named Raj', 'her son Kit', 'stillborn girl, named Angel'. */
const CALLED = new RegExp(
  `(?=\\p{Uppercase})(?<=(?<!\\p{Alpha})(?:named|called|nicknamed|known as|name is|name['’]s|my name|names are|christened|baptised|answers to|goes by|likes to be called|prefers|(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|the|[Ww]ith|and|a|[Ll]ittle|[Oo]lder|[Yy]ounger|[Ee]ldest|[Yy]oungest|[Ll]ate) ${KIN}) )["“‘']?(${NAME})`,
  'gu',
);
/** 'WIFE PAULINE PRESENT', 'Wife Pauline', 'Grandson Callum': the same at the start of a sentence. */
const KIN_FIRST = new RegExp(
  `(?=\\p{Uppercase})(?<=(?<![\\p{Alpha}-])(?:${KIN.replace(/\(\?:|\||\)$/g, (sign) => sign)}) )(${WORD})`,
  'giu',
);
/** 'Tom (FY2)', 'Precious Dube, SHO', 'F. Iqbal F2 #', 'dictated by Ptolemy Cross, partner': a name before who somebody is. */
const BEFORE_ROLE = new RegExp(
  `(?<![\\p{Alpha}'’.-])((?:\\p{Uppercase}\\.? ?){0,3}${NAME})(?=(?:,? \\(|, | – | - |,? )(?:FY?[12]|ST[1-8]|CT[1-3]|SHO|SpR|StR|IMT\\d?|[Rr]eg(?:istrar)?|[Cc]onsultant|RN|RGN|SN|HCA|MW|HV|CNS|ANP|ACP|PA-C|NP|MD|DO|PhD|FRCS|FRCP|MRCP|MBBS|OT|PT|SLT|ODP|BMS|partner|physio|midwife|registrar|(?:\\p{Ll}+ )?(?:surgeon|nephrologist|cardiologist|radiologist|physician|anaesthetist|geneticist|haematologist|neurologist|rheumatologist|paediatrician|pathologist|counsellor|pharmacist|secretary|nurse|coordinator|dietitian|podiatrist|solicitor|volunteer|interpreter|carer)|resp sho|Mrs|Mr|Miss|Ms|RETD|[Rr]etd)(?![\\p{Alpha}\\d]))`,
  'gu',
);
/** 'SINGH, Harjit', 'ODUYA, P.', 'LI Xiuying', 'KHAN Imran': a surname in capitals and what is given, with a cell or a piece of a line for themselves. */
const CAPITALS =
  /(?<=(?:^|[\n|;:,(\t] ?|\d[.)] {1,2}|(?<!\p{Alpha})(?:[Mm]rs?|[Mm]s|[Mm]iss|patient|pt|Pt) ))((?:\p{Uppercase}{2,}|Mc\p{Uppercase}{2,}|O['’]\p{Uppercase}{2,})(?:[-' ]\p{Uppercase}{2,}){0,2})(?:, ?(\p{Uppercase}\p{Ll}+(?:[- ]\p{Uppercase}\p{Ll}*\.?){0,2}|\p{Uppercase}\.(?: ?\p{Uppercase}\.)?)| (\p{Uppercase}\p{Ll}{2,}(?:[- ]\p{Uppercase}\p{Ll}+){0,2}))(?= ?(?:[|;,(\n\t]|\d|$|– |- ))/gmu;
/** 'Wójcik, Halina.', 'Demetriou, Androulla |', 'PEARCE, Violet Daisy 99': the same with one capital. */
const REVERSED =
  /(?<=(?:^|[\n|;(\t] ?|\d[.)] {1,2}|: ))(\p{Uppercase}[\p{Alpha}'’-]+), (\p{Uppercase}\p{Alpha}+(?: \p{Uppercase}(?:\p{Ll}+|\.))?)(?= ?(?:[|;.(\n\t]|\d|$|,? (?:[MF]|DOB|d\.?o\.?b|MRN|aged?)(?!\p{Alpha})))/gmu;
/** Who stands at the head of a point of a list: '- Amirthalingam ward 5', '3. ABIODUN, FISTULA', '• Sheila bed 4', 'E6: pt'. */
const LISTED = new RegExp(
  `(?<=^[ \\t]*(?:[-–•*] ?(?:#?\\d{1,2}[.:)]? )?|#?\\d{1,2}[.:)] ?|(?:bed|Bed|B|bay|Bay|room|Rm|S\\/R|SR) ?\\d{1,2}[:.)–-]? ?(?:– )?))(${NAME}|\\p{Uppercase}{3,}(?:[-' ]\\p{Uppercase}{3,})?)(?=,? ?(?:ward|wd|bed|bay|rm|room|cubicle|side ?room|s\\/r|theatre|– |- |— |: |, |\\()|\\?|[ \\t]*$)`,
  'gmu',
);
/** 'Agnes T', 'Bongani N': a first name and the initial of the rest. */
const WITH_INITIAL =
  /(?<![\p{Alpha}'’.-])(\p{Uppercase}\p{Ll}{2,}) (\p{Uppercase})(?= ?(?:[,;:)\n–—|/]|- |$)|\.(?=\s|$))/gmu;
/** What closes a message or a line of notes by a first name: 'R leg weeping. Ann', '— Rognvald', '/Håkan'. */
const CLOSING =
  /(?<=(?:[.!?)”"] ?|[–—/-] ?|\n[ \t]*))(\p{Uppercase}\p{Ll}{1,12}(?:-\p{Uppercase}\p{Ll}+)?)(?=[ \t]*(?:x+)?[ \t]*$)/gmu;
/** 'Mr ap Rhys', 'Mrs van 't Hoff-Asante', 'Aoife Ní Bhriain', 'S. de Paor'. */
const PARTED = new RegExp(
  `(?<![\\p{Alpha}'’-])(?:(?<=(?:[Mm]rs?|[Mm]s|[Mm]iss|[Dd]r|[Pp]rof|[Dd]ear|[Ss]r|[Ss]ister)\\.? )|((?!(?:Mrs?|Ms|Miss|Dr|Prof|Dear|Sr|Sister)(?!\\p{Alpha}))(?:\\p{Uppercase}\\.|${WORD})) )${PART}[ -]${WORD}`,
  'gu',
);
/** Capitals that are an abbreviation, where a surname might be. */
const ABBREVIATED =
  /^(?:CT|MR|MRI|MRA|CTA|US|USS|ECG|XR|CXR|IR|OP|PE|DVT|BP|HR|IV|ED|AE|ICU|ITU|HDU|GP|NHS|UK|USA|EU|AAA|TAA|PMH|DH|SH|FH|HPC|PC|OE|ABG|CRP|ESR|INR|LFT|FBC|UE|NB|RE|CC|BC|TTE|TOE|EVAR|TEVAR|SFA|CFA|SMA|IMA|ICA|ECA|CCA|DP|PT|AT|LL|RL|UL|NAD|ANA|ANCA|VTE|IVC|SVC|RA|LA|RV|LV|EF|PR|QRS|MDT|OPD|OT|SLT|CBT|DNAR|PRN|STAT|TPN|NG|PEG|RIG|CVC|PICC|BMI|SNOMED|LMP|EDD|NKDA|NIL|YES|NO|OK|ALL|AND|FOR|THE|NEW|OLD|LEFT|RIGHT|UPPER|LOWER)$/;

/** Names as notes, lists and messages in English have them, with what stands beside them to say so. */
export function englishNames(reading: Reading): Span[] {
  const { text, tokens, tables } = reading;
  const spans: Span[] = [];
  const add = (start: number, end: number, rule: string) => {
    if (end > start) spans.push(span(start, end, 'name', 'possible', rule));
  };
  const everyday = ({ folded }: Token) =>
    tables.ordinary.has(folded) || tables.roles.has(folded) || tables.months.has(folded) || tables.weekdays.has(folded);
  const listed = (token: Token) => isFirstName(reading, token) || isLastName(reading, token);
  const english = ({ folded }: Token) => isWordOfEnglish(folded);
  const medical = ({ folded }: Token) =>
    isWordOfMedicine(folded) ||
    isWordOfReports(folded) ||
    isWordOfMedicine(folded.replace(/s$/, '')) ||
    tables.eponyms.has(folded);
  /** Words that may be a name: `sure` says that what stands before leaves nothing else but an everyday word. */
  const fits = (token: Token, sure: boolean) =>
    token.shape !== 'lower' &&
    token.folded.length > 1 &&
    !everyday(token) &&
    (sure
      ? isFirstName(reading, token) || !english(token) || isLastName(reading, token)
      : (listed(token) && !english(token)) ||
        isUnlistedWord(reading, token) ||
        (isFirstName(reading, token) && !medical(token)));
  /** Where the words from a place on that may be a name end; the place itself where there is none. */
  const runEnd = (start: number, end: number, sure: boolean): number => {
    let at = tokenAt(tokens, start);
    let last = start;
    for (let words = 0; (tokens[at]?.start ?? end) < end; at++) {
      const token = tokens[at];
      if (!token) break;
      const inner = token.shape === 'lower' || token.shape === 'initial' || tables.particles.has(token.folded);
      if (inner && token.end < end) continue;
      if (!(words === 0 ? fits(token, sure) : fits(token, true) || /['’-]/.test(text[token.start - 1] ?? ''))) break;
      words++;
      last = token.end;
    }
    return last;
  };
  for (const found of text.matchAll(BEHIND_ROLE)) {
    const end = runEnd(found.index, found.index + found[0].length, false);
    const first = tokenAt(tokens, found.index);
    if (!touchesDisease(reading, first, first + 1)) add(found.index, end, 'en:role');
  }
  for (const found of text.matchAll(CALLED)) {
    const start = found.index + found[0].length - (found[1] ?? '').length;
    const first = tokenAt(tokens, start);
    const token = tokens[first];
    if (!token || /^['’]s [\p{Ll}]*(?:disease|syndrome|sign|test|triad)/u.test(text.slice(token.end, token.end + 20)))
      continue;
    if (!touchesDisease(reading, first, first + 1) && !(medical(token) && !isFirstName(reading, token)))
      add(start, runEnd(start, start + (found[1] ?? '').length, true), 'en:called');
  }
  for (const found of text.matchAll(KIN_FIRST)) {
    const token = tokens[tokenAt(tokens, found.index)];
    if (token && isNameLike(reading, token) && isFirstName(reading, token) && !everyday(token))
      add(found.index, token.end, 'en:kin');
  }
  for (const found of text.matchAll(BEFORE_ROLE)) {
    const name = found[1] ?? '';
    const words = tokens.slice(tokenAt(tokens, found.index), tokenAt(tokens, found.index + name.length));
    const own = words.filter(({ shape }) => shape !== 'initial' && shape !== 'lower');
    if (own.length === 0 || own.some(everyday)) continue;
    if (own.every((word) => english(word) && !isFirstName(reading, word))) continue;
    if (
      own.length === 1 &&
      words.length === 1 &&
      !isFirstName(reading, own[0] as Token) &&
      !isUnlistedWord(reading, own[0] as Token)
    )
      continue;
    add(found.index, found.index + name.length, 'en:before-role');
  }
  for (const found of text.matchAll(CAPITALS)) {
    const [surname, given] = [found[1] ?? '', found[2] ?? found[3] ?? ''];
    const words = tokens.slice(tokenAt(tokens, found.index), tokenAt(tokens, found.index + found[0].length));
    const behind = words.at(given.split(/[ -]/).length * -1);
    if (ABBREVIATED.test(surname) || !behind) continue;
    const initial = /^\p{Uppercase}\./u.test(given);
    if (!initial && (everyday(behind) || medical(behind))) continue;
    if (words.slice(0, -1).some((word) => word.folded.length > 3 && word.shape === 'capitals' && everyday(word)))
      continue;
    if (found[2] && !initial && words.length > 2 && words.slice(0, 2).every(english)) continue;
    if (initial ? surname.length < 3 || words.length === 0 : english(behind) && !isFirstName(reading, behind)) continue;
    if (!initial && !found[2] && !isFirstName(reading, behind) && words[0] && (english(words[0]) || surname.length < 2))
      continue;
    const inRow = /(?:\d[.)] {1,2}|\| ?)$/.test(text.slice(Math.max(0, found.index - 4), found.index));
    if (!initial && !inRow && !isFirstName(reading, behind) && !isUnlistedWord(reading, behind)) continue;
    add(found.index, found.index + found[0].length, 'en:capitals');
  }
  for (const found of text.matchAll(REVERSED)) {
    const words = tokens.slice(tokenAt(tokens, found.index), tokenAt(tokens, found.index + found[0].length));
    const given = tokens[tokenAt(tokens, found.index + (found[1] ?? '').length)];
    if (!given || words.some(everyday) || words.some(medical)) continue;
    if (words.every(english) && !isFirstName(reading, given)) continue;
    if (
      isFirstName(reading, given) ||
      (words.every((word) => !english(word)) && words.every((word) => word.shape !== 'capitals' || listed(word)))
    )
      add(found.index, found.index + found[0].length, 'en:reversed');
  }
  for (const found of text.matchAll(LISTED)) {
    const name = found[1] ?? '';
    const words = tokens.slice(tokenAt(tokens, found.index), tokenAt(tokens, found.index + name.length));
    if (words.length === 0 || words.length > 3 || words.some(everyday) || words.some(medical) || words.some(english))
      continue;
    if (
      words.every((word) =>
        word.shape === 'capitals'
          ? word.folded.length > 4 || listed(word)
          : listed(word) || isUnlistedWord(reading, word),
      )
    )
      add(found.index, found.index + name.length, 'en:listed');
  }
  for (const found of text.matchAll(WITH_INITIAL)) {
    const token = tokens[tokenAt(tokens, found.index)];
    if (!token || everyday(token) || medical(token) || english(token)) continue;
    if (
      isFirstName(reading, token) ||
      (isUnlistedWord(reading, token) &&
        /^[ \t]*[-–•*#\d.):]*[ \t]*$/.test(text.slice(text.lastIndexOf('\n', found.index) + 1, found.index)))
    )
      add(found.index, found.index + found[0].length, 'en:initial-behind');
  }
  const close = text.trimEnd().length;
  for (const found of text.matchAll(CLOSING)) {
    const token = tokens[tokenAt(tokens, found.index)];
    if (!token || everyday(token) || medical(token)) continue;
    const last = found.index + found[0].length >= close;
    if (isFirstName(reading, token) || (last && isUnlistedWord(reading, token))) {
      const before = text.slice(Math.max(0, found.index - 3), found.index);
      if (/\n[ \t]*$/.test(before) && !last) continue;
      add(found.index, found.index + found[0].length, 'en:closing');
    }
  }
  for (const found of text.matchAll(PARTED)) {
    const first = tokens[tokenAt(tokens, found.index)];
    const behind = tokens[tokenAt(tokens, found.index + found[0].length) - 1];
    if (
      !first ||
      !behind ||
      everyday(behind) ||
      medical(behind) ||
      (found[1] &&
        !found[1].endsWith('.') &&
        (everyday(first) || medical(first) || (english(first) && !isFirstName(reading, first))))
    )
      continue;
    if (found[1] && !found[1].endsWith('.') && !isFirstName(reading, first)) continue;
    add(found.index, found.index + found[0].length, 'en:parted');
  }
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    // 'Ann', 'Raj': first names of three letters that are no words.
    if (
      token.shape === 'capitalised' &&
      token.folded.length === 3 &&
      SHORT.test(token.folded) &&
      !reading.written.has(token.folded) &&
      gap(reading, at) !== '-'
    )
      add(token.start, token.end, 'en:short');
  }
  return spans;
}

/** First names of three letters that are no words of English and no abbreviation. */
const SHORT =
  /^(?:ann|amy|ian|jim|tom|tim|bob|jon|joe|raj|xan|kay|deb|viv|meg|peg|una|ida|eva|zoe|mia|leo|mae|kim|liz|ron|ted|roy|ray|len|les|reg|sid|alf|ken|don|dan|ben|sam|pam|pat|nia|kia|ali|jan|jay|lee|lou|gus|ivy|gwen|dai|huw|wyn|lyn|sal|pru|flo|bea|fay|roz|ros|bev|sue|guy|max|rob|rab|mo|jo|cy|abi|ada|eve|mei|ling|yan|wei|jin|ravi|anu|uma|ved|dev|jaz|taj|ife|ola|ayo|uche|ike)$/;
