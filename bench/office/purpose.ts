import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const FIELDS =
  '(?:FILENAME|AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|TEMPLATE|COMMENTS|KEYWORDS|SUBJECT|TITLE|DOCPROPERTY)';

/** Those of OpenDocument (7.5 and 7.6). */
const OPEN_DOCUMENT_FIELDS =
  '(?:author-name|author-initials|creator|initial-creator|printed-by|file-name|title|subject|keywords|description|user-defined|template-name|editing-cycles|editing-duration|sender-[a-z-]+)';

/**
 * The document without what the scrubber takes out of the page by purpose and says so, by plain changes to its text: tracked deletions, fields that tell of the file and its author, comments printed behind a
 * sheet, objects of a sheet that are hidden, for which some programs print empty pages all the same, and fields and formulas of today's date, which print another value every day than the one that the file keeps.
 */
export function withoutWhatGoes(file: Uint8Array): Uint8Array {
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(file);
  } catch {
    return file;
  }
  for (const [name, bytes] of Object.entries(parts)) {
    if (!/^(?:(?:word|xl)\/.*|content|styles)\.xml$/.test(name)) continue;
    const text = strFromU8(bytes);
    const changed = name.startsWith('word/')
      ? inWord(text)
      : name.startsWith('xl/')
        ? inSheet(text)
        : inOpenDocument(text);
    if (changed !== text) parts[name] = strToU8(changed);
  }
  return zipSync(parts, { level: 1 });
}

const inWord = (text: string) =>
  text
    .replace(/<w:(delText|delInstrText)\b[^>]*>[^<]*<\/w:\1>/g, '')
    .replace(/<w:tr\b(?:(?!<\/w:trPr>|<w:tc\b).)*<w:trPr>(?:(?!<\/w:trPr>).)*<w:del\b.*?<\/w:tr>/gs, '')
    .replace(/<w:moveFrom\b[^>]*>.*?<\/w:moveFrom>/gs, '')
    .replace(new RegExp(`<w:fldSimple\\b[^>]*w:instr="\\s*${FIELDS}\\b[^>]*>.*?</w:fldSimple>`, 'gs'), '');

const inOpenDocument = (text: string) =>
  text
    .replace(/<text:tracked-changes\b.*?<\/text:tracked-changes>/gs, '')
    .replace(new RegExp(`<text:(${OPEN_DOCUMENT_FIELDS})\\b[^>]*>[^<]*</text:\\1>`, 'g'), '')
    .replace(/<text:(date|time)\b(?![^>]*text:fixed="true")[^>]*>([^<]*)<\/text:\1>/g, '$2')
    .replace(VOLATILE.test(text) ? / table:formula="[^"]*"/g : /(?!)/g, '');

/** Functions that come to something else on every page that is printed; what is reckoned from it does as well. */
const VOLATILE = / table:formula="[^"]*\b(?:TODAY|NOW|RAND|RANDBETWEEN)\(/;

const inSheet = (text: string) =>
  text
    .replace(/<commentList>.*<\/commentList>/gs, '<commentList/>')
    .replace(/<xdr:(\w+Anchor)\b.*?<\/xdr:\1>/gs, (anchor) => (HIDDEN.test(anchor) ? '' : anchor))
    .replace(/<f\b[^>]*\bca="1"[^>]*>[^<]*<\/f>|<f\b[^>]*>[^<]*\b(?:TODAY|NOW)\(\)[^<]*<\/f>/g, '')
    .replace(/&amp;[FZ](?=[^"]*<\/(?:odd|even|first)(?:Header|Footer)>)/g, '');

const HIDDEN = /<xdr:cNvPr\b[^>]*\shidden="(?:1|true)"/;
