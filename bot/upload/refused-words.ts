import type { ScrubRefusal } from '../../domain/ports.ts';
import { hasWords, wordsOf } from '../words.ts';

/** Why a file was refused: a code, and what its sentence needs. */
export type Why = Pick<ScrubRefusal, 'reason' | 'params'>;

/** A refusal of a file in words, with the way out. */
export function refusedWords(language: string, { reason, params }: Why): string {
  const say = wordsOf(language);
  const key = `documents:refused.${reason}`;
  const kind = params?.['kind'];
  const kindKey = `documents:kinds.${typeof kind === 'string' ? kind : 'unknown'}`;
  const words = say(hasWords(kindKey) ? kindKey : 'documents:kinds.unknown');
  return say(hasWords(key) ? key : 'documents:refused.other', { ...params, kind: words, code: reason });
}
