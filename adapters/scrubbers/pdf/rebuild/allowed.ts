/** The keys that each kind of dictionary may carry whose values are numbers, booleans, names, or arrays of those (PDF 32000-1, clauses 7 to 9). */
export const PLAIN = {
  font: 'Type Subtype BaseFont FirstChar LastChar Widths FontBBox FontMatrix W DW W2 DW2',
  descriptor:
    'Type FontName FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth',
  encoding: 'Type BaseEncoding Differences',
  state: 'Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK',
  mask: 'Type S BC',
  group: 'Type S I K',
  shading:
    'ShadingType Background BBox AntiAlias Coords Domain Extend Matrix BitsPerCoordinate BitsPerComponent BitsPerFlag Decode VerticesPerRow',
  function: 'FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds',
  tiling: 'Type PatternType PaintType TilingType BBox XStep YStep Matrix',
  shaded: 'Type PatternType Matrix',
  form: 'Type Subtype FormType BBox Matrix',
  image: 'Type Subtype Width Height BitsPerComponent Intent ImageMask Decode Interpolate SMaskInData Matte',
  parms:
    'Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform',
  icc: 'N Range',
  calibrated: 'WhitePoint BlackPoint Gamma Matrix Range',
  fontFile: 'Subtype Length1 Length2 Length3',
} as const;

export type PlainKind = keyof typeof PLAIN;

/** Keys whose values are built by the rebuild's own code. */
const BUILT =
  'Length Filter DecodeParms Resources Contents MediaBox CropBox Rotate UserUnit Parent Kids Count Pages Group CS ' +
  'Font XObject ExtGState ColorSpace Pattern Shading Function Functions Encoding ToUnicode FontDescriptor DescendantFonts ' +
  'CIDSystemInfo Registry Ordering Supplement CIDToGIDMap CharProcs FontFile FontFile2 FontFile3 CMapName WMode UseCMap SMask Mask G TR TR2 ' +
  'JBIG2Globals Alternate';

/** Every key that an output may hold anywhere, besides resource names and the names of glyphs. */
export const ALLOWED_KEYS: ReadonlySet<string> = new Set(
  [...Object.values(PLAIN), BUILT].flatMap((keys) => keys.split(' ')),
);

/** Named so that the test of the output says in plain words what it looks for; none of them is in the list above. */
export const FORBIDDEN_KEYS: readonly string[] = (
  'Info ID Metadata Annots AcroForm XFA Names Dests Outlines StructTreeRoot StructParents StructParent ' +
  'MarkInfo PieceInfo LastModified OpenAction AA A JS JavaScript URI EmbeddedFiles EF AF OCProperties ' +
  'OC Properties Thumb PageLabels Threads B Perms SpiderInfo OutputIntents Collection DSS Legal Lang ' +
  'ViewerPreferences Alternates OPI Measure VP PZ Ref Encrypt Prev Requirements Extensions ActualText ' +
  'Alt FontFamily CharSet'
).split(' ');

/** The names that the rebuild gives to resources. */
export const RESOURCE_NAME = /^(?:[FXGCPS]\d+|Default(?:Gray|RGB|CMYK))$/;

/** Keys whose values may be any name: a font's own name and the names of its glyphs. */
export const FREE_NAMES: ReadonlySet<string> = new Set(['BaseFont', 'FontName', 'Differences']);

/** The names that may be the value of anything else: an invented one could say something. */
export const NAME_VALUES: ReadonlySet<string> = new Set(
  (
    'Font FontDescriptor Encoding ExtGState Mask Group Pattern XObject CMap Type0 Type1 MMType1 Type3 TrueType CIDFontType0 CIDFontType2 ' +
    'Image Form Type1C CIDFontType0C OpenType UltraCondensed ExtraCondensed Condensed SemiCondensed Normal SemiExpanded Expanded ExtraExpanded ' +
    'UltraExpanded WinAnsiEncoding MacRomanEncoding MacExpertEncoding StandardEncoding PDFDocEncoding AbsoluteColorimetric RelativeColorimetric ' +
    'Saturation Perceptual Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue ' +
    'Color Luminosity Alpha Transparency None Default Identity DeviceGray DeviceRGB DeviceCMYK G RGB CMYK CalGray CalRGB Lab All Cyan Magenta Yellow Black'
  ).split(' '),
);
