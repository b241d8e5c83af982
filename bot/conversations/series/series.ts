import { z } from 'zod';
import { refuse } from '../../../domain/decider.ts';
import type { Series } from '../../../domain/meetings/series.ts';
import { dateStanding } from '../../../domain/meetings/series-standing.ts';
import type { Loaded } from '../../../domain/memory-ports.ts';
import { convene, conveneSeries } from '../../calendar/convening.ts';
import { every } from '../../every.ts';
import type { Step } from '../../execute.ts';
import type { Answer } from '../../interaction.ts';
import { planLink } from '../../pages/plan.ts';
import { pageButtons, pageNote, readPageRef, stretch } from '../../paging.ts';
import { type Conversation, card, end, fieldErrors, type Turn } from '../../turn.ts';
import type { Card, Values } from '../../view.ts';
import { checked, fields } from '../fields.ts';
import { textRow } from '../meetings/asking.ts';
import { guestsOf } from '../meetings/guests.ts';
import { deskCard, openRequest } from '../meetings/scheduling.ts';
import { groupWords, hourWords, requestIdShape, slotsFrom } from '../meetings/words.ts';
import { answeringSeries, ownSeriesCard } from './answers.ts';
import { dateFrom, dateRef, ruleWords, seriesCard } from './cards.ts';
import { moveForm, newRule, ruleForm, startedFrom, startForm } from './forms.ts';

const seriesIdShape = /^W-[0-9A-Z]{8}$/;

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
      const { id, date } = dateFrom(ref);
      const [, , person] = ref.split('|');
      const { standing } = await led(turn, id);
      const proposed = dateStanding(standing, date).mailed.suggestions.find((one) => one.person === person);
      return { form: moveForm(turn, dateRef(id, date), proposed?.slot) };
    },
    'series.leave-hour': (turn, ref) => {
      const [id = '', date = '', person = ''] = ref.split('|');
      return done(turn, id, { type: 'series.decline-hour', person, ...(date === '' ? {} : { date }) });
    },
    'series.rule': async (turn, id) => ({ form: ruleForm(turn, id, (await led(turn, id)).rule) }),
    'series.own': async (turn, id) => card(await ownSeriesCard(turn, id)),
    'series.accept': answeringSeries('accepted'),
    'series.maybe': answeringSeries('tentative'),
    'series.decline': answeringSeries('declined'),
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
    'series.rule': async (turn, id, values) => {
      await led(turn, id);
      const answer = await done(turn, id, { type: 'series.change-rule', rule: newRule(turn, values) });
      await conveneSeries(turn.ports);
      return answer;
    },
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

  shows: {
    'series-own': ownSeriesCard,
    series: (turn, id) => seriesCard(turn.ports, turn.say, id, turn.language),
  },
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

async function started(turn: Turn, _ref: string, values: Values): Promise<Answer> {
  turn.mustSee('queue', {});
  const { group, rule, join: link } = startedFrom(turn, values);
  const id = turn.ports.ids.next('W');
  const join = textRow(turn, id, link);
  await turn.act(
    [
      {
        kind: 'series',
        id,
        command: { type: 'series.start', group, rule, ...(join ? { join: join.id } : {}) },
      },
    ],
    { kind: 'series', id },
    { rows: join ? [join] : [] },
  );
  await conveneSeries(turn.ports);
  return card(await seriesCard(turn.ports, turn.say, id, turn.language), true);
}

/** The coming meetings that a group's series convened, the soonest first. */
async function convenedOf({ ports, now }: Turn, group: string): Promise<Loaded<'meeting'>[]> {
  const wanted = { group, status: ['scheduled'], from: now };
  const found = await Array.fromAsync(every(ports.store, 'meeting', wanted, 'soonest'));
  return found.filter(({ state }) => state.seriesId !== undefined);
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
