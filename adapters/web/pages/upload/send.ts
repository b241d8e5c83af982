import type { UploadState } from '../../../../bot/pages.ts';
import { isRefused, noConnection, type Refused } from '../link/session.ts';

export interface Sending {
  readonly done: Promise<UploadState | Refused | 'stopped'>;
  readonly stop: () => void;
}

/** Sends a file as plain bytes. `progress` hears the part that is sent, 0 to 1 (which `fetch` cannot tell, so XMLHttpRequest it is). */
export function send(file: File, handle: string, progress: (part: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<UploadState | Refused | 'stopped'>((resolve) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
    request.addEventListener('abort', () => resolve('stopped'));
    request.addEventListener('error', () => resolve(noConnection()));
    request.addEventListener('load', () => {
      try {
        const answer = JSON.parse(request.responseText) as UploadState | Refused;
        resolve(request.status < 400 || isRefused(answer) ? answer : noConnection());
      } catch {
        resolve(noConnection());
      }
    });
  });
  request.open('POST', '/u/api/file');
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('X-Page', handle);
  request.setRequestHeader('X-File-Name', encodeURIComponent(file.name.slice(0, 200)));
  request.send(file);
  return { done, stop: () => request.abort() };
}

/** Whether a file begins as a PDF does: `%PDF-` within its first 1024 bytes. The server decides; this saves a long upload. */
export async function looksLikePdf(file: File): Promise<boolean> {
  return (await file.slice(0, 1024).text()).includes('%PDF-');
}
