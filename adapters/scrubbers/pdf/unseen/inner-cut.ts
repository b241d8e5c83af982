import type { PDFContext, PDFDict, PDFRawStream } from 'pdf-lib';
import type { Pdfium } from '../pdfium.ts';
import { dictOf, entry, type SourcePage } from '../rebuild/source.ts';
import { insideOf, written } from './inner-streams.ts';
import { type InnerText, lookInside, withContent } from './inner-text.ts';
import { unlistedText } from './nested.ts';

/** Of the processor's time, in milliseconds, as a busy machine makes no page harder; a document may ask for three rounds of it. */
const MAX_MS = 4000;

export interface CutInside {
  /** Pages (from 0) of which it cannot be told that all that they show inside of glyphs, tiles and masks is seen. */
  readonly doubtful: readonly number[];
  /** What was cut, in the fonts' codes, one for each stream. */
  readonly said: readonly Uint8Array[];
}

/**
 * Cuts the text that nobody sees out of the glyphs, tiles and masks of some pages (from 0). A stream that several pages draw loses what none of them shows; a page on which something is unseen
 * that another one shows is doubtful.
 */
export async function cutInside(
  pdfium: Pdfium,
  context: PDFContext,
  sources: readonly SourcePage[],
  pages: readonly number[],
): Promise<CutInside> {
  const speaks = unlistedText(context);
  const begun = process.cpuUsage();
  const patience = {
    spent: () => {
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 1000 > MAX_MS;
    },
  };
  const looks = new Map<number, InnerText>();
  const doubtful = new Set<number>();
  for (const index of pages) {
    const source = sources[index];
    if (!source || !speaks(source.dict)) continue;
    const look = await lookInside(pdfium, context, source, patience);
    if (look) looks.set(index, look);
    else doubtful.add(index);
  }
  const seen = new Map<PDFRawStream, Set<number>>();
  for (const look of looks.values())
    for (const [stream, codes] of look.seen) seen.set(stream, new Set([...(seen.get(stream) ?? []), ...codes]));
  const said: Uint8Array[] = [];
  for (const [index, { unseen }] of looks) {
    const elsewhere = [...unseen].some(([stream, codes]) => [...codes].some((code) => seen.get(stream)?.has(code)));
    if (elsewhere) doubtful.add(index);
    else said.push(...cut(context, sources[index] as SourcePage, unseen));
  }
  return { doubtful: [...doubtful], said };
}

function cut(context: PDFContext, page: SourcePage, unseen: InnerText['unseen']): Uint8Array[] {
  const said: Uint8Array[] = [];
  const resources: PDFDict | undefined = dictOf(entry(context, page.dict, 'Resources'));
  for (const inner of unseen.size > 0 ? (insideOf(context, page.dict, resources)?.streams ?? []) : []) {
    const gone = new Set([...(unseen.get(inner.stream) ?? [])].map((at) => inner.codes[at]));
    if (gone.size === 0) continue;
    context.assign(
      inner.ref,
      withContent(
        context,
        inner,
        written(inner.pieces, (code) => (gone.has(code) ? 'cut' : 'drawn')),
      ),
    );
    said.push(Buffer.concat(inner.codes.filter((code) => gone.has(code)).map(({ bytes }) => bytes)));
  }
  return said;
}
