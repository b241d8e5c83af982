import { directoryId } from '../../../domain/entities.ts';
import { sayHour } from '../../../domain/meetings/hours.ts';
import { type Series, skipped, slotAt } from '../../../domain/meetings/series.ts';
import { datesOf, type Rule } from '../../../domain/meetings/series-rule.ts';
import type { Ports } from '../../context.ts';
import type { Card, Item } from '../../view.ts';
import type { Say } from '../../words.ts';
import { groupWords } from '../meetings/words.ts';
import { seriesSuggestionButtons, standingRows } from './mail-cards.ts';

/** So many coming dates are shown. */
const datesShown = 6;

/** What a button says of one date of a series, and back. */
export function dateRef(id: string, date: string): string {
  return `${id}|${date}`;
}

/** See `dateRef`. */
export function dateFrom(ref: string): { readonly id: string; readonly date: string } {
  const [id = '', date = ''] = ref.split('|');
  return { id, date };
}

/** 'The second Tuesday of every month, 15:00 Europe/Paris, 60 minutes'. */
export function ruleWords(say: Say, rule: Rule): string {
  return say('series:rule', {
    week: say(`series:weeks.${rule.week}`),
    weekday: say(`series:weekdays.${rule.weekday}`),
    every: say(`series:every.${rule.everyMonths}`),
    clock: rule.clock,
    zone: rule.zone,
    minutes: rule.minutes,
  });
}

/** The coming dates of a series by its rule, at most so many. */
export function comingDates({ rule }: Series, now: string): readonly string[] {
  const year = new Date(Date.parse(now) + 366 * 86_400_000).toISOString().slice(0, 10);
  return datesOf(rule, now.slice(0, 10), year, datesShown);
}

/** A series on the helpdesk's desk: its rule, the coming dates with what became of each, and what the helpdesk can do. */
export async function seriesCard(ports: Ports, say: Say, id: string, language = 'en'): Promise<Card> {
  const [{ state }, { state: directory }] = await Promise.all([
    ports.store.load('series', id),
    ports.store.load('directory', directoryId),
  ]);
  const running = state.stage === 'running';
  const rows = await standingRows(ports, say, state);
  const items: Item[] = (running ? comingDates(state, ports.clock.now()) : []).map((date) => {
    const meeting = Object.hasOwn(state.convened, date) ? state.convened[date] : undefined;
    const slot = slotAt(state, date);
    const hour = sayHour(slot.instant, slot.zone, language);
    if (meeting)
      return {
        title: hour,
        detail: say('series:dates.convened', { id: meeting }),
        buttons: [{ label: say('meetings:desk.buttons.meeting'), action: 'desk.show', ref: meeting }],
      };
    const out = skipped(state, date);
    const moved = !out && slot.local.slice(0, 10) !== date;
    return {
      title: out ? date : hour,
      detail: say(out ? 'series:dates.skipped' : moved ? 'series:dates.moved' : 'series:dates.planned', { date }),
      buttons: [
        ...(out
          ? []
          : [
              { label: say('series:buttons.convene'), action: 'series.convene', ref: dateRef(id, date) },
              { label: say('series:buttons.skip'), action: 'series.skip', ref: dateRef(id, date) },
            ]),
        { label: say('series:buttons.move'), action: 'series.move', ref: dateRef(id, date) },
      ],
    };
  });
  return {
    title: say('series:title', { id, group: groupWords(say, directory, state.group) }),
    body: [
      { kind: 'text', text: running ? ruleWords(say, state.rule) : say('series:ended') },
      ...(rows.length > 0 ? [{ kind: 'facts' as const, rows }] : []),
      ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
      ...(running ? [{ kind: 'note' as const, text: say('series:convened-when') }] : []),
    ],
    buttons: running
      ? [
          ...seriesSuggestionButtons(say, id, state),
          { label: say('series:buttons.rule'), action: 'series.rule', ref: id },
          {
            label: say('series:buttons.end'),
            action: 'series.end',
            ref: id,
            style: 'danger',
            confirm: say('series:end-confirm'),
          },
        ]
      : [],
  };
}
