import { createHash } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type ServerWords, wordsFor } from './words.ts';

/** What every answer of these routes carries: nothing is stored, framed, sniffed or told to other sites (the addresses hold tokens). */
const common: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'X-Robots-Tag': 'noindex, nofollow',
};

/** The Content-Security-Policy (W3C CSP 3) of a page: own scripts alone, and own styles or those that carry the answer's nonce; framed by `ancestors` alone. */
export function policy(style: string, ancestors: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${style}`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors.length > 0 ? ancestors.join(' ') : "'none'"}`,
  ].join('; ');
}

/** Sets the common headers and a policy that allows nothing; a page sets its own after it. */
export const guarded: RequestHandler = (_req, res, next) => {
  res.set(common);
  res.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  next();
};

/** Answers with a refusal: its code, and its sentence from the adapter's own words. */
export function refuse(res: Response, status: number, code: keyof ServerWords['refused']): void {
  res.status(status).json({ refused: `web.${code}`, words: wordsFor(res).refused[code] });
}

/**
 * Lets a request pass that a page of the same origin sent: `Sec-Fetch-Site` (W3C Fetch Metadata) is 'same-origin' where the
 * browser says it, `Origin` (RFC 6454) is one of `origins` where it is there, one of the two is there, and so is the header
 * `X-Page`, which no form and no simple cross-site request can carry.
 */
export function sameOrigin(origins: (req: Request) => readonly string[]): RequestHandler {
  return (req, res, next) => {
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    const siteOk = site === undefined || site === 'same-origin';
    const originOk = origin === undefined || origins(req).includes(origin);
    const told = site !== undefined || origin !== undefined;
    if (siteOk && originOk && told && req.get('x-page') !== undefined) next();
    else refuse(res, 403, 'cross-site');
  };
}

const loopbackAddress = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** Says whether the host (with or without its port) names this machine itself. */
export function isLoopback(host: string): boolean {
  return loopbackHost.test(host);
}

/**
 * Lets only this machine's own browser or script pass: the socket's address is loopback, the `Host` header is too (against DNS
 * rebinding), no proxy forwarded it, and nothing that another site's page sent comes through.
 */
export function loopbackOnly(req: Request, res: Response, next: NextFunction): void {
  const host = req.get('host') ?? '';
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some((name) => req.get(name));
  const near = loopbackAddress.test(req.socket.remoteAddress ?? '') && loopbackHost.test(host) && !forwarded;
  const origin = req.get('origin');
  const ownOrigin = origin === undefined || origin === `http://${host}`;
  const site = req.get('sec-fetch-site');
  const navigation = req.method === 'GET' && req.get('sec-fetch-mode') === 'navigate';
  const ownSite = site === undefined || site === 'same-origin' || site === 'none' || navigation;
  if (near && ownOrigin && ownSite) next();
  else refuse(res, 403, 'not-local');
}

/**
 * At most `limit` requests of one client address in `windowMs`, or of what `whose` says; more are refused with 429 and Retry-After (RFC 6585). `now` gives milliseconds.
 */
export function rateLimit(
  limit: number,
  windowMs: number,
  now: () => number,
  whose: (req: Request) => string = (req) => req.ip ?? '',
): RequestHandler {
  const seen = new Map<string, number[]>();
  return (req, res, next) => {
    const at = now();
    // Bounded: a flood from many addresses forgets the oldest counts, not the process's memory.
    if (seen.size > 10_000) seen.clear();
    const key = whose(req);
    const recent = (seen.get(key) ?? []).filter((time) => at - time < windowMs);
    if (recent.length >= limit) {
      res.set('Retry-After', String(Math.ceil(windowMs / 1000)));
      refuse(res, 429, 'too-often');
      return;
    }
    seen.set(key, [...recent, at]);
    next();
  };
}

/** A short handle for a secret: what may stand in an address or a cookie's name, and gives nothing away. */
export function handleOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 24);
}

/** The cookies of a request by name (RFC 6265, section 4.2); malformed parts are left out. */
export function cookiesOf(req: Request): ReadonlyMap<string, string> {
  const pairs = (req.get('cookie') ?? '').split(';').flatMap((part): [string, string][] => {
    const cut = part.indexOf('=');
    return cut < 1 ? [] : [[part.slice(0, cut).trim(), part.slice(cut + 1).trim()]];
  });
  return new Map(pairs);
}
