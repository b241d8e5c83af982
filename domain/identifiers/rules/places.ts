import type { Span } from '../spans.ts';
import { nearDisease } from './eponyms.ts';
import { isAmbiguous, isFirstName, isLastName, isNameLike } from './name-run.ts';
import { gap, type Reading, span, tokenAt } from './reading.ts';

const POSTCODE =
  /(?<![\d\p{Alpha}.]|(?<! \d{1,3}[a-z]?),|(?<!\p{Alpha}\.? \d{0,3})\d[ /-]|\d[ /-](?!\d{5} ))(?:(?:[A-Z]{1,2}-)?\d{5}|\d{2} \d{3}|(?:[A-Z]{1,2}-)?\d{4}(?: ?[A-Z]{2})?|\d{3} \d{2}|\d{2}-\d{3}|\d{4}-\d{3}|LV-\d{4}|LT-\d{5})(?= {1,2}\p{Uppercase}|, ?\p{Uppercase}| ?\n ?\p{Uppercase})/gu;
/** A bracket, a bar or a one is how a J, an I or an L is read from a picture. */
const UK_POSTCODE =
  /(?<![\p{Alpha}\d])(?:[A-Z]{1,2}\d[A-Z\d]? \d(?:[A-Z]{2}|[A-Z][)|\]1]|[)|\]1][A-Z]))(?![\p{Alpha}\d])/gu;
/** 'Dayton, OH 45402', 'Dayton OH 45402-1234': a town of the United States with its state and its code. */
const US_TOWN =
  /(?<!\p{Alpha})\p{Uppercase}\p{Alpha}+(?: \p{Uppercase}\p{Alpha}+){0,2},? (?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]) \d{5}(?:-\d{4})?(?![\d.,-]\d)/gu;
/** Without it no town is looked for: most texts have none. */
const STATE_AND_CODE = / [A-Z]{2} \d{5}/;
const WITHIN_TOWN = /^(?:[ \u00a0]|-|['’]|\. ?|\n)$/;
const longestTown = 6;
/** A quarter of a town ('Köln-Ehrenfeld'), and what tells it from others of its name ('Frankfurt (Oder)', 'Lahr/Schwarzwald'). */
const PART =
  /^(?:-\p{Uppercase}\p{Ll}{2,}(?:-\p{Uppercase}\p{Ll}+)*|(?: \(|\/)(?:Oder|Main|Saale|Neckar|Donau|Inn|Spree|Lahn|Westf\.?|Westfalen|Holstein|Schwarzwald|Schw\.|Allgäu|Harz|Eifel|Sachsen|Pfalz|Taunus|Mark|Württ\.?|Bayern|Vogtland|Thüringen|Thür\.?|Ostsee|Sudeten|TI|ZH|BE|AG|SG|GR|VS|LU|NB|BO|MI|TO|RM|NA)\)?)(?!\p{Alpha})/u;

/** 'Mellau, Platz 290': a village's house behind its postcode and name. */
const STREET_BEHIND =
  /^, ?\p{Uppercase}[\p{Alpha}.'’-]+(?: (?:[\p{Alpha}.'’-]+)){0,3} \d{1,4}(?: ?[a-zA-Z](?![\p{Alpha}\d]))?(?=[ \t]*(?:[,;)\n]|$|\.(?:\s|$)))/u;
/** The canton behind a Swiss town, the province behind an Italian one. */
const CANTON = /^ (?:\([A-Z]{2}\)|[A-Z]{2})(?![\p{Alpha}\d])/u;

/** The words of a town's name from a token on: the index after the last, or `from` where there is none. */
export function townRun(reading: Reading, from: number): number {
  const { tokens, tables, text } = reading;
  let to = from;
  for (let index = from; index < tokens.length && index - from < longestTown; index++) {
    const token = tokens[index];
    if (!token) break;
    const between = index > from ? gap(reading, index - 1) : ' ';
    if (index > from && !WITHIN_TOWN.test(between)) break;
    if (between === '\n' && !(token.shape === 'capitals' && tokens[index - 1]?.shape === 'capitals')) break;
    if (
      between.startsWith('.') &&
      ((tokens[index - 1]?.folded.length ?? 9) > 3 ||
        (tokens[index - 1]?.shape === 'capitals' && token.shape !== 'capitals'))
    )
      break;
    if (/cedex/i.test(token.folded)) {
      to = index + 1;
      continue;
    }
    if (token.shape === 'lower') {
      if (index === from || !isTownParticle(reading, index)) break;
      continue;
    }
    if (
      tables.roles.has(token.folded) &&
      !isTownParticle(reading, index) &&
      !/^[-'’]$/.test(between) &&
      !tables.towns.longest(text, tokens, index)
    ) {
      break;
    }
    if (
      reading.capitalNouns &&
      to > from &&
      !/^[-'’]$/.test(between) &&
      tokens[index - 1]?.shape !== 'lower' &&
      !/^(?:bad|sankt|st|markt|klein|gross|neu|alt|ober|unter)$/.test(tokens[index - 1]?.folded ?? '')
    )
      break;
    to = index + 1;
  }
  return to;
}

function isTownParticle({ tables, tokens }: Reading, index: number): boolean {
  const word = tokens[index]?.folded ?? '';
  return (
    tables.particles.has(word) ||
    /^(?:sur|sous|les|lez|en|an|am|im|in|bei|ob|vor|der|upon|on|under|aux?|nad|pri|pod|ved|aan)$/.test(word)
  );
}

/** A postcode and the town behind it. */
export function postcodes(reading: Reading): Span[] {
  const { text, tokens } = reading;
  const spans: Span[] = [];
  for (const found of text.matchAll(POSTCODE)) {
    const code = found[0];
    const end = found.index + code.length;
    const from = tokenAt(tokens, end);
    const digits = code.replace(/\D/g, '').length;
    if (
      /^(?:1[89]|20)\d\d$/.test(code) &&
      !/(?:straße|strasse|str\.?|\d[a-z]?),? ?$/i.test(text.slice(Math.max(0, found.index - 14), found.index))
    )
      continue;
    const to = townRun(reading, from);
    if (to === from) continue;
    const listed = reading.tables.towns.longest(text, tokens, from) !== undefined;
    const first = tokens[from];
    if (digits < 5 && !listed && !isAfterStreet(text, found.index)) continue;
    if (!first || (digits === 5 && !listed && first.folded.length < 3)) continue;
    let last = tokens[to - 1]?.end ?? end;
    last += CANTON.exec(text.slice(last, last + 5))?.[0].length ?? 0;
    last += /^ (?:cedex )?\d{1,2}(?!\d)/i.exec(text.slice(last, last + 10))?.[0].length ?? 0;
    last += STREET_BEHIND.exec(text.slice(last, last + 60))?.[0].length ?? 0;
    spans.push(span(found.index, last, 'address', listed ? 'certain' : 'possible', 'address:postcode'));
  }
  for (const found of STATE_AND_CODE.test(text) ? text.matchAll(US_TOWN) : [])
    spans.push(span(found.index, found.index + found[0].length, 'address', 'possible', 'address:postcode'));
  if (reading.languages.has('fr')) {
    for (const found of text.matchAll(/(?<=\bdans le )\d{5}(?![\d,.]\d)/g))
      spans.push(span(found.index, found.index + 5, 'address', 'possible', 'address:postcode'));
  }
  if (reading.languages.has('en')) {
    for (const found of text.matchAll(UK_POSTCODE))
      spans.push(span(found.index, found.index + found[0].length, 'address', 'possible', 'address:postcode'));
  }
  return spans;
}

function isAfterStreet(text: string, at: number): boolean {
  return /\d{1,4} ?[a-zA-Z]?,?\s{1,2}$/.test(text.slice(Math.max(0, at - 9), at));
}

/** 'Gera, den 3.4.2019', 'Lyon, le 3 mai 2019': the town before the date of a letter, with a line for both. `dates` are those found by their shape. */
export function datedTowns(reading: Reading, dates: readonly Span[]): Span[] {
  const { text, tokens } = reading;
  return dates.flatMap((date) => {
    const before = text.slice(Math.max(0, date.start - 60), date.start);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const found =
      /^[ \t]*((?:\p{Uppercase}[\p{Alpha}.'’-]+[ -]?){1,3}),? {1,2}(?:den |am |le |el |il |li |lì |a |dnia |dne |dňa |d\. ?|den\. |,)?$/u.exec(
        line,
      );
    const name = found?.[1]?.trim().replace(/,$/, '');
    if (!name || !/,/.test(line)) return [];
    const start = date.start - line.length + line.indexOf(name);
    const first = tokens[tokenAt(tokens, start)];
    return first && isNameLike(reading, first)
      ? [span(start, start + name.length, 'place', 'possible', 'place:dated')]
      : [];
  });
}

/** The state or county behind a town: 'Muleshoe, Texas', 'Ballina, Co. Mayo'. */
const STATE =
  /^, (?:(?:Co\.?|County) \p{Uppercase}\p{Ll}+|\p{Uppercase}\p{Ll}+shire|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York|South Wales)|North (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South (?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Ontario|Quebec|British Columbia|Alberta|Manitoba|Saskatchewan|Nova Scotia|Queensland|Tasmania|Kent|Essex|Sussex|Surrey|Norfolk|Suffolk|Cornwall|Devon|Dorset|Somerset|Cumbria|Northumberland|Fife|Gwynedd|Powys|Dyfed|Gwent|[A-Z]{2}(?= \d{5}|,|\.|\)))(?![\p{Alpha}])/u;

/** Places with the state or county behind them, in English. `found` are places of any rule. */
export function withStates({ text, languages }: Reading, found: readonly Span[]): Span[] {
  if (!languages.has('en')) return [];
  return found.flatMap((place) => {
    const state = place.kind === 'place' ? STATE.exec(text.slice(place.end, place.end + 24)) : null;
    return state ? [{ ...place, end: place.end + state[0].length }] : [];
  });
}

/** 'Dr. Ihde, Heide', 'Wohlgemuth, Halle': a town, be it a word as well, right behind one of the spans and before the end of its clause. */
export function townsBehind(reading: Reading, spans: readonly Span[]): Span[] {
  const { text, tokens, tables } = reading;
  return spans.flatMap(({ end }) => {
    if (!/^(?:, | \()$/.test(text.slice(end, end + 2))) return [];
    const at = tokenAt(tokens, end);
    const first = tokens[at];
    if (first?.start !== end + 2 || first.shape !== 'capitalised' || first.folded.length < 4) return [];
    const found = tables.towns.longest(text, tokens, at);
    const last = found && tokens[found.next - 1];
    if (!last || tables.ordinary.has(first.folded) || isFirstName(reading, first)) return [];
    return /^(?:[),;\n]|\.(?:\s|$)|$)/.test(text.slice(last.end, last.end + 2))
      ? [span(first.start, last.end, 'place', 'possible', 'place:behind-name')]
      : [];
  });
}

/** Ends of German places, and what ends so and is none. */
const TOWN_END =
  /(?:hausen|dorf|stetten|kirchen|rode|ingen|heim|burg|stadt|hofen|weiler|furt|bach|stedt|leben|reuth|berg|moos|felde?|brunn|buttel|wald|horst|beuren|tal)$/;
const NO_TOWN =
  /(?:pflege|wohn|alten|alters|senioren|kinder|innen|alt|gesichts|um|vor|blick|seh|spital|kranken)(?:heim|stadt|felde?|wald|burg)$/;

/** 'in Wolfsingen': a place of no list behind a German preposition, by its end. */
export function endedTowns(reading: Reading): Span[] {
  const { tokens, tables, capitalNouns, written } = reading;
  const prepositions = tables.townPrepositions.get('de');
  if (!capitalNouns || !prepositions) return [];
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    if (!before || !prepositions.has(before.folded) || token.shape !== 'capitalised' || token.folded.length < 6)
      return [];
    if (
      !/^[ \u00a0]$/.test(gap(reading, at - 1)) ||
      !TOWN_END.test(token.folded) ||
      NO_TOWN.test(token.folded) ||
      written.has(token.folded) ||
      tables.roles.has(token.folded)
    )
      return [];
    return [span(token.start, token.end, 'place', 'possible', 'place:end')];
  });
}

/** Towns from the list: those that are no word and no name, and the others after a preposition. */
export function listedTowns(reading: Reading): Span[] {
  const { text, tokens, tables, languages } = reading;
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || token.shape === 'lower' || token.shape === 'initial') continue;
    const found = tables.towns.longest(text, tokens, at);
    if (!found) continue;
    // 'HAS-BLED': a part of an abbreviation.
    if (token.shape === 'capitals' && /\p{Uppercase}-$/u.test(text.slice(Math.max(0, token.start - 2), token.start)))
      continue;
    const last = tokens[found.next - 1];
    if (!last || last.shape === 'lower') continue;
    const single = found.next - at === 1;
    const before = tokens[at - 1]?.folded ?? '';
    const prepositioned =
      /^[ \u00a0]$/.test(gap(reading, at - 1)) &&
      [...languages].some((language) => tables.townPrepositions.get(language)?.has(before));
    const sure =
      !single ||
      (token.folded.length > 3 &&
        !isAmbiguous(reading, token) &&
        !isFirstName(reading, token) &&
        !isLastName(reading, token));
    const word =
      single &&
      (tables.roles.has(token.folded) ||
        (reading.written.has(token.folded) && (!prepositioned || tables.ambiguous.has(token.folded))) ||
        (tables.ambiguous.has(token.folded) && reading.capitalNouns && languages.has('de')));
    if ((!sure && !(prepositioned && !word && isNameLike(reading, token))) || nearDisease(reading, at, found.next))
      continue;
    if (/[-\p{Alpha}]/u.test(text[last.end] ?? ' ') && /^-\p{Ll}/u.test(text.slice(last.end, last.end + 2))) continue;
    const part = PART.exec(text.slice(last.end, last.end + 30))?.[0].length ?? 0;
    spans.push(span(token.start, last.end + part, 'place', 'possible', 'list:town'));
    at = found.next - 1;
  }
  return spans;
}

/** 'Bad Schallerbach', 'St. Pölten', 'Sankt Augustin': German places by their first word. */
const SPA_TOWN = /(?<!\p{Alpha})(?:Bad|Sankt|St\.) (\p{Uppercase}\p{Ll}{3,}(?:-\p{Uppercase}\p{Ll}+)*)(?!\p{Alpha})/gu;

/** 'Hopfen am See', 'Lauf a. d. Pegnitz', 'Ried im Innkreis': German places by the water, the hill or the country behind them. */
const TOWN_BY =
  /(?<!\p{Alpha})\p{Uppercase}\p{Ll}{2,}(?:-\p{Uppercase}\p{Ll}+)? (?:am|an der|a\. ?d\.|a\.|im|i\.|ob der|in der|in|bei|vor der|auf der) (?:See|[\p{Alpha}]{3,}see|Rhein|Main|Neckar|Donau|Inn|Lech|Isar|Ruhr|Lippe|Elbe|Weser|Werra|Fulda|Saale|Mosel|Nahe|Lahn|Leine|Aller|Havel|Oder|Spree|Ems|Harz|Allgäu|Taunus|Spessart|Schwarzwald|Odenwald|Westerwald|Hunsrück|Breisgau|Hegau|Remstal|Ries|Hochrhein|Kaiserstuhl|Enns|Mur|Mürz|Ybbs|Traun|Krems|Pongau|Pinzgau|Lungau|Innkreis|Mühlkreis|Traunkreis|Hausruck|Burgenland|Lavanttal|Zillertal|Ötztal|Walde|Sand|Teck|Alz|Ilm|Ilz|Vils|Regen|Naab|Pegnitz|Aisch|Altmühl|Paar|Amper|Glonn|Würm|Brenz|Rems|Enz|Nagold|Weinstraße|Bergstraße|Weinsberg|Dosse|Oste|Luhe|Aue|Wümme|Hunte|Ruwer|Sieg|Agger|Erft|Rur|Niers|Emscher|Wupper|Steigerwald|Vogtland|Erzgebirge|Oberland|Unterland|Moos|Rübenberge|Forst|Holz|Stein|Berg|Ammersee|Thurn|Brenner|Arlberg|Albis|Rheinfall|Simmental|Emmental|Obertoggenburg|Toggenburg|Prättigau|Engadin)(?!\p{Alpha})/gu;
/** Beginnings of sentences and parts of the body that stand so as well. */
const NO_TOWN_BY =
  /^(?:Stein|Blut|Wasser|Luft|Druck|Zustand|Urlaub|Unfall|Sturz|Wanderung|Klinik|Reha|Haus|Praxis|Zentrum|Leben|Heim|Ferien|Kur|Krankenhaus|Klinikum|Fraktur|Wohnung|Hof|Hotel) /u;

/** Spa towns and towns of saints, of no list, in German. */
export function spaTowns(reading: Reading): Span[] {
  if (!reading.languages.has('de') || reading.languages.size > 5) return [];
  const byWater = [...reading.text.matchAll(TOWN_BY)]
    .filter(({ 0: town }) => !NO_TOWN_BY.test(town))
    .map((found) => span(found.index, found.index + found[0].length, 'place', 'possible', 'place:by'));
  const spas = [...reading.text.matchAll(SPA_TOWN)]
    .filter((found) => !/^(?:nauheimer|.*klinik|.*krankenhaus|.*spital|.*hospital|jude)/i.test(found[1] ?? ''))
    .map((found) => span(found.index, found.index + found[0].length, 'place', 'possible', 'place:spa'));
  return [...spas, ...byWater];
}
