import type { UploadState } from '../../../../bot/pages/pages.ts';

export type Stage = 'give' | 'work' | 'review' | 'result' | 'released' | 'ended';

/** Which part of the page a state calls for. What runs or waits for the person goes before how an earlier file ended. */
export function stageOf(state: UploadState): Stage {
  const stage = state.document?.stage;
  if (state.work) return 'work';
  if (stage === 'attested' || stage === 'released') return 'released';
  if (stage === 'uploaded' || stage === 'purged') return 'ended';
  if (state.review) return 'review';
  if (stage === 'scrubbed') return 'result';
  return stage === 'received' && !state.incoming && !state.refused ? 'work' : 'give';
}

/** The steps that the person is shown. */
export const steps = ['give', 'review', 'result', 'upload'] as const;

/** The step that a part of the page belongs to: work is done for the step that follows it. */
export function stepOf(stage: Stage, work: UploadState['work']): (typeof steps)[number] {
  if (stage === 'released' || stage === 'ended') return 'upload';
  if (stage === 'work') return work?.phase === 'redacting' ? 'result' : 'review';
  return stage;
}
