import sharp from 'sharp';
import { type Canvas, canvas, type Drawn, fill, glyphs, lay } from './canvas.ts';
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

/** A letter as it comes out of a printer: 200 dots per inch, A4. */
async function printed(dice: Random, who: Person): Promise<{ readonly page: Canvas; readonly texts: Marked[] }> {
  const page = canvas(WIDTH, HEIGHT, [252, 252, 250]);
  const texts: Marked[] = [];
  const style: Omit<Drawn, 'text'> = { font: dice.pick(FONTS), size: dice.whole(27, 36), colour: [25, 25, 30] };
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
  const { page, texts } = await printed(dice, who);
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

/** Each pixel of the photograph looks up where on the page it lies: rotation about the middle and a projective tilt. */
function warped(page: Canvas, width: number, height: number, scale: number, dice: Random): Canvas {
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
      const py = (dy * cos - dx * sin) / depth + page.height / 2;
      const light = dim * (1 + lightX * (dx / width) + lightY * (dy / height));
      const grain = noise * (dice.next() + dice.next() - 1);
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
