import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dice } from '../../../domain/seeded.ts';
import { Refusal } from '../refusal.ts';
import { HIDDEN, mutated, planted, toldElsewhere } from './testing/damaged.ts';
import { dicom, dicomBench } from './testing/made.ts';

/** Every run has its number, which is its seed: FUZZ_FROM and FUZZ_TO run a slice of them, or one alone. */
const from = Number(process.env['FUZZ_FROM'] ?? 0);
const to = Number(process.env['FUZZ_TO'] ?? (process.env['SOAK'] ? 20_000 : 400));
const LONGEST_MS = 10_000;
const corpus = join(import.meta.dirname, '../../../../shared/corpus/dicom');

const found = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .map((name) => join(corpus, name))
      .filter((path) => /\.dcm$|IM0/.test(path))
      .map((path) => readFileSync(path))
      .filter(({ length }) => length < 60_000)
  : [];
const seeds = [...planted, ...planted, ...found];

it(
  `takes ${to - from} damaged files without anything unforeseen, a hang or a leak`,
  async () => {
    const outcomes: Record<string, number> = {};
    const wrong: string[] = [];
    for (let run = from; run < to; run++) {
      const roll = dice(run);
      const file = mutated(seeds[roll(seeds.length)] as Buffer, seeds[roll(seeds.length)] as Buffer, roll);
      const began = performance.now();
      let told = 'scrubbed';
      try {
        const { file: output } = await dicom.prepare(file, dicomBench());
        const left = HIDDEN.filter((text) => Buffer.from(output).includes(text) && !toldElsewhere(file, text));
        if (left.length > 0) wrong.push(`run ${run}: ${left.join(' ')}`);
      } catch (error) {
        told = error instanceof Refusal ? error.code : 'unforeseen';
        if (told === 'unforeseen') wrong.push(`run ${run}: ${String(error)}`);
      }
      if (performance.now() - began > LONGEST_MS) wrong.push(`run ${run}: too long`);
      outcomes[told] = (outcomes[told] ?? 0) + 1;
    }
    expect(wrong).toEqual([]);
    // Damage of a byte or two leaves many files readable: were none scrubbed, nothing would have been tried.
    expect(outcomes['scrubbed'] ?? 0).toBeGreaterThanOrEqual(to - from > 100 ? (to - from) / 8 : 0);
  },
  process.env['SOAK'] ? 2 * 3_600_000 : 120_000,
);
