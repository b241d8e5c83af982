/**
 * How days, times and lengths are said in a language: sources of regular expressions on folded text (no accents, lower case, 'ss' for 'ß'), none with a group but
 * where it is said.
 */
export interface Tongue {
  /** From one on. */
  readonly numbers: readonly string[];
  /** Any of them. */
  readonly number: string;
  /** What stands for one before a length alone: 'in a week', not 'at a'. */
  readonly article?: string;
  /** Monday first. */
  readonly weekdays: readonly string[];
  /** January first. */
  readonly months: readonly string[];
  /** The first of a month, in words. */
  readonly first: string;
  /** Between a day and its month. */
  readonly of: string;
  /** Days from today, the longer phrases first. */
  readonly ahead: readonly (readonly [string, number])[];
  readonly within: string;
  readonly days: string;
  readonly weeks: string;
  readonly nextWeek: string;
  readonly on: string;
  readonly next: string;
  readonly nextBehind: string;
  /** What a day of the week can be joined with: 'Freitagnachmittag'. */
  readonly partOfDay: string;
  /** A day without its month; one group for each way of saying it. */
  readonly dayOfMonth: string;
  readonly at: string;
  /** A time without minutes needs its unit: 'à 15 h', for 'à 15' is about something else. */
  readonly unitNeeded?: true;
  /** Behind the hour of a time: 'Uhr', 'h'. */
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  /** 'NUM' is an hour; minutes to add to it. */
  readonly halves: readonly (readonly [string, number])[];
  readonly noon: string;
  readonly afternoon: string;
  readonly morning: string;
  readonly hours: string;
  readonly halfHour: string;
  readonly hourAndHalf: string;
}

/** One longer than another goes before it: 'eine' before 'ein'. */
const oneOf = (numbers: readonly string[]) =>
  numbers
    .flatMap((one) => one.split('|'))
    .toSorted((a, b) => b.length - a.length)
    .join('|');

const said = (words: Omit<Tongue, 'number'>): Tongue => ({ ...words, number: oneOf(words.numbers) });

export const tongues: Readonly<Record<string, Tongue>> = {
  en: said({
    article: 'an?',
    numbers: 'one two three four five six seven eight nine ten eleven twelve'.split(' '),
    weekdays: [
      'monday|mon',
      'tuesday|tues|tue',
      'wednesday|wed',
      'thursday|thurs|thur|thu',
      'friday|fri',
      'saturday|sat',
      'sunday|sun',
    ],
    months: [
      'january|jan',
      'february|feb',
      'march|mar',
      'april|apr',
      'may',
      'june|jun',
      'july|jul',
      'august|aug',
      'september|sept|sep',
      'october|oct',
      'november|nov',
      'december|dec',
    ],
    first: 'first|1st',
    of: 'of ',
    ahead: [
      ['(?:the )?day after tomorrow', 2],
      ['tomorrow', 1],
      ['today', 0],
      ['tonight', 0],
    ],
    within: 'in',
    days: 'days?(?: time)?',
    weeks: 'weeks?(?: time)?',
    nextWeek: '(?:of )?next week',
    on: 'on',
    next: 'next|this|coming',
    nextBehind: 'next',
    partOfDay: ' ',
    dayOfMonth: String.raw`(?:on )?the (\d{1,2})(?:st|nd|rd|th)?`,
    at: 'at|@',
    unit: "h|o'clock|hrs?",
    from: '(?:from|between)',
    to: 'to|until|till|and',
    halves: [
      [String.raw`\bhalf past NUM\b`, 30],
      [String.raw`\bquarter past NUM\b`, 15],
      [String.raw`\bquarter to NUM\b`, -15],
    ],
    noon: '(?:at )?(?:noon|midday)',
    afternoon: 'afternoon|evening|tonight',
    morning: 'morning',
    hours: 'hours?|hrs?|h',
    halfHour: 'half an hour|half hour',
    hourAndHalf: 'an hour and a half|one and a half hours',
  }),
  de: said({
    numbers:
      'eine[rnms]?|eins|ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn'.split(
        ' ',
      ),
    weekdays: [
      String.raw`montag|mo\.`,
      String.raw`dienstag|di\.`,
      String.raw`mittwoch|mi\.`,
      String.raw`donnerstag|do\.`,
      String.raw`freitag|fr\.`,
      String.raw`samstag|sonnabend|sa\.`,
      String.raw`sonntag|so\.`,
    ],
    months: [
      'januar|janner|jan',
      'februar|feb',
      'marz',
      'april|apr',
      'mai',
      'juni|jun',
      'juli|jul',
      'august|aug',
      'september|sept|sep',
      'oktober|okt',
      'november|nov',
      'dezember|dez',
    ],
    first: 'erste[rn]?',
    of: 'des ',
    ahead: [
      ['ubermorgen', 2],
      ['heute', 0],
      ['morgen(?! (?:um|ab) morgen)', 1],
    ],
    within: 'in',
    days: 'tage?n?',
    weeks: 'wochen?',
    nextWeek: '(?:in der )?(?:nachste[rn]?|kommende[rn]?) woche',
    on: 'am',
    next: 'nachste[rn]?|kommende[rn]?|diese[rn]?',
    nextBehind: 'nachste[rn]?',
    partOfDay: 'nachmittag|vormittag|mittag|abend|morgen|fruh',
    dayOfMonth: String.raw`am (\d{1,2})\.`,
    at: 'um|ab|gegen',
    unit: 'uhr|h',
    from: '(?:von|zwischen)',
    to: 'bis|und',
    halves: [
      [String.raw`\bhalb NUM\b`, -30],
      [String.raw`\bviertel nach NUM\b`, 15],
      [String.raw`\bviertel vor NUM\b`, -15],
      [String.raw`\bdreiviertel NUM\b`, -15],
    ],
    noon: '(?:zu )?mittags?',
    afternoon: 'nachmittag|abend',
    morning: 'vormittag|fruh',
    hours: 'stunden?|std|h',
    halfHour: 'halbe stunde|halben stunde',
    hourAndHalf: 'anderthalb stunden?|eineinhalb stunden?',
  }),
  fr: said({
    numbers:
      'une?|un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit'.split(
        ' ',
      ),
    weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    months: [
      'janvier|janv',
      'fevrier|fevr',
      'mars',
      'avril',
      'mai',
      'juin',
      'juillet|juil',
      'aout',
      'septembre|sept',
      'octobre|oct',
      'novembre|nov',
      'decembre|dec',
    ],
    first: 'premier|1er',
    of: 'de ',
    ahead: [
      ['dans quinze jours', 14],
      ['dans huit jours', 7],
      ['apres[- ]demain', 2],
      ['demain', 1],
      ["aujourd'hui", 0],
    ],
    within: "dans|d'ici",
    days: 'jours?',
    weeks: 'semaines?',
    nextWeek: '(?:de )?la semaine prochaine',
    on: 'le',
    next: 'ce|prochain',
    nextBehind: 'prochain|qui vient',
    partOfDay: ' ',
    dayOfMonth: String.raw`le (\d{1,2})(?!\s?h)`,
    at: 'a|vers|des',
    unitNeeded: true,
    unit: 'heures?|h',
    from: '(?:de|entre)',
    to: 'a|et',
    halves: [
      [String.raw`\b(?:a|vers) NUM heures? et demie\b`, 30],
      [String.raw`\b(?:a|vers) NUM heures? et quart\b`, 15],
      [String.raw`\b(?:a|vers) NUM heures? moins le quart\b`, -15],
    ],
    noon: '(?:a )?(?<!apres[- ])midi',
    afternoon: 'apres[- ]midi|du soir',
    morning: 'matin',
    hours: 'heures?|h',
    halfHour: 'demi-heure|demie heure|demie-heure',
    hourAndHalf: 'une heure et demie',
  }),
  es: said({
    numbers: 'una|uno|un dos tres cuatro cinco seis siete ocho nueve diez once doce'.split(' '),
    weekdays: ['lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado', 'domingo'],
    months: [
      'enero|ene',
      'febrero|feb',
      'marzo',
      'abril|abr',
      'mayo',
      'junio|jun',
      'julio|jul',
      'agosto|ago',
      'septiembre|setiembre|sept',
      'octubre|oct',
      'noviembre|nov',
      'diciembre|dic',
    ],
    first: 'primero|uno',
    of: 'del? ',
    ahead: [
      ['pasado manana', 2],
      ['hoy', 0],
      ['(?<!(?:de|por) la )manana', 1],
    ],
    within: 'dentro de|en',
    days: 'dias?',
    weeks: 'semanas?',
    nextWeek: '(?:de )?la (?:semana que viene|proxima semana|semana proxima)',
    on: 'el',
    next: 'proximo|este',
    nextBehind: 'que viene|proximo',
    partOfDay: ' ',
    dayOfMonth: String.raw`(?:el )?dia (\d{1,2})`,
    at: 'a las?|sobre las?',
    unit: 'horas?|h',
    from: '(?:de|desde las?|entre las?)',
    to: 'a(?: las?)?|hasta(?: las?)?|y(?: las?)?',
    halves: [
      [String.raw`\b(?:a )?las? NUM y media\b`, 30],
      [String.raw`\b(?:a )?las? NUM y cuarto\b`, 15],
      [String.raw`\b(?:a )?las? NUM menos cuarto\b`, -15],
    ],
    noon: '(?:al?|al) ?mediodia',
    afternoon: '(?:de|por) la tarde|(?:de|por) la noche',
    morning: '(?:de|por) la manana',
    hours: 'horas?|h',
    halfHour: 'media hora',
    hourAndHalf: '(?:una )?hora y media',
  }),
  it: said({
    numbers: 'una|uno|un due tre quattro cinque sei sette otto nove dieci undici dodici'.split(' '),
    weekdays: ['lunedi', 'martedi', 'mercoledi', 'giovedi', 'venerdi', 'sabato', 'domenica'],
    months: [
      'gennaio|gen',
      'febbraio|feb',
      'marzo',
      'aprile|apr',
      'maggio',
      'giugno',
      'luglio',
      'agosto',
      'settembre|sett',
      'ottobre|ott',
      'novembre|nov',
      'dicembre|dic',
    ],
    first: 'primo|1o',
    of: 'di ',
    ahead: [
      ['dopo ?domani', 2],
      ['domani', 1],
      ['oggi', 0],
    ],
    within: 'tra|fra',
    days: 'giorn[oi]',
    weeks: 'settiman[ae]',
    nextWeek: '(?:della )?(?:la )?(?:settimana prossima|prossima settimana)',
    on: 'il',
    next: 'prossimo|questo',
    nextBehind: 'prossimo',
    partOfDay: ' ',
    dayOfMonth: String.raw`il (\d{1,2})`,
    at: "(?:alle|dalle)(?: ore)?|all'|ore|verso le",
    unit: 'ore|h',
    from: '(?:dalle|tra le|fra le)(?: ore)?',
    to: '(?:fino )?alle|e le',
    halves: [
      [String.raw`\b(?:alle|le) NUM e mezz[ao]\b`, 30],
      [String.raw`\b(?:alle|le) NUM e un quarto\b`, 15],
      [String.raw`\b(?:alle|le) NUM meno un quarto\b`, -15],
    ],
    noon: '(?:a )?mezzogiorno',
    afternoon: 'pomeriggio|sera',
    morning: 'mattin[ao]',
    hours: 'ore|ora|h',
    halfHour: "mezz'ora|mezzora",
    hourAndHalf: "un'ora e mezza|ora e mezza",
  }),
  nl: said({
    numbers: 'een twee drie vier vijf zes zeven acht negen tien elf twaalf'.split(' '),
    weekdays: ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'],
    months: [
      'januari|jan',
      'februari|feb',
      'maart|mrt',
      'april|apr',
      'mei',
      'juni|jun',
      'juli|jul',
      'augustus|aug',
      'september|sept',
      'oktober|okt',
      'november|nov',
      'december|dec',
    ],
    first: 'eerste|1e',
    of: 'van ',
    ahead: [
      ['overmorgen', 2],
      ['morgen(?=ochtend|middag|avond|\\b)', 1],
      ['vandaag', 0],
    ],
    within: 'over',
    days: 'dag(?:en)?',
    weeks: 'we(?:ek|ken)',
    nextWeek: 'volgende week|komende week',
    on: 'op',
    next: 'volgende|komende|aanstaande|deze',
    nextBehind: 'aanstaande',
    partOfDay: 'middag|ochtend|avond|morgen',
    dayOfMonth: String.raw`(?:op )?de (\d{1,2})(?:e|ste|de)`,
    at: 'om|vanaf|rond',
    unit: 'uur|u|h',
    from: '(?:van|tussen)',
    to: 'tot|en',
    halves: [
      [String.raw`\bhalf NUM\b`, -30],
      [String.raw`\bkwart over NUM\b`, 15],
      [String.raw`\bkwart voor NUM\b`, -15],
    ],
    noon: "'s middags(?! om)(?<!uur 's middags)|tussen de middag",
    afternoon: 'middag|avond',
    morning: 'ochtend',
    hours: 'uur|uren|u',
    halfHour: 'half uur|halfuur',
    hourAndHalf: 'anderhalf uur',
  }),
};
