import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noon, telling } from '../testing/histories.ts';
import { paths } from '../testing/paths.ts';
import { nextWeek, secondTuesday, usual } from '../testing/usual.ts';
import { type SeriesCommand, series, slotAt } from './series.ts';
import { datesOf, type Rule, weeks } from './series-rule.ts';

const { given, outcome, compared } = telling(series, usual.series);
const desk = { at: noon, by: 'desk-1' };
const rule: Rule = secondTuesday;
const start = { type: 'series.start', ...desk, group: 'HHT', rule } as const satisfies SeriesCommand;
const april = '2026-04-14';
const convene = { type: 'series.convene', ...desk, date: april, meetingId: 'M-1', invitees: ['anna'] } as const;
const skip = { type: 'series.skip', ...desk, date: april } as const;

const refused = 'refused: series.already-convened';
const already = { convened: refused, 'in calendars': refused };

test('every command in every state', () => {
  const { actual, expected } = compared(
    paths('anna').series,
    {
      start,
      skip,
      move: { type: 'series.move', ...desk, date: april, slot: nextWeek },
      convene,
      end: { type: 'series.end', ...desk },
    },
    {
      start: { '*': 'refused: series.wrong-stage', none: 'series-started' },
      skip: { running: 'series-date-skipped', ...already },
      move: { running: 'series-date-moved', ...already },
      convene: { running: 'series-convened', ...already },
      end: { running: 'series-ended', convened: 'series-ended', 'in calendars': 'series-ended' },
    },
    (name) => (name === 'none' ? 'refused: series.unknown' : 'refused: series.wrong-stage'),
  );
  expect(actual).toEqual(expected);
});

describe('the dates of a rule', () => {
  test.each<[string, Partial<Rule>, readonly string[]]>([
    ['the second Tuesday', {}, ['2026-03-10', '2026-04-14', '2026-05-12']],
    ['the last Friday', { week: 'last', weekday: 5 }, ['2026-03-27', '2026-04-24', '2026-05-29']],
    [
      'the first Sunday, which is the first of March',
      { week: '1', weekday: 7 },
      ['2026-03-01', '2026-04-05', '2026-05-03'],
    ],
    ['every second month', { everyMonths: 2 }, ['2026-03-10', '2026-05-12']],
    ['from the middle of a month on', { from: '2026-03-11' }, ['2026-04-14', '2026-05-12']],
    ['until a date', { until: '2026-04-14' }, ['2026-03-10', '2026-04-14']],
  ])('%s', (_, other, dates) => {
    expect(datesOf({ ...rule, ...other }, '2026-01-01', '2026-05-31')).toEqual(dates);
  });

  test('are on the weekday, in the week, in the months, one a month, in order', () => {
    const anyRule = fc.record({
      week: fc.constantFrom(...weeks),
      weekday: fc.integer({ min: 1, max: 7 }),
      everyMonths: fc.integer({ min: 1, max: 3 }),
      month: fc.integer({ min: 0, max: 400 }),
    });
    fc.assert(
      fc.property(anyRule, ({ week, weekday, everyMonths, month }) => {
        const from = new Date(Date.UTC(2020, month, 1)).toISOString().slice(0, 10);
        const until = new Date(Date.UTC(2020, month + 24, 0)).toISOString().slice(0, 10);
        const dates = datesOf({ ...rule, week, weekday, everyMonths, from }, from, until);
        expect(dates.length).toBe(24 / everyMonths);
        expect(dates.toSorted()).toEqual(dates);
        for (const date of dates) {
          const day = new Date(`${date}T00:00:00Z`);
          expect(day.getUTCDay()).toBe(weekday % 7);
          const left =
            new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate() - day.getUTCDate();
          const nth = left < 7 && week === 'last' ? 'last' : String(Math.ceil(day.getUTCDate() / 7));
          expect(nth).toBe(String(week));
        }
      }),
    );
  });

  test('keep the clock over the change of hours, and find an hour where it is skipped or comes twice', () => {
    const now = given([[start]]);
    expect([slotAt(now, '2026-03-10').instant, slotAt(now, april).instant]).toEqual([
      '2026-03-10T14:00:00.000Z',
      '2026-04-14T13:00:00.000Z',
    ]);
    const night = given([[{ ...start, rule: { ...rule, week: 'last', weekday: 7, clock: '02:30' } }]]);
    expect(slotAt(night, '2026-03-29').local).toBe('2026-03-29T03:30');
    expect(slotAt(night, '2026-10-25').instant).toBe('2026-10-25T00:30:00.000Z');
  });
});

test('a rule that is none is refused', () => {
  for (const other of [
    { week: '5' as 'last' },
    { weekday: 0 },
    { everyMonths: 12 },
    { clock: '24:00' },
    { zone: 'Nowhere/X' },
    { minutes: 1000 },
    { from: '2026-02-30' },
    { until: '2026-02-28' },
  ])
    expect(outcome([], { ...start, rule: { ...rule, ...other } })).toBe('refused: series.rule-malformed');
  expect(outcome([], start, { groupListed: false })).toBe('refused: series.group-unknown');
});

describe('exceptions', () => {
  const running = [[start]] as const;
  test('a date that falls out is not convened, one that was moved is at its own hour', () => {
    expect(outcome([...running, [skip]], convene)).toBe('refused: series.date-skipped');
    expect(outcome([...running, [skip]], skip)).toBe('nothing');
    expect(outcome(running, { ...skip, date: '2026-04-15' })).toBe('refused: series.not-a-date');
    expect(outcome(running, { ...skip, date: 'April' })).toBe('refused: series.not-a-date');
    const moved = given([...running, [{ type: 'series.move', ...desk, date: april, slot: nextWeek }]]);
    expect(slotAt(moved, april)).toEqual(nextWeek);
    expect(outcome(running, { ...convene, date: '2026-02-10' })).toBe('refused: series.not-a-date');
    expect(outcome(running, { ...convene, at: '2026-05-01T00:00:00.000Z' })).toBe('refused: meeting.hour-past');
    expect(outcome(running, { ...convene, invitees: [] })).toBe('refused: request.nobody-invited');
  });
});
