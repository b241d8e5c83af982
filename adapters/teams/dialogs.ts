import { seemsIdentifying } from '../../bot/guard.ts';
import type { Answer } from '../../bot/interaction.ts';
import type { Form } from '../../bot/view.ts';
import type { Pressed } from './activity.ts';
import { type Rendered, renderAnswer, writePrivately } from './answers.ts';
import { type AdaptiveCard, forDialog } from './elements.ts';
import { wordsOfHtml } from './translate.ts';
import type { Turn, TurnTools } from './turns.ts';
import { within } from './within.ts';

/** The invokes by which a dialog ('task module') is opened and comes back, from a card or from the message extension. */
export type DialogInvoke =
  | 'task/fetch'
  | 'task/submit'
  | 'composeExtension/fetchTask'
  | 'composeExtension/submitAction';

/** What 'Ask the CPMS helpdesk' on a message presses. */
export const askHelpdesk: Pressed = { verb: 'support.ask', data: { ref: 'other' } };

/**
 * Has the bot handle what a dialog asks for or sends, and gives the body of the response ('Task module invocation'): the dialog goes on with a form,
 * a form with its errors, or the outcome; nothing is written into the conversation that it was opened from. `about` is the HTML of the message that
 * a message extension was chosen on: it is offered in the form's text for its author to read, and left out where it seems to name a patient (rule 9).
 * What takes too long is said to follow, and written privately where the person can be reached.
 */
export async function answerDialog(tools: TurnTools, turn: Turn, about?: string): Promise<object> {
  const { bot, patienceMs, wordsOf } = tools;
  const { interaction, words } = turn;
  const handled = (async (): Promise<Rendered> => {
    const answer = await bot.handle(interaction);
    return renderAnswer(
      bot,
      interaction.who,
      about === undefined ? answer : prefilled(answer, about, words.guarded),
      wordsOf,
    );
  })();
  const quick = await within(patienceMs, handled);
  if (quick === undefined) {
    void tools.background.run('teams: late answer of a dialog', async () => {
      const { replacement, messages } = await handled;
      await writePrivately(tools, turn.to, replacement ? [replacement, ...messages] : messages, words);
    });
    return { task: { type: 'message', value: words.working } };
  }
  const { replacement, messages } = quick;
  const [shown] = replacement ? [replacement] : messages.slice(-1);
  return shown ? goesOn(shown.content) : { task: { type: 'message', value: words.below } };
}

function goesOn(card: AdaptiveCard): object {
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content: forDialog(card) };
  // A dialog's title holds 64 characters.
  return {
    task: {
      type: 'continue',
      value: { title: card.fallbackText.slice(0, 64), height: 'large', width: 'medium', card: attachment },
    },
  };
}

function prefilled(answer: Answer, html: string, guarded: string): Answer {
  const { form } = answer;
  if (!form) return answer;
  const text = wordsOfHtml(html);
  if (seemsIdentifying(text).length > 0) return { ...answer, form: { ...form, intro: guarded } };
  return { ...answer, form: { ...form, fields: form.fields.map((field) => withText(field, text)) } };
}

function withText(field: Form['fields'][number], text: string): Form['fields'][number] {
  return field.kind === 'text' && text !== '' ? { ...field, value: text.slice(0, field.max ?? 2000) } : field;
}
