import type { Bench, Format, Kept, Prepared } from '../format.ts';
import type { Pdfium } from './pdfium.ts';
import { pagePng } from './picture.ts';
import { redactOpen, redactPdf } from './redaction/redact.ts';
import { type OpenPrepared, preparePdf } from './scrub.ts';

/** The scrubber of PDF (PDF 32000-1) on a loaded engine. Refuses with 'password', 'corrupt', 'too-many-pages', 'memory', 'no-such-page' or 'not-verified'. */
export function pdfFormat(pdfium: Pdfium): Format {
  return {
    prepare: (file, bench) => prepared(pdfium, file, bench),
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

async function prepared(pdfium: Pdfium, file: Uint8Array, bench: Bench): Promise<Prepared> {
  if (!bench.keep) return preparePdf(pdfium, file, bench);
  let open: OpenPrepared | undefined;
  const result = await preparePdf(pdfium, file, bench, (kept) => {
    open = kept;
  });
  const taken = () => {
    const kept = open;
    open = undefined;
    return kept;
  };
  const kept: Kept = {
    redact: (redactions, flatten, again) => {
      const kept = taken();
      return kept
        ? redactOpen(pdfium, kept, redactions, flatten, again)
        : redactPdf(pdfium, result.file, redactions, flatten, again);
    },
    close: () => taken()?.output.pdf.close(),
  };
  return { ...result, kept };
}
