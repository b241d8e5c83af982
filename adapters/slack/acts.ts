import { type Ack, type AckBody, type Answered, actionDelivery, ask, pressOf, publishHome, refuse } from './asking.ts';
import { actionOf, cardMessages, isLink } from './blocks.ts';
import type { SlackContext } from './context.ts';
import { takeInWindow } from './in-window.ts';
import type { Delivery } from './keys.ts';
import { blockActions, command } from './payloads.ts';
import { type Spot, sentenceMessage } from './reply.ts';
import { typed } from './text.ts';
import { openWindow, windowView } from './windows.ts';
import { failed } from './words.ts';

/** The commands that this adapter answers, and whether each is the helpdesk's own. */
const commands: Readonly<Record<string, { readonly desk: boolean }>> = {
  '/cpms': { desk: false },
  '/cpms-desk': { desk: true },
};

/** A slash command. In the private chat with the bot the answer stays; anywhere else only the one who typed it sees it. */
export async function takeCommand(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const parsed = command.safeParse(body);
  if (!parsed.success) return refuse(context, 'command', ack, body);
  const given = parsed.data;
  const words = () => context.people.words(given.user_id);
  const known = commands[given.command];
  if (!known) return ack({ response_type: 'ephemeral', ...sentenceMessage(words().unknownCommand) });
  let spot: Spot = {
    user: given.user_id,
    place: { kind: 'shared' },
    trigger: given.trigger_id,
    responseUrl: given.response_url ?? undefined,
  };
  await context.turns.take<AckBody>({
    kind: 'command',
    ack,
    whenLate: () => ({ response_type: 'ephemeral', ...sentenceMessage(words().working) }),
    async run(turn) {
      spot = { ...spot, place: await context.chats.place(given.channel_id, given.user_id) };
      const delivery: Delivery = { kind: 'command', user: given.user_id, triggerId: given.trigger_id };
      const answer = await ask(context, given.user_id, spot, delivery, {
        kind: 'command',
        text: typed(given.text),
        desk: known.desk,
      });
      // A single message goes back in the acknowledgement itself, which is the fastest way there is.
      const [only, ...more] = (answer.cards ?? []).flatMap((card) => cardMessages(card, words()));
      const response_type = spot.place.kind === 'private' ? 'in_channel' : 'ephemeral';
      const here = only && more.length === 0 && !answer.form && !spot.place.external;
      if (here && (await turn.ack({ response_type, ...only }))) return;
      const hint =
        spot.place.external && only ? { response_type, ...sentenceMessage(words().answeredInPrivate) } : undefined;
      if (!turn.late()) await turn.ack(hint);
      await context.replies.show(spot, answer, turn.late());
    },
    async fail(reference, turn) {
      const sorry = failed(words(), reference);
      if (await turn.ack({ response_type: 'ephemeral', ...sentenceMessage(sorry) })) return;
      await context.replies.say(spot, sorry);
    },
  });
}

/**
 * A press on a button of a message or of App Home; modals have their own. A link's press needs nothing; an id that is not ours (an old
 * card's) is told so.
 */
export async function takeAction(context: SlackContext, body: unknown, ack: Ack): Promise<void> {
  const parsed = blockActions.safeParse(body);
  if (!parsed.success) return refuse(context, 'action', ack, body);
  const given = parsed.data;
  const pressed = given.actions[0];
  if (!pressed || isLink(pressed.action_id)) return ack();
  if (given.view?.type === 'modal') return takeInWindow(context, given, given.view, ack);
  const { container } = given;
  const user = given.user.id;
  const channel = container.channel_id ?? given.channel?.id ?? undefined;
  const home = channel === undefined;
  let spot: Spot = {
    user,
    place: home ? { kind: 'private', home } : { kind: 'shared' },
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
    afterLate: () => context.replies.hint({ ...spot, card: undefined }, context.people.words(user).working),
    async run(turn) {
      if (channel) spot = { ...spot, place: await context.chats.place(channel, user) };
      if (action === undefined) {
        await turn.ack();
        await context.replies.say(spot, context.people.words(user).unknownAction);
        return;
      }
      const answer = await ask(context, user, spot, actionDelivery(given, pressed), pressOf(action, pressed.value));
      await turn.ack();
      if (!home) return context.replies.show(spot, answer, turn.late());
      if (!(await overHome(context, spot, answer, turn.late()))) await context.replies.show(spot, answer, turn.late());
      await publishHome(context, user, answer.home);
    },
    async fail(reference, turn) {
      await turn.ack();
      await context.replies.say(spot, failed(context.people.words(user), reference));
    },
  });
}

/** Shows cards in a window over App Home, where the person is: the private chat is another tab. False where there are none, or no window opens. */
async function overHome(context: SlackContext, spot: Spot, answer: Answered, late: boolean): Promise<boolean> {
  if (late || answer.form || !answer.cards || !spot.trigger) return false;
  const view = await windowView(context, spot, answer);
  return view !== undefined && (await openWindow(context, spot.trigger, view)) !== undefined;
}
