import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pino from 'pino';
import type { SlackConfig } from '../../adapters/slack/config.ts';
import { createSlack, type Slack } from '../../adapters/slack/slack.ts';
import type { Answer, Bot, Interaction, Who } from '../../bot/interaction.ts';
import type { Card, Form, Option } from '../../bot/view.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Identity } from '../../domain/people.ts';
import { memoryKept } from '../kept.ts';
import type { SlackWorld } from './world.ts';

/** A bot that says what a test told it to, and remembers what it was asked: the contract's double at the adapter's edge. */
export interface ScriptedBot extends Bot {
  readonly asked: Interaction[];
  readonly goneOnes: Identity[];
  /** Answers that Slack did not take. */
  readonly kept: { readonly to: Identity; readonly card: Card; readonly id: string }[];
  readonly suggested: { readonly source: string; readonly words: string }[];
  /** What the next interactions are answered with; a function may take its time or throw. */
  answer: (interaction: Interaction) => Promise<Answer> | Answer;
  options: readonly Option[];
  homeCard: Card;
}

export function scriptedBot(): ScriptedBot {
  const bot: ScriptedBot = {
    asked: [],
    goneOnes: [],
    kept: [],
    suggested: [],
    answer: () => ({}),
    options: [],
    homeCard: { title: 'Home', body: [] },
    async handle(interaction) {
      bot.asked.push(interaction);
      return bot.answer(interaction);
    },
    async suggest(_who: Who, source, words, limit) {
      bot.suggested.push({ source, words });
      const fits = (one: Option) => one.value === words || one.label.toLowerCase().includes(words.toLowerCase());
      return bot.options.filter(fits).slice(0, limit);
    },
    home: async () => bot.homeCard,
    async later(to, card, id) {
      bot.kept.push({ to, card, id });
    },
    handOver: async () => ({ refused: 'There is no such file.' }),
    async gone(identity) {
      bot.goneOnes.push(identity);
    },
    changed: async () => undefined,
  };
  return bot;
}

export interface RunningSlack extends Slack {
  readonly bot: ScriptedBot;
  readonly kept: Kept & { readonly rows: Map<string, string> };
  /** Every line that was logged. */
  readonly lines: string[];
  readonly url: string;
  stop(): Promise<void>;
}

/** What a test may want otherwise; `config` overwrites what the world would have. */
export interface SlackOptions {
  readonly ackWithin?: number;
  readonly timeout?: number;
  readonly port?: number;
  readonly config?: Partial<SlackConfig>;
  readonly kept?: RunningSlack['kept'];
  /** A real bot in the place of the scripted one, with its own memory. */
  readonly real?: { readonly bot: Bot; readonly kept: Kept };
}

/** The adapter on a server of its own, with a scripted bot, connected to a world. */
export async function runSlack(world: SlackWorld, more: SlackOptions = {}): Promise<RunningSlack> {
  const bot = scriptedBot();
  const kept = more.kept ?? memoryKept();
  const lines: string[] = [];
  const web = express();
  const server = createServer(web);
  await new Promise<void>((resolve) => server.listen(more.port ?? 0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stopServer = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  let slack: Slack;
  try {
    slack = createSlack({
      config: {
        signingSecret: world.signingSecret,
        botToken: world.botToken,
        appId: world.appId,
        apiUrl: world.apiUrl,
        deskChannel: world.deskChannel,
        ...more.config,
      },
      app: web,
      bot: more.real?.bot ?? bot,
      kept: more.real?.kept ?? kept,
      publicUrl,
      clock: { now: () => new Date().toISOString() },
      log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
      ...(more.ackWithin ? { ackWithin: more.ackWithin } : {}),
      ...(more.timeout ? { timeout: more.timeout } : {}),
    });
  } catch (error) {
    await stopServer();
    throw error;
  }
  const url = `${publicUrl}/slack/events`;
  world.connect(url);
  return {
    ...slack,
    bot,
    kept,
    lines,
    url,
    async stop() {
      await slack.close();
      await stopServer();
    },
  };
}

/** A card with one line. */
export const sampleCard = (title: string, more: Partial<Card> = {}): Card => ({
  title,
  body: [{ kind: 'text', text: 'Body.' }],
  ...more,
});
/** A form with a field of most kinds. */
export const sampleForm: Form = {
  form: 'register',
  ref: 'R-1',
  title: 'Register for CPMS with your hospital',
  intro: 'All of it is needed.',
  submit: 'Send',
  open: { label: 'Open the form', action: 'register.open', ref: 'R-1' },
  fields: [
    { name: 'name', kind: 'line', label: 'Name' },
    { name: 'when', kind: 'datetime', label: 'When' },
    {
      name: 'track',
      kind: 'choice',
      label: 'Track',
      options: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
      ],
    },
    { name: 'hcp', kind: 'search', source: 'hcp', label: 'Hospital' },
    { name: 'agree', kind: 'check', label: 'I agree' },
  ],
};
