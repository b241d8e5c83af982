import type { Span } from '../../spans.ts';
import { touchesDisease } from '../eponyms.ts';
import { type Reading, tokenAt } from '../reading.ts';
import { matchesInto } from './matches.ts';

const WORD = "\\p{Uppercase}[\\p{Alpha}'’-]+";
/** Words that say of what kind a house is, or when: not its name. */
const ANY =
  '(?:The|A|An|This|That|Our|Your|My|His|Her|Their|In|At|To|From|Of|On|No|Any|Each|Every|Acute|Day|Private|Tertiary|Referring|Previous|Other|Local|Another|Elective|Emergency|Early|Late|Open|Vascular|Cardiac|General|Plastic|Major|Minor|Previous|Redo|Further|Endovascular|Aortic|Thoracic|Eye|Dental|Robotic|Keyhole|Bypass|Trauma|Orthopaedic|Cosmetic|Bariatric|Breast|Heart|Hand|Hip|Knee|Spinal|Brain|Best|Good|Clinical|Medical|Nurse|Primary|Secondary|Old|New|Mother|After|Before|Post|Pre|Since|During|Your|For|And|With|Their|Foot|Leg|Diabetic|Joint|Outpatient|Out|Anticoagulation|Warfarin|Pain|Memory|Wound|Travel|Well|Virtual|Rapid|Fracture|Marfan|Antenatal|Fertility|Genetics?|Hospital|Clinic|Ward|Theatre|Saturday|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Vascular|Anomal(?:y|ies)|Follow|PRACTICE|SURGERY)';
const PROPER = `(?!${ANY}(?![\\p{Alpha}]))${WORD}`;
/** Houses by a name before the word for their kind. */
const HOUSE = new RegExp(
  `(?<![\\p{Alpha}'’-])(?:(?:The|the) )?(?:(?:St\\.?|Our Lady(?:['’]s)?|${PROPER}) ){1,4}(?:(?:and|of|the|&|['’]s) (?:the )?)?(?:(?:${WORD}|of|the|and) ){0,2}?(?:Hospital|Hospice|Infirmary|Health Cent(?:re|er)|Medical Cent(?:re|er)|Treatment Cent(?:re|er)|Community Hospital|Children['’]s Hospital|Surgery|Practice|Medical Group|Pharmacy|Chemists?|(?:RC |CE |C of E )?(?:National |Primary |Infant |Junior |Secondary |High |Grammar |Nursery |Comprehensive )*School|(?:RC |CE )?Primary|Academy|Nursery|College|Convent|Abbey|Priory|Care Home|Nursing Home|Rest Home|Residential Home|Ambulance(?: Service)?|(?:NHS )?(?:Foundation )?Trust|Health Board|Council|Mutual|Insurance|Assurance|Church|Chapel|Mosque|Temple|Gurdwara|Synagogue|Cathedral|Parish|Prison|Barracks|Mission|Foundation|Funeral Directors?|Laborator(?:y|ies)|Labs|Institute|University)(?![\\p{Alpha}-])`,
  'gu',
);
/** 'the Royal', 'the Infirmary', 'at the VA': a house by one word that its people call it. */
const CALLED =
  /(?=[tTA-Z])(?<=(?<!\p{Alpha})(?:at|to|from|in|by|into|via|under|of) (?:the |The )?|^)(?:(?<=(?:at|to|from|in|by|into|via|of) )(?:the|The) (?:Infirmary|Royal|General|Western|Northern|Southern|Eastern|County|Mater|Rotunda|Coombe|Nuffield)(?=[,.;:)\n]|$| (?:on|in|with|by|and|for|where|who|at|after|before|yesterday|today)(?!\p{Alpha}))|(?<=(?:at|to|from|in|by|into|via|of) (?:the|The) )(?:Royal(?: (?:Infirmary|Victoria|Free|London|Berks|Devon|Surrey|Gwent|Alex(?:andra)?|Cornwall|United|Sussex|Derby|Stoke|Bolton|Oldham|Preston|Blackburn|Liverpool))?|Infirmary|General|County|District|VA|Western|Northern|Southern|Eastern|Cottage|Memorial|Queen['’]s|Queens|QE|QEH|Victoria|Alexandra|Princess(?: \p{Uppercase}\p{Ll}+)?|Rotunda|Coombe|Mater|Children['’]s|Women['’]s|Maternity|Fever|Eye and Ear|Regional|Union|Workhouse|Priory|Retreat|Nuffield|Spire|BMI)|(?:Queen['’]?s|King['’]?s|Prince \p{Uppercase}\p{Ll}+['’]?s|Princess \p{Uppercase}\p{Ll}+['’]?s?|Queen \p{Uppercase}\p{Ll}+['’]?s?|King \p{Uppercase}\p{Ll}+['’]?s|\p{Uppercase}\p{Ll}+ (?:Royal|General|Women['’]s|Children['’]s|District|Infirmary)))(?![\p{Alpha}-]| (?:practice|surgery|Practitioner|Medicine|Anaesthe|Surg|Council|College|Mail|Family|Air|Navy|Road|Street|line|knot|vein|Care|surg|med|anaesth|condition))/gmu;
/** 'St Winefride's', 'St Brannoc's', "Our Lady's", 'King George's': a saint's house, with the end of its genitive. */
const SAINT =
  /(?<![\p{Alpha}'’-])(?:(?:St\.?|Saint|Ss) \p{Uppercase}[\p{Alpha}-]+(?: \p{Uppercase}[\p{Alpha}-]+)?(?:['’]s|s['’])|Our Lady['’]s|OUR LADY['’]S|ST\.? \p{Uppercase}{3,}['’]S|(?:King|Queen|Prince|Princess|Lady|Lord) \p{Uppercase}\p{Ll}+['’]s|(?<=(?:at|from|to|of) )(?:St\.?) \p{Uppercase}\p{Ll}+)(?! (?:Day|Eve|Night|fire|wort|Wort))(?![\p{Alpha}-])/gu;
/** 'Tolliver & Sons', 'Albion Mutual' */
const FIRM = new RegExp(
  `(?<![\\p{Alpha}'’-])${PROPER} (?:& (?:Sons?|Daughters?|Co\\.?|Partners|${WORD})|and Sons?|Bros\\.?|Brothers|LLP|Solicitors|Ltd|plc|PLC|Mutual|Assurance|Homecare|Home Care|Care)(?![\\p{Alpha}-])`,
  'gu',
);
/** Words for the houses that people live in. */
const HOME =
  '(?:House|Cottages?|Cotts?|Court|Lodge|Farm(?:house)?|Barn|Mill|Manor|Rectory|Vicarage|Parsonage|Manse|Villas?|Bungalow|Croft|Towers?|Heights|Buildings|Mansions|Point|Wharf|Yard|Hall|Paddocks?|Grange|Oast|Stables|Steading|Caravan Park|Holiday Park|Chalet|Park Homes|Almshouses|Orchard|Gatehouse|Schoolhouse|Forge|Granary|Nook|Byre|Shieling|Gables|Hollies|Laurels|Firs|Elms|Beeches|Limes|Willows|Cedars|Chestnuts|Oaks)';
/** 'Flat 61, Kestrel Point', '27 Grover House', 'Plot 6, Fenland Caravan Park', 'Lagganlia Cottage', 'The Old Rectory', 'The Paddocks, 118 Hockley Hill'. */
const DWELLING = new RegExp(
  `(?<![\\p{Alpha}\\d'’-])(?:(?:(?:[Ff]lat|[Aa]pt\\.?|[Aa]partment|[Uu]nit|[Pp]lot|[Cc]aravan|[Rr]oom|[Bb]lock|[Nn]o\\.?|FLAT|APT) ?[\\dA-Z]{1,4}[a-z]?,? |\\d{1,4}[a-zA-Z]?,? )(?:The |the )?(?:${WORD} ){0,3}(?:${HOME}|${HOME.toUpperCase().replace(/\(\?:/g, '(?:')})|(?:The|THE) (?:(?:Old|OLD|New|Little|Great|Coach|Hop|Round|White|Red) )?(?:${HOME}|${HOME.toUpperCase()})(?=[,.;\\n]|$| in | near | at )|(?<=(?:^|\\n|, |[Ll]ives (?:at|in) |[Ll]iving (?:at|in) |[Aa]t |[Aa]ddress:? |[Ii]n the |[Ii]n |[Ff]rom |[Oo]f |[Ss]taying (?:in|at)(?: the)? |[Tt]o )\\(?)(?:${WORD} ){1,2}(?:Cottages?|Lodge|Farm(?:house)?|Manor|Grange|Rectory|Vicarage|Villas?|Croft|Bungalow|Barn|Mill|Hall|COTTAGES?|FARM|LODGE)(?=[,.;)\\n]|$| (?:in|near|with|and|by|since|for)(?!\\p{Alpha})))(?:, \\d{1,4}[a-z]? ${WORD}(?: ${WORD}){1,2})?(?: \\d{1,4}[a-z]?(?=[,;.\\n]|$))?(?!\\p{Alpha})`,
  'gmu',
);
const VILLA = new RegExp(
  `(?<=(?:in|at|to|from) (?:the |our (?:hotel|house|villa) )?|hotel |Hotel )(?:Villa|Casa|Chalet|Château|Hotel|Hôtel|B&B|Le|La|Les|Il|El|An|Y|Tŷ|Ty|Bryn|Plas|Maes) ${WORD}(?: ${WORD}){0,2}`,
  'gu',
);
/** What stands, piece by piece with capitals, before a British postcode. */
const BEFORE_POSTCODE =
  /(?<=(?:^|[\n,:;(|]|(?<!\p{Alpha})(?:of|at|Home|Address|address):?) ?)(?:(?:\d{1,4}[a-z]? )?\p{Uppercase}[\p{Alpha}'’-]*(?: (?:\p{Uppercase}[\p{Alpha}'’-]*|y|yr|of|the|on|and|upon|in|le|\d{1,4}[a-z]?))*,? ?\n?){1,3}(?=,? ?[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![\p{Alpha}\d]))/gmu;
/** '7 Maes y Dre', '51a Green Lanes': a house number and words with capitals behind a word for where somebody lives. */
const LIVES =
  /(?=[\dA-Z])(?<=(?<!\p{Alpha})(?:[Hh]ome|[Aa]ddress|[Ll]ives(?: at| in)?|[Ll]iving at|[Mm]oved (?:from|to)|[Rr]esides at|[Ss]taying at|[Ff]ound (?:me |him |her )?at|be found at|[Vv]isit(?:ed)? (?:him |her |me |them )?at|[Kk]ey to|ADDRESS|HOME)[: ]{1,2})(?:\d{1,4}[a-zA-Z]? \p{Uppercase}[\p{Alpha}'’]+(?: (?:\p{Uppercase}[\p{Alpha}\d'’]+|y|yr|of|the)){0,3}|\p{Uppercase}[\p{Alpha}'’]+ \p{Uppercase}[\p{Alpha}'’]+(?:, \p{Uppercase}[\p{Alpha}'’]+ \p{Uppercase}[\p{Alpha}'’]+)?(?=[,.;] ))/gu;
/** Countries and parts of the world that have an article; islands; a town's '-born'. */
const LANDS =
  /(?<=(?<!\p{Alpha})[Tt]he )(?:Netherlands|Philippines|Gambia|Bahamas|Maldives|Seychelles|Emirates|UAE|Congo|DRC|Czech Republic|Dominican Republic|Hebrides|Orkneys|Shetlands?|Highlands|Wirral|Fens|Cotswolds|Lake District|Borders|Black Country|Punjab|Caribbean|Azores|Canaries|Canary Islands|Algarve|Balkans|Ivory Coast|Lebanon|Sudan|Transkei|Gold Coast|Rhondda|Valleys|Dales|Gower|Lizard|Potteries)(?![\p{Alpha}-])|(?<!\p{Alpha})(?:Isles? of \p{Uppercase}\p{Ll}+|(?:North|South) Uist|Co\.? \p{Uppercase}\p{Ll}+)(?!\p{Alpha})|(?<!\p{Alpha})\p{Uppercase}\p{Ll}{3,}(?=-born(?!\p{Alpha}))|(?<=\p{Uppercase}\p{Ll}{2,}, )(?:A[LKZR]|C[AOT]|DE|FL|GA|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])(?=[\n,.)]|$)|(?<=\p{Uppercase}\p{Ll}{2,}(?:, | \())(?:NL|UK|USA|DE|FR|BE|NI|ROI|IE)(?=\))/gmu;

/** Houses, homes and places by the ways in which English writes them. */
export function englishPlaces(reading: Reading): Span[] {
  const { text, tokens, tables } = reading;
  const spans: Span[] = [];
  const each = matchesInto(spans, text);
  const wellKnown = (_: string, at: number) => {
    const first = tokenAt(tokens, at);
    return !touchesDisease(reading, first, first + 1) && !tables.months.has(tokens[first]?.folded ?? '');
  };
  each(HOUSE, 'institution', 'en:house', (written, at) => wellKnown(written, at) && !/\n/.test(written));
  each(CALLED, 'institution', 'en:house-called', (written) => !/^(?:General|Royal) Practi/.test(written));
  each(SAINT, 'institution', 'en:saint');
  each(FIRM, 'institution', 'en:firm', wellKnown);
  each(DWELLING, 'address', 'en:dwelling');
  each(VILLA, 'address', 'en:villa', wellKnown);
  each(BEFORE_POSTCODE, 'address', 'en:before-postcode');
  each(LIVES, 'address', 'en:lives');
  each(LANDS, 'place', 'en:land');
  return spans;
}
