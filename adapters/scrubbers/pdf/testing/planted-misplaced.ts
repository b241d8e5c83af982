// Text that nobody sees for its place, for its size, or because nothing paints it.
import { deflateSync } from 'node:zlib';
import { at, form, glyphs, type Trick, tile } from './planted-tricks.ts';

/** Text that is clipped away, too small, or elsewhere. */
export const MISPLACED: readonly Trick[] = [
  { place: 'an empty clip', content: (text) => `q 0 0 0 0 re W n ${at(text)} Q` },
  { place: 'a clip elsewhere', content: (text) => `q 5 5 20 20 re W n ${at(text)} Q` },
  { place: 'a round clip', content: (text) => `q 20 20 m 30 20 30 30 20 30 c 10 30 10 20 20 20 c W n ${at(text)} Q` },
  { place: 'a clip of two parts', content: (text) => `q 0 0 300 60 re 0 120 300 80 re W n ${at(text)} Q` },
  {
    place: 'a clip of letters',
    content: (text) => `q BT /F1 12 Tf 7 Tr 5 5 Td (i) Tj ET BT /F1 24 Tf 0 Tr 60 80 Td (${text}) Tj ET Q`,
  },
  { place: 'letters that only clip', content: (text) => `q 7 Tr ${at(text)} Q` },
  { place: 'a clip that is a hole', content: (text) => `q 0 0 300 200 re 40 60 240 60 re W* n ${at(text)} Q` },
  { place: 'half a point high', content: (text) => at(text, 60, 80, 0.5) },
  { place: 'a point and a bit high', content: (text) => at(text, 60, 80, 1.3) },
  { place: 'small by a matrix', content: (text) => `q 0.02 0 0 0.02 60 80 cm ${at(text, 0, 0)} Q` },
  { place: 'without breadth', content: (text) => `0.5 Tz ${at(text)}` },
  { place: 'without height', content: (text) => `BT /F1 24 Tf 1 0 0 0.01 60 80 Tm (${text}) Tj ET` },
  { place: 'all letters on one spot', content: (text) => `BT /F1 8 Tf 60 80 Td -500 Tz 0.2 Tz (${text}) Tj ET` },
  { place: 'a matrix of nothing', content: (text) => `q 0 0 0 0 60 80 cm ${at(text, 0, 0)} Q` },
  { place: 'left of the page', content: (text) => at(text, -400) },
  { place: 'right of the page', content: (text) => at(text, 400) },
  { place: 'above the page', content: (text) => at(text, 60, 400) },
  { place: 'below the page', content: (text) => at(text, 60, -100) },
  { place: 'far away', content: (text) => at(text, 90_000, 90_000) },
  { place: 'outside of the crop box', content: (text) => at(text, 60, 20), page: '/CropBox [0 60 300 200]' },
  {
    place: 'outside of the crop box of a turned page',
    content: (text) => at(text, 60, 20),
    page: '/Rotate 90 /CropBox [0 60 300 200]',
  },
  {
    place: 'outside of a moved page',
    content: (text) => at(text, -260, 20),
    page: '/MediaBox [0 0 300 200] /UserUnit 2',
  },
  { place: 'moved away by kerning', content: (text) => `BT /F1 24 Tf 60 80 Td [-90000 (${text})] TJ ET` },
  { place: 'moved away by the last word', content: (text) => `BT /F1 12 Tf 20 80 Td [(ok) -90000 (${text})] TJ ET` },
  { place: 'raised away', content: (text) => `BT /F1 24 Tf 900 Ts 60 80 Td (${text}) Tj ET` },
  {
    place: 'lines below the page',
    content: (text) => `BT /F1 24 Tf 200 TL 60 80 Td (on) Tj (${text}) ' (${text}) ' ET`,
  },
  { place: 'spaced away', content: (text) => `BT /F1 24 Tf 60 80 Td 0 0 (on) " 5000 Tc (a${text}) Tj ET` },
  {
    place: 'outside of a form',
    content: () => '/X1 Do',
    resources: form('/BBox [0 0 40 40]', (text) => at(text, 100)),
  },
  { place: 'a form without size', content: () => '/X1 Do', resources: form('/Matrix [0 0 0 0 0 0]', at) },
  { place: 'a form drawn off the page', content: () => 'q 1 0 0 1 800 0 cm /X1 Do Q', resources: form('', at) },
  {
    place: 'a form drawn twice, once off the page',
    content: () => 'q 0.5 0 0 0.5 0 30 cm /X1 Do Q q 1 0 0 1 800 0 cm /X1 Do Q',
    resources: form('/BBox [0 0 300 200]', (text) => `1 g ${at(text)} 0 g ${at('Known', 100, 20, 12)}`),
  },
  { place: 'white text in a form', content: () => '/X1 Do', resources: form('', (text) => `1 g ${at(text)}`) },
  {
    place: 'white text in a form three deep',
    content: () => '/X1 Do',
    resources: (text, add, font) => {
      const inner = add({
        dict: `/Subtype /Form /BBox [0 0 300 200] /Resources << /Font << /F1 ${font} >> >>`,
        stream: `1 g ${at(text)}`,
      });
      const middle = add({
        dict: `/Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X1 ${inner} >> >>`,
        stream: '/X1 Do',
      });
      return `/XObject << /X1 ${add({ dict: `/Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X1 ${middle} >> >>`, stream: '/X1 Do' })} >>`;
    },
  },
  { place: 'a pattern that nothing paints with', content: () => '/Pattern cs /P1 scn', resources: tile('', at) },
  {
    place: 'a pattern painted off the page',
    content: () => '/Pattern cs /P1 scn 800 0 300 200 re f',
    resources: tile('', at),
  },
  {
    place: 'white text in a pattern',
    content: () => `/Pattern cs /P1 scn 0 0 300 150 re f`,
    resources: tile('', (text) => `1 g ${at(text)}`),
  },
  {
    place: 'text outside of a tile',
    content: () => `/Pattern cs /P1 scn 0 0 300 150 re f`,
    resources: tile('/BBox [0 0 20 20]', (text) => at(text, 100)),
  },
  {
    place: 'text inside of a glyph',
    content: () => 'BT /T3 20 Tf 60 80 Td (a) Tj ET',
    fonts: glyphs(
      (text, add) =>
        `/box ${add({ dict: '', stream: `1000 0 d0 0 0 500 500 re f 1 g BT /F1 200 Tf 0 0 Td (${text}) Tj ET` })}`,
      '/box',
    ),
  },
  {
    place: 'a glyph that nothing shows',
    content: () => 'BT /T3 20 Tf 60 80 Td (a) Tj ET',
    fonts: glyphs(
      (text, add) =>
        `/box ${add({ dict: '', stream: '1000 0 0 0 500 500 d1 0 0 500 500 re f' })} /other ${add({ dict: '', stream: `1000 0 d0 BT /F1 200 Tf (${text}) Tj ET` })}`,
      '/box /other',
    ),
  },
  {
    place: 'the name of a glyph',
    content: () => 'BT /T3 20 Tf 60 80 Td (a) Tj ET',
    fonts: (text, add) =>
      glyphs(
        (_, make) => `/${text} ${make({ dict: '', stream: '1000 0 0 0 500 500 d1 0 0 500 500 re f' })}`,
        `/${text}`,
      )(text, add),
  },
  {
    place: 'empty glyphs with a meaning',
    content: () => 'BT /T3 20 Tf 60 80 Td (abc) Tj ET',
    fonts: (text, add) =>
      `/T3 ${add(`<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 99 /Widths [1000 1000 1000] /Encoding << /Type /Encoding /Differences [97 /a /b /c] >> /CharProcs << ${['a', 'b', 'c'].map((name) => `/${name} ${add({ dict: '', stream: '1000 0 0 0 0 0 d1' })}`).join(' ')} >> /ToUnicode ${add({ dict: '/Filter /FlateDecode', stream: deflateSync(`/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00><ff> endcodespacerange 1 beginbfchar <61> <${Buffer.from(text, 'utf16le').swap16().toString('hex')}> endbfchar endcmap`) })} >>`)}`,
  },
  { place: 'text after the end of all states', content: (text) => `Q Q Q q 1 g ${at(text)}` },
  { place: 'a text object that is never ended', content: (text) => `BT /F1 24 Tf 1 g 60 80 Td (${text}) Tj` },
];
