import type { Element } from '../xml.ts';

/** Whether a text is left out on a condition (OpenDocument 1.3-3, 19.463 and 19.510): what a program said of it last counts, and where it said nothing, what the condition comes to. */
export function isLeftOut({ attributes }: Element): boolean {
  const last = attributes['text:is-hidden'];
  if (last !== undefined) return last !== 'false';
  return !isFalse(attributes['text:condition'] ?? '');
}

/** Names that programs know, and what they are in a document of its own: no part of a book. */
const KNOWN: Readonly<Record<string, string>> = { true: '1', false: '0', book: '0' };
const CONDITION = /^(?:\w+:)?\s*(\w+|"[^"]*")\s*(?:(eq|==|neq|!=)\s*(\w+|"[^"]*")\s*)?$/i;

/** Whether a condition is not met, as far as that shows by itself: one on variables of the document may be. */
function isFalse(condition: string): boolean {
  const [, left = '', sign, right = '0'] = CONDITION.exec(condition) ?? [];
  const [one, other] = [valueOf(left), valueOf(right)];
  if (one === undefined || other === undefined) return false;
  const isSame = one === other;
  return sign === undefined || /^(?:neq|!=)$/i.test(sign) ? isSame : !isSame;
}

function valueOf(operand: string): string | undefined {
  const known = KNOWN[operand.toLowerCase()];
  if (known !== undefined) return known;
  return /^\d{1,9}$/.test(operand) ? String(Number(operand)) : operand.startsWith('"') ? operand : undefined;
}
