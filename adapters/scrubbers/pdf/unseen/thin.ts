import type { PDFContext, PDFDict } from 'pdf-lib';
import type { Token } from '../rebuild/lexer.ts';
import { writeName } from '../rebuild/lexer.ts';
import { dictOf, entry, itemsOf, nameOf } from '../rebuild/source.ts';
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

const ONE_BYTE = new Set(['Type1', 'MMType1', 'TrueType', 'Type3']);

/** How many bytes a code has in a font of some resources (PDF 32000-1, 9.4.3 and 9.7.5.2); undefined where only the font's own CMap tells. */
export function codeLength(context: PDFContext, resources: PDFDict, font: string | undefined): 1 | 2 | undefined {
  if (font === undefined) return undefined;
  const found = entry(context, dictOf(entry(context, resources, 'Font')), writeName(font).slice(1));
  const kind = nameOf(entry(context, found, 'Subtype')) ?? '';
  if (ONE_BYTE.has(kind)) return 1;
  const upright = nameOf(entry(context, found, 'Encoding')) === 'Identity-H';
  return kind === 'Type0' && upright && itemsOf(context, entry(context, found, 'DescendantFonts')).length === 1
    ? 2
    : undefined;
}

const SPACE = 32;

/**
 * Takes the operand of a text operator (9.4.3) and gives it without the codes of the letters that go, what they took up as numbers. `matrix` is the text's, `size` its font's. Undefined when
 * its codes cannot be told from each other, or are not as many as the letters.
 */
export function thinText(
  operand: Token | undefined,
  bytes: 1 | 2 | undefined,
  { letters, gone }: Thinned,
  matrix: Matrix,
  size: number,
): ThinText | undefined {
  const items = operand?.kind === 'array' ? operand.items : operand ? [operand] : [];
  if (bytes === undefined || size === 0) return undefined;
  // A reading may leave out spaces at a text's ends, which stand in it all the same.
  const unread = (code: Uint8Array, at: number) =>
    all !== letters.length && bytes === 1 && code[0] === SPACE && letters[at]?.blank !== true;
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
    for (let at = 0; at < item.bytes.length; at += bytes) {
      const code = item.bytes.subarray(at, at + bytes);
      if (unread(code, index)) {
        if (hole) said.push(SPACE);
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
