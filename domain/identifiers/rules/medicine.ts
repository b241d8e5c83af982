import medicine from '../lists/medicine.json' with { type: 'json' };
import type { Span } from '../spans.ts';
import { besideDisease, isEponym } from './eponyms.ts';
import { type Reading, tokenAt } from './reading.ts';

const eponyms: ReadonlySet<string> = new Set(medicine.eponyms.split('\n'));
const products: ReadonlySet<string> = new Set(medicine.products.split('\n'));
const reports: ReadonlySet<string> = new Set(medicine.reports.split('\n'));
/** Whether a folded word is an eponym of medicine, a device or a substance. */
export const isWordOfMedicine = (word: string): boolean => eponyms.has(word) || products.has(word);

/** Whether a folded word is one more of them that English reports have, some of which are surnames in other languages. */
export const isWordOfReports = (word: string): boolean => reports.has(word);

/** Societies and classifications whose year is that of a guideline. */
const SOCIETY =
  /(?:^|[^\p{Alpha}])(?:ISSVA|ESC|ESVS|ACC|AHA|ACC\/AHA|HAS|AWMF|NICE|SIGN|EULAR|ACR|ACR\/EULAR|WHO|OMS|SVS|SIR|CIRSE|ESH|EACTS|STS|EASL|TASC|CEAP|GiACTA|DGK|DGG|SFMV|SICVE|SEACV|NVVV|ASA|DSM|ICD|Ghent|Gent|Gante|Gand|Chapel Hill|CHCC|[Gg]uidelines?|[Ll]eitlinien?|[Rr]ichtlijn(?:en)?|[Gg]u[íi]as?|[Cc]riteria|[Kk]riterien|[Cc]rit[èe]res|[Cc]riteri(?:os)?)(?:[ ,/-](?:ESC|ESVS|EACTS|AHA|EULAR|Criteria|Kriterien))?[ ,:(-]{1,3}$/u;

/** What follows the year of a guideline: '2022 ACC/AHA guideline', '2014 ESC guidelines', '2017 consensus'. */
const OF_GUIDELINE =
  /^ (?:[A-Z]{2,6}(?:[/-][A-Z]{2,6})* )?(?:(?:[Pp]ractice|[Cc]onsensus|[Cc]lassification|[Rr]evised|[Uu]pdated?) )?(?:[Gg]uidelines?|[Cc]onsensus|[Cc]riteria|[Cc]lassification|[Rr]ecommendations|[Ss]tatement)(?!\p{Alpha})/u;
/** What stands before the number of a German guideline, or before its second half: 'AWMF 065-003'. */
const GUIDELINE_NUMBER = /AWMF[ :-]{1,3}(?:Reg\.?[ -]?)?(?:Nr\.? ?)?(?:\d{3}[-/]?)?$/;
/** A change of one amino acid, with and without what protein nomenclature puts before it: 'H1047R', 'R183Q', 'Arg179His' (HGVS). */
const VARIANT = /^(?:[cgmnp]\.\(?)?(?:[A-Z]\d{1,5}(?:[A-Z*]|fs)|[A-Z][a-z]{2}\d{1,5}(?:[A-Z][a-z]{2}|[*=]))\)?$/;

/**
 * Whether a finding is of medicine's own words and nothing stronger than a list, a shape or the tagger says it: names of devices and substances, eponyms beside a hyphen or a word of disease,
 * houses that are called after a disease ('Marfan Clinic'), years and numbers of guidelines, variants of genes.
 */
export function isOfMedicine(reading: Reading, { start, end, kind, certainty }: Span): boolean {
  if (certainty === 'certain') return false;
  const { text, tokens, tables } = reading;
  const isYear = /^(?:19|20)\d\d$/.test(text.slice(end - 4, end)) && end - start < (kind === 'date' ? 11 : 5);
  if (kind === 'date' || (isYear && (kind === 'number' || kind === 'phone')))
    return (
      isYear &&
      (SOCIETY.test(text.slice(Math.max(0, end - 30), end - 4)) || OF_GUIDELINE.test(text.slice(end, end + 60)))
    );
  if (kind === 'number' && VARIANT.test(text.slice(start, end))) return true;
  if (kind === 'number' || kind === 'phone') {
    if (GUIDELINE_NUMBER.test(text.slice(Math.max(0, start - 20), start))) return true;
  }
  if (kind !== 'name' && kind !== 'place' && kind !== 'institution' && kind !== 'number' && kind !== 'address')
    return false;
  const from = tokenAt(tokens, start);
  const to = tokenAt(tokens, end);
  const words = tokens.slice(from, to).filter(({ folded }) => folded.length > 1);
  let [ofPeople, ofThings] = [0, 0];
  for (const { folded, shape } of words) {
    const word = folded.replace(/s$/, '');
    if (/^[ivx]+[abc]?$/.test(folded)) continue;
    if (products.has(folded)) ofThings++;
    else if (eponyms.has(folded) || eponyms.has(word) || isEponym(tables, folded)) ofPeople++;
    else if (shape === 'lower' || (kind === 'institution' && tables.ordinary.has(folded))) continue;
    else return false;
  }
  if (ofPeople === 0) return ofThings > 0 && (kind === 'name' || kind === 'place' || words.length > 0);
  if (ofThings > 0 || kind === 'institution') return true;
  // One eponym by itself may be somebody's name, too: two with a hyphen, or one beside a word of disease, are none.
  if (words.every(({ shape, folded }) => shape === 'capitals' && folded.length > 4 && eponyms.has(folded))) return true;
  return ofPeople > 1
    ? text.slice(start, end).includes('-')
    : besideDisease(reading, from, to) || besideEponym(reading, from, to);
}

/** In a row of eponyms: 'Wilkie, Dunbar', 'Judkins, Amplatz'. */
function besideEponym({ text, tokens }: Reading, from: number, to: number): boolean {
  const [before, first, last, after] = [tokens[from - 1], tokens[from], tokens[to - 1], tokens[to]];
  const isRow = (gap: string) => /^(?:-?, |-| (?:and|und|et|e|y|en|&|\/) |-? (?:und|and) )$/.test(gap);
  return (
    (before !== undefined &&
      first !== undefined &&
      eponyms.has(before.folded) &&
      isRow(text.slice(before.end, first.start))) ||
    (after !== undefined && last !== undefined && eponyms.has(after.folded) && isRow(text.slice(last.end, after.start)))
  );
}
