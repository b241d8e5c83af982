import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Bot } from '../../bot/interaction.ts';
import type { Kept } from '../../domain/ports.ts';
import type { Chats } from './chats.ts';
import type { People } from './people.ts';
import type { Replies } from './reply.ts';
import type { Turns } from './turn.ts';
import type { Words } from './words.ts';

/** What the handlers of one workspace's requests share. */
export interface SlackContext {
  readonly tenant: string;
  readonly bot: Bot;
  readonly slack: webApi.WebClient;
  readonly people: People;
  readonly chats: Chats;
  readonly replies: Replies;
  readonly turns: Turns;
  readonly kept: Kept;
  readonly words: Words;
  readonly log: Logger;
  /** Keys the hashes in delivery keys. */
  readonly secret: string;
}
