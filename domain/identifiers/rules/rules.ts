import type { Weighed } from '../merge.ts';
import type { Span } from '../spans.ts';
import { agents, greeted, ranked } from './addressed.ts';
import { addresses } from './addresses.ts';
import { highAges } from './ages.ts';
import { confirmedNames } from './confirmed.ts';
import { extensions, mailAndWeb, phones } from './contacts.ts';
import { dates, LAW } from './dates.ts';
import { descents } from './descent.ts';
import { englishSpans } from './english/english.ts';
import { feasts, leaningDates } from './feasts.ts';
import { fields } from './fields.ts';
import { codes } from './german/codes.ts';
import { germanAges, germanDays } from './german/days.ts';
import { germanFirms, germanHouses } from './german/houses.ts';
import { germanSigns, roleNames, setNames, withInitialBehind } from './german/names.ts';
import { regionNames } from './german/regions.ts';
import { houses } from './houses.ts';
import { initialled } from './initials.ts';
import { departments, firms, institutions } from './institutions.ts';
import { birthNames, genitiveNames, kinNames } from './kin.ts';
import { labelled, nameBefore } from './labels.ts';
import { companies } from './legal-forms.ts';
import { isFirstName, isLastName } from './name-run.ts';
import { namedHouses } from './named-houses.ts';
import { listedNames, titledNames, withDegrees } from './names.ts';
import { numbers } from './numbers.ts';
import { datedTowns, endedTowns, listedTowns, postcodes, spaTowns, townsBehind, withStates } from './places.ts';
import { type Reading, tokenAt } from './reading.ts';
import { noteSigns } from './signatures.ts';
import { abbreviatedPlaces, toldPlaces } from './told-places.ts';
import { unlistedNames } from './unlisted.ts';
import { builtTowns, countriesTold, dwellings } from './western/dwelling.ts';
import { loneDays } from './western/lone-days.ts';
import { requestCodes } from './western/request-codes.ts';
import { agedNames, chatNames, toldNames } from './western/told-names.ts';

/** What each origin of a span weighs against another; see `merge`. */
export const ranks = { known: 0, label: 1, checked: 2, shape: 3, list: 4, tagger: 5 } as const;

/** All that the rules find in a text, overlapping and weighed. */
export function ruledSpans(reading: Reading): Weighed[] {
  const { text } = reading;
  const byShape = dates(reading);
  const labels = [...labelled(reading, byShape), ...fields(reading)];
  const titled = titledNames(reading);
  const listed = listedNames(reading);
  const sure = [...labels, ...titled].filter(({ kind }) => kind === 'name');
  const dated = datedNames(reading, byShape);
  const kin = [...kinNames(reading), ...genitiveNames(reading), ...birthNames(reading)];
  const unlisted = unlistedNames(reading);
  const told = toldPlaces(reading);
  const spoken = [...toldNames(reading), ...agedNames(reading), ...chatNames(reading)];
  const listedPlaces = listedTowns(reading);
  const pairs = listed.filter(({ rule }) => rule === 'list:name');
  return [
    ...weigh(labels, ranks.label),
    ...weigh(titled, ranks.checked),
    ...weigh(numbers(reading), ranks.checked),
    ...weigh(
      [
        ...mailAndWeb(reading),
        ...byShape,
        ...leaningDates(reading, byShape),
        ...feasts(reading),
        ...germanDays(reading),
        ...outside(phones(reading), byShape).filter(
          ({ start }) => !LAW.test(text.slice(Math.max(0, start - 24), start)),
        ),
        ...extensions(reading),
        ...addresses(reading),
        ...postcodes(reading),
        ...requestCodes(reading),
        ...loneDays(reading),
      ],
      ranks.shape,
    ),
    ...weigh(
      [
        ...listed,
        ...dated,
        ...kin,
        ...listedPlaces,
        ...endedTowns(reading),
        ...spaTowns(reading),
        ...datedTowns(reading, byShape),
        ...townsBehind(reading, [...sure, ...pairs, ...dated, ...unlisted]),
        ...institutions(reading),
        ...departments(reading),
        ...firms(reading),
        ...germanHouses(reading),
        ...germanFirms(reading),
        ...houses(reading),
        ...namedHouses(reading),
        ...companies(reading),
        ...initialled(reading),
        ...greeted(reading),
        ...agents(reading),
        ...ranked(reading),
        ...told,
        ...abbreviatedPlaces(reading),
        ...dwellings(reading),
        ...builtTowns(reading),
        ...countriesTold(reading),
        ...spoken,
        ...withStates(reading, [...listedPlaces, ...told, ...unlisted]),
        ...unlisted,
        ...noteSigns(reading),
        ...codes(reading),
        ...germanSigns(reading),
        ...roleNames(reading),
        ...setNames(reading),
        ...withInitialBehind(reading, sure),
        ...regionNames(reading),
        ...highAges(reading),
        ...germanAges(reading),
        ...descents(reading),
        ...englishSpans(reading, byShape),
      ],
      ranks.list,
    ),
    ...weigh(
      confirmedNames(reading, [...sure, ...pairs, ...dated, ...kin, ...spoken, ...behindFirstNames(reading, unlisted)]),
      ranks.list,
    ),
  ].map((weighed) => ({ ...weighed, span: withDegrees(reading, weighed.span) }));
}

/** 'Defoe, Perle, 21.07.1985', 'Anna Meier (3.4.1960)': two words that may be a name, one of them listed, before a date. */
function datedNames(reading: Reading, dates: readonly Span[]): Span[] {
  const { text, tokens } = reading;
  return dates
    .filter(
      ({ start, rule }) =>
        rule === 'date:full' && /\p{Alpha}(?:, ?\(?| ?[(|] ?| +)$/u.test(text.slice(Math.max(0, start - 5), start)),
    )
    .flatMap(({ start }) => nameBefore(reading, tokenAt(tokens, start), start))
    .filter((found) => {
      const words = tokens.slice(tokenAt(tokens, found.start), tokenAt(tokens, found.end));
      const apart = !/\p{Alpha} $/u.test(text.slice(found.end - 1, found.end + 1));
      if (!apart && (reading.capitalNouns || words.some(({ folded }) => reading.written.has(folded))))
        return words.length > 1 && words.every((word) => isFirstName(reading, word) || isLastName(reading, word));
      return words.length > 1 && words.some((word) => isFirstName(reading, word) || isLastName(reading, word));
    })
    .map((found) => ({ ...found, certainty: 'possible', rule: 'dated-name' }));
}

/** Those of the spans that a listed first name stands before. */
const behindFirstNames = (reading: Reading, spans: readonly Span[]): Span[] =>
  spans.filter(({ start }) => {
    const before = reading.tokens[tokenAt(reading.tokens, start) - 1];
    return before !== undefined && before.end === start - 1 && before.shape !== 'lower' && isFirstName(reading, before);
  });

/** Those that touch no date. */
function outside(spans: readonly Span[], dates: readonly Span[]): Span[] {
  const starts = dates.filter(({ rule }) => rule !== 'date:year').sort((a, b) => a.start - b.start);
  let next = 0;
  return [...spans]
    .sort((a, b) => a.start - b.start)
    .filter(({ start, end }) => {
      while ((starts[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
      return (starts[next]?.start ?? Number.POSITIVE_INFINITY) >= end;
    });
}

function weigh(spans: readonly Span[], rank: number): Weighed[] {
  return spans.map((span) => ({ span, rank: span.certainty === 'certain' ? Math.min(rank, ranks.checked) : rank }));
}
