import type { CannedAnswer, Ports } from '../../context.ts';
import { filledAnswer, inLanguage } from '../../operators/canned-answers.ts';
import { type Conversation, fieldErrors, type Turn, textOf } from '../../turn.ts';
import type { Form } from '../../view.ts';
import { nameOf } from '../../who.ts';
import { replyForm } from '../desk/desk.ts';

/** The answers that the helpdesk has ready, those for the ticket's topic first. */
function offered({ settings }: Pick<Ports, 'settings'>, topic: string): readonly CannedAnswer[] {
  const fits = ({ topics }: CannedAnswer) => (topics as readonly string[]).includes(topic);
  return [...settings.answers.filter(fits), ...settings.answers.filter((answer) => !fits(answer))];
}

async function chooseForm(turn: Turn, ref: string): Promise<Form> {
  const { say, ports, language } = turn;
  turn.mustSee('queue', {});
  const { topic } = await turn.thing('ticket', ref);
  return {
    form: 'desk.canned',
    ref,
    title: say('desk:canned.title', { id: ref }),
    intro: say('desk:canned.intro'),
    fields: [
      {
        name: 'answer',
        kind: 'choice',
        label: say('desk:canned.answer'),
        options: offered(ports, topic).map(({ id, title }) => ({ value: id, label: inLanguage(title, language) })),
      },
    ],
    submit: say('desk:canned.submit'),
    open: { label: say('desk:buttons.canned'), action: 'desk.canned', ref },
  };
}

/** An answer that is ready is chosen, then stands in the reply's form to be changed; nothing is sent before that is submitted. */
export const canned: Conversation = {
  presses: {
    'desk.canned': async (turn, ref) => ({ form: await chooseForm(turn, ref) }),
  },
  forms: {
    'desk.canned': async (turn, ref, values) => {
      const { ports, say, actor } = turn;
      turn.mustSee('queue', {});
      const { requester } = await turn.thing('ticket', ref);
      const answer = ports.settings.answers.find(({ id }) => id === textOf(values, 'answer'));
      if (!answer) fieldErrors({ answer: say('fields:choose') });
      const details = await ports.store.person(requester);
      const text = filledAnswer(answer, details?.language ?? 'en', {
        name: details?.name || say('desk:no-name'),
        ticket: ref,
        me: await nameOf(ports, actor.id),
      });
      return { form: await replyForm(turn, ref, text) };
    },
  },
};
