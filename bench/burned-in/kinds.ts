import { put } from '../../adapters/scrubbers/dicom/method.ts';
import {
  CT,
  dataSetOf,
  fileOf,
  pixels,
  SECONDARY_CAPTURE,
  shorts,
  ULTRASOUND,
  words,
} from '../../adapters/scrubbers/dicom/testing/made.ts';
import { type Canvas, canvas, fill, type Glyphs, glyphs, lay } from './canvas.ts';
import type { Marked, Sample } from './frames.ts';
import { type Person, person } from './people.ts';
import type { Random } from './random.ts';

/** A made file with writing of one kind that is hard to find, and where its ink is on the frame that is looked at. */
export interface Made {
  readonly sample: Sample;
  readonly file: Uint8Array;
  /** From 1. */
  readonly page: number;
}

const SIDE = 512;
const FONTS = ['DejaVu Sans', 'Liberation Sans', 'DejaVu Sans Mono', 'Nimbus Sans', 'Liberation Serif'];
const linesOf = (who: Person) => [who.shown, who.number, who.birth];

interface Style {
  readonly size: readonly [number, number];
  readonly vertical?: boolean;
  readonly place: (index: number, width: number, height: number, dice: Random) => readonly [number, number];
}

/** Top left, one below the other. */
const corner: Style['place'] = (index, _width, height) => [8, 8 + index * Math.round(height * 1.3)];
const middle: Style['place'] = (index, width, height) => [
  Math.round(256 - width / 2),
  200 + index * Math.round(height * 1.3),
];
const edge: Style['place'] = (index, width, height) => [SIDE - width, index * Math.round(height * 1.1)];

/** Ink alone, on black, by the style. */
async function inked(
  dice: Random,
  { size, vertical, place }: Style,
): Promise<{ on: Canvas; texts: Marked[]; who: Person }> {
  const on = canvas(SIDE, SIDE, [0, 0, 0]);
  const who = person(dice);
  const texts: Marked[] = [];
  const font = dice.pick(FONTS);
  const own = dice.whole(...size);
  for (const [index, text] of linesOf(who).entries()) {
    const drawn = { text, font, size: own, colour: [255, 255, 255] as const };
    const flat = await glyphs(drawn);
    const shape = vertical ? upright(flat) : flat;
    const [x, y] = vertical ? [8 + index * (shape.width + 4), 40] : place(index, shape.width, shape.height, dice);
    texts.push({ text, known: true, wanted: true });
    lay(on, shape, x, y, drawn, texts.length);
  }
  return { on, texts, who };
}

/** Turned a quarter to the left: written from below. */
function upright({ width, height, cover }: Glyphs): Glyphs {
  const turned = new Uint8Array(cover.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[(width - 1 - x) * height + y] = cover[y * width + x] as number;
  return { width: height, height: width, cover: turned };
}

interface Slice {
  readonly ink: number;
  readonly inverse?: boolean;
  readonly signed?: boolean;
  readonly eight?: boolean;
  readonly modality?: 'CT' | 'MR';
}

/** A slice of a body with the ink laid into what is stored. */
function sliced({ rgb }: Canvas, dice: Random, { ink, inverse, signed, eight, modality = 'CT' }: Slice): Uint8Array {
  const mr = modality === 'MR';
  const across = dice.between(1.1, 1.5);
  const most = eight ? 255 : 4095;
  const samples = new Int32Array(SIDE * SIDE);
  for (let at = 0; at < samples.length; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const radius = Math.hypot((x - 256) / across, y - 256);
    const spine = Math.hypot(x - 256, y - 380) < 26;
    const lung = Math.hypot(x - 170, y - 250) < 60 || Math.hypot(x - 342, y - 250) < 60;
    const tissue = radius > 190 ? 0 : spine ? (mr ? 300 : 2200) : lung ? 200 : mr ? 700 + 300 * Math.sin(x / 25) : 1040;
    const own = Math.max(0, tissue + (tissue === 0 ? dice.whole(0, mr ? 30 : 12) : dice.whole(-25, 25)));
    const share = (rgb[at * 3] as number) / 255;
    const value = own * (1 - share) + ink * share;
    samples[at] = Math.round(eight ? (value * 255) / 2500 : value);
  }
  const stored = eight
    ? Uint8Array.from(samples, (value) => Math.min(255, inverse ? most - value : value))
    : Uint16Array.from(samples, (value) => (signed ? (value - 1024) & 0xffff : inverse ? most - value : value));
  const bits = eight ? 8 : signed ? 16 : 12;
  return fileOf(
    put(dataSetOf(CT), [
      words(0x00080008, 'ORIGINAL\\PRIMARY\\AXIAL'),
      words(0x00080060, modality),
      shorts(0x00280002, 1),
      words(0x00280004, inverse ? 'MONOCHROME1' : 'MONOCHROME2'),
      shorts(0x00280010, SIDE),
      shorts(0x00280011, SIDE),
      shorts(0x00280100, eight ? 8 : 16),
      shorts(0x00280101, bits),
      shorts(0x00280102, bits - 1),
      shorts(0x00280103, signed ? 1 : 0),
      ...(mr || eight || inverse
        ? []
        : [
            words(0x00281050, '40'),
            words(0x00281051, '400'),
            words(0x00281052, signed ? '0' : '-1024'),
            words(0x00281053, '1'),
          ]),
      { tag: 0x7fe00010, vr: eight ? 'OB' : 'OW', bytes: new Uint8Array(stored.buffer) },
    ]),
  );
}

const onSlice =
  (style: Partial<Style>, slice: Slice) =>
  async (dice: Random): Promise<Made> => {
    const { on, texts, who } = await inked(dice, { size: [12, 20], place: corner, ...style });
    return { sample: { canvas: on, texts, person: who }, file: sliced(on, dice, slice), page: 1 };
  };

/** A fan of grain with the writing of a machine on it, in colours. */
async function machine(dice: Random) {
  const made = await inked(dice, { size: [13, 20], place: corner });
  const ground = canvas(SIDE, SIDE, [0, 0, 0]).rgb;
  for (let at = 0; at < SIDE * SIDE; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const angle = Math.atan2(x - 256, y - 90);
    if (y < 100 || Math.hypot(x - 256, y - 90) > 380 || Math.abs(angle) > 0.7) continue;
    const shade = Math.min(255, 20 + dice.whole(0, 90));
    ground.set([shade, shade, Math.min(255, shade + 10)], at * 3);
  }
  const written = made.on.rgb.slice();
  for (let at = 0; at < ground.length; at++) made.on.rgb[at] = Math.max(ground[at] as number, written[at] as number);
  return { ...made, ground, written };
}

/** A loop: on which of its frames the writing is, and how far it has moved there. */
const loop =
  (frames: number, on: (frame: number) => number | undefined, page: number) =>
  async (dice: Random): Promise<Made> => {
    const { on: whole, texts, who, ground, written } = await machine(dice);
    const { ink } = whole;
    const shown = canvas(SIDE, SIDE, [0, 0, 0]);
    const shadeAt = (x: number, y: number, frame: number): number => {
      const by = on(frame);
      const at = y * SIDE + x;
      const from = by === undefined ? -1 : at - by * SIDE;
      const own = ground[at * 3] as number;
      const flickering = own === 0 ? 0 : Math.max(0, own + (((at * 31 + frame * 17) % 21) - 10));
      const shade = Math.max(flickering, written[from * 3] ?? 0);
      if (frame === page - 1) {
        shown.ink[at] = ink[from] ?? 0;
        shown.rgb.fill(shade, at * 3, at * 3 + 3);
      }
      return shade;
    };
    const file = fileOf(dataSetOf(ULTRASOUND, ...pixels(SIDE, SIDE, frames, 1, shadeAt)));
    return { sample: { canvas: shown, texts, person: who }, file, page };
  };

/** Colours in other ways of storing them. */
const coloured =
  (how: 'palette' | 'ybr' | 'planar') =>
  async (dice: Random): Promise<Made> => {
    const { on, texts, who } = await machine(dice);
    const { rgb } = on;
    const sample = { canvas: on, texts, person: who };
    if (how === 'palette') {
      const bytes = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => rgb[at * 3] as number);
      const table = (shade: (entry: number) => number) =>
        new Uint8Array(Uint16Array.from({ length: 256 }, (_, entry) => shade(entry) << 8).buffer);
      const descriptor = new Uint8Array(Uint16Array.of(256, 0, 16).buffer);
      // What is stored as dark is shown light: only the table tells.
      const lut = table((entry) => 255 - entry);
      const inverse = bytes.map((value) => 255 - value);
      const base = pixels(SIDE, SIDE, 1, 1, () => 0);
      const file = fileOf(
        put(dataSetOf(ULTRASOUND, ...base), [
          words(0x00280004, 'PALETTE COLOR'),
          ...[0x00281101, 0x00281102, 0x00281103].map((tag) => ({ tag, vr: 'US', bytes: descriptor })),
          ...[0x00281201, 0x00281202, 0x00281203].map((tag) => ({ tag, vr: 'OW', bytes: lut })),
          { tag: 0x7fe00010, vr: 'OB', bytes: inverse },
        ]),
      );
      return { sample, file, page: 1 };
    }
    const base = pixels(SIDE, SIDE, 1, 3, (x, y) => rgb[(y * SIDE + x) * 3] as number);
    const count = SIDE * SIDE;
    const bytes = new Uint8Array(count * 3);
    for (let at = 0; at < count; at++) {
      const [red, green, blue] = [rgb[at * 3], rgb[at * 3 + 1], rgb[at * 3 + 2]] as [number, number, number];
      if (how === 'planar') {
        bytes[at] = red;
        bytes[count + at] = green;
        bytes[2 * count + at] = blue;
      } else {
        bytes[at * 3] = 0.299 * red + 0.587 * green + 0.114 * blue;
        bytes[at * 3 + 1] = 128 - 0.168736 * red - 0.331264 * green + 0.5 * blue;
        bytes[at * 3 + 2] = 128 + 0.5 * red - 0.418688 * green - 0.081312 * blue;
      }
    }
    const file = fileOf(
      put(dataSetOf(ULTRASOUND, ...base), [
        words(0x00280004, how === 'ybr' ? 'YBR_FULL' : 'RGB'),
        shorts(0x00280006, how === 'planar' ? 1 : 0),
        { tag: 0x7fe00010, vr: 'OB', bytes },
      ]),
    );
    return { sample, file, page: 1 };
  };

/** A screen that was captured: a grey program around a slice, black and white writing in small letters, a banner with the patient. */
async function screen(dice: Random): Promise<Made> {
  const [width, height] = [1024, 768];
  const on = canvas(width, height, [222, 224, 228]);
  const who = person(dice);
  const texts: Marked[] = [];
  const font = dice.pick(['DejaVu Sans', 'Liberation Sans', 'Nimbus Sans']);
  fill(
    on,
    [0, 0, width, 34],
    dice.pick([
      [30, 60, 110],
      [245, 245, 245],
      [60, 60, 66],
    ] as const),
  );
  const light = (on.rgb[3 * width + 3] as number) < 128;
  fill(on, [190, 60, 640, 640], [0, 0, 0]);
  for (let y = 120; y < 640; y++)
    for (let x = 260; x < 760; x++)
      if (Math.hypot((x - 510) / 1.2, y - 380) < 190)
        on.rgb.fill(90 + dice.whole(0, 40), (y * width + x) * 3, (y * width + x) * 3 + 3);
  const write = async (text: string, x: number, y: number, size: number, shade: number, known: boolean) => {
    const drawn = { text, font, size, colour: [shade, shade, shade] as const };
    texts.push({ text, known, wanted: true });
    lay(on, await glyphs(drawn), x, y, drawn, texts.length);
  };
  await write(who.shown, 12, 6, 15, light ? 255 : 10, true);
  await write(who.birth, 330, 6, 15, light ? 255 : 10, true);
  await write(who.number, 560, 6, 15, light ? 255 : 10, true);
  for (const [index, label] of ['Series', 'Window', 'Measure', 'Report', 'Export'].entries())
    await write(label, 16, 80 + index * 34, 12, 20, false);
  await write(who.hospital, 200, 66, 12, 255, false);
  await write(who.study, 740, 66, 12, 235, false);
  await write(who.operator, 850, 90, 12, 30, false);
  const rgb = on.rgb;
  const base = pixels(width, height, 1, 3, () => 0);
  const file = fileOf(put(dataSetOf(SECONDARY_CAPTURE, ...base), [{ tag: 0x7fe00010, vr: 'OB', bytes: rgb.slice() }]));
  return { sample: { canvas: on, texts, person: who }, file, page: 1 };
}

export const kinds: Readonly<Record<string, (dice: Random) => Promise<Made>>> = {
  'slice, small letters': onSlice({ size: [8, 10] }, { ink: 4095 }),
  'slice, small and grey': onSlice({ size: [9, 12] }, { ink: 1400 }),
  'slice, written upwards': onSlice({ vertical: true }, { ink: 4095 }),
  'slice, at the edge': onSlice({ place: edge }, { ink: 4095 }),
  'slice, over tissue': onSlice({ place: middle }, { ink: 4095 }),
  'slice, grey over tissue': onSlice({ place: middle }, { ink: 1400 }),
  'slice, black over tissue': onSlice({ place: middle }, { ink: 0 }),
  'slice, as grey as tissue': onSlice({}, { ink: 1060 }),
  'slice, MONOCHROME1': onSlice({}, { ink: 4095, inverse: true }),
  'slice, signed': onSlice({}, { ink: 4000, signed: true }),
  'slice of 8 bits': onSlice({}, { ink: 2500, eight: true }),
  'slice, MR': onSlice({}, { ink: 1200, modality: 'MR' }),
  'slice, MR over tissue': onSlice({ place: middle }, { ink: 1300, modality: 'MR' }),
  palette: coloured('palette'),
  YBR_FULL: coloured('ybr'),
  'colours by plane': coloured('planar'),
  'screen with a banner': screen,
  'loop, writing on two frames': loop(16, (frame) => (frame === 5 || frame === 6 ? 0 : undefined), 6),
  'loop, writing moves': loop(12, (frame) => frame * 12, 8),
};
