import type { Received, TeamsWorld } from './driver.ts';
import { type Given, inputData } from './fill.ts';
import { droppedFile, uninstalled } from './fixtures.ts';
import { serviceUrl } from './microsoft.ts';
import { elements, type Json, type Message, wordsOf } from './screen.ts';

/** Where something is said or pressed: the chat with the bot, or a channel's conversation id. */
export interface At {
  readonly where?: string;
}

/** One person in front of Teams, acting on what the app really sent: a press takes the verb and data out of the card on the screen. */
export interface TeamsPerson {
  readonly name: string;
  /** The object id in Entra: the `user` of the identity that the bot sees. */
  readonly id: string;
  /** The id of the one-to-one chat with the bot. */
  readonly chat: string;
  /** Writes to the bot; in a channel with a mention. */
  says(text: string, at?: At): Promise<Received>;
  /** Drops a file into the chat with the bot. */
  dropsFile(text?: string): Promise<Received>;
  /** Adds the app, or removes it: everything that Teams sends then. */
  installs(): Promise<readonly Received[]>;
  removes(): Promise<readonly Received[]>;
  /** Presses the newest visible button with this label; a question that it asks is answered with yes. Throws where there is none. */
  presses(label: string | RegExp, at?: At): Promise<Received>;
  /** Types into the newest form, by field name. Throws for unknown fields. */
  fills(values: Readonly<Record<string, Given>>, at?: At): Promise<void>;
  /** Submits the newest form. Throws, as Teams stops it, where a field that must be filled is empty. */
  submits(at?: At): Promise<Received>;
  /** What a search field of the newest form offers for these words. */
  searches(field: string, words: string): Promise<readonly Json[]>;
  /** The address behind the newest link button with this label. */
  link(label: string | RegExp): string;
  /** The labels of all visible buttons, oldest first. */
  buttons(at?: At): readonly string[];
  /** All words on the screen, oldest first. */
  sees(at?: At): string;
  /** The words of the newest message. */
  last(at?: At): string;
  /** The short message that Teams shows for the last press, if there was one. */
  readonly toast: string | undefined;
  /** The messages of a chat as this person sees them, oldest first. */
  messages(at?: At): readonly Message[];
  /** An activity of this person as Teams would send it, without sending it. */
  activity(more: Json, at?: At): Json;
}

let sequence = 0;

/** Puts a person in front of a world. */
export function teamsPerson(world: TeamsWorld, name: string, id: string): TeamsPerson {
  const { screen, microsoft } = world;
  const user = `29:1${id}`;
  const bot = `28:${microsoft.appId}`;
  const chat = screen.chat(user);
  let typed: Record<string, Given> = {};
  let toast: string | undefined;

  const activity = (more: Json, { where = chat }: At = {}): Json => ({
    type: 'message',
    id: `f:${(sequence += 1)}-${id}`,
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: user, name, aadObjectId: id },
    recipient: { id: bot, name: 'CPMS' },
    conversation: {
      id: where,
      conversationType: where === chat ? 'personal' : 'channel',
      tenantId: microsoft.tenantId,
      ...(where === chat ? {} : { isGroup: true }),
    },
    channelData: { tenant: { id: microsoft.tenantId } },
    locale: 'en-GB',
    localTimezone: 'Europe/Amsterdam',
    entities: [],
    ...more,
  });

  const messages = ({ where = chat }: At = {}): readonly Message[] =>
    screen.messages
      .filter(({ conversation }) => conversation === where)
      .map((message) => ({ ...message, ...(message.only[id] ? { card: message.only[id] } : {}) }));

  const actionsOf = ({ card }: Message): readonly Json[] =>
    elements(card).filter(({ type }) => String(type).startsWith('Action.'));

  const newest = (label: string | RegExp, types: readonly string[], at?: At) => {
    for (const message of messages(at).toReversed())
      for (const action of actionsOf(message).filter(({ type }) => types.includes(String(type))))
        if (matches(String(action['title']), label)) return { message, action };
    throw new Error(
      `${name} sees no button '${label}', but: ${messages(at).flatMap(actionsOf).map(titleOf).join(', ')}`,
    );
  };

  const form = (at?: At): { readonly message: Message; readonly inputs: readonly Json[] } => {
    for (const message of messages(at).toReversed()) {
      const inputs = elements(message.card).filter(({ type }) => String(type).startsWith('Input.'));
      if (inputs.length > 0) return { message, inputs };
    }
    throw new Error(`${name} sees no form, but: ${messages().at(-1)?.text ?? wordsOf(messages().at(-1)?.card)}`);
  };

  const search = async (message: Message, input: Json, words: string): Promise<readonly Json[]> => {
    const { dataset } = input['choices.data'] as { readonly dataset: string };
    const value = { kind: 'search', queryText: words, queryOptions: { skip: 0, top: 15 }, dataset };
    const found = await world.deliver(
      activity({ type: 'invoke', name: 'application/search', replyToId: message.id, value }),
    );
    if (!found.json) throw new Error(`the search was answered with ${found.status}`);
    return (found.json['value'] as { readonly results: readonly Json[] }).results;
  };

  const execute = async (message: Message, action: Json, inputs: Json, at?: At): Promise<Received> => {
    const data = { ...(action['data'] as Json), ...inputs };
    const value = { action: { type: 'Action.Execute', verb: action['verb'], data }, trigger: 'manual' };
    toast = undefined;
    const received = await world.deliver(
      activity({ type: 'invoke', name: 'adaptiveCard/action', replyToId: message.id, value }, at),
    );
    const body = received.json;
    if (body?.['type'] === 'application/vnd.microsoft.card.adaptive')
      screen.only(message.id, id, body['value'] as Json);
    else if (typeof body?.['value'] === 'string') toast = body['value'];
    return received;
  };

  return {
    name,
    id,
    chat,
    activity,
    messages,
    get toast() {
      return toast;
    },
    says(text, at) {
      if (at?.where === undefined || at.where === chat) return world.deliver(activity({ text, textFormat: 'plain' }));
      const mention = { type: 'mention', text: '<at>CPMS</at>', mentioned: { id: bot, name: 'CPMS' } };
      return world.deliver(activity({ text: `<at>CPMS</at>&nbsp;${text}\n`, entities: [mention] }, at));
    },
    dropsFile: (text = '') => world.deliver(activity({ text, attachments: droppedFile })),
    installs: () =>
      Promise.all([
        world.deliver(activity({ type: 'installationUpdate', action: 'add' })),
        world.deliver(activity({ type: 'conversationUpdate', membersAdded: [{ id: bot }] })),
      ]),
    removes: () => Promise.all(uninstalled(bot).map((event) => world.deliver(activity(event)))),
    presses(label, at) {
      const { message, action } = newest(label, ['Action.Execute', 'Action.ShowCard'], at);
      const [inner] = elements((action['card'] as Json | undefined)?.['actions']);
      return execute(message, inner ?? action, {}, at);
    },
    async fills(values, at) {
      const known = form(at).inputs.map(({ id: input }) => String(input).slice(2));
      const strange = Object.keys(values).filter((field) => !known.includes(field));
      if (strange.length > 0) throw new Error(`no such field: ${strange.join(', ')}; there are ${known.join(', ')}`);
      typed = { ...typed, ...values };
    },
    async submits(at) {
      const { message, inputs } = form(at);
      const data = await inputData(inputs, typed, (input, words) => search(message, input, words));
      const action = actionsOf(message).find(
        ({ type, associatedInputs }) => type === 'Action.Execute' && associatedInputs === 'auto',
      );
      if (!action) throw new Error('the form has no button to submit it with');
      typed = {};
      return execute(message, action, data, at);
    },
    searches(field, words) {
      const { message, inputs } = form();
      const input = inputs.find(({ id: own }) => String(own).slice(2) === field);
      if (!input) throw new Error(`no such field: ${field}`);
      return search(message, input, words);
    },
    link: (label) => String(newest(label, ['Action.OpenUrl']).action['url']),
    buttons: (at) => messages(at).flatMap(actionsOf).map(titleOf),
    sees: (at) =>
      messages(at)
        .map(({ card, text }) => wordsOf(card, text))
        .join('\n\n'),
    last(at) {
      const message = messages(at).at(-1);
      return message ? wordsOf(message.card, message.text) : '';
    },
  };
}

function titleOf(action: Json): string {
  return String(action['title']);
}

function matches(title: string, label: string | RegExp): boolean {
  return typeof label === 'string' ? title === label : label.test(title);
}
