import { posix } from 'node:path';
import { Refusal } from '../refusal.ts';
import { type Element, elements, parseXml } from './xml.ts';

/** One relation of a part: what it is (the last word of its type's address), and the part that it names; undefined for what stands outside the package. */
export interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string | undefined;
}

/** An Open Packaging package (ECMA-376-2) as it was read: parts by name without the leading slash, whatever their letters' case. */
export interface Package {
  readonly part: (name: string) => Uint8Array | undefined;
  readonly type: (name: string) => string | undefined;
  /** The relations of a part; '' for those of the package. */
  readonly relations: (name: string) => readonly Relation[];
  readonly names: readonly string[];
}

const namespaces = {
  types: ['http://schemas.openxmlformats.org/package/2006/content-types'],
  rels: ['http://schemas.openxmlformats.org/package/2006/relationships'],
};
const nothing = { count: 0 };

/** Reads the content types and gives a view of the package. Refuses with 'corrupt' where it has none. */
export function openPackage(files: ReadonlyMap<string, Uint8Array>): Package {
  const byName = new Map([...files].map(([name, bytes]) => [key(name), bytes]));
  const listed = byName.get(key('[Content_Types].xml'));
  if (!listed) throw new Refusal('corrupt');
  const { root } = parseXml(listed, namespaces, nothing);
  const entries = (name: string, by: string) =>
    new Map(elements(root, name).map(({ attributes }) => [key(attributes[by] ?? ''), attributes['ContentType'] ?? '']));
  const overrides = entries('types:Override', 'PartName');
  const defaults = entries('types:Default', 'Extension');
  const known = new Map<string, readonly Relation[]>();
  return {
    part: (name) => byName.get(key(name)),
    type: (name) => overrides.get(key(name)) ?? defaults.get(posix.extname(key(name)).slice(1)),
    names: [...files.keys()],
    relations: (name) => {
      const found = known.get(key(name)) ?? readRelations(name, byName);
      known.set(key(name), found);
      return found;
    },
  };
}

const key = (name: string) => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();

function readRelations(name: string, byName: ReadonlyMap<string, Uint8Array>): readonly Relation[] {
  const folder = posix.dirname(name);
  const bytes = byName.get(key(posix.join(folder, '_rels', `${posix.basename(name)}.rels`)));
  if (!bytes) return [];
  const { root } = parseXml(bytes, namespaces, nothing);
  return elements(root, 'rels:Relationship').map((one) => relationOf(one, folder));
}

function relationOf({ attributes }: Element, folder: string): Relation {
  const target = attributes['Target'] ?? '';
  const isOutside =
    attributes['TargetMode'] === 'External' || /^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('#');
  return {
    id: attributes['Id'] ?? '',
    type: (attributes['Type'] ?? '').split('/').at(-1) ?? '',
    target: isOutside
      ? undefined
      : posix.normalize(target.startsWith('/') ? target.slice(1) : posix.join(folder, decoded(target))),
  };
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
