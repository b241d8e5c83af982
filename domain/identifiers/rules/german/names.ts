import type { Span } from '../../spans.ts';
import { nearDisease } from '../eponyms.ts';
import { isWordOfMedicine } from '../medicine.ts';
import { isFirstName, isLastName, NOUN } from '../name-run.ts';
import { isGermanNoun, isNounStem, isScientific } from '../nouns.ts';
import { gap, type Reading, span } from '../reading.ts';
import type { Token } from '../tokens.ts';
import { isUnlistedWord } from '../unlisted.ts';

/** What somebody is or does, folded, whole or as the end of a compound or short of one, before the name: 'Kapitän Bergström', 'Koll. Tenhagen', 'Feuerwehrkamerad Hagen Tronje'. */
const ROLE =
  /^(?:koll|kollegen|kap|kapitan|hptm|hauptmann|oberst|major|leutnant|ltn|olt|fw|ofw|hfw|stuffz|uffz|gefr|hptgefr|pastor|pfarrer|pater|bruder|schwester|diakon|imam|rabbiner|richter|staatsanwalt|anwalt|kommissar|kok|phm|phk|pom|pok|wachtmeister|gef|mitgef|haftling|gefangener|insasse|mitinsasse|intendant|dirigent|regisseur|prasident|senator|minister|burgermeister|ratsuchende|klient|klientin|bewohner|bewohnerin|rehabilitand|rehabilitandin|schuler|schulerin|azubi|praktikant|praktikantin|famulus|famulant|famulantin|pj|pjler|pjlerin|sani|nfs|ra|ras|notarzt|notarztin|na|mfa|zfa|pta|mta|mtra|mtr|dgkp|dgks|gukp|fgkp|hebs|heb|physio|ergo|logo|sekr|sachbearb|sb|anasth|gyn|orthop|urol|chir|neurol|psychol|ehel|eheleute|eheleuten|familie|fam|gebruder|geschwister|witwe|witwer|oma|opa|onkel|tante|nachbar|nachbarn|nachbarin|vermieter|vermieterin|wirt|wirtin|chef|chefin|vorgesetzter|vorgesetzten|kamerad|kameraden|kumpel|mitbewohner|mitbewohnerin|mitschuler|mitschulerin|freund|freundin|zwilling|genosse|genossen|genossin|namens|genannt|heisst|nachname|rufname|spitzname)$|(?:arzt|arztin|pfleger|pflegerin|schwester|meister|meisterin|leiter|leiterin|helfer|helferin|beamter|beamten|beamtin|lehrer|lehrerin|trainer|trainerin|kraft|therapeut|therapeutin|therapeuten|psychologe|psychologin|loge|login|techniker|technikerin|berater|beraterin|kollege|kollegin|kollegen|kamerad|kameraden|kameradin|fuhrer|fuhrerin|fahrer|fahrerin|anwalt|anwaltin|assistent|assistentin|sekretar|sekretarin|betreuer|betreuerin|vertreter|vertreterin|vater|mutter|sohn|tochter|bruder|onkel|tante|neffe|nichte|enkel|enkelin|schwager|schwagerin|cousin|cousine|gatte|gattin|mann|frau|partner|partnerin|nachbar|nachbarin|freund|freundin|bursche|dolmetscher|dolmetscherin|pate|patin|vormund|pfarrer|pfarrerin|seelsorger|seelsorgerin|sanitater|sanitaterin|professor|professorin|dozent|dozentin|doktor|chirurg|chirurgin|anasthesist|anasthesistin|radiologe|operateur|operateurin|untersucher|gutachter|gutachterin|vermieter|besitzer|inhaber|inhaberin|bauer|bauerin|wirt|wirtin)$/;
/** What stands behind a role and is no name. */
const NOT_BEHIND =
  /^(?:herr|herrn|frau|dr|prof|pd|oder|und|in|im|am|aus|bei|mit|von|vom|zur|zum|klinik|station|praxis|ambulanz|dienst|visite|konsil|info|bitte|tel|fax|datum|uhr|nr|raum|zimmer|haus|seite|innere|medizin|allgemeinmedizin|chirurgie)$/;
const CLOSED = /^(?:[,;:)\n/]|\.(?:\s|$)| ?[(–/-]| \p{Ll}| und | \d|$|  )/u;

const plain = ({ tables }: Reading, { folded, shape }: Token): boolean =>
  (shape === 'capitalised' || (shape === 'capitals' && folded.length > 3)) &&
  folded.length > 2 &&
  !tables.ordinary.has(folded) &&
  !tables.months.has(folded) &&
  !tables.weekdays.has(folded) &&
  !NOT_BEHIND.test(folded) &&
  !isWordOfMedicine(folded) &&
  !isScientific(folded);

/** Whether a word may be a surname by itself: of no list, or on the list of surnames and no everyday noun. */
const isSurname = (reading: Reading, token: Token): boolean =>
  plain(reading, token) &&
  (isUnlistedWord(reading, token) ||
    ((isLastName(reading, token) || isFirstName(reading, token)) && !isNounStem(token.folded)) ||
    (isLastName(reading, token) && !NOUN.test(token.folded)));

/** Names behind a word for what somebody is, in German. All of them are possible, not certain. */
export function roleNames(reading: Reading): Span[] {
  const { tokens, text, capitalNouns } = reading;
  if (!capitalNouns) return [];
  return tokens.flatMap((role, at) => {
    const first = tokens[at + 1];
    if (!first || (role.shape === 'lower' && !/^(?:namens|genannt|heisst)$/.test(role.folded))) return [];
    if (!ROLE.test(role.folded)) return [];
    const between = gap(reading, at);
    // 'Nachbar Köhler', 'Koll. Tenhagen'; behind a whole word a full stop ends the sentence.
    if (
      between !== ' ' &&
      !(between === '. ' && role.folded.length < 9 && !/(?:vater|mutter|bruder|sohn|arzt|frau|mann)$/.test(role.folded))
    )
      return [];
    if (!isSurname(reading, first) || nearDisease(reading, at + 1, at + 2)) return [];
    let last = first;
    for (let next = at + 2; next < at + 4; next++) {
      const token = tokens[next];
      const joined = /^(?: |-)$/.test(gap(reading, next - 1));
      if (!token || !joined || !(gap(reading, next - 1) === '-' ? plain(reading, token) : isSurname(reading, token)))
        break;
      last = token;
    }
    if (!CLOSED.test(text.slice(last.end, last.end + 5))) return [];
    return [span(first.start, last.end, 'name', 'possible', 'role:name')];
  });
}

const WORD = "\\p{Uppercase}\\p{Ll}+(?:[-'’]\\p{Uppercase}\\p{Ll}+)*";
const PART = '(?:(?:von|van|vom|zu|de|della|di|el|al|ter|ten)(?: (?:der|den|dem))? |v\\. ?)?';
/** 'A. Wendehals' on a line for itself, before a rank, in a cell; 'Therapeutin: U. Tiefensee'. */
const INITIALLED = new RegExp(
  `(?<=(?:^|\\n|[ \\t]{3}|\\t|: {0,3}|[|/;(&] ?|[–·•] |, )(?:(?:[Gg]ez|[Ii]\\. ?[AaVv]|[Dd]ipl)\\. {0,2})?)(?:(?:\\p{Uppercase}|Th|Ph|Ch|Chr|Wilh)\\.[ -]?){1,3}${PART}(${WORD})(?=[ \\t]*(?:\\n|$|,|;|\\)|/|&|\\(|[–·•|]| {3}|\\t)|\\.[ \\t]*(?:\\n|$))`,
  'gu',
);
/** 'Fr. Dr. Igel', 'Dr. sc. nat. F. Camenzind': degrees of all kinds before a name. */
const DEGREED = new RegExp(
  `(?<=(?<!\\p{Alpha})(?:Dr|Prof|Dipl|Mag)\\.(?: ?-? ?(?:\\p{Ll}{2,6}\\.|[A-Z]{1,2}\\.|et|h\\. ?c\\.),?){1,6} )((?:\\p{Uppercase}\\.[ -]?){0,2}${PART}${WORD})(?=[ \\t]*(?:\\n|$|[,;()/]|\\.(?:\\s|$)))`,
  'gu',
);
/** 'Zi. 504 Rahimi: PTA', 'Bett 3 Bauer –', 'Platz 7: Schöngeist,' */
const IN_ROOM = new RegExp(
  `(?<=(?<!\\p{Alpha})(?:Zi|Zimmer|Bett|Platz|Box|Nr|Pl)\\.? ?\\d{1,4}[a-z]?(?:[./-]\\d)?:? {1,3}(?:(?:Hr|Fr|Herr|Frau)\\.? )?)(${WORD})(?= ?(?:[:,;(→–/-]|->|\\n|$)| (?:li|re|links|rechts|Fenster|Tür)(?!\\p{Alpha}))`,
  'gu',
);
/** 'Fr Moosgruber, M.': the initial of the first name behind. */
const BEHIND = /^, ?(?:\p{Uppercase}|Th|Ph|Ch|Chr|Wilh)\.(?:[ -]?\p{Uppercase}\.)?(?! ?\p{Uppercase}\p{Ll})/u;
/** 'Hartmann, Uwe, *1958', 'Nguyen, Thị Hoa (1966)': a name by its comma before a birth year, an age or a number. */
const REVERSED = new RegExp(
  `(?<=(?:^|\\n|[|\\t]|\\d[.)] ?| {2}|: |(?<!\\p{Alpha})(?:Pat|Fr|Hr)\\.? )[ \\t]*)(${PART}${WORD}(?: ${WORD})?, ${WORD}(?: ${WORD})?)(?=,? ?(?:\\(?[*✱†(]|\\(?geb|\\(?\\d{1,3} ?[Jj]|\\d{1,2}\\.\\d|\\(?[mwMW][,) ]|, ?(?:19|20)\\d\\d| {2,}[mwd]? ))`,
  'gu',
);

/** Names by how they are set: initials on a line for themselves or behind a colon, degrees, rooms, commas. All of them are possible, not certain. */
export function setNames(reading: Reading): Span[] {
  const { text, languages, tables } = reading;
  if (!languages.has('de') || languages.size > 5) return [];
  const fold = (word: string) => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss');
  const isWord = (word: string) =>
    fold(word)
      .split(/[-'’ ,]+/)
      .some(
        (part) => tables.ordinary.has(part) || tables.months.has(part) || isWordOfMedicine(part) || isScientific(part),
      );
  const spans: Span[] = [];
  const add = (start: number, end: number, rule: string) => spans.push(span(start, end, 'name', 'possible', rule));
  for (const found of text.matchAll(INITIALLED))
    if (
      !isWord(found[1] ?? '') &&
      !/^(?:z|v|d|u|o|i|a)\. ?(?:n|a|b|h|m|v)\./i.test(found[0]) &&
      !/(?:us|is|ica|ia|ea|icae|alis|aris|ina)$/.test(found[1] ?? '')
    )
      add(found.index, found.index + found[0].length, 'set:initials');
  for (const found of text.matchAll(DEGREED))
    if (!isWord(found[1] ?? '') && !NOUN.test(fold(found[1] ?? '')))
      add(found.index, found.index + found[0].length, 'set:degree');
  for (const found of text.matchAll(IN_ROOM)) {
    const word = fold(found[1] ?? '');
    if (
      !isWord(word) &&
      (!isGermanNoun(word) ||
        tables.lastNames.has(word) ||
        /(?:meister|macher|geist|hals|stein|mann|bauer|berg|thal|baum|kopf|fuss|bein|hand|vogel|wolf|fuchs)$/.test(
          word,
        ))
    )
      add(found.index, found.index + found[0].length, 'set:room');
  }
  for (const found of text.matchAll(REVERSED)) {
    const words = fold(found[1] ?? '').split(/[ ,-]+/);
    if (
      !words.some(
        (word) => word === 'anti' || tables.ordinary.has(word) || NOUN.test(word) || isWordOfMedicine(word),
      ) &&
      words.some((word) => tables.firstNames.has(word) || !isGermanNoun(word))
    )
      add(found.index, found.index + found[0].length, 'set:reversed');
  }
  return spans;
}

/** Names with the initial of the first name behind a comma, as lists of wards have them. `found` are names of titles and labels. */
export function withInitialBehind({ text, languages }: Reading, found: readonly Span[]): Span[] {
  if (!languages.has('de')) return [];
  return found.flatMap((name) => {
    const initial = BEHIND.exec(text.slice(name.end, name.end + 8));
    return initial ? [{ ...name, end: name.end + initial[0].length }] : [];
  });
}

/** Signs of who dictated and who wrote: 'ho-zw', 'MüS/ab', 'lh/ak' behind a date or at a line's end. */
const DICTATED =
  /(?<=(?:\d{2}\.? ?(?:[/–-] ?| {2,})|(?:[Dd]ikt|[Zz]eichen|[Kk]ürzel|[Ss]chr|[Vv]erf|[Hh]z|[Ss]igna?|D|S)[.:]{1,2} ?|^[ \t]*|[ \t]{3}|[.;!?] |[–/] ?))(?:\p{Alpha}\p{Ll}{1,2}\p{Uppercase}?|\p{Ll}{2,4}|\p{Uppercase}{2,3}|\p{Ll}\p{Uppercase}{1,2})[/-](?:\p{Ll}{2,4}|\p{Uppercase}\p{Ll}{1,2}|\p{Uppercase}{2,3}|\p{Uppercase}\p{Ll}\p{Uppercase})(?=[ \t]*(?:\n|$))/gmu;
/** A short sign alone on the last line or behind the last sentence: 'jbr', 'Kr', 'SvB'; behind a word for who wrote. */
const LAST_SIGN =
  /(?<=(?:\n[ \t]*|[.!?)] {1,2}|\/ ?|[–-] ))(?:\p{Ll}{2,4}|\p{Uppercase}\p{Ll}?\p{Uppercase}|\p{Uppercase}\p{Ll}{1,2}\.?|\p{Uppercase}\.\p{Uppercase}\.|\p{Uppercase}\p{Ll}{0,1}\p{Uppercase}\p{Ll}?)(?=\.?\s*$)/gu;
const NO_SIGN =
  /^(?:usw|etc|dl|kg|mm|cm|min|mol|pg|ng|IE|Tag|Tg|ggf|evtl|bzw|neg|pos|oB|mg|ml|re|li|bds|und|ist|hat|war|Nr|Tel|Fax|Mo|Di|Mi|Do|Fr|Sa|So|Abb|Tab|Uhr|ab|an|zu|ja|ok|fit|tgl|Wo|Std|Min|Ca|danke|gut|nein|Dank|LG|VG)\.?$/;
const WRITTEN_BY =
  /(?<=(?<!\p{Alpha})(?:[Vv]erfasser(?:in)?|[Pp]rotokoll(?:ant|antin|führer|führerin|führung)?|[Ss]chriftführ(?:er|erin|ung)|[Dd]iktat(?:zeichen)?|[Kk]ürzel|[Ss]chreib(?:er|erin|kraft|zeichen)|[Hh]andzeichen|[Hh][Zz]|PK|BP|[Bb]ezugspflege|[Pp]flege(?:kraft)?(?: HF)?|[Ss]ign(?:um|iert)?|[Vv]idiert|[Ee]rfasst|[Gg]eprüft|[Ff]reigabe|[Ee]rstellt)(?:(?: durch| von)? ?:| von| durch)? {1,3})(?:\p{Ll}{2,4}|\p{Uppercase}{2,3}|\p{Uppercase}\p{Ll}{0,2}\p{Uppercase}\p{Ll}?|\p{Uppercase}\p{Ll}{1,2}\.?|\p{Uppercase}\. ?\p{Uppercase}\.)(?=[ \t]*(?:\n|$|[,;)]| {2}|\/))/gmu;
/** Somebody's name alone behind the last sentence of a message: 'Danke! Malte'. */
const LAST_NAME =
  /(?<=[.!?)] {1,2}|\n[ \t]*|[.!?]\n[ \t]*|, )(\p{Uppercase}\p{Ll}{2,12}(?:-\p{Uppercase}\p{Ll}+)?)(?=[.!]?\s*$)/gu;

/** Who wrote a note, by a short sign or a first name at its end, in German. */
export function germanSigns(reading: Reading): Span[] {
  const { text, languages, tables } = reading;
  if (!languages.has('de') || languages.size > 5) return [];
  const spans: Span[] = [];
  const add = (found: RegExpExecArray) =>
    spans.push(span(found.index, found.index + found[0].length, 'name', 'possible', 'note-sign'));
  for (const found of text.matchAll(DICTATED)) if (!/(?:re|li)[/-](?:re|li)$|^(?:und|oder)/.test(found[0])) add(found);
  for (const found of text.matchAll(WRITTEN_BY))
    if (
      !NO_SIGN.test(found[0]) &&
      !/^(?:der|die|das|den|dem|von|am|im|in|um|vom|zum|zur|für|per|als|mit|nur|wir|es|er|sie)$/.test(found[0])
    )
      add(found);
  const end = text.trimEnd().length;
  const tail = Math.max(0, end - 40);
  for (const found of text.slice(tail).matchAll(LAST_SIGN))
    if (!NO_SIGN.test(found[0]))
      spans.push(span(tail + found.index, tail + found.index + found[0].length, 'name', 'possible', 'note-sign'));
  for (const found of text.slice(tail).matchAll(LAST_NAME)) {
    const word = (found[1] ?? '').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
    const known = word.split('-').some((part) => tables.firstNames.has(part));
    if (tables.ordinary.has(word) || tables.months.has(word) || tables.weekdays.has(word) || isWordOfMedicine(word))
      continue;
    if (known ? isNounStem(word) && !tables.firstNames.has(word) : isGermanNoun(word) || isScientific(word)) continue;
    spans.push(span(tail + found.index, tail + found.index + found[0].length, 'name', 'possible', 'note-sign'));
  }
  return spans;
}
