import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scrubber } from '../../domain/ports.ts';
import { dice } from '../../domain/seeded.ts';
import { loadPdfium, type Pdfium } from './pdf/pdfium.ts';
import { plantedPdf } from './pdf/testing/planted.ts';
import { encodings, everything } from './pdf/testing/reading.ts';
import { createScrubber } from './scrubber.ts';

/** Every run has its number, which is its seed: FUZZ_FROM and FUZZ_TO run a slice of them, or one alone. */
const from = Number(process.env['FUZZ_FROM'] ?? 0);
const to = Number(process.env['FUZZ_TO'] ?? (process.env['SOAK'] ? 50_000 : 120));
const TELL_EVERY = 5_000;
const corpus = join(import.meta.dirname, '../../../shared/corpus/pdf');

interface Seed {
  readonly file: Buffer;
  /** Strings that stand where nobody sees them. */
  readonly hidden: readonly string[];
}

let scrubber: Scrubber;
let pdfium: Pdfium;
let seeds: readonly Seed[];

beforeAll(async () => {
  scrubber = createScrubber({ readMs: 0, timeMs: 30_000 });
  pdfium = await loadPdfium();
  const { file, hidden } = plantedPdf();
  const pixels = { create: { width: 60, height: 40, channels: 3, background: '#aaccee' } } as const;
  const exif = { IFD0: { Artist: 'HiddenExifArtist', ImageDescription: 'HiddenExifWords' } };
  const pictures = await Promise.all(
    (['jpeg', 'png', 'tiff', 'webp'] as const).map((format) =>
      sharp(pixels).withExif(exif).toFormat(format).toBuffer(),
    ),
  );
  const text = Buffer.from('Name;Born\nJane Roewood;12.4.1963\n\u200bJohn;1.1.1970\n'.repeat(20));
  const found = existsSync(corpus)
    ? readdirSync(corpus)
        .filter((name) => name.endsWith('.pdf'))
        .map((name) => readFileSync(join(corpus, name)))
        .filter(({ length }) => length < 200_000)
    : [];
  const planted = { file: Buffer.from(file), hidden: [...hidden.values()] };
  seeds = [
    planted,
    planted,
    ...pictures.map((picture) => ({ file: picture, hidden: ['HiddenExifArtist', 'HiddenExifWords'] })),
    { file: text, hidden: [] },
    ...found.map((one) => ({ file: one, hidden: [] })),
  ];
});
afterAll(() => scrubber.close());

/** Damages a file as a bad disk, a cut transfer or an attacker does. */
function mutated(file: Buffer, other: Buffer, roll: (limit: number) => number): Buffer {
  let bytes = Buffer.from(file);
  for (let turns = 1 + roll(6); turns > 0; turns--) {
    const at = roll(Math.max(1, bytes.length));
    const length = 1 + roll(64);
    switch (roll(7)) {
      case 0:
        bytes[at] = roll(256);
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.alloc(length, roll(256)), bytes.subarray(at)]);
        break;
      case 5: {
        const from = roll(Math.max(1, other.length));
        bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + length * 16), bytes.subarray(at)]);
        break;
      }
      default: {
        // A number turned into another one: lengths, offsets, references, sizes.
        const text = bytes.toString('latin1');
        const number = /\d+/g;
        number.lastIndex = at;
        const match = number.exec(text);
        if (match)
          bytes = Buffer.from(
            `${text.slice(0, match.index)}${[0, 1, 65_536, 4_294_967_295, roll(1000)][roll(5)]}${text.slice(match.index + match[0].length)}`,
            'latin1',
          );
      }
    }
    if (bytes.length === 0) bytes = Buffer.from('%PDF-1.4\n');
  }
  return bytes;
}

/** Hidden strings of the input that the output holds, and that its pages do not show. */
function leaked(output: Uint8Array, format: string, hidden: readonly string[]): number {
  if (hidden.length === 0) return 0;
  const all = format === 'pdf' ? everything(output) : Buffer.from(output).toString('latin1');
  const left = hidden.filter((text) => encodings(text).some((form) => all.includes(form)));
  if (left.length === 0 || format !== 'pdf') return left.length;
  const pdf = pdfium.open(output);
  const shown = Array.from({ length: pdf.pages }, (_, page) => pdf.text(page)).join('\n');
  pdf.close();
  return left.filter((text) => !shown.includes(text)).length;
}

it(
  `takes ${to - from} damaged files without a crash of this process, a hang or a leak`,
  async () => {
    const outcomes: Record<string, number> = {};
    const wrong: string[] = [];
    const one = async (run: number) => {
      const roll = dice(run);
      const seed = seeds[roll(seeds.length)] as Seed;
      const file = mutated(seed.file, (seeds[roll(seeds.length)] as Seed).file, roll);
      const outcome = await scrubber.scrub(file, { redact: 'all' });
      const told = outcome.outcome === 'refused' ? outcome.reason : 'scrubbed';
      outcomes[told] = (outcomes[told] ?? 0) + 1;
      if (outcome.outcome === 'scrubbed' && leaked(outcome.file, outcome.report.format, seed.hidden) > 0)
        wrong.push(`run ${run}: leak`);
      if (told === 'time' || told === 'crashed') wrong.push(`run ${run}: ${told}`);
    };
    for (let run = from; run < to; run += 2) {
      await Promise.all([one(run), ...(run + 1 < to ? [one(run + 1)] : [])]);
      if (run > from && run % TELL_EVERY === 0) console.log(run, outcomes, wrong);
    }
    expect(wrong).toEqual([]);
    // Damage of a byte or two leaves most files readable: were none scrubbed, nothing would have been tried.
    const least = to - from > 100 ? (to - from) / 10 : 0;
    expect(outcomes['scrubbed'] ?? 0).toBeGreaterThanOrEqual(least);
  },
  process.env['SOAK'] ? 4 * 3_600_000 : 120_000,
);
