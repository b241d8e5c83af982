import type { types } from '@slack/bolt';
import type { Answer } from '../../../bot/interaction.ts';
import { plainText } from '../../../bot/view.ts';
import type { SlackContext } from '../context.ts';
import { plain } from '../outgoing/blocks.ts';
import type { Spot } from '../outgoing/reply.ts';
import { cut } from '../outgoing/text.ts';
import type { OpenForm } from '../windows/drafts.ts';
import { formOf, inputOf, message, modal, modalLimits, option, sourceOf } from '../windows/modal.ts';
import { readValues, type StateValues } from '../windows/values.ts';
import { putIntoWindow } from '../windows/windows.ts';
import { failed, type Words, wordsFor } from '../words.ts';
import { type Ack, type AckBody, ask, refuse } from './asking.ts';
import { blockSuggestion, formMetadata, readMetadata, viewClosed, viewSubmission } from './payloads.ts';

/** A submitted form: errors go to the very field; what came out of it goes to the private chat, or onto the card it was opened from. */
export async function takeSubmission(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const parsed = viewSubmission.safeParse(body);
  const form = parsed.success ? formOf(parsed.data.view.callback_id) : undefined;
  if (!parsed.success || form === undefined) return refuse(context, 'submission', ack, body);
  const { view } = parsed.data;
  const user = parsed.data.user.id;
  const words = () => context.people.words(user);
  const metadata = readMetadata(view.private_metadata);
  const card = metadata.c && metadata.t ? { channel: metadata.c, ts: metadata.t, ephemeral: false } : undefined;
  const say = (title: string, lines: string[]) => ({ response_action: 'update', view: message(title, lines, words()) });
  await context.turns.take<AckBody>({
    kind: 'submission',
    ack,
    whenLate: () => say(words().workingTitle, [words().working]),
    async run(turn) {
      const { values, errors } = readValues(view.state.values, words());
      if (Object.keys(errors).length > 0) {
        await turn.ack({ response_action: 'errors', errors });
        return;
      }
      const answer = await ask(
        context,
        user,
        { place: { kind: 'private' } },
        { kind: 'submission', user, viewId: view.id, viewHash: view.hash, values: view.state.values },
        { kind: 'submit', form, ...(metadata.r === undefined ? {} : { ref: metadata.r }), values },
      );
      const next = afterSubmission(words(), answer, view.state.values, card, turn.late());
      if (!(await turn.ack(next.ack)) && next.view) await putIntoWindow(context, { id: view.id }, next.view);
      if (next.refused) return;
      await context.drafts.forget({ user, view: view.id, form, ref: metadata.r });
      const place = card ? await context.chats.place(card.channel, user) : ({ kind: 'private' } as const);
      await context.replies.show(
        { user, place, card },
        {
          ...(answer.cards ? { cards: answer.cards } : {}),
          ...(answer.replace ? { replace: true } : {}),
          ...(answer.key ? { key: answer.key } : {}),
        },
      );
    },
    async fail(reference, turn) {
      const shown = say(words().close, [failed(words(), reference)]);
      if (!(await turn.ack(shown))) await putIntoWindow(context, { id: view.id }, shown.view);
    },
  });
}

interface Next {
  /** The acknowledgement; absent, the form closes. */
  readonly ack?: AckBody;
  /** What takes the place of 'working…' where the acknowledgement came too late. */
  readonly view?: types.ModalView;
  readonly refused: boolean;
}

function afterSubmission(words: Words, answer: Answer, state: StateValues, card: Spot['card'], late: boolean): Next {
  const wrong = Object.entries(answer.errors ?? {});
  if (wrong.length > 0) {
    const errors: Record<string, string> = {};
    const general: string[] = [];
    for (const [name, text] of wrong) {
      const block = Object.keys(state).find((id) => inputOf(id)?.name === name);
      const label = answer.form?.fields.find((field) => field.name === name)?.label;
      if (block && !late) errors[block] = cut(text, 1000);
      else general.push(label ? `${label}: ${text}` : text);
    }
    if (general.length === 0) return { ack: { response_action: 'errors', errors }, refused: true };
    if (answer.form) {
      const fields = answer.form.fields;
      const named = Object.entries(errors).map(([block, text]) => {
        const name = inputOf(block)?.name;
        return `${fields.find((field) => field.name === name)?.label ?? name}: ${text}`;
      });
      const view = modal(answer.form, formMetadata(answer.form, card), words, {
        banner: [...general, ...named].join('\n'),
      });
      return { ack: { response_action: 'update', view }, view, refused: true };
    }
    const [any = ''] = Object.keys(state);
    if (any && !late)
      return { ack: { response_action: 'errors', errors: { [any]: general.join('\n'), ...errors } }, refused: true };
    const view = message(words.close, general, words);
    return { ack: { response_action: 'update', view }, view, refused: true };
  }
  if (answer.form) {
    const view = modal(answer.form, formMetadata(answer.form, card), words);
    return { ack: { response_action: 'update', view }, view, refused: false };
  }
  const [first] = answer.cards ?? [];
  const own = first ? wordsFor(first, words) : words;
  return { view: message(own.close, [...(first ? [plainText(first)] : []), own.done], own), refused: false };
}

/** A typeahead's options: at most 100, with a heading that says so where there are more, and none where the bot takes too long. */
export async function takeSuggestion(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const parsed = blockSuggestion.safeParse(body);
  const source = parsed.success ? sourceOf(parsed.data.action_id) : undefined;
  if (!parsed.success || !source) return ack({ options: [] });
  const { user, value } = parsed.data;
  await context.turns.take<AckBody>({
    kind: 'suggestion',
    ack,
    whenLate: () => ({ options: [] }),
    async run(turn) {
      const who = await context.people.who(user.id);
      const most = modalLimits.options;
      const found = await context.bot.suggest(who, source, value.trim(), most + 1);
      const options = found.slice(0, most).map(option);
      const label = context.people.words(user.id).narrow.replace('{{count}}', String(most));
      // Slack takes options or groups of them, and shows nothing else there.
      await turn.ack(found.length > most ? { option_groups: [{ label: plain(label), options }] } : { options });
    },
    fail: async (_, turn) => void (await turn.ack({ options: [] })),
  });
}

/** A form was closed without being sent: what it may keep is kept for a while, and offered when it is opened again. */
export async function takeClosed(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const parsed = viewClosed.safeParse(body);
  if (!parsed.success) return refuse(context, 'closed', ack, body);
  const open = openForm(parsed.data.user.id, parsed.data.view);
  await ack();
  if (open) await context.drafts.close(open);
}

/** Which form of ours stands in a view; undefined for a view that is no form. */
export function openForm(
  user: string,
  view: { readonly id: string; readonly callback_id: string; readonly private_metadata: string },
): OpenForm | undefined {
  const form = formOf(view.callback_id);
  return form === undefined ? undefined : { user, view: view.id, form, ref: readMetadata(view.private_metadata).r };
}
