import { randomUUID } from 'node:crypto';
import type { types } from '@slack/bolt';

import type { Answer, Bot, What } from '../../bot/interaction.ts';
import { plainText } from '../../bot/view.ts';
import { actionOf, cardMessages, homeView, isLink } from './blocks.ts';
import type { SlackContext } from './context.ts';
import { errorCode } from './errors.ts';
import { type Delivery, deliveryKey } from './keys.ts';
import { formOf, inputOf, message, modal, option, sourceOf } from './modal.ts';
import { blockActions, blockSuggestion, command, readMetadata, shortcut, viewSubmission } from './payloads.ts';
import { formMetadata, type Spot, sentenceMessage } from './reply.ts';
import { cut, typed } from './text.ts';
import { readValues, type StateValues } from './values.ts';

/** An acknowledgement's body, as Slack reads it in the HTTP answer: a message for a command, a `response_action` for a submission. */
export type AckBody = object;
type Ack = (body?: AckBody) => Promise<void>;

/** The commands that this adapter answers, and whether each is the helpdesk's own. */
const commands: Readonly<Record<string, { readonly desk: boolean }>> = {
  '/cpms': { desk: false },
  '/cpms-desk': { desk: true },
};

/** A slash command. In the private chat with the bot the answer stays; anywhere else only the one who typed it sees it. */
export async function takeCommand(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const { words, turns } = context;
  const parsed = command.safeParse(body);
  if (!parsed.success) return refuse(context, 'command', ack);
  const given = parsed.data;
  const known = commands[given.command];
  if (!known) return ack({ response_type: 'ephemeral', ...sentenceMessage(words.unknownCommand) });
  let spot: Spot = {
    user: given.user_id,
    place: { kind: 'shared' },
    trigger: given.trigger_id,
    responseUrl: given.response_url ?? undefined,
  };
  await turns.take<AckBody>({
    kind: 'command',
    ack,
    whenLate: () => ({ response_type: 'ephemeral', ...sentenceMessage(words.working) }),
    async run(turn) {
      spot = { ...spot, place: await context.chats.place(given.channel_id, given.user_id) };
      const delivery: Delivery = { kind: 'command', user: given.user_id, triggerId: given.trigger_id };
      const answer = await ask(context, given.user_id, spot, delivery, {
        kind: 'command',
        text: typed(given.text),
        desk: known.desk,
      });
      // A single message goes back in the acknowledgement itself, which is the fastest way there is.
      const [only, ...more] = (answer.cards ?? []).flatMap((card) => cardMessages(card, words));
      const response_type = spot.place.kind === 'private' ? 'in_channel' : 'ephemeral';
      const here = only && more.length === 0 && !answer.form && !spot.place.external;
      if (here && (await turn.ack({ response_type, ...only }))) return;
      const hint =
        spot.place.external && only ? { response_type, ...sentenceMessage(words.answeredInPrivate) } : undefined;
      if (!turn.late()) await turn.ack(hint);
      await context.replies.show(spot, answer, turn.late());
    },
    async fail(reference, turn) {
      const sorry = words.failed(reference);
      if (await turn.ack({ response_type: 'ephemeral', ...sentenceMessage(sorry) })) return;
      await context.replies.say(spot, sorry);
    },
  });
}

/** A press on a button. A link's press needs nothing; an id that is not ours (an old card's) is told so. */
export async function takeAction(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const parsed = blockActions.safeParse(body);
  if (!parsed.success) return refuse(context, 'action', ack);
  const given = parsed.data;
  const pressed = given.actions[0];
  if (!pressed || isLink(pressed.action_id)) return ack();
  const { container } = given;
  const user = given.user.id;
  const channel = container.channel_id ?? given.channel?.id ?? undefined;
  const home = channel === undefined;
  let spot: Spot = {
    user,
    place: { kind: home ? 'private' : 'shared' },
    trigger: given.trigger_id ?? undefined,
    responseUrl: given.response_url ?? undefined,
    card:
      channel && container.message_ts
        ? { channel, ts: container.message_ts, ephemeral: container.is_ephemeral ?? false }
        : undefined,
  };
  const action = actionOf(pressed.action_id);
  await context.turns.take<AckBody>({
    kind: 'action',
    ack,
    afterLate: () => context.replies.say({ ...spot, card: undefined }, context.words.working),
    async run(turn) {
      if (channel) spot = { ...spot, place: await context.chats.place(channel, user) };
      if (action === undefined) {
        await turn.ack();
        await context.replies.say(spot, context.words.unknownAction);
        return;
      }
      const answer = await ask(
        context,
        user,
        spot,
        {
          kind: 'action',
          user,
          container: container.message_ts ?? container.view_id ?? '',
          blockId: pressed.block_id,
          actionId: pressed.action_id,
          actionTs: pressed.action_ts,
        },
        { kind: 'press', action, ...(pressed.value === undefined ? {} : { ref: pressed.value }) },
      );
      await turn.ack();
      await context.replies.show(spot, answer, turn.late());
      if (home) await publishHome(context, user);
    },
    async fail(reference, turn) {
      await turn.ack();
      await context.replies.say(spot, context.words.failed(reference));
    },
  });
}

/** A submitted form: errors go to the very field; what came out of it goes to the private chat, or onto the card it was opened from. */
export async function takeSubmission(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const { words } = context;
  const parsed = viewSubmission.safeParse(body);
  const form = parsed.success ? formOf(parsed.data.view.callback_id) : undefined;
  if (!parsed.success || form === undefined) return refuse(context, 'submission', ack);
  const { view } = parsed.data;
  const user = parsed.data.user.id;
  const metadata = readMetadata(view.private_metadata);
  const card = metadata.c && metadata.t ? { channel: metadata.c, ts: metadata.t, ephemeral: false } : undefined;
  const say = (title: string, lines: string[]) => ({ response_action: 'update', view: message(title, lines, words) });
  await context.turns.take<AckBody>({
    kind: 'submission',
    ack,
    whenLate: () => say(words.workingTitle, [words.working]),
    async run(turn) {
      const { values, errors } = readValues(view.state.values, words);
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
      const next = afterSubmission(context, answer, view.state.values, card, turn.late());
      if (!(await turn.ack(next.ack)) && next.view) await showLate(context, view.id, next.view);
      if (next.refused) return;
      const place = card ? await context.chats.place(card.channel, user) : ({ kind: 'private' } as const);
      await context.replies.show(
        { user, place, card },
        { ...(answer.cards ? { cards: answer.cards } : {}), ...(answer.replace ? { replace: true } : {}) },
      );
    },
    async fail(reference, turn) {
      const sorry = words.failed(reference);
      const shown = say(words.close, [sorry]);
      if (!(await turn.ack(shown))) await showLate(context, view.id, shown.view);
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

function afterSubmission(
  { words }: SlackContext,
  answer: Answer,
  state: StateValues,
  card: Spot['card'],
  late: boolean,
): Next {
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
      const view = modal(answer.form, formMetadata(answer.form, card), words, [...general, ...named].join('\n'));
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
  return { view: message(words.close, [...(first ? [plainText(first)] : []), words.done], words), refused: false };
}

/** Puts the outcome into the window that says 'working…'; the person may have closed it. */
async function showLate({ slack, log }: SlackContext, viewId: string, view: types.ModalView): Promise<void> {
  try {
    await slack.views.update({ view_id: viewId, view });
  } catch (error) {
    log.info({ code: errorCode(error) }, 'slack: a form was closed before its answer');
  }
}

/** A typeahead's options: at most 100, and none where the bot takes too long. */
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
      const found = await context.bot.suggest(who, source, value.trim(), 100);
      await turn.ack({ options: found.slice(0, 100).map(option) });
    },
    fail: async (_, turn) => void (await turn.ack({ options: [] })),
  });
}

/** A shortcut whose callback id is `cmd:<command>` is that command, answered in private; any other is only acknowledged. */
export async function takeShortcut(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const parsed = shortcut.safeParse(body);
  const text = parsed.success && /^cmd:(.+)$/.exec(parsed.data.callback_id)?.[1];
  if (!parsed.success || !text) return ack();
  const { user, trigger_id } = parsed.data;
  const spot: Spot = { user: user.id, place: { kind: 'private' }, trigger: trigger_id };
  await context.turns.take<AckBody>({
    kind: 'shortcut',
    ack,
    async run(turn) {
      const delivery: Delivery = { kind: 'shortcut', user: user.id, triggerId: trigger_id };
      const answer = await ask(context, user.id, spot, delivery, { kind: 'command', text, desk: false });
      await turn.ack();
      await context.replies.show(spot, answer, turn.late());
    },
    fail: (reference) => context.replies.say(spot, context.words.failed(reference)),
  });
}

/** Shows the person's App Home as the bot has it now. */
export async function publishHome(context: SlackContext, user: string): Promise<void> {
  const card = await context.bot.home(await context.people.who(user));
  await context.slack.views.publish({ user_id: user, view: homeView(card, context.words) });
}

/** Hands one interaction to the bot. */
export async function ask(
  context: SlackContext,
  user: string,
  spot: Pick<Spot, 'place'>,
  delivery: Delivery,
  what: What,
): ReturnType<Bot['handle']> {
  const who = await context.people.who(user);
  const key = deliveryKey(who.identity.tenant, delivery, context.secret);
  return context.bot.handle({ key, who, where: spot.place, what });
}

/** A verified payload that has not the form it should have: acknowledged, logged by kind, and nothing done. */
async function refuse({ log }: SlackContext, kind: string, ack: Ack): Promise<void> {
  log.warn({ kind, reference: randomUUID().slice(0, 8) }, 'slack: a payload was not understood');
  await ack();
}
