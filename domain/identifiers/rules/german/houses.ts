import type { Span } from '../../spans.ts';
import { isFirstName, isLastName } from '../name-run.ts';
import { isGermanNoun } from '../nouns.ts';
import { gap, type Reading, span } from '../reading.ts';
import type { Token } from '../tokens.ts';
import { isUnlistedWord } from '../unlisted.ts';
import { isRegion } from './regions.ts';

/** Words for houses, offices, schools, firms and clubs, folded: whole, or as the end of a compound. */
const HOUSE =
  /^(?:kh|khs|krhs|kkh|kkhs|bkh|lkh|bwk|jva|mvz|reha|ahb|sapv|uni|unit|labor|praxis|haus|heim|hof|stift|netz|team|hort|kita|werk|amt|dienst|radiologicum|nephrologicum|diabetologicum|firma|fa|veb|lpg|verein|polizei|feuerwehr|leitstelle|werft|zeche|gericht|gemeinde|schule|kolleg|universitatsmedizin|unimedizin|betreuung|wohngemeinschaft|wg|kloster|pfarramt|kirche|akademie|zentrum|zentren|institut|klinik|kliniken|klinikum|spital|hospital|hospiz|krankenhaus|apotheke|ambulanz|residenz|internat|bataillon|kaserne|gymnasium|stiftung|logopadie|physio|ergo|dialyse|radiologie|pathologie|neurologie|kardiologie|urologie|orthopadie|dermatologie|gynakologie|chirurgie|humangenetik|krankengymnastik|podologie)$|(?:haus|hauser|heim|stift|amt|dienst|dienste|netz|netzwerk|praxis|klinik|kliniken|klinikum|spital|hospital|hospiz|zentrum|zentren|institut|apotheke|ambulanz|residenz|internat|schule|kolleg|gymnasium|universitat|akademie|kaserne|bataillon|wache|station|revier|inspektion|direktion|verwaltung|stelle|kasse|versicherung|gericht|anstalt|werk|werke|werkstatt|fabrik|betrieb|handel|verein|gruppe|gemeinde|pflege|betreuung|gemeinschaft|logie|therapie|labor|laboratorium|optik|technik|kindergarten|krippe|tagesstatte|wohnstatte|statte|kloster|kirche|pfarramt|therme|sanatorium|gut|mosterei|brauerei|backerei|metzgerei|gartnerei|molkerei|spedition|reederei|werft|kanzlei)$/;
/** A place by its end: 'Mühlentor', 'Rosengarten', 'Elbhang', 'Saaraue', 'Teutoquell'. */
const PLACE_END =
  /(?:tor|graben|markt|platz|park|see|berg|wald|garten|ufer|brucke|bach|dom|schloss|wall|tal|hang|turm|anger|muhle|bogen|winkel|stein|burg|feld|hafen|bahnhof|kirche|kloster|strasse|allee|damm|deich|strand|eck|quell|quelle|brunnen|linde|linden|eiche|eichen|buche|buchen|wiese|wiesen|au|aue|auen|moor|heide|blick|hohe|hohen|grund|ring|wehr|knie|krug|rain|halde|hain|horst|leite|furt|ried|kamp|brink|bruch|born|acker|haide|weiher|teich|insel|werder|spitze|tann|tanne|rose|rosen|sonne|stern|ruh|ruhe|friede|frieden|gluck|rot)$|^(?:stadt|land|rhein|main|elbe|weser|donau|isar|inn|neckar|lech|saale|spree|havel|mosel|ruhr|lahn|fulda|werra|leine|aller|ems|oder|mulde|elster|salzach|enns|mur|drau|limmat|aare|reuss|sihl)/;
const DIRECTION = /^(?:nord|sud|ost|west|mitte|nordost|nordwest|sudost|sudwest|bund|bw|nrw|rlp|sh|mv)$/;
const PREPOSITION = /^(?:am|an|im|zum|zur|zu|auf|unter|vor|hinter|ob|der|den|dem|des|a)$/;
const FOR = /^(?:fur|und|allgemeine|innere|seltene|angeborene|diagnostische|interventionelle|plastische)$/;
/** What stands behind a house's word and is no part of its name. */
const NOT_OWN =
  /^(?:platz|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|haus|rahmen|anschluss|verlauf|mai|tag|woche|monat|jahr|ort|hause|wunsch|termin|befund|brief|bericht|kontrolle|vorstellung|aufnahme|entlassung|visite|therapie|diagnose)$/;
const WITHIN = /^(?: |-|\. ?|\.-| ?& ?| ?[„"“”«»]{1,2} ?|\/)$/;
const LONGEST = 8;

/** Houses, offices, firms and clubs in German by the word for them and an own name behind it, which is a saint, a town, a landscape, a place by its end or a word of no list. */
export function germanHouses(reading: Reading): Span[] {
  const { tokens, capitalNouns } = reading;
  if (!capitalNouns) return [];
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const head = tokens[at];
    if (!head || head.shape === 'lower' || head.shape === 'initial' || !HOUSE.test(head.folded)) continue;
    const to = Math.max(ownBehind(reading, at + 1), STRONG.test(head.folded) ? anyBehind(reading, at + 1) : 0);
    const last = tokens[to - 1];
    if (to === at + 1 || !last) continue;
    // 'Palliativstation Haus Regenbogen': the inner word is the house's own, as the next round finds.
    if (isInner(reading, at + 1, to)) continue;
    // 'Radiologie Vivantes-Klinik'
    if (
      /(?:logie|chirurgie|therapie|pflege)$/.test(head.folded) &&
      tokens.slice(at + 1, to).some(({ folded }) => HOUSE.test(folded))
    )
      continue;
    spans.push(
      span(
        (tokens[ownerBefore(reading, at)] as Token).start,
        last.end,
        'institution',
        'possible',
        'institution:german',
      ),
    );
    at = to - 1;
  }
  return spans;
}

/** Hospitals in short, behind which stands nothing but their name. */
const STRONG = /^(?:kh|khs|krhs|kkh|kkhs|bkh|lkh|bwk|jva)$/;

/** The index after the one word with a capital that begins at a token, and what hyphens join to it. */
function anyBehind(reading: Reading, from: number): number {
  const { tokens, tables } = reading;
  const first = tokens[from];
  if (!first || first.shape !== 'capitalised' || first.folded.length < 4 || tables.ordinary.has(first.folded))
    return from;
  if (gap(reading, from - 1) !== ' ' || NOT_OWN.test(first.folded)) return from;
  let to = from + 1;
  while (gap(reading, to - 1) === '-' && tokens[to]?.shape === 'capitalised') to++;
  return to;
}

/** Whether a word for a house stands right behind another, within what belongs to both. */
function isInner({ tokens, text }: Reading, next: number, to: number): boolean {
  const inner = tokens[next];
  return (
    inner !== undefined &&
    next + 1 < to &&
    HOUSE.test(inner.folded) &&
    text.slice((tokens[next - 1] as Token).end, inner.start) === ' ' &&
    !/(?:heilbad|bad|schloss|unit|zentrum|kolleg)$/.test(tokens[next - 1]?.folded ?? '')
  );
}

/** 'Städt.', 'Neurologische', 'Berufsgenossenschaftliche', 'Ev.': whose or what for, at the start of a house's name. */
const OWNER =
  /^(?:stadt|stadtische[snrm]?|ev|evang|evangelische[snrm]?|kath|katholische[snrm]?|stadt|stadtisches|kgl|landliche|berufsgenossenschaftliche[snrm]?|kantonale[snrm]?|akademische[snrm]?|judische[snrm]?|israelitische[snrm]?|kommunale[snrm]?|universitare[snrm]?|orth|orthopadische[snrm]?|neurologische[snrm]?|chirurgische[snrm]?|medizinische[snrm]?|psychiatrische[snrm]?|psychosomatische[snrm]?|geriatrische[snrm]?|rheumatologische[snrm]?|onkologische[snrm]?|kardiologische[snrm]?|urologische[snrm]?|gynakologische[snrm]?|radiologische[snrm]?|internistische[snrm]?|hausarztliche[snrm]?|facharztliche[snrm]?|arztliche[snrm]?|malteser|johanniter|helios|asklepios|sana|ameos|vinzentinische[snrm]?|bunter|bunte|stroke)$/;

/** The token from which a house's name begins: its owner's or discipline's, else `at`. */
export function ownerBefore({ tokens, text }: Reading, at: number): number {
  let from = at;
  while (from > 0 && at - from < 3) {
    const before = tokens[from - 1];
    if (!before || before.shape === 'lower' || !OWNER.test(before.folded)) break;
    if (!/^\.? $|^-$/.test(text.slice(before.end, tokens[from]?.start ?? 0))) break;
    from--;
  }
  return from;
}

/** The index after the own name that begins at a token, what it is for and where included; the token's own where there is none. */
function ownBehind(reading: Reading, from: number): number {
  const { tokens, text } = reading;
  let to = from;
  let placed = false;
  for (let index = from; index < tokens.length && index - from < LONGEST; index++) {
    const token = tokens[index] as Token;
    const between = gap(reading, index - 1);
    const short = index > from && tokens[index - 1]?.shape !== 'lower' && (tokens[index - 1]?.folded.length ?? 9) < 4;
    if (!WITHIN.test(between) || (between.startsWith('.') && !short)) break;
    if (token.shape === 'lower') {
      if (PREPOSITION.test(token.folded)) placed = true;
      else if (!FOR.test(token.folded)) break;
      continue;
    }
    if (token.shape === 'initial') break;
    if (/^(?:st|sankt|skt|bad|hl)$/.test(token.folded)) {
      const saint = tokens[index + 1];
      if (!saint || saint.shape === 'lower' || !/^(?:\.? |\.?-)$/.test(gap(reading, index))) break;
      index++;
      to = index + 1;
      continue;
    }
    if (isOwn(reading, index, placed, index > from && to === index)) {
      const town = reading.tables.towns.longest(text, tokens, index);
      index = Math.max(index, (town?.next ?? 0) - 1);
      to = index + 1;
      continue;
    }
    if (to === index && between === '-' && index > from) {
      to = index + 1;
      continue;
    }
    // 'Institut für Pathologie …', 'Klinik Am Alten Markt': a noun on the way to the own name.
    if (to > from && between === ' ') break;
    if (
      !placed &&
      !/^(?:fur|und)$/.test(tokens[index - 1]?.folded ?? '') &&
      !/en?$/.test(token.folded) &&
      !HOUSE.test(token.folded)
    )
      break;
  }
  return to;
}

function isOwn(reading: Reading, at: number, placed: boolean, further: boolean): boolean {
  const { tokens, tables, text } = reading;
  const token = tokens[at] as Token;
  const { folded } = token;
  if (NOT_OWN.test(folded) || tables.months.has(folded) || tables.weekdays.has(folded)) return false;
  if (DIRECTION.test(folded) || isRegion(folded)) return true;
  if (tables.ordinary.has(folded)) return false;
  if (isUnlistedWord(reading, token))
    return (
      !/^[.®™]|^\d/.test(text.slice(token.end, token.end + 1)) ||
      /^\.(?:\s|$)/.test(text.slice(token.end, token.end + 2))
    );
  if (tables.towns.longest(text, tokens, at) && !tables.ambiguous.has(folded) && !isGermanNoun(folded)) return true;
  if (further) return false;
  return (
    (PLACE_END.test(folded) && folded.length > 4 && (placed || folded.length > 6) && !reading.written.has(folded)) ||
    (!isGermanNoun(folded) && isLastName(reading, token) && !isFirstName(reading, token))
  );
}

/** Firms and insurers by what they are in law: 'Bavaria Privatkranken AG', 'Moorburg GmbH'. */
const BY_LAW =
  /(?<![\p{Alpha}-])(?:\p{Uppercase}[\p{Alpha}’'-]{1,24}\.? (?:& |und |u\. )?){1,4}(?:AG|GmbH(?: & Co\.? KG)?|& Co\.? KG|OHG|GbR|e\. ?V\.|e\. ?G\.|VVaG|a\. ?G\.|gGmbH|mbH)(?![\p{Alpha}])/gu;
/** Sick funds and their like with the name behind them. */
const INSURER =
  /(?<!\p{Alpha})(?:BKK|IKK|AOK|LKK|DRV|BG|VBG|[hH]kk|HKK|Unfallkasse|Landesunfallkasse|Betriebskrankenkasse|Innungskrankenkasse|Ersatzkasse|Krankenkasse|Rentenversicherung|Berufsgenossenschaft|Ärztekammer|Kassenärztliche Vereinigung|Beihilfestelle|Gemeindeunfallversicherung|Medizinischer Dienst|MDK|MD)(?: (?:\p{Uppercase}[\p{Alpha}-]+|classic|gesund|plus|pronova))(?: (?:\p{Uppercase}\p{Ll}{1,3}|Süd|Nord|Oil|AG|plus|Plus))?(?!\p{Alpha})/gu;

/** Firms by their form in law, and sick funds by the word for them, in German. */
export function germanFirms({ text, tables, capitalNouns }: Reading): Span[] {
  if (!capitalNouns) return [];
  const spans: Span[] = [];
  for (const found of text.matchAll(BY_LAW))
    spans.push(span(found.index, found.index + found[0].length, 'institution', 'possible', 'institution:german'));
  for (const found of text.matchAll(INSURER)) {
    const own = found[0].split(' ').slice(1).at(0)?.toLowerCase() ?? '';
    const folded = own.normalize('NFD').replace(/\p{M}/gu, '');
    if (
      tables.ordinary.has(folded) ||
      /(?:ung|heit|keit|nummer|nr|karte|antrag|versicherte[rn]?|mitglied)$/.test(folded)
    )
      continue;
    spans.push(span(found.index, found.index + found[0].length, 'institution', 'possible', 'institution:german'));
  }
  return spans;
}
