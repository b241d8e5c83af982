import { posix } from 'node:path';
import type { OfficeFormat } from '../../../../domain/ports.ts';
import { Refusal } from '../../refusal.ts';
import { type Crop, canOpen } from '../pictures.ts';
import type { PictureUse, Rebuilt } from '../rebuilt.ts';
import { openDocumentSchema } from '../schema/open-document.ts';
import { clean } from '../schema/schema.ts';
import { dropUnread } from '../unread.ts';
import { child, type Element, elements, type Parsed, parseXml, rewrite, walk } from '../xml.ts';
import { clipsOf } from './clips.ts';
import { showControls } from './forms.ts';
import { formulaOf } from './formula.ts';
import { nameLists } from './lists.ts';
import { all, looksOf, under } from './looks.ts';
import { namer } from './names.ts';
import { onePicture, replaceObjects } from './objects.ts';
import { namespaces, openDocumentRules } from './rules.ts';
import { openDocumentTexts } from './texts.ts';
import { dropUnseen } from './unseen.ts';
import { prune } from './unused.ts';
import { tellValues } from './values.ts';
import { writeOpenDocument } from './write.ts';

/** A document, or a chart within one: where it stands, what it says, how it looks. */
export interface Document {
  /** '' for the document itself, 'Object 1/' for a chart. */
  readonly folder: string;
  readonly content: Parsed;
  readonly styles: Parsed | undefined;
}

const TYPES: Readonly<Record<string, OfficeFormat>> = { text: 'odt', spreadsheet: 'ods', presentation: 'odp' };
const MOST_OBJECTS = 500;

const mimeOf = (files: ReadonlyMap<string, Uint8Array>) => Buffer.from(files.get('mimetype') ?? []).toString('latin1');
/** A program in the package; lists of libraries stand there without any, too. */
const MACRO = /^(?:Basic|Scripts)\/(?!(?:[^/]+\/)?script-l[bc]\.xml$)./;
const TYPE = /^application\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)(?:-template)?$/;

/** Whether the files of a package are those of an OpenDocument. */
export const isOpenDocument = (files: ReadonlyMap<string, Uint8Array>): boolean => TYPE.test(mimeOf(files).trim());

/**
 * Rebuilds an OpenDocument (OASIS OpenDocument 1.3) from the files of its package: content, styles, pictures and charts that are seen. Refuses with 'password', 'macros', 'corrupt', 'dtd', 'too-large'.
 */
export function rebuildOpenDocument(files: ReadonlyMap<string, Uint8Array>): Rebuilt {
  const manifest = Buffer.from(files.get('META-INF/manifest.xml') ?? []).toString('utf8');
  if (/encryption-data/.test(manifest)) throw new Refusal('password');
  if ([...files.keys()].some((name) => MACRO.test(name))) throw new Refusal('macros');
  const format = TYPES[TYPE.exec(mimeOf(files).trim())?.[1] ?? ''];
  if (!format) throw new Refusal('corrupt');

  const removed = new Map<string, number>();
  const count = (kind: string, times = 1) => {
    if (times > 0) removed.set(kind, (removed.get(kind) ?? 0) + times);
  };
  const pictures: PictureUse[] = [];
  const documents: Document[] = [];
  const numbers = new Map<string, string>();
  const rename = namer();
  /** What cells may be named by: a chart's own table has this name always. */
  const sheets = new Set(['local-table']);

  const read = (name: string): Parsed | undefined => {
    const bytes = files.get(name);
    if (!bytes) return undefined;
    const dropped = { count: 0 };
    const tree = parseXml(bytes, namespaces, dropped);
    count('unknown', dropped.count);
    // Some write the root of a document in one file (3.1.2) into the parts of a package.
    if (tree.root.name === 'office:document')
      tree.root.name = name.endsWith('styles.xml') ? 'office:document-styles' : 'office:document-content';
    return tree;
  };

  /** A formula's signs or the root of an object; of one that cannot be read the picture alone is shown. */
  const within = (part: string): Element | string | undefined => {
    try {
      return formulaOf(files.get(part)) ?? read(part)?.root;
    } catch (error) {
      if (error instanceof Refusal && ['corrupt', 'dtd'].includes(error.code)) return undefined;
      throw error;
    }
  };

  const picture = (name: string, crop: Crop | undefined): string | undefined => {
    const bytes = files.get(name);
    if (!bytes) return undefined;
    const use = `${name} ${crop ? JSON.stringify(crop) : ''}`;
    const known = numbers.get(use);
    if (known !== undefined) return known;
    const path = `Pictures/image${pictures.length + 1}`;
    pictures.push({ path, source: bytes, crop });
    numbers.set(use, path);
    return path;
  };

  const add = (folder: string, name: string): Document | undefined => {
    const content = read(posix.join(name, 'content.xml'));
    if (!content || content.root.name !== 'office:document-content') return undefined;
    const styles = read(posix.join(name, 'styles.xml'));
    const roots = [content.root, ...(styles ? [styles.root] : [])];
    // Of what is embedded, charts alone are drawn from their own data.
    if (folder !== '' && !child(child(content.root, 'office:body'), 'office:chart')) return undefined;
    const document: Document = { folder, content, styles };
    documents.push(document);
    const looks = looksOf(roots);
    const clips = clipsOf(roots);
    const layers = hiddenLayers(roots);
    const crops = new Map<Element, Crop>();
    for (const frame of roots.flatMap((root) => all(root, 'draw:frame'))) {
      const clip = clips(frame.attributes['draw:style-name'] ?? frame.attributes['presentation:style-name']);
      if (!clip) continue;
      count('cropped-picture');
      for (const image of elements(frame, 'draw:image')) crops.set(image, clip);
    }
    const relation = (element: Element, _attribute: string, href: string): string | undefined => {
      const target = posix.normalize(posix.join(name, href));
      if (/^[a-z][a-z0-9+.-]*:|^\//i.test(href)) return undefined;
      if (element.name === 'draw:object') return object(target);
      return picture(target, crops.get(element));
    };
    for (const root of roots) {
      showControls(root, count);
      tellValues(root, roots);
      dropUnseen(root, looks, layers, count);
      replaceObjects(root, (target) => within(posix.join(name, target, 'content.xml')), count);
      onePicture(root, (target) => canOpen(files.get(posix.join(name, target))), count);
    }
    nameTables(content.root);
    for (const root of roots) nameLists(root);
    for (const sheet of under(child(content.root, 'office:body'), 'office:spreadsheet'))
      if (sheet.name === 'table:table') sheets.add(sheet.attributes['table:name'] ?? '');
    for (const root of roots) ownReferences(root, sheets, count);
    prune(content.root, styles?.root, format, count);
    const cleaning = { schema: openDocumentSchema, rules: openDocumentRules, relation, count, rename };
    for (const root of roots) if (!clean(root, cleaning)) throw new Refusal('corrupt');
    for (const root of roots) {
      oncePerFont(root);
      // A rule for which cells it is does not say is for none.
      rewrite(root, (one) =>
        one.name === 'style:map' && one.attributes['style:condition'] === undefined ? [] : [one],
      );
    }
    return document;
  };

  const object = (target: string): string | undefined => {
    const known = numbers.get(`object ${target}`);
    if (known !== undefined) return known;
    if (documents.length > MOST_OBJECTS) throw new Refusal('too-many-entries', { limit: MOST_OBJECTS });
    const path = `Object ${documents.length}`;
    numbers.set(`object ${target}`, `./${path}`);
    return add(`${path}/`, target) ? `./${path}` : undefined;
  };

  if (!add('', '')) throw new Refusal('corrupt');
  dropUnread(
    documents.flatMap(({ content, styles }) => (styles ? [content.root, styles.root] : [content.root])),
    openDocumentTexts(documents),
    count,
  );
  for (const name of files.keys()) {
    const kind = GONE.find(([pattern]) => pattern.test(name))?.[1];
    if (kind) count(kind);
  }
  return {
    format,
    pictures,
    count,
    removed,
    sections: () => openDocumentTexts(documents),
    write: (given) => writeOpenDocument(format, documents, given),
  };
}

const GONE: readonly (readonly [name: RegExp, kind: string])[] = [
  [/^(?:meta\.xml|.*\/meta\.xml|manifest\.rdf)$/, 'metadata'],
  [/^Thumbnails\//, 'thumbnail'],
  [/settings\.xml$/, 'setting'],
  [/^Configurations2\//, 'setting'],
  [/^(?:Basic|Scripts|Dialogs)\/./, 'script'],
  [/^META-INF\/.*signatures\.xml$/, 'signature'],
  [/^Fonts\//, 'embedded-font'],
  [/^Versions\//, 'old-revision'],
];

function hiddenLayers(roots: readonly Element[]): ReadonlySet<string> {
  const hidden = new Set<string>();
  for (const root of roots)
    walk(root, ({ name, attributes }) => {
      if (name === 'draw:layer' && ['none', 'printer'].includes(attributes['draw:display'] ?? ''))
        hidden.add(attributes['draw:name'] ?? '');
    });
  return hidden;
}

/** Tables have their names on show only where they are sheets; a chart's own is always called the same. */
function nameTables(root: Element): void {
  const sheets = new Set(elements(child(child(root, 'office:body'), 'office:spreadsheet') ?? root, 'table:table'));
  let number = 0;
  walk(root, (one) => {
    if (one.name !== 'table:table' || sheets.has(one) || one.attributes['table:name'] === 'local-table') return;
    number++;
    if (one.attributes['table:name'] !== undefined) one.attributes['table:name'] = `Table${number}`;
  });
}

const REFERENCE = /(?:cell(?:-range)?-address|print-ranges|-range)$/;

/** References to cells of sheets that are not there go: a name of another is not told. */
function ownReferences(root: Element, sheets: ReadonlySet<string>, count: (kind: string) => void): void {
  walk(root, ({ attributes }) => {
    for (const [key, value] of Object.entries(attributes)) {
      if (!REFERENCE.test(key)) continue;
      const names = value.matchAll(/(?:^|[ :])\$?(?:'((?:[^']|'')*)'|([^'.: $]+))\./g);
      if ([...names].every(([, quoted, plain]) => sheets.has(quoted?.replaceAll("''", "'") ?? plain ?? ''))) continue;
      delete attributes[key];
      count('hidden-text');
    }
  });
}

/** Fonts that got the same name are one. */
function oncePerFont(root: Element): void {
  const fonts = child(root, 'office:font-face-decls');
  const seen = new Set<string>();
  if (fonts)
    fonts.children = elements(fonts).filter(({ attributes }) => {
      const name = attributes['style:name'] ?? '';
      return !seen.has(name) && Boolean(seen.add(name));
    });
}
