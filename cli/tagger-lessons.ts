import type { TaggedKind } from '../domain/identifiers/tagger/labels.ts';
import type { Lesson } from '../domain/identifiers/tagger/learn.ts';
import { seeded } from '../domain/seeded.ts';
import * as values from './tagger-values.ts';
import { digits, lists, type Names, pick, type Random, whole } from './tagger-values.ts';

interface Piece {
  readonly text: string;
  readonly kind?: TaggedKind;
}

interface Writer {
  readonly random: Random;
  readonly names: Names;
}

/** What each slot that identifies someone is filled with, and as what it is marked. */
const identifying: Readonly<Record<string, readonly [TaggedKind, (writer: Writer) => string]>> = {
  name: ['name', ({ random, names }) => values.fullName(random, names)],
  first: ['name', ({ random, names }) => values.person(random, names).first],
  last: ['name', ({ random, names }) => values.person(random, names).last],
  LAST: ['name', ({ random, names }) => values.person(random, names).last.toUpperCase()],
  FIRST: ['name', ({ random, names }) => values.person(random, names).first.toUpperCase()],
  initialname: ['name', ({ random, names }) => values.initialName(random, names)],
  initials: ['name', ({ random, names }) => initials(random, names)],
  lastfirst: ['name', ({ random, names }) => lastFirst(random, names)],
  birth: ['birth-date', ({ random, names }) => values.date(random, names, random() < 0.8 ? random() * 0.7 : undefined)],
  date: ['date', ({ random, names }) => values.date(random, names)],
  year: ['date', ({ random }) => String(whole(random, 1940, 2026))],
  worddate: ['date', ({ random }) => inWords(random)],
  wordbirth: ['birth-date', ({ random }) => inWords(random)],
  shortdate: ['date', ({ random }) => `${whole(random, 1, 28)}${pick(random, ['/', '.', '-'])}${whole(random, 1, 12)}`],
  hyphendate: ['date', ({ random }) => `${whole(random, 1, 28)}-${whole(random, 1, 12)}-${digits(random, 2)}`],
  spaceddate: ['date', ({ random }) => spaced(`${digits(random, 2)}0${whole(random, 1, 9)}20${digits(random, 2)}`)],
  month: ['date', ({ random, names }) => pick(random, names.months)],
  monthyear: [
    'date',
    ({ random, names }) =>
      `${pick(random, random() < 0.5 ? names.months : names.monthsBrief)}${pick(random, ['-', ' ', '/'])}${pick(random, ['', '', '20', '19'])}${digits(random, 2)}`,
  ],
  phone: ['phone', ({ random }) => values.phone(random)],
  email: ['email', ({ random, names }) => email(random, names)],
  id: ['number', ({ random }) => values.number(random)],
  nir: ['number', ({ random }) => socialSecurity(random)],
  spacednir: ['number', ({ random }) => spaced(socialSecurity(random).replaceAll(' ', ''))],
  cf: ['number', ({ random, names }) => fiscalCode(random, names)],
  zip: ['place', ({ random }) => zip(random)],
  city: ['place', ({ random, names }) => town(random, names)],
  country: [
    'place',
    ({ random }) =>
      pick(random, [
        'España',
        'Francia',
        'Italia',
        'Portugal',
        'Marruecos',
        'Colombia',
        'Senegal',
        'Gambia',
        'Mali',
        'Bolivia',
        'Ecuador',
        'Rumanía',
        'EE.UU.',
        'Inglaterra',
        'Perú',
        'Pakistán',
      ]),
  ],
  pharma: ['institution', ({ random }) => pick(random, lists.pharma)],
};

/** What the other slots are filled with: it identifies no one. */
const plain: Readonly<Record<string, (writer: Writer) => string>> = {
  n1: ({ random }) => String(whole(random, 1, 9)),
  n2: ({ random }) => String(whole(random, 10, 99)),
  n3: ({ random }) => String(whole(random, 100, 320)),
  n4: ({ random }) => String(whole(random, 1000, 9900)),
  dec: ({ random }) => `${whole(random, 0, 40)}${pick(random, [',', '.'])}${digits(random, whole(random, 1, 2))}`,
  time: ({ random }) =>
    `${whole(random, 7, 19)}${pick(random, [':', '.', 'h'])}${pick(random, ['00', '15', '30', '45', digits(random, 2)])}`,
  drug: ({ random }) => pick(random, lists.drugs),
  DRUG: ({ random }) => pick(random, lists.drugs).toUpperCase(),
  eponym: ({ random }) => pick(random, lists.eponyms),
  cap: ({ random }) => String.fromCharCode(65 + whole(random, 0, 25)),
  house: ({ random }) => `${whole(random, 1, 220)}${pick(random, ['', '', '', '', '', 'a', ' b', '/3', '-5'])}`,
  tree: ({ random, names }) => pick(random, names.templates.trees),
  title: ({ random, names }) => pick(random, names.templates.titles),
  nofiness: ({ random }) => (random() < 0.5 ? spaced(digits(random, 8)) : digits(random, 9)),
};

/** Slots that are written out as a whole and marked as a whole. */
const composed: Readonly<
  Record<string, readonly [TaggedKind, keyof Names['templates'] & ('streets' | 'institutions' | 'bare')]>
> = {
  address: ['address', 'streets'],
  institution: ['institution', 'institutions'],
  bare: ['institution', 'bare'],
};

/** Slots that stand for others. */
const macros: Readonly<Record<string, readonly string[]>> = {
  doctor: ['{title} {name}', '{title} {name}', '{title} {last}', '{name}'],
  thepatient: ['{title} {name}', '{title} {last}', '{title} {lastfirst}', '{title} {name}'],
};

/**
 * Letters and reports of a language with their identifiers marked, made of its templates. The same seed gives the same texts. In a template, `{slot}` is filled, and one of `<a|b>` is
 * taken.
 */
export function lessonsOf(language: string, templates: values.Templates, seed: number, count: number): Lesson[] {
  const random = seeded(seed);
  const names = values.namesOf(language, templates);
  return Array.from({ length: count }, () => letter({ random, names }));
}

function letter(writer: Writer): Lesson {
  const { random } = writer;
  const { header, letters, clinical } = writer.names.templates;
  const parts: string[] = [];
  for (let left = pick(random, [0, 0, 1, 1, 2, 3]); left > 0; left--) parts.push(pick(random, header), '\n');
  const gap = () => pick(random, [' ', ' ', '\n', '\n', '\n\n', '  ']);
  for (let left = whole(random, 1, 7); left > 0; left--) parts.push(pick(random, letters), gap());
  for (let left = whole(random, 1, 7); left > 0; left--) {
    const at = whole(random, 0, parts.length / 2) * 2;
    parts.splice(at, 0, pick(random, clinical), gap());
  }
  if (random() < 0.3) parts.push(pick(random, letters));
  return finish(random, expand(parts.join(''), writer));
}

/** Some letters are in capitals, some without accents, some with their lines broken as a PDF breaks them. */
function finish(random: Random, pieces: readonly Piece[]): Lesson {
  const chance = random();
  const change: (text: string) => string =
    chance < 0.04
      ? (text) => text.toUpperCase()
      : chance < 0.08
        ? (text) => text.normalize('NFD').replace(/\p{M}/gu, '')
        : chance < 0.1
          ? (text) => text.toLowerCase()
          : (text) => text;
  const width = random() < 0.25 ? whole(random, 60, 110) : Number.POSITIVE_INFINITY;
  const marks: { start: number; end: number; kind: TaggedKind }[] = [];
  let text = '';
  for (const piece of pieces) {
    const start = text.length;
    text += change(piece.text);
    if (piece.kind) marks.push({ start, end: text.length, kind: piece.kind });
  }
  return { text: breakLines(text, width), marks };
}

/** Spaces past a width become line ends: the text keeps its length. */
function breakLines(text: string, width: number): string {
  let from = 0;
  return text.replace(/[ \n]/g, (space, at: number) => {
    if (space === '\n' || at - from < width) {
      if (space === '\n') from = at;
      return space;
    }
    from = at;
    return '\n';
  });
}

function expand(template: string, writer: Writer, within?: TaggedKind): Piece[] {
  const { random, names } = writer;
  const pieces: Piece[] = [];
  for (const [part, choices, slot] of template.matchAll(/<([^<>]*)>|\{(\w+)\}|[^<{]+|[<{]/g)) {
    if (choices !== undefined) pieces.push(...expand(pick(random, choices.split('|')), writer, within));
    else if (slot === undefined) pieces.push(piece(part, within));
    else if (macros[slot]) pieces.push(...expand(pick(random, macros[slot]), writer, within));
    else if (identifying[slot]) pieces.push(piece(identifying[slot][1](writer), within ?? identifying[slot][0]));
    else if (composed[slot]) {
      const [kind, list] = composed[slot];
      const from = names.templates[list] ?? names.templates.institutions;
      const whole = expand(pick(random, from), writer, kind).map(({ text }) => text);
      pieces.push(piece(whole.join(''), kind));
    } else if (plain[slot]) pieces.push(piece(plain[slot](writer), within));
    else throw new Error(`A template has an unknown slot: ${slot}`);
  }
  return pieces;
}

function piece(text: string, kind: TaggedKind | undefined): Piece {
  return kind ? { text, kind } : { text };
}

/** A date in French words. */
function inWords(random: Random): string {
  const day = pick(random, [
    'premier',
    'deux',
    'cinq',
    'douze',
    'quinze',
    'vingt-six',
    'vingt quatre',
    'trente',
    '12',
    'vingt et un',
  ]);
  const month = pick(random, [
    'janvier',
    'fevrier',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'aout',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
    '02',
    '11',
  ]);
  const year = pick(random, [
    'mille neuf cent',
    'mille neuf cent soixante',
    'mille neuf cent quatre-vingt',
    'deux mille',
    'deux mille dix',
    'deux mille vingt',
    '2012',
    '1988',
  ]);
  return `${day} ${month} ${year}${year.includes('mille') ? pick(random, ['', ' huit', ' quatre', '-sept', ' trois', ' seize']) : ''}`;
}

function spaced(text: string): string {
  return Array.from(text).join(' ');
}

function initials(random: Random, names: Names): string {
  const { first, last } = values.person(random, names);
  const both = first.charAt(0) + last.charAt(0);
  return random() < 0.6 ? both : both.toLowerCase();
}

function lastFirst(random: Random, names: Names): string {
  const { first, last } = values.person(random, names);
  return pick(random, [
    `${last}, ${first}`,
    `${last.toUpperCase()} ${first}`,
    `${last.toUpperCase()}, ${first}`,
    `${last} ${first}`,
  ]);
}

function email(random: Random, names: Names): string {
  const { first, last } = values.person(random, names);
  const plainly = (word: string) =>
    word
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase();
  const [given, family] = [plainly(first), plainly(last)];
  const local = pick(random, [
    `${given}.${family}`,
    `${given.charAt(0)}${family}`,
    `${family}${digits(random, 2)}`,
    `${given}_${family}`,
    `${family}.${given.charAt(0)}`,
  ]);
  return `${local}@${pick(random, lists.mailHosts)}`;
}

function socialSecurity(random: Random): string {
  const groups = [
    String(whole(random, 1, 2)),
    digits(random, 2),
    digits(random, 2),
    digits(random, 2),
    digits(random, 3),
    digits(random, 3),
    digits(random, 2),
  ];
  return groups.join(random() < 0.5 ? ' ' : '');
}

function fiscalCode(random: Random, names: Names): string {
  const letters = `${values.person(random, names).last}XXXQRS`
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
    .slice(0, 6);
  return `${letters}${digits(random, 2)}${pick(random, ['A', 'B', 'C', 'D', 'E', 'H', 'L', 'M', 'P', 'R', 'S', 'T'])}${digits(random, 2)}F${digits(random, 3)}${pick(random, ['X', 'L', 'Z'])}`;
}

function zip(random: Random): string {
  return pick(random, [
    () => digits(random, 5),
    () => digits(random, 5),
    () => digits(random, 5),
    () => digits(random, 4),
    () => `${digits(random, 4)} ${pick(random, ['AB', 'XJ', 'KL', 'CD'])}`,
    () => `${digits(random, 2)}-${digits(random, 3)}`,
    () => `${digits(random, 3)} ${digits(random, 2)}`,
    () => `${digits(random, 4)}-${digits(random, 3)}`,
    () =>
      `${pick(random, ['SW', 'M', 'LS', 'B', 'EH', 'CF'])}${whole(random, 1, 20)} ${whole(random, 1, 9)}${pick(random, ['AB', 'QJ', 'TN', 'EW'])}`,
  ])();
}

function town(random: Random, names: Names): string {
  const name = values.wordOrInvention(random, names.towns, 0.25);
  return random() < 0.08 ? name.toUpperCase() : name;
}
