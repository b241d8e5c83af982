import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { route, type WebOptions } from '../context.ts';
import { isLoopback, rateLimit, refuse, sameOrigin } from '../security.ts';
import { inLanguageOf, isRefused } from './refused.ts';
import { sessionOf } from './sessions.ts';

interface Bounds<Shape extends z.ZodType> {
  /** Calls of one session in a minute. */
  readonly aMinute: number;
  /** Of the JSON body; without it no body is read. */
  readonly shape?: Shape;
  /** The largest JSON body; 16 kB. */
  readonly limit?: string;
}

/** Puts calls of a page onto its router: of the same origin, with the session's cookie, within their bounds. */
export interface Caller {
  readonly get: (
    router: Router,
    path: string,
    bounds: Pick<Bounds<z.ZodType>, 'aMinute'>,
    work: (session: string, req: Request, res: Response) => Promise<void>,
  ) => void;
  readonly post: <Shape extends z.ZodType>(
    router: Router,
    path: string,
    bounds: Bounds<Shape>,
    work: (session: string, body: z.output<Shape>, res: Response, req: Request) => Promise<void>,
  ) => void;
}

/** Gives the way to put calls onto routers. The body is read behind the checks: nobody else's is parsed. */
export function caller(options: WebOptions): Caller {
  const origin = sameOrigin(ownOrigins(options));
  const now = () => Date.parse(options.clock.now());
  const withSession: RequestHandler = (req, res, next) =>
    sessionOf(req) === undefined ? refuse(res, 401, 'session') : next();
  const bounded = (aMinute: number) => rateLimit(aMinute, 60_000, now, (req) => sessionOf(req) ?? '');
  const work = (call: (session: string, req: Request, res: Response) => Promise<void>) =>
    route(options, async (req, res) => call(sessionOf(req) ?? '', req, res));
  return {
    get: (router, path, { aMinute }, call) => {
      router.get(path, origin, withSession, bounded(aMinute), work(call));
    },
    post: (router, path, { aMinute, shape, limit = '16kb' }, call) => {
      router.post(
        path,
        origin,
        withSession,
        bounded(aMinute),
        ...(shape ? [json(limit)] : []),
        work(async (session, req, res) => {
          const asked = shape?.safeParse(req.body);
          if (asked?.success === false) return refuse(res, 400, 'input');
          await call(session, asked?.data as never, res, req);
        }),
      );
    },
  };
}

/** Reads a JSON body of at most `limit`; what is larger, or no JSON, is refused in words. */
export function json(limit: string): RequestHandler {
  const parse = express.json({ limit });
  return (req, res, next) =>
    parse(req, res, (error?: { readonly status?: number }) =>
      error ? refuse(res, error.status === 413 ? 413 : 400, 'input') : next(),
    );
}

/** Answers with a state, or with a refusal of the bot's (409). */
export function answer(res: Response, outcome: object): void {
  if (isRefused(outcome)) res.status(409).json(inLanguageOf(res.req, outcome));
  else res.json(outcome);
}

/** The origins that the pages are served under: the public address, and in local mode whichever name of this machine was typed. */
export function ownOrigins(options: WebOptions): (req: Request) => readonly string[] {
  const own = new URL(options.publicUrl).origin;
  return (req) => {
    const host = req.get('host') ?? '';
    return options.local && isLoopback(host) ? [own, `http://${host}`] : [own];
  };
}
