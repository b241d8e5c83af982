import { inflateRawSync } from 'node:zlib';
import { isBareDataSet } from './dicom/bare.ts';

/** What a file appears to be, by its first bytes. */
export type FileKind =
  | 'pdf'
  | 'docx'
  | 'xlsx'
  | 'pptx'
  | 'odt'
  | 'ods'
  | 'odp'
  | 'zip'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'tiff'
  | 'bmp'
  | 'webp'
  | 'heic'
  | 'avif'
  | 'dicom'
  | 'doc'
  | 'rtf'
  | 'html'
  | 'xml'
  | 'svg'
  | 'mail'
  | 'postscript'
  | 'text'
  | 'empty'
  | 'unknown';

const MAGIC: readonly (readonly [FileKind, number, string])[] = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['gif', 0, 'GIF8'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['tiff', 0, 'II+\0'],
  ['bmp', 0, 'BM'],
  ['webp', 8, 'WEBP'],
  ['avif', 4, 'ftypavi'],
  ['heic', 4, 'ftyphei'],
  ['heic', 4, 'ftyphev'],
  ['heic', 4, 'ftypmif1'],
  ['heic', 4, 'ftypmsf1'],
  ['doc', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['rtf', 0, '{\\rtf'],
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['postscript', 0, '%!PS'],
];

/** What is written in letters and is no plain text: what it shows stands in it in another order, in pieces, or packed. */
const MARKED: readonly (readonly [FileKind, RegExp])[] = [
  ['html', /^<(?:!doctype html|html|head|body|\?xml[^>]*>\s*<html)/i],
  ['svg', /^(?:<(?:\?|!)[^>]*>\s*)*<(?:\w+:)?svg[\s>]/i],
  ['xml', /^<(?:\?xml\b|!DOCTYPE\b|(?:[A-Za-z][\w-]*:)?[A-Za-z][\w-]*\s[^<>]{0,200}\bxmlns(?::\w+)?=)/],
  // RFC 5322 and 2045: lines of a header, and what says how the rest is packed.
  [
    'mail',
    /^(?:From .*\n)?(?:[!-9;-~]+:.*\n(?:[ \t].*\n)*)*(?:MIME-Version:|Content-Transfer-Encoding:|Content-Type: *multipart)/i,
  ],
];

/**
 * Takes a file's bytes and gives its kind by magic bytes; never by its name.
 *
 * A PDF is a PDF only when '%PDF-' opens it. Readers have by tradition looked for that header in the first 1024 bytes, and
 * files built to be two things at once live on it: such a file shows one content to the person who checks it and another
 * to the one who receives it. White space and a byte order mark before the header are let pass, since no other
 * format can live in them (PDF 32000-1, 7.5.2 wants the header on the first line). What comes after the end of a PDF
 * is never copied, for the output is written anew.
 */
export function sniff(file: Uint8Array): FileKind {
  if (file.length === 0) return 'empty';
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const head = bytes.subarray(0, 4096).toString('latin1');
  // Before it may stand whatever a writer likes, often a picture's header (PS3.10, 7.1): it is not kept.
  if (head.startsWith('DICM', 128)) return 'dicom';
  const text = head.replace(/^(?:\xef\xbb\xbf)?[\0\t\n\f\r ]*/, '');
  if (text.startsWith('%PDF-')) return 'pdf';
  for (const [kind, at, magic] of MAGIC) {
    if (head.startsWith(magic, at)) return kind === 'zip' ? zipKind(bytes) : kind;
  }
  const marked = MARKED.find(([, beginning]) => beginning.test(text.replaceAll('\r', '')));
  if (marked) return marked[0];
  if (isBareDataSet(bytes)) return 'dicom';
  return looksLikeText(bytes.subarray(0, 4096)) ? 'text' : 'unknown';
}

/** An OpenDocument file's first entry is its type, as it is (OpenDocument 1.3-2, 3.3). */
const FIRST = /^mimetype(application\/[\w.-]{1,80})PK/;
const OPEN_DOCUMENT = /^application\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)(?:-template)?$/;
const OPEN_DOCUMENTS = { text: 'odt', spreadsheet: 'ods', presentation: 'odp' } as const;

/** An Office file is a zip whose parts stand in a folder that names the program. */
function zipKind(bytes: Buffer): FileKind {
  const first = openDocumentOf(FIRST.exec(bytes.toString('latin1', 30, 140))?.[1]);
  if (first) return first;
  const entries = entriesOf(bytes);
  // A damaged one is what its bytes look like.
  if (!entries) return PARTS.find(([, folder]) => bytes.includes(folder, 30, 'latin1'))?.[0] ?? 'zip';
  const kind = kindOfZip(entries.map(({ name }) => name));
  if (kind !== 'open-document') return kind;
  // Whoever packs one anew seldom puts its type first, and programs open it all the same.
  return openDocumentOf(typeOf(bytes, entries)) ?? 'unknown';
}

function openDocumentOf(type: string | undefined): FileKind | undefined {
  const found = OPEN_DOCUMENT.exec(type?.trim() ?? '')?.[1];
  return found === undefined ? undefined : OPEN_DOCUMENTS[found as keyof typeof OPEN_DOCUMENTS];
}

const LONGEST_TYPE = 200;

/** What the entry of this name says, stored or deflated (APPNOTE 4.3.7). */
function typeOf(bytes: Buffer, entries: readonly Named[]): string | undefined {
  const entry = entries.find(({ name }) => name === 'mimetype');
  if (!entry || entry.at + 30 > bytes.length) return undefined;
  const from = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  const data = bytes.subarray(from, from + Math.min(entry.packed, LONGEST_TYPE));
  try {
    if (entry.method === 8) return inflateRawSync(data, { maxOutputLength: LONGEST_TYPE }).toString('latin1');
  } catch {
    return undefined;
  }
  return entry.method === 0 ? data.toString('latin1') : undefined;
}

const PARTS = [
  ['docx', 'word/'],
  ['xlsx', 'xl/'],
  ['pptx', 'ppt/'],
] as const;

/** The parts that every OpenDocument has. */
const OPEN_PARTS = ['mimetype', 'content.xml', 'META-INF/manifest.xml'];

/** What a zip is by the names in it: an Office file, an OpenDocument of some type, or a bundle, which may hold documents. */
export function kindOfZip(names: readonly string[]): 'docx' | 'xlsx' | 'pptx' | 'open-document' | 'zip' {
  if (OPEN_PARTS.every((part) => names.includes(part))) return 'open-document';
  const lower = names.map((name) => name.toLowerCase().replace(/^\//, ''));
  if (!lower.includes('[content_types].xml')) return 'zip';
  return PARTS.find(([, folder]) => lower.some((name) => name.startsWith(folder)))?.[0] ?? 'zip';
}

const MOST_NAMES = 5000;

/** An entry of a zip's central directory: how it is packed, in how many bytes, and where its own header stands. */
interface Named {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly at: number;
}

/** What a zip's central directory lists (APPNOTE 4.3.12); undefined where it cannot be read. */
function entriesOf(bytes: Buffer): Named[] | undefined {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > bytes.length) return undefined;
  const count = Math.min(MOST_NAMES, bytes.readUInt16LE(end + 10));
  const entries: Named[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    entries.push({
      name: bytes.toString('latin1', at + 46, at + 46 + name).replace(/^\//, ''),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

/** Of a text's bytes, so few may be control characters (a form feed, a terminal's code): they are taken out. */
const FEW = 0.01;

/** UTF-16 with its byte order mark, UTF-8, or a code page of one byte: then most of it is plain ASCII and hardly anything a control character. */
function looksLikeText(bytes: Buffer): boolean {
  if (/^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))) return true;
  if (bytes.includes(0)) return false;
  const controls = bytes.filter((byte) => byte < 32 && (byte < 9 || byte > 13)).length;
  if (controls > bytes.length * FEW) return false;
  // A character may be cut at the end of the slice, hence 'stream'.
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return bytes.filter((byte) => byte < 0x80).length > bytes.length * 0.6;
  }
}
