import type { BundleEntry } from '../../domain/ports.ts';

/** The file of a bundle that a page (1-based) stands in, and its number there; undefined where there is no such page. */
export function placeIn(
  entries: readonly BundleEntry[],
  page: number,
): { readonly entry: BundleEntry; readonly page: number } | undefined {
  let before = 0;
  for (const entry of entries) {
    if (page > before && page <= before + entry.pages) return { entry, page: page - before };
    before += entry.pages;
  }
  return undefined;
}
