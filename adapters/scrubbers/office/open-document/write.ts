import type { OfficeFormat } from '../../../../domain/ports.ts';
import type { WrittenPicture } from '../rebuilt.ts';
import { type Element, element, type Parsed, walk, writeXml } from '../xml.ts';
import { writeZip } from '../zip.ts';
import type { Document } from './open-document.ts';
import { namespaces } from './rules.ts';

const NAMES: Readonly<Partial<Record<OfficeFormat, string>>> = { odt: 'text', ods: 'spreadsheet', odp: 'presentation' };
const mimeOf = (name: string) => `application/vnd.oasis.opendocument.${name}`;

/** Writes a package anew (OpenDocument 1.3-2): its type first and as it is, content, styles, pictures, charts, and a manifest of these alone. */
export function writeOpenDocument(
  format: OfficeFormat,
  documents: readonly Document[],
  pictures: readonly WrittenPicture[],
): Uint8Array {
  const endings = new Map(pictures.map(({ path, format: ending }) => [path, `${path}.${ending}`]));
  const files = new Map<string, Uint8Array>();
  const type = mimeOf(NAMES[format] ?? 'text');
  const entries: Element[] = [entry('/', type)];
  files.set('mimetype', new TextEncoder().encode(type));
  for (const { folder, content, styles } of documents) {
    if (folder !== '') entries.push(entry(folder, mimeOf('chart')));
    for (const [name, part] of [
      ['content.xml', content],
      ['styles.xml', styles],
    ] as const) {
      if (!part) continue;
      files.set(`${folder}${name}`, written(part, endings, folder));
      entries.push(entry(`${folder}${name}`, 'text/xml'));
    }
  }
  const stored = new Set(['mimetype']);
  for (const { path, format: ending, bytes } of pictures) {
    const name = endings.get(path) as string;
    files.set(name, bytes);
    stored.add(name);
    entries.push(entry(name, `image/${ending}`));
  }
  const manifest = element('manifest:manifest', { 'manifest:version': '1.2' }, entries);
  files.set('META-INF/manifest.xml', writeXml({ root: manifest, variant: 0 }, namespaces));
  return writeZip(files, stored);
}

const entry = (path: string, type: string) =>
  element('manifest:file-entry', { 'manifest:full-path': path, 'manifest:media-type': type });

/** The part with the endings that its pictures have. */
function written(part: Parsed, endings: ReadonlyMap<string, string>, folder: string): Uint8Array {
  const root = structuredClone(part.root);
  walk(root, ({ attributes }) => {
    const path = attributes['xlink:href'];
    const named = path === undefined ? undefined : endings.get(path);
    if (named !== undefined) attributes['xlink:href'] = folder === '' ? named : `../${named}`;
  });
  return writeXml({ root, variant: part.variant }, namespaces);
}
