import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Response, Router } from 'express';
import type { UploadPage } from '../../../bot/pages/pages.ts';
import type { ByteSource } from '../../../domain/bytes.ts';
import { refuse } from '../security.ts';
import { answer, type Caller } from './calls.ts';
import * as inputs from './inputs.ts';
import { receiveBytes } from './receive.ts';
import { isRefused } from './refused.ts';
import { sentReview } from './sent-review.ts';

/** Pieces that are taken in at the same time: each is in memory until it is held. */
const atOnce = 16;
/** And of one session: its page sends one after the other, and one that was lost on the way may still be waited for. */
const atOnceOfOne = 2;
const pieceMs = 2 * 60_000;
const packed = promisify<Uint8Array, { level: number }, Buffer>(gzip);

/** Puts the calls of the upload page (bot/pages/pages.ts) onto its router, under `/api`; `prolong` is told until when the session is good. Every one has the bound of a session's calls in a minute that its work allows. */
export function uploadCalls(
  router: Router,
  page: UploadPage,
  { get, post }: Caller,
  prolong: (res: Response, session: string, expiresAt: string) => unknown,
): void {
  let receiving = 0;
  const receivingOf = new Map<string, number>();

  get(router, '/api/look', { aMinute: 300 }, async (session, req, res) => {
    const asked = inputs.look.safeParse(req.query);
    if (!asked.success) return refuse(res, 400, 'input');
    const state = await page.look(session);
    if (isRefused(state)) return answer(res, state);
    // The session's end moves while somebody works in it: the cookie's goes with it.
    prolong(res, session, state.expiresAt);
    answer(res, sentReview(state, asked.data.held));
  });

  post(router, '/api/begin', { aMinute: 30, shape: inputs.begin }, async (session, { size }, res) =>
    answer(res, await page.begin(session, size)),
  );

  post(router, '/api/append', { aMinute: 600 }, async (session, _body, res, req) => {
    const asked = inputs.append.safeParse(req.query);
    if (!asked.success) return refuse(res, 400, 'input');
    if (!req.is('application/octet-stream')) return refuse(res, 415, 'octets');
    // Nobody's bytes are waited for before the bot knows the session: whoever makes one up would hold the places of all.
    const state = await page.look(session);
    if (isRefused(state)) return answer(res.set('Connection', 'close'), state);
    const own = receivingOf.get(session) ?? 0;
    if (receiving >= atOnce || own >= atOnceOfOne) return refuse(res.set('Retry-After', '5'), 503, 'busy');
    receiving++;
    receivingOf.set(session, own + 1);
    try {
      const bytes = await receiveBytes(req, inputs.pieceBytes, pieceMs);
      if (typeof bytes === 'string') {
        // What is still on its way is not read: the connection ends with the answer.
        res.set('Connection', 'close');
        return bytes === 'too-large' ? refuse(res, 413, 'piece') : refuse(res, 400, 'broken');
      }
      answer(res, await page.append(session, asked.data.offset, bytes));
    } finally {
      receiving--;
      const left = (receivingOf.get(session) ?? 1) - 1;
      if (left > 0) receivingOf.set(session, left);
      else receivingOf.delete(session);
    }
  });

  post(
    router,
    '/api/analyse',
    { aMinute: 20, shape: inputs.analyse },
    async (session, { known, dicomOptions }, res) => {
      const { names, birthDate, numbers } = known;
      const told = { names, ...(birthDate ? { birthDate } : {}), ...(numbers ? { numbers } : {}) };
      answer(res, await page.analyse(session, told, dicomOptions));
    },
  );

  get(router, '/api/files', { aMinute: 300 }, async (session, req, res) => {
    const asked = inputs.files.safeParse(req.query);
    if (!asked.success) return refuse(res, 400, 'input');
    answer(res, await page.files(session, asked.data.from, asked.data.refused === '1'));
  });

  post(router, '/api/search', { aMinute: 60, shape: inputs.search }, async (session, { phrase }, res) =>
    answer(res, await page.search(session, phrase)),
  );

  // Thousands of findings and marks of one long file.
  post(router, '/api/decide', { aMinute: 20, shape: inputs.decide, limit: '1mb' }, async (session, decided, res) =>
    answer(res, await page.decide(session, decided)),
  );

  post(router, '/api/reopen', { aMinute: 20 }, async (session, _body, res) => answer(res, await page.reopen(session)));

  get(router, '/api/picture', { aMinute: 1200 }, async (session, req, res) => {
    const asked = inputs.picture.safeParse(req.query);
    if (!asked.success) return refuse(res, 400, 'input');
    const png = await page.picture(session, asked.data.page, asked.data.width, asked.data.which);
    if (isRefused(png)) return answer(res, png);
    res.type('png').send(Buffer.from(png));
  });

  // Whoever scrolls through a series sees many of them in a second.
  get(router, '/api/frame', { aMinute: 3000 }, async (session, req, res) => {
    const asked = inputs.picture.safeParse(req.query);
    if (!asked.success) return refuse(res, 400, 'input');
    const frame = await page.frame(session, asked.data.page, asked.data.width, asked.data.which);
    if (isRefused(frame)) return answer(res, frame);
    res.type('application/octet-stream').vary('Accept-Encoding');
    if (req.acceptsEncodings('gzip')) res.set('Content-Encoding', 'gzip').send(await packed(frame, { level: 1 }));
    else res.send(Buffer.from(frame));
  });

  get(router, '/api/text', { aMinute: 1200 }, async (session, req, res) => {
    const asked = inputs.text.safeParse(req.query);
    if (!asked.success) return refuse(res, 400, 'input');
    answer(res, await page.text(session, asked.data.page, asked.data.which));
  });

  post(router, '/api/attest', { aMinute: 30, shape: inputs.attest }, async (session, { statements, pagesSeen }, res) =>
    answer(res, await page.attest(session, statements, pagesSeen)),
  );

  post(router, '/api/stop', { aMinute: 30 }, async (session, _body, res) => answer(res, await page.stop(session)));

  post(router, '/api/reject', { aMinute: 30 }, async (session, _body, res) => answer(res, await page.reject(session)));

  post(router, '/api/uploaded', { aMinute: 30 }, async (session, _body, res) =>
    answer(res, await page.uploaded(session)),
  );

  get(router, '/api/download', { aMinute: 30 }, async (session, _req, res) => {
    const given = await page.download(session);
    if (isRefused(given)) return answer(res, given);
    const { name, file } = given;
    res.attachment(name.replace(/[^A-Za-z0-9._-]/g, '_'));
    res.type('application/octet-stream').set('Content-Length', String(file.length));
    // Should it go meanwhile, the connection ends before what was announced is there.
    await pipeline(Readable.from(partsOf(file), { objectMode: false }), res).catch(() => undefined);
  });
}

const partBytes = 1024 * 1024;

async function* partsOf(source: ByteSource): AsyncGenerator<Buffer> {
  for (let at = 0; at < source.length; at += partBytes)
    yield Buffer.from(await source.read(at, Math.min(source.length, at + partBytes)));
}
