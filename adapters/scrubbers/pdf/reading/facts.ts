import { type PDFContext, PDFDict, type PDFObject, PDFRawStream } from 'pdf-lib';
import { dictOf, entry, nameOf, numberOf, pagesOf, resolve } from '../rebuild/source.ts';

/** What a page is made of that the engine's list of its objects does not tell. */
export interface PageFacts {
  /** A font whose glyphs are drawings (PDF 32000-1, 9.6.5). */
  readonly type3: boolean;
  /** A tile that is drawn over and over (8.7.3): what it says is in no text of the page. */
  readonly tiles: boolean;
  /** A soft mask drawn by content (11.6.5.3). */
  readonly masks: boolean;
}

/** Looks through the resources of every page of a rebuilt document. */
export function pageFacts(context: PDFContext): readonly PageFacts[] {
  return pagesOf(context, Number.MAX_SAFE_INTEGER).map(({ dict }) => {
    const facts = { type3: false, tiles: false, masks: false };
    const seen = new Set<PDFObject>();
    const open: (PDFObject | undefined)[] = [entry(context, dict, 'Resources')];
    while (open.length > 0) {
      const resources = resolve(context, open.pop());
      if (!(resources instanceof PDFDict) || seen.has(resources)) continue;
      seen.add(resources);
      for (const font of valuesOf(context, entry(context, resources, 'Font'))) {
        if (nameOf(entry(context, font, 'Subtype')) !== 'Type3') continue;
        facts.type3 = true;
        open.push(entry(context, font, 'Resources'));
      }
      for (const pattern of valuesOf(context, entry(context, resources, 'Pattern'))) {
        if (numberOf(entry(context, pattern, 'PatternType')) !== 1) continue;
        facts.tiles = true;
        open.push(entry(context, pattern, 'Resources'));
      }
      for (const state of valuesOf(context, entry(context, resources, 'ExtGState')))
        if (dictOf(entry(context, state, 'SMask'))) facts.masks = true;
      for (const drawn of valuesOf(context, entry(context, resources, 'XObject'))) {
        if (nameOf(entry(context, drawn, 'Subtype')) !== 'Form') continue;
        open.push(entry(context, drawn, 'Resources'));
      }
    }
    return facts;
  });
}

function valuesOf(context: PDFContext, dict: PDFObject | undefined): PDFObject[] {
  if (!(dict instanceof PDFDict)) return [];
  return dict.values().flatMap((value) => {
    const found = resolve(context, value);
    return found instanceof PDFDict || found instanceof PDFRawStream ? [found] : [];
  });
}
