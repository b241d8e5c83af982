import type { Token } from '../rebuild/lexer.ts';
import type { Codes } from './codes.ts';
import type { Matrix } from './objects.ts';

/** A text of which some letters go. */
export interface Thinned {
  /** Its letters as the engine reads them: where the pen stands before each, in the space of the text's stream. */
  readonly letters: readonly { readonly origin: readonly [number, number]; readonly blank: boolean }[];
  /** The letters that go, by their index. */
  readonly gone: ReadonlySet<number>;
}

/** A text operator without some of its codes. */
export interface ThinText {
  /** The items of an array for TJ. */
  readonly items: string;
  /** The codes that went. */
  readonly said: Uint8Array;
  /** Where the pen stands after it, when that is before letters that went. */
  readonly end: readonly [number, number] | undefined;
}

/**
 * Takes the operand of a text operator (9.4.3) and gives it without the codes of the letters that go, what they took up as numbers. `matrix` is the text's, `size` its font's. Undefined when
 * its codes cannot be told from each other, or are not as many as the letters.
 */
export function thinText(
  operand: Token | undefined,
  codes: Codes | undefined,
  { letters, gone }: Thinned,
  matrix: Matrix,
  size: number,
): ThinText | undefined {
  const items = operand?.kind === 'array' ? operand.items : operand ? [operand] : [];
  if (codes === undefined || size === 0) return undefined;
  const bytes = codes.length;
  // A reading may leave out spaces, which stand in the text all the same.
  const unread = (code: Uint8Array, at: number) =>
    all !== letters.length && letters[at]?.blank !== true && codes.isBlank(code);
  const all = items.reduce((sum, item) => sum + (item.kind === 'string' ? item.bytes.length / bytes : 0), 0);
  const out: string[] = [];
  const said: number[] = [];
  let index = 0;
  let hole: readonly [number, number] | undefined;
  for (const item of items) {
    if (item.kind === 'number') {
      if (!hole) out.push(item.text);
      continue;
    }
    if (item.kind !== 'string' || item.bytes.length % bytes !== 0) return undefined;
    // The engine leaves out a number between the last text and an empty one, and would not without that.
    if (item.bytes.length === 0 && !hole) out.push('<>');
    for (let at = 0; at < item.bytes.length; at += bytes) {
      const code = item.bytes.subarray(at, at + bytes);
      if (unread(code, index)) {
        if (hole) said.push(...code);
        else out.push(hex(code));
        continue;
      }
      const origin = letters[index]?.origin;
      if (!origin || !origin.every(Number.isFinite)) return undefined;
      if (gone.has(index++)) {
        said.push(...code);
        hole ??= origin;
        continue;
      }
      if (hole) out.push((-(along(matrix, hole, origin) * 1000) / size).toFixed(3));
      hole = undefined;
      out.push(hex(code));
    }
  }
  if (index !== letters.length) return undefined;
  return { items: out.join(' ').replaceAll('> <', ''), said: Uint8Array.from(said), end: hole };
}

function hex(code: Uint8Array): string {
  return `<${Buffer.from(code).toString('hex')}>`;
}

/** How far the pen goes from one point to another along a text's line, in its unscaled space (9.4.4). */
export function along([a, b]: Matrix, from: readonly [number, number], to: readonly [number, number]): number {
  const length = a * a + b * b;
  return length === 0 ? 0 : ((to[0] - from[0]) * a + (to[1] - from[1]) * b) / length;
}
