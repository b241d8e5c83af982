import { PDFArray, type PDFContext, PDFDict, type PDFObject, PDFRawStream } from 'pdf-lib';
import { lexer } from '../rebuild/lexer.ts';
import { dictOf, entry, keyOf, nameOf, openStream, resolve } from '../rebuild/source.ts';

const SHOW = new Set(['Tj', 'TJ', "'", '"']);
const PASSED_OVER = new Set(['Parent', 'FontDescriptor', 'ToUnicode', 'DescendantFonts', 'ColorSpace', 'Shading']);

/** How a stream was reached, if by a way on which the list of a page's objects cannot follow. */
type Way = 'listed' | 'unlisted';

/**
 * Gives a question to be asked of each page of a document: does it draw text inside of a tiling pattern, a soft mask's group or a Type 3 glyph (PDF 32000-1, 8.7.3, 11.6.5.2 and
 * 9.6.5)? No reader lists that text, so that nothing but the picture tells whether it is seen.
 */
export function unlistedText(context: PDFContext): (page: PDFDict) => boolean {
  const known = new Map<Way, Map<PDFObject, boolean>>([
    ['listed', new Map()],
    ['unlisted', new Map()],
  ]);
  const shows = new Map<PDFObject, boolean>();
  const showsText = (stream: PDFRawStream) => {
    const before = shows.get(stream);
    if (before !== undefined) return before;
    const found = hasShowOperator(openStream(context, stream).data);
    shows.set(stream, found);
    return found;
  };
  const visit = (value: PDFObject | undefined, way: Way): boolean => {
    const found = resolve(context, value);
    if (found instanceof PDFArray) return found.asArray().some((item) => visit(item, way));
    const dict = found instanceof PDFRawStream ? found.dict : found;
    if (!found || !(dict instanceof PDFDict)) return false;
    const before = known.get(way)?.get(found);
    if (before !== undefined) return before;
    // Rings end here: what is still being looked at says nothing yet.
    known.get(way)?.set(found, false);
    const answer = look(found, dict, way);
    known.get(way)?.set(found, answer);
    return answer;
  };
  const look = (found: PDFObject, dict: PDFDict, way: Way): boolean => {
    const unlisted = way === 'unlisted' || entry(context, found, 'PatternType') !== undefined;
    const drawn = nameOf(entry(context, found, 'Subtype')) !== 'Image';
    if (unlisted && drawn && found instanceof PDFRawStream && showsText(found)) return true;
    return dict.entries().some(([key, item]) => {
      const name = keyOf(key);
      if (PASSED_OVER.has(name)) return false;
      return visit(item, unlisted || name === 'CharProcs' || name === 'SMask' ? 'unlisted' : 'listed');
    });
  };
  return (page) => visit(entry(context, page, 'Resources'), 'listed');
}

function hasShowOperator(data: Uint8Array): boolean {
  const tokens = lexer(data);
  for (let token = tokens.next(); token; token = tokens.next())
    if (token.kind === 'word' && SHOW.has(token.word)) return true;
  return false;
}

/** Gives a question to be asked of each page: does it, or a form that it draws, have patterns to paint with? */
export function patternUse(context: PDFContext): (page: PDFDict) => boolean {
  const known = new Map<PDFObject, boolean>();
  const visit = (resources: PDFObject | undefined): boolean => {
    if (!resources) return false;
    const before = known.get(resources);
    if (before !== undefined) return before;
    known.set(resources, false);
    const patterns = entry(context, resources, 'Pattern');
    const forms = dictOf(entry(context, resources, 'XObject'))?.values() ?? [];
    const found =
      (dictOf(patterns)?.keys().length ?? 0) > 0 ||
      forms.some((form) => visit(entry(context, resolve(context, form), 'Resources')));
    known.set(resources, found);
    return found;
  };
  return (page) => visit(entry(context, page, 'Resources'));
}
