import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { refuse } from '../../domain/decider.ts';
import type { Loaded } from '../../domain/ports.ts';
import { type Series, weeks } from '../../domain/series.ts';
import type { Step } from '../execute.ts';
import type { Answer } from '../interaction.ts';
import { pageButtons, pageNote, readPageRef, stretch } from '../paging.ts';
import { planLink } from '../plan-page.ts';
import { convene, conveneSeries } from '../series-convening.ts';
import { type Conversation, card, end, fieldErrors, type Turn } from '../turn.ts';
import type { Card, Form, Values } from '../view.ts';
import { checked, fields, wordedOptions } from './fields.ts';
import { guestsOf } from './guests.ts';
import { textRow } from './meeting-ask.ts';
import { groupWords, hourWords, lengthField, lengths, requestIdShape, slotsFrom } from './meeting-words.ts';
import { clockHours } from './poll-forms.ts';
import { deskCard, joinShape, openRequest } from './scheduling.ts';
import { joinField } from './scheduling-forms.ts';
import { dateFrom, ruleWords, seriesCard } from './series-cards.ts';

const seriesIdShape = /^W-[0-9A-Z]{8}$/;
const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;
const everyMonths = ['1', '2', '3'] as const;

const startShape = z.object({
  group: fields.one,
  week: fields.choice(weeks),
  weekday: fields.choice(weekdays),
  every: fields.choice(everyMonths),
  clock: fields.one,
  minutes: fields.choice(lengths),
  from: fields.date,
  until: z.preprocess((value) => (value === '' ? undefined : value), fields.date.optional()),
  join: joinShape,
});

/** The meetings of the working groups that come every month: laid down by the helpdesk, with exceptions, and their agendas. */
export const seriesConversation: Conversation = {
  commands: {
    calendar: async (turn) => {
      const { ports, say, who, actor } = turn;
      turn.mustSee('queue', {});
      return card({
        title: say('series:calendar.title'),
        body: [
          { kind: 'text', text: say('series:calendar.text') },
          { kind: 'note', text: say('tab:link.note') },
        ],
        buttons: [{ label: say('series:calendar.open'), url: await planLink(ports, who, actor.id), style: 'primary' }],
      });
    },
    series: async (turn, rest) => {
      turn.mustSee('queue', {});
      const typed = rest.trim().split(/\s+/)[0]?.toUpperCase() ?? '';
      if (seriesIdShape.test(typed)) return show(turn, typed);
      return typed === 'NEW' ? { form: startForm(turn) } : card(await list(turn));
    },
  },

  presses: {
    'series.start': async (turn) => {
      turn.mustSee('queue', {});
      return { form: startForm(turn) };
    },
    'series.list': async (turn, ref) => {
      turn.mustSee('queue', {});
      return card(await list(turn, readPageRef(ref).offset), ref.includes('|'));
    },
    'series.show': show,
    'series.skip': (turn, ref) => {
      const { id, date } = dateFrom(ref);
      return done(turn, id, { type: 'series.skip', date });
    },
    'series.convene': async (turn, ref) => {
      const { id, date } = dateFrom(ref);
      const state = await led(turn, id);
      if (!(await convene(turn.ports, turn.actor, id, state, date))) end(refuse('series.not-convened'));
      return card(await seriesCard(turn.ports, turn.say, id, turn.language), true);
    },
    'series.move': async (turn, ref) => {
      await led(turn, dateFrom(ref).id);
      return { form: moveForm(turn, ref) };
    },
    'series.end': (turn, ref) => done(turn, ref, { type: 'series.end' }),
    'agenda.choose': async (turn, ref) => card(await agendaChoice(turn, ref), ref.includes('|')),
    'agenda.add': putOnAgenda,
    'agenda.remove': async (turn, ref) => {
      const [id = '', caseId = ''] = ref.split('|');
      await turn.act([{ kind: 'meeting', id, command: { type: 'meeting.take-off-agenda', caseId } }], {
        kind: 'desk',
        id,
      });
      return card(await deskCard(turn, id), true);
    },
  },

  forms: {
    'series.start': started,
    'series.move': async (turn, ref, values) => {
      const { id, date } = dateFrom(ref);
      const { rule } = await led(turn, id);
      const { other } = checked(turn, z.object({ other: fields.hour }), values);
      const [slot] = slotsFrom(turn, { other }, turn.zone, rule.minutes, values);
      return done(turn, id, {
        type: 'series.move',
        date,
        slot: slot ?? fieldErrors({ other: turn.say('fields:hour') }),
      });
    },
  },

  shows: { series: (turn, id) => seriesCard(turn.ports, turn.say, id, turn.language) },
};

async function led(turn: Turn, id: string): Promise<Series> {
  turn.mustSee('queue', {});
  return turn.thing('series', id);
}

async function show(turn: Turn, id: string): Promise<Answer> {
  await led(turn, id);
  return card(await seriesCard(turn.ports, turn.say, id, turn.language));
}

async function done(turn: Turn, id: string, command: Extract<Step, { kind: 'series' }>['command']): Promise<Answer> {
  await turn.act([{ kind: 'series', id, command }], { kind: 'series', id });
  return card(await seriesCard(turn.ports, turn.say, id, turn.language), true);
}

/** The series that go on, a page at a time. */
async function list(turn: Turn, offset = 0): Promise<Card> {
  const { say, ports } = turn;
  const wanted = { status: ['running'] };
  const page = stretch(offset, await ports.store.count('series', wanted));
  const [found, directory] = await Promise.all([ports.store.find('series', wanted, page), turn.directory()]);
  return {
    title: say('series:list'),
    body:
      found.length > 0
        ? [
            {
              kind: 'list',
              items: found.map(({ id, state }) => ({
                title: `${id} · ${groupWords(say, directory, state.group)}`,
                detail: ruleWords(say, state.rule),
                buttons: [{ label: say('common:show'), action: 'series.show', ref: id }],
              })),
            },
            ...pageNote(say, page),
          ]
        : [{ kind: 'text', text: say('series:none') }],
    buttons: [
      { label: say('series:start.title'), action: 'series.start', ref: '' },
      ...pageButtons(say, page, 'series.list'),
    ],
  };
}

function startForm(turn: Turn): Form {
  const { say, zone, now } = turn;
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate().toString();
  return {
    form: 'series.start',
    ref: '',
    title: say('series:start.title'),
    intro: say('series:start.intro', { zone }),
    fields: [
      { kind: 'search', source: 'group', name: 'group', label: say('meetings:ask.group') },
      {
        kind: 'choice',
        name: 'week',
        label: say('series:start.week'),
        options: wordedOptions(turn, 'series:weeks', weeks),
      },
      {
        kind: 'choice',
        name: 'weekday',
        label: say('series:start.weekday'),
        options: wordedOptions(turn, 'series:weekdays', weekdays),
      },
      {
        kind: 'choice',
        name: 'every',
        label: say('series:start.every'),
        options: wordedOptions(turn, 'series:every', everyMonths),
        value: '1',
      },
      {
        kind: 'choice',
        name: 'clock',
        label: say('series:start.clock'),
        hint: say('meetings:ask.zone', { zone }),
        options: clockHours.map((value) => ({ value, label: value })),
      },
      lengthField(turn),
      { kind: 'date', name: 'from', label: say('series:start.from'), value: here },
      { kind: 'date', name: 'until', label: say('series:start.until'), optional: true },
      joinField(turn),
    ],
    submit: say('series:start.submit'),
    open: { label: say('series:start.title'), action: 'series.start', ref: '' },
  };
}

async function started(turn: Turn, _ref: string, values: Values): Promise<Answer> {
  turn.mustSee('queue', {});
  const asked = checked(turn, startShape, values);
  if (!clockHours.includes(asked.clock)) fieldErrors({ clock: turn.say('fields:choose') });
  if (asked.until !== undefined && asked.until < asked.from)
    fieldErrors({ until: turn.say('series:start.until-early') });
  const id = turn.ports.ids.next('W');
  const join = textRow(turn, id, asked.join);
  const rule = {
    week: asked.week,
    weekday: Number(asked.weekday),
    everyMonths: Number(asked.every),
    clock: asked.clock,
    zone: turn.zone,
    minutes: Number(asked.minutes),
    from: asked.from,
    ...(asked.until ? { until: asked.until } : {}),
  };
  await turn.act(
    [
      {
        kind: 'series',
        id,
        command: { type: 'series.start', group: asked.group, rule, ...(join ? { join: join.id } : {}) },
      },
    ],
    { kind: 'series', id },
    { rows: join ? [join] : [] },
  );
  await conveneSeries(turn.ports);
  return card(await seriesCard(turn.ports, turn.say, id, turn.language), true);
}

function moveForm({ say, zone }: Turn, ref: string): Form {
  const { id, date } = dateFrom(ref);
  return {
    form: 'series.move',
    ref,
    title: say('series:move.title', { id }),
    intro: say('series:move.intro', { date }),
    fields: [
      {
        kind: 'datetime',
        name: 'other',
        label: say('meetings:move.hour'),
        hint: say('meetings:ask.zone', { zone }),
        zone,
      },
    ],
    submit: say('meetings:move.submit'),
    open: { label: say('series:buttons.move'), action: 'series.move', ref },
  };
}

const chunk = 200;

/** The coming meetings that a group's series convened, the soonest first. */
async function convenedOf({ ports, now }: Turn, group: string): Promise<Loaded<'meeting'>[]> {
  const wanted = { group, status: ['scheduled'], from: now };
  const found: Loaded<'meeting'>[] = [];
  for (;;) {
    const page = { limit: chunk, offset: found.length, order: 'soonest' } as const;
    const next = await ports.store.find('meeting', wanted, page);
    found.push(...next);
    if (next.length < chunk) return found.filter(({ state }) => state.seriesId !== undefined);
  }
}

/** The coming meetings of a request's group, each with the button that puts the case on its agenda, a page at a time. */
async function agendaChoice(turn: Turn, given: string): Promise<Card> {
  const { say, zone, language } = turn;
  const { ref: requestId, offset } = readPageRef(given);
  const { group, caseId } = await openRequest(turn, requestId);
  if (!group || !caseId) end(refuse('meeting.no-agenda'));
  const all = await convenedOf(turn, group);
  const page = stretch(offset, all.length);
  const items = all.slice(page.offset, page.offset + page.limit).map(({ id, state }) => ({
    title: hourWords(say, state.slot, zone, language),
    detail: say('series:agenda.now', { id, count: state.agenda?.length ?? 0 }),
    buttons: [{ label: say('series:agenda.add'), action: 'agenda.add', ref: `${id}|${requestId}` }],
  }));
  return {
    title: say('series:agenda.title', { id: requestId }),
    body:
      items.length > 0
        ? [{ kind: 'list', items }, ...pageNote(say, page)]
        : [{ kind: 'text', text: say('series:agenda.none') }],
    buttons: pageButtons(say, page, 'agenda.choose', requestId),
  };
}

async function putOnAgenda(turn: Turn, ref: string): Promise<Answer> {
  const [id = '', requestId = ''] = ref.split('|');
  if (!requestIdShape.test(requestId)) end(refuse('request.unknown'));
  const request = await openRequest(turn, requestId);
  const { caseId } = request;
  if (!caseId) end(refuse('meeting.no-agenda'));
  // The roster is invited already: the one who asked, the case's clinician and the named experts come along.
  const invitees = await guestsOf(turn.ports, { experts: request.experts, requester: request.requester, caseId });
  await turn.act([{ kind: 'meeting', id, command: { type: 'meeting.put-on-agenda', caseId, requestId, invitees } }], {
    kind: 'desk',
    id,
  });
  return card(await deskCard(turn, id), true);
}
