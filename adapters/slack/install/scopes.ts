/** One right that the app asks for, with the reason that an administrator reads. */
export interface Scope {
  readonly scope: string;
  readonly reason: string;
}

/**
 * The bot token's scopes: the least that the adapter works with. There is no scope that reads channels
 * (`channels:history`), none that writes where the bot was not invited (`chat:write.public`), and none that writes or deletes files.
 */
export const botScopes: readonly Scope[] = [
  { scope: 'commands', reason: 'The slash commands /cpms and /cpms-desk, and the shortcuts.' },
  {
    scope: 'chat:write',
    reason: 'Answers and notices in the private chat with the bot, and in the helpdesk’s channel.',
  },
  { scope: 'im:write', reason: 'Opens the private chat in which a notice is delivered.' },
  {
    scope: 'im:history',
    reason: 'Reads what people write to the bot itself, and finds a notice again that may have been delivered already.',
  },
  {
    scope: 'users:read',
    reason: 'Language and time zone of the person who writes; notices when an account is closed.',
  },
  {
    scope: 'groups:history',
    reason:
      'In private channels that it was invited to, the helpdesk’s: hears what is written in the thread below a ticket’s card, and finds a message again that may have been posted already.',
  },
  {
    scope: 'reactions:read',
    reason: 'An emoji of the helpdesk on a ticket’s card takes it or resolves it. It is looked at nowhere else.',
  },
  {
    scope: 'groups:read',
    reason:
      'Sees whether a private channel that it was invited to is shared with other organisations: nothing about cases is shown there.',
  },
  {
    scope: 'files:read',
    reason:
      'Looks whether a file that somebody dropped into the chat with the bot, or into the helpdesk’s channel, is gone again. Files are never opened.',
  },
  { scope: 'app_mentions:read', reason: 'Hears when somebody mentions the bot in a channel; the answer is private.' },
];

/** The events that the app subscribes to, each covered by a scope above. */
export const botEvents = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_shared',
  'channel_unshared',
  'file_shared',
  'message.groups',
  'message.im',
  'reaction_added',
  'tokens_revoked',
  'user_change',
] as const;
export type BotEvent = (typeof botEvents)[number];
