import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, parse } from 'node:path';

export type Words = readonly string[];

const DOTS = 60;
const MOST_PAGES = 80;
/** Steps of grey within a word's box that an eye can tell from the paper. */
const SEEN = 12;

/** The words of each document that are seen on the pages which LibreOffice prints: letters in the colour of what is behind them are none. Files that it does not open have no entry. */
export function wordsByLibreOffice(folder: string, names: readonly string[], work: string): Map<string, Words> {
  const found = new Map<string, Words>();
  for (const ending of new Set(names.map((name) => extname(name)))) {
    const into = mkdtempSync(join(work, 'pdf-'));
    const files = names.filter((name) => extname(name) === ending && existsSync(join(folder, name)));
    spawnSync(
      'soffice',
      [
        `-env:UserInstallation=file://${work}/profile`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        into,
        ...files.map((name) => join(folder, name)),
      ],
      { stdio: 'ignore', timeout: 900_000 },
    );
    for (const name of files) {
      const pdf = join(into, `${parse(name).name}.pdf`);
      if (existsSync(pdf)) found.set(name, seenWords(pdf, join(into, parse(name).name)));
    }
  }
  return found;
}

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

function seenWords(pdf: string, work: string): Words {
  const text = execFileSync('pdftotext', ['-bbox', pdf, '-'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pages = text.split('<page ').slice(1);
  mkdirSync(work, { recursive: true });
  if (pages.length <= MOST_PAGES)
    execFileSync('pdftoppm', ['-gray', '-r', String(DOTS), pdf, join(work, 'page')], { stdio: 'ignore' });
  const drawn = readdirSync(work).toSorted();
  return pages.flatMap((page, index) => {
    const picture = drawn[index] === undefined ? undefined : greyOf(readFileSync(join(work, drawn[index])));
    const words = page.matchAll(
      /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g,
    );
    return [...words].flatMap(([, left, top, right, bottom, text = '']) => {
      const box = [left, top, right, bottom].map((one) => (Number(one) / 72) * DOTS);
      return picture && !isSeen(picture, box) ? [] : [plain(text)];
    });
  });
}

/** A portable grey map (binary, one byte a sample). */
function greyOf(bytes: Uint8Array): Grey {
  const [head = '', width = '0', height = '0'] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes.subarray(0, 60)).toString('latin1')) ?? [];
  return { width: Number(width), height: Number(height), data: bytes.subarray(head.length) };
}

function isSeen({ width, height, data }: Grey, [left = 0, top = 0, right = 0, bottom = 0]: readonly number[]): boolean {
  let [darkest, lightest] = [255, 0];
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, Math.ceil(bottom)); y++)
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, Math.ceil(right)); x++) {
      const grey = data[y * width + x] ?? 255;
      darkest = Math.min(darkest, grey);
      lightest = Math.max(lightest, grey);
    }
  return lightest - darkest >= SEEN;
}

const plain = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
