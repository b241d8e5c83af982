import { useEffect, useRef } from 'react';
import type { UploadState } from '../../../../bot/pages/pages.ts';
import type { SentState } from '../../links/sent-review.ts';
import type { Open } from '../link/gate.tsx';
import { callJson, isRefused } from '../link/session.ts';
import { wordsIn } from '../shared/words.ts';

/** How often is asked: at the beginning of some work, which may be short, while it goes on, and otherwise, in milliseconds. */
const firstMs = 400;
const soonMs = 1000;
const slowMs = 60_000;

/**
 * Keeps the state fresh: about once a second while the server works, else slowly, at once when the window comes back, and never in
 * a hidden one. An answer to an older question than the state that is shown is dropped.
 */
export function useNews({ state, handle, take }: Open<UploadState>, working: boolean): void {
  const shown = useRef(state);
  useEffect(() => {
    shown.current = state;
  }, [state]);

  useEffect(() => {
    let over = false;
    let asks = 0;
    const pause = () => (working ? (asks < 3 ? firstMs : soonMs) : slowMs);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      clearTimeout(timer);
      const asked = shown.current;
      if (document.visibilityState === 'visible') {
        const held = printOf(asked);
        const sent = await callJson<SentState>(`/u/api/look${held ? `?held=${held}` : ''}`, handle);
        const answer = isRefused(sent) ? sent : whole(sent, asked);
        const lost = isRefused(answer) && answer.refused === 'no-connection';
        if (over) return;
        if (lost) take({ ...answer, words: wordsIn(asked.language).upload.offline });
        else if (shown.current === asked) take(answer);
      }
      asks += 1;
      if (!over) timer = setTimeout(() => void ask(), pause());
    };
    const back = () => document.visibilityState === 'visible' && void ask();
    timer = setTimeout(() => void ask(), pause());
    document.addEventListener('visibilitychange', back);
    addEventListener('online', back);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', back);
      removeEventListener('online', back);
    };
  }, [handle, take, working]);
}

function printOf({ review }: UploadState): string | undefined {
  return review && 'print' in review ? String(review.print) : undefined;
}

/** What is shown, with what was sent anew: a review that is the same stays the same object, so that no page of it is drawn again. */
export function whole(sent: SentState, shown: UploadState): UploadState {
  const { review, ...state } = sent;
  if (!review || 'findings' in review) return { ...state, ...(review ? { review } : {}) };
  return { ...state, ...(shown.review ? { review: { ...shown.review, until: review.until } } : {}) };
}

/** Has the browser ask before the page is left, while something would be lost. */
export function useLeaveWarning(active: boolean): void {
  useEffect(() => {
    if (!active) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [active]);
}
