import type { Span } from '../spans.ts';
import { type Reading, span } from './reading.ts';

const PERSON = '(?:mujer|varón|hombre|paciente|niñ[oa]|señora?|joven|escolar|adolescente|chic[oa])';
const PEOPLE =
  '(?:blanc[oa]|negr[oa]|mestiz[oa]|caucásic[oa]|gitan[oa]|subsahariana?o?|magrebí|african[oa]|asiátic[oa]|latinoamerican[oa]|sudamerican[oa]|ecuatorian[oa]|colombian[oa]|peruan[oa]|bolivian[oa]|venezolan[oa]|argentin[oa]|chilen[oa]|mexican[oa]|cuban[oa]|dominican[oa]|brasileñ[oa]|paraguay[oa]|uruguay[oa]|hondureñ[oa]|nicaragüense|marroquí|argelin[oa]|senegales[a]?|nigerian[oa]|ruman[oa]|búlgar[oa]|rus[oa]|ucranian[oa]|polac[oa]|italian[oa]|frances[a]?|alemana?|portugues[a]?|chin[oa]|filipin[oa]|pakistaní|indi[oa]|español[a]?)';
/** Civil status and orientation, which say who a person is beside the rest, and a word of age. */
const STATUS =
  /(?<!\p{Alpha})(?:solter[oa]|casad[oa]|viud[oa]|divorciad[oa]|separad[oa] legalmente|homosexual|heterosexual|bisexual|transexual|lactante|jubilad[oa])(?!\p{Alpha})/giu;
const DESCENTS = [
  STATUS,
  new RegExp(`(?<=(?<!\\p{Alpha})${PERSON} )${PEOPLE}(?!\\p{Alpha})`, 'giu'),
  new RegExp(
    `(?<!\\p{Alpha})(?:raza|etnia) \\p{Alpha}{4,20}(?!\\p{Alpha})|(?<!\\p{Alpha})(?:origen|procedencia|nacionalidad|ascendencia) ${PEOPLE}(?!\\p{Alpha})`,
    'giu',
  ),
];

/** Words of descent beside a person in Spanish ('mujer ecuatoriana', 'de raza negra') and of civil status, which narrow down who it is. */
export function descents({ text, languages }: Reading): Span[] {
  if (!languages.has('es')) return [];
  return DESCENTS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((found) =>
      span(found.index, found.index + found[0].length, 'place', 'possible', 'es:descent'),
    ),
  );
}
