import { child, type Element, elements, walk } from '../xml.ts';

/** What of a style hides what has it, as far as the style says so. */
interface Look {
  readonly hidden?: boolean;
  readonly color?: string;
  readonly background?: string;
  readonly points?: number;
  readonly display?: string;
}

/** The looks of a document's styles, automatic and common, by family and name. */
export type Looks = (family: string, name: string | undefined) => Look;

const WHITE = /^#f[6-9a-f]f[6-9a-f]f[6-9a-f]$/i;
export const isWhite = (color: string | undefined): boolean => color !== undefined && WHITE.test(color);

/** Reads the styles of the document's parts. */
export function looksOf(roots: readonly Element[]): Looks {
  const styles = new Map<string, Element>();
  const defaults = new Map<string, Element>();
  for (const root of roots)
    walk(root, (one) => {
      const family = one.attributes['style:family'] ?? '';
      if (one.name === 'style:style') styles.set(`${family} ${one.attributes['style:name'] ?? ''}`, one);
      if (one.name === 'style:default-style') defaults.set(family, one);
    });
  const known = new Map<string, Look>();
  return (family, name) => {
    const key = `${family} ${name ?? ''}`;
    const before = known.get(key);
    if (before) return before;
    const chain: Element[] = [];
    for (
      let at = styles.get(key);
      at && !chain.includes(at);
      at = styles.get(`${family} ${at.attributes['style:parent-style-name'] ?? ''}`)
    )
      chain.unshift(at);
    const first = defaults.get(family);
    const look = [...(first ? [first] : []), ...chain].reduce<Look>((all, style) => ({ ...all, ...own(style) }), {});
    known.set(key, look);
    return look;
  };
}

function own(style: Element): Look {
  const text = child(style, 'style:text-properties')?.attributes ?? {};
  const behind = [
    'style:paragraph-properties',
    'style:table-cell-properties',
    'style:graphic-properties',
    'style:text-properties',
  ]
    .map((name) => child(style, name)?.attributes)
    .map(
      (given) =>
        given?.['fo:background-color'] ?? (given?.['draw:fill'] === 'solid' ? given['draw:fill-color'] : undefined),
    )
    .findLast((color) => color !== undefined && color !== 'transparent');
  const size = /^([\d.]+)pt$/.exec(text['fo:font-size'] ?? '')?.[1];
  const display =
    child(style, 'style:table-properties')?.attributes['table:display'] ??
    child(style, 'style:section-properties')?.attributes['text:display'] ??
    child(style, 'style:drawing-page-properties')?.attributes['presentation:visibility'];
  return {
    ...(text['text:display'] === undefined ? {} : { hidden: text['text:display'] === 'none' }),
    ...(text['fo:color'] === undefined ? {} : { color: text['fo:color'] }),
    ...(size === undefined ? {} : { points: Number(size) }),
    ...(behind === undefined ? {} : { background: behind }),
    ...(display === undefined ? {} : { display }),
  };
}

/** All elements below a root with one of these names. */
export function all(root: Element | undefined, name: string): Element[] {
  const found: Element[] = [];
  if (root)
    walk(root, (one) => {
      if (one.name === name) found.push(one);
    });
  return found;
}

/** The children of a child, or none. */
export const under = (parent: Element | undefined, name: string): Element[] =>
  elements(child(parent, name) ?? { name: '', attributes: {}, children: [] });
