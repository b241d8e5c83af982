import { denied } from '../../../domain/access.ts';
import { directoryId } from '../../../domain/entities.ts';
import { sayHour } from '../../../domain/meetings/hours.ts';
import type { CalendarAnswer } from '../../../domain/meetings/mailed-answers.ts';
import { type Series, skipped, slotAt } from '../../../domain/meetings/series.ts';
import type { Answer } from '../../interaction.ts';
import { card, end, type Turn } from '../../turn.ts';
import type { ActButton, Card } from '../../view.ts';
import type { Say } from '../../words.ts';
import { asOfNow } from '../meetings/cards.ts';
import { groupWords } from '../meetings/words.ts';
import { comingDates, ruleWords } from './cards.ts';

/** Accept, maybe or decline the whole series; one date is answered by its meeting, or in a calendar. */
export function seriesAnswerButtons(say: Say, id: string, { standing }: Series): ActButton[] {
  const ref = `${id}|${standing?.sequence ?? 0}`;
  return [
    { label: say('meetings:buttons.accept'), action: 'series.accept', ref, style: 'primary' },
    { label: say('meetings:buttons.maybe'), action: 'series.maybe', ref },
    { label: say('meetings:buttons.decline'), action: 'series.decline', ref },
  ];
}

/** An answer to the whole series, as the pressed card told it; it can be changed while it runs. */
export function answeringSeries(answer: CalendarAnswer) {
  return async (turn: Turn, ref: string): Promise<Answer> => {
    const [id = '', shown] = ref.split('|');
    const { stage, standing } = await turn.thing('series', id);
    const isRunning = stage === 'running' && Object.hasOwn(standing?.people ?? {}, turn.actor.id);
    if (isRunning && shown !== String(standing?.sequence))
      return card(asOfNow(turn.say, await ownSeriesCard(turn, id)), true);
    const command = {
      type: 'series.answer',
      person: turn.actor.id,
      answer,
      ...(shown ? { sequence: Number(shown) } : {}),
    } as const;
    await turn.act([{ kind: 'series', id, command }], { kind: 'series-own', id });
    return card(await ownSeriesCard(turn, id), true);
  };
}

/** A series as one of its people sees it: the rule, the next dates, their own answer. Nobody else sees it so. */
export async function ownSeriesCard({ ports, say, actor, zone, language }: Turn, id: string): Promise<Card> {
  const [{ state }, { state: directory }] = await Promise.all([
    ports.store.load('series', id),
    ports.store.load('directory', directoryId),
  ]);
  const own = Object.hasOwn(state.standing?.people ?? {}, actor.id) ? state.standing?.people[actor.id] : undefined;
  const refusal = denied(actor, 'series.answer', { parties: Object.keys(state.standing?.people ?? {}) });
  if (refusal) end(refusal);
  if (!own || state.stage !== 'running')
    return { title: id, body: [{ kind: 'text', text: say('series:ended') }], buttons: [] };
  const answered = ['accepted', 'tentative', 'declined'].includes(own.status);
  return {
    title: say('series:title', { id, group: groupWords(say, directory, state.group) }),
    tone: answered ? 'good' : 'waiting',
    body: [
      { kind: 'text', text: ruleWords(say, state.rule) },
      { kind: 'text', text: nextDates(state, ports.clock.now(), zone, language) },
      ...(answered
        ? [
            {
              kind: 'note' as const,
              text: say('meetings:your-answer', { answer: say(`meetings:invites.${own.status}`) }),
            },
          ]
        : []),
    ],
    buttons: seriesAnswerButtons(say, id, state),
  };
}

/** The next hours of a series, one a line, as they are said in a zone. */
export function nextDates(series: Series, now: string, zone: string, language: string): string {
  return comingDates(series, now)
    .filter((date) => !skipped(series, date))
    .slice(0, 3)
    .map((date) => sayHour(slotAt(series, date).instant, zone, language))
    .join('\n');
}
