import type { Added, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import type { Choices } from './choices.ts';

const keyOf = (handle: string) => `choices-${handle}`;

/** Tells one list of findings from another: ids and pages alone, which say nothing about a person. */
function printOf(findings: readonly ReviewFinding[]): string {
  return findings.map(({ id, page }) => `${page}:${id}`).join(' ');
}

/** Keeps the choices in this tab over a reload: ids and places, never a text. Where the browser keeps nothing, they are only in memory. */
export function remember(handle: string, findings: readonly ReviewFinding[], { kept, added, flatten }: Choices): void {
  try {
    const value = { print: printOf(findings), kept: [...kept], added, flatten };
    sessionStorage.setItem(keyOf(handle), JSON.stringify(value));
  } catch {
    // A full or forbidden store costs the choices of a reload, nothing else.
  }
}

/** The choices of this tab for these findings, if there are any. */
export function remembered(handle: string, findings: readonly ReviewFinding[]): Choices | undefined {
  try {
    const held = JSON.parse(sessionStorage.getItem(keyOf(handle)) ?? 'null') as {
      readonly print: string;
      readonly kept: readonly string[];
      readonly added: readonly Added[];
      readonly flatten: boolean;
    } | null;
    if (held?.print !== printOf(findings)) return undefined;
    return { kept: new Set(held.kept), added: held.added, flatten: held.flatten };
  } catch {
    return undefined;
  }
}

/** Forgets them: they were applied, or the file was thrown away. */
export function forget(handle: string): void {
  try {
    sessionStorage.removeItem(keyOf(handle));
  } catch {
    // Nothing was kept.
  }
}
