import { allLocales } from '@faker-js/faker';
import { type Draw } from './draw.ts';

function words(source: unknown): string[] {
  if (typeof source === 'string') return [source];
  if (Array.isArray(source)) return source.flatMap(words);
  return typeof source === 'object' && source !== null ? Object.values(source).flatMap(words) : [];
}

type Locale = keyof typeof allLocales;

const single = (names: string[]) => names.filter((name) => /^[\p{L}-]{3,}$/u.test(name) && /^\p{Lu}/u.test(name));
const firstNames = (locale: Locale) => single(words(allLocales[locale].person?.first_name));
const lastNames = (locale: Locale) => single(words(allLocales[locale].person?.last_name));
/** Locales whose names are not in the finder's lists, so that a share of the people is new to it. */
const strangers: readonly Locale[] = ['id_ID', 'uz_UZ_latin', 'az', 'vi'];

const heads =
  'Ober Nieder Wald Stein Lichten Brand Hinter Vorder Krumb Dorn Eichen Buchen Grab Hart Rott Mitter Kalten Schwarzen Weissen Lauter Wester Oster Breiten Rosen Hohen Lang Kirch Mühl Hütten Wiesen Sand Moos Kolm Stracken Pfann Zell'.split(
    ' ',
  );
const tails =
  'meier hofer egger brunner kötter bauer reuter huber moser schläger gruber thaler berger felder hauser müller bichler wieser leitner steiner kamp horst mann rieder wimmer'.split(
    ' ',
  );

/** First names and surnames of a language; four in ten of the surnames and one in six of the first names stand in none of the finder's lists. */
export function people(locale: Locale, random: Draw) {
  const first = firstNames(locale);
  const last = lastNames(locale);
  const strange = strangers
    .map((other) => ({ first: firstNames(other), last: lastNames(other) }))
    .filter((other) => other.first.length > 20 && other.last.length > 5);
  const made = () =>
    locale.startsWith('de') ? random.pick(heads) + random.pick(tails) : random.pick(random.pick(strange).last);
  return {
    first: () => (random.chance(0.16) ? random.pick(random.pick(strange).first) : random.pick(first)),
    last: () =>
      random.chance(0.4) ? (random.chance(0.8) ? made() : random.pick(random.pick(strange).last)) : random.pick(last),
  };
}
