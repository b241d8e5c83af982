import { isRefusal } from '../domain/decider.ts';
import { directoryId } from '../domain/entities.ts';
import { localHour, slotFrom } from '../domain/hours.ts';
import type { FeedEntry } from '../domain/mail-ports.ts';
import { datesOf, type Rule, type Series, skipped, slotAt } from '../domain/series.ts';
import type { Ports } from './context.ts';
import { uidOf } from './invitation.ts';
import type { Say } from './words.ts';

/** Further ahead than any group plans, for a rule without an end. */
const farAhead = '9999-12-31';
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * The series of the groups on whose rosters a person is, as their calendar feed shows them: the rule, without the dates that fall out or were
 * convened (those are meetings of their own by then), and each date that was moved by its RECURRENCE-ID (RFC 5545 3.8.4.4).
 */
export async function seriesEntries(ports: Ports, say: Say, person: string): Promise<FeedEntry[]> {
  const [{ state: directory }, running] = await Promise.all([
    ports.store.load('directory', directoryId),
    ports.store.find('series', { status: ['running'] }, { limit: 200 }),
  ]);
  const own = running.filter(({ state }) => directory.rosters[state.group]?.some((entry) => entry.person === person));
  return (await Promise.all(own.map(({ id, state }) => entriesOf(ports, say, id, state)))).flat();
}

async function entriesOf(ports: Ports, say: Say, id: string, series: Series): Promise<FeedEntry[]> {
  const { rule, exceptions, convened } = series;
  // A date whose hour the clocks skip or repeat has no local hour to be named by: it is shown when it is convened.
  const plainHour = (date: string) => !isRefusal(slotFrom(hourOf(rule, date), rule.zone, rule.minutes));
  const [first] = datesOf(rule, rule.from, farAhead, 12).filter(plainHour);
  if (first === undefined) return [];
  const out = [...Object.keys(exceptions).filter((date) => skipped(series, date)), ...Object.keys(convened)];
  const moved = Object.keys(exceptions).filter((date) => !out.includes(date) && plainHour(date));
  const joinUrl = series.join ? await ports.store.text(series.join) : undefined;
  const common = {
    uid: uidOf(ports, id),
    sequence: Object.keys(exceptions).length + Object.keys(convened).length,
    title: say('meetings:invitation.title', { id, group: series.group }),
    description: [say('meetings:calendar.series'), say('meetings:no-patient-data')].join('\n\n'),
    zone: rule.zone,
    ...(joinUrl ? { joinUrl } : {}),
    organiser: ports.settings.organiser,
    stampedAt: series.since,
  };
  return [
    {
      ...common,
      start: hourOf(rule, first),
      minutes: rule.minutes,
      series: { rule: ruleText(rule), except: out.filter(plainHour).map((date) => hourOf(rule, date)) },
    },
    ...moved.map((date) => {
      const slot = slotAt(series, date);
      return {
        ...common,
        occurrence: hourOf(rule, date),
        start: localHour(slot.instant, rule.zone),
        minutes: slot.minutes,
      };
    }),
  ];
}

const hourOf = ({ clock }: Rule, date: string) => `${date}T${clock}`;

/** The rule as an RRULE's value (RFC 5545 3.3.10): its end in UTC, as it must be beside a start in a zone. */
function ruleText(rule: Rule): string {
  const { everyMonths, week, weekday, until } = rule;
  const end = until === undefined ? undefined : slotAt({ rule, exceptions: {} }, until).instant;
  return [
    'FREQ=MONTHLY',
    ...(everyMonths > 1 ? [`INTERVAL=${everyMonths}`] : []),
    `BYDAY=${week === 'last' ? '-1' : week}${weekdays[weekday - 1]}`,
    ...(end === undefined ? [] : [`UNTIL=${end.slice(0, 19).replaceAll(/[-:]/g, '')}Z`]),
  ].join(';');
}
