import type { Part, Span } from '../spans.ts';
import { gap, type Reading, tokenAt } from './reading.ts';

/** Roots of the words for what findings are measured, graded and classed by, in the network's languages, folded. */
const INSTRUMENT =
  /^(?:scor(?:e|es|ing)$|punteggi|puntuaci|punktzahl|skal[ae]n?$|skor|scales?$|schaal|schal(?:a|en)$|echelle|escala|scala$|classific|klassific|klassifik|clasific|criteri|kriteri|criter|questionn?air|questionari|cuestionari|fragebogen|vragenlijst|inventory|inventar|protocol$|protokoll|rules?$|guidelines?$|leitlinie|richtlijn|recommandation|raccomandaz|recomendac|consens|konsens|declaration|deklaration|declaraci|dichiaraz|assessment|triage|grading|staging|screening$|profile$|curve$|chart$|nomogram|formula|indicator|indikator|cohort|study$|trial$|tests?$|testi$|index$|indice$|indeks|chromosom|cromosom|kromosom|kryteri|klasyfik|κριτηρι|κλιμακ|ταξινομ|критери|скала|класифик)/;
/** What joins the word for an instrument to what it is called after: 'critères de Gand', 'score di Ginevra', 'Skala von Glasgow'. */
const JOINS = /^(?:d|de|di|del|della|of|von|van|volgens|selon|secondo|segun|da|do|wg|podle|podla)$/;
/** Behind these a town is where something was. */
const WHERE = /^(?:in|aus|to|at|te|uit|a|en|i|w|v|nel|nella|near|bei|from|till|fran|fra)$/;
/** So many words may stand between a town and the word for the instrument: 'Edinburgh Claudication Questionnaire'. */
const BETWEEN = 3;
const LONGEST_TOWN = 3;
/** The class or the year that follows: 'Los Angeles grade B', 'New York criteria 2017'. */
const VALUE = /^[ :,]{1,2}\(?(?:[IVX]{1,4}|[A-D]\d?|(?:19|20)\d\d)\)?(?![\p{Alpha}\d]|[./-]\d)\.?/u;
/** Those that are written with their value alone: the coma scale of Glasgow, the classes of Montreal, Los Angeles, Prague and Barcelona. */
const VALUED =
  /(?<!\p{Alpha})(?:glasgow[ :=]{1,3}(?:[3-9]|1[0-5])(?:\/15)?(?![\d/]|[.,]\d)|montr[eé]al a[123](?!\p{Alpha})|los angeles (?:(?:grad[eo]?|graad) )?[a-d](?!\p{Alpha})\.?|prague? c\d|barcelona clinic liver cancer)/giu;

/** Where a text names a score, a scale, criteria or another instrument that is called after a town, and `isJoined` where it says 'of' the town. */
interface Named extends Part {
  readonly isJoined: boolean;
}

/** The scores, scales, criteria and other instruments of a text that are called after a town: 'Toronto classification', 'critères de Gand', 'Glasgow 15/15'. Where something was in a town, it is none: 'in Oslo, score 3'. */
export function instrumentsIn(reading: Reading): Named[] {
  const { text, tokens } = reading;
  const named: Named[] = [];
  for (const { index, 0: written } of text.matchAll(VALUED))
    if (!WHERE.test(tokens[tokenAt(tokens, index) - 1]?.folded ?? ''))
      named.push({ start: index, end: index + written.length, isJoined: true });
  for (const [at, { folded, start, end }] of tokens.entries()) {
    if (!INSTRUMENT.test(folded)) continue;
    const from = townBefore(reading, at);
    const to = townBehind(reading, at);
    if (from === undefined && to === undefined) continue;
    const last = to ?? end;
    const value = VALUE.exec(text.slice(last, last + 10))?.[0].length ?? 0;
    named.push({ start: from ?? start, end: last + value, isJoined: to !== undefined });
  }
  return named;
}

/** Where the town begins that stands before the word for an instrument. */
function townBefore(reading: Reading, at: number): number | undefined {
  const { text, tokens, tables } = reading;
  let found: number | undefined;
  for (let first = at - 1; first >= Math.max(0, at - BETWEEN - LONGEST_TOWN); first--) {
    const token = tokens[first];
    if (!token || !/^(?: |[-–] ?)$/.test(gap(reading, first))) break;
    const next = token.shape === 'lower' ? undefined : tables.towns.longest(text, tokens, first)?.next;
    if (next === undefined || next > at || at - next > BETWEEN) continue;
    if (!WHERE.test(tokens[first - 1]?.folded ?? '')) found = token.start;
  }
  return found;
}

/** Where the town ends that the word for an instrument is joined to. */
function townBehind(reading: Reading, at: number): number | undefined {
  const { text, tokens, tables } = reading;
  if (!JOINS.test(tokens[at + 1]?.folded ?? '') || gap(reading, at) !== ' ') return undefined;
  if (!/^(?: |['’])$/.test(gap(reading, at + 1)) || tokens[at + 2]?.shape === 'lower') return undefined;
  const next = tables.towns.longest(text, tokens, at + 2)?.next;
  return next === undefined ? undefined : tokens[next - 1]?.end;
}

/** So long is a small word before the name of an instrument. */
const LEAD = 4;
const KINDS: ReadonlySet<Span['kind']> = new Set(['place', 'name', 'institution', 'address', 'date', 'number']);

/** Whether a finding is of the name of an instrument, and nothing stronger than a list, a shape or the tagger says it. 'Milan test negative' may be of a boy. */
export function isOfInstrument(named: readonly Named[], { start, end, kind, certainty, rule }: Span): boolean {
  if (certainty === 'certain' || !KINDS.has(kind)) return false;
  // 'Le patient est Glasgow 15' is written as streets are.
  const lead = kind === 'address' ? LEAD : 0;
  return named.some(
    (each) => each.start <= start + lead && end <= each.end && (each.isJoined || rule !== 'list:first-name'),
  );
}
