/** A part of a text, in UTF-16 units. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const [ZERO, NINE, LETTER_O] = [48, 57, 79];

/**
 * The parts of a text in which so many digits stand close together that they may be a number of a person or a telephone: at least `least` of them within `within` units, and `margin` units
 * on either side. The letter O counts as a digit. Rules with costly patterns look nowhere else.
 */
export function denseDigits(text: string, { least = 6, within = 24, margin = 48 } = {}): Window[] {
  const places = new Int32Array(least);
  const windows: Window[] = [];
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code < ZERO || code > NINE) && code !== LETTER_O) continue;
    const first = places[(count + 1) % least] ?? 0;
    places[count % least] = at;
    count++;
    if (count >= least && at - first < within) widen(windows, first - margin, at + margin, text.length);
  }
  return windows;
}

/** The parts of a text around the places where a pattern stands, `before` units in front of each and `behind` units after its start. */
export function around(
  text: string,
  pattern: RegExp,
  { before, behind }: { readonly before: number; readonly behind: number },
): Window[] {
  const windows: Window[] = [];
  for (const { index } of text.matchAll(pattern)) widen(windows, index - before, index + behind, text.length);
  return windows;
}

/** Where a pattern stands within the windows. `margin` of `denseDigits` and its like keeps the edges from cutting a match. */
export function* matchesWithin(
  text: string,
  windows: readonly Window[],
  pattern: RegExp,
): Generator<{ readonly start: number; readonly written: string }> {
  for (const { from, to } of windows) {
    for (const found of text.slice(from, to).matchAll(pattern)) yield { start: from + found.index, written: found[0] };
  }
}

function widen(windows: Window[], from: number, to: number, length: number): void {
  const last = windows.at(-1);
  const end = Math.min(length, to);
  if (last && from <= last.to) windows[windows.length - 1] = { from: last.from, to: Math.max(last.to, end) };
  else windows.push({ from: Math.max(0, from), to: end });
}
