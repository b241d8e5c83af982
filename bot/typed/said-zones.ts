import { Temporal } from 'temporal-polyfill';
import { foldedSentence } from './sentences.ts';

/** Names of zones' own cities in our languages, where they are not the zone's. */
const alsoCalled: Readonly<Record<string, string>> = {
  athen: 'Europe/Athens',
  athenes: 'Europe/Athens',
  atenas: 'Europe/Athens',
  atene: 'Europe/Athens',
  athene: 'Europe/Athens',
  brussel: 'Europe/Brussels',
  bruxelles: 'Europe/Brussels',
  bruselas: 'Europe/Brussels',
  bukarest: 'Europe/Bucharest',
  bucarest: 'Europe/Bucharest',
  lissabon: 'Europe/Lisbon',
  lisbonne: 'Europe/Lisbon',
  lisboa: 'Europe/Lisbon',
  lisbona: 'Europe/Lisbon',
  londres: 'Europe/London',
  londra: 'Europe/London',
  londen: 'Europe/London',
  parigi: 'Europe/Paris',
  parijs: 'Europe/Paris',
  rom: 'Europe/Rome',
  roma: 'Europe/Rome',
  tokio: 'Asia/Tokyo',
};
/** Short names that mean one zone; those that are words elsewhere ('est') are taken in capitals alone. */
const shortNames: Readonly<Record<string, string>> = {
  CET: 'Europe/Brussels',
  CEST: 'Europe/Brussels',
  MEZ: 'Europe/Brussels',
  MESZ: 'Europe/Brussels',
  WET: 'Europe/Lisbon',
  WEST: 'Europe/Lisbon',
  EET: 'Europe/Athens',
  EEST: 'Europe/Athens',
  BST: 'Europe/London',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  JST: 'Asia/Tokyo',
};

const cities: ReadonlyMap<string, string> = new Map([
  ...Intl.supportedValuesOf('timeZone').flatMap((zone): [string, string][] =>
    zone.includes('/') && !zone.startsWith('Etc/')
      ? [[foldedSentence((zone.split('/').at(-1) ?? '').replaceAll('_', ' ')), zone]]
      : [],
  ),
  ...Object.entries(alsoCalled),
]);

const city = String.raw`([a-z]+(?:[ '-][a-z]+)?)`;
/** 'Tokyo time', '15:00 in New York', 'Londoner Zeit', 'heure de Paris', … */
const sayings: readonly RegExp[] = [
  new RegExp(String.raw`\b${city} (?:time|tijd)\b`),
  new RegExp(String.raw`\b([a-z]+?)e?r zeit\b`),
  new RegExp(String.raw`\b(?:heure|hora|ora) (?:de|di|d'|da) ?${city}\b`),
  new RegExp(String.raw`\d(?: ?(?:am|pm|uhr|h|heures|uur))? (?:in|at|a) ${city}\b`),
];

/** The zone that a sentence names beside its hour: by a city, a short name or UTC; undefined where it names none that is known. */
export function saidZone(text: string): string | undefined {
  const offset = /\d(?:\s?[ap]m)?\s?(?:UTC|GMT)(?:\s?([+-])\s?(\d{1,2}))?(?![\w:])/i.exec(text);
  if (offset) {
    const [, sign, hours = '0'] = offset;
    // POSIX turns the sign around.
    return Number(hours) === 0 ? 'UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`;
  }
  const short = /\d(?:\s?[ap]m|\s?Uhr|\s?h)?\s([A-Z]{3,4})\b/.exec(text)?.[1];
  if (short && Object.hasOwn(shortNames, short)) return shortNames[short];
  const folded = foldedSentence(text);
  for (const saying of sayings) {
    const found = saying.exec(folded)?.[1] ?? '';
    // 'at London time': the words before the city's name are none of it.
    const zone =
      cities.get(found) ?? cities.get(found.split(' ').at(-1) ?? '') ?? cities.get(found.split(' ')[0] ?? '');
    if (zone) return zone;
  }
  return undefined;
}

/** Local hours ('YYYY-MM-DDTHH:mm') of one zone as they are in another; those that a zone does not have are left out. */
export function inZone(hours: readonly string[], from: string, to: string): string[] {
  return hours.flatMap((hour) => {
    try {
      const there = Temporal.PlainDateTime.from(hour).toZonedDateTime(from, { disambiguation: 'reject' });
      return [there.withTimeZone(to).toPlainDateTime().toString({ smallestUnit: 'minute' })];
    } catch {
      return [];
    }
  });
}
