import type { Server } from 'node:http';
import express from 'express';
import pino from 'pino';
import { createTeams, type Teams, type TeamsConfig } from '../../adapters/teams/teams.ts';
import type { Answer, Bot, Interaction } from '../../bot/interaction.ts';
import type { Card } from '../../bot/view.ts';
import type { Identity } from '../../domain/people.ts';
import { memoryKept } from '../kept.ts';
import { startTeamsWorld, type TeamsWorld } from './driver.ts';

/** The adapter alone, between a whole Teams and a bot that answers what a test tells it to. */
export interface TeamsApp {
  readonly world: TeamsWorld;
  readonly teams: Teams;
  /** What reached the bot, oldest first. */
  readonly heard: readonly Interaction[];
  readonly gone: readonly Identity[];
  readonly kept: ReadonlyMap<string, string>;
  /** Everything that was logged, as lines of JSON. */
  readonly logged: readonly string[];
  /** What was given to the outbox, since Teams did not take it. */
  readonly later: readonly { readonly card: Card; readonly seconds: number }[];
  /** Forgets all that was recorded until now: a long run would fill the memory with it. */
  forget(): void;
  /** From now on the bot answers like this. */
  answers(answer: (interaction: Interaction) => Answer | Promise<Answer>): void;
  /** From now on the bot hands files over like this. */
  handsOver(hand: Bot['handOver']): void;
  stop(): Promise<void>;
}

/** Starts one; `config` overwrites what the world would have. */
export async function startTeamsApp(
  config: Partial<TeamsConfig> = {},
  {
    patienceMs,
    callMs,
    withoutKeys,
  }: { readonly patienceMs?: number; readonly callMs?: number; readonly withoutKeys?: number } = {},
): Promise<TeamsApp> {
  const world = await startTeamsWorld(withoutKeys);
  const heard: Interaction[] = [];
  const gone: Identity[] = [];
  const kept = new Map<string, string>();
  const logged: string[] = [];
  const later: { readonly card: Card; readonly seconds: number }[] = [];
  let handing: Bot['handOver'] = async () => ({ refused: 'There is no such file.' });
  let answering: (interaction: Interaction) => Answer | Promise<Answer> = () => ({});
  const bot: Bot = {
    async handle(interaction) {
      heard.push(interaction);
      return answering(interaction);
    },
    suggest: async (_who, source, words, limit) =>
      [
        'Alpha',
        'Beta, the second',
        'Gamma',
        ...Array.from({ length: source === 'expert' ? 100 : 0 }, (_, n) => `Expert ${n}`),
      ]
        .filter((label) => label.toLowerCase().includes(words.toLowerCase()))
        .map((label, index) => ({ value: `${source},${index}%`, label }))
        .slice(0, limit),
    home: async () => ({ title: 'Home', body: [] }),
    later: async (_to, card, _id, seconds = 0) => void later.push({ card, seconds }),
    handOver: async (who, document) => handing(who, document),
    gone: async (identity) => void gone.push(identity),
    changed: async () => undefined,
  };
  const app = express();
  const teams = await createTeams({
    config: { ...world.config, ...config },
    app,
    bot,
    kept: memoryKept(kept),
    clock: { now: () => '2026-11-23T09:00:00.000Z' },
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    ...(patienceMs === undefined ? {} : { patienceMs }),
    ...(callMs === undefined ? {} : { callMs }),
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  world.connect(server);
  return {
    world,
    teams,
    heard,
    gone,
    kept,
    logged,
    later,
    forget() {
      for (const list of [heard, gone, logged, later]) list.length = 0;
      world.microsoft.forget();
      world.screen.forget();
    },
    handsOver: (hand) => {
      handing = hand;
    },
    answers: (answer) => {
      answering = answer;
    },
    async stop() {
      await teams.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      world.stop();
    },
  };
}
