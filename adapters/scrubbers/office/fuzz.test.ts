import { unzipSync } from 'fflate';
import { beforeAll, expect, it } from 'vitest';
import { dice } from '../../../domain/seeded.ts';
import type { Prepared } from '../format.ts';
import { blindBench } from '../pictures/testing.ts';
import { Refusal } from '../refusal.ts';
import { officeFormat } from './format.ts';
import { leftIn, type Planted, packed } from './testing/planted.ts';
import { plantedDocx } from './testing/planted-docx.ts';
import { plantedOdp, plantedOds, plantedOdt } from './testing/planted-open-document.ts';
import { plantedPptx } from './testing/planted-pptx.ts';
import { plantedXlsx } from './testing/planted-xlsx.ts';

/** Every run has its number, which is its seed: FUZZ_FROM and FUZZ_TO run a slice of them, or one alone. */
const from = Number(process.env['FUZZ_FROM'] ?? 0);
const to = Number(process.env['FUZZ_TO'] ?? (process.env['SOAK'] ? 20_000 : 160));
const TELL_EVERY = 2_000;
/** One in so many is masked as well. */
const MASKED = 4;

let seeds: readonly Planted[];
beforeAll(async () => {
  seeds = await Promise.all([plantedDocx(), plantedXlsx(), plantedPptx(), plantedOdt(), plantedOds(), plantedOdp()]);
});

/** Damages a part as text: what is well-formed mostly stays so, since only then anything is tried. */
function damaged(text: string, other: string, roll: (limit: number) => number): string {
  const tags = [...text.matchAll(/<[^>]+>/g)];
  const tag = tags[roll(Math.max(1, tags.length))];
  const at = tag?.index ?? roll(Math.max(1, text.length));
  const piece = tag?.[0] ?? '';
  const pieces = [...other.matchAll(/<(\w+:\w+)\b[^<>]*(?:\/>|>[^<]*<\/\1>)/g)];
  switch (roll(8)) {
    case 0:
      // An attribute goes.
      return text.slice(0, at) + piece.replace(/ [\w:]+="[^"]*"/, '') + text.slice(at + piece.length);
    case 1:
      // A number becomes another one.
      return (
        text.slice(0, at) +
        text.slice(at).replace(/\d+/, () => String([0, 1, 65_536, 4_294_967_295, -1, roll(1000)][roll(6)]))
      );
    case 2: {
      // An element of another part comes in behind a tag.
      const strange = pieces[roll(Math.max(1, pieces.length))]?.[0] ?? '';
      return text.slice(0, at + piece.length) + strange + text.slice(at + piece.length);
    }
    case 3:
      return text.slice(0, at) + text.slice(at + piece.length);
    case 4:
      // A name becomes another one of the file, at both of its ends.
      return text.replaceAll(tagName(piece), tagName(tags[roll(Math.max(1, tags.length))]?.[0] ?? '') || 'w:p');
    case 5:
      return text.slice(0, roll(text.length));
    case 6:
      // A value is said twice as long, or with signs of its own.
      return (
        text.slice(0, at) +
        text
          .slice(at)
          .replace(/"([^"]*)"/, (_, value: string) => `"${value}${['', value, '&#0;', '&amp;', 'ﬀ', '‮'][roll(6)]}"`)
      );
    default: {
      const bytes = Buffer.from(text);
      if (bytes.length > 0) bytes[roll(bytes.length)] = roll(256);
      return bytes.toString('utf8');
    }
  }
}

const tagName = (tag: string) => /^<\/?([\w:]+)/.exec(tag)?.[1] ?? '';

function mutated(seed: Planted, other: Planted, roll: (limit: number) => number): Uint8Array {
  if (roll(5) === 0) {
    const bytes = Buffer.from(seed.file);
    for (let turns = 1 + roll(4); turns > 0; turns--) bytes[roll(bytes.length)] = roll(256);
    return roll(4) === 0 ? bytes.subarray(0, roll(bytes.length)) : bytes;
  }
  const parts = new Map(Object.entries(unzipSync(seed.file)));
  const strange = Object.values(unzipSync(other.file));
  for (let turns = 1 + roll(4); turns > 0; turns--) {
    const names = [...parts.keys()];
    const name = names[roll(names.length)] as string;
    const [part, foreign] = [parts.get(name), strange[roll(strange.length)]] as const;
    if (!part || !foreign) continue;
    const fate = roll(20);
    if (fate === 0) parts.delete(name);
    else if (fate === 1) parts.set(names[roll(names.length)] as string, part);
    else if (/\.(?:xml|rels|rdf)$/.test(name))
      parts.set(
        name,
        Buffer.from(damaged(Buffer.from(part).toString('utf8'), Buffer.from(foreign).toString('utf8'), roll)),
      );
  }
  return packed(Object.fromEntries(parts));
}

/** Hidden strings of the file that the output holds, and that its pages do not show. */
async function leaked(
  file: Uint8Array,
  hidden: readonly string[],
  roll: (limit: number) => number,
): Promise<string[] | string> {
  let prepared: Prepared;
  try {
    prepared = await officeFormat.prepare(file, blindBench());
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  const shown = prepared.texts
    .map(({ text }) => text)
    .join('\n')
    .toUpperCase();
  const isUnshown = (one: string) => !shown.includes(one.toUpperCase());
  const left = leftIn(prepared.file, hidden).filter(isUnshown);
  if (left.length > 0 || roll(MASKED) > 0) return left;
  try {
    return leftIn(await masked(prepared, roll), hidden).filter(isUnshown);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** The prepared file with a piece of some page masked; what was taken out must be gone, which the scrubber itself verifies. */
async function masked({ file, texts }: Prepared, roll: (limit: number) => number): Promise<Uint8Array> {
  const pages = texts.filter(({ text }) => text.length > 1);
  const page = pages[roll(Math.max(1, pages.length))];
  if (!page) return file;
  const start = roll(page.text.length - 1);
  const redactions = [{ page: page.page, kind: 'name' as const, start, end: start + 1 + roll(40) }];
  return (await officeFormat.redact(file, redactions, false, blindBench())).file;
}

it(
  `takes ${to - from} damaged documents without anything unforeseen and without a leak`,
  async () => {
    const outcomes: Record<string, number> = {};
    const wrong: string[] = [];
    for (let run = from; run < to; run++) {
      const roll = dice(run);
      const seed = seeds[roll(seeds.length)] as Planted;
      const other = seeds[roll(seeds.length)] as Planted;
      let told = 'scrubbed';
      try {
        const left = await leaked(mutated(seed, other, roll), [...seed.hidden, ...other.hidden], roll);
        if (typeof left === 'string') told = left;
        else if (left.length > 0) wrong.push(`run ${run}: ${left.join(' ')}`);
      } catch (error) {
        told = 'unforeseen';
        wrong.push(`run ${run}: ${String(error)}`);
      }
      outcomes[told] = (outcomes[told] ?? 0) + 1;
      if (run > from && run % TELL_EVERY === 0) console.log(run, outcomes, wrong);
    }
    expect(wrong).toEqual([]);
    expect(outcomes['scrubbed'] ?? 0).toBeGreaterThanOrEqual(to - from > 100 ? (to - from) / 5 : 0);
  },
  process.env['SOAK'] ? 2 * 3_600_000 : 120_000,
);
