import sharp from 'sharp';
import type { Sample } from './frames.ts';

export interface Measured {
  readonly samples: number;
  /** Texts that have to be masked, and those of them that were not. */
  readonly texts: number;
  readonly missed: number;
  /** Texts that identify nobody, and those of them that were kept. */
  readonly rest: number;
  readonly restKept: number;
  readonly known: number;
  readonly missedKnown: number;
  /** Share of the pixels without ink that were blackened, summed. */
  readonly other: number;
  readonly seconds: number;
  readonly frames: number;
}

export const nothing: Measured = {
  samples: 0,
  texts: 0,
  missed: 0,
  rest: 0,
  restKept: 0,
  known: 0,
  missedKnown: 0,
  other: 0,
  seconds: 0,
  frames: 0,
};

/** A text counts as masked when so much of its ink is black in the output. */
const ENOUGH = 0.95;
const BLACK = 48;

/** Looks at the output's pixels alone: which texts' ink has become black. On dark ground black ink is told from what was dark before by how bright the sample was. */
export async function covered(sample: Sample, output: Uint8Array): Promise<Omit<Measured, 'seconds' | 'frames'>> {
  const { canvas, texts } = sample;
  const { data, info } = await sharp(output)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const ink = new Uint32Array(texts.length + 1);
  const gone = new Uint32Array(texts.length + 1);
  const black = blackRows(data, info.width, info.height);
  for (let at = 0; at < canvas.ink.length; at++) {
    const id = canvas.ink[at] as number;
    ink[id] = (ink[id] as number) + 1;
    // What was black before tells nothing of a mask.
    const dark = id === 0 && brightest(canvas.rgb, at) < BLACK;
    if (black[at] && !dark) gone[id] = (gone[id] as number) + 1;
  }
  const shown = texts
    .map((text, index) => ({ ...text, ink: ink[index + 1] as number, gone: gone[index + 1] as number }))
    .filter((text) => text.ink > 0);
  const open = shown.filter((text) => text.gone < ENOUGH * text.ink);
  return {
    samples: 1,
    texts: shown.filter(({ wanted }) => wanted).length,
    missed: open.filter(({ wanted }) => wanted).length,
    rest: shown.filter(isWord).length,
    restKept: open.filter(isWord).length,
    known: shown.filter((text) => text.known).length,
    missedKnown: open.filter((text) => text.known).length,
    other: (gone[0] as number) / (ink[0] as number),
  };
}

/** A comma behind a name goes with it, and nothing is lost. */
const isWord = ({ text, wanted }: Sample['texts'][number]) => !wanted && /[\p{L}\p{N}]/u.test(text);

const brightest = (rgb: Uint8Array, at: number) =>
  Math.max(rgb[at * 3] as number, rgb[at * 3 + 1] as number, rgb[at * 3 + 2] as number);

/** Pixels that lie in a run of black, across and down, longer than a letter's stroke: dark ink on paper is no mask. */
function blackRows(data: Uint8Array, width: number, height: number): Uint8Array {
  const dark = new Uint8Array(width * height);
  for (let at = 0; at < dark.length; at++) if (brightest(data, at) < BLACK) dark[at] = 1;
  const solid = new Uint8Array(dark.length);
  const reach = 3;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!dark[at]) continue;
      let held = true;
      for (let dy = -reach; held && dy <= reach; dy++)
        for (let dx = -reach; held && dx <= reach; dx++) {
          const [px, py] = [x + dx, y + dy];
          if (px >= 0 && py >= 0 && px < width && py < height && !dark[py * width + px]) held = false;
        }
      if (held) solid[at] = 1;
    }
  return grown(solid, width, height, reach);
}

function grown(solid: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const wide = new Uint8Array(solid.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (solid[y * width + x])
        for (let dy = -reach; dy <= reach; dy++)
          for (let dx = -reach; dx <= reach; dx++) {
            const [px, py] = [x + dx, y + dy];
            if (px >= 0 && py >= 0 && px < width && py < height) wide[py * width + px] = 1;
          }
  return wide;
}

export function summed(one: Measured, other: Measured): Measured {
  return {
    samples: one.samples + other.samples,
    texts: one.texts + other.texts,
    missed: one.missed + other.missed,
    rest: one.rest + other.rest,
    restKept: one.restKept + other.restKept,
    known: one.known + other.known,
    missedKnown: one.missedKnown + other.missedKnown,
    other: one.other + other.other,
    seconds: one.seconds + other.seconds,
    frames: one.frames + other.frames,
  };
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** The figures in words: shares and seconds, never a text. `what` names the texts that have to be masked. */
export function told(measured: Measured, what: string): string {
  const { samples, texts, missed, rest, restKept, known, missedKnown, other, seconds, frames } = measured;
  return [
    `${samples} pictures`,
    `${what} masked ${percent(1 - missed / Math.max(1, texts))} of ${texts}`,
    `known identifiers masked ${percent(1 - missedKnown / Math.max(1, known))} of ${known}`,
    ...(rest > 0 ? [`other words kept ${percent(restKept / rest)} of ${rest}`] : []),
    `other pixels blackened ${percent(other / Math.max(1, samples))}`,
    `taken as frames ${frames}`,
    `${(seconds / Math.max(1, samples)).toFixed(1)} s a picture`,
  ].join(' · ');
}
