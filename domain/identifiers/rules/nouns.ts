import file from '../lists/german.json' with { type: 'json' };

/** Ends of a German noun's forms. */
const ENDS = ['', 'e', 'en', 'er', 'ern', 'es', 's', 'n', 'nen', 'innen', 'in', 'se', 'sen', 'ens', 'ns', 'ses'];
/** Those of them that change a noun least. */
const FORMS = ['', 'e', 'en', 'n', 's', 'es'];
/** What stands between the parts of a compound, and 'Schul-' for 'Schule'. */
const LINKS = ['', 's', 'es', 'n', 'en', 'er', 'e', 'ns'];
/** Ends that make a noun of any word. */
const MADE =
  /\p{Alpha}{3}(?:ung|ungen|ungs|heit|heiten|keit|keiten|tion|tionen|schaft|schaften|itat|itaten|ismus|ismen|lein|chen|ologe|ologin|ologen|ologie|iater|iatrie|logisch\p{Alpha}{0,2}|[rstnl]iv|[rstnl]ive[nrms]?|iell|ielle[nrms]?|ende[nrms]|isch|ische[nrms]?|lich|liche[nrms]?|bar|bare[nrms]?|los|lose[nrms]?|ige[nrms]?)$|^(?:ab|an|auf|aus|ein|durch|ent|er|be|ver|zer|um|unter|uber|vor|nach|zu|weg|los|frei|zuruck)\p{Alpha}{3,}(?:en|ens|eln|ern|te[nrsm]?)$|^ge\p{Alpha}{3,}(?:en|te|te[nrms]|enes?|ene[rnm])$/u;
/** Ends and beginnings of medicine's words. */
const SCIENCE =
  /(?:itis|itiden|osis|ose|osen|om|ome|omen|oms|ie|ien|ik|iken|iker|us|ums?|enz|enzen|anz|anzen|ur|uren|ose|ase|asen|grafie|gramm|gramme|metrie|penie|phil|phile|trop|tropie|zyten?|zyt|blasten?|genese|lyse|lysen|stase|stasen|amie|urie|algie|plegie|parese|paresen|spasmus|rhagie|rrhoe|rrhagie|pnoe|phagie|pathie|megalie|stomie|tomie|ektomie|plastik|skop|skopie|meter|graph|ator|atoren|atum|ator|ektor|at|ate|aten|ats|id|ide|iden|ids|in|ine|ins|inen|it|ol|ole|ols|an|ane|en|al|ale|yl|il|am|ab|ib|ib|on|one|ons|ium|iums|ien|ia|ae|is|ea|ax|ex|ix|yx|ux|ynx)$/;
const SCIENTIFIC =
  /^(?:a[dnorx]?teri|angio|anti|aort|arrhythm|arthr|atri|auskult|auto|bio|brachi|bronch|carot|cardi|cepha|cerebr|chol|chron|coron|cran|cyt|derm|dia|diuret|dys|echo|ektop|elektr|embol|endo|enzym|epi|erythr|extra|femor|fibr|gastr|gen[eo]|glomer|glyk|gyn|ham|hemi|hepat|hetero|histo|homo|hydr|hyper|hypo|iatr|ili[ao]|immun|infra|inter|intra|isch|kardi|karot|kolo|koron|kortik|lapar|leuk|lipo|lymph|makro|mega|mening|meso|meta|mikro|mono|morph|multi|muskul|my[eo]|nekr|nephr|neur|norm|ober|oligo|onko|opht|ortho|oste|oto|pan|para|pariet|path|ped|peri|pharm|phleb|plasm|pleur|pneum|poly|popli|post|pra|prim|pro|pseudo|psych|pulm|radi|re[nt]|retro|rhin|skler|spondyl|sten|sub|supra|syn|tachy|thera|therm|thorak|thromb|thyr|toxi|trach|trans|ultra|uni|uro|vask|ven[aeou]|ventr|vis[cz]|zereb|zyst|zyt)/;
/** Ends of the names of substances and of the Latin of medicine. */
const SUBSTANCE =
  /(?:\p{Alpha}{2}(?:tralin|cristin|blastin|calcet|mestan|ximin|lamer|triptane?|proston?|trolen|pitant|gepant|siran|begron|sentan|ciguat|verin|melatin|anserin|tazapin|zodon|piclon|pidem|glumid|mantadin|sidomin|steride?|thyronin|thyroxin|tinol|rubin|kinumab|vitamin|globulin|kalzium|surfactant|netant|xanet|copan|buprofen|steron|scopolamin|brozol|cystein|kodein|tussin|dantoin|avir|[aeiou]vir|xacin|mycin|micin|kacin|cillin|cyclin|cyclan|olol|alol|pril|prilat|sartan|dipin|statin|azol|azole|azin|azid|amid|imid|ulid|semid|profen|coxib|fenac|oxicam|cain|barbital|azepam|azolam|dazolam|zepin|apin|idol|ridol|ridon|setron|triptan|tidin|prazol|zumab|ximab|mumab|tinib|ciclib|zomib|limus|platin|rubicin|taxel|fibrat|gliptin|gliflozin|glutid|glinid|formin|clazid|steron|diol|gestrel|gestel|solon|metason|sonid|cinolon|nisol|kinra|cept|parin|xaban|gatran|grel|teplase|kinase|nitrat|dronat|curium|curon|onium|pental|fentanil|fentanyl|orphin|codein|terol|phyllin|tropium|lukast|feron|relin|tocin|pressin|prost|oxin|dopa|gilin|capon|pramin|tilin|xetin|faxin|zolin|dafil|denafil|zosin|osid|osin|thrin|mectin|antel|quin|chin|glitazon|dapson|purinol|colchicin|zolam|vudin|citabin|relbin|tecan|tuposid|poetin|tropin|gastrim|grastim|penem|bactam|niazid|picin|butol|planin|fungin|nafin|ciclovir|oxid|chlorid|sulfat|phosphat|phonat|cetat|citrat|tartrat|laktat|glukonat|saure|tizan|zanid|zidim|droxil|pentin|pentinoid|gabalin|otrigin|racetam|toin|suximid|promid|pridon|lamin|nidin|clonidin|relix|stigmin|curar|tadin|rizin|phyllin|bendazol|quantel|ethason|lactam|profol|fluran|ketamin|mazepin|adol|idin|odin|amil|azem|zepril|ipin|ixim|axon|oxim|azon|orbid|lepin|mesalazin|salazin|feran|tropin|trexat|purin|sterin|benzin|thiaz|thiazid|lacton|renon|vaptan|tolvaptan|tide?|dronsaure)s?|(?:[aeiouy]tio|sio|xio|umen|iasis|osis|asis|itas|icus|icum|alis|aris|ceps|oid|oide|edo|tatio|oma|phyma|derma|plasma|trauma|edema|oedem|odem))$/u;
/** So long a word is no name that stands alone. */
const LONGEST = 14;
const SHORTEST_PART = 4;
const SHORTEST_TAIL = 3;
/** The tail of a compound that says alone that it is one, unless surnames end so. */
const TELLING_TAIL = 5;
/** Ends of surnames that are nouns as well. */
export const TAIL_OF_NAMES =
  /(?:meister|muller|macher|bauer|becker|backer|kirchen?|hausen?|houser|hauser|hofer|felder|berger|lander|burger|steiner|bacher|dorfer|wanger|maier|meier|mayr|meyer|brenner|wirth|scheid|scheider|richter|schmied|fischer|schneider|brunner|brunnen|thaler|taler|reiter|huber|linger|binder|schutz|holzer|wieser|gartner|mayer|graber|gruber|winkler|kamper|auer|walder|wald|stein|strom|grund|bruck|brucke|bruch|busch|grube|wiese|heide|lohe|horst|moser|lehner|kofler|egger|ecker|stetter|ganger|hammer|hirsch|blum|blume|krantz|kranz|klein|stern|mantel|rother|weber|kampe|kampf|kasten|knecht|krieger|lieb|liebe|mandel|nagel|pfister|reich|sanger|sattler|schaffer|schenk|schlag|seiler|spiegel|stolz|teufel|vogel|wagner|weiler|winter|ziegler|zimmer|zeller)$/;

/**
 * Whether a folded word is a noun of German by a list of stems: a form of one of them, a compound of them, or made of another word by an end that does so. `has` says whether the list
 * holds a word. A word of more than fourteen letters counts as one.
 */
export function isNounOf(word: string, has: (stem: string) => boolean): boolean {
  return word.length > LONGEST || MADE.test(word) || isMadeOf(word, has, 0) || hasTail(word, has);
}

/** 'Dacronprothese', 'Gehstrecke': what stands before a noun may be anything. */
function hasTail(word: string, has: (stem: string) => boolean): boolean {
  if (TAIL_OF_NAMES.test(word)) return false;
  for (let at = 3; at <= word.length - TELLING_TAIL; at++)
    if (endsAs(word.slice(at), FORMS, has, TELLING_TAIL)) return true;
  return false;
}

/** Whether a folded word looks like one of medicine's own: by its beginning and its end, or by the end that a substance has. */
export const isScientific = (word: string): boolean =>
  (SCIENTIFIC.test(word) && SCIENCE.test(word)) || SUBSTANCE.test(word);

/** Whether a folded word is the name of a substance by its end. */
export const isSubstance = (word: string): boolean =>
  SUBSTANCE.test(word) && !/(?:io|sio|xio|itas|alis|aris|icum|icus|oide?|oma|iasis)$/.test(word);

function isMadeOf(word: string, has: (stem: string) => boolean, depth: number): boolean {
  if (endsAs(word, ENDS, has)) return true;
  if (word.length < SHORTEST_PART + SHORTEST_TAIL || depth > 2) return false;
  for (let at = SHORTEST_PART; at <= word.length - SHORTEST_TAIL; at++)
    if (isHead(word.slice(0, at), has) && isMadeOf(word.slice(at), has, depth + 1)) return true;
  return false;
}

const isHead = (word: string, has: (stem: string) => boolean): boolean =>
  endsAs(word, LINKS, has) || has(`${word}e`) || MADE.test(word);

const endsAs = (word: string, ends: readonly string[], has: (stem: string) => boolean, shortest = 3): boolean =>
  ends.some(
    (end) => word.length - end.length >= shortest && word.endsWith(end) && has(word.slice(0, word.length - end.length)),
  );

let stems: ReadonlySet<string> | undefined;
const known = new Map<string, boolean>();
const MOST_KNOWN = 20_000;

const list = `\n${file.nouns}\n`;

/** Whether a folded word is the beginning of a noun of the list, as an abbreviation is ('orthop', 'ehefr'). */
export function beginsNoun(word: string): boolean {
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const start = list.lastIndexOf('\n', (low + high) >> 1);
    const end = list.indexOf('\n', start + 1);
    const found = list.slice(start + 1, end);
    if (found.startsWith(word)) return true;
    if (found < word) low = end;
    else high = start;
  }
  return false;
}

/** Whether a folded word is on the list itself, as it is or in one of the forms that change it least. */
export function isNounStem(word: string): boolean {
  stems ??= new Set(file.nouns.split('\n'));
  const all = stems;
  return endsAs(word, FORMS, (stem) => all.has(stem));
}

/** Whether a folded word is a noun of everyday German or one of medicine's own words. */
export function isGermanNoun(word: string): boolean {
  const before = known.get(word);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  // A compound asks for many stems: a search in the list itself would take longer for one text than to make the set once.
  stems ??= new Set(file.nouns.split('\n'));
  const all = stems;
  const found = isScientific(word) || isNounOf(word, (stem) => all.has(stem));
  known.set(word, found);
  return found;
}
