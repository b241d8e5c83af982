import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFObject, type PDFRef, PDFStream, PDFString } from 'pdf-lib';
import { type Build, byteStream, name, once, plain, plainDict, set } from './build.ts';
import { cleanCMap } from './cmap.ts';
import { cleanFontProgram } from './font-program.ts';
import { drawingOf, type Resources } from './resources.ts';
import { dictOf, entry, itemsOf, keyOf, nameOf, numberOf, resolve } from './source.ts';

const ORDERINGS = new Set(['Identity', 'Japan1', 'Japan2', 'GB1', 'CNS1', 'Korea1', 'KR', 'UCS']);

/** Copies a font with its allow-listed entries (PDF 32000-1, 9.5 to 9.10); a font that is missing becomes the default that readers take. */
export function copyFont(build: Build, value: PDFObject | undefined, around: Resources): PDFRef {
  const source = dictOf(resolve(build.source, value));
  if (!source) return defaultFont(build);
  return once(build, source, () => {
    const font = plainDict(build, source, 'font');
    set(font, 'FontDescriptor', copyDescriptor(build, entry(build.source, source, 'FontDescriptor')));
    set(font, 'Encoding', copyEncoding(build, entry(build.source, source, 'Encoding')));
    set(font, 'ToUnicode', copyCMap(build, entry(build.source, source, 'ToUnicode'), 'UCS'));
    set(font, 'CIDSystemInfo', copySystemInfo(build, entry(build.source, source, 'CIDSystemInfo')));
    const map = entry(build.source, source, 'CIDToGIDMap');
    set(
      font,
      'CIDToGIDMap',
      map instanceof PDFName ? plain(build, map) : byteStream(build, map, PDFDict.withContext(build.target)),
    );
    const descendants = itemsOf(build.source, entry(build.source, source, 'DescendantFonts'));
    if (descendants.length > 0) {
      const copies = PDFArray.withContext(build.target);
      copies.push(copyFont(build, descendants[0], around));
      font.set(PDFName.of('DescendantFonts'), copies);
    }
    if (nameOf(entry(build.source, source, 'Subtype')) === 'Type3') copyGlyphs(build, source, font, around);
    return font;
  });
}

function defaultFont(build: Build): PDFRef {
  return once(build, PDFName.of('Helvetica'), () =>
    build.target.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica', Encoding: 'WinAnsiEncoding' }),
  );
}

/** A Type 3 font's glyphs are content streams of their own (9.6.5); they share one new resource dictionary. */
function copyGlyphs(build: Build, source: PDFDict, font: PDFDict, around: Resources): void {
  const drawing = drawingOf(build, dictOf(entry(build.source, source, 'Resources')), around);
  const glyphs = PDFDict.withContext(build.target);
  for (const [key, glyph] of dictOf(entry(build.source, source, 'CharProcs'))?.entries() ?? []) {
    const stream = resolve(build.source, glyph);
    if (stream instanceof PDFStream)
      glyphs.set(name(keyOf(key)), build.target.register(drawing.content(stream, PDFDict.withContext(build.target))));
  }
  font.set(PDFName.of('CharProcs'), glyphs);
  font.set(PDFName.of('Resources'), drawing.resources());
}

function copyDescriptor(build: Build, value: PDFObject | undefined): PDFRef | undefined {
  const source = dictOf(value);
  if (!source) return undefined;
  return once(build, source, () => {
    const copy = plainDict(build, source, 'descriptor');
    for (const key of ['FontFile', 'FontFile2', 'FontFile3']) {
      const file = entry(build.source, source, key);
      set(copy, key, byteStream(build, file, plainDict(build, file, 'fontFile'), cleanFontProgram));
    }
    return copy;
  });
}

function copyEncoding(build: Build, value: PDFObject | undefined): PDFObject | undefined {
  if (value instanceof PDFName) return cmapName(value);
  if (value instanceof PDFStream) return copyCMap(build, value, undefined);
  return value instanceof PDFDict ? once(build, value, () => plainDict(build, value, 'encoding')) : undefined;
}

/** A CMap as a name, or as a stream that is written anew from its mappings. */
function copyCMap(build: Build, value: PDFObject | undefined, ordering: string | undefined): PDFObject | undefined {
  if (value instanceof PDFName) return cmapName(value);
  if (!(value instanceof PDFStream)) return undefined;
  const dict = PDFDict.withContext(build.target);
  if (ordering === undefined) {
    set(dict, 'Type', PDFName.of('CMap'));
    set(dict, 'CMapName', PDFName.of('C'));
    set(dict, 'CIDSystemInfo', copySystemInfo(build, entry(build.source, value, 'CIDSystemInfo')));
    set(dict, 'WMode', plain(build, entry(build.source, value, 'WMode')));
    set(dict, 'UseCMap', copyCMap(build, entry(build.source, value, 'UseCMap'), undefined));
  }
  const collection = ordering ?? orderingOf(build, entry(build.source, value, 'CIDSystemInfo'));
  return byteStream(build, value, dict, (data) => cleanCMap(data, 'Adobe', collection));
}

/** Predefined CMaps and encodings end in one of these (9.7.5.2); another name would mean nothing to a reader. */
function cmapName(value: PDFName): PDFName | undefined {
  const text = keyOf(value);
  return /^[A-Za-z0-9-]{1,24}(?:H|V|Encoding)$/.test(text) || text === 'H' || text === 'V' ? name(text) : undefined;
}

function orderingOf(build: Build, info: PDFObject | undefined): string {
  const value = entry(build.source, info, 'Ordering');
  const text = value && 'decodeText' in value ? (value as PDFString).decodeText() : '';
  return ORDERINGS.has(text) ? text : 'Identity';
}

/** The character collection, whose strings are taken from a list: they are the only strings that come out of a font. */
function copySystemInfo(build: Build, info: PDFObject | undefined): PDFObject | undefined {
  if (!dictOf(info)) return undefined;
  const copy = PDFDict.withContext(build.target);
  copy.set(PDFName.of('Registry'), PDFString.of('Adobe'));
  copy.set(PDFName.of('Ordering'), PDFString.of(orderingOf(build, info)));
  copy.set(PDFName.of('Supplement'), PDFNumber.of(numberOf(entry(build.source, info, 'Supplement')) ?? 0));
  return copy;
}
