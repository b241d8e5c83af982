import * as chrono from 'chrono-node';
import { Temporal } from 'temporal-polyfill';
import type { Directory } from '../../domain/directory.ts';
import type { Topic } from '../../domain/tickets.ts';
import { type Said, saidHours } from './said-hours.ts';
import { foldedSentence, type SentenceWords, sentences } from './sentences.ts';

/** What a sentence in plain language seems to want. */
export type Intent =
  | { readonly intent: 'command'; readonly command: string }
  /** Which of the three supports: the Commission's for errors of CPMS itself, EU Login's own, the helpdesk. */
  | { readonly intent: 'support'; readonly topic: Topic; readonly sure: boolean }
  | {
      readonly intent: 'meeting';
      readonly group?: string;
      readonly when?: string;
      readonly others?: readonly string[];
      readonly minutes?: number;
    }
  | { readonly intent: 'unknown' };

interface Rule {
  readonly intent: Intent;
  readonly words: RegExp;
}

const rules: readonly Rule[] = [
  // An error of the platform: the sentence names both an error and CPMS (or an HTTP status).
  {
    intent: { intent: 'support', topic: 'cpms-error', sure: true },
    words:
      /\bcpms\b.*\b(error|errors|glitch|crash(es|ed)?|bug|down|broken|not load\w*|blank|freez\w*|50\d|40\d)\b|\b(error|bug|glitch|crash\w*)\b.*\bcpms\b/i,
  },
  {
    intent: { intent: 'support', topic: 'eu-login', sure: true },
    words:
      /\b(eu[- ]?login|ecas|second factor|two[- ]?factor|2fa|mfa|authenticator)\b.*\b(lock\w*|lost|new|cannot|can't|can not|doesn't|not work\w*|problem|help|reset|forgot\w*|sms|code)\b|\block(ed)? out\b|\b(new|lost|changed|stolen|broken) (my )?(phone|mobile)\b|\b(phone|mobile)\b.*\b(new|lost|changed|stolen|broken)\b|\bforgot\w*\b.*\bpassword\b|\bsms\b/i,
  },
  {
    intent: { intent: 'command', command: 'status' },
    words:
      /\b(where|how far|what).*\b(stand|stands|registration|waiting|happen\w*|status)\b|\bmy (status|registration)\b|\bhow long\b|\bwhat('s| is) next\b/i,
  },
  {
    intent: { intent: 'command', command: 'register' },
    words:
      /\b(get|have|need|want|request|apply).*\b(access|account|registered|registration)\b|\b(register|sign up|join)\b|\bhow do i (start|begin|join|register)\b/i,
  },
  { intent: { intent: 'command', command: 'consent' }, words: /\bconsent(s|ed)?\b|\bwithdr[ae]w\w*\b/i },
  {
    intent: { intent: 'command', command: 'attach' },
    words:
      /\b(upload|attach|send|share|scrub|anonymi\w+|de-?identif\w+|redact)\b.*\b(file|files|pdf|document|documents|report|reports|image|images|scan)\b|\b(pdf|report|document)s?\b.*\b(upload|attach|scrub|anonymi\w+)\b/i,
  },
  {
    intent: { intent: 'command', command: 'case' },
    words: /\b(new|my|open|enrol\w*|add)\b.*\b(case|cases|patient)\b/i,
  },
  {
    intent: { intent: 'command', command: 'privacy' },
    words: /\bprivacy\b|\bgdpr\b|\bmy data\b|\bdelete (my|me)\b|\bdata protection\b|\bforget me\b/i,
  },
  {
    intent: { intent: 'command', command: 'support' },
    words: /\b(help ?desk|human|somebody|someone|speak|talk|contact)\b/i,
  },
  {
    intent: { intent: 'support', topic: 'other', sure: false },
    words: /\b(problem|issue|error|not work\w*|doesn't work|broken|fails?|failed|stuck|cannot|can't)\b/i,
  },
  { intent: { intent: 'command', command: 'help' }, words: /\b(help|what can (you|i)|commands|options)\b/i },
];

const meeting = /\b(discuss|meeting|meet|schedule|teleconference|conference|call)\b/i;

/** What stands behind each group of words of another language, in the order in which they are tried. */
const meant: readonly (readonly [Exclude<keyof SentenceWords, 'meeting'>, Intent])[] = [
  ['cpmsError', { intent: 'support', topic: 'cpms-error', sure: true }],
  ['euLogin', { intent: 'support', topic: 'eu-login', sure: true }],
  ['status', { intent: 'command', command: 'status' }],
  ['register', { intent: 'command', command: 'register' }],
  ['consent', { intent: 'command', command: 'consent' }],
  ['attach', { intent: 'command', command: 'attach' }],
  ['case', { intent: 'command', command: 'case' }],
  ['privacy', { intent: 'command', command: 'privacy' }],
  ['support', { intent: 'command', command: 'support' }],
  ['problem', { intent: 'support', topic: 'other', sure: false }],
  ['help', { intent: 'command', command: 'help' }],
];

/**
 * What a sentence wants, by its words, in the person's language (BCP 47) or in English; dates are read in the person's zone, and only ever pre-fill a picker
 * (calendar-mail: libraries are silently wrong in places). `now` is an ISO instant.
 */
export function intentOf(text: string, directory: Directory, zone: string, now: string, language = 'en'): Intent {
  const code = language.slice(0, 2).toLowerCase();
  const own = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  const folded = foldedSentence(text);
  const group = groupIn(text, directory);
  const english = meeting.test(text) && !/\berror\b/i.test(text);
  const asks = english || (own?.meeting.test(folded) && !own.cpmsError.test(folded));
  const { hours, minutes } = saidIn(text, zone, now, own ? code : 'en');
  const [when, ...others] = hours;
  // English goes second: its words for trouble ('error', 'problem') stand in other languages' sentences too.
  const ruled = asks
    ? undefined
    : ((own && meant.find(([words]) => own[words].test(folded))?.[1]) ??
      rules.find((rule) => rule.words.test(text))?.intent);
  // A group with a day needs no further word: 'HTAD next Tuesday at 15:00'.
  if (ruled || !(asks || (group && when))) return ruled ?? { intent: 'unknown' };
  return {
    intent: 'meeting',
    ...(group ? { group } : {}),
    ...(when ? { when } : {}),
    ...(others.length > 0 ? { others } : {}),
    ...(minutes ? { minutes } : {}),
  };
}

function groupIn(text: string, directory: Directory): string | undefined {
  const words = new Set(text.toLowerCase().split(/[^\p{L}\d-]+/u));
  return Object.values(directory.groups).find(
    (group) => words.has(group.code.toLowerCase()) || text.toLowerCase().includes(group.name.toLowerCase()),
  )?.code;
}

/** Our own reading first, in the person's language and then in English; where it finds no day, chrono's, which knows more ways of saying one and errs in some. */
function saidIn(text: string, zone: string, now: string, language: string): Said {
  const read = [...new Set([language, 'en'])].map((one) => saidHours(text, zone, now, one));
  const minutes = read.find((one) => one.minutes !== undefined)?.minutes;
  const hours =
    read.find((one) => one.hours.length > 0)?.hours ??
    [...new Set([language, 'en'])].map((one) => hoursIn(text, zone, now, one)).find((one) => one.length > 0) ??
    [];
  return { hours: hours.slice(0, hoursAtMost), ...(minutes === undefined ? {} : { minutes }) };
}

const readers: Readonly<Record<string, Pick<chrono.Chrono, 'parse'>>> = {
  de: chrono.de.casual,
  fr: chrono.fr.casual,
  es: chrono.es.casual,
  it: chrono.it.casual,
  nl: chrono.nl.casual,
};

/** 'an hour', 'half an hour', '90 min', "un'ora", 'una hora', in the six languages: a length, which chrono takes for a time from now. */
const length =
  /^\W*(?:(?:for|about|per|por|durante|pendant|voor) )?(?:half |halbe |halve |media |mezz['’]|demi-|an?\b|one|ein(?:e|en)?|une?|una|uno|un['’]|een|\d+(?:[.,]5)?).{0,4}\b(?:h|hours?|stunden?|heures?|or[ae]|horas?|uur|uren|min|mins|minut(?:e|en|es|i|os)?)\b/i;
/** How many hours a sentence can propose: as many as the form has. */
const hoursAtMost = 3;

/** The local hours ('YYYY-MM-DDTHH:mm') that a sentence names in the person's zone, each with its day, in its order. */
function hoursIn(text: string, zone: string, now: string, language = 'en'): readonly string[] {
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  // chrono reckons in the machine's zone: give it the person's wall clock as if it were, and read it back the same way.
  const wall = new Date(here.year, here.month - 1, here.day, here.hour, here.minute);
  const reader = readers[language] ?? chrono.en.GB;
  const two = (value: number | null) => String(value ?? 0).padStart(2, '0');
  const found = reader
    // A typographic apostrophe would leave 'ora' alone, which is 'now'.
    .parse(text.replaceAll('’', "'"), wall, { forwardDate: true })
    .filter(({ start, text: words }) => (start.isCertain('day') || start.isCertain('weekday')) && !length.test(words))
    .map(({ start }) => {
      const hour = start.isCertain('hour') ? start.get('hour') : 9;
      return `${start.get('year')}-${two(start.get('month'))}-${two(start.get('day'))}T${two(hour)}:${two(start.isCertain('hour') ? start.get('minute') : 0)}`;
    });
  return [...new Set(found)].slice(0, hoursAtMost);
}
