import type { UploadState } from '../../../../../bot/pages/pages.ts';
import { isRefused, type Refused } from '../../link/session.ts';
import type { Parcel } from './parcel.ts';

/** The largest and the smallest piece, in bytes. The first ones are small, so that progress shows at once. */
export const largestPiece = 4 * 1024 * 1024;
const smallestPiece = 256 * 1024;
/** How long a lost connection is waited for, try by try, in milliseconds. */
const waits = [1000, 2000, 4000, 8000, 15_000];
/** What may pass by itself. The network is waited for without an end, the server only for a while. */
const passing = [
  'no-connection',
  'web.busy',
  'web.too-often',
  'web.broken',
  'web.failed',
  'upload.busy',
  'upload.too-many',
];
const mostTries = 8;

export interface Sink {
  readonly append: (offset: number, bytes: Blob, signal: AbortSignal) => Promise<UploadState | Refused>;
  /** Waits so many milliseconds, or less where there is a reason to hope earlier. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Hears how many bytes have arrived. */
  readonly arrived: (bytes: number) => void;
  /** Hears that the connection is lost, and that it is back. */
  readonly lost: (lost: boolean) => void;
}

/**
 * Sends a file from `offset` on, in pieces that grow while all goes well. A piece that is lost is sent again after a while; where the
 * server has less or more of the file than was thought, it goes on where the server says. Gives 'sent', 'stopped' (by the signal), 'unreadable'
 * (the file changed on its disk), the state where the server does not wait for the file any more, or a refusal.
 */
export async function sendFile(
  file: Pick<Parcel, 'size' | 'slice'>,
  offset: number,
  sink: Sink,
  signal: AbortSignal,
): Promise<'sent' | 'stopped' | 'unreadable' | UploadState | Refused> {
  let at = offset;
  let piece = smallestPiece;
  let tries = 0;
  while (at < file.size) {
    const bytes = await sliceOf(file, at, Math.min(at + piece, file.size));
    if (signal.aborted) return 'stopped';
    if (!bytes) return 'unreadable';
    const answer = await sink.append(at, bytes, signal);
    if (signal.aborted) return 'stopped';
    if (isRefused(answer)) {
      const network = answer.refused === 'no-connection';
      if (!passing.includes(answer.refused) || (!network && tries >= mostTries)) return answer;
      // The browser says the same of a piece that it could not read.
      if (network && !(await isReadable(bytes))) return 'unreadable';
      sink.lost(true);
      piece = smallestPiece;
      await sink.wait(waits[Math.min(tries, waits.length - 1)] ?? 1000, signal);
      if (signal.aborted) return 'stopped';
      tries += 1;
      continue;
    }
    if (tries > 0) sink.lost(false);
    tries = 0;
    if (!answer.incoming) return answer;
    at = answer.incoming.offset;
    sink.arrived(at);
    piece = Math.min(largestPiece, piece * 2);
  }
  return 'sent';
}

async function sliceOf(file: Pick<Parcel, 'slice'>, from: number, to: number): Promise<Blob | undefined> {
  try {
    return await file.slice(from, to);
  } catch {
    return undefined;
  }
}

function isReadable(piece: Blob): Promise<boolean> {
  return piece
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

/** Waits so long, or until the browser is online again or the signal says stop. */
export function patience(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
