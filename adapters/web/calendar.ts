import express, { type Router } from 'express';
import { route, type WebOptions } from './context.ts';
import { rateLimit, refuse } from './security.ts';

const file = /^(?<name>[A-Za-z0-9_-]{1,128})\.ics$/;

/**
 * The calendar files behind a person's secret address: `/calendar/TOKEN.ics`, to subscribe to, and `/calendar/TOKEN/M-….ics`, to
 * download. Who has the address reads it: calendar programs have no other way to prove who they are. 404 for whatever leads nowhere.
 */
export function calendarRoutes(options: WebOptions): Router {
  const made = express.Router();
  made.use(rateLimit(120, 60_000, () => Date.parse(options.clock.now())));
  const serve = (
    of: (params: Readonly<Record<string, unknown>>) => { token: string | undefined; meeting?: string | undefined },
    download: boolean,
  ) =>
    route(options, async (req, res) => {
      const { token, meeting } = of(req.params);
      const found =
        token === undefined || (download && meeting === undefined)
          ? undefined
          : await options.pages.calendarFile(token, meeting);
      res.set({ 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'no-referrer' });
      if (!found) return refuse(res, 404, 'unknown');
      // The type is all that is said of it, whatever a browser would guess.
      res.set('X-Content-Type-Options', 'nosniff');
      if (download) res.attachment(found.name);
      res.type('text/calendar; charset=utf-8').send(found.text);
    });
  const named = (value: unknown) => file.exec(String(value))?.groups?.['name'];
  made.get(
    '/:token/:meeting',
    serve(({ token, meeting }) => ({ token: named(`${String(token)}.ics`), meeting: named(meeting) }), true),
  );
  made.get(
    '/:token',
    serve(({ token }) => ({ token: named(token) }), false),
  );
  return made;
}
