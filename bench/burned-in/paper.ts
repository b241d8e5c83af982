import sharp from 'sharp';
import { type Canvas, type Colour, canvas, type Drawn, fill, glyphs, lay } from './canvas.ts';
import type { Marked, Sample } from './frames.ts';
import { type Person, person } from './people.ts';
import type { Random } from './random.ts';

const WIDTH = 1654;
const HEIGHT = 2339;
const FONTS = [
  'Liberation Serif',
  'Liberation Sans',
  'DejaVu Sans',
  'DejaVu Serif',
  'Nimbus Roman',
  'URW Bookman',
  'Liberation Mono',
];

/** Each word of a text marked as one that identifies somebody; a title does not. */
const marked = (text: string) => text.replace(/[^ ]+/g, (word) => (word === 'Dr.' ? word : `~${word}`));

/** Lines of a letter; what stands between asterisks is the patient's and known, words behind a tilde identify somebody too. */
function letter(who: Person, dice: Random): string[] {
  const { first, last, birth, number } = who;
  const [hospital, address, phone, operator] = [who.hospital, who.address, who.phone, who.operator].map(marked) as [
    string,
    string,
    string,
    string,
  ];
  const study = marked(who.study);
  const english = [
    `Dear colleague,`,
    `thank you for referring *${first}* *${last}*, born on *${birth}*, to our clinic`,
    `for vascular diseases. The patient was seen on ${study}. The duplex scan of`,
    `the carotid arteries showed a dissection on the left side with a residual`,
    `lumen of 2.4 mm. Blood pressure was 135/82 mmHg, heart rate 71 per minute.`,
    `Genetic testing of COL3A1 is under way, and the result will be sent to you`,
    `as soon as it is known. *${last}* should avoid heavy lifting and contact sports.`,
    `The next appointment is in six months. With kind regards`,
  ];
  const german = [
    `Sehr geehrte Kolleginnen und Kollegen,`,
    `wir berichten über *${first}* *${last}*, geboren am *${birth}*, die sich am`,
    `${study} in unserer Ambulanz vorstellte. In der Duplexsonographie zeigte`,
    `sich eine Dissektion der linken Arteria carotis interna mit einem Restlumen`,
    `von 2,4 mm. Der Blutdruck lag bei 135/82 mmHg, die Herzfrequenz bei 71/min.`,
    `Eine genetische Untersuchung wurde veranlasst. Wir empfehlen die Fortführung`,
    `der Therapie mit ASS 100 mg. *${last}* wird in sechs Monaten wieder einbestellt.`,
    `Mit freundlichen kollegialen Grüßen`,
  ];
  const french = [
    `Chers collègues,`,
    `Nous avons reçu en consultation *${first}* *${last}*, né(e) le *${birth}*,`,
    `adressé(e) pour une dissection de la carotide interne gauche. L'examen du`,
    `${study} montre une lumière résiduelle de 2,4 mm. La tension artérielle est`,
    `de 135/82 mmHg et la fréquence cardiaque de 71 par minute. Une analyse du`,
    `gène COL3A1 est en cours et son résultat vous sera transmis. *${last}* doit`,
    `éviter les efforts violents. Le prochain contrôle est prévu dans six mois.`,
    `Bien confraternellement`,
  ];
  return [
    hospital,
    address,
    phone,
    '',
    `Patient: *${last},* *${first}*   *${birth}*`,
    `Nr. *${number}*    ${study}`,
    '',
    ...dice.pick([english, german, french]),
    '',
    operator,
  ];
}

interface Print {
  /** Pixels, between which the size of the letters is drawn. */
  readonly sizes: readonly [number, number];
  readonly ink: Colour;
  readonly sheet: Colour;
}
const USUAL: Print = { sizes: [27, 36], ink: [25, 25, 30], sheet: [252, 252, 250] };

/** A letter as it comes out of a printer: 200 dots per inch, A4. */
async function printed(
  dice: Random,
  who: Person,
  { sizes, ink, sheet }: Print,
): Promise<{ readonly page: Canvas; readonly texts: Marked[] }> {
  const page = canvas(WIDTH, HEIGHT, sheet);
  const texts: Marked[] = [];
  const style: Omit<Drawn, 'text'> = { font: dice.pick(FONTS), size: dice.whole(...sizes), colour: ink };
  const lines = letter(who, dice);
  let y = dice.whole(150, 400);
  for (const text of lines) {
    let x = 170;
    const size =
      style.font === 'Liberation Mono' || style.font === 'DejaVu Sans' || style.font === 'URW Bookman'
        ? Math.min(style.size, 29)
        : style.size;
    for (const word of text.split(' ')) {
      // A comma behind a name is no part of it.
      for (const part of word.replace(/[*~]/g, '').match(/^.+?(?=[,.]?$)|[,.]$/g) ?? []) {
        const drawn = { ...style, size, text: part };
        const shape = await glyphs(drawn);
        const named = part !== ',' && part !== '.';
        texts.push({ text: part, known: named && word.includes('*'), wanted: named && /[*~]/.test(word) });
        lay(page, shape, x, y, drawn, texts.length);
        x += shape.width;
      }
      x += Math.round(size * 0.3);
    }
    y += Math.round(size * 1.5);
  }
  fill(page, [170, y + 40, 400, 3], [25, 25, 30]);
  return { page, texts };
}

/** A photograph of a letter on a table: turned a little, in perspective, unevenly lit, with noise and blur, now and then sideways, as a JPEG. */
export async function paper(dice: Random): Promise<Sample> {
  const who = person(dice);
  const { page, texts } = await printed(dice, who, USUAL);
  const scale = dice.between(0.9, 1.5);
  const [width, height] = [Math.round(WIDTH * scale * 1.1), Math.round(HEIGHT * scale * 1.1)];
  const flat = warped(page, width, height, scale, dice);
  const turns = dice.chance(0.25) ? dice.pick([1, 2, 3]) : 0;
  let on = flat;
  for (let turn = 0; turn < turns; turn++) on = turned(on);
  const blur = dice.chance(0.5) ? dice.between(0.4, 1.1) * scale : 0;
  let picture = sharp(on.rgb, { raw: { width: on.width, height: on.height, channels: 3 } });
  if (blur > 0.3) picture = picture.blur(blur);
  const jpeg = await picture.jpeg({ quality: dice.whole(60, 90) }).toBuffer();
  const rgb = await sharp(jpeg).raw().toBuffer();
  return { canvas: { ...on, rgb }, texts, person: who };
}

/** Of the hard photographs: what a letter suffers beyond being turned and lit from one side. */
const HARDSHIPS = ['curl', 'shadow', 'shaken', 'dark', 'small', 'pale', 'coloured', 'close'] as const;

/** A photograph of a letter as somebody takes it in a hurry: two of the sheet's curl, a hand's shadow, a shaken hand, little light, small or pale print, coloured paper, much nearer. */
export async function hardPaper(dice: Random): Promise<Sample> {
  const who = person(dice);
  const met = new Set([dice.pick(HARDSHIPS), dice.pick(HARDSHIPS)]);
  const shade = met.has('pale') ? dice.whole(90, 135) : 30;
  const { page, texts } = await printed(dice, who, {
    sizes: met.has('small') ? [20, 25] : USUAL.sizes,
    ink: [shade, shade, shade + 8],
    sheet: met.has('coloured') ? dice.pick(SHEETS) : USUAL.sheet,
  });
  const scale = met.has('small')
    ? dice.between(1, 1.4)
    : met.has('close')
      ? dice.between(1.5, 1.8)
      : dice.between(0.9, 1.3);
  const [width, height] = [Math.round(WIDTH * scale * 1.1), Math.round(HEIGHT * scale * 1.1)];
  const on = warped(page, width, height, scale, dice, {
    curl: met.has('curl') ? [dice.between(6, 18), dice.between(500, 1100), dice.between(0, 6)] : [0, 1, 0],
    shadow: met.has('shadow')
      ? [dice.between(0.4, 0.65), dice.between(-0.9, 0.9), dice.between(-0.25, 0.25), dice.between(15, 120)]
      : undefined,
    light: met.has('dark') ? dice.between(0.35, 0.6) : 1,
    grain: met.has('dark') ? 2 : 1,
  });
  let picture = sharp(on.rgb, { raw: { width: on.width, height: on.height, channels: 3 } });
  if (met.has('shaken')) picture = picture.convolve(shaken(dice, scale));
  else if (dice.chance(0.5)) picture = picture.blur(dice.between(0.5, 1.2) * scale);
  const jpeg = await picture.jpeg({ quality: dice.whole(55, 85) }).toBuffer();
  const rgb = await sharp(jpeg).raw().toBuffer();
  return { canvas: { ...on, rgb }, texts, person: who };
}

const SHEETS: readonly Colour[] = [
  [250, 240, 170],
  [190, 225, 245],
  [245, 200, 205],
  [200, 235, 195],
];

/** A short stroke in one direction, as a camera draws every point when it moves. */
function shaken(dice: Random, scale: number): { width: number; height: number; kernel: number[] } {
  const side = 9;
  const angle = dice.between(0, Math.PI);
  const half = (dice.between(2, 4) * scale) / 2;
  const kernel = Array.from({ length: side * side }, () => 0);
  for (let step = -1; step <= 1; step += 0.05) {
    const x = Math.round(4 + Math.cos(angle) * half * step);
    const y = Math.round(4 + Math.sin(angle) * half * step);
    kernel[y * side + x] = (kernel[y * side + x] ?? 0) + 1;
  }
  return { width: side, height: side, kernel };
}

interface Hardship {
  /** Of the sheet: how far its lines rise and fall in pixels, over how many, and where that begins. */
  readonly curl: readonly [number, number, number];
  /** How much light is left in the shadow, its edge (slope, place) and how soft that is, in pixels. */
  readonly shadow: readonly [number, number, number, number] | undefined;
  readonly light: number;
  readonly grain: number;
}
const NONE: Hardship = { curl: [0, 1, 0], shadow: undefined, light: 1, grain: 1 };

/** Each pixel of the photograph looks up where on the page it lies: rotation about the middle and a projective tilt. */
function warped(
  page: Canvas,
  width: number,
  height: number,
  scale: number,
  dice: Random,
  { curl: [rise, wave, phase], shadow, light: lamp, grain: grains }: Hardship = NONE,
): Canvas {
  const on = canvas(width, height, [0, 0, 0]);
  const angle = (dice.between(-3, 3) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const [tiltX, tiltY] = [dice.between(-0.06, 0.06) / width, dice.between(-0.06, 0.06) / height];
  const [lightX, lightY, dim] = [dice.between(-0.25, 0.25), dice.between(-0.25, 0.25), dice.between(0.65, 1)];
  const noise = dice.between(2, 9);
  const table = [dice.whole(40, 110), dice.whole(30, 80), dice.whole(20, 60)] as const;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2];
      const depth = 1 + dx * tiltX + dy * tiltY;
      const px = (dx * cos + dy * sin) / depth + page.width / 2;
      const flat = (dy * cos - dx * sin) / depth + page.height / 2;
      const py = rise === 0 ? flat : flat + rise * Math.sin(px / (wave / 6.28) + phase);
      const light = lamp * shaded(shadow, dx, dy, height) * dim * (1 + lightX * (dx / width) + lightY * (dy / height));
      const grain = grains * noise * (dice.next() + dice.next() - 1);
      const at = y * width + x;
      const inside = px >= 0 && py >= 0 && px < page.width - 1 && py < page.height - 1;
      if (inside) on.ink[at] = page.ink[Math.round(py) * page.width + Math.round(px)] as number;
      for (let channel = 0; channel < 3; channel++) {
        const shade = inside ? blend(page, px, py, channel) : (table[channel] as number);
        on.rgb[at * 3 + channel] = Math.max(0, Math.min(255, Math.round(shade * light + grain)));
      }
    }
  return on;
}

/** The light that a shadow leaves at a point: its edge is a soft line. */
function shaded(shadow: Hardship['shadow'], dx: number, dy: number, height: number): number {
  if (!shadow) return 1;
  const [left, slope, place, soft] = shadow;
  return left + (1 - left) / (1 + Math.exp(-(dy + slope * dx - place * height) / soft));
}

function blend({ rgb, width }: Canvas, x: number, y: number, channel: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const at = (top * width + left) * 3 + channel;
  const below = at + width * 3;
  const upper = (rgb[at] as number) * (1 - fx) + (rgb[at + 3] as number) * fx;
  const lower = (rgb[below] as number) * (1 - fx) + (rgb[below + 3] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** A quarter turn clockwise. */
function turned(from: Canvas): Canvas {
  const to = canvas(from.height, from.width, [0, 0, 0]);
  for (let y = 0; y < from.height; y++)
    for (let x = 0; x < from.width; x++) {
      const [source, target] = [y * from.width + x, x * to.width + (from.height - 1 - y)];
      to.ink[target] = from.ink[source] as number;
      for (let channel = 0; channel < 3; channel++)
        to.rgb[target * 3 + channel] = from.rgb[source * 3 + channel] as number;
    }
  return to;
}
