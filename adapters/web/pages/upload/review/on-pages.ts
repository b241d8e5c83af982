import { useMemo, useRef } from 'react';
import type { Added, ReviewFinding } from '../../../../../bot/pages.ts';
import type { OnPage } from './acts.ts';
import { byPage } from './kinds.ts';

const none: readonly never[] = [];
const parts = ['findings', 'kept', 'added', 'hits'] as const;

/** What is on each page; a page's object stays the same one until something on it changes, so that three hundred pages stay undrawn. */
export function useOnPages(
  findings: readonly ReviewFinding[],
  kept: ReadonlySet<string>,
  added: readonly Added[],
  hits: readonly Added[],
): (page: number) => OnPage {
  const before = useRef(new Map<number, OnPage>());
  return useMemo(() => {
    const found = byPage(findings);
    const own = byPage(added);
    const hit = byPage(hits);
    return (page: number) => {
      const here = found.get(page) ?? none;
      const now: OnPage = {
        findings: here,
        kept: here.map(({ id }) => id).filter((id) => kept.has(id)),
        added: own.get(page) ?? none,
        hits: hit.get(page) ?? none,
      };
      const held = before.current.get(page);
      if (held && parts.every((part) => isSame<unknown>(held[part], now[part]))) return held;
      before.current.set(page, now);
      return now;
    };
  }, [findings, kept, added, hits]);
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one === other || (one.length === other.length && one.every((thing, at) => thing === other[at]));
}
