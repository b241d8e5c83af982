import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { LocalMode } from '../context.ts';

export interface Events {
  /** Keeps the answer open as a stream of server-sent events (WHATWG HTML, section 9.2). */
  stream(req: Request, res: Response): void;
  send(event: string, data: object): void;
  close(): void;
}

const mostReaders = 50;

/** Live updates. The mailbox has no voice of its own: while somebody listens it is looked at every second, and told when it changed. */
export function openEvents(mailbox: LocalMode['mailbox']): Events {
  const readers = new Set<Response>();
  let known: string | undefined;
  let looking = false;

  const send = (event: string, data: object) => {
    for (const reader of readers) reader.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const look = async () => {
    if (readers.size === 0 || looking) return;
    looking = true;
    try {
      const letters = await mailbox();
      const mark = createHash('sha256')
        .update(letters.map(({ id, at }) => `${id} ${at}`).join('\n'))
        .digest('hex');
      if (known !== undefined && mark !== known) send('mailbox', { count: letters.length });
      known = mark;
    } catch {
      // The next look tries again; reading the mailbox says what is wrong.
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), 1000);
  timer.unref();

  return {
    stream(req, res) {
      if (readers.size >= mostReaders) {
        res.status(503).end();
        return;
      }
      res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
      res.flushHeaders();
      res.write('retry: 2000\n\n');
      readers.add(res);
      req.on('close', () => readers.delete(res));
    },
    send,
    close() {
      clearInterval(timer);
      for (const reader of readers) reader.end();
      readers.clear();
    },
  };
}
