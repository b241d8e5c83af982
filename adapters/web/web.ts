import type { Channel } from '../../bot/channel.ts';
import { distFolder, serveAssets } from './assets.ts';
import { calendarRoutes } from './calendar.ts';
import type { WebOptions } from './context.ts';
import { linkRoutes } from './links/links.ts';
import { signInRoutes } from './links/sign-in.ts';
import { localRoutes } from './local/routes.ts';
import { planRoutes, pollRoutes } from './plan/routes.ts';
import { servePrivacy } from './privacy.ts';
import { isLoopback } from './security.ts';
import { tabRoutes } from './tab/routes.ts';

export type { LocalCommand, LocalMode, LocalPerson, MailboxLetter, WebOptions } from './context.ts';
export { createServer } from './server.ts';

export interface Web {
  /** The local page's chats as the outbox sees them; only in local mode. */
  readonly channel?: Channel;
  /** Ends the live updates that are open; the server itself is the caller's. */
  close(): void;
}

/**
 * Puts the pages onto an Express application: those behind one-time links (`/u`, `/d`, `/sign-in`, `/tab`, `/plan`, `/p`), the calendar files (`/calendar`), and with `local` the local
 * page (`/`, `/local`). Throws when `local` is given together with a public address that is not this machine's own.
 */
export function createWeb(options: WebOptions): Web {
  const { app, local } = options;
  if (local && !isLoopback(new URL(options.publicUrl).host))
    throw new Error('The local page runs on this machine alone: it cannot be served together with a public address.');
  serveAssets(app, options.dist ?? distFolder);
  const links = linkRoutes(options);
  app.use('/u', links.upload);
  app.use('/d', links.decision);
  app.use('/calendar', calendarRoutes(options));
  app.use('/sign-in', signInRoutes(options));
  app.use('/tab', tabRoutes(options));
  app.use('/plan', planRoutes(options));
  app.use('/p', pollRoutes(options));
  if (options.privacy) app.get('/privacy', servePrivacy(options.privacy));
  if (!local) return { close: () => {} };
  const served = localRoutes(options, local);
  app.use(served.page);
  app.use('/local', served.routes);
  return { channel: served.channel, close: served.close };
}
