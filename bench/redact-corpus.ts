// How redaction does on a folder of PDFs: three words of each page are redacted. node bench/redact-corpus.ts [folder]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../adapters/scrubbers/format.ts';
import { pdfFormat } from '../adapters/scrubbers/pdf/format.ts';
import { loadPdfium } from '../adapters/scrubbers/pdf/pdfium.ts';
import { pageDifference } from '../adapters/scrubbers/pdf/redaction/raster.ts';
import { Refusal } from '../adapters/scrubbers/refusal.ts';
import type { PageText, Redaction } from '../domain/ports.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '../../shared/corpus/pdf');
const pdfium = await loadPdfium();
const format = pdfFormat(pdfium);
const blind: Bench = { maxPages: 60, reader: { read: async () => undefined }, progress: () => undefined };
const refused: Record<string, string[]> = {};
let files = 0;
let pages = 0;
let pictures = 0;
let words = 0;
let kept = 0;
let lost = 0;
let ms = 0;
const changed: string[] = [];
const left: string[] = [];

for (const name of readdirSync(folder).filter((one) => one.endsWith('.pdf'))) {
  const file = readFileSync(join(folder, name));
  try {
    const prepared = await format.prepare(file, blind);
    const asked = prepared.texts.flatMap((text) => someWords(text));
    if (asked.length === 0) continue;
    const from = performance.now();
    const redacted = await format.redact(
      prepared.file,
      asked.map(({ redaction }) => redaction),
      false,
      blind,
    );
    ms += performance.now() - from;
    files++;
    words += asked.length;
    const touched = new Set(asked.map(({ redaction }) => redaction.page));
    pages += touched.size;
    const raster = redacted.notSearched.find(({ what }) => what === 'rasterised')?.pages ?? [];
    pictures += raster.length;
    const [before, after] = [pdfium.open(prepared.file), pdfium.open(redacted.file)];
    for (const page of touched) {
      const gone = asked.filter(({ redaction }) => redaction.page === page);
      const says = after.text(page - 1);
      const said = before.text(page - 1);
      for (const { word } of gone) if (says.includes(word) && count(says, word) >= count(said, word)) left.push(name);
      if (raster.includes(page)) continue;
      const expected = said.replace(/\s/g, '').length - gone.reduce((sum, { word }) => sum + word.length, 0);
      kept += expected;
      lost += Math.abs(expected - says.replace(/\s/g, '').length);
    }
    for (let page = 0; page < before.pages; page++)
      if (!touched.has(page + 1) && pageDifference(before, after, page) > 0.002) changed.push(`${name} ${page + 1}`);
    before.close();
    after.close();
  } catch (error) {
    const reason =
      error instanceof Refusal
        ? [error.code, ...Object.values(error.params ?? {})].join(' ')
        : `unforeseen: ${String(error).slice(0, 80)}`;
    refused[reason] = [...(refused[reason] ?? []), name];
  }
}
console.log(
  `${words} words on ${pages} pages of ${files} files, in ${(ms / 1000).toFixed(1)} s (${(pages / (ms / 1000)).toFixed(1)} pages/s)`,
);
console.log(`words left ${left.length}`, left);
console.log(`pages that stayed text ${pages - pictures} (${(((pages - pictures) / pages) * 100).toFixed(1)} %)`);
console.log(`characters of those that went though they were to stay, or stayed ${lost} of ${kept}`);
console.log('other pages changed', changed);
console.log('refused', refused);

/** The first, a middle and the last word of a page, with the boxes of its characters joined. */
function someWords(text: PageText): { word: string; redaction: Redaction }[] {
  const found = [...text.text.matchAll(/[\p{L}\p{N}]{4,}/gu)];
  const picked = new Set([found[0], found[found.length >> 1], found.at(-1)]);
  return [...picked].flatMap((match) => {
    if (!match) return [];
    let [left, top, right, bottom] = [1, 1, 0, 0];
    for (let unit = match.index; unit < match.index + match[0].length; unit++) {
      const [l = 0, t = 0, w = 0, h = 0] = text.places.subarray(unit * 4, unit * 4 + 4);
      if (w === 0 || h === 0) continue;
      [left, top, right, bottom] = [
        Math.min(left, l),
        Math.min(top, t),
        Math.max(right, l + w),
        Math.max(bottom, t + h),
      ];
    }
    if (right <= left || bottom <= top) return [];
    const box = { left, top, width: right - left, height: bottom - top };
    return [{ word: match[0], redaction: { page: text.page, kind: 'name', boxes: [box] } as const }];
  });
}

function count(text: string, word: string): number {
  return text.split(word).length - 1;
}
