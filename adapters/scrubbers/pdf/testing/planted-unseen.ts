// Text that nobody sees for its colour, for its transparency, or for what is painted over it, and all the other tricks.
import { INSIDE } from './planted-inside.ts';
import { MISPLACED } from './planted-misplaced.ts';
import { type Add, at, form, glyphs, type Trick, tile } from './planted-tricks.ts';

const BOX = '50 70 220 40 re f';
const state = (entries: string) => () => `/ExtGState << /G1 << ${entries} >> >>`;
const softMask = (kind: string, stream: string) => (_: string, add: Add) =>
  `/ExtGState << /G1 << /SMask << /S /${kind} /G ${add({ dict: '/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Group << /S /Transparency /CS /DeviceGray >>', stream })} >> >> >>`;
const picture = (add: Add, shade = 128, more = '') =>
  add({
    dict: `/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 ${more}`,
    stream: Uint8Array.of(shade),
  });
const space = (definition: string) => (_: string, add: Add) =>
  `/ColorSpace << /C1 ${definition.replace('TINT', add('<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 0] /N 1 >>'))} >>`;
const shading = () =>
  '/Shading << /S1 << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 300 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [0.5] /C1 [0.6] /N 1 >> >> >>';
/** Text of a colour that cannot be told from what is under it. */
export const COLOURLESS: readonly Trick[] = [
  { place: 'white', content: (text) => `1 g ${at(text)}` },
  { place: 'nearly white', content: (text) => `0.975 g ${at(text)}` },
  { place: 'white in RGB', content: (text) => `1 1 1 rg ${at(text)}` },
  { place: 'no ink in CMYK', content: (text) => `0 0 0 0 k ${at(text)}` },
  { place: 'white on a white box', content: (text) => `0.5 g 0 0 300 150 re f 1 g ${BOX} ${at(text)}` },
  { place: 'black on black', content: (text) => `${BOX} 0 g ${at(text)}` },
  { place: 'nearly black on black', content: (text) => `${BOX} 0.03 g ${at(text)}` },
  { place: 'red on red', content: (text) => `1 0 0 rg ${BOX} ${at(text)}` },
  {
    place: 'grey on a grey picture',
    content: (text) => `q 220 0 0 40 50 70 cm /X1 Do Q 0.5 g ${at(text)}`,
    resources: (_, add) => `/XObject << /X1 ${picture(add)} >>`,
  },
  { place: 'white outlines', content: (text) => `1 G 1 Tr ${at(text)}` },
  { place: 'outlines of dashes that have no length', content: (text) => `1 Tr [0 1000] 990 d 0 J ${at(text)}` },
  { place: 'white fill and outlines', content: (text) => `1 g 1 G 2 Tr ${at(text)}` },
  {
    place: 'a spot colour without ink',
    content: (text) => `/C1 cs 1 scn ${at(text)}`,
    resources: space('[/Separation /Spot /DeviceCMYK TINT]'),
  },
  {
    place: 'the colorant None',
    content: (text) => `/C1 cs 1 scn ${at(text)}`,
    resources: space('[/Separation /None /DeviceCMYK TINT]'),
  },
  {
    place: 'no tint of All',
    content: (text) => `/C1 cs 0 scn ${at(text)}`,
    resources: space('[/Separation /All /DeviceCMYK TINT]'),
  },
  {
    place: 'white in CalGray',
    content: (text) => `/C1 cs 1 scn ${at(text)}`,
    resources: space('[/CalGray << /WhitePoint [0.95 1 1.09] >>]'),
  },
  {
    place: 'white in Lab',
    content: (text) => `/C1 cs 100 0 0 scn ${at(text)}`,
    resources: space('[/Lab << /WhitePoint [0.95 1 1.09] /Range [-100 100 -100 100] >>]'),
  },
  {
    place: 'an index of white',
    content: (text) => `/C1 cs 1 scn ${at(text)}`,
    resources: space('[/Indexed /DeviceGray 1 <00FF>]'),
  },
  {
    place: 'a white pattern as colour',
    content: (text) => `/Pattern cs /P1 scn ${at(text)}`,
    resources: tile('', () => '1 g 0 0 300 200 re f'),
  },
  {
    place: 'an empty pattern as colour',
    content: (text) => `/Pattern cs /P1 scn ${at(text)}`,
    resources: tile('', () => ''),
  },
  {
    place: 'a white gradient as colour',
    content: (text) => `/Pattern cs /P1 scn ${at(text)}`,
    resources: () =>
      '/Pattern << /P1 << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 300 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >> >> >> >>',
  },
  {
    place: 'dark on a dark gradient',
    content: (text) => `/Pattern cs /P1 scn ${BOX} 0.1 g ${at(text)}`,
    resources: () =>
      '/Pattern << /P1 << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 300 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [0.1] /C1 [0.1] /N 1 >> >> >> >>',
  },
  {
    place: 'dark on a dark tiling',
    content: (text) => `/Pattern cs /P1 scn ${BOX} 0.1 g ${at(text)}`,
    resources: tile('', () => '0.1 g 0 0 300 200 re f'),
  },
  {
    place: 'a transfer to white',
    content: (text) => `/G1 gs ${at(text)}`,
    resources: state('/TR << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >> /ca 0.01'),
  },
];

/** Text that transparency takes away. */
export const TRANSPARENT: readonly Trick[] = [
  { place: 'no opacity', content: (text) => `/G1 gs ${at(text)}`, resources: state('/ca 0') },
  { place: 'hardly any opacity', content: (text) => `/G1 gs ${at(text)}`, resources: state('/ca 0.02') },
  { place: 'no opacity of outlines', content: (text) => `/G1 gs 1 Tr ${at(text)}`, resources: state('/CA 0') },
  {
    place: 'a black luminosity mask',
    content: (text) => `/G1 gs ${at(text)}`,
    resources: softMask('Luminosity', '0 g 0 0 300 200 re f'),
  },
  { place: 'an empty alpha mask', content: (text) => `/G1 gs ${at(text)}`, resources: softMask('Alpha', '') },
  {
    place: 'white that multiplies',
    content: (text) => `/G1 gs 0.6 g ${BOX} 1 g ${at(text)}`,
    resources: state('/BM /Multiply'),
  },
  {
    place: 'black that screens',
    content: (text) => `1 g 0 0 300 150 re f /G1 gs 0 g ${at(text)}`,
    resources: state('/BM /Screen'),
  },
  {
    place: 'grey that lightens',
    content: (text) => `1 g 0 0 300 150 re f /G1 gs 0.2 g ${at(text)}`,
    resources: state('/BM /Lighten'),
  },
  {
    place: 'black difference',
    content: (text) => `1 g 0 0 300 150 re f /G1 gs 0 g ${at(text)}`,
    resources: state('/BM /Difference'),
  },
  {
    place: 'a form without opacity',
    content: () => '/G1 gs /X1 Do',
    resources: (text, add, font) => `${form('/Group << /S /Transparency >>', at)(text, add, font)} ${state('/ca 0')()}`,
  },
  {
    place: 'the mask of something else',
    content: () => '/G1 gs 0.9 g 0 0 1 1 re f',
    resources: (text, add, font) =>
      `/ExtGState << /G1 << /SMask << /S /Luminosity /G ${add({ dict: `/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Group << /S /Transparency /CS /DeviceGray >> /Resources << /Font << /F1 ${font} >> >>`, stream: `1 g ${at(text)}` })} >> >> >>`,
  },
  {
    place: 'a knocked out group',
    content: () => '/X1 Do',
    resources: form('/Group << /S /Transparency /K true >>', (text) => `${at(text)} 1 g ${BOX}`),
  },
];

/** Text that something is painted over. */
export const COVERED: readonly Trick[] = [
  { place: 'a black box over living text', content: (text) => `${at(text)} ${BOX}` },
  { place: 'a white box over living text', content: (text) => `${at(text)} 1 g ${BOX}` },
  { place: 'a box that leaves slivers', content: (text) => `${at(text)} 50 82 220 13 re f` },
  { place: 'a box as a form', content: (text) => `${at(text)} /X1 Do`, resources: form('', () => BOX) },
  {
    place: 'a box in a form three deep',
    content: (text) => `${at(text)} /X1 Do`,
    resources: (_, add) => {
      const inner = add({ dict: '/Subtype /Form /BBox [0 0 300 200]', stream: BOX });
      const middle = add({
        dict: `/Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X1 ${inner} >> >>`,
        stream: '/X1 Do',
      });
      return `/XObject << /X1 ${add({ dict: `/Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X1 ${middle} >> >>`, stream: '/X1 Do' })} >>`;
    },
  },
  {
    place: 'a picture over text',
    content: (text) => `${at(text)} q 220 0 0 40 50 70 cm /X1 Do Q`,
    resources: (_, add) => `/XObject << /X1 ${picture(add)} >>`,
  },
  {
    place: 'an inline picture over text',
    content: (text) => `${at(text)} q 220 0 0 40 50 70 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q`,
  },
  {
    place: 'a stencil over text',
    content: (text) => `${at(text)} q 220 0 0 40 50 70 cm BI /W 1 /H 1 /IM true /D [1 0] /F /AHx ID 80> EI Q`,
  },
  {
    place: 'a gradient over text',
    content: (text) => `${at(text)} q 50 70 220 40 re W n /S1 sh Q`,
    resources: shading,
  },
  {
    place: 'a tiling over text',
    content: (text) => `${at(text)} /Pattern cs /P1 scn ${BOX}`,
    resources: tile('', () => '0.4 g 0 0 300 200 re f'),
  },
  { place: 'a thick line over text', content: (text) => `${at(text)} 40 w 50 90 m 270 90 l S` },
  { place: 'a thick curve over text', content: (text) => `${at(text)} 40 w 1 J 50 90 m 100 92 200 88 270 90 c S` },
  {
    place: 'many thin strips over text',
    content: (text) => `${at(text)} ${Array.from({ length: 40 }, (_, row) => `50 ${70 + row} 220 1.2 re f`).join(' ')}`,
  },
  {
    place: 'many thin lines over text',
    content: (text) =>
      `${at(text)} 1.2 w ${Array.from({ length: 40 }, (_, row) => `50 ${70 + row} m 270 ${70 + row} l S`).join(' ')}`,
  },
  {
    place: 'one path of many thin lines over text',
    content: (text) =>
      `${at(text)} 1.2 w ${Array.from({ length: 40 }, (_, row) => `50 ${70 + row} m 270 ${70 + row} l`).join(' ')} S`,
  },
  { place: 'a huge letter over text', content: (text) => `${at(text, 100, 84, 8)} BT /F1 400 Tf 60 60 Td (.) Tj ET` },
  {
    place: 'a drawn glyph over text',
    content: (text) => `${at(text)} BT /T3 220 Tf 50 70 Td (a) Tj ET`,
    fonts: glyphs((_, add) => `/box ${add({ dict: '', stream: '1000 0 0 0 1000 1000 d1 0 0 1000 200 re f' })}`, '/box'),
  },
  { place: 'text over the same text in white', content: (text) => `${at(text)} 1 g 1 G 2 Tr 2 w ${at(text)}` },
  {
    place: 'a lighter box over text on a box',
    content: (text) => `0.3 g 0 0 300 150 re f 1 g ${at(text)} 0.3 g ${BOX}`,
  },
  {
    place: 'text under a picture of the page',
    content: (text) => `${at(text)} q 300 0 0 150 0 0 cm /X1 Do Q`,
    resources: (_, add) => `/XObject << /X1 ${picture(add, 235)} >>`,
  },
  { place: 'half a line under a box', content: (text) => `${at(`Half ${text}`, 10)} 66 70 220 40 re f` },
  {
    place: 'a word inside of a line under a box',
    content: (text) => `${at(`Left ${text} right`, 10, 80, 16)} 45 70 104 40 re f`,
  },
];

/** All of them. */
export const UNSEEN_TEXT: readonly Trick[] = [...COLOURLESS, ...TRANSPARENT, ...COVERED, ...MISPLACED, ...INSIDE];
