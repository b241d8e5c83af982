// Ways to keep in a picture what its page does not show, one to a page.
import { deflateSync } from 'node:zlib';
import type { Pdfium } from '../pdfium.ts';
import { type Part, type PlantedFile, pageWith, writePdf } from './planted.ts';
import { type Add, codeWord } from './planted-tricks.ts';

/** Grey samples of words in black on white. */
interface Words {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

interface PictureTrick {
  readonly place: string;
  /** The words stand in the left third of a picture of 300 by 100 samples when `half` is set, else all over it. */
  readonly half?: boolean;
  readonly image: (words: Words, add: Add) => Part;
  readonly content: string;
  readonly resources?: (add: Add, words: Words) => string;
  readonly page?: string;
}

const DICT = '/Type /XObject /Subtype /Image';
const grey = (words: Words, more = ''): Part => ({
  dict: `${DICT} /Width ${words.width} /Height ${words.height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode ${more}`,
  stream: deflateSync(words.grey),
});
const shaded = (words: Words, shade: (value: number) => number): Words => ({ ...words, grey: words.grey.map(shade) });
const colour = ({ width, height, grey: samples }: Words, more: string): Part => ({
  dict: `${DICT} /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode ${more}`,
  stream: deflateSync(
    Uint8Array.from(samples, (value) => value).reduce(
      (rgb, value, index) => rgb.fill(value, index * 3, index * 3 + 3),
      new Uint8Array(samples.length * 3),
    ),
  ),
});
const bits = ({ width, height, grey: samples }: Words): Uint8Array => {
  const out = new Uint8Array(Math.ceil(width / 8) * height);
  for (let at = 0; at < samples.length; at++) {
    const [row, column] = [Math.floor(at / width), at % width];
    if ((samples[at] as number) > 127)
      out[row * Math.ceil(width / 8) + (column >> 3)] =
        (out[row * Math.ceil(width / 8) + (column >> 3)] as number) | (128 >> (column & 7));
  }
  return out;
};
const stencil = (words: Words, more = ''): Part => ({
  dict: `${DICT} /Width ${words.width} /Height ${words.height} /ImageMask true /BitsPerComponent 1 /Filter /FlateDecode ${more}`,
  stream: deflateSync(bits(words)),
});
const flat = ({ width, height }: Words, value: number, from = 0, to = 1): Words => ({
  width,
  height,
  grey: Uint8Array.from({ length: width * height }, (_, at) => {
    const across = (at % width) / width;
    return across >= from && across < to ? value : 255;
  }),
});
const whole = 'q 240 0 0 80 30 40 cm /X1 Do Q';
const mask = (add: Add, words: Words) => `/SMask ${add(grey(words))}`;

/** The tricks; where `half` is set the word 'Seen' stands in the right part and is to stay. */
export const UNSEEN_PICTURES: readonly PictureTrick[] = [
  { place: 'a picture off the page', image: (words) => grey(words), content: 'q 240 0 0 80 500 40 cm /X1 Do Q' },
  { place: 'a picture of no size', image: (words) => grey(words), content: 'q 0 0 0 0 30 40 cm /X1 Do Q' },
  { place: 'a picture without height', image: (words) => grey(words), content: 'q 240 0 0 0 30 40 cm /X1 Do Q' },
  { place: 'a picture as a dot', image: (words) => grey(words), content: 'q 1 0 0 1 30 40 cm /X1 Do Q' },
  {
    place: 'a picture without opacity',
    image: (words) => grey(words),
    content: `/G1 gs ${whole}`,
    resources: () => '/ExtGState << /G1 << /ca 0 >> >>',
  },
  { place: 'a picture under a black box', image: (words) => grey(words), content: `${whole} 0 g 20 30 260 100 re f` },
  { place: 'a picture under a white box', image: (words) => grey(words), content: `${whole} 1 g 20 30 260 100 re f` },
  {
    place: 'a picture under a picture',
    image: (words) => grey(words),
    content: `${whole} q 260 0 0 100 20 30 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q`,
  },
  {
    place: 'a picture under a gradient',
    image: (words) => grey(words),
    content: `${whole} /S1 sh`,
    resources: () =>
      '/Shading << /S1 << /ShadingType 2 /ColorSpace /DeviceGray /BBox [0 0 300 140] /Coords [0 0 300 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [0.5] /C1 [0.6] /N 1 >> >> >>',
  },
  { place: 'a picture clipped away', image: (words) => grey(words), content: `q 0 0 10 10 re W n ${whole} Q` },
  {
    place: 'a picture of whites',
    image: (words) => grey(shaded(words, (value) => 255 - ((255 - value) >> 6))),
    content: whole,
  },
  {
    place: 'a picture of blacks on black',
    image: (words) => grey(shaded(words, (value) => value >> 6)),
    content: `0 g 20 30 260 100 re f ${whole}`,
  },
  { place: 'a picture whose decoding is white', image: (words) => grey(words, '/Decode [1 1]'), content: whole },
  {
    place: 'a picture whose palette is white',
    image: (words) => ({
      dict: `${DICT} /Width ${words.width} /Height ${words.height} /ColorSpace [/Indexed /DeviceGray 1 <FFFF>] /BitsPerComponent 1 /Filter /FlateDecode`,
      stream: deflateSync(bits(words)),
    }),
    content: whole,
  },
  { place: 'a white stencil', image: (words) => stencil(words), content: `1 g ${whole}` },
  { place: 'a stencil off the page', image: (words) => stencil(words), content: 'q 240 0 0 80 30 -200 cm /X1 Do Q' },
  { place: 'a stencil under a box', image: (words) => stencil(words), content: `${whole} 0.5 g 20 30 260 100 re f` },
  {
    place: 'a picture that its soft mask takes away',
    image: (words, add) => grey(words, mask(add, flat(words, 0))),
    content: whole,
  },
  {
    place: 'a soft mask of a white picture',
    image: (words, add) => grey(flat(words, 255), mask(add, words)),
    content: whole,
  },
  {
    place: 'a picture that its stencil takes away',
    image: (words, add) => grey(words, `/Mask ${add(stencil(flat(words, 255)))}`),
    content: whole,
  },
  { place: 'a picture that a colour key takes away', image: (words) => grey(words, '/Mask [0 255]'), content: whole },
  {
    place: 'a picture in a form off its box',
    image: (words) => grey(words),
    content: '/X2 Do',
    resources: (add, words) =>
      `/XObject << /X2 ${add({ dict: `/Subtype /Form /BBox [0 0 10 10] /Resources << /XObject << /X1 ${add(grey(words))} >> >>`, stream: whole })} >>`,
  },
  {
    place: 'a picture in a pattern that nothing paints with',
    image: (words) => grey(words),
    content: '/Pattern cs /P1 scn',
    resources: (add, words) =>
      `/Pattern << /P1 ${add({ dict: `/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 300 200] /XStep 300 /YStep 200 /Resources << /XObject << /X1 ${add(grey(words))} >> >>`, stream: whole })} >>`,
  },
  { place: 'a picture that nothing draws', image: (words) => grey(words), content: '' },
  {
    place: 'a picture half off the page',
    half: true,
    image: (words) => grey(words),
    content: 'q 240 0 0 80 -80 40 cm /X1 Do Q',
  },
  {
    place: 'a picture half off a turned page',
    half: true,
    image: (words) => grey(words),
    content: 'q 240 0 0 80 -80 40 cm /X1 Do Q',
    page: '/Rotate 90',
  },
  {
    place: 'a picture half outside of the crop box',
    half: true,
    image: (words) => grey(words),
    content: whole,
    page: '/CropBox [110 0 300 200]',
  },
  {
    place: 'a picture half clipped',
    half: true,
    image: (words) => grey(words),
    content: `q 110 0 200 200 re W n ${whole} Q`,
  },
  {
    place: 'a picture half outside of its form',
    half: true,
    image: (words) => grey(words),
    content: '/X2 Do',
    resources: (add, words) =>
      `/XObject << /X2 ${add({ dict: `/Subtype /Form /BBox [110 0 300 200] /Resources << /XObject << /X1 ${add(grey(words))} >> >>`, stream: whole })} >>`,
  },
  {
    place: 'a picture half clipped by a curve',
    half: true,
    image: (words) => grey(words),
    content: `q 110 20 m 112 60 112 100 110 140 c 300 140 l 300 20 l h W n ${whole} Q`,
  },
  {
    place: 'a picture half under a black box',
    half: true,
    image: (words) => grey(words),
    content: `${whole} 0 g 25 30 85 100 re f`,
  },
  {
    place: 'a picture half under a white box',
    half: true,
    image: (words) => grey(words),
    content: `${whole} 1 g 25 30 85 100 re f`,
  },
  {
    place: 'a colour picture half under a box',
    half: true,
    image: (words) => colour(words, ''),
    content: `${whole} 0 0 1 rg 25 30 85 100 re f`,
  },
  {
    place: 'a picture half under a picture',
    half: true,
    image: (words) => grey(words),
    content: `${whole} q 85 0 0 100 25 30 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q`,
  },
  {
    place: 'a stencil half under a box',
    half: true,
    image: (words) => stencil(words, '/Decode [0 1]'),
    content: `${whole} 0.5 g 25 30 85 100 re f`,
  },
  {
    place: 'a picture half taken away by its soft mask',
    half: true,
    image: (words, add) =>
      colour(
        words,
        mask(
          add,
          shaded(flat(words, 0, 0, 0.34), (value) => value),
        ),
      ),
    content: whole,
  },
  {
    place: 'a picture half taken away by its stencil',
    half: true,
    image: (words, add) => grey(words, `/Mask ${add(stencil(shaded(flat(words, 0, 0.34, 1), (value) => value)))}`),
    content: whole,
  },
  { place: 'an inline picture half off the page', half: true, image: (words) => grey(words), content: 'INLINE' },
];

/** A document with one page for each trick. `pdfium` draws the words: the samples say them, no string does. */
export function picturePdf(pdfium: Pdfium, from = 1000): PlantedFile {
  const objects: Part[] = ['null', 'null'];
  const add: Add = (part) => {
    objects.push(part);
    return `${objects.length} 0 R`;
  };
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const hidden = new Map<string, string>();
  const shown: string[] = [];
  const kids = UNSEEN_PICTURES.map(({ place, half, image, content, resources, page }, index) => {
    const text = codeWord(from + index);
    hidden.set(place, text);
    shown.push(`Seen line ${index}`);
    const words = wordsOf(pdfium, text, half === true);
    const picture = add(image(words, add));
    const own = content === 'INLINE' ? inlineOf(words) : Buffer.from(content, 'latin1');
    const stream = Buffer.concat([
      Buffer.from(`q BT /F1 20 Tf 130 160 Td (Seen line ${index}) Tj ET Q\n`, 'latin1'),
      own,
      Buffer.from('\n'),
    ]);
    const more = resources?.(add, words) ?? '';
    const drawn = more.includes('/XObject') ? more : `/XObject << /X1 ${picture} >> ${more}`;
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] ${page ?? ''} /Contents ${add({ dict: '', stream })} /Resources << /Font << /F1 ${font} >> ${drawn} >> >>`,
    );
  });
  objects[0] = '<< /Type /Catalog /Pages 2 0 R >>';
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`;
  return { file: writePdf(objects), hidden, shown };
}

function inlineOf({ width, height, grey: samples }: Words): Buffer {
  const hex = Buffer.from(deflateSync(samples)).toString('hex');
  return Buffer.from(
    `q 240 0 0 80 -80 40 cm BI /W ${width} /H ${height} /CS /G /BPC 8 /F [/AHx /Fl] ID ${hex}> EI Q`,
    'latin1',
  );
}

function wordsOf(pdfium: Pdfium, text: string, half: boolean): Words {
  const [width, height] = [600, 200];
  const content = half
    ? `BT /F1 19 Tf 2 20 Td (${text.slice(0, 8)}) Tj ET BT /F1 40 Tf 120 90 Td (Seen too) Tj ET`
    : `BT /F1 40 Tf 20 80 Td (${text}) Tj ET`;
  const open = pdfium.open(pageWith(content));
  const rgba = open.render(0, width, Math.round((width * 2) / 3)) ?? new Uint8Array(0);
  open.close();
  const top = half ? height : 100;
  return {
    width,
    height,
    grey: Uint8Array.from({ length: width * height }, (_, at) => rgba[(at + top * width) * 4] ?? 255),
  };
}
