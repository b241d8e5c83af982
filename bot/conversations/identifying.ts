import { seemsIdentifying } from '../guard.ts';
import type { Turn } from '../turn.ts';
import type { Card } from '../view.ts';

/** Rule 9: where a text seems to hold a patient's identity, what its author alone is told; undefined where it does not. */
export function identifyingCard({ say, who }: Turn, text: string): Card | undefined {
  const kinds = seemsIdentifying(text);
  if (kinds.length === 0) return undefined;
  return {
    title: say('common:identifying.title'),
    tone: 'warning',
    body: [
      {
        kind: 'text',
        text: say('common:identifying.text', { kinds: kinds.map((kind) => say(`common:kinds.${kind}`)).join(', ') }),
      },
      { kind: 'note', text: say(`common:identifying.remove-${who.identity.platform}`) },
    ],
  };
}
