import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Bot } from '../../bot/interaction.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Chats } from './chats.ts';
import type { Posting } from './outgoing/posting.ts';
import type { Replies } from './outgoing/reply.ts';
import type { People } from './people.ts';
import type { Turns } from './turn.ts';
import type { Drafts } from './windows/drafts.ts';
import type { Words } from './words.ts';

/** What the handlers of one installation's requests share. */
export interface SlackContext {
  /** The workspace (T…) or organisation (E…) that the app is installed in. */
  readonly tenant: string;
  readonly bot: Bot;
  readonly slack: webApi.WebClient;
  readonly people: People;
  readonly chats: Chats;
  readonly posting: Posting;
  readonly replies: Replies;
  readonly drafts: Drafts;
  readonly turns: Turns;
  readonly kept: Kept;
  readonly words: Words;
  readonly log: Logger;
  /** Keys the hashes in delivery keys. */
  readonly secret: string;
  /** Says that Slack removed the app, or took its token back, at `at` (milliseconds); what is older than the installation is passed over. */
  removed(at: number): Promise<void>;
  /** The bot's user id where it is known: revoked tokens are named by it. */
  readonly botUser: string | undefined;
}
