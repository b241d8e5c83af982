import type { Span } from '../../spans.ts';
import { isFirstName } from '../name-run.ts';
import { type Reading, span, tokenAt } from '../reading.ts';
import { matchesInto } from './matches.ts';

/** Number plates of British cars: 'YK68 ZRN'. */
const PLATE = /(?<![\p{Alpha}\d])[A-HJ-PR-Y]{2}[0-7]\d ?[A-HJ-PR-Z]{3}(?![\p{Alpha}\d])/gu;
/** What a number stands behind: of devices, flights, samples, policies, registers, forms. */
const BEHIND =
  /(?=[\dA-Z])(?<=(?<!\p{Alpha})(?:[Ss]erial(?: (?:no|number))?|[Ss]\/[Nn]|SN|[Aa]sset(?: (?:no|tag))?|[Ff]light|IMC|MCRN|HCPC|GPhC|GDC|NMC|[Pp]in|PIN|[Cc]ode|[Pp]rotocol(?: (?:no|number))?|[Ff]older|[Ff]ile|[Ll]abel|[Ss]ample|[Cc]ontrol|[Dd]onor|[Vv]isitor number|[Mm]em(?:ber(?:ship)?)?(?: (?:no|number))?|[Aa]uth(?:orisation)?(?: (?:no|code))?|[Pp]olicy|[Cc]laim|[Ii]nvoice|[Rr]eceipt|[Tt]icket|[Tt]icket no|[Ll]ocker|[Rr]eg|[Bb]arcode|[Rr]x|[Pp]arcel|[Tt]racking|[Cc]ollar|[Mm]icrochip|[Cc]hip|[Ww]arrant|[Ii]ncident|[Cc]rime(?: ref)?|[Dd]atix|[Uu]nit|[Hh]osp|[Nn]umber is|number:|[Rr]ef(?:erence)?|[Ll]icen[cs]e|[Pp]assport|[Bb]ooking|[Cc]ertificate|[Kk]it|[Ii]mplant|[Dd]evice|[Pp]rison(?:er)? (?:no|number)|[Rr]oll no|[Ss]ervice (?:no|number)|[Ss]tudy|[Tt]rial(?: no)?|[Pp]articipant|[Ss]ubject|[Pp]roband|[Cc]ase)(?:[ .:#]{1,3}|: ?["“]?| ["“] ?| no\.? | number ))(?:[A-Z]{1,4}[-/ ]?){0,2}\d[\dA-Z]*(?:[-/.][\dA-Z]+)*(?![\p{Alpha}\d%]|[.,]\d| ?(?:mg|ml|mm|cm|g|kg|x|of|hours?|hrs?|days?|weeks?|months?|years?|yrs?|mins?|pts?|patients?|cases?|beds?|U|units?|MHz|F|Fr|G)(?!\p{Alpha}))/gu;
/** Letters and digits in one sign, with a stroke or a space between them: 'RWA 5520917', 'SW-LD-0612', 'F85-9993', 'M 0093321'. */
const LETTERED =
  /(?<![\p{Alpha}\d.-])(?:[A-Z]{1,4} \d{6,8}|[A-Z]{1,4}-[A-Z]{1,4}-\d{3,8}|[A-Z]\d{2}-\d{4,6}|[A-Z]{2,4}[-/]\d{4,8}(?:[-/]\d{1,4})?|[A-Z]{2}\d{2}-\d{4}|\d{5}-\d{3}|\d{2}-\d{3}-\d{3}|\d{4}-\d{4,6})(?![\p{Alpha}\d%]|[.,/-]\d)/gu;
/** Accession numbers and products that look so. */
const PUBLIC =
  /^(?:NCT|RS|NM|NP|NC|ENS|OMIM|MIM|ORPHA|GSE|PMID|PMC|ISBN|ISSN|EN|ISO|DIN|CE|ICD|HLA|COVID|SARS|CYP|CD|IL|DOI)/;
/** 'case,P0017,F', 'P0019 family complaint': a participant's key in a column or twice. */
const KEY = /(?<![\p{Alpha}\d.-])[A-Z]-?\d{2,5}(?![\p{Alpha}\d.%-])/gu;
/** 'number v one zero four seven': digits told one by one. */
const TOLD =
  /(?<=(?<!\p{Alpha})(?:number|no|code|ref|reference|nhs|mrn|pin)(?: is)? )(?:[a-z] )?(?:(?:zero|oh|nought|double|treble|triple|one|two|three|four|five|six|seven|eight|nine) ){3,}(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)(?!\p{Alpha})/giu;
/** Pagers and extensions: 'blp 2260', 'x6021', 'F2 #3341', 'bleep 611'. */
const PAGER =
  /(?<=(?<!\p{Alpha})(?:blp|BLP|bp|bleep|BLEEP|ext|EXT|extn|pgr|pager|PAGER|DECT|voip|VoIP|mob)[ .:#]{1,2})\d{2,5}(?![\d.%])|(?<=(?:called|call|ring|rang|on|from|tel|phone|ext) )x\d{3,5}(?!\d)|(?<=(?:F[12Y]|SHO|SpR|[Rr]eg|StR|CT\d|ST\d|doctor|nurse)[12]? )#\d{3,5}(?!\d)|(?<!\d)[2-9]\d\d[-.]\d{3}[-.]\d{4}(?!\d)/gu;
/** An age of 90 and more by whose it is: 'He was 91.', 'Josie is 91,', 'I AM 93 AND', 'birthday 90!', 'aged 94', 'AGE … 97', '90+', 'F, 92', '92M'. */
const AGE =
  /(?=\d)(?<=(?<!\p{Alpha})(?:[Hh]e|[Ss]he|I|HE|SHE|who|[Ll]ady|[Gg]entleman|[Mm]an|[Ww]oman|[Mm]um|[Dd]ad|[Mm]other|[Ff]ather|[Gg]ran|[Nn]an|[Gg]randad) (?:is|was|am|IS|WAS|AM|turned|turns|will be)(?: now| NOW| nearly| almost| only)? |(?<!\p{Alpha})(?:[Aa]ged?|AGED?|[Aa]ge:|AGE:|[Aa]ge is|[Bb]irthday|[Tt]urn(?:ed|ing|s)|[Nn]early|[Aa]lmost|[Dd]ied at|[Ff]emale|[Mm]ale|FEMALE|MALE|yes,|[Aa]t) |AGE PER \S{3,12} |[|,] ?[MF] ?[|,] ?|(?<!\p{Alpha})[MF] ?\/ ?|[|,] ?)(?:9\d|1[01]\d)(?=[,.;:)!?\n+|]|$| (?:and|AND|when|but|years|y|with|WITH|who|in|she|he|M|F|now|next|this|on (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|–|-)(?![\p{Alpha}])| \|)(?![.,]\d)/gmu;
const SEXED =
  /(?<![\d\p{Alpha}.,/+])(?:9\d|10\d) ?(?:[MF](?=[ ,;:)|\n]|$)|[♂♀])|(?<=(?<![\p{Alpha}\d])[MF],? )(?:9\d|10\d)(?=[,;:)|\n]|$| y)/gmu;
/** 'PEARCE, Violet Daisy 99', 'Josie Bell, 94,': behind a name. */
const BEHIND_NAME = /(?<=\p{Uppercase}\p{Ll}{2,},? \(?)(?:9\d|10\d)(?=[,;)]|[ ]{2}|$)(?![.,]\d)/gmu;
/** Paths of a computer that name a folder. */
const PATH = /(?<![\p{Alpha}\d])(?:[A-Z]:|\\)\\[^\s"'<>|]{3,200}/gu;

/** Numbers, ages of 90 and more and paths, as notes in English have them. */
export function englishNumbers(reading: Reading): Span[] {
  const { text, tokens } = reading;
  const spans: Span[] = [];
  const each = matchesInto(spans, text);
  const digits = (written: string) => written.replace(/\D/g, '').length;
  each(PLATE, 'number', 'en:plate');
  each(
    BEHIND,
    'number',
    'en:number',
    (written) => digits(written) >= (/[A-Z]/.test(written) ? 3 : 4) || /[-/]\d/.test(written),
  );
  each(LETTERED, 'number', 'en:lettered', (written) => !PUBLIC.test(written) && digits(written) >= 4);
  const keys = [...text.matchAll(KEY)].map(({ 0: written }) => written.replace('-', ''));
  each(KEY, 'number', 'en:key', (written, at) => {
    if (!/^(?:P|S|F|C|R|K|X|N)-?\d/.test(written) || digits(written) < (written.includes('-') ? 2 : 3)) return false;
    const cell =
      /(?:^|[\n,;|\t]) ?$/.test(text.slice(Math.max(0, at - 2), at)) &&
      /^ ?[,;|\t]/.test(text.slice(at + written.length, at + written.length + 2));
    return cell || keys.filter((key) => key === written.replace('-', '')).length > 1;
  });
  each(TOLD, 'number', 'en:told');
  each(PAGER, 'phone', 'en:pager');
  each(AGE, 'age', 'age:en', (written, at) => {
    const before = text.slice(Math.max(0, at - 30), at);
    if (/(?:[|,] ?)$/.test(before) && !/[|,] ?[MF] ?[|,] ?$/.test(before)) return false;
    return !/(?:BP|[Pp]ulse|HR|[Ss]ats?|SpO2|[Rr]ate|MAP|Hb|[Ww]eight|[Gg]lucose|nearly|almost|[Aa]t|[Ff]rom) $/.test(
      before,
    );
  });
  each(SEXED, 'age', 'age:sexed');
  each(BEHIND_NAME, 'age', 'age:behind-name', (_, at) => {
    const token = tokens[tokenAt(tokens, at) - 1];
    return token !== undefined && isFirstName(reading, token);
  });
  each(PATH, 'web', 'en:path');
  // 'Josie is 91,'
  for (const found of text.matchAll(
    /(?<=(\p{Uppercase}\p{Ll}{2,}) (?:is|was|turned|will be) (?:now )?)(?:9\d|10\d)(?=[,.;)!\n]|$| (?:and|but|when|years))(?![.,]\d)/gmu,
  )) {
    const name = tokens[tokenAt(tokens, found.index) - 2];
    if (name && isFirstName(reading, name))
      spans.push(span(found.index, found.index + found[0].length, 'age', 'possible', 'age:of-name'));
  }
  return spans;
}
