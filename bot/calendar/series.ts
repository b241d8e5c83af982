import { directoryId } from '../../domain/entities.ts';
import type { FeedEntry, Invitation } from '../../domain/mail-ports.ts';
import type { Meeting } from '../../domain/meetings/meeting.ts';
import { type Series, skipped, slotAt } from '../../domain/meetings/series.ts';
import { datesOf, isPlain, type Rule, ruleHour, ruleSlot } from '../../domain/meetings/series-rule.ts';
import { sequenceOf, statusesOf } from '../../domain/meetings/series-standing.ts';
import type { PersonDetails } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import type { Say } from '../words.ts';
import { answerOf, invitationFor, isDateFor, placeOf, textFor, uidOf } from './invitation.ts';

/** Further ahead than any group plans, for a rule without an end. */
const farAhead = '9999-12-31';
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** How long before its meeting a date may lie that was moved, in days: what is older is no exception that a calendar needs. */
const backDays = 183;

/** A series as one person has it: the rule's event, and the dates that were moved and are no meetings yet. */
interface Shown {
  readonly rule: FeedEntry;
  readonly moved: readonly FeedEntry[];
}

/**
 * The series in the calendar feed of a person, who is invited to them or on the roster of their groups: the rule, without the dates that fell out or that they have
 * as meetings of their own, and each date that was moved by its RECURRENCE-ID (RFC 5545 3.8.4.4). Its meetings are the feed's own entries.
 */
export async function seriesEntries(ports: Ports, say: Say, person: string): Promise<FeedEntry[]> {
  const [{ state: directory }, all] = await Promise.all([
    ports.store.load('directory', directoryId),
    ports.store.find('series', { status: ['running', 'ended'] }, { limit: 200 }),
  ]);
  const own = all.filter(
    ({ state: { stage, group, standing } }) =>
      Object.hasOwn(standing?.people ?? {}, person) ||
      (stage === 'running' && directory.rosters[group]?.some((entry) => entry.person === person)),
  );
  const shown = await Promise.all(own.map(({ id, state }) => shownTo(ports, say, id, state, person)));
  return shown.flatMap((series) => (series ? [series.rule, ...series.moved] : []));
}

/**
 * What invites a person to a whole series, as one object (RFC 5546 3.2.2): the rule, and each date that is elsewhere by its RECURRENCE-ID. Undefined where no date
 * is left.
 */
export async function seriesInvitation(
  ports: Ports,
  say: Say,
  id: string,
  series: Series,
  person: string,
  details: PersonDetails,
): Promise<readonly [Invitation, ...Invitation[]] | undefined> {
  const shown = await shownTo(ports, say, id, series, person);
  if (!shown) return undefined;
  const stampedAt = ports.clock.now();
  const attendee = { name: details.name, email: details.email };
  const newest = series.standing?.newest ?? 0;
  const asked = ({ answer, ...entry }: FeedEntry): Invitation => ({
    ...entry,
    sequence: Math.max(entry.sequence, newest),
    method: 'REQUEST',
    stampedAt,
    attendee: { ...attendee, ...(answer ? { answer } : {}) },
  });
  const meetings = await meetingsOf(ports, series);
  const elsewhere = meetings.filter(
    ({ meetingId, state }) =>
      state.stage === 'scheduled' && state.occurrence?.own === true && isDateFor(series, meetingId, state, person),
  );
  return [
    asked(shown.rule),
    ...shown.moved.map(asked),
    ...(await Promise.all(
      elsewhere.map(async ({ meetingId, state }) => {
        const date = await invitationFor(ports, say, meetingId, state, person, details, 'REQUEST');
        return { ...date, sequence: Math.max(date.sequence, newest) };
      }),
    )),
  ];
}

/** What takes a whole series out of a calendar, or one date of it that is no meeting yet; with 'REQUEST' what moves that date (RFC 5546 3.2.2, 3.2.5). */
export async function seriesChange(
  ports: Ports,
  say: Say,
  id: string,
  series: Series,
  person: string,
  details: PersonDetails,
  method: Invitation['method'],
  sequence: number,
  date?: string,
): Promise<Invitation> {
  const { rule, standing } = series;
  const common = {
    ...(await described(ports, say, id, series, method)),
    method,
    stampedAt: ports.clock.now(),
    attendee: { name: details.name, email: details.email },
  };
  if (date !== undefined) {
    const slot = slotAt(series, date);
    return {
      ...common,
      ...placeOf({ hour: ruleHour(rule, date), zone: rule.zone }, slot),
      minutes: slot.minutes,
      sequence,
      attendee: { ...common.attendee, ...answerOf(statusesOf(standing, date)[person]) },
    };
  }
  const [first = rule.from] = datesOf(rule, rule.from, farAhead, 12).filter((one) => isPlain(rule, one));
  return {
    ...common,
    start: ruleHour(rule, first),
    zone: rule.zone,
    minutes: rule.minutes,
    sequence,
    series: { rule: ruleText(rule) },
  };
}

async function shownTo(ports: Ports, say: Say, id: string, series: Series, person: string): Promise<Shown | undefined> {
  const { exceptions, standing } = series;
  const meetings = await meetingsOf(ports, series);
  const stands = (state: Meeting) => state.stage === 'scheduled' || state.stage === 'held';
  const asDates = meetings.filter(
    ({ meetingId, state }) => stands(state) && isDateFor(series, meetingId, state, person),
  );
  // What was convened stands when the series has ended, and nothing beside it.
  const last =
    series.stage === 'ended'
      ? (asDates
          .map(({ date }) => date)
          .toSorted()
          .at(-1) ?? '')
      : undefined;
  const rule: Rule = last === undefined ? series.rule : { ...series.rule, until: last };
  const own = standing && Object.hasOwn(standing.people, person) ? standing.people[person] : undefined;
  const from = own && own.from > rule.from ? own.from : rule.from;
  const until = rule.until ?? farAhead;
  const [first] = until < from ? [] : datesOf(rule, from, until, 12).filter((date) => isPlain(rule, date));
  if (first === undefined) return undefined;
  const convened = new Set(meetings.map(({ date }) => date));
  const kept = new Set(asDates.map(({ date }) => date));
  const out = [
    ...Object.keys(exceptions).filter((date) => skipped(series, date) && !convened.has(date)),
    ...[...convened].filter((date) => !kept.has(date)),
    ...(last === undefined ? [] : datesOf(rule, first, last).filter((date) => !convened.has(date))),
  ];
  const moved = Object.keys(exceptions).filter(
    (date) => date >= first && date <= until && !out.includes(date) && !convened.has(date) && isPlain(rule, date),
  );
  const common = { ...(await described(ports, say, id, series, 'REQUEST')), stampedAt: series.since };
  const statuses = (date: string) => answerOf(statusesOf(standing, date)[person]);
  return {
    rule: {
      ...common,
      sequence: standing?.sequence ?? 0,
      start: ruleHour(rule, first),
      zone: rule.zone,
      minutes: rule.minutes,
      series: {
        rule: ruleText(rule),
        except: [...new Set(out)]
          .toSorted()
          .filter((date) => date >= first && date <= until && isPlain(rule, date))
          .map((date) => ruleHour(rule, date)),
      },
      ...answerOf(own?.status),
    },
    moved: moved.map((date) => {
      const slot = slotAt(series, date);
      return {
        ...common,
        ...placeOf({ hour: ruleHour(rule, date), zone: rule.zone }, slot),
        minutes: slot.minutes,
        sequence: sequenceOf(standing, date),
        ...statuses(date),
      };
    }),
  };
}

async function meetingsOf(ports: Ports, { convened }: Series) {
  const back = new Date(Date.parse(ports.clock.now()) - backDays * 86_400_000).toISOString().slice(0, 10);
  const near = Object.entries(convened).filter(([date]) => date >= back);
  return Promise.all(
    near.map(async ([date, meetingId]) => ({
      date,
      meetingId,
      state: (await ports.store.load('meeting', meetingId)).state,
    })),
  );
}

async function described(ports: Ports, say: Say, id: string, series: Series, method: Invitation['method']) {
  const asks = method === 'REQUEST';
  const joinUrl = series.join && asks ? await ports.store.text(series.join) : undefined;
  return {
    uid: uidOf(ports, id),
    title: say('meetings:invitation.title', { id, group: series.group }),
    description: [
      say(asks ? 'meetings:invitation.series' : textFor[method], { id, group: series.group }),
      ...(asks ? [say('meetings:invitation.answer'), say('meetings:no-patient-data')] : []),
    ].join('\n\n'),
    ...(joinUrl ? { joinUrl } : {}),
    organiser: ports.settings.organiser,
  };
}

/** The rule as an RRULE's value (RFC 5545 3.3.10): its end in UTC, as it must be beside a start in a zone. */
function ruleText(rule: Rule): string {
  const { everyMonths, week, weekday, until } = rule;
  const end = until === undefined ? undefined : ruleSlot(rule, until).instant;
  return [
    'FREQ=MONTHLY',
    ...(everyMonths > 1 ? [`INTERVAL=${everyMonths}`] : []),
    `BYDAY=${week === 'last' ? '-1' : week}${weekdays[weekday - 1]}`,
    ...(end === undefined ? [] : [`UNTIL=${end.slice(0, 19).replaceAll(/[-:]/g, '')}Z`]),
  ].join(';');
}
