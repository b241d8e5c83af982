import table from './safe-private.json' with { type: 'json' };

/** A row of table E.3.10-1 of PS3.15. */
export interface SafePrivate {
  /** Undefined where the table names none. */
  readonly vr: string | undefined;
  readonly name: string;
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

const rows: ReadonlyMap<string, SafePrivate> = new Map(
  table.flatMap(({ creator, group, elements }) =>
    Object.entries(elements).map(([element, said]) => {
      const [vr, ...name] = said.split(' ');
      return [`${group}${element}${creator}`, { vr: vr === '-' ? undefined : vr, name: name.join(' ') }] as const;
    }),
  ),
);

/** What the standard knows of a private element that is thought to be safe, by its creator, its group and the lower byte of its element; undefined for any other. */
export function safePrivate(creator: string, group: number, element: number): SafePrivate | undefined {
  return rows.get(`${hex(group, 4)}${hex(element, 2)}${creator}`);
}
