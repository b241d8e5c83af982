import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { attestationStatements } from '../../../domain/documents.ts';
import { distFolder, servePage } from '../assets.ts';
import { route, type WebOptions } from '../context.ts';
import { guarded, isLoopback, rateLimit, refuse, sameOrigin } from '../security.ts';
import { receiveBytes } from './receive.ts';
import { isRefused } from './refused.ts';
import { sessionOf, setSession } from './sessions.ts';

const token = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{20,128}$/) });
const attest = z.object({
  statements: z.array(z.enum(attestationStatements)).max(attestationStatements.length),
  pagesSeen: z.number().int().min(0).max(100_000),
});
const decide = z.object({
  outcome: z.enum(['authorised', 'declined']),
  reason: z.string().trim().max(2000).optional(),
});
const picture = z.object({
  page: z.coerce.number().int().min(1).max(100_000),
  width: z.coerce.number().int().min(200).max(2000),
});

/** Uploads that are taken in at the same time: each is held in memory whole until it is scrubbed. */
const atOnce = 4;

/**
 * The pages behind one-time links: `/u` for a file, `/d` for a lead's decision. A GET of the address serves the page and uses
 * nothing up, because mail scanners open addresses; `POST begin` does. Every other call needs the session's cookie, a request of
 * the same origin and the header `X-Page`. A refusal is answered as `{refused, words}`: 401 without a session, 409 from the bot.
 */
export function linkRoutes(options: WebOptions): { readonly upload: Router; readonly decision: Router } {
  const { pages } = options;
  const origins = ownOrigins(options);
  const begin = rateLimit(20, 60_000, () => Date.parse(options.clock.now()));
  let receiving = 0;

  const router = (): Router => {
    const made = express.Router();
    made.use(guarded);
    made.post(
      '/begin',
      begin,
      sameOrigin(origins),
      express.json({ limit: '1kb' }),
      route(options, async (req, res) => {
        const asked = token.safeParse(req.body);
        if (!asked.success) return refuse(res, 400, 'link');
        const begun = await pages.begin(asked.data.token);
        if ('refused' in begun) return answer(res, begun);
        // A link for the other page still gives its session: the browser is sent there.
        const handle = setSession(res, begun, options.secureCookies);
        res.json({ page: begun.page, handle, expiresAt: begun.expiresAt });
      }),
    );
    return made;
  };

  const call = (work: (session: string, req: Request, res: Response) => Promise<void>) => [
    sameOrigin(origins),
    route(options, async (req, res) => {
      const session = sessionOf(req);
      if (session === undefined) return refuse(res, 401, 'session');
      await work(session, req, res);
    }),
  ];
  const json = express.json({ limit: '16kb' });

  const upload = router();
  const file = pages.upload;
  upload.get('/api/look', ...call(async (session, _req, res) => answer(res, await file.look(session))));
  upload.post(
    '/api/file',
    ...call(async (session, req, res) => {
      const state = await file.look(session);
      if (isRefused(state)) return answer(res, state);
      if (!req.is('application/octet-stream')) return refuse(res, 415, 'octets');
      if (receiving >= atOnce) return refuse(res.set('Retry-After', '20'), 503, 'busy');
      receiving++;
      try {
        const bytes = await receiveBytes(req, state.limit, 10 * 60_000);
        if (typeof bytes === 'string') {
          // What is still on its way is not read: the connection ends with the answer.
          res.set('Connection', 'close');
          return bytes === 'too-large' ? refuse(res, 413, 'too-large') : refuse(res, 400, 'broken');
        }
        answer(res, await file.receive(session, bytes, fileName(req)));
      } finally {
        receiving--;
      }
    }),
  );
  upload.get(
    '/api/picture',
    ...call(async (session, req, res) => {
      const asked = picture.safeParse(req.query);
      if (!asked.success) return refuse(res, 400, 'input');
      const png = await file.picture(session, asked.data.page, asked.data.width);
      if (isRefused(png)) return answer(res, png);
      res.type('png').send(Buffer.from(png));
    }),
  );
  upload.post(
    '/api/attest',
    json,
    ...call(async (session, req, res) => {
      const asked = attest.safeParse(req.body);
      if (!asked.success) return refuse(res, 400, 'input');
      answer(res, await file.attest(session, asked.data.statements, asked.data.pagesSeen));
    }),
  );
  upload.post('/api/reject', ...call(async (session, _req, res) => answer(res, await file.reject(session))));
  upload.post('/api/uploaded', ...call(async (session, _req, res) => answer(res, await file.uploaded(session))));
  upload.get(
    '/api/download',
    ...call(async (session, _req, res) => {
      const given = await file.download(session);
      if (isRefused(given)) return answer(res, given);
      res.attachment(given.name.replace(/[^A-Za-z0-9._-]/g, '_'));
      res.type('application/octet-stream').send(Buffer.from(given.file));
    }),
  );
  upload.get('/:token', servePage(options.dist ?? distFolder, 'upload'));

  const decision = router();
  decision.get('/api/look', ...call(async (session, _req, res) => answer(res, await pages.decision.look(session))));
  decision.post(
    '/api/decide',
    json,
    ...call(async (session, req, res) => {
      const asked = decide.safeParse(req.body);
      if (!asked.success) return refuse(res, 400, 'input');
      answer(res, await pages.decision.decide(session, asked.data.outcome, asked.data.reason));
    }),
  );
  decision.get('/:token', servePage(options.dist ?? distFolder, 'decision'));
  return { upload, decision };
}

/** The origins that the pages are served under: the public address, and in local mode whichever name of this machine was typed. */
function ownOrigins(options: WebOptions): (req: Request) => readonly string[] {
  const own = new URL(options.publicUrl).origin;
  return (req) => {
    const host = req.get('host') ?? '';
    return options.local && isLoopback(host) ? [own, `http://${host}`] : [own];
  };
}

function answer(res: Response, outcome: object): void {
  res.status(isRefused(outcome) ? 409 : 200).json(outcome);
}

/** The name that the browser gave, percent-encoded in `X-File-Name`; cut to 200 characters, empty where it cannot be read. */
function fileName(req: Request): string {
  try {
    return decodeURIComponent(req.get('x-file-name') ?? '').slice(0, 200);
  } catch {
    return '';
  }
}
