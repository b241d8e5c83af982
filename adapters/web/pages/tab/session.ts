import type { Answer } from '../../../../bot/interaction.ts';
import type { Option } from '../../../../bot/view.ts';
import type { OwnCalls } from '../home/sections.tsx';
import type { Opened } from '../link/session.ts';
import { callJson, handleHere, isRefused, type Refused } from '../link/session.ts';
import { framed } from './host.ts';

/** The link's token, where the address has one: in Teams in its query, in a browser as its last part. */
export function tokenHere(): string | undefined {
  const asked = new URLSearchParams(location.search).get('link') || location.pathname.split('/')[2];
  return asked && /^[\w-]{20,}$/.test(asked) ? asked : undefined;
}

/**
 * The handle of the session that this browser holds, which gives nothing away: the session itself is in a cookie that no script reads. In a frame a page may keep nothing else, so
 * that it asks.
 */
export async function sessionHere(): Promise<string | undefined> {
  const here = handleHere();
  if (here) return here;
  const mine = await callJson<{ readonly handle?: string }>('/tab/mine', 'mine');
  return isRefused(mine) ? undefined : mine.handle;
}

/** Uses the link up. The token leaves the address. */
export async function beginTab(token: string): Promise<Opened | Refused> {
  const opened = await callJson<Opened>('/tab/begin', 'begin', { method: 'POST', body: { token } });
  if (isRefused(opened)) return opened;
  const theme = framed ? location.search.replace(/([?&])link=[^&]*/, '$1') : '';
  history.replaceState(null, '', `/tab${theme}#${opened.handle}`);
  return opened;
}

/** The page's calls in this session. Each act goes under an id of its own, so that a repeated request is done once. */
export function callsOf(handle: string): OwnCalls {
  return {
    act: (act) =>
      callJson<Answer>('/tab/api/act', handle, { method: 'POST', body: { delivery: crypto.randomUUID(), act } }),
    async suggest(source, words) {
      const found = await callJson<{ readonly options: readonly Option[] }>('/tab/api/suggest', handle, {
        method: 'POST',
        body: { source, words },
      });
      return isRefused(found) ? [] : found.options;
    },
  };
}
