import type { Request } from 'express';

/** The whole body of a request, or why it was not taken: 'too-large' as soon as it exceeds `limit` bytes, 'broken' when the sender went away or `timeoutMs` passed. */
export function receiveBytes(
  req: Request,
  limit: number,
  timeoutMs: number,
): Promise<Uint8Array | 'too-large' | 'broken'> {
  const announced = Number(req.get('content-length') ?? 0);
  if (announced > limit) return Promise.resolve('too-large');
  // Gone before anybody listened: nothing more will be heard of it.
  if (req.destroyed) return Promise.resolve('broken');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (result: Uint8Array | 'too-large' | 'broken') => {
      clearTimeout(timer);
      req.removeAllListeners('data');
      resolve(result);
    };
    const timer = setTimeout(() => end('broken'), timeoutMs);
    req.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > limit) end('too-large');
      else chunks.push(chunk);
    });
    req.on('end', () => end(Buffer.concat(chunks)));
    req.on('error', () => end('broken'));
    req.on('close', () => end('broken'));
  });
}
