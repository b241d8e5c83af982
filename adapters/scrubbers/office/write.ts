import { posix } from 'node:path';
import { relationAddress } from './kinds.ts';
import type { Part } from './rebuild.ts';
import type { WrittenPicture } from './rebuilt.ts';
import { ooxml } from './schema/namespaces.ts';
import { element, writeXml } from './xml.ts';
import { writeZip } from './zip.ts';

const namespaces = {
  types: ['http://schemas.openxmlformats.org/package/2006/content-types'],
  rels: ['http://schemas.openxmlformats.org/package/2006/relationships'],
};
const TYPES = { png: 'image/png', jpeg: 'image/jpeg' } as const;

/** Writes a package anew (ECMA-376-2): content types, relations, parts, pictures; `main` is the kind of the main part. No properties, no thumbnail. */
export function writePackage(main: string, parts: readonly Part[], pictures: readonly WrittenPicture[]): Uint8Array {
  const files = new Map<string, Uint8Array>();
  const endings = new Map(pictures.map(({ path, format }) => [path, `${path}.${format}`]));
  const [first] = parts;
  const types = [
    element('types:Default', {
      Extension: 'rels',
      ContentType: 'application/vnd.openxmlformats-package.relationships+xml',
    }),
    element('types:Default', { Extension: 'xml', ContentType: 'application/xml' }),
    ...[...new Set(pictures.map(({ format }) => format))]
      .toSorted()
      .map((format) => element('types:Default', { Extension: format, ContentType: TYPES[format] })),
    ...parts.map(({ path, kind }) => element('types:Override', { PartName: `/${path}`, ContentType: kind.type })),
  ];
  files.set(
    '[Content_Types].xml',
    writeXml({ root: element('types:Types', {}, types), variant: 0 }, namespaces, 'types'),
  );
  files.set(
    '_rels/.rels',
    relations(
      '',
      [{ id: 'rId1', type: relationAddress(main, first?.tree.variant ?? 0), target: first?.path ?? '' }],
      endings,
    ),
  );
  for (const { path, tree, relations: own } of parts) {
    files.set(path, writeXml(tree, ooxml));
    if (own.length > 0)
      files.set(
        posix.join(posix.dirname(path), '_rels', `${posix.basename(path)}.rels`),
        relations(posix.dirname(path), own, endings),
      );
  }
  const stored = new Set<string>();
  for (const { path, bytes } of pictures) {
    const name = endings.get(path) as string;
    files.set(name, bytes);
    stored.add(name);
  }
  return writeZip(files, stored);
}

function relations(folder: string, own: Part['relations'], endings: ReadonlyMap<string, string>): Uint8Array {
  const rows = own.map(({ id, type, target }) => {
    const path = endings.get(target) ?? target;
    return element('rels:Relationship', {
      Id: id,
      Type: type,
      Target: folder === '' ? path : posix.relative(folder, path),
    });
  });
  return writeXml({ root: element('rels:Relationships', {}, rows), variant: 0 }, namespaces, 'rels');
}
