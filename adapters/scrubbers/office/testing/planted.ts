import { deflateRawSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { writeZip } from '../zip.ts';

/** A document with strings where nobody sees them, and strings that are seen. */
export interface Planted {
  readonly file: Uint8Array;
  readonly hidden: readonly string[];
  readonly visible: readonly string[];
}

/** Remembers what is planted: every string once, of letters that no list of names has. */
export function planter() {
  const hidden: string[] = [];
  const visible: string[] = [];
  const say =
    (list: string[], first: string) =>
    (place: string, start = first) => {
      const text = `${start}${place}`;
      if (!list.includes(text)) list.push(text);
      return text;
    };
  return { hidden, visible, h: say(hidden, 'Zq'), v: say(visible, 'Vz') };
}

/** Parts as text or bytes, in the order in which they are given. */
export function packed(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const bytes = Object.entries(parts).map(([name, content]): [string, Uint8Array] => [
    name,
    typeof content === 'string' ? new TextEncoder().encode(content) : content,
  ]);
  // OpenDocument 1.3-2, 3.3: the type is stored as it is, so that a file tells what it is.
  return writeZip(new Map(bytes), new Set(['mimetype']));
}

/** All that a package holds, as one text: names, parts, and what is deflated within them. */
export function everythingIn(file: Uint8Array): string {
  const parts = Object.entries(unzipSync(file));
  const all = parts.map(([name, bytes]) => `${name}\n${strFromU8(bytes)}\n${strFromU8(bytes, true)}`);
  return `${all.join('\n')}\n${strFromU8(file, true)}`;
}

/** The planted strings that a file still holds, in any of their encodings. */
export function leftIn(file: Uint8Array, strings: readonly string[]): string[] {
  const all = everythingIn(file);
  return strings.filter((one) =>
    [one, one.split('').join('\0'), Buffer.from(one).toString('base64').slice(1, -3), one.toUpperCase()].some((form) =>
      all.includes(form),
    ),
  );
}

/** A picture whose left half is red, and whose own details say something. */
export async function picture(words: string): Promise<Uint8Array> {
  const pixels = sharp({ create: { width: 60, height: 40, channels: 3, background: '#cc3322' } });
  return pixels
    .withExif({ IFD0: { Artist: words, ImageDescription: words } })
    .jpeg()
    .toBuffer();
}

/** A stream as an embedded file has it. */
export const embedded = (words: string): Uint8Array => deflateRawSync(Buffer.from(words.repeat(3)), { level: 0 });

export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** A relation: its id, its type's last word (or whole address), its target; a fourth word makes it stand outside. */
export type Row = readonly [id: string, type: string, target: string, mode?: 'External'];

/** A part of relations: id, type's last word (or whole address), target; a fourth word makes it stand outside. */
export function relations(...rows: readonly Row[]): string {
  const written = rows.map(([id, type, target, mode]) => {
    const address = type.includes(':') ? type : `${RELS}/${type}`;
    return `<Relationship Id="${id}" Type="${address}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ''}/>`;
  });
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${written.join('')}</Relationships>`;
}

/** The content types of a package: parts with the last words of their types. */
export function contentTypes(parts: Readonly<Record<string, string>>): string {
  const overrides = Object.entries(parts).map(
    ([name, type]) => `<Override PartName="/${name}" ContentType="application/${type}"/>`,
  );
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>${overrides.join('')}</Types>`;
}

/** Properties of a document in all three parts that have them. */
export function properties(h: (place: string) => string): Record<string, string> {
  return {
    'docProps/core.xml': `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${h('CoreTitle')}</dc:title><dc:creator>${h('CoreCreator')}</dc:creator><cp:lastModifiedBy>${h('CoreLast')}</cp:lastModifiedBy><dc:description>${h('CoreDescription')}</dc:description><cp:keywords>${h('CoreKeywords')}</cp:keywords></cp:coreProperties>`,
    'docProps/app.xml': `${XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft ${h('AppName2')}</Application><AppVersion>12.0000</AppVersion><Company>${h('AppCompany')}</Company><Manager>${h('AppManager')}</Manager><HyperlinkBase>http://${h('AppBase')}/</HyperlinkBase></Properties>`,
    'docProps/custom.xml': `${XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="${h('CustomName')}"><vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${h('CustomValue')}</vt:lpwstr></property></Properties>`,
    'customXml/item1.xml': `<data xmlns="urn:${h('CustomXmlNamespace')}">${h('CustomXml')}</data>`,
  };
}

export const namespacesOf = (...prefixes: readonly (keyof typeof NAMES)[]): string =>
  prefixes.map((prefix) => `xmlns:${prefix}="${NAMES[prefix]}"`).join(' ');

const OFFICE = 'http://schemas.openxmlformats.org';
const NAMES = {
  w: `${OFFICE}/wordprocessingml/2006/main`,
  r: RELS,
  wp: `${OFFICE}/drawingml/2006/wordprocessingDrawing`,
  a: `${OFFICE}/drawingml/2006/main`,
  pic: `${OFFICE}/drawingml/2006/picture`,
  c: `${OFFICE}/drawingml/2006/chart`,
  p: `${OFFICE}/presentationml/2006/main`,
  xdr: `${OFFICE}/drawingml/2006/spreadsheetDrawing`,
  dgm: `${OFFICE}/drawingml/2006/diagram`,
  dsp: 'http://schemas.microsoft.com/office/drawing/2008/diagram',
  mc: `${OFFICE}/markup-compatibility/2006`,
  wps: 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape',
  w14: 'http://schemas.microsoft.com/office/word/2010/wordml',
  v: 'urn:schemas-microsoft-com:vml',
  o: 'urn:schemas-microsoft-com:office:office',
} as const;
