import { seemsIdentifying } from '../../../bot/guard.ts';
import type { Answer } from '../../../bot/interaction.ts';
import type { SlackContext } from '../context.ts';
import type { Spot } from '../outgoing/reply.ts';
import { cut, typed } from '../outgoing/text.ts';
import { working, workingAfter } from '../windows/working.ts';
import { failed, type Words } from '../words.ts';
import { type Ack, type AckBody, ask, refuse } from './asking.ts';
import type { Delivery } from './keys.ts';
import { shortcut } from './payloads.ts';
import { shortcuts } from './shortcut-table.ts';

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
  const slow = working(context, given.trigger_id, user);
  await context.turns.take<AckBody>({
    kind: 'shortcut',
    ack,
    slowAfter: workingAfter,
    async afterLate() {
      if (!(await slow.begin())) await context.replies.hint(spot, context.people.words(user).working);
    },
    async run(turn) {
      const delivery: Delivery = { kind: 'shortcut', user, triggerId: given.trigger_id };
      const answer = await ask(context, user, spot, delivery, { kind: 'press', ...chosen.press });
      await turn.ack();
      const words = context.people.words(user);
      const shown = given.type === 'message_action' ? about(answer, given.message?.text ?? '', words) : answer;
      if (!(await slow.end(spot, shown))) await context.replies.show(spot, shown, true);
    },
    async fail(reference, turn) {
      await turn.ack();
      const sorry = failed(context.people.words(user), reference);
      if (!(await slow.fail(sorry))) await context.replies.say(spot, sorry);
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
