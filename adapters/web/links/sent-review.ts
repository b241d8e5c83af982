import { createHash } from 'node:crypto';
import type { ReviewState, UploadState } from '../../../bot/pages/pages.ts';

/** A state as the page gets it: a review has a print, and where the page says that it holds this very one, only until when it stays. */
export type SentState = Omit<UploadState, 'review'> & {
  readonly review?: (ReviewState & { readonly print: string }) | { readonly print: string; readonly until: string };
};

/** Takes a state and the print of the review that the page holds, and gives what is to be sent: thousands of findings do not travel again with each look at the time. */
export function sentReview({ review, ...state }: UploadState, held: string | undefined): SentState {
  if (!review) return state;
  const { until, ...lasting } = review;
  const print = createHash('sha256').update(JSON.stringify(lasting)).digest('base64url').slice(0, 22);
  return { ...state, review: print === held ? { print, until } : { ...review, print } };
}
