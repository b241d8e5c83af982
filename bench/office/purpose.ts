import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const FIELDS =
  '(?:FILENAME|AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|TEMPLATE|COMMENTS|KEYWORDS|SUBJECT|TITLE|DOCPROPERTY)';

/**
 * The document without what the scrubber takes out of the page by purpose and says so, by plain changes to its text: tracked deletions, fields that tell of the file and its author, comments printed behind a
 * sheet, and formulas of today's date, which print another value every day than the one that the file keeps.
 */
export function withoutWhatGoes(file: Uint8Array): Uint8Array {
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(file);
  } catch {
    return file;
  }
  for (const [name, bytes] of Object.entries(parts)) {
    if (!/^(?:word|xl)\/.*\.xml$/.test(name)) continue;
    const text = strFromU8(bytes);
    const changed = name.startsWith('word/') ? inWord(text) : inSheet(text);
    if (changed !== text) parts[name] = strToU8(changed);
  }
  return zipSync(parts, { level: 1 });
}

const inWord = (text: string) =>
  text
    .replace(/<w:(delText|delInstrText)\b[^>]*>[^<]*<\/w:\1>/g, '')
    .replace(/<w:moveFrom\b[^>]*>.*?<\/w:moveFrom>/gs, '')
    .replace(new RegExp(`<w:fldSimple\\b[^>]*w:instr="\\s*${FIELDS}\\b[^>]*>.*?</w:fldSimple>`, 'gs'), '');

const inSheet = (text: string) =>
  text
    .replace(/<commentList>.*<\/commentList>/gs, '<commentList/>')
    .replace(/<f\b[^>]*>[^<]*\b(?:TODAY|NOW)\(\)[^<]*<\/f>/g, '')
    .replace(/&amp;[FZ](?=[^"]*<\/(?:odd|even|first)(?:Header|Footer)>)/g, '');
