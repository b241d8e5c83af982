import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { picturesFormat } from './format.ts';
import {
  blindBench,
  bomb,
  gradient,
  HEIGHT,
  TINY_HEIC,
  WIDTH,
  withChunk,
  withRiffChunk,
  withSegment,
} from './testing.ts';
import { tiffWriter } from './tiff-writer.ts';

const SECRET = 'QX-7731-SECRET';
const prepare = (file: Uint8Array) => picturesFormat.prepare(file, blindBench());
const colours = (file: Uint8Array) => sharp(file).toColourspace('srgb').raw().toBuffer();
const latin = (file: Uint8Array) => Buffer.from(file).toString('latin1');

async function refusal(file: Uint8Array): Promise<string> {
  return prepare(file).then(
    () => 'taken',
    (error: unknown) => (error instanceof Refusal ? error.code : 'crashed'),
  );
}

const jpeg = () => gradient().jpeg({ quality: 95 }).toBuffer();
const png = () => gradient().png().toBuffer();
const webp = () => gradient().webp({ lossless: true }).toBuffer();

describe('what is unseen in a picture goes', () => {
  const planted: [string, () => Promise<Uint8Array>, string][] = [
    [
      'EXIF',
      () =>
        gradient()
          .withExif({ IFD0: { Artist: SECRET } })
          .jpeg()
          .toBuffer(),
      'exif',
    ],
    [
      'a place',
      () =>
        gradient()
          .withExif({ IFD0: { Artist: SECRET }, IFD3: { GPSLatitudeRef: 'N' } })
          .jpeg()
          .toBuffer(),
      'gps',
    ],
    ['a JPEG comment', async () => withSegment(await jpeg(), 0xfe, SECRET), 'comment'],
    ['XMP', async () => withSegment(await jpeg(), 0xe1, `http://ns.adobe.com/xap/1.0/\0<x>${SECRET}</x>`), 'xmp'],
    ['IPTC', async () => withSegment(await jpeg(), 0xed, `Photoshop 3.0\0${SECRET}`), 'iptc'],
    ['an index of further pictures', async () => withSegment(await jpeg(), 0xe2, `MPF\0${SECRET}`), 'second-picture'],
    ['a preview', async () => withSegment(await jpeg(), 0xe0, `JFXX\0${SECRET}`), 'thumbnail'],
    ['a private segment', async () => withSegment(await jpeg(), 0xe7, SECRET), 'private-data'],
    ['bytes after a JPEG', async () => Buffer.concat([await jpeg(), Buffer.from(`ftyp${SECRET}`)]), 'trailing-data'],
    ['a PNG text', async () => withChunk(await png(), 'tEXt', `Author\0${SECRET}`), 'comment'],
    ['XMP in a PNG', async () => withChunk(await png(), 'iTXt', `XML:com.adobe.xmp\0\0\0\0\0${SECRET}`), 'xmp'],
    ['EXIF in a PNG', async () => withChunk(await png(), 'eXIf', `II*\0\x08\0\0\0${SECRET}`), 'exif'],
    ['a private chunk', async () => withChunk(await png(), 'prVt', SECRET), 'private-data'],
    ['bytes after a PNG', async () => Buffer.concat([await png(), Buffer.from(SECRET)]), 'trailing-data'],
    ['a chunk of a WebP', async () => withRiffChunk(await webp(), 'XTRA', SECRET), 'private-data'],
    ['bytes after a WebP', async () => Buffer.concat([await webp(), Buffer.from(SECRET)]), 'trailing-data'],
    ['XMP in a TIFF', () => gradient().withXmp(`<x>${SECRET}</x>`).tiff().toBuffer(), 'xmp'],
  ];

  it.each(planted)('%s', async (_name, make, kind) => {
    const file = await make();
    expect(latin(file)).toContain(SECRET);
    const { file: clean, removed, pages } = await prepare(file);
    expect(latin(clean)).not.toContain(SECRET);
    expect(removed[kind]).toBeGreaterThan(0);
    expect(pages).toEqual([{ width: WIDTH, height: HEIGHT }]);
  });

  it('a colour profile is applied before it goes', async () => {
    const before = await gradient().withIccProfile('p3').jpeg({ quality: 100 }).toBuffer();
    const { file, removed } = await prepare(before);
    expect(removed['icc-profile']).toBe(1);
    expect((await sharp(file).metadata()).hasProfile).toBe(false);
    const [seen, got] = [await colours(before), await colours(file)];
    const apart = seen.reduce((sum, shade, at) => sum + Math.abs(shade - (got[at] as number)), 0) / seen.length;
    expect(apart).toBeLessThan(2);
  });

  it('what hides under transparency is white', async () => {
    const hidden = await sharp({
      create: { width: 20, height: 10, channels: 4, background: { r: 9, g: 8, b: 7, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { file } = await prepare(hidden);
    expect(new Set(await colours(file))).toEqual(new Set([255]));
  });
});

describe('what is seen stays', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is applied', async (orientation) => {
    const file = await gradient().withMetadata({ orientation }).jpeg({ quality: 100 }).toBuffer();
    const { file: clean, pages } = await prepare(file);
    const [seen, got] = [await sharp(file).autoOrient().raw().toBuffer(), await colours(clean)];
    expect(pages).toEqual([orientation < 5 ? { width: WIDTH, height: HEIGHT } : { width: HEIGHT, height: WIDTH }]);
    expect(seen.reduce((sum, shade, at) => sum + Math.abs(shade - (got[at] as number)), 0) / seen.length).toBeLessThan(
      2,
    );
  });

  it('grey stays grey, and sixteen bits stay sixteen', async () => {
    const grey = await prepare(await gradient().toColourspace('b-w').jpeg().toBuffer());
    expect((await sharp(grey.file).metadata()).channels).toBe(1);
    const deep = await prepare(await gradient().toColourspace('rgb16').png().toBuffer());
    expect((await sharp(deep.file).metadata()).depth).toBe('ushort');
  });

  it('every page of a TIFF, whatever its size', async () => {
    const tiff = tiffWriter();
    const page = (width: number, shade: number) => ({
      width,
      height: 10,
      channels: 1 as const,
      data: new Uint8Array(width * 10).fill(shade),
    });
    for (const one of [page(20, 10), page(30, 120), page(20, 240)]) await tiff.page(one);
    const { file, pages, format } = await prepare(tiff.done());
    expect(format).toBe('tiff');
    expect(pages.map(({ width }) => width)).toEqual([20, 30, 20]);
    const shades = await Promise.all([0, 1, 2].map((index) => sharp(file, { page: index }).raw().toBuffer()));
    expect(shades.map(([first]) => first)).toEqual([10, 120, 240]);
  });

  it('HEIC becomes JPEG', async () => {
    const { file, format, pages } = await prepare(TINY_HEIC);
    expect(format).toBe('jpeg');
    expect(pages).toEqual([{ width: 32, height: 16 }]);
    const [red = 0, green = 0, blue = 0] = await colours(file);
    expect([red > 180, green < 70, blue < 60]).toEqual([true, true, true]);
  });
});

describe('what is not taken is refused by name', () => {
  const cases: [string, () => Promise<Uint8Array>, string][] = [
    ['a truncated JPEG', async () => (await jpeg()).subarray(0, 900), 'corrupt'],
    ['a truncated PNG', async () => (await png()).subarray(0, 500), 'corrupt'],
    [
      'noise with a signature',
      async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(500, 7)]),
      'corrupt',
    ],
    ['a picture that claims to be huge', async () => bomb(await png(), 60_000, 60_000), 'too-many-pixels'],
    ['a PDF in a picture', async () => withSegment(await jpeg(), 0xfe, '%PDF-1.4 1 0 obj'), 'polyglot'],
    [
      'an archive behind a picture',
      async () => Buffer.concat([await png(), Buffer.from('PK\x01\x02....PK\x05\x06'), Buffer.alloc(18)]),
      'polyglot',
    ],
    ['an animated PNG', async () => withChunk(await png(), 'acTL', '\0\0\0\x02\0\0\0\0'), 'animated'],
    [
      'an animated WebP',
      () =>
        sharp(
          new Uint8Array(20 * 20 * 3).map((_, at) => at % 251),
          { raw: { width: 20, height: 20, channels: 3, pageHeight: 10 } },
        )
          .webp({ loop: 0, delay: [50, 50] })
          .toBuffer(),
      'animated',
    ],
  ];

  it.each(cases)('%s', async (_name, make, code) => {
    expect(await refusal(await make())).toBe(code);
  });

  it('more pages than are allowed', async () => {
    const tiff = tiffWriter();
    for (let page = 0; page < 3; page++)
      await tiff.page({ width: 4, height: 4, channels: 1, data: new Uint8Array(16) });
    await expect(picturesFormat.prepare(tiff.done(), blindBench(2))).rejects.toMatchObject({ code: 'too-many-pages' });
  });
});

describe('redaction', () => {
  const box = { left: 0.25, top: 0.25, width: 0.25, height: 0.25 };

  it.each(['jpeg', 'png', 'webp', 'tiff'] as const)('blackens a box of a %s and leaves the rest', async (format) => {
    const picture = gradient();
    const { file: before } = await prepare(
      await (format === 'webp' ? picture.webp({ lossless: true }) : picture.toFormat(format)).toBuffer(),
    );
    const { file, verified } = await picturesFormat.redact(
      before,
      [{ page: 1, kind: 'drawn', boxes: [box] }],
      false,
      blindBench(),
    );
    const [was, is] = [await colours(before), await colours(file)];
    const at = (x: number, y: number) => (y * WIDTH + x) * 3;
    expect(
      [...is.subarray(at(31, 25), at(31, 25) + 3), ...is.subarray(at(58, 38), at(58, 38) + 3)].every(
        (shade) => shade < 40,
      ),
    ).toBe(true);
    for (const place of [at(5, 5), at(100, 70), at(31, 70)])
      expect(Math.abs((is[place] as number) - (was[place] as number))).toBeLessThan(8);
    expect(verified).toContain('boxes-black');
  });

  it.each([1, 3] as const)('goes through a large JPEG of %i components', async (channels) => {
    const [width, height] = [2400, 1800];
    const shades = Uint8Array.from({ length: width * height * channels }, (_, at) => 100 + ((at >> 6) % 100));
    const { file: before } = await prepare(
      await sharp(shades, { raw: { width, height, channels } })
        .toColourspace(channels === 1 ? 'b-w' : 'srgb')
        .jpeg({ quality: 95 })
        .toBuffer(),
    );
    const edge = { left: 0.9, top: 0.9, width: 0.1, height: 0.1 };
    const within = { left: 0.3, top: 0.3, width: 0.1, height: 0.1 };
    const boxes = [box, within, edge];
    const { file } = await picturesFormat.redact(before, [{ page: 1, kind: 'drawn', boxes }], false, blindBench());
    expect(await sharp(file).metadata()).toMatchObject({ width, height, channels });
    const grey = (bytes: Uint8Array) => sharp(bytes).toColourspace('b-w').extractChannel(0).raw().toBuffer();
    const [was, is] = [await grey(before), await grey(file)];
    const at = (x: number, y: number) => y * width + x;
    for (const place of [at(605, 455), at(1195, 895), at(900, 600), at(2399, 1799)]) expect(is[place]).toBeLessThan(40);
    for (const place of [at(20, 20), at(1300, 600), at(2000, 1500)])
      expect(Math.abs((is[place] as number) - (was[place] as number))).toBeLessThan(8);
  });

  it('gives a file back as it is when there is nothing to redact', async () => {
    const { file } = await prepare(await png());
    expect((await picturesFormat.redact(file, [], false, blindBench())).file).toBe(file);
  });

  it('refuses a box on a page that is not there, and a redaction without a place', async () => {
    const { file } = await prepare(await png());
    const redact = (redaction: Parameters<typeof picturesFormat.redact>[1][number]) =>
      picturesFormat.redact(file, [redaction], false, blindBench());
    await expect(redact({ page: 2, kind: 'drawn', boxes: [box] })).rejects.toMatchObject({ code: 'no-such-page' });
    await expect(redact({ page: 1, kind: 'name', start: 0, end: 4 })).rejects.toMatchObject({ code: 'not-verified' });
  });
});

it('shows a page as a PNG of the width that is asked for', async () => {
  const shown = await picturesFormat.picture?.(await jpeg(), 1, 60, false);
  expect(await sharp(shown).metadata()).toMatchObject({ format: 'png', width: 60, height: 40 });
});
