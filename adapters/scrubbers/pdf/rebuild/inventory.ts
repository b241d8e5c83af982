import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  type PDFObject,
  PDFRawStream,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { dictOf, entry, itemsOf, keyOf, nameFor, nameOf, openStream, resolve, type SourcePage } from './source.ts';

/** What a document loses: counts by kind, and the texts, which leave the child process in no form. */
export interface Tally {
  readonly counts: Map<string, number>;
  readonly texts: Set<string>;
  readonly add: (kind: string, count: number, text?: Uint8Array) => void;
}

const MAX_TEXTS = 50_000;
const MAX_LENGTH = 2_000;
const SHORTEST = 4;

export function newTally(): Tally {
  const counts = new Map<string, number>();
  const texts = new Set<string>();
  return {
    counts,
    texts,
    add: (kind, count, text) => {
      if (count > 0) counts.set(kind, (counts.get(kind) ?? 0) + count);
      if (text) addText(texts, textOf(PDFHexString.of(Buffer.from(text).toString('hex'))));
    },
  };
}

/** Texts that could be anybody's: long enough, with letters or digits, and readable. */
function addText(texts: Set<string>, text: string | undefined): void {
  const trimmed = text?.trim().slice(0, MAX_LENGTH);
  if (!trimmed || trimmed.length < SHORTEST || texts.size >= MAX_TEXTS) return;
  const readable = trimmed.match(/[\p{Alpha}\p{N}]/gu)?.length ?? 0;
  const controls = trimmed.match(/[\p{Cc}\p{Cn}\p{Co}\uFFFD]/gu)?.length ?? 0;
  if (readable >= 2 && controls * 5 <= trimmed.length) texts.add(trimmed);
}

function textOf(value: PDFString | PDFHexString): string | undefined {
  try {
    return value.decodeText();
  } catch {
    return undefined;
  }
}

/** Kinds by the value of a dictionary's Type or by a key that it has (PDF 32000-1, clauses 7.11, 8.11, 12 to 14). */
const BY_TYPE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Metadata: 'metadata',
    EmbeddedFile: 'attachment',
    OCG: 'layer',
    StructElem: 'structure',
    Sig: 'signature',
    Thread: 'article',
    OutputIntent: 'output-intent',
  }),
);
const BY_KEY: ReadonlyMap<string, string> = new Map(
  Object.entries({
    PieceInfo: 'private-data',
    Thumb: 'thumbnail',
    PageLabels: 'page-label',
    OpenAction: 'action',
    AA: 'action',
    SpiderInfo: 'web-capture',
    Alternates: 'alternate-picture',
    XFA: 'form-field',
  }),
);
const ACTIONS = new Set(
  'GoTo GoToR GoToE Launch Thread URI Sound Movie Hide Named SubmitForm ResetForm ImportData SetOCGState Rendition Trans GoTo3DView'.split(
    ' ',
  ),
);
/** Strings that the rebuild takes from its own list, and those that are colours. */
const NOT_TEXT = new Set(['Registry', 'Ordering', 'ID', 'Cert', 'CheckSum']);

/** Counts what the document holds that the rebuild never copies, and gathers every string of it. */
export function takeInventory(context: PDFContext, pages: readonly SourcePage[], tally: Tally): void {
  for (const page of pages)
    for (const annotation of itemsOf(context, entry(context, page.dict, 'Annots')))
      tally.add(nameOf(entry(context, annotation, 'Subtype')) === 'Widget' ? 'form-field' : 'annotation', 1);
  const info = dictOf(resolve(context, context.trailerInfo.Info));
  if (info) tally.add('metadata', info.keys().length);
  const catalog = resolve(context, context.trailerInfo.Root);
  for (const field of itemsOf(context, entry(context, entry(context, catalog, 'AcroForm'), 'Fields')))
    if (nameOf(entry(context, field, 'Subtype')) !== 'Widget') tally.add('form-field', 1);
  const destinations = dictOf(entry(context, catalog, 'Dests'));
  for (const key of destinations?.keys() ?? []) addText(tally.texts, keyOf(key));
  for (const [, object] of context.enumerateIndirectObjects()) visit(context, object, tally, 0);
}

function visit(context: PDFContext, value: PDFObject, tally: Tally, depth: number): void {
  if (depth > 40) return;
  if (value instanceof PDFString || value instanceof PDFHexString) return addText(tally.texts, textOf(value));
  if (value instanceof PDFArray) {
    const first = nameOf(value.size() > 0 ? value.get(0) : undefined);
    if (first === 'Indexed' || first === 'I') return;
    for (const item of value.asArray()) visit(context, item, tally, depth + 1);
    return;
  }
  const dict = dictOf(value);
  if (!dict) return;
  count(context, dict, tally);
  for (const [key, item] of dict.entries()) if (!NOT_TEXT.has(keyOf(key))) visit(context, item, tally, depth + 1);
  if (value instanceof PDFStream) readTexts(context, value, tally);
}

function count(context: PDFContext, dict: PDFDict, tally: Tally): void {
  const type = nameOf(entry(context, dict, 'Type'));
  const kind = type === undefined ? undefined : BY_TYPE.get(type);
  if (kind) tally.add(kind, 1);
  for (const [key, label] of BY_KEY) if (dict.has(nameFor(key))) tally.add(label, 1);
  const action = nameOf(entry(context, dict, 'S'));
  if (action === 'JavaScript') tally.add('script', 1);
  else if (action && ACTIONS.has(action) && type !== 'StructElem') tally.add('action', 1);
  if (dict.has(nameFor('Title')) && dict.has(nameFor('Parent')) && type !== 'StructElem') tally.add('bookmark', 1);
}

/** Texts inside streams that are never copied: XML, form data and scripts. */
function readTexts(context: PDFContext, stream: PDFStream, tally: Tally): void {
  if (!(stream instanceof PDFRawStream) || tally.texts.size >= MAX_TEXTS) return;
  const type = nameOf(entry(context, stream, 'Type'));
  if (type !== undefined && type !== 'Metadata') return;
  if (type === undefined && stream.dict.has(nameFor('Subtype'))) return;
  const data = openStream(context, stream).data;
  const head = Buffer.from(data.subarray(0, 200)).toString('latin1');
  if (type !== 'Metadata' && !/^\s*(?:\xef\xbb\xbf)?<[?a-z]/i.test(head)) return;
  const text = Buffer.from(data.subarray(0, 4_000_000)).toString('utf8');
  for (const [, node] of text.matchAll(/>([^<]+)</g)) addText(tally.texts, unescape(node as string));
  for (const [, attribute] of text.matchAll(/\s(?!xmlns)[\w:]+=["']([^"'<]+)["']/g))
    if (!/^https?:\/\/(?:ns|www)\./.test(attribute as string)) addText(tally.texts, unescape(attribute as string));
}

function unescape(text: string): string {
  const named: ReadonlyMap<string, string> = new Map(
    Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
  );
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal?: string, hex?: string, word?: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    return named.get(word ?? '') ?? all;
  });
}

/** What only the file's own bytes show: revisions that later ones were to hide, and what follows the end. */
export function inspectBytes(file: Uint8Array, tally: Tally): void {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  let ends = 0;
  let last = -1;
  for (let at = bytes.indexOf('%%EOF'); at >= 0; at = bytes.indexOf('%%EOF', at + 5)) {
    ends++;
    last = at;
  }
  const linear = bytes.subarray(0, 2048).includes('/Linearized') ? 1 : 0;
  tally.add('old-revision', Math.max(0, ends - 1 - linear));
  if (
    last >= 0 &&
    bytes
      .subarray(last + 5)
      .toString('latin1')
      .trim().length > 0
  )
    tally.add('trailing-data', 1);
}
