/** A kind of part: how it is named, what it is (its content type), the element at its root. */
export interface Kind {
  readonly type: string;
  readonly root: string;
  readonly path: (number: number) => string;
}

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const slide = 'application/vnd.openxmlformats-officedocument.presentationml';
const drawing = 'application/vnd.openxmlformats-officedocument';

const one = (path: string) => () => path;
const many = (stem: string) => (number: number) => `${stem}${number}.xml`;

/** Kinds by the last word of the address of the relation that leads to them ('document', 'workbook' and 'presentation' for the main parts). */
const KINDS: Readonly<Record<string, Kind>> = {
  document: { type: `${word}.document.main+xml`, root: 'w:document', path: one('word/document.xml') },
  styles: { type: `${word}.styles+xml`, root: 'w:styles', path: one('word/styles.xml') },
  settings: { type: `${word}.settings+xml`, root: 'w:settings', path: one('word/settings.xml') },
  numbering: { type: `${word}.numbering+xml`, root: 'w:numbering', path: one('word/numbering.xml') },
  header: { type: `${word}.header+xml`, root: 'w:hdr', path: many('word/header') },
  footer: { type: `${word}.footer+xml`, root: 'w:ftr', path: many('word/footer') },
  footnotes: { type: `${word}.footnotes+xml`, root: 'w:footnotes', path: one('word/footnotes.xml') },
  endnotes: { type: `${word}.endnotes+xml`, root: 'w:endnotes', path: one('word/endnotes.xml') },
  workbook: { type: `${sheet}.sheet.main+xml`, root: 'x:workbook', path: one('xl/workbook.xml') },
  worksheet: { type: `${sheet}.worksheet+xml`, root: 'x:worksheet', path: many('xl/worksheets/sheet') },
  chartsheet: { type: `${sheet}.chartsheet+xml`, root: 'x:chartsheet', path: many('xl/chartsheets/sheet') },
  cellStyles: { type: `${sheet}.styles+xml`, root: 'x:styleSheet', path: one('xl/styles.xml') },
  presentation: { type: `${slide}.presentation.main+xml`, root: 'p:presentation', path: one('ppt/presentation.xml') },
  slide: { type: `${slide}.slide+xml`, root: 'p:sld', path: many('ppt/slides/slide') },
  slideLayout: { type: `${slide}.slideLayout+xml`, root: 'p:sldLayout', path: many('ppt/slideLayouts/slideLayout') },
  slideMaster: { type: `${slide}.slideMaster+xml`, root: 'p:sldMaster', path: many('ppt/slideMasters/slideMaster') },
  tableStyles: { type: `${slide}.tableStyles+xml`, root: 'a:tblStyleLst', path: one('ppt/tableStyles.xml') },
  theme: { type: `${drawing}.theme+xml`, root: 'a:theme', path: many('theme/theme') },
  chart: { type: `${drawing}.drawingml.chart+xml`, root: 'c:chartSpace', path: many('charts/chart') },
  chartUserShapes: {
    type: `${drawing}.drawingml.chartshapes+xml`,
    root: 'c:userShapes',
    path: many('drawings/shapes'),
  },
  drawing: { type: `${drawing}.drawing+xml`, root: 'xdr:wsDr', path: many('drawings/drawing') },
};

/** Gives a kind. Throws for one that there is not: the recipes name them. */
export function kindOf(name: string): Kind {
  const kind = KINDS[name];
  if (!kind) throw new Error(`no such kind of part: ${name}`);
  return kind;
}

/** The address of a relation's type, transitional or strict. */
export function relationAddress(name: string, variant: number): string {
  const type =
    name === 'cellStyles'
      ? 'styles'
      : ['document', 'workbook', 'presentation'].includes(name)
        ? 'officeDocument'
        : name;
  return variant === 0
    ? `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}`
    : `http://purl.oclc.org/ooxml/officeDocument/relationships/${type}`;
}
