import { seemsIdentifying } from '../../bot/guard.ts';
import type { Answer } from '../../bot/interaction.ts';
import { type Ack, type AckBody, ask, refuse } from './asking.ts';
import type { SlackContext } from './context.ts';
import type { Delivery } from './keys.ts';
import { message } from './modal.ts';
import { shortcut } from './payloads.ts';
import type { Spot } from './reply.ts';
import { shortcuts } from './shortcut-table.ts';
import { cut, typed } from './text.ts';
import { openWindow, putIntoWindow, type Window, windowView } from './windows.ts';
import { failed, type Words } from './words.ts';

/** A shortcut is answered in a window of its own, wherever it was chosen: nothing is written into the conversation. A slow answer has 'working…' there first. */
export async function takeShortcut(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const parsed = shortcut.safeParse(body);
  const chosen = parsed.success ? shortcuts.find(({ id }) => id === parsed.data.callback_id) : undefined;
  if (!parsed.success || !chosen) {
    return refuse(context, 'shortcut', ack, body);
  }
  const given = parsed.data;
  const user = given.user.id;
  const spot: Spot = { user, place: { kind: 'private' } };
  let waiting: Promise<Window | undefined> | undefined;
  let answered = false;
  await context.turns.take<AckBody>({
    kind: 'shortcut',
    ack,
    async afterLate() {
      if (answered) return;
      const words = context.people.words(user);
      waiting = openWindow(context, given.trigger_id, message(words.workingTitle, [words.working], words));
      await waiting;
    },
    async run(turn) {
      const delivery: Delivery = { kind: 'shortcut', user, triggerId: given.trigger_id };
      const answer = await ask(context, user, spot, delivery, { kind: 'press', ...chosen.press });
      answered = true;
      await turn.ack();
      const words = context.people.words(user);
      const shown = given.type === 'message_action' ? about(answer, given.message?.text ?? '', words) : answer;
      const view = await windowView(context, spot, shown);
      const window = await waiting;
      if (view && window && (await putIntoWindow(context, window, view))) return;
      if (view && !turn.late() && (await openWindow(context, given.trigger_id, view))) return;
      await context.replies.show(spot, shown, true);
    },
    async fail(reference, turn) {
      answered = true;
      await turn.ack();
      const words = context.people.words(user);
      const sorry = failed(words, reference);
      const window = await waiting;
      if (window && (await putIntoWindow(context, window, message(words.close, [sorry], words)))) return;
      await context.replies.say(spot, sorry);
    },
  });
}

/**
 * A message's words in the form's free text, for its reader to look at before they go anywhere; left out where they seem to name a
 * patient (rule 9).
 */
function about(answer: Answer, raw: string, words: Words): Answer {
  const { form } = answer;
  const text = typed(raw);
  if (!form || text === '') return answer;
  if (seemsIdentifying(text).length > 0) return { ...answer, form: { ...form, intro: words.guarded } };
  const fields = form.fields.map((field) =>
    field.kind === 'text' ? { ...field, value: cut(text, field.max ?? 2000) } : field,
  );
  return { ...answer, form: { ...form, intro: words.takenOver, fields } };
}
