import type { Format } from '../format.ts';
import type { Pdfium } from './pdfium.ts';
import { pagePng } from './picture.ts';
import { redactPdf } from './redaction/redact.ts';
import { preparePdf } from './scrub.ts';

/** The scrubber of PDF (PDF 32000-1) on a loaded engine. Refuses with 'password', 'corrupt', 'too-many-pages', 'memory', 'no-such-page' or 'not-verified'. */
export function pdfFormat(pdfium: Pdfium): Format {
  return {
    prepare: (file, bench) => preparePdf(pdfium, file, bench),
    redact: (prepared, redactions, flatten, bench) => redactPdf(pdfium, prepared, redactions, flatten, bench),
    pages: async (file) => {
      const opened = pdfium.open(file);
      const { pages } = opened;
      opened.close();
      return pages;
    },
    picture: (file, page, width, annotated) => pagePng(pdfium, file, page, width, annotated),
  };
}
