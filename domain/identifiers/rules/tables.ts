import moreNames from '../lists/more-names.json' with { type: 'json' };
import names from '../lists/names.json' with { type: 'json' };
import towns from '../lists/towns.json' with { type: 'json' };
import words from '../lists/words.json' with { type: 'json' };
import { fold } from './fold.ts';
import { type LabelKind, labelKinds, languageTables } from './languages.ts';
import { dayNames, monthNames } from './months.ts';
import { type Phrases, phrases } from './phrases.ts';
import { tokenise } from './tokens.ts';

export interface Label {
  readonly kind: LabelKind;
  readonly language: string;
}

export interface Title {
  readonly language: string;
  /** 'title' says for certain that a name follows, 'relation' that one may. */
  readonly strength: 'title' | 'relation';
  /** Written small in the table: it stands small in a text, too. */
  readonly lower: boolean;
}

/** How words for houses begin, and what may stand between one and its name. */
export interface HouseWords {
  readonly stems: readonly string[];
  readonly qualifiers: readonly string[];
}

/** All languages' words in the forms in which the rules look them up; everything is folded. */
export interface Tables {
  readonly labels: Phrases<Label>;
  readonly titles: Phrases<Title>;
  /** Words of kinship and company, by language. */
  readonly kin: ReadonlyMap<string, ReadonlySet<string>>;
  readonly institutions: Phrases<string>;
  readonly towns: Phrases<true>;
  readonly feasts: Phrases<{ readonly language: string; readonly lower: boolean }>;
  /** `capitals`: written in nothing else. */
  readonly houses: Phrases<{ readonly language: string; readonly capitals: boolean }>;
  readonly firstNames: ReadonlySet<string>;
  readonly lastNames: ReadonlySet<string>;
  /** Names and towns that are words, too. */
  readonly ambiguous: ReadonlySet<string>;
  readonly eponyms: ReadonlySet<string>;
  /** Capitalised words that are no part of a name unless a title stands right before them. */
  readonly ordinary: ReadonlySet<string>;
  /** No part of a name, whatever stands before. */
  readonly roles: ReadonlySet<string>;
  readonly particles: ReadonlySet<string>;
  readonly joiners: ReadonlySet<string>;
  readonly months: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  /** The first two letters of each of them. */
  readonly numberStarts: ReadonlySet<string>;
  readonly streetsBefore: ReadonlySet<string>;
  /** By their last two letters. */
  readonly streetsEnd: ReadonlyMap<string, readonly string[]>;
  readonly streetsAfter: ReadonlySet<string>;
  readonly institutionEnds: readonly string[];
  /** By language. */
  readonly houseWords: ReadonlyMap<string, HouseWords>;
  /** How words for wards begin, by language. */
  readonly wards: ReadonlyMap<string, readonly string[]>;
  /** Prepositions before a town, by language. */
  readonly townPrepositions: ReadonlyMap<string, ReadonlySet<string>>;
}

let compiled: Tables | undefined;

/** The tables, compiled once for the process. */
export function tables(): Tables {
  compiled ??= compile();
  return compiled;
}

function compile(): Tables {
  const all = (pick: (table: (typeof languageTables)[number]) => readonly string[]) => languageTables.flatMap(pick);
  const folded = (list: readonly string[]) =>
    new Set(list.flatMap((phrase) => tokenise(phrase).map((token) => token.folded)));
  const months = monthNames();
  const firstNames = new Set([
    ...names.first.split('\n'),
    ...moreNames.first.split('\n'),
    ...all((table) => table.firstNames).map(fold),
  ]);
  const titles = languageTables.flatMap(({ language, titles: strong, relations }) => [
    ...strong.map((title) => [title, titleOf(title, language, 'title')] as const),
    ...relations.map((title) => [title, titleOf(title, language, 'relation')] as const),
  ]);
  const labels = languageTables.flatMap(({ language, labels: byKind }) =>
    labelKinds.flatMap((kind) => byKind[kind].map((label) => [label, { kind, language }] as const)),
  );
  const particles = folded(all((table) => table.particles));
  const roles = new Set(
    [...folded(all((table) => table.roles)), ...folded(all((table) => table.stopWords))].filter(
      (word) => word.length > 1,
    ),
  );
  const institutions = all((table) => table.institutions);
  const numbers = folded(all((table) => table.numbers));
  const ordinary = new Set([
    ...roles,
    ...folded(all((table) => table.ordinary)),
    ...[
      ...folded(labels.map(([label]) => label)),
      ...folded(titles.map(([title]) => title)),
      ...folded(institutions),
      ...lastWords(all((table) => table.kin)).filter((word) => !firstNames.has(word)),
    ].filter((word) => word.length > 2),
    ...[...months.keys()].filter((month) => month.length > 3 && !firstNames.has(month)),
  ]);
  for (const particle of particles) {
    roles.delete(particle);
    ordinary.delete(particle);
  }
  return {
    labels: phrases(labels),
    titles: phrases(titles),
    kin: new Map(languageTables.map((table) => [table.language, new Set(lastWords(table.kin))])),
    institutions: phrases(
      languageTables.flatMap((table) => table.institutions.map((head) => [head, table.language] as const)),
    ),
    towns: phrases(towns.towns.split('\n').map((town) => [town, true] as const)),
    feasts: phrases(
      languageTables.flatMap(({ language, feasts }) =>
        feasts.map((feast) => [feast, { language, lower: !/\p{Uppercase}/u.test(feast) }] as const),
      ),
    ),
    houses: phrases(
      languageTables.flatMap(({ language, houses }) =>
        houses.map((house) => [house, { language, capitals: /^[\p{Uppercase}+]+$/u.test(house) }] as const),
      ),
    ),
    firstNames,
    lastNames: new Set([...names.last.split('\n'), ...moreNames.last.split('\n')]),
    ambiguous: new Set(words.ambiguous.split('\n')),
    eponyms: new Set(words.eponyms.split('\n')),
    ordinary,
    roles,
    particles,
    joiners: folded(all((table) => table.joiners)),
    months,
    weekdays: new Set(dayNames()),
    numbers,
    numberStarts: new Set([...numbers].map((word) => word.slice(0, 2))),
    streetsBefore: new Set(
      [...folded(all((table) => table.streetsBefore).filter((word) => !word.includes(' ')))].filter(
        (word) => word !== 'da',
      ),
    ),
    streetsEnd: byEnd([...folded(all((table) => table.streetsEnd))].filter((end) => end.length > 2)),
    streetsAfter: folded(all((table) => table.streetsAfter)),
    institutionEnds: [...folded(all((table) => table.institutionEnds))],
    houseWords: new Map(
      languageTables.map(({ language, houseStems = [], houseQualifiers = [] }) => [
        language,
        { stems: houseStems.map(fold), qualifiers: houseQualifiers.map(fold) },
      ]),
    ),
    wards: new Map(languageTables.map(({ language, wards = [] }) => [language, wards.map(fold)])),
    townPrepositions: new Map(languageTables.map((table) => [table.language, folded(table.towns)])),
  };
}

/** The last word of each phrase, folded: 'half-brother' is a brother. A phrase that ends with a small word ('viudo de') is none. */
const lastWords = (list: readonly string[]): string[] =>
  list
    .map((phrase) => tokenise(phrase).at(-1)?.folded ?? '')
    .filter((word) => word.length > 2 && !/^(?:con|des|del|the|mit|med)$/.test(word));

function byEnd(words: readonly string[]): Map<string, readonly string[]> {
  const ends = new Map<string, string[]>();
  for (const word of words) ends.set(word.slice(-2), [...(ends.get(word.slice(-2)) ?? []), word]);
  return ends;
}

function titleOf(title: string, language: string, strength: Title['strength']): Title {
  return { language, strength, lower: /^\p{Ll}/u.test(title) };
}
