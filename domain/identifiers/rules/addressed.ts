import type { Span } from '../spans.ts';
import { isKnownWord } from './eponyms.ts';
import { isWordOfMedicine } from './medicine.ts';
import { isGermanNoun, isScientific } from './nouns.ts';
import { gap, type Reading, span } from './reading.ts';
import type { Token } from './tokens.ts';
import { isNothingButEnglish } from './vocabulary.ts';

/** Salutations of letters and messages. */
const SALUTATION =
  /^(?:dear|hi|hiya|hello|hey|liebe|lieber|hallo|guten|servus|moin|cher|chere|bonjour|salut|coucou|caro|cara|ciao|buongiorno|gentile|hola|querido|querida|estimado|estimada|beste|lieve|ha|dag|drogi|droga|czesc|szanowna|szanowny|ahoj|mily|mila|vazena|vazeny|dragi|draga|postovani|postovana|pozdravljeni|spostovana|spostovani|kara|kjaere|kaere|hej|hei|heisan|kjara|basta|arvoisa|rakas|moi|terve|tere|kallis|lugupeetud|sveiki|cienijama|cienijamais|labdien|gerbiama|gerbiamas|miela|mielas|labas|kedves|tisztelt|szia|draga|dragul|stimata|stimate|buna|caro|prezado|prezada|ola|αγαπητε|αγαπητη|γεια|скъпа|скъпи|уважаема|уважаеми|здравей)$/;
/** Who is greeted without a name. */
const NOBODY =
  /^(?:all|team|colleagues?|kollegen?|kollegin(?:nen)?|collega|collegae|colleghi|confrere|consoeur|ami|amie|amis|amigos|companeros|friends?|sir|sirs|madam|doctor|docteur|dottore|dottoressa|doctora|dokter|herr|frau|damen|herren|mr|mrs|ms|patient|patientin|paciente|paziente|parents?|eltern|everyone|both|there|abend|tag|morgen|morning|koleg\p{Alpha}*|kolleg\p{Alpha}*|pani|panie|pane|pan|herra|rouva|colega|colegas|senhor\p{Alpha}*|dumneavoastra|kollega|collegue|συναδελφε|колега|колеги|εκπαιδευομενε)$/u;
/** Who does something to a patient, in passive sentences of languages whose nouns have no capital. */
const AGENT: ReadonlyMap<string, string> = new Map([
  ['by', 'en'],
  ['par', 'fr'],
  ['door', 'nl'],
  ['por', 'es'],
  ['da', 'it'],
  ['av', 'sv'],
  ['af', 'da'],
  ['przez', 'pl'],
]);

const proper = (token: Token | undefined): token is Token =>
  token !== undefined && token.shape === 'capitalised' && token.folded.length > 2;

/** 'Dear Siobhán,', 'Liebe Marlene,': the first name that follows a salutation, whatever it is. */
export function greeted(reading: Reading): Span[] {
  const { tokens, text, tables } = reading;
  return tokens.flatMap((token, at) => {
    const next = tokens[at + 1];
    if (!SALUTATION.test(token.folded) || !proper(next) || gap(reading, at) !== ' ') return [];
    if (token.shape === 'lower' && !reading.small) return [];
    if (!/(?:^|[\n,.!?>"“„] ?)$/.test(text.slice(Math.max(0, token.start - 2), token.start))) return [];
    if (NOBODY.test(next.folded) || tables.ordinary.has(next.folded) || isNothingButEnglish(reading, next)) return [];
    const second = tokens[at + 2];
    const last = proper(second) && gap(reading, at + 1) === ' ' && !tables.ordinary.has(second.folded) ? second : next;
    // 'Beste Lotte en Hamid,'
    const other = tokens[at + 3];
    if (
      second?.shape === 'lower' &&
      tables.joiners.has(second.folded) &&
      proper(other) &&
      !NOBODY.test(other.folded) &&
      !tables.ordinary.has(other.folded) &&
      /^ ?[,!:\n]/.test(text.slice(other.end, other.end + 2))
    )
      return [next, other].map(({ start, end }) => span(start, end, 'name', 'possible', 'greeting'));
    if (!/^ ?(?:[,!:\n–-]|$)/.test(text.slice(last.end, last.end + 2))) return [];
    return [span(next.start, last.end, 'name', 'possible', 'greeting')];
  });
}

/** Whom somebody talked to: 'besproken met Oosterhoff', 'discuté avec Kabongo', 'comentado con Oyarzábal'. */
const WITH: ReadonlyMap<string, string> = new Map([
  ['met', 'nl'],
  ['avec', 'fr'],
  ['con', 'es'],
  ['with', 'en'],
]);
const TALKED =
  /^(?:besproken|overlegd|gesproken|afgesproken|discut\p{Alpha}+|discuss\p{Alpha}+|parlato|concordat[oa]|condivis[oa]|comentad[oa]|hablado|consultad[oa]|consensuad[oa]|valorad[oa]|spoken|reviewed)$/u;

/** What is done by a substance rather than by somebody: 'traitement par Nifurtimox'. */
const TREATMENT = /^(?:traitements?|therapies?|chimiotherapies?|trattament[oi]|tratamientos?|terapias?|treatments?)$/;

/** 'treated by Gleeson', 'opéré par Settembre': a word with a capital behind the word for who did it. */
export function agents(reading: Reading): Span[] {
  const { tokens, languages, capitalNouns, text } = reading;
  if (capitalNouns || languages.size > 4) return [];
  return tokens.flatMap((token, at) => {
    const [before, verb] = [tokens[at - 1], tokens[at - 2]];
    if (!proper(token) || before?.shape !== 'lower' || !verb || token.folded.length < 4) return [];
    const talked =
      TALKED.test(verb.folded) &&
      (languages.has(WITH.get(before.folded) ?? '') || (before.folded === 'con' && languages.has('it')));
    if ((!talked && !languages.has(AGENT.get(before.folded) ?? '')) || gap(reading, at - 1) !== ' ') return [];
    if (!talked && TREATMENT.test(verb.folded)) return [];
    if (
      !talked &&
      (verb.shape !== 'lower' ||
        (!(before.folded === 'par' && /e{1,2}s?$/.test(verb.folded)) &&
          !/(?:ado|ada|ido|ida|ed|t|d|en|to|ta|ti|te|ad|at|ny|na|ne|age|ure|ie|ion)$/.test(verb.folded)))
    )
      return [];
    if (
      isKnownWord(reading, at) ||
      isWordOfMedicine(token.folded) ||
      isScientific(token.folded) ||
      /^(?:['’]s|-\p{Ll}|\d| ?\d|®|™)/u.test(text.slice(token.end, token.end + 2))
    )
      return [];
    const spans = [span(token.start, token.end, 'name', 'possible', 'agent:name')];
    const [joiner, other] = [tokens[at + 1], tokens[at + 2]];
    if (
      joiner &&
      /^(?:en|et|e|y|and|och|og|i)$/.test(joiner.folded) &&
      joiner.shape === 'lower' &&
      proper(other) &&
      gap(reading, at) === ' ' &&
      gap(reading, at + 1) === ' ' &&
      !isKnownWord(reading, at + 2)
    )
      spans.push(span(other.start, other.end, 'name', 'possible', 'agent:name'));
    return spans;
  });
}

const RANK =
  /(?=\p{Uppercase})(?<=^|\n|[–—.;] )(\p{Uppercase}[\p{Alpha}'’-]{2,}(?: \p{Uppercase}[\p{Alpha}'’-]{2,})?),? (?=(?:Dipl\.-\p{Alpha}+|FA|FÄ|OA|OÄ|AA|AÄ|Assistenz(?:arzt|ärztin)|Ober(?:arzt|ärztin)|Chef(?:arzt|ärztin)|Stations(?:arzt|ärztin)|MTRA|MTAF|MD|M\.D\.|PhD|RN|FRCS|MRCP|SpR|AIOS|ANIOS|verpleegkundige|vaatchirurg|MIR|DUE|capoclinica|specializzando|specializzanda|interne|PH|CCA|GuKP|lek\.|överläkare|overlege|overlæge|ylilääkäri|szakorvos|primář)(?!\p{Alpha}))/gu;

/** 'Pöhlmann, Dipl.-Soz.päd.', 'Wernicke, FA': a name before a rank. */
export function ranked({ text, tables }: Reading): Span[] {
  return [...text.matchAll(RANK)].flatMap((found) => {
    const name = found[1] ?? '';
    const words = name
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .split(/[ '’-]/);
    if (words.some((word) => tables.ordinary.has(word) || tables.months.has(word))) return [];
    // 'Laut Stationsarzt …'
    if (!found[0].includes(',') && words.length === 1 && isGermanNoun(words[0] ?? '')) return [];
    return [span(found.index, found.index + name.length, 'name', 'possible', 'rank:name')];
  });
}
