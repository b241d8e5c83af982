import type { Namespaces } from '../xml.ts';

const office = 'http://schemas.openxmlformats.org';
const strict = 'http://purl.oclc.org/ooxml';
const microsoft = 'http://schemas.microsoft.com/office';

/** Namespaces of Office Open XML, transitional and strict (ECMA-376, ISO/IEC 29500), with the few of Microsoft's extensions that carry what is seen. */
export const ooxml: Namespaces = {
  w: [`${office}/wordprocessingml/2006/main`, `${strict}/wordprocessingml/main`],
  wp: [`${office}/drawingml/2006/wordprocessingDrawing`, `${strict}/drawingml/wordprocessingDrawing`],
  x: [`${office}/spreadsheetml/2006/main`, `${strict}/spreadsheetml/main`],
  xdr: [`${office}/drawingml/2006/spreadsheetDrawing`, `${strict}/drawingml/spreadsheetDrawing`],
  p: [`${office}/presentationml/2006/main`, `${strict}/presentationml/main`],
  a: [`${office}/drawingml/2006/main`, `${strict}/drawingml/main`],
  pic: [`${office}/drawingml/2006/picture`, `${strict}/drawingml/picture`],
  c: [`${office}/drawingml/2006/chart`, `${strict}/drawingml/chart`],
  cdr: [`${office}/drawingml/2006/chartDrawing`, `${strict}/drawingml/chartDrawing`],
  dgm: [`${office}/drawingml/2006/diagram`, `${strict}/drawingml/diagram`],
  dsp: [`${microsoft}/drawing/2008/diagram`],
  m: [`${office}/officeDocument/2006/math`, `${strict}/officeDocument/math`],
  r: [`${office}/officeDocument/2006/relationships`, `${strict}/officeDocument/relationships`],
  wps: [`${microsoft}/word/2010/wordprocessingShape`],
  wpg: [`${microsoft}/word/2010/wordprocessingGroup`],
  // Of DrawingML's extensions, the formulas.
  a14: [`${microsoft}/drawing/2010/main`],
  // Of Word's extensions, how letters are filled is looked at, and does not stay.
  w14: [`${microsoft}/word/2010/wordml`],
  mc: [`${office}/markup-compatibility/2006`],
  v: ['urn:schemas-microsoft-com:vml'],
  o: ['urn:schemas-microsoft-com:office:office'],
  w10: ['urn:schemas-microsoft-com:office:word'],
  // Controls: what they show is read, and they go.
  ax: [`${microsoft}/2006/activeX`],
};

/** What a namespace's name is given as, where a part says what a frame holds (ECMA-376-1, 20.1.2.2.17). */
export const graphicData: ReadonlySet<string> = new Set(
  ['pic', 'c', 'dgm', 'wps', 'wpg']
    .flatMap((prefix) => ooxml[prefix] ?? [])
    .concat(`${office}/drawingml/2006/table`, `${strict}/drawingml/table`),
);
