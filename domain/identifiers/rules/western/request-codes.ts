import type { Span } from '../../spans.ts';
import { isOfWest, type Reading, span } from '../reading.ts';

/** Words in front of a number of a sample, a request, a file, a policy: folded by hand, in the four languages. */
const WORD = [
  // French
  'dossiers?|demande|requête|facture|contrat|police|sinistre|échantillon|prélèvement|tube|biopsie|lame|bloc|anapath|labo|laboratoire|examen|accession|passeport|bon|prise en charge|séjour|venue|registre|référence|réf|code|clé|matricule|plainte|convention|étude|inclusion|sujet|arbre|famille|transport|mission|intervention|appel|badge|licence|permis|carte|titre|visa|reçu|commande|devis|session|liste active \\p{Alpha}+',
  // Italian
  'campione|campioni|richiesta|richieste|prenotazione|registro|pratica|infortunio|sinistro|verbale|tessera|provetta|vetrino|biopsia|referto|esame|accesso|polizza|ricevuta|fattura|ordine|scheda|protocollo|studio|soggetto|famiglia|segnalazione|denuncia|chiamata|missione|intervento|impegnativa|codice|cod|braccialetto|sacca|documento',
  // Spanish
  'muestra|muestras|biopsia|acceso|solicitud|petición|volante|pólizas?|pol|siniestro|sesión|pedido|factura|contrato|registro|aviso|parte|tarjeta|ficha|pulsera|bolsa|código|clave|licencia|permiso|carné|atestado|denuncia|orden|recibo|estudio|familia|llamada|servicio|informe|expte|exp|documento|convenio|beca',
  // Dutch
  'dossiers?|polis|aanvraag|monster|materiaal|biopt|coupe|rit|melding|proces-verbaal|pv|zaak|stamboom|streepjescode|barcode|studie|deelnemer|factuur|bestelling|order|verwijzing|machtiging|rekening|registratie|bloedzak|buis|ticket|sessie|rijbewijs|kenmerk|code|id',
].join('|');
/** Capitals and digits in groups, or digits in groups with signs between them. */
const CODE =
  '(?=[A-Z\\d./-]*\\d)(?:[A-Z]{1,5}(?:[-/. ]?(?:[A-Z]{1,2}|\\d[\\dA-Z]{0,11})){1,5}|\\d{1,8}(?:[-/.](?:[A-Z]{1,4}|\\d{1,8})){1,5}|\\d{4,12}[A-Z]{0,2})';
const BEHIND_WORD = new RegExp(
  `(?=[A-Z\\d])(?<=(?<![\\p{Alpha}\\d])(?i:${WORD}|\\p{Alpha}{3,30}(?:nummer|nr|code))[ .:]{1,3}(?:(?i:n|nr|num|no)?[°º.]{0,2} ?|(?i:numéro|numero|número|nummer) |(?:es|est|is|è) )?)${CODE}(?![\\p{Alpha}\\d]|[.,/-]\\d)`,
  'gu',
);
/** The other of two: 'dossiers 660812 en 660813'. */
const SECOND = /^ (?:en|et|e|y) (?=[A-Z\d/-]*\d{3})([A-Z\d][A-Z\d./-]{3,14})(?![\p{Alpha}\d])/u;
/** Capitals, a sign and four digits at least, by themselves: 'A-77120', 'MI-4451-P', 'B-23/9021', 'M24-90112'. */
const ALONE =
  /(?=[A-Z])(?<![\p{Alpha}\d_.:/-])(?=[A-Z\d/-]*(?:\d{4}|\d{2}\/\d{3}|\d{2}-\d{3}))[A-Z]{1,5}(?:\d{0,4})(?:[-/](?:\d{2,9}|[A-Z]{1,3})){1,4}(?![\p{Alpha}\d]|[.,/-]\d|-\p{Ll})/gu;
/** What is numbered so and nobody's: ontologies, trials, norms, viruses, drugs, cells. */
const PUBLIC =
  /^(?:HP|OMIM|MIM|ORPHA|ISO|EN|CE|DIN|NM|NP|NCT|HGVS|PMID|DOI|ICD|CIM|CIE|ATC|COVID|SARS|HLA|IL|CD|EC|UE|EU|GO|RRID|ST|SN|LOT|REF|REV|EAN|GTIN|UDI|V|VERSION)[-/\d]/;
/** 'n. 771', 'nº 5': too short for a code. */
const MEASURED =
  /^ ?(?:mg|g|kg|µg|mcg|ml|l|mm|cm|m|%|°|mmhg|ans?|anni|años|jaar|euros?|€|h|min|kcal|ui|ie|x|fois|volte|veces|keer|cases|patients?|pazienti|pacientes|patiënten)(?![\p{Alpha}\d])/iu;

/** Numbers of samples, requests, files and policies behind a word for them, and codes of capitals and digits by themselves. All of them are possible, not certain. */
export function requestCodes(reading: Reading): Span[] {
  const { text } = reading;
  if (!isOfWest(reading) && reading.languages.size < 6) return [];
  const spans: Span[] = [];
  const add = (start: number, written: string) =>
    spans.push(span(start, start + written.length, 'number', 'possible', 'number:code'));
  for (const found of text.matchAll(BEHIND_WORD)) {
    const [written] = found;
    const end = found.index + written.length;
    const digits = written.replace(/\D/g, '').length;
    if (digits < 3 || PUBLIC.test(written) || MEASURED.test(text.slice(end, end + 12))) continue;
    if (isDecimal(written) || !/^(?:[A-Z]|\d)/.test(written)) continue;
    add(found.index, written);
    const second = SECOND.exec(text.slice(end, end + 22))?.[1];
    if (second && !MEASURED.test(text.slice(end + 4 + second.length, end + 16 + second.length)))
      add(text.indexOf(second, end), second);
  }
  for (const found of text.matchAll(ALONE))
    if (!PUBLIC.test(found[0]) && found[0].replace(/\D/g, '').length > 3) add(found.index, found[0]);
  return spans;
}

/** '12.5', '120-150', a year, or a day and its month. */
const isDecimal = (written: string): boolean =>
  /^(?:\d{1,3}[.,]\d{1,2}|\d{1,3}[-/]\d{1,3}|(?:19|20)\d\d|\d{1,2}[/-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d\d|\d{4}))$/.test(
    written,
  );
