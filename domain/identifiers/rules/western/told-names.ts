import type { Span } from '../../spans.ts';
import { isKnownWord } from '../eponyms.ts';
import { isWordOfMedicine } from '../medicine.ts';
import { isAmbiguous, isFirstName, isLastName, isNameLike, type NameRun, nameRun } from '../name-run.ts';
import { nameSpan, titlesAt } from '../names.ts';
import { isScientific } from '../nouns.ts';
import { gap, isOfWest, type Reading, span, tokenAt } from '../reading.ts';
import { PRODUCT } from '../told-places.ts';

/** 'elle s'appelle', 'si chiama', 'me llamo', 'heet ook': what somebody is called. */
const CALLED =
  /(?<!\p{Alpha})(?:(?:[sm]['’]appel(?:le|ait|ons|lerait)|prénommée?|surnommée?|dénommée?|nommée?|[sm]i chiam(?:a|o|ava|avano|erà)|chiaman[oa]|chiamavano|soprannominat[oa]|di nome|detto|detta|heet(?:te)?|genaamd|genoemd|bijgenaamd|[sm]e llam(?:a|o|aba|ará)|llamad[oa]|apodad[oa]|de nombre|lo llamaban|la llamaban|ik ben|f\.to|firmato|getekend|w\.g\.)(?: (?:aussi|ook|nu|también|pure|anche|encore))? )(?=\p{Uppercase})/gu;
/** 'appeler', 'avvisata', 'bellen met': whom somebody calls or tells. */
const TOLD =
  /(?<!\p{Alpha})(?:(?:[Rr]?[Aa]ppel(?:er|ée?|le)|[Pp]rév(?:enir|enue?)|[Aa]visée?|[Jj]oint|[Cc]ontactée?|(?:[Ss]e )?[Cc]hiam(?:a|o|are|ata|ato)|[Rr]ichiam(?:o|are)|[Aa]vvis(?:are|ata|ato|o)|[Ss]ent(?:ire|ito|ita)|[Bb]el(?:len)?(?: met)?|[Gg]ebeld met|[Ww]aarschuw|[Ll]lam(?:ar|ad|ó) a|[Aa]vis(?:ar|ad|ado) a) )(?=\p{Uppercase}\p{Ll})/gu;
/** 'Chez les Pottier', 'il Pavan', 'le petit Loïc', 'la piccola Ada', 'kleine Sem': a family, and who is small or old. */
const OF_FAMILY =
  /(?<!\p{Alpha})(?:[Cc]hez les|[Ff]amille|[Ff]amiglia|[Ff]amilie|[Ff]amilia|[Ll](?:e petit|a petite|a jeune|e jeune|a piccola)|[Ii]l piccolo|(?:[Dd]e )?kleine|[Ee]l pequeño|[Ll]a pequeña|[Oo]pa|[Oo]ma|[Pp]atient|[Bb]aby) (?=\p{Uppercase}\p{Ll})/gu;

/** "dr. 't Hart", "mevrouw 't Hoen": a surname that begins with an apostrophe, behind a title. */
const APOSTROPHED =
  /(?<=(?<!\p{Alpha})(?:[Dd]r|[Pp]rof|[Dd]hr|[Mm]evr|[Mm]w|[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Zz]r|[Bb]r|[Zz]uster|[Hh]uisarts)\.? (?:\p{Uppercase}\. ?)*)['’]t \p{Uppercase}\p{Alpha}+(?:-\p{Uppercase}\p{Alpha}+)?/gu;

/** Names behind words for what somebody is called, whom somebody calls, and whose family is meant, in languages whose nouns have no capital. All of them are possible, not certain. */
export function toldNames(reading: Reading): Span[] {
  const { text, tokens } = reading;
  const spans = [...text.matchAll(APOSTROPHED)].map(({ index, 0: written }) =>
    span(index, index + written.length, 'name', 'possible', 'told:name'),
  );
  if (!isOfWest(reading)) return spans;
  for (const [pattern, lead] of [
    [CALLED, 'title'],
    [TOLD, 'free'],
    [OF_FAMILY, 'free'],
  ] as const)
    for (const found of text.matchAll(pattern)) {
      const at = tokenAt(tokens, found.index + found[0].length);
      const run = properRun(reading, at, lead);
      if (run) spans.push(nameSpan(reading, run, 'possible', 'told:name'));
    }
  return spans;
}

/** The words of a name that begin at a token, where its first word may be one. */
export function properRun(reading: Reading, at: number, lead: 'title' | 'free'): NameRun | undefined {
  const from = titlesAt(reading, at)?.next ?? at;
  const { tokens, tables, text } = reading;
  let first = from;
  while (tables.particles.has(tokens[first]?.folded ?? '') && gap(reading, first) === ' ' && first - from < 3) first++;
  const token = tokens[first];
  if (!token || !mayBeName(reading, first)) return undefined;
  const run = nameRun(reading, from, lead);
  const last = tokens[(run?.to ?? first + 1) - 1];
  if (!last || /^(?:\d|-\p{Ll}|®|™)/u.test(text.slice(last.end, last.end + 2))) return undefined;
  return run ?? { from, to: first + 1 };
}

/** A word with a capital that no list of everyday words, of medicine or of the calendar has. */
export function mayBeName(reading: Reading, at: number): boolean {
  const token = reading.tokens[at];
  return (
    token !== undefined &&
    isNameLike(reading, token) &&
    token.folded.length > 1 &&
    !isKnownWord(reading, at) &&
    !isWordOfMedicine(token.folded) &&
    !isScientific(token.folded) &&
    !PRODUCT.test(token.folded)
  );
}

/** ', 29 ans', ' (55 anni', ' | 12 jaar': what stands between a name and an age. */
const AGED =
  /(?:, ?| ?\(| ?\| ?| ?; ?| [–-] | {2,}(?:et[àa]|[âa]ge|leeftijd|edad)?:? ?)(?=(?:\d{1,2}|1[01]\d) ?(?:ans?|anni|años?|jaar|jr|aa|a|mois|mesi|meses|maanden|ANS|ANNI|AÑOS|JAAR)(?![\p{Alpha}\d]))/gu;

/** Names before an age: 'La petite Jade Pottier, 6 ans', 'Conti M.L. | 55 anni', 'Ans de Graaf, 63 jaar'. All of them are possible, not certain. */
export function agedNames(reading: Reading): Span[] {
  const { text, tokens, tables } = reading;
  if (!isOfWest(reading)) return [];
  return [...text.matchAll(AGED)].flatMap((found) => {
    const to = tokenAt(tokens, found.index);
    const stop = text[found.index - 1] === '.';
    let from = to;
    while (from > 0 && to - from < 6) {
      const token = tokens[from - 1];
      const between = from === to ? text.slice(token?.end ?? 0, found.index) : gap(reading, from - 1);
      if (!token || !(from === to ? /^\.?$/ : /^(?: |-|['’]|\. ?|-\n)$/).test(between)) break;
      if (between.startsWith('.') && token.end - token.start > 3) break;
      if (token.shape === 'lower' ? !tables.particles.has(token.folded) : tables.ordinary.has(token.folded)) break;
      from--;
    }
    while (from < to && tokens[from]?.shape === 'lower') from++;
    const titles = titlesAt(reading, from);
    if (titles && titles.next <= to) from = titles.next;
    const words = tokens.slice(from, to).filter(({ shape }) => shape !== 'lower');
    const proper = words.filter((word) => isNameLike(reading, word));
    if (words.length < 2 || words.length > 3 || proper.length === 0 || (stop && words.at(-1)?.shape !== 'initial'))
      return [];
    const listed = proper.some((word) => isFirstName(reading, word) || isLastName(reading, word));
    const strange = proper.some((word) => !isAmbiguous(reading, word) && !isWordOfMedicine(word.folded));
    const leads = /(?:^|[\n|;:•–-]|\d[.)]) {0,2}$/.test(
      text.slice(Math.max(0, (words[0]?.start ?? 0) - 4), words[0]?.start),
    );
    if (!listed && (!strange || reading.capitals || !(leads || words.some(({ shape }) => shape === 'initial'))))
      return [];
    return [nameSpan(reading, { from, to }, 'possible', 'aged:name')];
  });
}

/** '22:14 Tommy: …', '[09:58] Lotte Smit: …': who writes in a chat. */
const SAYS =
  /(?=\p{Uppercase})(?<=^\[?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::\d\d)?\]?(?: [–-])? )\p{Uppercase}[\p{Alpha}'’-]*(?: \p{Uppercase}[\p{Alpha}'’.-]*){0,2}(?=:)/gmu;
/** '8:40 Chen mère', '9:00 Bienvenu D. – bandes': whose turn it is at an hour of a list. */
const TURN =
  /(?=\p{Uppercase})(?<=^[ \t]*(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?h)?,? [–-]? ?)\p{Uppercase}\p{Ll}+(?:-\p{Uppercase}\p{Ll}+)*(?: \p{Uppercase}\.| \p{Uppercase}\p{Ll}+)?(?= (?:[–(-]|mère|père|fils|fille|madre|padre|figli[oa]|hij[oa]|zoon|dochter)|, ?\d|$)/gmu;
/** 'collega Van Es', '(Lo Monaco)', '| Dal Pozzo': a small word of a name with its capital, within a sentence or a cell. */
const PARTICLED =
  /(?=[A-Z])(?<=[\p{Ll}\d,)] |[(|/] ?)(?:Van(?: (?:de|den|der|het|'t|De|Den|Der))?|De(?: la| La)?|Den|Der|Ter|Ten|Dal|Dalla|Dalle|Dall['’]|Dai|Da|Degli|Dei|Del|Della|Dello|Dell['’]|Di|D['’]|Lo|La|Li|Le|El|Al|Ben|Von|Du|Des|Dos|Abu|A[iï]t|Bin|N['’]|O['’])(?: |-|(?<=['’]))\p{Uppercase}\p{Ll}+(?:-\p{Uppercase}\p{Ll}+)*(?:-?[’']\p{Uppercase}\p{Ll}+)?/gu;

/** 'Van Geel', 'Lo Russo': a small word of a surname that is nothing else with its capital, whatever stands behind it. */
const isSurname = ({ tokens, tables }: Reading, written: string, at: number): boolean => {
  const folded = tokens[at]?.folded ?? '';
  return /^(?:Van|Ter|Ten|Dal|Lo) /.test(written) && !tables.eponyms.has(folded) && !isWordOfMedicine(folded);
};

/** 'Van Heleen aan Bo, 09:58', 'De Íñigo para Charo': from whom to whom. */
const FROM_TO =
  /(?<=^)(?:Van|De|Da) (\p{Uppercase}\p{Ll}+(?: \p{Uppercase}\p{Ll}+)?) (?:aan|à|a|para) (\p{Uppercase}\p{Ll}+(?: \p{Uppercase}\p{Ll}+)?)(?=[,:.\n]|$)/gmu;

/** Who writes in a chat and to whom, and where else they are spoken of. */
export function chatNames(reading: Reading): Span[] {
  const { text, tables, tokens } = reading;
  const places: [number, number][] = [];
  const particled: Span[] = [];
  for (const found of text.matchAll(SAYS)) places.push([found.index, found[0].length]);
  if (isOfWest(reading)) {
    for (const found of text.matchAll(TURN)) places.push([found.index, found[0].length]);
    for (const found of text.matchAll(PARTICLED)) {
      const at = tokenAt(tokens, found.index + found[0].length) - 1;
      if (
        (isSurname(reading, found[0], at) || mayBeName(reading, at)) &&
        !/^-\p{Ll}|^['’]s/u.test(text.slice(tokens[at]?.end ?? 0, (tokens[at]?.end ?? 0) + 2))
      )
        particled.push(span(found.index, found.index + found[0].length, 'name', 'possible', 'told:particle'));
    }
  }
  for (const found of text.matchAll(FROM_TO))
    for (const name of [found[1], found[2]] as string[])
      places.push([found.index + found[0].indexOf(` ${name}`) + 1, name.length]);
  const spoken = places.flatMap(([start, length]) => {
    const words = tokens.slice(tokenAt(tokens, start), tokenAt(tokens, start + length));
    if (words.some(({ folded }) => tables.ordinary.has(folded) || tables.roles.has(folded))) return [];
    return [span(start, start + length, 'name', 'possible', 'chat:name')];
  });
  return [...spoken, ...particled];
}
