import type { UploadState } from '../../bot/pages/pages.ts';
import type { KnownIdentifiers } from '../../domain/identifiers/spans.ts';

/** What a browser with the upload page open does, without the browser. */
export interface Browser {
  readonly status: number;
  /** What `begin` answered. */
  readonly answer: unknown;
  readonly headers: { readonly origin: string; readonly cookie: string; readonly 'x-page': string };
  readonly get: (call: string) => Promise<Response>;
  readonly post: (call: string, body?: object | Uint8Array) => Promise<Response>;
  /** The answer of a call that must succeed. */
  readonly json: (call: string, body?: object | Uint8Array) => Promise<unknown>;
}

/** Uses the link up, as the page's first button does. */
export async function openAt(link: string): Promise<Browser> {
  const { origin, pathname } = new URL(link);
  const begun = await fetch(`${origin}/u/begin`, {
    method: 'POST',
    headers: { origin, 'x-page': 'begin', 'content-type': 'application/json' },
    body: JSON.stringify({ token: pathname.split('/').at(-1) }),
  });
  const answer = (await begun.json()) as { handle?: string };
  const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const headers = { origin, cookie, 'x-page': answer.handle ?? '0'.repeat(24) };
  const get = (call: string) => fetch(`${origin}/u/api/${call}`, { headers });
  const post = (call: string, body?: object | Uint8Array) =>
    fetch(`${origin}/u/api/${call}`, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
      },
      ...(body ? { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) } : {}),
    });
  const json = async (call: string, body?: object | Uint8Array) => {
    const response = await (body ? post(call, body) : get(call));
    if (!response.ok) throw new Error(`${call}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return { status: begun.status, answer, headers, get, post, json };
}

/** Gives the file and has it searched; waits for what comes of it. */
export async function through(
  page: Browser,
  file: Uint8Array,
  known: KnownIdentifiers = { names: [] },
): Promise<{ readonly page: Browser; readonly state: UploadState }> {
  await send(page, file);
  await page.json('analyse', { known });
  return { page, state: await settled(page) };
}

/** Sends the file in pieces, as large as they may be. */
export async function send(page: Browser, file: Uint8Array): Promise<void> {
  await page.json('begin', { size: file.byteLength });
  const piece = 4 * 1024 * 1024;
  for (let at = 0; at < file.byteLength; at += piece)
    await page.json(`append?offset=${at}`, file.subarray(at, at + piece));
}

/** Looks until nothing is under way; for at most four minutes. */
export async function settled(page: Browser): Promise<UploadState> {
  for (let tries = 0; tries < 600; tries += 1) {
    const state = (await page.json('look')) as UploadState;
    if (!state.work) return state;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  throw new Error('The work does not end');
}
