import type { Part, Span } from '../spans.ts';

/** What parts the codes of a list: 'OMIM 187300, 600376 and 175050'. */
const NEXT = '(?:[,/] ?| (?:and|or|und|oder|et|ou|e|o|y|en|of|&) )';

/** A code behind the name of its catalogue, and those that follow it, with the name again or without. */
const named = (name: string, code: string): string =>
  `${name}[ .:#°®*+%-]{0,3}${code}(?:(?:${NEXT}|; ?(?=${name}))(?:${name}[ :]{0,2})?[#*+%]?${code}){0,20}`;

/** One amino acid, in three letters or in one. */
const AMINO_ACID =
  '(?:Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val|Sec|Ter|[ACDEFGHIKLMNPQRSTVWY])';

/** The catalogues, each as it is written; case says nothing here. */
const CATALOGUES = [
  // Rare diseases: Orphanet, OMIM, and what joins them.
  named(
    'orpha[a-z]{0,12}(?:[- ](?:codes?|number|no|nr|[a-z]{0,4}nummer|num[ée]ro|n[úu]mero|id))?',
    '(?:orpha[: ]?)?\\d{1,6}',
  ),
  named('o?mim(?:®? (?:number|no|nr|id))?', '[#*+%]?\\d{6}(?:\\.\\d{4})?'),
  named('(?:mondo|doid|gard|efo|umls|medgen|mesh|nord)(?:[ -]id)?[:_]', 'c?d?\\d{4,9}'),
  named('umls(?: cui)?', 'c\\d{7}'),
  // Terms: the Human Phenotype Ontology, SNOMED CT, MedDRA, LOINC, the Gene Ontology.
  named('(?:hp|go|mp):', '\\d{7}'),
  named('(?:snomed(?:[ -]ct)?|sctid)(?: (?:code|id))?', '\\d{6,18}'),
  named('meddra(?: (?:code|pt|llt))?', '\\d{8}'),
  named('loinc', '\\d{1,5}-\\d'),
  // Genes, sequences, places in the genome and variants (HGVS).
  named('(?:hgnc|entrez(?: gene)?|ncbi gene|gene ?id)(?: id)?', '\\d{1,9}'),
  named('uniprot(?:kb)?(?: (?:id|ac))?', '[a-z][a-z\\d]{5,9}'),
  named('clinvar(?: (?:variation )?id)?', '(?:[vrs]cv)?\\d{4,9}(?:\\.\\d+)?'),
  '(?:[nx][cgmprt]_|ens[gtp]|lrg_|rs|[vrs]cv)\\d{3,}(?:\\.\\d+)?',
  'chr(?:\\d{1,2}|[xym]):(?:g\\.)?\\d+(?:-\\d+)?',
  '(?:[a-z][a-z\\d-]{1,9}[ :]{1,2})?[cgmnr]\\.[([]?[*-]?\\d[\\d_+*-]*(?:[acgtu]{1,20}>|=|del|dup|ins|inv|con)[a-z\\d_+*=>()[\\]-]*',
  `(?-i:p\\.[([]?${AMINO_ACID}\\d{1,5}(?:_${AMINO_ACID}\\d{1,5})?(?:${AMINO_ACID}|fs|del|dup|ins|ext|[*=?])[A-Za-z\\d*=)\\]]*)`,
  // Trials and what agencies file.
  'nct ?\\d{8}|isrctn ?\\d{8}|drks ?\\d{8}|(?:prospero(?: id)?[ :]{0,2})?crd ?\\d{11}',
  named(
    '(?:eudract|eu[ -]?ct|ctis)(?:[ -](?:no|nr|number|nummer|num[ée]ro|n[úu]mero))?',
    '\\d{4}-\\d{6}-\\d\\d(?:-\\d\\d)?',
  ),
  'em(?:e)?a/[a-z\\d/]{3,20}\\d{4}|eu/\\d/\\d\\d/\\d{3,4}(?:/\\d{3})?',
  // Publications.
  '(?:doi[: ]{0,2}|doi\\.org/)10\\.\\d{4,9}/[^\\s,;)\\]]+',
  named('(?:pmid|pmcid|pubmed(?: id)?)', '(?:pmc)?\\d{5,9}'),
  'arxiv[: ]{0,2}\\d{4}\\.\\d{4,5}|is[bs]n[: ]{0,2}[\\d-]{8,17}x?',
];
const CATALOGUED = new RegExp(`(?<![a-z\\d])(?:${CATALOGUES.join('|')})`, 'gi');
/** '#609192', '*120180': how OMIM marks a phenotype and a gene, where the catalogue is named. */
const MARKED = /(?<![\w#])[#*+%]\d{6}(?!\d)/g;
/** What may stand beside codes within one finding. */
const BESIDE = /^[\s,;:()[\]/.#*-]*$/;

/**
 * Where a text names an entry of a public catalogue: of rare diseases (Orphanet, OMIM), of phenotypes and other terms (HPO, SNOMED CT), of genes, sequences and variants (HGVS), of trials and of publications.
 * They are what a case of a rare disease is told by, and say nothing of who the patient is.
 */
export function catalogued(text: string): Entry[] {
  const entries = (pattern: RegExp, isNamed: boolean): Entry[] =>
    Array.from(text.matchAll(pattern), ({ index, 0: written }) => ({
      start: index,
      end: index + written.length,
      isNamed,
    }));
  const found = entries(CATALOGUED, true);
  return found.length > 0 && /mim/i.test(text) ? [...found, ...entries(MARKED, false)] : found;
}

/** An entry, and whether it says of which catalogue. */
interface Entry extends Part {
  readonly isNamed: boolean;
}

/**
 * Whether a finding is of entries of catalogues and of nothing else. A number that a label or a checksum makes certain is one only where the catalogue's name stands before it ('UniProt P02461'): 'MRN: RS4471129' is
 * a patient's, however it is written.
 */
export function isCatalogued(text: string, parts: readonly Entry[], { start, end, certainty }: Span): boolean {
  let rest = '';
  let from = start;
  const within = parts.filter((part) => part.start < end && part.end > start).sort((a, b) => a.start - b.start);
  for (const part of within) {
    rest += text.slice(from, Math.max(from, part.start));
    from = Math.max(from, part.end);
  }
  const [first] = within;
  if (!first || (certainty === 'certain' && !(first.isNamed && first.start < start))) return false;
  return BESIDE.test(rest + text.slice(Math.min(from, end), end));
}
