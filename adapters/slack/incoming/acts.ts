import type { SlackContext } from '../context.ts';
import { actionOf, cardMessages, isLink } from '../outgoing/blocks.ts';
import { type Spot, sentenceMessage } from '../outgoing/reply.ts';
import { typed } from '../outgoing/text.ts';
import { takeInWindow } from '../windows/in-window.ts';
import { isOpen, openWindow, windowView } from '../windows/windows.ts';
import { type Working, working, workingAfter } from '../windows/working.ts';
import { failed } from '../words.ts';
import { type Ack, type AckBody, type Answered, actionDelivery, ask, pressOf, publishHome, refuse } from './asking.ts';
import type { Delivery } from './keys.ts';
import { blockActions, command } from './payloads.ts';

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
  const slow = working(context, given.trigger_id, given.user_id);
  await context.turns.take<AckBody>({
    kind: 'command',
    ack,
    slowAfter: workingAfter,
    async afterLate() {
      if (!(await slow.begin())) await context.replies.hint(spot, words().working);
    },
    async run(turn) {
      spot = { ...spot, place: await context.chats.place(given.channel_id, given.user_id) };
      const delivery: Delivery = { kind: 'command', user: given.user_id, triggerId: given.trigger_id };
      const answer = await ask(context, given.user_id, spot, delivery, {
        kind: 'command',
        text: typed(given.text),
        desk: known.desk,
      });
      if (turn.late()) return showSlow(context, slow, spot, answer);
      // A single message goes back in the acknowledgement itself, which is the fastest way there is.
      const [only, ...more] = (answer.cards ?? []).flatMap((card) => cardMessages(card, words()));
      const response_type = spot.place.kind === 'private' ? 'in_channel' : 'ephemeral';
      const here = only && more.length === 0 && !answer.form && !spot.place.external;
      if (here && (await turn.ack({ response_type, ...only }))) return;
      const hint =
        spot.place.external && only ? { response_type, ...sentenceMessage(words().answeredInPrivate) } : undefined;
      if (await turn.ack(hint)) return context.replies.show(spot, answer);
      await showSlow(context, slow, spot, answer);
    },
    async fail(reference, turn) {
      const sorry = failed(words(), reference);
      if (await turn.ack({ response_type: 'ephemeral', ...sentenceMessage(sorry) })) return;
      if (!(await slow.fail(sorry))) await context.replies.say(spot, sorry);
    },
  });
}

/** A slow answer comes in its window; cards stand in the chat as well, for a window is gone when it is closed. */
async function showSlow(context: SlackContext, slow: Working, spot: Spot, answer: Answered): Promise<void> {
  const seen = await slow.end(spot, answer);
  if (seen && (answer.form || spot.place.external)) return;
  await context.replies.show(spot, answer, true);
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
  const slow = working(context, spot.trigger, user);
  await context.turns.take<AckBody>({
    kind: 'action',
    ack,
    slowAfter: workingAfter,
    async afterLate() {
      if (!(await slow.begin()))
        await context.replies.hint({ ...spot, card: undefined }, context.people.words(user).working);
    },
    async run(turn) {
      if (channel) spot = { ...spot, place: await context.chats.place(channel, user) };
      if (action === undefined) {
        await turn.ack();
        await context.replies.say(spot, context.people.words(user).unknownAction);
        return;
      }
      const answer = await ask(context, user, spot, actionDelivery(given, pressed), pressOf(action, pressed.value));
      const late = !(await turn.ack());
      if (!home) return late ? showSlow(context, slow, spot, answer) : context.replies.show(spot, answer);
      const shown = late ? await slow.end(spot, answer) : await overHome(context, spot, answer);
      if (!shown) await context.replies.show(spot, answer, late);
      await publishHome(context, user, answer.home);
    },
    async fail(reference, turn) {
      await turn.ack();
      const sorry = failed(context.people.words(user), reference);
      if (!(await slow.fail(sorry))) await context.replies.say(spot, sorry);
    },
  });
}

/** Shows cards in a window over App Home, where the person is: the private chat is another tab. False where there are none, or no window is known to have opened. */
async function overHome(context: SlackContext, spot: Spot, answer: Answered): Promise<boolean> {
  if (answer.form || !answer.cards || !spot.trigger) return false;
  const view = await windowView(context, spot, answer);
  return view !== undefined && isOpen(await openWindow(context, spot.trigger, view));
}
