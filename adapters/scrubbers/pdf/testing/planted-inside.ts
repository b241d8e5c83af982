// Text inside of Type 3 glyphs and tiles that nobody sees: nothing lists it, so that only the picture tells.
import { type Add, glyphs, type Trick, tile } from './planted-tricks.ts';

const drawn = 'BT /T3 20 Tf 60 80 Td (a) Tj ET';
/** A line of the glyph's own font: 200 of 1000 units of a 100-point glyph. */
const line = (text: string, size = 200) => `BT /F1 ${size} Tf 0 100 Td (${text}) Tj ET`;
const glyph =
  (stream: (text: string) => string, size = 100) =>
  (place: string): Trick => ({
    place,
    content: () => drawn.replace('20 Tf', `${size} Tf`).replace('60 80', '20 60'),
    fonts: glyphs((text, add) => `/box ${add({ dict: '', stream: `1000 0 d0 ${stream(text)}` })}`, '/box'),
  });
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const HELVETICA = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
/** A Type 3 font as /T3 with one glyph, whose resources are given. */
const glyphWith = (stream: string, resources: string, add: Add) =>
  `/T3 ${add(`<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 /Widths [1000] /Encoding << /Type /Encoding /Differences [97 /box] >> /CharProcs << /box ${add({ dict: '', stream: `1000 0 d0 ${stream}` })} >> /Resources << ${resources} >> >>`)}`;
const large = drawn.replace('20 Tf', '100 Tf').replace('60 80', '20 60');

/** All of them; each is cut out, or its page becomes a picture. */
export const INSIDE: readonly Trick[] = [
  glyph((text) => `1 g ${line(text)}`)('white inside of a glyph'),
  glyph((text) => `${line(text)} 0 50 1000 250 re f`)('covered inside of a glyph'),
  glyph((text) => `${line(text)} 0 50 1000 155 re f`)('slivers under a box inside of a glyph'),
  glyph((text) => `q 0 240 1000 5 re W n ${line(text)} Q`)('a sliver of a clip inside of a glyph'),
  glyph((text) => `q 0 900 10 10 re W n ${line(text)} Q`)('clipped inside of a glyph'),
  glyph((text) => line(text, 6))('tiny inside of a glyph'),
  glyph((text) => `0.97 g ${line(text)}`)('faint inside of a glyph'),
  glyph((text) => `${line(text)} 1 G 1 g 2 Tr 30 w ${line(text)}`)('under the same text in white inside of a glyph'),
  glyph((text) => `${line(text)} 2 Tr 90 w BT /F1 200 Tf 0 100 Td (MMMMMMMM) Tj ET`)(
    'under bold letters inside of a glyph',
  ),
  glyph((text) => `BT /F1 200 Tf 0 -900 Td (${text}) Tj ET 0 0 50 50 re f`)('off the page inside of a glyph'),
  glyph((text) => `7 Tr ${line(text)} 0 0 2 2 re f`)('a clip of letters inside of a glyph'),
  {
    place: 'a glyph with text under a box of the page',
    content: () => `${large} 20 60 200 40 re f`,
    fonts: glyphs((text, add) => `/box ${add({ dict: '', stream: `1000 0 d0 ${line(text)}` })}`, '/box'),
  },
  {
    place: 'a glyph with text under a box that leaves slivers',
    content: () => `${large} 20 60 200 22 re f`,
    fonts: glyphs((text, add) => `/box ${add({ dict: '', stream: `1000 0 d0 ${line(text)}` })}`, '/box'),
  },
  {
    place: 'a glyph with text in a sliver of a clip of the page',
    content: () => `q 20 80 250 1 re W n ${large} Q`,
    fonts: glyphs((text, add) => `/box ${add({ dict: '', stream: `1000 0 d0 ${line(text)}` })}`, '/box'),
  },
  {
    place: 'the codes of drawn glyphs inside of a glyph',
    content: () => large,
    fonts: (text, add) => {
      const triangle = add({ dict: '', stream: '1000 0 d0 0 0 m 500 700 l 900 0 l s' });
      const names = LETTERS.map((letter) => `/${letter} ${triangle}`).join(' ');
      const face = add(
        `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 /LastChar 90 /Widths [${'1000 '.repeat(26)}] /Encoding << /Type /Encoding /Differences [65 ${LETTERS.map((letter) => `/${letter}`).join(' ')}] >> /CharProcs << ${names} >> /Resources << >> >>`,
      );
      return glyphWith(line(text, 100), `/Font << /F1 ${face} >>`, add);
    },
  },
  {
    place: 'codes that draw other letters inside of a glyph',
    content: () => large,
    fonts: (text, add) =>
      glyphWith(
        line(text),
        `/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [65 ${'/x '.repeat(26)}] >> >> >>`,
        add,
      ),
  },
  {
    place: 'a form in a mode that shows nothing inside of a glyph',
    content: () => large,
    fonts: (text, add) =>
      glyphWith(
        '3 Tr /X1 Do 0 Tr BT /F1 100 Tf 0 500 Td (xy) Tj ET',
        `/Font << /F1 ${HELVETICA} >> /XObject << /X1 ${add({ dict: `/Type /XObject /Subtype /Form /BBox [0 0 1000 1000] /Resources << /Font << /F1 ${HELVETICA} >> >>`, stream: line(text) })} >>`,
        add,
      ),
  },
  {
    place: 'the mask of something inside of a glyph',
    content: () => large,
    fonts: (text, add) =>
      glyphWith(
        '/G1 gs 0.9 g 0 0 9 9 re f',
        `/ExtGState << /G1 << /SMask << /S /Luminosity /G ${add({ dict: `/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Group << /S /Transparency /CS /DeviceGray >> /Resources << /Font << /F1 ${HELVETICA} >> >>`, stream: `1 g BT /F1 24 Tf 60 80 Td (${text}) Tj ET` })} >> >> >>`,
        add,
      ),
  },
  {
    place: 'text in a tile that paints thin strokes',
    content: () => '/Pattern CS /P1 SCN 1.2 w 20 88 m 280 88 l S',
    resources: tile('', (text) => `BT /F1 24 Tf 60 80 Td (${text}) Tj ET`),
  },
  {
    place: 'a tile of text inside of a glyph',
    content: () => large,
    fonts: (text, add) =>
      glyphWith(
        '/Pattern cs /P1 scn 0 100 1000 8 re f',
        `/Pattern << /P1 ${add({ dict: `/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 300 200] /XStep 300 /YStep 200 /Resources << /Font << /F1 ${HELVETICA} >> >>`, stream: `BT /F1 24 Tf 30 60 Td (${text}) Tj ET` })} >>`,
        add,
      ),
  },
];
