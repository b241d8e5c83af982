import type { ActButton, Block } from './view.ts';
import type { Say } from './words.ts';

/** How many things a card's list shows at once. */
export const perPage = 10;

/** A stretch of a list: where it begins, and how many there are in all. Nothing is cut without these two being told. */
export interface Stretch {
  readonly offset: number;
  readonly limit: number;
  readonly all: number;
}

/** The stretch at this offset; one beyond the end (things went away meanwhile) is the last page. */
export function stretch(offset: number, all: number, limit = perPage): Stretch {
  const last = Math.max(0, Math.ceil(all / limit) - 1) * limit;
  return { offset: Math.min(Math.floor(offset / limit) * limit, last), limit, all };
}

/** What a press on 'older' or 'newer' carries: the list's own reference and an offset, as 'ref|offset'. */
export function pageRef(ref: string, offset: number): string {
  return `${ref}|${offset}`;
}

/** The reference and the offset of a press; a reference without an offset is the first page, and so is a forged one. */
export function readPageRef(given: string): { readonly ref: string; readonly offset: number } {
  const [, ref = given, digits = '0'] = /^(.*)\|(\d{1,6})$/.exec(given) ?? [];
  return { ref, offset: Number(digits) };
}

/** '11 to 20 of 137', where a list goes over a page. */
export function pageNote(say: Say, { offset, limit, all }: Stretch): Block[] {
  if (all <= limit) return [];
  const to = Math.min(offset + limit, all);
  return [{ kind: 'note', text: say('common:paging.count', { from: offset + 1, to, all }) }];
}

/** The buttons to the pages before and after; none where there is none. The answer takes the place of the card. */
export function pageButtons(say: Say, { offset, limit, all }: Stretch, action: string, ref = ''): ActButton[] {
  const to = (label: 'newer' | 'older', at: number): ActButton => ({
    label: say(`common:paging.${label}`),
    action,
    ref: pageRef(ref, at),
  });
  return [
    ...(offset > 0 ? [to('newer', Math.max(0, offset - limit))] : []),
    ...(offset + limit < all ? [to('older', offset + limit)] : []),
  ];
}

/**
 * Reads one stretch of several lists that stand one after the other as if they were one: each is asked only for the part that falls
 * into it. Gives the parts in the order of the lists.
 */
export async function acrossLists<T>(
  lists: readonly { readonly count: number; readonly read: (limit: number, offset: number) => Promise<readonly T[]> }[],
  { offset, limit }: Stretch,
): Promise<readonly (readonly T[])[]> {
  let before = 0;
  const parts: Promise<readonly T[]>[] = [];
  for (const { count, read } of lists) {
    const from = Math.max(0, offset - before);
    const most = Math.min(count, offset + limit - before) - from;
    parts.push(most > 0 ? read(most, from) : Promise.resolve([]));
    before += count;
  }
  return Promise.all(parts);
}
