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
  app: ['http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'],
};
const PROGRAM = 'docProps/app.xml';
const TYPES = { png: 'image/png', jpeg: 'image/jpeg' } as const;

/**
 * Writes a package anew (ECMA-376-2): content types, relations, parts, pictures; `main` is the kind of the main part. No thumbnail, and of the properties whether it `isOf2007` alone: that version left out what
 * it took for granted in charts, and readers go by it.
 */
export function writePackage(
  main: string,
  parts: readonly Part[],
  pictures: readonly WrittenPicture[],
  isOf2007: boolean,
): Uint8Array {
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
    ...(isOf2007
      ? [
          element('types:Override', {
            PartName: `/${PROGRAM}`,
            ContentType: 'application/vnd.openxmlformats-officedocument.extended-properties+xml',
          }),
        ]
      : []),
  ];
  files.set(
    '[Content_Types].xml',
    writeXml({ root: element('types:Types', {}, types), variant: 0 }, namespaces, 'types'),
  );
  files.set(
    '_rels/.rels',
    relations(
      '',
      [
        { id: 'rId1', type: relationAddress(main, first?.tree.variant ?? 0), target: first?.path ?? '' },
        ...(isOf2007 ? [{ id: 'rId2', type: relationAddress('extended-properties', 0), target: PROGRAM }] : []),
      ],
      endings,
    ),
  );
  if (isOf2007) files.set(PROGRAM, writeXml({ root: of2007(), variant: 0 }, namespaces, 'app'));
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

/** The program's name as readers look for it, and the version that Office 2007 wrote. */
const of2007 = () =>
  element('app:Properties', {}, [
    element('app:Application', {}, ['Microsoft Office']),
    element('app:AppVersion', {}, ['12.0000']),
  ]);

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
