import { describe, expect, it } from 'vitest';
import type { UploadState } from '../../../../bot/pages/pages.ts';
import { sentReview } from '../../links/sent-review.ts';
import { whole } from './news.ts';

const state: UploadState = {
  caseId: 'C-1',
  language: 'en',
  expiresAt: '2030-01-01T00:00:00Z',
  limit: 1,
  dicomLimit: 1,
  bundleLimit: 1,
  idleMinutes: 15,
  dicomOptions: [],
  review: {
    format: 'pdf',
    pages: [{ width: 1, height: 1 }],
    findings: [],
    removed: {},
    notSearched: [],
    flattens: true,
    until: '2030-01-01T00:15:00Z',
  },
};

describe('a look at a review that the page has', () => {
  it('sends its end alone, and leaves its findings the same object', () => {
    const first = whole(sentReview(state, undefined), { ...state });
    const later = { ...state, review: { ...state.review, until: '2030-01-01T00:16:00Z' } } as UploadState;
    const print = (first.review as unknown as { readonly print: string }).print;
    const sent = sentReview(later, print);
    expect(Object.keys(sent.review ?? {}).sort()).toEqual(['print', 'until']);
    const shown = whole(sent, first);
    expect(shown.review?.findings).toBe(first.review?.findings);
    expect(shown.review?.until).toBe('2030-01-01T00:16:00Z');
  });

  it('sends all of it once anything else has changed', () => {
    const first = sentReview(state, undefined).review;
    const other = { ...state, review: { ...state.review, removed: { comment: 1 } } } as UploadState;
    expect(sentReview(other, first?.print).review).toMatchObject({ findings: [], removed: { comment: 1 } });
  });

  it('has none once there is none', () => {
    const { review: _, ...ended } = state;
    expect(whole(sentReview(ended, 'x'), state).review).toBeUndefined();
  });
});
