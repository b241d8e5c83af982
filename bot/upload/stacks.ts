import type { Analysis, BundleEntry } from '../../domain/ports.ts';
import { runsOf, stacksOf } from '../../domain/stacks.ts';
import type { Stacks } from './report.ts';

/** Frames that nobody and nothing has looked at for writing. */
const unsearched: ReadonlySet<string> = new Set(['pictures', 'frames-not-read', 'frames-between']);

/** How the frames of a scrubbed file are looked at: as series, and on which of them something was found, or could not be looked for: what was drawn was seen where it was drawn. Of a bundle, pages of files before them may have become more or fewer. */
export function stacksAfter(
  { pages, findings, notSearched }: Pick<Analysis, 'pages' | 'findings' | 'notSearched'>,
  entries?: { readonly before: readonly BundleEntry[]; readonly after: readonly BundleEntry[] },
): Stacks {
  const now = entries ? pagesNow(entries.before, entries.after) : (page: number) => page;
  const frames = new Set(pages.flatMap(({ frame }, index) => (frame ? [index + 1] : [])));
  const marked = [
    ...findings.map(({ page }) => page),
    ...notSearched.flatMap(({ what, pages: of }) => (unsearched.has(what) ? of : [])),
  ].filter((page) => frames.has(page));
  return {
    stacks: stacksOf(pages).map((stack) => runsOf(stack.map(now))),
    marked: runsOf([...new Set(marked)].map(now).sort((one, other) => one - other)),
  };
}

/** Gives which page of the scrubbed bundle a page of the prepared one is. Only documents that become others have more or fewer pages, and they have no frames. */
function pagesNow(before: readonly BundleEntry[], after: readonly BundleEntry[]): (page: number) => number {
  const ends: { readonly last: number; readonly by: number }[] = [];
  let [was, is] = [0, 0];
  for (const [index, { pages }] of before.entries()) {
    ends.push({ last: was + pages, by: is - was });
    was += pages;
    is += after[index]?.pages ?? pages;
  }
  return (page) => page + (ends[lowest(ends, page)]?.by ?? 0);
}

/** The first end that a page does not lie behind. */
function lowest(ends: readonly { readonly last: number }[], page: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle]?.last ?? 0) < page) low = middle + 1;
    else high = middle;
  }
  return low;
}
