import type { Span } from '../spans.ts';
import { isOfCalling, isSpokenTitle } from './callings.ts';
import { LAW } from './dates.ts';
import { nearDisease } from './eponyms.ts';
import {
  isAmbiguous,
  isFirstName,
  isInitial,
  isLastName,
  isNameAlone,
  isNameLike,
  type NameRun,
  NOUN,
  nameRun,
} from './name-run.ts';
import { gap, type Reading, span } from './reading.ts';
import type { Title } from './tables.ts';
import type { Token } from './tokens.ts';
import { isUnlistedWord } from './unlisted.ts';
import { isNothingButEnglish, isWordAndName } from './vocabulary.ts';

const AFTER_TITLE = /^[.:)]{0,2}[ \u00a0]{0,2}["«„“(]?$|^[.:]?\r?\n$/;
/** Written small in the middle of a sentence, too, where their full stop tells them from words. */
const SMALL_TITLE = /^(?:prof|dr|drs|dott|sig|mw|mevr|dhr|sr|sra|srta|dra|mgr|mudr|ing|phdr|hr|fr)$/;
/** Titles of more than five letters that a full stop shortens. */
const SHORTENED = /^(?:pfleg|schwest|medizinalr|privdoz|primar)$/;
const BEFORE_NEXT_NAME = /^(?:[ ,]{1,3}|\s?[/&+]\s?)$/;
/** Their titles are looked for in texts of every language. */
const MAIN: ReadonlySet<string> = new Set(['en', 'fr', 'de', 'it', 'es', 'nl']);
/** So short a title is too often something else in a language that does not know it. */
const shortTitle = 3;

function isTitle(reading: Reading, at: number, next: number, { language, lower }: Title): boolean {
  const { tokens, text, languages } = reading;
  const [first, last] = [tokens[at], tokens[next - 1]];
  if (!first || !last) return false;
  if (
    !lower &&
    first.shape === 'lower' &&
    !(text[first.end] === '.' && SMALL_TITLE.test(first.folded)) &&
    !isSpokenTitle(reading, first, next)
  )
    return false;
  const length = last.end - first.start;
  if (!languages.has(language) && !MAIN.has(language)) return false;
  if (
    next - at === 1 &&
    length <= shortTitle &&
    !languages.has(language) &&
    !['dr', 'mme', 'mrs', 'prof', 'pr', 'mlle'].includes(first.folded)
  )
    return false;
  return (
    length > 1 ||
    text[last.end] === '.' ||
    (language === 'fr' && /^ \p{Uppercase}{2}/u.test(text.slice(last.end, last.end + 3)))
  );
}

/** The index after all titles that begin at a token ('Herrn Prof. Dr. med.'), and the strongest of them. */
export function titlesAt(
  reading: Reading,
  at: number,
): { readonly next: number; readonly strength: Title['strength'] } | undefined {
  const { tables, text, tokens } = reading;
  let next = at;
  let strength: Title['strength'] | undefined;
  for (;;) {
    if (next > at && !AFTER_TITLE.test(gap(reading, next - 1))) break;
    const found = tables.titles.longest(text, tokens, next);
    const fitting = found?.values.filter((title) => isTitle(reading, next, found.next, title)) ?? [];
    if (!found || fitting.length === 0 || (strength === 'title' && tokens[next]?.shape === 'initial')) break;
    if (strength !== 'title') strength = fitting.some((title) => title.strength === 'title') ? 'title' : 'relation';
    next = found.next;
  }
  return strength && { next, strength };
}

/** Names after salutations and titles: 'Frau Dr. med. A. von Bergen', 'M. DUPONT Jean', and those that are joined to them. */
export function titledNames(reading: Reading): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < reading.tokens.length; at++) {
    const titles = titlesAt(reading, at);
    if (!titles) continue;
    const { next, strength } = titles;
    at = next - 1;
    if (strength === 'relation' || !AFTER_TITLE.test(gap(reading, next - 1))) {
      const relative = relativeAt(reading, next);
      if (relative) {
        spans.push(nameSpan(reading, relative, 'possible', 'relation:name'));
        at = relative.to - 1;
        continue;
      }
    }
    if (!AFTER_TITLE.test(gap(reading, next - 1))) continue;
    // 'beim Hausarzt. Wundkontrolle …': a word and the end of its sentence.
    const title = reading.tokens[next - 1];
    if (title && title.folded.length > 5 && gap(reading, next - 1).startsWith('. ') && !SHORTENED.test(title.folded))
      continue;
    const run = nameRun(reading, next, strength === 'title' ? 'title' : 'free');
    if (
      !run ||
      (strength === 'relation' &&
        !isKnown(reading, run) &&
        !isMarked(reading, run) &&
        !isUnlisted(reading, run) &&
        !isOfCalling(reading, next - 1, run))
    )
      continue;
    if (isAbbreviation(reading, next - 1, run)) continue;
    spans.push(nameSpan(reading, run, strength === 'title' ? 'certain' : 'possible', 'title:name'));
    let last = run;
    for (let people = 0; people < 6; people++) {
      const joined = joinedName(reading, last.to);
      if (!joined) break;
      spans.push(nameSpan(reading, joined, 'possible', 'title:name'));
      last = joined;
    }
    at = last.to - 1;
  }
  return spans;
}

/** 'MR Angiography', 'PR Interval', 'HR Manager': capitals without a full stop before an everyday word are no title. */
function isAbbreviation(reading: Reading, last: number, { from, to }: NameRun): boolean {
  const title = reading.tokens[last];
  return (
    title?.shape === 'capitals' &&
    title.folded.length < 4 &&
    reading.text[title.end] !== '.' &&
    reading.tokens
      .slice(from, to)
      .every((word) => word.shape !== 'capitals' && (isNothingButEnglish(reading, word) || NOUN.test(word.folded)))
  );
}

/** 'Tochter Eva', 'der Ehemann, Kemal Aydın, ist …', 'Betreuerin ist Anna Meier'. */
function relativeAt(reading: Reading, next: number): NameRun | undefined {
  const { tokens, text } = reading;
  const linked = /^(?:ist|heisst|is|est|e|es)$/.test(tokens[next]?.folded ?? '') && tokens[next]?.shape === 'lower';
  const between = gap(reading, next - 1);
  if (linked || /^ ?[,(:] ?$/.test(between)) {
    const run = nameRun(reading, linked ? next + 1 : next, 'label');
    const last = run && tokens[run.to - 1];
    const closed = last !== undefined && /^ ?[,.;()\n]/.test(text.slice(last.end, last.end + 2));
    const capitals =
      run !== undefined && tokens.slice(run.from, run.to).filter((token) => isNameLike(reading, token)).length;
    return run &&
      closed &&
      run.to - run.from === 2 &&
      capitals === 2 &&
      (isKnown(reading, run) || tokens.slice(run.from, run.to).every(({ folded }) => !NOUN.test(folded)))
      ? run
      : undefined;
  }
  const token = tokens[next];
  if (
    between !== ' ' ||
    !token ||
    !isNameLike(reading, token) ||
    !isFirstName(reading, token) ||
    reading.written.has(token.folded)
  )
    return undefined;
  return nameRun(reading, next, 'title');
}

/** 'Dr. Meier und Kunze': what follows a name and a joining word, and looks like a name itself. */
function joinedName(reading: Reading, at: number): NameRun | undefined {
  const { tokens, tables } = reading;
  const token = tokens[at];
  if (!token) return undefined;
  const joined =
    tables.joiners.has(token.folded) && /^ $/.test(gap(reading, at)) && /^[ .]{1,2}$/.test(gap(reading, at - 1));
  const next = joined ? at + 1 : at;
  if (!joined && !BEFORE_NEXT_NAME.test(gap(reading, at - 1))) return undefined;
  const run = nameRun(reading, next, 'free');
  if (!run) return undefined;
  const first = tokens[run.from];
  if (!first) return undefined;
  const marked =
    first.shape === 'capitals' ||
    first.shape === 'initial' ||
    (reading.capitalNouns && run.to - run.from === 1 && !NOUN.test(first.folded));
  return isKnown(reading, run) || (joined && marked) ? run : undefined;
}

/** Some word of it is on a list of names, and is no ordinary word. */
export function isKnown(reading: Reading, { from, to }: NameRun): boolean {
  return reading.tokens
    .slice(from, to)
    .some(
      (token) =>
        isNameLike(reading, token) &&
        (isFirstName(reading, token) || isLastName(reading, token)) &&
        !isAmbiguous(reading, token),
    );
}

/** Begins with a word that German does not know. */
const isUnlisted = (reading: Reading, { from }: NameRun): boolean =>
  reading.capitalNouns && isUnlistedWord(reading, reading.tokens[from] as Token);

/** Has an initial, or is in capitals. */
function isMarked({ tokens, capitalNouns }: Reading, { from, to }: NameRun): boolean {
  const words = tokens.slice(from, to);
  return words.length > 1 && words[0]?.shape === 'initial'
    ? true
    : !capitalNouns && words.some(({ shape, folded }) => shape === 'capitals' && folded.length > 3);
}

export function nameSpan(
  { text, tokens }: Reading,
  { from, to }: NameRun,
  certainty: Span['certainty'],
  rule: string,
): Span {
  const [first, last] = [tokens[from], tokens[to - 1]];
  const end = last?.end ?? 0;
  const stop = last && last.end - last.start === 1 && text[end] === '.' ? 1 : 0;
  return span(first?.start ?? 0, end + stop, 'name', certainty, rule);
}

/** Names that nothing announces: a first name from the lists with a surname beside it, or an initial and a surname. All of them are possible, not certain. */
export function listedNames(reading: Reading): Span[] {
  const spans: Span[] = [];
  const { tokens } = reading;
  for (let at = 0; at < tokens.length; at++) {
    // 'M. Petit', 'Pr Petit': a title, and not an initial.
    if ((tokens[at]?.folded.length ?? 0) <= 2 && tokens[at]?.shape !== 'lower' && titlesAt(reading, at)) continue;
    const run = pairAt(reading, at) ?? initialAt(reading, at) ?? lineAt(reading, at) ?? loneAt(reading, at);
    if (
      !run ||
      nearDisease(reading, run.from, run.to) ||
      LAW.test(reading.text.slice(Math.max(0, (tokens[at]?.start ?? 0) - 40), tokens[at]?.start))
    )
      continue;
    const rule = run.to - run.from === 1 ? 'list:first-name' : 'list:name';
    spans.push(nameSpan(reading, run, 'possible', rule));
    at = run.to - 1;
  }
  return spans;
}

/** 'Anna Krumbholz', 'KRUMBHOLZ Anna', 'Krumbholz, Anna': a run of two words or more with a first name in it. */
function pairAt(reading: Reading, at: number): NameRun | undefined {
  const { tokens, capitalNouns } = reading;
  const token = tokens[at];
  if (!token || !isNameLike(reading, token)) return undefined;
  const first = isFirstName(reading, token);
  const last = isLastName(reading, token);
  const doubtful = isAmbiguous(reading, token);
  const run = nameRun(reading, at, 'free');
  if (!run || run.to - run.from < 2) return undefined;
  const others = tokens.slice(at + 1, run.to);
  const second = others[0];
  const afterCapitals =
    token.shape === 'capitals' &&
    token.folded.length > 3 &&
    second?.shape === 'capitalised' &&
    isFirstName(reading, second);
  const firstBehind = others.some((other) => isFirstName(reading, other) && !isAmbiguous(reading, other));
  const lastBehind = others.some((other) => isLastName(reading, other) && !isAmbiguous(reading, other));
  if (first && !doubtful) return run;
  if (first && (lastBehind || firstBehind || others.some(({ shape }) => shape === 'capitals'))) return run;
  const inCapitals =
    token.shape === 'capitals' && second?.shape === 'capitals' && others.length === 1 && isFirstName(reading, second);
  if (
    inCapitals &&
    /(?:^|[\n|,;:] ?)$/.test(reading.text.slice(Math.max(0, token.start - 2), token.start)) &&
    /^ {0,2}(?:[\n|,;(\d]|$)/.test(reading.text.slice(second.end, second.end + 3))
  )
    return run;
  if (afterCapitals && !reading.written.has(token.folded)) return run;
  if (!firstBehind) return undefined;
  // A word before a first name: a surname where it is on the list, in capitals, before a comma, or where only names have capitals.
  if ((last && !doubtful) || token.shape === 'capitals') return run;
  const comma = gap(reading, at).includes(',');
  if (comma) return isSentenceStart(reading, at) || !capitalNouns || last || startsCell(reading, at) ? run : undefined;
  return !capitalNouns && !doubtful && !isSentenceStart(reading, at) ? run : last ? run : undefined;
}

/** 'E. PENICOT', 'P.-A. Poulmani', 'A. Müller'. */
function initialAt(reading: Reading, at: number): NameRun | undefined {
  const { tokens, text, capitalNouns } = reading;
  const token = tokens[at];
  if (
    !token ||
    token.shape !== 'initial' ||
    !/^\. ?\p{Uppercase}|^\.-|^-\p{Uppercase}\./u.test(text.slice(token.end, token.end + 3))
  )
    return undefined;
  if (/[\p{Alpha}\p{N}.>]$|\d $/u.test(text.slice(Math.max(0, token.start - 2), token.start))) return undefined;
  const run = nameRun(reading, at, 'free');
  if (!run) return undefined;
  const word = tokens.slice(at, run.to).find((other) => isNameLike(reading, other));
  if (!word || word.folded.length < 3) return undefined;
  const listed = isLastName(reading, word) && !isAmbiguous(reading, word);
  if (listed) return run;
  if (capitalNouns || isAmbiguous(reading, word)) return undefined;
  return run;
}

/** Two or three words that may be a name, one of them listed, with a line for themselves: a signature, a letterhead. */
function lineAt(reading: Reading, at: number): NameRun | undefined {
  const { text, tokens } = reading;
  const token = tokens[at];
  if (!token || (token.start > 0 && !/[\n|\t][ \t]*$/.test(text.slice(Math.max(0, token.start - 4), token.start))))
    return undefined;
  const run = nameRun(reading, at, 'label');
  const last = run && tokens[run.to - 1];
  if (!run || !last || run.to - run.from < 2 || run.to - run.from > 4) return undefined;
  const reversed = text.slice(token.end, last.end).includes(',');
  if (
    reversed &&
    /^[ \t]*(?:\n|$|,? ?[(*\d]|\||\t)/.test(text.slice(last.end, last.end + 4)) &&
    isFirstName(reading, last)
  )
    return run;
  if (
    !/^[ \t]*(?:\n|$|, ?(?:MD|PhD|Facharzt|Fachärztin|Ober|Chef|Assistenz))/.test(text.slice(last.end, last.end + 20))
  )
    return undefined;
  const words = tokens.slice(run.from, run.to);
  // 'Levy Liability': a heading.
  if (words.some((word) => isNothingButEnglish(reading, word)) && !words.some((word) => isNameAlone(reading, word)))
    return undefined;
  return isKnown(reading, run) ? run : undefined;
}

/** One first name that is no word, by itself. */
function loneAt(reading: Reading, at: number): NameRun | undefined {
  const token = reading.tokens[at];
  if (!token || token.folded.length < 4 || !isNameLike(reading, token) || isInitial(reading, token)) return undefined;
  if (!isFirstName(reading, token) || isAmbiguous(reading, token)) return undefined;
  if (/\d/.test(reading.text[token.end] ?? ' ')) return undefined;
  const next = reading.tokens[at + 1];
  if (
    next?.shape === 'capitalised' &&
    gap(reading, at) === ' ' &&
    isWordAndName(reading, token) &&
    isNothingButEnglish(reading, next)
  )
    return undefined;
  if (
    /[-'’]/.test(reading.text[token.end] ?? ' ') ||
    /\p{Ll}-$/u.test(reading.text.slice(Math.max(0, token.start - 2), token.start))
  )
    return undefined;
  return { from: at, to: at + 1 };
}

function isSentenceStart({ text, tokens }: Reading, at: number): boolean {
  const start = tokens[at]?.start ?? 0;
  return /(?:^|[.!?:\n])["'«„(\s]{0,3}$/.test(text.slice(Math.max(0, start - 5), start));
}

/** At the start of a line or of a table's cell. */
function startsCell({ text, tokens }: Reading, at: number): boolean {
  const start = tokens[at]?.start ?? 0;
  return start === 0 || /[\n|;\t]\s{0,3}$/.test(text.slice(Math.max(0, start - 4), start));
}

const DEGREES =
  /(?<!\p{Alpha})(?:(?:(?:Univ\.-|apl\. ?|Hon\.-|Priv\.-|Ass\.-|ao\. ?)?(?:Prof|Dres|Dr|DDr|PD|Doz|DI|Mag|MR|OMR|OStR|SR|Prim|OA|OÄ|FA|FÄ|CA|Hofrat|Frhr|Freiherr|Freifrau|Graf|Gräfin|Baron|Baronin|Fürst|Fürstin|Prinz|Prinzessin|med|dent|vet|rer|nat|phil|jur|habil|univ|cand|stud|em|i\. ?R|h\. ?c|Dipl\.-(?:Med|Psych|Biol|Ing|Chem|Phys|Päd|Soz\.päd|Kfm)|Dkfm|MSc|MBA|BSc|MUDr|M\. ?Sc)(?!\p{Alpha})\.?,?[ -]?)+)$/u;

/** The last letters of a degree and what stands behind it: the long pattern is tried nowhere else. */
const DEGREE_END =
  /(?:Prof|D?Dr|Dres|PD|Doz|DI|ag|MR|SR|rim|[OFC][AÄ]|rat|rhr|err|rau|raf|äfin|aron|nin|ürst|tin|inz|ssin|med|dent|vet|rer|nat|phil|jur|habil|univ|cand|stud|em|R|c|[Pp]sych|Biol|Ing|Chem|Phys|Päd|päd|Kfm|S[cC]|BA)\.?,?[ -]?$/u;

/** A name with the degrees in front of it, in German alone, where they are a part of it by custom ('Prof. Dr. med. Meier'). */
export function withDegrees({ text, languages }: Reading, found: Span): Span {
  if (found.kind !== 'name' || !languages.has('de') || languages.has('fr') || languages.size > 5) return found;
  const before = text.slice(Math.max(0, found.start - 48), found.start);
  if (!DEGREE_END.test(before.slice(-12))) return found;
  const degrees = DEGREES.exec(before)?.[0] ?? '';
  return degrees === '' ? found : { ...found, start: found.start - degrees.length };
}
