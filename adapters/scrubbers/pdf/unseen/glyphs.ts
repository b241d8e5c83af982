import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject } from 'pdf-lib';
import { Encodings } from 'pdf-lib/standard-fonts';
import { dictOf, entry, keyOf, nameOf } from '../rebuild/source.ts';

const STANDARD: ReadonlySet<string> = new Set(
  [Encodings.WinAnsi, Encodings.Symbol, Encodings.ZapfDingbats].flatMap((encoding) =>
    encoding.supportedCodePoints.map((code) => encoding.encodeUnicodeCodePoint(code).name),
  ),
);
/** Names that programs number their glyphs with, and those that give a character's code: too short to say anything else. */
const NUMBERED = /^(?:[A-Za-z]{1,2}\d{0,5}|(?:uni|u)[0-9A-F]{4,6}|(?:glyph|char|cid|gid|index)\d{1,5}|\.notdef)$/;

/**
 * Gives the glyphs of Type 3 fonts (PDF 32000-1, 9.6.5) names that say nothing, where theirs are neither standard ones nor numbers, and takes out the glyphs that no code draws. True when that
 * changed anything. Other fonts keep theirs: their programs hold them too.
 */
export function renameGlyphs(context: PDFContext): boolean {
  let changed = false;
  for (const [, object] of context.enumerateIndirectObjects())
    if (object instanceof PDFDict && nameOf(entry(context, object, 'Subtype')) === 'Type3' && renameIn(context, object))
      changed = true;
  return changed;
}

function renameIn(context: PDFContext, font: PDFDict): boolean {
  const encoding = entry(context, font, 'Encoding');
  const differences = entry(context, encoding, 'Differences');
  const glyphs = dictOf(entry(context, font, 'CharProcs'));
  if (!(encoding instanceof PDFDict) || !(differences instanceof PDFArray) || !glyphs) return false;
  const drawn = new Set(differences.asArray().flatMap((item) => nameOf(item) ?? []));
  const telling = [...drawn].filter((name) => !STANDARD.has(name) && !NUMBERED.test(name));
  // A code without a difference draws what its base encoding names, and those names are standard ones.
  const idle = glyphs.keys().filter((key) => !drawn.has(keyOf(key)) && !STANDARD.has(keyOf(key)));
  if (telling.length === 0 && idle.length === 0) return false;
  const fresh = new Map(telling.map((name, index) => [name, PDFName.of(`g${index}`)]));
  const taken = [...drawn].filter((name) => /^g\d+$/.test(name));
  if (taken.length > 0) for (const [index, name] of telling.entries()) fresh.set(name, PDFName.of(`h${index}`));
  const renamed = (name: PDFObject) => fresh.get(nameOf(name) ?? '') ?? name;
  const procedures = PDFDict.withContext(context);
  for (const [key, value] of glyphs.entries()) {
    const to = renamed(key);
    if (!idle.includes(key) && to instanceof PDFName) procedures.set(to, value);
  }
  const codes = PDFArray.withContext(context);
  for (const item of differences.asArray()) codes.push(renamed(item));
  encoding.set(PDFName.of('Differences'), codes);
  font.set(PDFName.of('CharProcs'), procedures);
  return true;
}
