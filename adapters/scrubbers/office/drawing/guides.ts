import { type Element, walk } from '../xml.ts';

/** Gives the guides of a shape's own geometry (20.1.9.11) names that say nothing, wherever they are named. */
export function renameGuides(geometry: Element): void {
  const names = new Map<string, string>();
  walk(geometry, ({ name, attributes }) => {
    const given = attributes['name'];
    if (name === 'a:gd' && given !== undefined && !names.has(given)) names.set(given, `g${names.size + 1}`);
  });
  if (names.size === 0) return;
  walk(geometry, ({ attributes }) => {
    for (const [key, value] of Object.entries(attributes))
      attributes[key] =
        key === 'fmla'
          ? value
              .split(' ')
              .map((one, index) => (index === 0 ? one : (names.get(one) ?? one)))
              .join(' ')
          : (names.get(value) ?? value);
  });
}
