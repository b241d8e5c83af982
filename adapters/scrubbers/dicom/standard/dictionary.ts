import dictionary from './dictionary.json' with { type: 'json' };

const vrs = new Map(
  Object.entries(dictionary.tags).flatMap(([vr, tags]) =>
    tags.split(' ').map((tag) => [Number.parseInt(tag, 16), vr] as const),
  ),
);
const labels = new Map(Object.entries(dictionary.labels).map(([tag, label]) => [Number.parseInt(tag, 16), label]));

/** The value representation of a standard element (PS3.6, without curves, overlays and other repeating groups); undefined for any other. */
export function vrOf(tag: number): string | undefined {
  return vrs.get(tag);
}

/** The name of a standard element of words. */
export function labelOf(tag: number): string | undefined {
  return labels.get(tag);
}
