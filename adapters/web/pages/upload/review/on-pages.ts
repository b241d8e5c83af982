import { useMemo, useRef } from 'react';
import type { Added, ReviewFinding } from '../../../../../bot/pages/pages.ts';
import type { OnPage } from './acts.ts';
import { byPage, grouped } from './kinds.ts';

const none: readonly never[] = [];
const parts = ['findings', 'kept', 'added', 'hits'] as const;

/** What is on each page, what is covered on all frames of a file, or of a series, on each of them; a page's object stays the same one until something on it changes, so that three hundred pages stay undrawn. */
export function useOnPages(
  findings: readonly ReviewFinding[],
  kept: ReadonlySet<string>,
  added: readonly Added[],
  hits: readonly Added[],
  seriesOf: (page: number) => number | undefined,
  /** The first page of those on which the same is covered. */
  fileOf: (page: number) => number,
): (page: number) => OnPage {
  const before = useRef(new Map<number, OnPage>());
  return useMemo(() => {
    const found = grouped(findings, ({ page }) => fileOf(page));
    const isWhole = (place: Added) => 'box' in place && place.series === true && seriesOf(place.page) !== undefined;
    const own = grouped(
      added.filter((place) => !isWhole(place)),
      ({ page }) => fileOf(page),
    );
    const whole = grouped(added.filter(isWhole), ({ page }) => seriesOf(page));
    const hit = byPage(hits);
    return (page: number) => {
      const here = found.get(fileOf(page)) ?? none;
      const now: OnPage = {
        findings: here,
        kept: here.map(({ id }) => id).filter((id) => kept.has(id)),
        added: [...(own.get(fileOf(page)) ?? none), ...(whole.get(seriesOf(page)) ?? none)],
        hits: hit.get(page) ?? none,
      };
      const held = before.current.get(page);
      if (held && parts.every((part) => isSame<unknown>(held[part], now[part]))) return held;
      before.current.set(page, now);
      return now;
    };
  }, [findings, kept, added, hits, seriesOf, fileOf]);
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one === other || (one.length === other.length && one.every((thing, at) => thing === other[at]));
}
