import type { Part, Span } from '../spans.ts';
import { around, matchesWithin } from './windows.ts';

const AUTHOR = "\\p{Uppercase}[\\p{Alpha}'’-]+(?: \\p{Uppercase}{1,3}(?![\\p{Alpha}.]))?";
const JOURNAL =
  '(?:N Engl J Med|NEJM|Lancet(?: \\p{Uppercase}\\p{Alpha}+)?|JAMA|BMJ|Nature(?: \\p{Uppercase}\\p{Alpha}+)?|Nat (?:Genet|Med|Rev)|Circulation(?: \\p{Uppercase}\\p{Alpha}+)?|Stroke|Blood|Chest|Heart|Science|Cell|PNAS|J Am Coll Cardiol|JACC|Eur Heart J|Eur J Vasc Endovasc Surg|EJVES|J Vasc Surg|JVS|Ann Vasc Surg|VASA|Vasa|Gefässchirurgie|Arthritis Rheum(?:atol)?|Ann Rheum Dis|Am J Hum Genet|Am J Med Genet(?: A)?|Genet Med|J Med Genet|Hum Mutat|Orphanet J Rare Dis|J Thorac Cardiovasc Surg|Ann Thorac Surg|Eur J Cardiothorac Surg|Clin Genet|Rev Esp Cardiol|Rev Med Interne|G Ital Cardiol|Ned Tijdschr Geneeskd|Dtsch Arztebl|Dtsch Ärztebl|J Vasc Interv Radiol|Radiology|Neurology|Hypertension|Thromb Haemost|J Thromb Haemost|Angiogenesis)';
const YEAR = '\\(?(?:19|20)\\d\\d[a-c]?\\)?';
const CITATIONS = [
  // 'Loeys BL et al. 2010', 'Shovlin and colleagues (2020)', 'Horton et al'
  new RegExp(
    `(?:${AUTHOR}(?:, ${AUTHOR}){0,6},? )(?:et al|and colleagues|et coll|e coll|y cols|und Mitarb|en coll|m\\. ?fl|i wsp|a kol|és mtsai|e colaboradores|și colab)\\.?(?:[,;:]? ?${JOURNAL})?(?:,? ${YEAR})?`,
    'gu',
  ),
  // 'Milewicz DM 2016', 'Stone JH, NEJM 2017', 'Judge und Dietz, Lancet 2005'
  new RegExp(
    `${AUTHOR}(?:(?:, | and | und | et | e | y | en | & )${AUTHOR}){0,6}[,.:;]? ${JOURNAL},?(?: ${YEAR})?`,
    'gu',
  ),
  /\p{Uppercase}[\p{Alpha}'’-]+ \p{Uppercase}{1,2}(?:, \p{Uppercase}[\p{Alpha}'’-]+ \p{Uppercase}{1,2}){0,6},? \(?(?:19|20)\d\d[a-c]?\)?(?![-/.]\d)(?=[;,.)\]]|$|\n)/gmu,
  new RegExp(
    `(?:in )?${JOURNAL},? (?:${YEAR}|\\d{1,4} ?\\((?:19|20)\\d\\d\\))(?:[;:,] ?\\d{1,4}(?:\\(\\d+\\))?:? ?[eE]?\\d*(?:[-–]\\d+)?)?`,
    'gu',
  ),
];

/** What every quotation holds: the patterns look nowhere else. */
const ANCHOR = new RegExp(
  `(?<!\\p{Alpha})(?:et al|and colleagues|et coll|e coll|y cols|und Mitarb|en coll|m\\. ?fl|i wsp|a kol|és mtsai|e colaboradores|și colab)|${JOURNAL}| \\p{Uppercase}{1,2},? \\(?(?:19|20)\\d\\d`,
  'gu',
);

/** Where a text quotes the literature: its authors and years say nothing of a patient. */
export function citations(text: string): Part[] {
  const windows = around(text, ANCHOR, { before: 160, behind: 120 });
  return CITATIONS.flatMap((pattern) =>
    [...matchesWithin(text, windows, pattern)].map(({ start, written }) => ({ start, end: start + written.length })),
  );
}

/** Whether a finding lies within a quotation of the literature, and nothing stronger than a list or a shape says it. */
export const isCited = (cited: readonly Part[], { start, end, certainty, kind }: Span): boolean =>
  certainty === 'possible' &&
  (kind === 'name' ||
    kind === 'date' ||
    kind === 'place' ||
    kind === 'number' ||
    kind === 'institution' ||
    kind === 'address') &&
  cited.some((citation) => citation.start <= start && citation.end >= end);
