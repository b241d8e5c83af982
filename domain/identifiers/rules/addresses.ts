import type { Span } from '../spans.ts';
import { gap, type Reading, span } from './reading.ts';

const NUMBER_AFTER =
  /^[“”"»]?\.?(?:,? ?|\n)(?:(?:n[º°.o]{0,2}|№|nr\.?|no\.?|č\.?|d\.) ?)?\d{1,4}(?:(?:[a-z](?!\p{Alpha})| [a-z](?! ?\p{Alpha}))(?: \d{1,3}(?=[,.;)\n]|$))?)?(?: ?[-–/+] ?\d{1,4}(?:[a-z](?!\p{Alpha})| [a-z](?! ?\p{Alpha}))?|-(?:i{1,3}|iv|hs|huis|bis)(?!\p{Alpha}))?(?![\d%]|\.\d|,\d(?!\d{3,4} \p{Uppercase})| ?(?:mg|ml|mm|cm|kg|g|h|uhr|jahre?|tage?|wochen?|monate?|ans|mois|jours|euro|€|bar|ie|mal|x|stunden|grad)(?!\p{Alpha}))/iu;
const FLAT_AFTER =
  /^,? (?:bis [a-z]|\d{1,2}(?:º|ª|°|er|o|a)(?: ?(?:[a-d]|izq(?:da)?|dcha|der|izda|ctro|piso|puerta|p)\b\.?)*|(?:piso|puerta|esc|escalera|bloque|portal|appt?|apt|apartment|flat|bât|bat|byt|m|lok|et|ap|sc|bl|int|scala|top|stiege|wohnung|bus)\.? ?[\da-z]{1,4}\b|s\/n|(?:st|kl|\d{1,2})\.? ?(?:th|tv|mf)\b\.?)|^\.?,? (?:fsz\b\.?|\d{1,2}\. ?em(?:elet)?\b\.?)(?: \d{1,3}\b\.?)?(?: ajtó)?/i;
const NO_NUMBER_AFTER = /^,? ?s\/n/i;
const FLAT_BEFORE = /(?<!\p{Alpha})(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit) \d{1,4}[A-Za-z]?, ?$/u;
const NUMBER_BEFORE = /(?<![\d.,/])\d{1,4}(?: ?(?:bis|ter|quater|[a-d]))?(?: ?[-–/] ?\d{1,4}(?: ?[a-d])?)?,? {1,2}$/i;
const WORD_GAP = /^(?:\.? ?[„“"«]|[ \u00a0]{1,2}|-|['’]|\.[ \u00a0]?|\/|\. ?-?| \d{1,2}\.? |, )$/;
const BOX =
  /(?<!\p{Alpha})(?:Postfach|P\.? ?O\.? ?Box|Casella postale|Apartado(?: de Correos)?|Apdo\.?|Postbus|Boîte postale|Postboks|Postilokero|Skrytka pocztowa|P\.? ?O\.?B\.?)[ :]{1,2}\d[\d ]{1,7}\d|(?<!\p{Alpha})(?:BP|CS) \d{2,6}(?=[ ,]*\n?[ ]?\d{5} \p{Alpha})/gu;
const PREFIXED =
  /(?<!\p{Alpha})(?:(?:Straße|Strasse|Platz|Allee|Weg|Ring) (?:des \d{1,2}\.|der|des|am|zum|zur)|Am|Im|An der|An den|An dem|Auf der|Auf dem|Auf den|In der|In den|Zum|Zur|Unter den|Hinter der|Hinter dem|Hinterm|Unterm|Überm|Vorm|Vor der|Über der|Vor dem|Bei der|Beim|Obere|Untere|Alte|Alter|Neue|Neuer|Große|Kleine|Lange|Hohe) \p{Uppercase}[\p{Alpha}-]{2,25}(?: \p{Uppercase}[\p{Alpha}-]{2,25})? \d{1,3}(?: ?[a-z])?(?:-\d{1,3})?(?![\d%]|[.:]\d)(?=,? ?\n? ?(?:[A-Z]-)?\d{4,5} \p{Uppercase}|[ \t]*\n|,|[ \t]*$)/gu;
/** 'A4 km 112', 'N-340 km 42'. */
const ROAD = /(?<![\p{Alpha}\d-])[A-Z]{1,3}[- ]?\d{1,3},? (?:[Kk][Mm]|[Pp][Kk])\.? ?\d{1,4}(?:[.,+]\d{1,3})?(?!\d)/gu;
/** 'in der Straße der Jugend', 'am Platz der Republik'. */
const NAMED_STREET =
  /(?<!\p{Alpha})(?:Straße|Strasse|Platz|Allee) (?:der|des|zum|zur) \p{Uppercase}\p{Alpha}{3,}(?: \d{1,3}(?: ?[a-z](?!\p{Alpha}))?)?/gu;
/** 'bytem Květinová 8', 'nastanjen Cvjetna 12': a street without a word for it, behind a word for living there. */
const LIVES_AT =
  /(?<=(?<!\p{Alpha})(?:bytem|bytom|bydliště|bydliskom?|nastanjen[ai]?|stanujoč[aeig]?) )\p{Uppercase}\p{Alpha}+(?: \p{Alpha}+){0,2} \d{1,4}(?:\/\d{1,4})?[a-z]?(?![\p{Alpha}\d])/gu;
/** A postcode and its town: what follows is a street in whatever language. */
const BEHIND_TOWN = /(?<!\d)\d{4,5} \p{Uppercase}[\p{Alpha} -]+, ?$/u;
/** Whatever stands with a number before a postcode and its town: 'Unterer Markt 3, 94032 Passau'. */
const BEFORE_POSTCODE =
  /(?<=(?:^|[,;:\n(\t]|(?<!\p{Alpha})wohnhaft) ?)\p{Uppercase}[\p{Alpha}.'’-]+(?: [\p{Alpha}.'’-]+){1,4} \d{1,3}(?: ?[a-zA-Z](?!\p{Alpha}))?(?=(?:, ?|,? ?\n)(?:[AD]-)?\d{5} \p{Uppercase}\p{Ll})/gu;
/** Words of streets that are so common elsewhere that a house number must stand beside them. */
const WITH_NUMBER_ONLY =
  /^(?:.|..|all|che|imp|cours|quai|route|rte|pass|villa|cite|res|residence|lot|voie|cote|pont|porte|clos|mail|domaine|galerie|passage|place|plaza|strada|str|largo|borgo|vico|galleria|calle|camino|carrera|colonia|cuesta|polig\w*|partida|edificio|barrio|residencial|via|est|estrada|lugar|quinta|bairro|put|cesta|trg|pot|naselje|prolaz|obala|os|al|pl|piata|calea|drumul|cartier|sector|alej|tr|trieda|trida|rond|montee|traverse|square|centre|parvis|frazione|regione|rione|travesia|ronda|pasaje|via)$/;
/** Ends of German, Dutch and Nordic streets that need no house number; with the readings of a sharp s. */
const SURE_END =
  /(?:strasse|strabe|strare|straat|gatan|gade|katu|veien|vagen|allee|gasse|gracht|steenweg|damm|chaussee|platz|weg|laan|plein|singel|esplanadi)$/;
const APART_END =
  /^(?:strasse|str|platz|weg|allee|ring|damm|gasse|ufer|chaussee|street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|crescent|way|place|square|terrace|gardens|grove|hill|boulevard|blvd|row|mews|walk|parade|straat|laan|plein|weg|vej|alle|gata|gate|vei|vag|tie|katu)$/;
const ENGLISH_END =
  /^(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|crescent|cres|way|place|pl|square|sq|terrace|gardens|grove|hill|boulevard|blvd|park|row|mews|walk|green|parade|view|rise|quay|highway|hwy|parkway|circle)$/;
/** Of these, what needs no other English word near it: a number before them is a house's in a letter of any language. */
const PLAIN_ENGLISH_END = /^(?:street|road|avenue|lane|crescent|terrace|gardens|grove)$/;
const NO_STREET =
  /^instr$|(?:atemweg|harnweg|gallenweg|luftweg|verkehrsweg|zugangsweg|rettungsweg|arbeitsweg|infektionsweg|leitungsweg|weg|strasse|(?:ak|fak|mo|ra|zep|sa|la)tor|verband|platz|arbeitsplatz|schlafplatz|pflegeplatz|wohnplatz|rehaplatz|therapieplatz|ring|gesichtsfeld|umfeld|vorfeld|blickfeld|bahnhof|spaziergang|graben|brucke|hof|fahrweg|verlauf|park|line|view|green|hill)$/;

/** Streets with their numbers, in the orders of the network's languages, and post office boxes. */
export function addresses(reading: Reading): Span[] {
  const { text, tokens } = reading;
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const found = streetBefore(reading, at) ?? streetEnd(reading, at) ?? streetAfter(reading, at);
    if (found) spans.push(found);
  }
  for (const pattern of [BOX, PREFIXED, ROAD, NAMED_STREET, LIVES_AT, BEFORE_POSTCODE]) {
    for (const found of text.matchAll(pattern))
      spans.push(span(found.index, found.index + found[0].length, 'address', 'possible', 'address:street'));
  }
  return spans;
}

/** 'rue de la Paix 12', '12, rue de la Paix', 'c/ Mayor 5, 2º dcha', 'ul. Długa 3 m. 4'. */
function streetBefore(reading: Reading, at: number): Span | undefined {
  const { text, tokens, tables } = reading;
  const head = tokens[at];
  if (!head || !tables.streetsBefore.has(head.folded) || text[head.start - 1] === '-') return undefined;
  // 'al-Haddawi': a part of a name.
  if (head.folded === 'al' && text[head.end] === '-') return undefined;
  // 'p.Cys1361Tyr': a change of a protein.
  if (/^p\.\(?\p{Uppercase}(?:\p{Ll}{2})?\d/u.test(text.slice(head.start, head.start + 7))) return undefined;
  if (
    head.folded.length < 3 &&
    !/^(?:\/|\. ?\p{Alpha}|[ºª.])/u.test(text.slice(head.end, head.end + 3)) &&
    !(head.folded.length === 2 && head.shape === 'lower')
  )
    return undefined;
  if (head.folded.length === 1 && /[°\d]/.test(text[head.start - 1] ?? ' ')) return undefined;
  let last = at;
  for (let index = at + 1; index < tokens.length && index - at <= 9; index++) {
    const token = tokens[index];
    if (!token || !WORD_GAP.test(gap(reading, index - 1))) break;
    if (gap(reading, index - 1) === ', ' && index - at > 1) break;
    if (token.shape === 'lower' && !isStreetParticle(reading, index)) break;
    if (
      index - at > 1 &&
      token.shape !== 'lower' &&
      tables.roles.has(token.folded) &&
      !isStreetParticle(reading, index) &&
      /^[ ]/.test(gap(reading, index - 1)) &&
      !tables.particles.has(token.folded)
    )
      break;
    if (token.shape !== 'lower') last = index;
  }
  const before = NUMBER_BEFORE.exec(text.slice(Math.max(0, head.start - 18), head.start));
  const worded =
    !before &&
    at > 0 &&
    tables.numbers.has(tokens[at - 1]?.folded ?? '') &&
    gap(reading, at - 1) === ' ' &&
    (tokens[at - 1]?.folded.length ?? 0) > 2;
  if (last === at && (before || worded) && head.folded.length > 1) last = smallStreet(reading, at);
  if (last === at) return undefined;
  const nameEnd = tokens[last]?.end ?? head.end;
  const end = houseNumber(text, nameEnd);
  const numbered = before !== null || worded || end > nameEnd;
  if (
    !numbered &&
    (WITH_NUMBER_ONLY.test(head.folded) ||
      !(tokens[at + 1]?.shape === 'capitalised' || tables.particles.has(tokens[at + 1]?.folded ?? '')))
  )
    return undefined;
  const start = before ? head.start - before[0].length : worded ? (tokens[at - 1]?.start ?? head.start) : head.start;
  return span(start, end, 'address', 'possible', 'address:street');
}

/** 'deux bd etienne marcel 75002 …': a street in small letters, with a number before and a postcode behind. */
function smallStreet(reading: Reading, at: number): number {
  for (let last = at + 1; last < reading.tokens.length && last - at < 7; last++) {
    const between = gap(reading, last);
    if (/^,? ?\d{5},? $/.test(between)) return last;
    if (!/^[ '’-]$/.test(between)) break;
  }
  return at;
}

function isStreetParticle({ tables, tokens }: Reading, index: number): boolean {
  const word = tokens[index]?.folded ?? '';
  return (
    tables.particles.has(word) ||
    tables.streetsBefore.has(word) ||
    /^(?:aux?|sur|saint|sainte|san|santa|st|ste|dr|general|docteur|doctor|en|et|o)$/.test(word)
  );
}

/** 'Albert-Schweitzer-Straße 12', 'Kölner Str. 5 a', 'Langegracht 3', '12 High Street'. */
function streetEnd(reading: Reading, at: number): Span | undefined {
  const { text, tokens, tables, languages } = reading;
  const head = tokens[at];
  if (!head || (head.shape === 'lower' && text[head.start - 1] !== '-')) return undefined;
  const apart = APART_END.test(head.folded);
  const hyphened = gap(reading, at - 1) === '-';
  const suffix = tables.streetsEnd
    .get(head.folded.slice(-2))
    ?.find((end) => head.folded.length > end.length + 1 && head.folded.endsWith(end));
  if (!apart && !suffix) return undefined;
  // 'Selector1': a number right behind a word is a house's where the word can be nothing else.
  if (/\d/.test(text[head.end] ?? '') && !SURE_END.test(head.folded) && !apart) return undefined;
  if (head.shape === 'lower' && !hyphened) return undefined;
  if (suffix && !hyphened && !apart && NO_STREET.test(head.folded) && !SURE_END.test(head.folded)) {
    if (!/\n|,? \d{4,5} /.test(text.slice(houseNumber(text, head.end), houseNumber(text, head.end) + 8)))
      return undefined;
  }
  let from = at;
  while (from > 0 && at - from < 6) {
    const token = tokens[from - 1];
    const between = gap(reading, from - 1);
    if (!token) break;
    if (/^(?:-|['’]|-\n)$/.test(between)) from--;
    else if (
      (apart || hyphened) &&
      /^(?: |\. ?|\.-)$/.test(between) &&
      (from === at || text[(tokens[from]?.start ?? 1) - 1] === ' ') &&
      apart &&
      token.shape !== 'lower' &&
      token.shape !== 'initial' &&
      // '92 Station Road': a house number before it makes it the street's name.
      (!tables.roles.has(token.folded) || NUMBER_BEFORE.test(text.slice(Math.max(0, token.start - 14), token.start))) &&
      at - from < 3
    )
      from--;
    else break;
  }
  if (apart && from === at) return undefined;
  const first = tokens[from];
  if (!first || first.shape === 'lower') return undefined;
  const numbered = houseNumber(text, head.end);
  const before =
    ENGLISH_END.test(head.folded) && (languages.has('en') || PLAIN_ENGLISH_END.test(head.folded))
      ? NUMBER_BEFORE.exec(text.slice(Math.max(0, first.start - 14), first.start))
      : null;
  const end = before && numbered === head.end ? withFlats(text, numbered) : numbered;
  const dotted = text[head.end] === '.' && head.folded.endsWith('str');
  if (ENGLISH_END.test(head.folded) && !before && !(end > head.end)) {
    if (!/^(?:street|road|avenue|lane)$/.test(head.folded)) return undefined;
  } else if (
    end === head.end &&
    !before &&
    !(SURE_END.test(head.folded) && head.folded.length > 8) &&
    !(hyphened && SURE_END.test(head.folded)) &&
    !dotted
  )
    return undefined;
  if (end === head.end && !before && tables.ordinary.has(first.folded)) return undefined;
  const street = before ? first.start - before[0].length : first.start;
  const flat = before ? (FLAT_BEFORE.exec(text.slice(Math.max(0, street - 20), street))?.[0].length ?? 0) : 0;
  return span(street - flat, end, 'address', 'possible', 'address:street');
}

/** 'Kossuth Lajos utca 5.', 'Brīvības iela 12-4', 'Gedimino pr. 9'. */
function streetAfter(reading: Reading, at: number): Span | undefined {
  const { text, tokens, tables } = reading;
  const head = tokens[at];
  if (!head || !tables.streetsAfter.has(head.folded) || at === 0 || head.shape === 'capitals') return undefined;
  const short = head.folded.length <= 2;
  if (short && text[head.end] !== '.' && !/^ \d/.test(text.slice(head.end, head.end + 2))) return undefined;
  let from = at;
  while (from > 0 && at - from < 4) {
    const token = tokens[from - 1];
    if (
      !token ||
      token.shape === 'lower' ||
      !/^(?: |-|\. ?)$/.test(gap(reading, from - 1)) ||
      tables.roles.has(token.folded)
    )
      break;
    from--;
  }
  const first = tokens[from];
  const end = houseNumber(text, head.end);
  if (from === at || !first || (end === head.end && head.folded.length < 4)) return undefined;
  const inTown = BEHIND_TOWN.test(text.slice(Math.max(0, first.start - 40), first.start));
  if (short && !inTown && !['lt', 'et', 'hu', 'sl'].some((language) => reading.languages.has(language)))
    return undefined;
  return span(first.start, end, 'address', 'possible', 'address:street');
}

/** Where the house number and the flat behind a street's name end; `at` itself where there is none. */
function houseNumber(text: string, at: number): number {
  const after = text.slice(at, at + 24);
  const found = NUMBER_AFTER.exec(after) ?? NO_NUMBER_AFTER.exec(after);
  if (!found) return at;
  return withFlats(text, at + found[0].length);
}

/** Where the floor and the flat behind a house number or a street end. */
function withFlats(text: string, at: number): number {
  let end = at;
  for (let part = 0; part < 3; part++) {
    const flat = FLAT_AFTER.exec(text.slice(end, end + 24));
    if (!flat) break;
    end += flat[0].length;
  }
  return end;
}
