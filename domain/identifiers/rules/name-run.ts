import { foldUmlauts } from './fold.ts';
import { isGermanNoun } from './nouns.ts';
import { gap, type Reading } from './reading.ts';
import type { Token } from './tokens.ts';
import { isEnglishWord, isNothingButEnglish, isWordAndName } from './vocabulary.ts';

/** What stood before a run of words: a title or a label says that a name follows, 'free' text does not. */
export type Lead = 'title' | 'label' | 'free';

/** Tokens `from` to `to` (exclusive) that read as one name. */
export interface NameRun {
  readonly from: number;
  readonly to: number;
}

const TIGHT = /^(?:-|['’`]|\.-|-\n)$/;
const SPACE = /^[ \u00a0\u202f]$/;
const WIDE = /^[ \u00a0]{2}$/;
const VOWEL = /[aeiouyαεηιουωаеиоуъюяыэ]/;
const AFTER_INITIAL = /^\.?[ \u00a0]?$|^\.-$/;
const COMMA = /^ ?, ?$/;
const LINE_BREAK = /^ ?\r?\n ?$/;
/** Ends of German nouns that are no names, folded. */
export const NOUN =
  /(?:ung|heit|keit|tion|tionen|ungen|schaft|tat|itis|ose|om|ie|ik|um|us|mus|urie|amie|algie|pathie|tomie|skopie|graphie|grafie|ismus|anz|enz|ion|ektomie|stenose|befund|bericht|kontrolle|aufnahme|diagnose|symptome|beschwerden|schmerzen|schmerz|therapie)$/;
const longestRun = 9;

export function isFirstName({ tables: { firstNames } }: Reading, { folded }: Token): boolean {
  return firstNames.has(folded) || (folded.includes('e') && firstNames.has(foldUmlauts(folded)));
}

export function isLastName({ tables: { lastNames } }: Reading, { folded }: Token): boolean {
  return lastNames.has(folded) || (folded.includes('e') && lastNames.has(foldUmlauts(folded)));
}

export function isAmbiguous(reading: Reading, token: Token): boolean {
  const { tables, written } = reading;
  const { folded } = token;
  return (
    tables.ambiguous.has(folded) || tables.ordinary.has(folded) || written.has(folded) || isEnglishWord(reading, token)
  );
}

/** Begins with a capital, and may be a word of a name. */
export function isNameLike({ tables: { ordinary } }: Reading, { folded, shape }: Token): boolean {
  return (shape === 'capitalised' || shape === 'capitals') && folded.length > 1 && !ordinary.has(folded);
}

/** Initials, and the short forms of first names ('Chr.', 'Ph.', 'Th.') that a full stop follows. */
export function isInitial({ text, tables }: Reading, { start, end, shape, folded }: Token): boolean {
  if (shape === 'initial') return true;
  return (
    shape === 'capitalised' &&
    end - start <= 3 &&
    text[end] === '.' &&
    !tables.ordinary.has(folded) &&
    (end - start < 3 || !tables.lastNames.has(folded))
  );
}

/**
 * The longest name that begins at a token, or undefined: first names, initials, particles and surnames, in either order and in capitals or not. In German, where every noun has its
 * capital, a further word after the surname must be known as a name.
 */
export function nameRun(reading: Reading, from: number, lead: Lead): NameRun | undefined {
  const { tokens, tables, capitalNouns } = reading;
  let [to, words, initials, surname, comma, firstSeen] = [from, 0, 0, false, false, false];
  for (let index = from; index < tokens.length && index - from < longestRun; index++) {
    const token = tokens[index];
    const before = tokens[index - 1];
    if (!token) break;
    let tight = false;
    if (index > from && before) {
      const between = gap(reading, index - 1);
      tight = TIGHT.test(between);
      if (COMMA.test(between)) {
        if (
          comma ||
          !(lead === 'label' || isNameLike(reading, token)) ||
          token.shape === 'lower' ||
          !isFirstName(reading, token) ||
          (lead === 'free' && isAmbiguous(reading, token))
        )
          break;
        comma = true;
      } else if (LINE_BREAK.test(between)) {
        if (words !== 1 || !isNameLike(reading, token) || !isFirstName(reading, token) || isAmbiguous(reading, token))
          break;
      } else if (
        isInitial(reading, before) || (before.folded === 'v' && before.shape === 'lower')
          ? !AFTER_INITIAL.test(between) && !tight
          : !SPACE.test(between) && !tight && !(lead === 'label' && WIDE.test(between))
      )
        break;
    }
    if (isParticle(reading, index, surname, lead)) continue;
    if (isInitial(reading, token)) {
      const closed =
        /^\.|^[ -]?\p{Uppercase}|^['’]\p{Uppercase}/u.test(reading.text.slice(token.end, token.end + 2)) ||
        (lead !== 'free' && words === 0);
      if (!closed || (tight && words === 0 && initials === 0 && index > from)) break;
      initials++;
      to = index + 1;
      continue;
    }
    if (token.shape === 'lower') break;
    const first = isFirstName(reading, token);
    const listed = first || isLastName(reading, token);
    const leading = words === 0 && lead === 'title';
    if (
      leading
        ? tables.roles.has(token.folded) && (initials === 0 || token.shape === 'capitals')
        : !tight &&
          tables.ordinary.has(token.folded) &&
          !(lead === 'label' && first && (comma || (words === 0 && goesOn(reading, index))))
    )
      break;
    if (!tight && token.shape === 'capitals' && token.folded.length <= 3 && !listed && !leading) break;
    if (!tight && words > 0 && !listed && reading.written.has(token.folded) && !isAdjectiveName(reading, index)) break;
    if (
      !tight &&
      lead === 'free' &&
      isNothingButEnglish(reading, token) &&
      !tokens.slice(from, index).some((one) => isNameAlone(reading, one))
    )
      break;
    if (!tight && words > 0 && reading.capitals && (!listed || tables.ambiguous.has(token.folded))) break;
    if (words > 0 && !listed && !tight && !VOWEL.test(token.folded)) break;
    if (
      !tight &&
      lead === 'free' &&
      words >= 2 &&
      surname &&
      firstSeen &&
      !listed &&
      !reading.languages.has('es') &&
      !reading.languages.has('pt')
    )
      break;
    if (!tight && lead === 'free' && words >= 2 && !listed && isBehindCapitals(tokens, from, index)) break;
    if (!tight && surname && lead !== 'label') {
      if (
        capitalNouns &&
        !(listed && !tables.ambiguous.has(token.folded)) &&
        !bothCapitals(before, token) &&
        !(lead === 'title' && words === 1 && closesName(reading, token))
      )
        break;
      if (words >= 4) break;
    }
    words++;
    if (first) firstSeen = true;
    else surname = true;
    to = index + 1;
  }
  return words > 0 || (initials > 0 && lead !== 'free') ? { from, to } : undefined;
}

/** 'Navn: Signe Holm', 'Namn: Per Holm': a first name that is a word elsewhere, with the next one right behind it. */
const goesOn = (reading: Reading, index: number): boolean => {
  const next = reading.tokens[index + 1];
  return next !== undefined && gap(reading, index) === ' ' && isNameLike(reading, next);
};

/** 'Lena HAAG Beruf', 'HAAG Lena Prélever': who writes a surname in capitals writes no other part of it small, so what follows begins something new. */
function isBehindCapitals(tokens: readonly Token[], from: number, index: number): boolean {
  return (
    tokens[index]?.shape === 'capitalised' &&
    tokens.slice(from, index).some(({ shape, folded }) => shape === 'capitals' && folded.length > 3)
  );
}

/** 'Wilhelm Fromm': German writes adjectives small; right behind a first name, one with a capital is a surname. */
const isAdjectiveName = (reading: Reading, index: number): boolean =>
  reading.capitalNouns &&
  gap(reading, index - 1) === ' ' &&
  isNameAlone(reading, reading.tokens[index - 1] as Token) &&
  isFirstName(reading, reading.tokens[index - 1] as Token) &&
  !isGermanNoun(reading.tokens[index]?.folded ?? '');

/** A name on the lists that is no word as well. */
export const isNameAlone = (reading: Reading, token: Token): boolean =>
  isNameLike(reading, token) &&
  (isFirstName(reading, token) || isLastName(reading, token)) &&
  !isAmbiguous(reading, token) &&
  !isWordAndName(reading, token);

/** A small word within a name, with the rest of the name behind it. */
function isParticle(reading: Reading, index: number, surname: boolean, lead: Lead): boolean {
  const { tokens, tables, capitalNouns, text } = reading;
  const token = tokens[index];
  // 'Prof. v. Bodmann'
  if (token?.folded === 'v' && token.shape === 'lower' && capitalNouns && tokens[index + 1]) {
    const name = tokens[index + 1] as Token;
    return /^\. ?$/.test(gap(reading, index)) && isNameLike(reading, name);
  }
  if (!token || !tables.particles.has(token.folded) || (token.shape === 'initial' && text[token.end] === '.'))
    return false;
  if (capitalNouns && surname && lead !== 'label') return false;
  for (let next = index + 1; next <= index + 3; next++) {
    const following = tokens[next];
    if (!following || !/^(?:[ \u00a0]|['’])$/.test(gap(reading, next - 1))) return false;
    if (tables.particles.has(following.folded) && following.shape === 'lower') continue;
    return isNameLike(reading, following);
  }
  return false;
}

/** A second word behind a title that punctuation closes, and that does not end as a noun does. */
function closesName({ text, written }: Reading, { end, folded }: Token): boolean {
  return /^[,;)\n]|^\.(?:\s|$)|^$/.test(text.slice(end, end + 2)) && !NOUN.test(folded) && !written.has(folded);
}

function bothCapitals(before: Token | undefined, token: Token): boolean {
  return before?.shape === 'capitals' && token.shape === 'capitals' && token.folded.length > 3;
}
