import { allLocales } from '@faker-js/faker';
import type { MarkedText } from './corpora.ts';
import { type Draw, draw, marked } from './draw.ts';
import parts from './german-parts.json' with { type: 'json' };
import { people } from './people.ts';

const months = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const short = 'Jan. Feb. Mrz. Apr. Mai Jun. Jul. Aug. Sept. Okt. Nov. Dez.'.split(' ');
const dayWords = 'ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften'.split(
  ' ',
);
const yearWords =
  'neunzehnhundertfünfundsechzig neunzehnhundertzweiundachtzig zweitausendneunzehn zweitausendeinundzwanzig neunzehnhundertachtundvierzig'.split(
    ' ',
  );

/** Towns: half of them from lists, half made, so that the finder's own list does not flatter. */
function towns(random: Draw): () => string {
  const listed = (allLocales.de.location?.city_name ?? []).filter((town): town is string => typeof town === 'string');
  const [heads, tails] = [
    'Ober Unter Alt Neu Gross Klein Bad Tannen Eschen Wolfs Rein Hagen Lauben Mühl Grün Erlen'.split(' '),
    'hausen bach dorf stetten kirchen rode felde au ingen heim berg moos'.split(' '),
  ];
  const made = () => {
    const head = random.pick(heads);
    return head === 'Bad'
      ? `Bad ${random.pick(['Tannen', 'Eschen', 'Wolfs', 'Lauben'])}${random.pick(tails)}`
      : head + random.pick(tails);
  };
  return () => (random.chance(0.5) ? random.pick(listed) : made());
}

const digits = (random: Draw, count: number) =>
  Array.from({ length: count }, (_, index) => random.int(index === 0 ? 1 : 0, 9)).join('');
const two = (value: number) => String(value).padStart(2, '0');

/** The forms in which a German letter writes a date. */
function dates(random: Draw) {
  const style = random.int(0, 5);
  const year = () => random.int(2008, 2031);
  const full = (of = year()) => {
    const [day, month] = [random.int(1, 28), random.int(1, 12)];
    const kind = random.chance(0.75) ? style : random.int(0, 8);
    if (kind === 0) return `${two(day)}.${two(month)}.${of}`;
    if (kind === 1) return `${day}.${month}.${of}`;
    if (kind === 2) return `${two(day)}.${two(month)}.${String(of).slice(2)}`;
    if (kind === 3) return `${day}. ${months[month - 1]} ${of}`;
    if (kind === 4) return `${day}.${month}.${String(of).slice(2)}`;
    if (kind === 5) return `${of}-${two(month)}-${two(day)}`;
    if (kind === 6) return `${day}. ${short[month - 1]} ${of}`;
    if (kind === 7) return `${two(day)}. ${two(month)}. ${of}`;
    return `${two(day)}/${two(month)}/${of}`;
  };
  const dayMonth = () => {
    const [day, month] = [random.int(1, 28), random.int(1, 12)];
    return random.pick([
      `${day}.${month}.`,
      `${two(day)}.${two(month)}.`,
      `${day}. ${months[month - 1]}`,
      `${random.int(1, 12)}/${random.int(13, 28)}`,
      `${two(day)}.${two(month)}`,
    ]);
  };
  const rough = () => {
    const month = random.int(1, 12);
    return random.pick([
      `${months[month - 1]} ${year()}`,
      `${two(month)}/${year()}`,
      `${month}/${year()}`,
      `${short[month - 1]} ${year()}`,
      `${two(month)}/${random.int(13, 31)}`,
    ]);
  };
  const inWords = () =>
    random.pick([
      `${random.pick(dayWords)} ${random.pick(months)}`,
      `${random.pick(dayWords)} ${random.pick(months)} ${random.pick(yearWords)}`,
      `${random.pick(dayWords)} ${random.pick(months)} ${year()}`,
    ]);
  const range = () => {
    const [day, month, of] = [random.int(1, 14), random.int(1, 12), year()];
    return random.pick([
      `${two(day)}.-${two(day + 9)}.${two(month)}.${of}`,
      `${day}.${month}. bis ${day + 9}.${month}.${of}`,
      `${two(day)}.${two(month)}.${of} - ${two(day + 9)}.${two(month)}.${of}`,
      `${day}. bis ${day + 9}. ${months[month - 1]} ${of}`,
      `${two(day)}.${two(month)}.–${two(day + 9)}.${two(month)}.${of}`,
    ]);
  };
  return {
    full,
    dayMonth,
    rough,
    inWords,
    range,
    year: () => String(year()),
    birth: () => full(random.int(1931, 2012)),
  };
}

/** One letter, note or report: identifiers of its own, a style of its own. */
function template(random: Draw): string {
  const who = people(random.chance(0.85) ? 'de' : random.pick(['de_AT', 'de_CH', 'tr', 'pl'] as const), random);
  const town = towns(random);
  const date = dates(random);
  const female = random.chance(0.5);
  const [first, last] = [who.first(), random.chance(0.12) ? `${who.last()}-${who.last()}` : who.last()];
  const mark = (kind: string, value: string) => `⟦${kind}:${value}⟧`;
  const doctor = () => {
    const [given, name] = [who.first(), random.chance(0.1) ? `von ${who.last()}` : who.last()];
    const title = random.pick([
      'Dr. med.',
      'Dr.',
      'Prof. Dr. med.',
      'PD Dr. med.',
      'Dr. med. univ.',
      'Prof. Dr.',
      'Dipl.-Med.',
    ]);
    return random.pick([
      `${title} ${mark('NAME', `${given} ${name}`)}`,
      `${title} ${mark('NAME', `${given[0]}. ${name}`)}`,
      `${title} ${mark('NAME', name)}`,
    ]);
  };
  const signer = () => {
    const [given, name] = [who.first(), who.last()];
    return random.pick([
      `Dr. med. ${mark('NAME', `${given} ${name}`)}`,
      `Dr. ${mark('NAME', name)}`,
      mark('NAME', `${given} ${name}`),
      `Prof. Dr. ${mark('NAME', `${given[0]}. ${name}`)}`,
      `${mark('NAME', `${given[0]}. ${name}`)}`,
    ]);
  };
  const street = () => {
    const number = `${random.int(1, 180)}${random.pick(['', '', '', 'a', ' b', '-14'])}`;
    const base = random.pick([
      () =>
        `${random.pick(parts.streetHeads)}${random.pick(['straße', 'str.', 'weg', 'gasse', 'platz', 'allee', 'ring', 'damm', 'strasse'])}`,
      () => `${who.first()}-${who.last()}-${random.pick(['Straße', 'Str.', 'Weg', 'Platz', 'Allee', 'Ring'])}`,
      () => `${town().replace(/e?n?$/, '')}er ${random.pick(['Straße', 'Str.', 'Weg', 'Allee', 'Platz'])}`,
      () => random.pick(parts.oddStreets),
    ])();
    return `${base} ${number}`;
  };
  const postcode = () => digits(random, 5);
  const phone = () => {
    const area = `0${digits(random, random.int(2, 4))}`;
    return random.pick([
      `${area}/${digits(random, 6)}`,
      `${area} ${digits(random, 3)} ${digits(random, 4)}`,
      `${area} - ${digits(random, 7)}`,
      `+49 ${area.slice(1)} ${digits(random, 6)}`,
      `(${area}) ${digits(random, 5)}-${digits(random, 2)}`,
      `${area}/${digits(random, 2)} ${digits(random, 2)} ${digits(random, 2)}`,
      `+49 (0)${area.slice(1)} ${digits(random, 5)}-0`,
    ]);
  };
  const clinic = () => {
    const name = random.pick([
      () => `Klinikum ${town()}`,
      () => `Universitätsklinikum ${town()}`,
      () => `${random.pick(parts.saints)}-Krankenhaus ${town()}`,
      () => `${who.first()}-${who.last()}-Klinik`,
      () => `Kreiskrankenhaus ${town()}`,
      () => `${random.pick(parts.chains)} Klinik ${town()}`,
      () => `${random.pick(parts.saints)}hospital`,
      () => `Reha-Klinik ${town()}`,
      () => `Krankenhaus ${town()}`,
    ])();
    return mark('INSTITUTION', name);
  };
  const number = () =>
    random.pick([
      digits(random, 8),
      digits(random, 7),
      `${digits(random, 2)}-${digits(random, 5)}`,
      `${digits(random, 4)}/${digits(random, 2)}`,
      `${random.pick(['A', 'K', 'X', 'H'])}${digits(random, 9)}`,
      digits(random, 10),
      `${digits(random, 3)} ${digits(random, 3)} ${digits(random, 3)}`,
    ]);
  const upper = random.chance(0.12);
  const surname = upper ? last.toUpperCase() : last;
  const birth = date.birth();
  const slots: Readonly<Record<string, () => string>> = {
    full: () => mark('NAME', `${first} ${surname}`),
    reversed: () =>
      mark(
        'NAME',
        random.pick([
          `${surname}, ${first}`,
          `${surname} ${first}`,
          `${last.toUpperCase()}, ${first}`,
          `${surname}, ${first}`,
        ]),
      ),
    last: () => mark('NAME', last),
    first: () => mark('NAME', first),
    mr: () => (female ? 'Frau' : 'Herr'),
    mrDative: () => (female ? 'Frau' : 'Herrn'),
    mrShort: () => (female ? 'Fr.' : 'Hr.'),
    pat: () => (female ? 'Patientin' : 'Patient'),
    born: () => mark('DATE', birth),
    date: () => mark('DATE', date.full()),
    dayMonth: () => mark('DATE', date.dayMonth()),
    rough: () => mark('DATE', date.rough()),
    words: () => mark('DATE', date.inWords()),
    year: () => mark('DATE', date.year()),
    range: () => mark('DATE', date.range()),
    doctor,
    signer,
    other: () => mark('NAME', `${who.first()} ${who.last()}`),
    otherLast: () => mark('NAME', who.last()),
    street: () => mark('ADDRESS', street()),
    town: () => mark('PLACE', town()),
    postal: () => `${mark('ADDRESS', postcode())} ${mark('PLACE', town())}`,
    phone: () => mark('PHONE', phone()),
    extension: () => mark('PHONE', digits(random, 4)),
    mail: () =>
      mark(
        'MAIL',
        `${random.pick(['info', 'sekretariat', last.toLowerCase(), 'station3'])}@${random.pick(['klinikum', 'praxis', 'kh'])}-${town()
          .toLowerCase()
          .replace(/[^a-zäöüß]/g, '')}.de`,
      ),
    clinic,
    number: () => mark('NUMBER', number()),
    age: () => String(random.int(19, 89)),
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => slots[name]?.() ?? '');
  const some = (list: readonly string[], least: number, most: number) => {
    const rest = [...list];
    return Array.from(
      { length: random.int(least, most) },
      () => rest.splice(random.int(0, rest.length - 1), 1)[0] ?? '',
    ).filter((line) => line !== '');
  };
  const kind = random.pick(['letter', 'letter', 'letter', 'note', 'report', 'nursing', 'table'] as const);
  const body = some(
    [...parts.identifying, ...parts.identifying, ...parts.plain],
    kind === 'letter' ? 14 : 5,
    kind === 'letter' ? 26 : 12,
  );
  const lines =
    kind === 'letter'
      ? [
          random.pick(parts.heads),
          random.pick(parts.openings),
          ...some(parts.plain, 2, 5),
          body.join(random.pick([' ', '\n'])),
          ...some(parts.plain, 2, 4),
          random.pick(parts.endings),
        ]
      : kind === 'note'
        ? [random.pick(parts.notes), body.join(' '), random.pick(parts.shortEndings)]
        : kind === 'nursing'
          ? [...some(parts.nursing, 3, 7), ...some(parts.plain, 1, 3)]
          : kind === 'report'
            ? [
                random.pick(parts.reports),
                ...some(parts.plain, 4, 8),
                ...some(parts.identifying, 1, 3),
                random.pick(parts.shortEndings),
              ]
            : [random.pick(parts.tables), ...some(parts.plain, 2, 6), ...some(parts.identifying, 1, 4)];
  return lines.map(fill).join(random.pick(['\n', '\n\n']));
}

/** German discharge letters, notes, reports and tables, all made up, with their identifiers marked. The seed decides everything. */
export function germanTexts(count: number, seed: number): MarkedText[] {
  const random = draw(seed);
  return Array.from({ length: count }, (_, index) => marked(`german-${seed}-${index + 1}`, template(random)));
}
