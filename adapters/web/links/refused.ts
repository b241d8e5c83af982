import type { Refused } from '../../../bot/pages.ts';

/** Tells a refusal from a state. A state of the upload page may say, under the same name, that the last file was refused: there it is no code. */
export function isRefused<State extends object>(outcome: State | Refused): outcome is Refused {
  return 'refused' in outcome && typeof outcome.refused === 'string';
}
