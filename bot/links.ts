import type { Directory, LinkName } from '../domain/directory.ts';
import type { LinkButton } from './view.ts';
import type { Say } from './words.ts';

/** A button to a page outside, where the directory has its address; none where it has not: an address is never made up. */
export function linkButtons(
  say: Say,
  { links }: Pick<Directory, 'links'>,
  name: LinkName,
  style?: 'primary',
): readonly LinkButton[] {
  const link = links[name];
  return link ? [{ label: say(`common:links.${name}`), url: link.url, ...(style ? { style } : {}) }] : [];
}
