import type { z } from 'zod';
import type { Answer, What } from '../../../bot/interaction.ts';
import type { SlackContext } from '../context.ts';
import { type Ack, type AckBody, actionDelivery, ask, pressOf } from '../incoming/asking.ts';
import { openForm } from '../incoming/forms.ts';
import { type blockActions, readMetadata } from '../incoming/payloads.ts';
import { actionOf } from '../outgoing/blocks.ts';
import type { Spot } from '../outgoing/reply.ts';
import { failed } from '../words.ts';
import { filledForm, type OpenForm } from './drafts.ts';
import { draftActions, inputOf, message } from './modal.ts';
import { readValues } from './values.ts';
import { formView, putIntoWindow, type Window, windowView } from './windows.ts';

type BlockActions = z.infer<typeof blockActions>;
type View = NonNullable<BlockActions['view']>;

/**
 * What is done in a modal besides sending it: something was typed or chosen (noted for the draft), the draft of the form is taken up or
 * thrown away, a button of a card was pressed. The answer takes the place of what the window shows.
 */
export async function takeInWindow(context: SlackContext, given: BlockActions, view: View, ack: Ack): Promise<void> {
  const [pressed] = given.actions;
  const user = given.user.id;
  const open = openForm(user, view);
  if (!pressed) return ack();
  if (inputOf(pressed.block_id)) {
    if (open) context.drafts.note(open, pressed.action_ts, view.state?.values ?? {});
    return ack();
  }
  const spot: Spot = { user, place: { kind: 'private' }, card: cardOf(view) };
  let window: Window = { id: view.id, ...(view.hash ? { hash: view.hash } : {}) };
  let waiting: Promise<Window | undefined> | undefined;
  let answered = false;
  await context.turns.take<AckBody>({
    kind: 'window',
    ack,
    async afterLate() {
      if (answered) return;
      const words = context.people.words(user);
      waiting = putIntoWindow(context, window, message(words.workingTitle, [words.working], words));
      await waiting;
    },
    async run(turn) {
      const what = whatOf(open, pressed);
      if (what === undefined) {
        await turn.ack();
        await context.replies.say(spot, context.people.words(user).unknownAction);
        return;
      }
      if (open && pressed.action_id === draftActions.drop) await context.drafts.forget(open);
      const answer = await ask(context, user, spot, actionDelivery(given, pressed), what);
      answered = true;
      await turn.ack();
      window = (await waiting) ?? window;
      const shown = open
        ? await formAnew(context, spot, answer, open, view, pressed.action_id === draftActions.use)
        : await windowView(context, spot, answer);
      if (shown && (await putIntoWindow(context, window, shown))) return;
      // The person has closed the window, or pressed again: of a card's button the outcome is told all the same.
      if (!open) await context.replies.show({ ...spot, card: undefined }, answer, true);
    },
    async fail(reference, turn) {
      answered = true;
      await turn.ack();
      window = (await waiting) ?? window;
      const words = context.people.words(user);
      const sorry = failed(words, reference);
      if (await putIntoWindow(context, window, message(words.close, [sorry], words))) return;
      await context.replies.say({ ...spot, card: undefined }, sorry);
    },
  });
}

function whatOf(open: OpenForm | undefined, pressed: BlockActions['actions'][number]): What | undefined {
  if (open) {
    const aboutDraft = pressed.action_id === draftActions.use || pressed.action_id === draftActions.drop;
    // A form is named like the press that opens it.
    return aboutDraft ? pressOf(open.form, open.ref) : undefined;
  }
  const action = actionOf(pressed.action_id);
  return action === undefined ? undefined : pressOf(action, pressed.value);
}

/** The form once more without the offer of its draft: with what stands in it now, and over that the draft where it was taken up. */
async function formAnew(context: SlackContext, spot: Spot, answer: Answer, open: OpenForm, view: View, use: boolean) {
  if (!answer.form) return windowView(context, spot, answer);
  const now = readValues(view.state?.values ?? {}, context.people.words(open.user)).values;
  const draft = use ? await context.drafts.read(open.user, open.form, open.ref) : {};
  const who = await context.people.who(open.user);
  const form = await filledForm(answer.form, { ...now, ...draft }, async (source, value) =>
    (await context.bot.suggest(who, source, value, 1)).find((one) => one.value === value),
  );
  return formView(context, spot, form, { anew: true });
}

function cardOf(view: View): Spot['card'] {
  const { c, t } = readMetadata(view.private_metadata);
  return c && t ? { channel: c, ts: t, ephemeral: false } : undefined;
}
