import type { Token } from './lexer.ts';

/** Whether a text operator's operand (PDF 32000-1, 9.4.3) has any code. */
export function showsSomething(token: Token | undefined): boolean {
  if (token?.kind === 'string') return token.bytes.length > 0;
  return token?.kind === 'array' && token.items.some((item) => item.kind === 'string' && item.bytes.length > 0);
}

/** All codes of a text operator's operand. */
export function shownBytes(token: Token | undefined): Uint8Array {
  if (token?.kind === 'string') return token.bytes;
  if (token?.kind !== 'array') return new Uint8Array(0);
  return Buffer.concat(token.items.flatMap((item) => (item.kind === 'string' ? [item.bytes] : [])));
}

/** The numbers of an array before its first text. */
export function firstKerning(token: Token | undefined): number {
  if (token?.kind !== 'array') return 0;
  let sum = 0;
  for (const item of token.items) {
    if (item.kind === 'string' && item.bytes.length > 0) break;
    sum += numberOf(item);
  }
  return sum;
}

/** A number's value; 0 for what is none. */
export function numberOf(token: Token | undefined): number {
  return token?.kind === 'number' ? Number.parseFloat(token.text) || 0 : 0;
}

/** A number as it was written; 0 for what is none. */
export function numberText(token: Token | undefined): string {
  return token?.kind === 'number' ? token.text : '0';
}
