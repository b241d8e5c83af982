import type { Span } from '../spans.ts';
import { nearDisease } from './eponyms.ts';
import { ownerBefore } from './german/houses.ts';
import { isLastName } from './name-run.ts';
import { isGermanNoun } from './nouns.ts';
import { gap, type Reading, span, tokenAt } from './reading.ts';
import { isEnglishWord, isNothingButEnglish } from './vocabulary.ts';

const WITHIN = /^(?:[ \u00a0]|-|['’]|\. ?|\.-| ?["«“”„»]{1,2} ?|-\n)$/;
/** Beginnings of German and Dutch compounds that say what kind of house it is, not which. */
const KIND =
  /^(?:universitats?|uni|eigen|rechen|schul|sprach|atem|seh|ryth|rhythmus|einkaufs|fitness|sport|schwimm|kompetenz|impf|beratungs|gesundheits|notfall|traumata?|trauma|brust|darm|tumor|krebs|onkologisches?|ambulante|palliativ|gemeinschafts|land|arztliche|privat|doppel|einzel|spezial|facharzt|internisten|kassen|radiologie|rontgen|physio|physiotherapie|ergo|ergotherapie|logopadie|naturheil|heilpraktiker|kinderarzt|frauenarzt|hausarztliche|frauen|kinder|tages?|poli|haut|augen|ohren|hals|reha|rehabilitations|akut|bezirks|kreis|stadt|landes?|kantons|herz|gefass|fach|privat|schmerz|anschluss|akademisches|akademische|lehr|heimat|wohn|alten|pflege|senioren|studenten|kranken|zentral|regional|medizinische|psychiatrische|plan|haupt|zieken|algemeen|sprech|haus|huisarts|huisartsen|ziekenhuis|polis?|zuweiser|herkunfts|vor|nach|unfall|rettungs|chirurgie|kardio|neuro|ortho|uro|gyn|hno|zahn|tier|versorgungs|schwerpunkt|maximal|grund|mutter|partner|dialyse|rehab|apotheken|versand|arzt|arzte|praxis|gemeinschafts|hausarzt|yliopistollinen|keskus|universitets|sjuk|syge|syke)s?$/;
const ADJECTIVE = /(?:ische[nrs]?|sche[nrs]?|liche[nrs]?|ale[nrs]?|are[nrs]?|ere[nrs]?|ige[nrs]?)$/;
/** Everyday words before an English house's: 'Leeds General Infirmary'. */
const HOUSE_WORD =
  /^(?:general|royal|memorial|regional|district|community|teaching|childrens|county|universit(?:y|ies)|national|infirmary)$/;
/** Whose house it is: 'Städtisches Krankenhaus Kiel'. */
const OWNER = /^(?:stadtische|evangelische|katholische|judische|israelitische|kommunale|kreis|universitare)[snrm]?$/;
const longest = 7;
/** Languages in which the proper name may stand before the word for the house. */
const NAME_FIRST: ReadonlySet<string> = new Set(['en', 'nl', 'de', 'sv', 'da', 'nb', 'hu', 'fi', 'et', 'lt', 'lv']);

/** Hospitals, practices, schools and the like by their names: the word for the kind of house with a proper name behind or before it. */
export function institutions(reading: Reading): Span[] {
  const spans: Span[] = [];
  const { text, tokens, tables } = reading;
  for (let at = 0; at < tokens.length; at++) {
    const head = tokens[at];
    if (
      !head ||
      (head.shape === 'lower' &&
        !reading.languages.has('fr') &&
        !reading.languages.has('pl') &&
        !reading.languages.has('it') &&
        !reading.languages.has('nl') &&
        !reading.languages.has('es'))
    )
      continue;
    const listed = tables.institutions.longest(text, tokens, at);
    // 'CHI' is a hospital, 'Chi' a letter of Greek.
    const found = head.folded === 'chi' && head.shape !== 'capitals' ? undefined : listed;
    const compound = found
      ? undefined
      : tables.institutionEnds.find((end) => head.folded.length > end.length + 2 && head.folded.endsWith(end));
    if (!found && !compound) continue;
    const next = found?.next ?? at + 1;
    const own = compound !== undefined && head.shape !== 'lower' && !KIND.test(head.folded.slice(0, -compound.length));
    const to = nameBehind(reading, next, head.shape === 'lower');
    const from = found?.values.every((language) => !NAME_FIRST.has(language)) ? at : nameBefore(reading, at);
    if (to === next && from === at && !own) continue;
    const french =
      found?.values.includes('fr') === true &&
      reading.languages.has('fr') &&
      from === at &&
      !/^(?:centre|institut|groupe|hospices|cabinet|pharmacie|laboratoire|fondation)/.test(head.folded);
    // 'praktijk De Linde': a word for any of its kind, and the name.
    const plain = head.shape === 'lower' && /^(?:praktijk|revalidatiecentrum|aanleun|serviceflat)/.test(head.folded);
    const owned = to > next && OWNER.test(tokens[from - 1]?.folded ?? '') && gap(reading, from - 1) === ' ';
    const begin = owned ? from - 1 : reading.capitalNouns && to > next ? ownerBefore(reading, from) : from;
    const first = tokens[french ? afterParticles(reading, next) : plain && from === at ? next : begin];
    const last = tokens[to - 1];
    if (!first || !last || last.end <= first.start) continue;
    if ((found?.values.includes('en') && isPhrase(reading, from, at, next, to)) || nearDisease(reading, from, to))
      continue;
    spans.push(span(first.start, last.end, 'institution', 'possible', 'institution'));
    at = to - 1;
  }
  return spans;
}

/** A word for any hospital, with the article before and the particle behind it. */
const ANY_HOSPITAL =
  /^(?:l['’]|(?:le|la|au|du) )?(?:(?:h[oô]pital|CHR?U|CHR|(?:poly)?clinique|local|privé|régional|cantonal|universitaire) )+(?:de |du |des |d['’])?(?=\S)/iu;

/** A house in French without the word that says what it is, which names nobody: of 'l'hôpital Bichat', 'CHU de Nantes' what tells it from the others. */
export function withoutKindOfHouse({ text, languages }: Reading, found: Span): Span {
  if (found.kind !== 'institution' || !languages.has('fr')) return found;
  const [kind = ''] = ANY_HOSPITAL.exec(text.slice(found.start, found.end)) ?? [];
  return { ...found, start: found.start + kind.length };
}

/** 'AP-HP. Sorbonne Université', 'AP-HP. Université Paris Saclay': what stands on the line of that trust's name before a finding, with the university that a group of its hospitals is called after. */
const OF_TRUST =
  /(?:^|\n)[ \t]*AP-?HP(?!\p{Alpha})[^\n\p{Uppercase}]{0,4}(?:(?:SUD|NORD|CENTRE|Sud|Nord|Centre)[ .–-]{1,3})?$/u;
const UNIVERSITY = /(?:^|\s)Université$|^Université(?!\p{Alpha})|(?<!\p{Alpha})Université (?:de )?$/u;

/** Whether a finding is a university in the name of a group of hospitals of Paris: which hospital it is, it does not say. */
export function isOfTrust({ text }: Reading, { start, end, kind, certainty }: Span): boolean {
  if (certainty === 'certain' || (kind !== 'institution' && kind !== 'place')) return false;
  const before = text.slice(Math.max(0, start - 60), start);
  if (!UNIVERSITY.test(text.slice(start, end)) && !UNIVERSITY.test(before)) return false;
  return OF_TRUST.test(before.replace(/Université (?:de )?$/u, ''));
}

/** 'Institut für Humangenetik', 'Klinik für Innere Medizin und Angiologie': what kind of house, by what is done there. */
const DEPARTMENT =
  /(?<!\p{Alpha})(?:Institut|Klinik|Poliklinik|Klinik und Poliklinik|Zentrum|Abteilung|Lehrstuhl|Praxis|Gemeinschaftspraxis|Ambulanz|Fachpraxis|Zentralinstitut) für (?:(?:und|,|&) |(?:Allgemeine|Innere|Diagnostische|Interventionelle|Klinische|Spezielle|Plastische|Rekonstruktive|Vaskuläre|Endovaskuläre|Ganzheitliche|Physikalische|Seltene|Angeborene) |\p{Uppercase}[\p{Alpha}-]{4,}(?=,? ))+?(?:(?:der|des|am|in|im|an der|zu) )?(?=\p{Uppercase})/gu;

/** Departments with the town or the house that they belong to behind them ('Institut für Humangenetik Innsbruck'), which together say which one it is. */
export function departments(reading: Reading): Span[] {
  const { text, tokens, tables } = reading;
  if (!reading.languages.has('de')) return [];
  return [...text.matchAll(DEPARTMENT)].flatMap((found) => {
    const end = found.index + found[0].length;
    const at = tokenAt(tokens, end);
    const town = tables.towns.longest(text, tokens, at);
    const last = town && !isGermanNoun(tokens[at]?.folded ?? '') ? tokens[town.next - 1] : undefined;
    return last ? [span(found.index, last.end, 'institution', 'possible', 'institution')] : [];
  });
}

/** Clubs, firms and small houses with the name that tells them apart: 'TSV Hassel', 'Sanitätshaus Krahl'. */
const FIRM =
  /(?<!\p{Alpha})(?:(TSV|TuS|VfL|VfB|SpVgg|FSV|MTV|SSV|TTC|FC|SC) |Sanitätshaus |Physiotherapie |Krankengymnastik |Ergotherapie |Logopädie |Fahrdienst |Krankentransport |Taxi |Firma |Fa\. |Gasthof |Gasthaus |Hotel |Bäckerei |Metzgerei |Spedition |Autohaus |Kanzlei |Schreinerei |Tischlerei |Gärtnerei |Optik |Orthopädietechnik |Orthopädie-Technik |Buchhandlung )(?=\p{Uppercase}\p{Ll}{2})/gu;

/** Clubs and firms in German, where the word behind theirs is no noun. */
export function firms(reading: Reading): Span[] {
  const { text, tokens, tables } = reading;
  if (!reading.languages.has('de') || reading.languages.size > 5) return [];
  return [...text.matchAll(FIRM)].flatMap((found) => {
    const at = tokenAt(tokens, found.index + found[0].length);
    const token = tokens[at];
    if (!token || tables.ordinary.has(token.folded) || tables.months.has(token.folded)) return [];
    const town = tables.towns.longest(text, tokens, at);
    if (!town && !found[1] && isGermanNoun(token.folded)) return [];
    const end = town ? (tokens[town.next - 1]?.end ?? token.end) : token.end;
    return [span(found.index, end, 'institution', 'possible', 'institution')];
  });
}

/** 'Early Surgery', 'Hospital Course': around the word for the house stand everyday words of English alone. */
function isPhrase(reading: Reading, from: number, at: number, next: number, to: number): boolean {
  const around = [...reading.tokens.slice(from, at), ...reading.tokens.slice(next, to)].filter(
    ({ shape }) => shape !== 'lower',
  );
  return (
    around.length > 0 &&
    around.every((word) => isEnglishWord(reading, word)) &&
    around.some((word) => isNothingButEnglish(reading, word))
  );
}

/** The index after the proper name that begins at a token; the token's own where there is none. */
function nameBehind(reading: Reading, from: number, careful: boolean): number {
  const { tokens, tables } = reading;
  let to = from;
  for (let index = from; index < tokens.length && index - from < longest; index++) {
    const token = tokens[index];
    if (!token || !WITHIN.test(gap(reading, index - 1))) break;
    const between = gap(reading, index - 1);
    if (
      between.startsWith('.') &&
      ((tokens[index - 1]?.folded.length ?? 9) > 3 || tokens[index - 1]?.shape === 'capitals')
    )
      break;
    if (token.shape === 'lower') {
      if (!isParticle(reading, index)) break;
      continue;
    }
    if (
      /^(?:chu|chr|ch|hospital|hopital|clinique|universitaire|universitario|general|clinico|saint|st|sankt|san|santa|sta|ste|sainte)$/.test(
        token.folded,
      )
    ) {
      to = index + 1;
      continue;
    }
    // 'Herzpraxis Am Wall'
    if (/^(?:am|im|zum|zur|an|auf|in|vor|der|den|dem)$/.test(token.folded) && between === ' ' && reading.capitalNouns) {
      if (tokens[index + 1]?.shape === 'capitalised' || /^(?:der|den|dem)$/.test(tokens[index + 1]?.folded ?? ''))
        continue;
      break;
    }
    // 'ziekenhuis De Linde', 'EHPAD Les Glycines'
    if (
      /^(?:de|het|ter|ten|den|la|le|les|los|las|il|lo|um)$/.test(token.folded) &&
      between === ' ' &&
      tokens[index + 1]?.shape === 'capitalised' &&
      gap(reading, index) === ' '
    )
      continue;
    if (!/^[-'’]$/.test(between) && tables.ordinary.has(token.folded)) break;
    if ((careful && token.shape === 'initial') || /^[ivx]+$/.test(token.folded)) break;
    if (reading.capitalNouns && index - from >= 3 && !/^[-'’]$/.test(between)) break;
    to = index + 1;
  }
  return to;
}

function isParticle({ tables, tokens }: Reading, index: number): boolean {
  const word = tokens[index]?.folded ?? '';
  return (
    tables.particles.has(word) ||
    /^(?:am|an|im|in|rechts|links|a|en|sur|of|and|und|et|y|e|zu|zum|zur|bei|vor)$/.test(word)
  );
}

function afterParticles({ tokens }: Reading, from: number): number {
  let at = from;
  while (/^(?:de|du|des|d|l|a|au)$/.test(tokens[at]?.folded ?? '') && tokens[at]?.shape === 'lower' && at - from < 3)
    at++;
  return at;
}

/** The first token of a proper name before the word for the house: 'Robert-Bosch-Krankenhaus', 'Queen Elizabeth Hospital', 'Asklepios Klinik'. */
function nameBefore(reading: Reading, at: number): number {
  const { tokens, tables, languages } = reading;
  let from = at;
  const spaced = [...languages].some((language) => NAME_FIRST.has(language));
  while (from > 0 && at - from < 5) {
    const token = tokens[from - 1];
    const between = gap(reading, from - 1);
    if (!token || token.shape === 'lower') break;
    if (/^(?:-|\.-|['’]s? ?|-\n)$/.test(between)) from--;
    else if (
      spaced &&
      (between === ' ' || (between === '. ' && token.folded.length < 4)) &&
      token.shape !== 'initial' &&
      (!tables.ordinary.has(token.folded) || HOUSE_WORD.test(token.folded)) &&
      !ADJECTIVE.test(token.folded) &&
      // 'Anmeldung MVZ', 'Vermerk Apotheke'
      !(
        reading.capitalNouns &&
        isGermanNoun(token.folded) &&
        !isLastName(reading, token) &&
        !HOUSE_WORD.test(token.folded)
      ) &&
      !(languages.has('de') && from < at && /^ $/.test(between) && !/^(?:st|sankt|dr)$/.test(token.folded))
    )
      from--;
    else break;
  }
  return from;
}
