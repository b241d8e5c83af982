import type { Span } from '../spans.ts';
import { touchesDisease } from './eponyms.ts';
import { isWordOfMedicine, isWordOfReports } from './medicine.ts';
import { isFirstName, isLastName, NOUN } from './name-run.ts';
import { beginsNoun, isGermanNoun, isNounStem, isScientific, isSubstance, TAIL_OF_NAMES } from './nouns.ts';
import { gap, type Reading, span } from './reading.ts';
import type { Token } from './tokens.ts';
import { PRODUCT } from './told-places.ts';
import { isWordOfEnglish } from './vocabulary.ts';

/** Articles and their like, behind which a noun stands rather than a name. */
const ARTICLE =
  /^(?:der|die|das|des|dem|den|zum|zur|im|am|vom|beim|ins|ans|aufs|ein|eine[nmrs]?|kein|keine[nmrs]?|mein|meine[nmrs]?|sein|seine[nmrs]?|ihr|ihre[nmrs]?|unser|unsere[nmrs]?|diese[nmrs]?|jede[nmrs]?|welche[nmrs]?|alle[nmrs]?|beide[nr]?|viele[nr]?|mehrere[nr]?|einige[nr]?|als|pro|per|sowie|zwei|drei|vier|i|v|a|vs|via|the|an|this|that|these|those|each|any|no|his|her|its|their|our|my|your|another|every|some)$/;
/** Those that begin a sentence with their capital; 'Die' and its like stand before a noun then as well. */
const SENTENCE_ARTICLE =
  /^(?:der|die|das|des|dem|den|zum|zur|im|am|vom|beim|ein|eine[nmrs]?|kein|keine[nmrs]?|seine?|ihre?|unsere?|diese[nmrs]?|jede[nmrs]?|alle|beide|zwei|drei)$/;
const ADJECTIVE =
  /(?:ig|lich|isch|bar|sam|haft|al|ar|iv|ell|ent|ant|abel|ibel|ert|t|os|iert|end|er|li|re|ku)(?:e|en|er|es|em)$|^(?:gut|neu|alt|lang|kurz|hoh|groß|gross|klein|weit|stark|schwer|rein|frei|ganz|link|recht|ober|unter|vorder|hinter|mittler|inner|äusser|äußer)(?:e|en|er|es|em)$/;
/** What says that the word behind it is a place. */
const WHERE = /^(?:in|aus|from|near|raum|richtung|nahe|ort|ab|stadt|gemeinde|kreis|landkreis|dorf)$/;
/** Behind 'nach' stands who a method is called after as well: what is done there says that it is a place. */
const GOES =
  /^(?:,? \p{Alpha}+){0,3}? (?:verlegt|gezogen|umgezogen|verzogen|zog|zogen|entlassen|überwiesen|geflohen|geflüchtet|gebracht|verbracht|zurück|gefahren|transportiert|übergesiedelt|überstellt|heimgekehrt)(?!\p{Alpha})/u;
/** Lines of substances. */
const DRUGS =
  /^[ \t•–-]*(?:\p{Alpha}+-?)?(?:medikation|medikamente|medikamentös|therapie(?:empfehlung)?|allergien?|allerg|unverträglichkeit(?:en)?|antibiose|chemo(?:therapie)?|erregernachweis|mikrobio(?:logie)?|labor)\p{Alpha}* ?(?::|=|\bmit\b|\bauf\b|bei\b)/iu;
/** Names of things and of classes, which a number, a grade or a sign follows; half of a word; the second word of a species. */
const THING =
  /^(?: ?\d|®|™|-\p{Ll}|-\d|-(?: |,|\)|\/)| ?[±=<>%]|\/\d| [IVX]{1,4}(?:[ab]|-[IVX]+)?(?![\p{Alpha}\d.])| [A-E]\d?(?![\p{Alpha}\d.])| (?:pos|neg)\.?(?!\p{Alpha})| [a-z]{4,}(?:i|ae|is|um|us|ans|ii|ensis|arum)(?![\p{Alpha}]))/u;
/** 'NextSeq', 'CoaguChek': a capital within a word, but for names with a part before them. */
const PRODUCT_CASE = /\p{Ll}\p{Uppercase}/u;
const NAME_CASE = /^(?:Ma?c|De|Di|Da|Del|La|Le|Lo|Van|Von|Fitz|O|El|Al|Ben|St)\p{Uppercase}\p{Ll}+$/u;
/** 'Milewicz DM, …', 'Braverman et al.' */
const AUTHOR = /^(?:,? [A-Z]{1,3}(?:,| et al| ?;|\.? (?:19|20)\d\d)|,? et al| \d{4})/;
/** The beginning of a case in a list: 'Bielefeldt, Horst', 'Petersen (Pat. von …)', 'N'Diaye, 12.5.70'. */
const CASE =
  /^(?:, ?(?:\p{Uppercase}|[*]?\d)| ?\([*\dPpGgMmFfWw]|,? \*?\d{1,2}[./]\d| (?:family|Familie|kindred)(?!\p{Alpha}))/u;

/** Whether a word with a capital in a text of German or English is none that German, English or medicine knows. */
export function isUnlistedWord(reading: Reading, token: Token): boolean {
  const { tables, written } = reading;
  const { folded, shape } = token;
  return (
    shape === 'capitalised' &&
    folded.length > 3 &&
    !tables.ordinary.has(folded) &&
    !written.has(folded) &&
    !tables.eponyms.has(folded) &&
    !tables.months.has(folded) &&
    !tables.weekdays.has(folded.replace(/s$/, '')) &&
    !tables.weekdays.has(folded) &&
    !isWordOfMedicine(folded) &&
    !PRODUCT.test(folded) &&
    (reading.capitalNouns
      ? (!NOUN.test(folded) && !isGermanNoun(folded)) || isSurname(reading, token)
      : !OF_SCIENCE.test(folded) && !isWordOfReports(folded)) &&
    !isScientific(folded) &&
    !isWordOfEnglish(folded)
  );
}

/** A listed surname that looks like a noun by its parts alone: 'Buxbaum', 'Bergström'. */
const isSurname = (reading: Reading, token: Token): boolean =>
  token.folded.length > 5 &&
  isLastName(reading, token) &&
  TAIL_OF_NAMES.test(token.folded) &&
  !isNounStem(token.folded);

/** Of a text in English, and hardly of another language: its everyday words are listed as the nouns of German are. */
const isEnglish = ({ languages, capitalNouns }: Reading): boolean =>
  !capitalNouns && languages.has('en') && languages.size < 4;

/** Ends of English words of science. */
const OF_SCIENCE =
  /(?:itis|osis|olog(?:y|ic|ical|ist)|ectom(?:y|ies)|ostomy|plasty|gram|graphy|scop(?:y|ic)|um|oma|aemi[ac]|emi[ac]|uria|path(?:y|ic)|genic|tion|ing|ment|ness|ity|ous|ical|ised|ized|able|ible|ular|lytic|tomy|philia|penia|pathies|ia|us|is|ae|ens|ata|ica|ol|ide|ate|ine|one|mab|nib)$/;

/**
 * Names and places of no list in German, whose nouns have capitals as well, and in English: a word that no list of nouns, of English or of medicine knows, in the middle of a sentence and behind no article
 * or adjective, or at the head of a list's case. All of them are possible, not certain.
 */
export function unlistedNames(reading: Reading): Span[] {
  const { tokens, text } = reading;
  if (!reading.capitalNouns && !isEnglish(reading)) return [];
  return tokens.flatMap((token, at) => {
    if (token.shape !== 'capitalised' || token.folded.length < 4 || !stands(reading, at)) return [];
    if (!isUnlistedWord(reading, token) || touchesDisease(reading, at, at + 1)) return [];
    const to = withHyphens(reading, at);
    const last = tokens[to - 1];
    if (DRUGS.test(text.slice(text.lastIndexOf('\n', token.start) + 1, token.start))) return [];
    const behind = text.slice(last?.end, (last?.end ?? 0) + 60);
    if (!last || THING.test(behind) || AUTHOR.test(behind)) return [];
    if (
      tokens[at - 1]?.folded === 'nach' &&
      !GOES.test(behind) &&
      !GONE.test(text.slice(Math.max(0, token.start - 44), token.start))
    )
      return [];
    if (reading.capitalNouns && isThing(reading, at, last)) return [];
    const place =
      (WHERE.test(tokens[at - 1]?.folded ?? '') || tokens[at - 1]?.folded === 'nach') && gap(reading, at - 1) === ' ';
    const beside = place ? undefined : besideSlash(reading, at, to);
    const parts = place ? 0 : (PARTS.exec(text.slice(Math.max(0, token.start - 24), token.start))?.[0].length ?? 0);
    if (beside) return [span(beside.start, beside.end, 'name', 'possible', 'unlisted')];
    return [
      span(token.start - parts, last.end, place ? 'place' : 'name', 'possible', place ? 'place:unlisted' : 'unlisted'),
    ];
  });
}

/** 'Umzug nach', 'fährt im Mai nach': what goes somewhere, before the place. */
const GONE =
  /(?<!\p{Alpha})(?:[Rr]eise|[Rr]ückreise|[Uu]mzug|[Ff]lug|[Rr]ückflug|[Rr]ückkehr|[Ff]ahrt|[Rr]ückverlegung|[Vv]erlegung|[Ww]eiterverlegung|[Tt]ransport|[Ff]lucht|[Hh]eimkehr|[Üü]berführung|fährt|fahren|fuhr|fliegt|flog|reist|reiste|zieht|zog|kehrt|kehrte|geht|ging|kommt|muss|will|möchte|Urlaub|verlegt|gezogen|geflohen)(?: [\p{Alpha}\d.–-]+){0,3} nach $/u;

/** What has a capital and no list knows, and is a thing by how it is written or where it stands: a product, an abbreviation, what stands among substances. */
function isThing(reading: Reading, at: number, last: Token): boolean {
  const { tokens, text } = reading;
  const token = tokens[at] as Token;
  const word = text.slice(token.start, token.end);
  if (PRODUCT_CASE.test(word) && !NAME_CASE.test(word)) return true;
  const known = isFirstName(reading, token) || isLastName(reading, token);
  if (
    /^\.(?!\p{Alpha}\p{Ll})/u.test(text.slice(last.end, last.end + 3)) &&
    !known &&
    (last.folded.endsWith('nr') || beginsNoun(last.folded))
  )
    return true;
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  // 'Prostaglandin E1 (Minprog)', 'VA-ECMO (Cardiohelp)'
  const bracketed = text[token.start - 1] === '(' && /^[),;]/.test(text.slice(last.end, last.end + 1));
  if (
    bracketed &&
    before &&
    !known &&
    (/[\d\p{Uppercase}]$/u.test(
      text
        .slice(0, token.start - 1)
        .slice(-6)
        .trimEnd(),
    ) ||
      isScientific(before.folded) ||
      isWordOfMedicine(before.folded))
  )
    return true;
  if (known) return false;
  for (const [beside, from, to] of [
    [before, before?.end ?? 0, token.start],
    [after, last.end, after?.start ?? 0],
    [tokens[at - 2], before?.start ?? 0, token.start],
  ] as const)
    if (beside && isSubstance(beside.folded) && !/[\n.:]/.test(text.slice(from, to)) && to - from < 24) return true;
  return false;
}

/** Small words that are written together with a name. */
const PART = /^(?:al|el|ben|bin|bint|abu|abd|ait|oulad|mc|mac|fitz|da|de|del|della|di|du|la|le|van|von|ten|ter|zu)$/;

/** Small words before a name, where a sign or another name stands before them: '/al-Masri', '(von Czettritz', 'Rosa von Praunheim'. */
const PARTS =
  /(?<=(?:^|[(/,;\n]|\p{Uppercase}\p{Ll}{2,12}) ?)(?<!\p{Alpha})(?:(?:von|van|vom|zu|zur|zum|de|del|della|di|du|la|le|el|al|ten|ter|bin|ben)(?: (?:und zu|der|den|dem|zu|la|las|los))?[ -]|d['’]|v\. ?(?:d\. ?)?)$|(?<= )v\. ?$|(?<!\p{Alpha})(?:[Aa]l|[Ee]l|[Bb]en|[Bb]in|[Aa]bu|[Aa]bd|A[iï]t|M[a]?c)-$/u;

/** Where a name may stand: within a sentence behind no article, or at the head of a case. */
function stands(reading: Reading, at: number): boolean {
  const { tokens, text } = reading;
  const [token, before] = [tokens[at], tokens[at - 1]];
  if (!token) return false;
  const lead = text.slice(Math.max(0, token.start - 6), token.start);
  if (/(?:^|\n)[ \t]*(?:\d{1,2}[.)] |[-–•] )?$/.test(lead)) {
    const to = withHyphens(reading, at);
    return CASE.test(text.slice(tokens[to - 1]?.end ?? 0, (tokens[to - 1]?.end ?? 0) + 6));
  }
  if (!before) return false;
  const between = gap(reading, at - 1);
  if (between === '-') return PART.test(before.folded);
  if (/ v\. ?$/.test(lead)) return true;
  if (/(?:[(/„"“>]|-> |[^\s] ?[,;&+] )$/.test(lead)) return true;
  if (!/^(?: |\.? ?[,;&+] ?|\)[,;]? | \d{1,3} |["“”][,;]? )$/.test(between)) return false;
  if (
    between !== ' ' ||
    (before.shape !== 'lower' &&
      !(reading.capitalNouns && before.shape === 'capitalised' && SENTENCE_ARTICLE.test(before.folded)))
  )
    return true;
  return !ARTICLE.test(before.folded) && !ADJECTIVE.test(before.folded);
}

/** The index after a token and those that hyphens join to it, as far as they may be names as well; the token's own where one of them is a noun. */
function withHyphens(reading: Reading, at: number): number {
  const { tokens } = reading;
  let to = at + 1;
  while (gap(reading, to - 1) === '-' && tokens[to]) {
    const part = tokens[to] as Token;
    if (!isLastName(reading, part) && !isFirstName(reading, part) && !isUnlistedWord(reading, part)) return at;
    to++;
  }
  return to;
}

/** '(Haberkorn/Delic)': with the word behind or before a stroke, which may be a noun as well; undefined where there is none. */
function besideSlash(reading: Reading, at: number, to: number): { start: number; end: number } | undefined {
  const { tokens, text, tables } = reading;
  const [first, last] = [tokens[at] as Token, tokens[to - 1] as Token];
  const fits = (token: Token | undefined): token is Token =>
    token?.shape === 'capitalised' &&
    token.folded.length > 3 &&
    !tables.ordinary.has(token.folded) &&
    !NOUN.test(token.folded);
  const [before, after] = [tokens[at - 1], tokens[to]];
  if (
    gap(reading, at - 1) === '/' &&
    fits(before) &&
    /[(: ]$/.test(text.slice(Math.max(0, before.start - 1), before.start))
  )
    return { start: before.start, end: last.end };
  if (gap(reading, to - 1) === '/' && fits(after) && /^(?:[),;. \n]|$)/.test(text.slice(after.end, after.end + 1)))
    return { start: first.start, end: after.end };
  return undefined;
}
