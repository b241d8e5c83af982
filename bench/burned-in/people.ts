import type { KnownIdentifiers } from '../../domain/identifiers/spans.ts';
import type { Random } from './random.ts';

/** Somebody invented, and how a machine or a letter writes of them. */
export interface Person {
  readonly known: KnownIdentifiers;
  readonly first: string;
  readonly last: string;
  readonly shown: string;
  readonly number: string;
  readonly birth: string;
  readonly study: string;
  readonly time: string;
  readonly hospital: string;
  readonly operator: string;
  readonly address: string;
  readonly phone: string;
}

const FIRST = [
  'Anna',
  'Lukas',
  'Maria',
  'Scott',
  'Jürgen',
  'Élodie',
  'Giulia',
  'Pieter',
  'Carmen',
  'Ingrid',
  'Thomas',
  'Beatriz',
];
const LAST = [
  'Kaufman',
  'Weber',
  'Schäfer',
  'Dupont',
  'García',
  'van Dijk',
  'Rossi',
  'Lindqvist',
  'Novak',
  'Moreau',
  'Fontana',
  'Becker',
];
const PLACES = [
  ['St. Elisabeth Hospital', 'Lindenstraße 14, 50674 Köln', '+49 221 4470318'],
  ['University Hospital North', '12 Orchard Road, Leeds LS2 9JT', '+44 113 496 0142'],
  ['Hôpital Saint-Antoine', '8 rue des Lilas, 69003 Lyon', '+33 4 72 00 41 18'],
  ['Ospedale San Marco', 'Via Garibaldi 22, 37121 Verona', '+39 045 807 2210'],
  ['Klinikum Westend', 'Ahornweg 3, 81377 München', '+49 89 2180 5531'],
] as const;

const two = (value: number) => String(value).padStart(2, '0');

/** Invents a person with a birth date, a number and a hospital, in the shapes that machines show. */
export function person(dice: Random): Person {
  const [first, last] = [dice.pick(FIRST), dice.pick(LAST)];
  const [day, month, year] = [dice.whole(1, 28), dice.whole(1, 12), dice.whole(1932, 2019)];
  const [hospital, address, phone] = dice.pick(PLACES);
  const number = String(dice.whole(10_000_000, 99_999_999));
  const study = `${two(dice.whole(1, 28))}.${two(dice.whole(1, 12))}.${dice.whole(2015, 2025)}`;
  return {
    known: { names: [`${first} ${last}`], birthDate: `${year}-${two(month)}-${two(day)}`, numbers: [number] },
    first,
    last,
    number,
    shown: dice.pick([
      `${last.toUpperCase()} ${first.toUpperCase()}`,
      `${last}, ${first}`,
      `${last}^${first}`.replace('^', ' '),
      `${first} ${last}`,
    ]),
    birth: dice.pick([
      `${two(day)}.${two(month)}.${year}`,
      `${two(day)}/${two(month)}/${year}`,
      `${year}-${two(month)}-${two(day)}`,
    ]),
    study: dice.pick([study, study.replaceAll('.', '/')]),
    time: `${two(dice.whole(7, 19))}:${two(dice.whole(0, 59))}:${two(dice.whole(0, 59))}`,
    hospital: dice.chance(0.5) ? hospital : hospital.toUpperCase(),
    operator: `Dr. ${dice.pick(LAST)}`,
    address,
    phone,
  };
}
