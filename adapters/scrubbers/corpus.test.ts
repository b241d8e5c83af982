import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { PDFParser } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPdfium } from './pdf/pdfium.ts';
import { pagesOf } from './pdf/rebuild/source.ts';
import { pageDifference } from './pdf/redaction/raster.ts';
import { createScrubber } from './scrubber.ts';

const folder = new URL('../../../shared/corpus/pdf/', import.meta.url);
const present = existsSync(folder);
const all = process.env.SCRUB_CORPUS === 'all';

/** A slice that is the same on every run: enough to see a break, short enough for every run. SCRUB_CORPUS=all takes the whole. */
const names = present
  ? readdirSync(folder).filter((name, index) => name.endsWith('.pdf') && (all || index % 7 === 3))
  : [];

describe.skipIf(!present)(
  `corpus of real and odd PDFs${present ? '' : ' (the folder ../shared/corpus/pdf is absent)'}`,
  () => {
    const scrubber = createScrubber({ readMs: 0 });
    afterAll(() => scrubber.close());
    const outcomes: boolean[] = [];

    it.each(names)(
      '%s is refused by name or looks the same',
      async (name) => {
        const file = readFileSync(new URL(name, folder));
        const result = await scrubber.scrub(file, { redact: 'none' });
        const end = result.outcome === 'refused' ? result.reason : 'scrubbed';
        expect(['scrubbed', 'unknown-kind', 'password', 'corrupt']).toContain(end);
        if (result.outcome === 'refused') return;
        const pdfium = await loadPdfium();
        const [original, output] = [pdfium.open(file), pdfium.open(result.file)];
        expect(output.pages).toBe(original.pages);
        const pictures = result.report.notSearched.find(({ what }) => what === 'rasterised')?.pages ?? [];
        const differences = Array.from({ length: original.pages }, (_, page) =>
          pictures.includes(page + 1) ? 0 : pageDifference(original, output, page),
        );
        expect(Math.max(...differences)).toBeLessThanOrEqual(0.002);
        expect(pagesOf(await PDFParser.forBytesWithOptions(result.file).parseDocument(), 1000)).toHaveLength(
          original.pages,
        );
        original.close();
        output.close();
        outcomes.push(true);
      },
      30_000,
    );

    it('gives a scrubbed file for 96 % of what can be opened', () => {
      expect(outcomes.length / names.length).toBeGreaterThan(all ? 0.93 : 0.85);
    });
  },
);
