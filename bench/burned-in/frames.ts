import { type Canvas, type Colour, canvas, type Drawn, fill, glyphs, lay } from './canvas.ts';
import { type Person, person } from './people.ts';
import type { Random } from './random.ts';

/**
 * A text of a sample; its ink is where `canvas.ink` is its place in the list plus one. `known`: the member typed it (name, birth date, number). `wanted`: it has to be masked: on a frame every
 * text, on paper what identifies somebody (places, dates, phones and other people's names too), for a letter without its words would be of no use.
 */
export interface Marked {
  readonly text: string;
  readonly known: boolean;
  readonly wanted: boolean;
}

export interface Sample {
  readonly canvas: Canvas;
  readonly texts: readonly Marked[];
  readonly person: Person;
}

const FONTS = [
  'DejaVu Sans',
  'Liberation Sans',
  'Liberation Sans Narrow',
  'DejaVu Sans Mono',
  'Liberation Mono',
  'Nimbus Sans',
  'DejaVu Sans Condensed',
  'Liberation Serif',
];
const SIZES = [
  [640, 480],
  [800, 600],
  [1024, 768],
  [1024, 768],
  [1280, 960],
  [1440, 1080],
] as const;
const INKS: readonly Colour[] = [
  [255, 255, 255],
  [240, 240, 240],
  [255, 235, 60],
  [90, 240, 110],
  [170, 170, 170],
  [200, 200, 200],
  [120, 220, 240],
];

/** A frame as an ultrasound machine shows it: a sector of speckle on black, and around it hospital, patient, dates, settings and scales. */
export async function frame(dice: Random): Promise<Sample> {
  const [width, height] = dice.pick(SIZES);
  const back = dice.chance(0.7) ? 0 : dice.whole(6, 28);
  const on = canvas(width, height, [back, back, back]);
  sector(on, dice);
  const who = person(dice);
  const texts: Marked[] = [];
  const font = dice.pick(FONTS);
  const unit = height / 768;
  const base = Math.max(10, Math.min(28, Math.round(dice.between(11, 22) * unit)));
  const taken: [number, number, number, number][] = [];

  const write = async (text: string, x: number, y: number, known: boolean, style: Partial<Drawn> = {}) => {
    const drawn: Drawn = { text, font, size: base, colour: dice.pick(INKS), bold: dice.chance(0.2), ...style };
    const shape = await glyphs(drawn);
    const left = Math.round(x < 0 ? width + x - shape.width : x);
    const box: [number, number, number, number] = [left, Math.round(y), shape.width, shape.height];
    if (left < 0 || y < 0 || left + shape.width > width || y + shape.height > height) return;
    if (
      taken.some(
        ([tx, ty, tw, th]) => tx < left + shape.width && left < tx + tw && ty < y + shape.height && y < ty + th,
      )
    )
      return;
    taken.push(box);
    texts.push({ text, known, wanted: true });
    lay(on, shape, box[0], box[1], drawn, texts.length);
  };

  const line = Math.round(base * 1.45);
  const bar = dice.pick(['none', 'none', 'white', 'dark', 'glass'] as const);
  if (bar === 'white') fill(on, [0, 0, width, line * 2 + 8], [235, 235, 235]);
  if (bar === 'dark') fill(on, [0, 0, width, line * 2 + 8], [40, 50, 80]);
  if (bar === 'glass') fill(on, [0, 0, width, line * 2 + 8], [150, 160, 170], 0.35);
  const head: Partial<Drawn> =
    bar === 'white'
      ? { colour: [0, 0, 0] }
      : bar === 'none'
        ? { colour: dice.pick(INKS) }
        : { colour: [255, 255, 255] };
  const margin = dice.whole(4, 18);
  await write(who.hospital, margin, 4, false, head);
  await write(dice.chance(0.5) ? who.shown : `Name: ${who.shown}`, margin, 4 + line, true, head);
  await write(dice.chance(0.5) ? who.number : `ID: ${who.number}`, width * 0.42, 4 + line, true, head);
  await write(who.birth, width * 0.45, 4, true, head);
  await write(who.study, -margin, 4, false, head);
  await write(who.time, -margin, 4 + line, false, head);
  const right = [
    'FR 34Hz',
    'D 16.0cm',
    'MI 1.2',
    'TIs 0.5',
    '2D',
    `Gn ${dice.whole(20, 80)}`,
    'C 50',
    'P Low',
    'HGen',
    'C5-1',
    'Abd Gen',
  ];
  let y = height * 0.2;
  for (const text of right.slice(0, dice.whole(3, right.length))) {
    await write(text, dice.chance(0.8) ? margin : -margin, y, false, { size: Math.max(10, Math.round(base * 0.85)) });
    y += line;
  }
  for (let tick = 1; tick <= 4; tick++)
    await write(String(tick * 5), -margin - 8, height * (0.2 + tick * 0.15), false, {
      size: Math.max(10, Math.round(base * 0.8)),
    });
  if (dice.chance(0.7))
    await write(
      dice.pick(['RT KIDNEY', 'LK SAG', 'CAROTIS LI', 'Ao asc', 'V. portae']),
      width * dice.between(0.35, 0.5),
      height * 0.86,
      false,
      { size: Math.round(base * 1.15) },
    );
  if (dice.chance(0.6)) await write(`1 Dist ${dice.between(0.5, 9).toFixed(2)} cm`, margin, height - line - 6, false);
  if (dice.chance(0.5))
    await write(
      dice.chance(0.5) ? who.shown : who.number,
      width * dice.between(0.38, 0.45),
      height * dice.between(0.4, 0.6),
      true,
      { colour: [255, 255, 255] },
    );
  if (dice.chance(0.5)) await write(who.operator, -margin, height - line - 6, false);
  const span = dice.whole(height * 0.3, height * 0.5);
  for (let row = 0; row < span; row++) {
    const shade = Math.round(255 * (1 - row / span));
    fill(on, [width - margin - 6 - Math.round(base * 4), Math.round(height * 0.2) + row, 10, 1], [shade, shade, shade]);
  }
  return { canvas: on, texts, person: who };
}

/** A fan from the top, its grain as of scattered sound (Rayleigh), darker in the depth, with some vessels without echo. */
function sector(on: Canvas, dice: Random): void {
  const { width, height } = on;
  const apex = [width * dice.between(0.42, 0.58), height * dice.between(0.02, 0.12)] as const;
  const [near, far] = [height * dice.between(0.04, 0.12), height * dice.between(0.75, 0.86)];
  const half = dice.between(0.5, 0.9);
  const grain = dice.between(35, 75);
  const holes = Array.from(
    { length: dice.whole(2, 6) },
    () => [width * dice.between(0.3, 0.7), height * dice.between(0.25, 0.8), height * dice.between(0.03, 0.1)] as const,
  );
  const cells = new Map<number, number>();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - apex[0], y - apex[1]];
      const radius = Math.hypot(dx, dy);
      const angle = Math.atan2(dx, dy);
      if (radius < near || radius > far || Math.abs(angle) > half) continue;
      const key = Math.floor(radius / 2) * 4096 + Math.floor((angle + half) * 180);
      let cell = cells.get(key);
      if (cell === undefined)
        cells.set(key, (cell = grain * Math.sqrt(-2 * Math.log(1 - dice.next())) * (0.6 + 0.4 * dice.next())));
      const hole = holes.some(([hx, hy, hr]) => Math.hypot(x - hx, y - hy) < hr) ? 0.12 : 1;
      const shade = Math.min(255, Math.round(cell * hole * (1.15 - (0.8 * radius) / far) + 6 * dice.next()));
      on.rgb.fill(shade, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
}
