import type { RequestHandler } from 'express';

/**
 * How the server stands, for whoever runs it: codes, counts and times as JSON, nothing of anybody. It answers 200 as long as it serves: what it tells of a mail
 * server is no reason to start this one again. Where `look` fails it answers 503.
 */
export function serveHealth(look: () => Promise<Readonly<Record<string, unknown>>>): RequestHandler {
  return (_request, response) => {
    response.set('Cache-Control', 'no-store').type('json');
    look().then(
      (parts) => response.send(JSON.stringify({ serving: true, ...parts })),
      () => response.status(503).send(JSON.stringify({ serving: false })),
    );
  };
}
