import { put } from '../../adapters/scrubbers/dicom/method.ts';
import { CT, dataSetOf, fileOf, shorts, words } from '../../adapters/scrubbers/dicom/testing/made.ts';
import { type Canvas, canvas, glyphs, lay } from './canvas.ts';
import type { Marked, Sample } from './frames.ts';
import { person } from './people.ts';
import type { Random } from './random.ts';

const SIDE = 512;
const FONTS = ['DejaVu Sans', 'Liberation Sans', 'DejaVu Sans Mono', 'Liberation Mono', 'Nimbus Sans'];
/** What programs write with: the greatest value that is stored, or one that is white in the usual window. Bone is at 2200. */
const INKS = [4095, 4095, 3071, 1400];
const BONE = 2200;

/** A slice of a made CT: two lungs, a spine and ribs of bone, grain in all of it; with up to four lines of writing where `written`: light ones at its edges, or dark ones over its tissue. */
export async function slice(
  dice: Random,
  written: false | 'light' | 'dark',
): Promise<{ readonly sample: Sample; readonly file: Uint8Array }> {
  const on = canvas(SIDE, SIDE, [0, 0, 0]);
  const who = person(dice);
  const texts: Marked[] = [];
  const font = dice.pick(FONTS);
  const size = dice.whole(11, 22);
  const lines = written ? [who.shown, who.number, who.birth, who.hospital].slice(0, dice.whole(1, 4)) : [];
  for (const [index, text] of lines.entries()) {
    const drawn = { text, font, size, colour: [255, 255, 255] as const };
    const shape = await glyphs(drawn);
    const x =
      written === 'dark'
        ? Math.round((SIDE - shape.width) / 2)
        : dice.chance(0.5)
          ? 8
          : Math.max(0, SIDE - 8 - shape.width);
    const y = (written === 'dark' ? 130 : 8) + index * Math.round(size * 1.5);
    texts.push({ text, known: true, wanted: true });
    lay(on, shape, x, y, drawn, texts.length);
  }
  return { sample: { canvas: on, texts, person: who }, file: fileFrom(on, dice, written === 'dark') };
}

function fileFrom(on: Canvas, dice: Random, isDark: boolean): Uint8Array {
  const picked = dice.pick(INKS);
  const ink = isDark ? 0 : picked;
  const [across, down] = [dice.between(1.1, 1.5), dice.between(-30, 30)];
  const samples = new Uint16Array(SIDE * SIDE);
  for (let at = 0; at < samples.length; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const radius = Math.hypot((x - 256) / across, y - 256 - down);
    const lung = Math.hypot(x - 170, y - 250) < 70 || Math.hypot(x - 342, y - 250) < 70;
    const spine = Math.hypot(x - 256, y - 380) < 26;
    const rib = radius > 172 && radius < 184 && Math.floor(Math.atan2(y - 256, x - 256) * 8) % 2 === 0;
    const tissue = radius > 190 ? 0 : spine || rib ? BONE : lung ? 200 : 1040;
    const own = tissue === 0 ? dice.whole(0, 12) : tissue + dice.whole(-20, 20);
    const share = (on.rgb[at * 3] as number) / 255;
    samples[at] = Math.round(own * (1 - share) + ink * share);
  }
  return fileOf(
    put(dataSetOf(CT), [
      words(0x00080008, 'ORIGINAL\\PRIMARY\\AXIAL'),
      shorts(0x00280002, 1),
      words(0x00280004, 'MONOCHROME2'),
      shorts(0x00280010, SIDE),
      shorts(0x00280011, SIDE),
      shorts(0x00280100, 16),
      shorts(0x00280101, 12),
      shorts(0x00280102, 11),
      shorts(0x00280103, 0),
      words(0x00281050, '40'),
      words(0x00281051, '400'),
      words(0x00281052, '-1024'),
      words(0x00281053, '1'),
      { tag: 0x7fe00010, vr: 'OW', bytes: new Uint8Array(samples.buffer) },
    ]),
  );
}
