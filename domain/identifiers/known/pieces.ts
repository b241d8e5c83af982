import { unseen } from './fold.ts';

/** How the letters of a piece are written. 'none': digits, or a script without case. */
export type Casing = 'lower' | 'title' | 'upper' | 'none';

/** A run of letters or of digits, in UTF-16 units of the text; also split where a small letter meets a capital ('NovákJiří'). */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  readonly casing: Casing;
  /** What stands between the piece before and this one. */
  readonly gap: string;
  /** The first word of a sentence, a line or the text: its capital says nothing. */
  readonly opens: boolean;
}

const runs = new RegExp(`(?:[\\p{Alpha}](?:[\\p{Alpha}\\p{M}${unseen}])*|[\\p{N}]+)`, 'gu');
const hidden = new RegExp(`[${unseen}]`, 'gu');
const humps = new RegExp(`(?<=\\p{Ll}[\\p{M}${unseen}]*)(?=\\p{Uppercase})`, 'u');

function casingOf(raw: string): Casing {
  const letters = raw.replace(/[^\p{Alpha}]/gu, '');
  const [lower, upper] = [letters.toLowerCase(), letters.toUpperCase()];
  if (lower === upper) return 'none';
  if (letters === lower) return 'lower';
  if (letters === upper) return letters.length > 1 ? 'upper' : 'title';
  const first = letters.charAt(0);
  return first === first.toLowerCase() && first !== first.toUpperCase() ? 'lower' : 'title';
}

/** Cuts a text into its pieces, in their order. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  const casings = new Map<string, Casing>();
  let before = 0;
  const add = (start: number, raw: string) => {
    const between = text.slice(before, Math.min(start, before + 40));
    // A soft hyphen or a mark of direction beside a space takes no room either.
    const gap = between.length > 1 ? between.replace(hidden, '') : between;
    let casing = casings.get(raw);
    if (casing === undefined) {
      casing = casingOf(raw);
      casings.set(raw, casing);
    }
    pieces.push({ start, end: start + raw.length, raw, casing, gap, opens: opensSentence(gap, pieces.at(-1)) });
    before = start + raw.length;
  };
  for (const { 0: run, index } of text.matchAll(runs)) {
    let at = index;
    for (const raw of humps.test(run) ? run.split(new RegExp(humps, 'gu')) : [run]) {
      add(at, raw);
      at += raw.length;
    }
  }
  return pieces;
}

function opensSentence(gap: string, before: Piece | undefined): boolean {
  if (!before || /[\n\r\f\u2028\u2029]/.test(gap)) return true;
  // 'Dr. Novák', 'J. Novák': the full stop of a short word ends no sentence.
  if (/^\.\s*$/.test(gap)) return before.raw.length > 3 || before.casing === 'none';
  return /[.!?:;•●▪*…¿¡"“„«|\t]/.test(gap);
}
