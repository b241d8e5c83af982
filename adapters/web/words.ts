import texts from '../../bot/locales/en/pages.json' with { type: 'json' };

/** The sentences of the adapter's own: what it refuses before the bot is asked, and the small pages without a script. */
export const words = texts.server;
