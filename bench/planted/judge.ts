// Looks for planted words in a PDF with other people's programs: qpdf, poppler and tesseract (Debian packages), and Node's own inflate.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { encodings, everything } from '../../adapters/scrubbers/pdf/testing/reading.ts';

/** Where a word may be found: as bytes, in what inflates, in objects as qpdf writes them out, as text, in what pages show, and in the pictures inside of the file. */
export type Look = 'bytes' | 'streams' | 'objects' | 'text' | 'pixels' | 'pictures';

export interface Judged {
  /** The planted words that each look found. */
  readonly found: Readonly<Record<Look, readonly string[]>>;
  /** The shown words that can be read, as text or in the pixels. */
  readonly shown: readonly string[];
}

/** Looks for `hidden` and `shown` words in a file. `pixels`: read its pages and pictures too, at 150 and 300 dpi, plain and with the lightest and the darkest shades stretched. */
export async function judge(
  file: Uint8Array,
  hidden: readonly string[],
  shown: readonly string[],
  pixels: boolean,
): Promise<Judged> {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  try {
    const path = join(folder, 'file.pdf');
    writeFileSync(path, file);
    const bytes = Buffer.from(file).toString('latin1');
    const streams = everything(file);
    const objects = run('qpdf', ['--qdf', '--object-streams=disable', path, '-']).toString('latin1');
    const text = run('pdftotext', ['-layout', path, '-']).toString('utf8');
    const read = pixels ? await readPages(folder, path) : '';
    const pictures = pixels ? await readPictures(folder, path) : '';
    const among = (haystack: string) =>
      hidden.filter((word) => encodings(word).some((form) => haystack.includes(form)));
    const legible = (page: string) => hidden.filter((word) => like(page, word));
    const plain = squeeze(text);
    return {
      found: {
        bytes: among(bytes),
        streams: among(streams),
        objects: among(objects),
        text: hidden.filter((word) => plain.includes(squeeze(word))),
        pixels: legible(read),
        pictures: legible(pictures),
      },
      shown: shown.filter((words) => plain.includes(squeeze(words)) || squeeze(read).includes(squeeze(words))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, parameters: readonly string[]): Buffer {
  try {
    return execFileSync(program, parameters, { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    // qpdf ends with 3 after warnings, and has written what it read.
    const { stdout } = error as { readonly stdout?: Buffer };
    if (stdout && stdout.length > 0) return stdout;
    throw error;
  }
}

const squeeze = (text: string) => text.replace(/\s+/g, '');

/** Whether a word of capitals stands in what was read, one letter wrong at most. */
function like(read: string, word: string): boolean {
  const letters = read.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (letters.includes(word.toUpperCase())) return true;
  if (!/^[A-Z]{6,}$/.test(word)) return false;
  return Array.from(word).some((_, at) => new RegExp(`${word.slice(0, at)}.${word.slice(at + 1)}`).test(letters));
}

const ACROSS = 3;
const DOWN = 5;

async function readPages(folder: string, path: string): Promise<string> {
  const parts: string[] = [];
  for (const dpi of [150, 300]) {
    const pages = join(folder, `pages${dpi}`);
    run('mkdir', [pages]);
    run('pdftoppm', ['-r', String(dpi), '-cropbox', '-gray', '-png', path, join(pages, 'p')]);
    parts.push(await readSheets(folder, pages));
  }
  return parts.join('\n');
}

async function readPictures(folder: string, path: string): Promise<string> {
  const pictures = join(folder, 'pictures');
  run('mkdir', [pictures]);
  run('pdfimages', ['-png', path, join(pictures, 'p')]);
  return readSheets(folder, pictures);
}

/** Reads pictures in sheets of several, each sheet as it is, with only its lightest shades, and with only its darkest. */
async function readSheets(folder: string, from: string): Promise<string> {
  const names = readdirSync(from)
    .filter((name) => name.endsWith('.png'))
    .sort();
  const parts: string[] = [];
  for (let at = 0; at < names.length; at += ACROSS * DOWN) {
    const tiles = await Promise.all(
      names.slice(at, at + ACROSS * DOWN).map(async (name) => {
        const picture = sharp(readFileSync(join(from, name)), { limitInputPixels: false }).flatten({
          background: '#fff',
        });
        return picture
          .greyscale()
          .resize({ width: 1300, withoutEnlargement: true })
          .png()
          .toBuffer({ resolveWithObject: true });
      }),
    );
    const [width, height] = [
      Math.max(...tiles.map(({ info }) => info.width)),
      Math.max(...tiles.map(({ info }) => info.height)),
    ];
    const sheet = await sharp({
      create: { width: ACROSS * width, height: DOWN * height, channels: 3, background: '#fff' },
    })
      .composite(
        tiles.map(({ data }, index) => ({
          input: data,
          left: (index % ACROSS) * width,
          top: Math.floor(index / ACROSS) * height,
        })),
      )
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const stretch of [
      (shade: number) => shade,
      (shade: number) => Math.max(0, 255 - (255 - shade) * 12),
      (shade: number) => Math.min(255, shade * 12),
    ]) {
      const path = join(folder, 'sheet.png');
      const { info } = sheet;
      await sharp(sheet.data.map(stretch), { raw: { width: info.width, height: info.height, channels: 1 } })
        .png()
        .toFile(path);
      parts.push(run('tesseract', [path, '-', '--psm', '11']).toString('utf8'));
    }
  }
  return parts.join('\n');
}
