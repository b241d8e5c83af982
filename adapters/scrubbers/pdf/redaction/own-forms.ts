import { type PDFContext, PDFName, PDFRawStream, PDFStreamWriter } from 'pdf-lib';
import { dictOf, entry, nameOf, pagesOf, resolve } from '../rebuild/source.ts';

/**
 * Gives some pages (from 0) of a rebuilt document copies of their own of the forms that they draw (PDF 32000-1, 8.10): what is taken out of a letterhead, which every page draws, is then
 * taken out of one page's. Forms inside of forms stay as they are. Changes the objects of `context`, and gives the file written anew.
 */
export function withOwnForms(context: PDFContext, pages: Iterable<number>): Promise<Uint8Array> {
  const all = pagesOf(context, Number.MAX_SAFE_INTEGER);
  for (const index of pages) {
    const page = all[index]?.dict;
    const resources = dictOf(entry(context, page, 'Resources'))?.clone(context);
    const drawn = dictOf(entry(context, resources, 'XObject'))?.clone(context);
    if (!page || !resources || !drawn) continue;
    for (const [name, value] of drawn.entries()) {
      const form = resolve(context, value);
      if (form instanceof PDFRawStream && nameOf(entry(context, form, 'Subtype')) === 'Form')
        drawn.set(name, context.register(PDFRawStream.of(form.dict.clone(context), form.contents)));
    }
    resources.set(PDFName.of('XObject'), drawn);
    page.set(PDFName.of('Resources'), resources);
  }
  return PDFStreamWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
}
