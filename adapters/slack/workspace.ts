import type { webApi } from '@slack/bolt';
import type { Clock } from '../../domain/ports.ts';
import { chats } from './chats.ts';
import type { SlackContext } from './context.ts';
import { errorCode } from './errors.ts';
import type { Installations } from './install/installations.ts';
import { posting } from './outgoing/posting.ts';
import { replies } from './outgoing/reply.ts';
import { responder } from './outgoing/respond.ts';
import { people } from './people.ts';
import { drafts } from './windows/drafts.ts';

export interface WorkspaceParts {
  readonly tenant: string;
  /** Calls Slack with this installation's token. */
  readonly slack: webApi.WebClient;
  readonly botUser: string | undefined;
  /** The helpdesk's channel, where it is in this workspace. */
  readonly deskChannel: string | undefined;
  readonly secret: string;
  readonly apiUrl: string | undefined;
  readonly installations: Installations;
  /** What all installations share. */
  readonly shared: Pick<SlackContext, 'bot' | 'kept' | 'log' | 'words' | 'turns'> & { readonly clock: Clock };
}

/** Everything that one installation's requests are answered with: its own token, its own memory of people and chats. */
export function workspace(parts: WorkspaceParts): SlackContext {
  const { tenant, slack, deskChannel, installations, botUser, secret } = parts;
  const { bot, kept, log, words, turns, clock } = parts.shared;
  const failed = (what: string, error: unknown) => log.warn({ what, code: errorCode(error) }, 'slack: a call failed');
  const own = {
    people: people(slack, tenant, clock, (error) => failed('users.info', error)),
    drafts: drafts(kept, tenant, clock),
  };
  const spots = {
    slack,
    tenant,
    chats: chats({ slack, kept, clock, tenant, deskChannel }),
    posting: posting({ slack, kept, clock, tenant }),
  };
  return {
    bot,
    ...own,
    ...spots,
    replies: replies({
      ...own,
      ...spots,
      respond: responder(parts.apiUrl),
      later: (...of) => bot.later(...of),
      failed,
    }),
    turns,
    kept,
    words,
    log,
    secret,
    botUser,
    async removed(at) {
      const now = await installations.find(tenant);
      // Slack's times are whole seconds.
      if (now && Math.floor(Date.parse(now.installedAt) / 1000) * 1000 > at) return;
      log.error({ tenant }, 'slack: the app was removed from the workspace, or its token was taken back');
      await installations.remove(tenant);
    },
  };
}
