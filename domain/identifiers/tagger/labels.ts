import type { IdentifierKind } from '../spans.ts';

/** The kinds the tagger tells apart. Ages stay, and addresses of the web are a matter of shape alone. */
export const taggedKinds = [
  'name',
  'birth-date',
  'date',
  'number',
  'phone',
  'email',
  'address',
  'place',
  'institution',
] as const satisfies readonly IdentifierKind[];
export type TaggedKind = (typeof taggedKinds)[number];

/** Label 0 is 'outside'; kind k begins with label 2k + 1 and goes on with 2k + 2. */
export const labelCount = 1 + 2 * taggedKinds.length;

export function beginning(kind: TaggedKind): number {
  return 2 * taggedKinds.indexOf(kind) + 1;
}

/** The kind of a label; nothing for 'outside'. */
export function kindOf(label: number): TaggedKind | undefined {
  return taggedKinds[(label - 1) >> 1];
}
