import { fieldOf, fieldState, inputsOf, stateOf } from './fill.ts';
import { appMention, directMessage, fileShared, homeOpened, reactionAdded, threadMessage } from './fixtures/events.ts';
import {
  blockSuggestion,
  globalShortcut,
  messageShortcut,
  pressedInView,
  pressedOnMessage,
  type Sender,
  slashCommand,
  typedInView,
  viewClosed,
  viewOutput,
  viewSubmission,
} from './fixtures/interactions.ts';
import { suggestionProblems } from './limits.ts';
import { asBlocks, asText, type Json, type Modal, type ReplyTo, type Shown } from './screen.ts';
import type { Received } from './wire.ts';
import type { SlackWorld } from './world.ts';

/** Where something is typed or pressed: 'dm' (the chat with the bot), 'home' (the App Home), or a channel's id. */
export type Where = string;

/** What is given to a form's field: text, the values or labels of options, words to search for, true to tick. */
export type Given = string | readonly string[] | boolean;

/** One person in front of Slack, acting on what the app really sent: a press takes the id and value out of the blocks on the screen. */
export interface SlackPerson {
  readonly id: string;
  readonly name: string;
  /** The channel of the private chat with the bot. */
  im(): Promise<string>;
  /** Types a slash command: `command('register')`, `command('queue', { desk: true, where: world.deskChannel })`. */
  command(
    text: string,
    options?: { readonly desk?: boolean; readonly name?: string; readonly where?: Where },
  ): Promise<Received>;
  /** Writes to the bot. */
  dm(text: string, more?: Json): Promise<Received>;
  /** Drops a file into the chat with the bot. */
  dropFile(file?: string): Promise<Received>;
  /** Mentions the bot in a channel, or in a thread of it; `outside` where that is shared with another organisation. */
  mention(
    text: string,
    channel: string,
    more?: { readonly thread?: string; readonly outside?: boolean },
  ): Promise<Received>;
  /** Chooses a global shortcut by its callback id. */
  shortcut(id: string): Promise<Received>;
  /** Chooses a shortcut in the menu of somebody's message. */
  messageShortcut(id: string, text: string, options?: { readonly where?: Where }): Promise<Received>;
  /** Writes into the thread below a message of a private channel. */
  writeBelow(ts: string, text: string, channel: string, more?: Json): Promise<Received>;
  /** Sets an emoji on a message, by Slack's name for it. */
  react(emoji: string, ts: string, channel: string): Promise<Received>;
  openHome(tab?: 'home' | 'messages'): Promise<Received>;
  /** Presses the latest visible button with this label or action; in the open window with 'modal'. Throws where none is visible. */
  press(labelOrAction: string, options?: { readonly where?: Where }): Promise<Received>;
  /** Presses a button that nobody sees, in the chat with the bot: what a stale or forged card would send. */
  forge(action: string, ref?: string): Promise<Received>;
  /** Sends a form that somebody else has before them, with what they filled in. */
  forgeSubmit(view: Json, values: Readonly<Record<string, Json>>): Promise<Received>;
  /** What stands in the open form, by block. */
  standing(): Readonly<Record<string, Json>>;
  /** What a typeahead of this source offers, in a window that nobody opened. */
  forgeSuggest(source: string, words: string): Promise<readonly Json[]>;
  /** The address behind a link button. */
  link(label: string): Promise<string>;
  /** Types into the open form, by field name. A search field is searched, and the first option taken. Throws for unknown fields. */
  fill(values: Readonly<Record<string, Given>>): Promise<void>;
  /** Submits the open form. Throws, as Slack stops it, where a field that must be filled is empty. */
  submit(): Promise<Received>;
  /** Closes the open form without sending it; where the app asked to be told, it is. */
  dismiss(): Promise<void>;
  /** The options that a search field of the open form offers for these words. */
  suggest(field: string, words: string): Promise<readonly Json[]>;
  /** The open form. */
  modal(): Modal | undefined;
  /** What the last submission left at the fields, by field name; empty where it was taken. */
  errors(): Readonly<Record<string, string>>;
  /** Messages that this person can see, oldest first. */
  messages(where?: Where): Promise<readonly Shown[]>;
  /** All words on the screen, oldest first, home included: what a test searches in. */
  seen(where?: Where): Promise<string>;
  /** The words of the newest visible message, or of the open form. */
  last(): Promise<string>;
}

/** Puts a person in front of a world. */
export function slackPerson(world: SlackWorld, id: string, name: string): SlackPerson {
  const { screen, proxy, teamId, appId } = world;
  let filled: Record<string, Json> = {};
  let errors: Record<string, string> = {};
  let channel: string | undefined;

  const by: Sender = { team: teamId, app: appId, user: id, name };
  const im = async (): Promise<string> => {
    channel ??= String(((await world.api('conversations.open', { users: id })).channel as Json).id);
    return channel;
  };
  const at = async (where: Where | undefined): Promise<string> =>
    where === undefined || where === 'dm' ? im() : where;
  const trigger = async (): Promise<string> => {
    const found = String((await world.api('views.generateTriggerId', { user_id: id })).trigger_id);
    proxy.trigger(found, id);
    return found;
  };
  const visible = async (where?: Where): Promise<readonly Shown[]> => {
    const own = await im();
    const places = where === undefined ? [own, world.deskChannel, world.general] : [await at(where)];
    return screen.messages.filter((one) => (one.only === undefined || one.only === id) && places.includes(one.channel));
  };
  const message = async (text: string, more: Json): Promise<Received> =>
    world.event({ ...directMessage({ channel: await im(), user: id, text, ts: stamp(), team: teamId }), ...more });
  const opened = (): Modal => {
    const modal = screen.modals.get(id);
    if (!modal)
      throw new Error(`${name} has no form open; on the screen: ${JSON.stringify(screen.messages.at(-1)?.text)}`);
    return modal;
  };

  /** The open window as its interactions carry it, with what stands in it. */
  const asSent = ({ id: view, hash, view: shown }: Modal, values: Readonly<Record<string, Json>>) =>
    viewOutput(by, shown, { id: view, hash, values: values as ReturnType<typeof viewOutput>['state']['values'] });
  const standing = (modal: Modal) => stateOf(modal.view, filled, true);

  const press = async (button: Json, blockId: string, on: Shown | Modal | 'home'): Promise<Received> => {
    const { action_id, value, text } = button;
    const pressed = {
      action_id: String(action_id),
      block_id: blockId,
      text: text as { type: 'plain_text'; text: string },
      action_ts: stamp(),
      ...(value === undefined ? {} : { value: asText(value) }),
    };
    if (on === 'home') {
      const view = viewOutput(
        by,
        { type: 'home', ...screen.homes.get(id) },
        { id: `V${id}`, hash: stamp(), values: {} },
      );
      return world.send('interaction', pressedInView(by, { button: pressed, view, trigger: await trigger() }));
    }
    if ('view' in on) {
      const view = asSent(on, standing(on));
      return world.send('interaction', pressedInView(by, { button: pressed, view, trigger: await trigger() }));
    }
    const to: ReplyTo = { user: id, channel: on.channel, ts: on.ts };
    const shown = { channel: on.channel, ts: on.ts, ephemeral: on.only !== undefined };
    return world.send(
      'interaction',
      pressedOnMessage(by, { button: pressed, on: shown, trigger: await trigger(), respond: proxy.responseUrl(to) }),
    );
  };

  return {
    id,
    name,
    im,
    async command(text, options = {}) {
      const where = await at(options.where);
      const to: ReplyTo = { user: id, channel: where };
      const command = options.name ?? (options.desk ? '/cpms-desk' : '/cpms');
      const received = await world.send(
        'command',
        slashCommand(by, { command, text, channel: where, trigger: await trigger(), respond: proxy.responseUrl(to) }),
      );
      if (received.body.blocks || received.body.text) screen.reply(to, received.body);
      return received;
    },
    dm: (text, more = {}) => message(text, more),
    dropFile: async (file = 'F00000001') =>
      world.event(fileShared({ channel: await im(), user: id, text: '', ts: stamp(), team: teamId }, file)),
    mention: (text, where, more = {}) =>
      world.event(
        appMention({ channel: where, user: id, text, ts: stamp(), team: teamId }, 'U0CPMSBOT1', more.thread),
        undefined,
        more.outside,
      ),
    openHome: async (tab = 'home') => world.event(homeOpened(await im(), id, stamp(), tab)),
    shortcut: async (callback) =>
      world.send('interaction', globalShortcut(by, { id: callback, trigger: await trigger(), at: stamp() })),
    async messageShortcut(callback, text, options = {}) {
      const where = options.where === 'dm' ? await im() : (options.where ?? world.general);
      const respond = proxy.responseUrl({ user: id, channel: where });
      const about = { channel: where, author: 'U0SOMEBODY', text };
      return world.send(
        'interaction',
        messageShortcut(by, { id: callback, trigger: await trigger(), at: stamp(), respond, ...about }),
      );
    },
    writeBelow: (thread, text, where, more = {}) =>
      world.event({
        ...threadMessage({ channel: where, user: id, text, ts: stamp(), team: teamId }, thread, 'U0CPMSBOT1'),
        ...more,
      }),
    react: (reaction, ts, where) =>
      world.event(reactionAdded(id, reaction, { channel: where, ts }, stamp(), 'U0CPMSBOT1')),
    async press(labelOrAction, options = {}) {
      if (options.where === 'home') {
        const found = findButton(asBlocks(screen.homes.get(id)?.blocks), labelOrAction);
        if (found) return press(found.button, found.blockId, 'home');
      } else if (options.where === 'modal') {
        const modal = opened();
        const found = findButton(asBlocks(modal.view.blocks), labelOrAction);
        if (found) return press(found.button, found.blockId, modal);
        throw new Error(`${name} sees no button '${labelOrAction}' in the window:\n${texts(modal.view).join('\n')}`);
      } else {
        for (const shown of [...(await visible(options.where))].reverse()) {
          const found = findButton(shown.blocks, labelOrAction);
          if (found) return press(found.button, found.blockId, shown);
        }
      }
      throw new Error(
        `${name} sees no button '${labelOrAction}'; on the screen:\n${words(await visible(options.where))}`,
      );
    },
    async forge(action, ref) {
      const button = {
        type: 'button',
        action_id: `act:${action}#0`,
        text: { type: 'plain_text', text: action },
        ...(ref === undefined ? {} : { value: ref }),
      };
      // On some message of the bot's that is there: what it showed in truth does not matter.
      const on = (await visible('dm')).findLast(({ only }) => only === undefined);
      if (!on) throw new Error(`the bot has not written to ${name} yet`);
      return press(button, 'forged', on);
    },
    async forgeSubmit(view, values) {
      const forged = asSent({ id: `V${id}`, hash: stamp(), user: id, view }, values);
      return world.send('interaction', viewSubmission(by, { view: forged, trigger: await trigger() }));
    },
    standing: () => stateOf(opened().view, filled),
    async forgeSuggest(source, value) {
      const view = viewOutput(by, { type: 'modal' }, { id: `V${id}`, hash: stamp(), values: {} });
      const asking = { block: `in:search:${source}`, action: `search:${source}`, words: value };
      const received = await world.send('interaction', blockSuggestion(by, { view, ...asking }));
      const problems = suggestionProblems(received.body);
      if (problems.length > 0) throw new Error(`options that Slack refuses: ${problems.join('; ')}`);
      return offeredIn(received.body);
    },
    async link(label) {
      for (const shown of [...(await visible())].reverse()) {
        const found = findButton(shown.blocks, label);
        if (typeof found?.button.url === 'string') return found.button.url;
      }
      throw new Error(`${name} sees no link '${label}'`);
    },
    async fill(values) {
      const { view } = opened();
      for (const [field, given] of Object.entries(values)) {
        const inputs = inputsOf(view, field);
        if (inputs.length === 0)
          throw new Error(`the form has no field ${field}; it has: ${Object.keys(stateOf(view, {}, true)).join(', ')}`);
        for (const input of inputs) {
          const searched = String((input.element as Json).type).includes('external_select');
          const wanted = typeof given === 'string' ? [given] : given;
          const options =
            searched && Array.isArray(wanted)
              ? await Promise.all((wanted as string[]).map(async (one) => (await this.suggest(field, one))[0]))
              : [];
          filled[String(input.block_id)] = fieldState(input, given, options);
          if (input.dispatch_action !== true) continue;
          const element = input.element as Json;
          const at = { block_id: String(input.block_id), action_id: String(element.action_id), action_ts: stamp() };
          const typed = { type: String(element.type), ...at, value: typeof given === 'string' ? given : '' };
          const shown = asSent(opened(), standing(opened()));
          await world.send('interaction', typedInView(by, { input: typed, view: shown, trigger: await trigger() }));
        }
      }
    },
    async submit() {
      const modal = opened();
      const state = stateOf(modal.view, filled);
      const view = asSent(modal, state);
      const received = await world.send('interaction', viewSubmission(by, { view, trigger: await trigger() }));
      errors = {};
      const { response_action, view: next } = received.body;
      if (response_action === 'errors') {
        for (const [block, text] of Object.entries(received.body.errors as Record<string, string>)) {
          if (!(block in state)) throw new Error(`an error for the unknown block ${block}`);
          errors[fieldOf(block)] = text;
        }
        return received;
      }
      filled = {};
      if (response_action === 'update') {
        screen.check('view', next as Json);
        screen.open({ id: modal.id, hash: stamp(), user: id, view: next as Json });
      } else if (received.status === 200) screen.close(id);
      return received;
    },
    async dismiss() {
      const modal = screen.modals.get(id);
      filled = {};
      errors = {};
      screen.close(id);
      if (modal?.view.notify_on_close === true)
        await world.send('interaction', viewClosed(by, { view: asSent(modal, {}), cleared: true }));
    },
    async suggest(field, value) {
      const input = inputsOf(opened().view, field)[0];
      if (!input) throw new Error(`the form has no field ${field}`);
      const element = input.element as Json;
      const asking = { block: String(input.block_id), action: String(element.action_id), words: value };
      const view = asSent(opened(), standing(opened()));
      const received = await world.send('interaction', blockSuggestion(by, { view, ...asking }));
      const problems = suggestionProblems(received.body);
      if (problems.length > 0) throw new Error(`options that Slack refuses: ${problems.join('; ')}`);
      return offeredIn(received.body);
    },
    modal: () => screen.modals.get(id),
    errors: () => errors,
    messages: visible,
    async seen(where) {
      if (where === 'home') return texts(screen.homes.get(id)).join('\n');
      return [words(await visible(where)), ...(where ? [] : [texts(screen.homes.get(id)).join('\n')])].join('\n');
    },
    async last() {
      const modal = screen.modals.get(id);
      return modal ? texts(modal.view).join('\n') : words((await visible()).slice(-1));
    },
  };
}

/** What a typeahead's answer offers, in groups or not. */
function offeredIn({ options, option_groups: groups }: Json): readonly Json[] {
  return [...asBlocks(options), ...asBlocks(groups).flatMap((group) => asBlocks(group.options))];
}

function findButton(
  blocks: readonly Json[],
  labelOrAction: string,
): { readonly button: Json; readonly blockId: string } | undefined {
  for (const [index, block] of blocks.entries()) {
    const beside = block.accessory === undefined ? [] : [block.accessory as Json];
    for (const button of [...beside, ...asBlocks(block.elements)]) {
      const label = (button.text as { text?: string } | undefined)?.text;
      const action = String(button.action_id).replace(/^act:/, '').replace(/#\d+$/, '');
      if (button.type === 'button' && (label === labelOrAction || action === labelOrAction)) {
        return { button, blockId: typeof block.block_id === 'string' ? block.block_id : `b${index}` };
      }
    }
  }
  return undefined;
}

function words(messages: readonly Shown[]): string {
  return messages.map((one) => (one.blocks.length > 0 ? texts(one.blocks).join('\n') : one.text)).join('\n\n');
}

/** Every string that a reader sees, in order, with mrkdwn's entities as the signs they stand for. */
function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === 'text' && typeof one === 'string' ? [shownText(one)] : texts(one),
  );
}

function shownText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

let ticks = 0;

/** A time stamp as Slack makes them, never twice the same. */
function stamp(): string {
  ticks += 1;
  return `${Math.floor(Date.now() / 1000)}.${String(ticks).padStart(6, '0')}`;
}
