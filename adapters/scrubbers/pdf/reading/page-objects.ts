import { heap, type OpenPdf, type Pdfium } from '../pdfium.ts';
import { type Matrix, times } from '../surgery/objects.ts';
import { meet, type Rect } from './frame.ts';

/** What a page draws, as PDFium sees it: on the page itself or inside its forms, with its bounds in the page's own space. */
export interface Painted {
  readonly kind: 'text' | 'path' | 'picture' | 'shading' | 'form';
  readonly bounds: Rect;
  /** How many forms it stands in. */
  readonly depth: number;
  /** Of a path: how many segments it has, and how many of them are curves. */
  readonly segments: number;
  readonly curves: number;
}

const KINDS = ['form', 'text', 'path', 'picture', 'shading', 'form'] as const;
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const BEZIER = 1;
/** Past these, a page is a drawing, and what is beyond is not looked at. */
const MAX_OBJECTS = 100_000;
const MAX_SEGMENTS = 400;
const MAX_DEPTH = 12;

/** Everything that a page (from 0) paints, forms before what is in them; undefined when the page cannot be read or holds more than can be looked at. */
export function paintedOn(pdfium: Pdfium, pdf: OpenPdf, page: number): readonly Painted[] | undefined {
  const { lib } = pdfium;
  const { malloc, free } = lib.pdfium.wasmExports;
  const place = malloc(32);
  const found: Painted[] = [];
  const floats = (count: number) => Array.from(new Float32Array(heap(lib).buffer, place, count));
  const visit = (object: number, matrix: Matrix, depth: number) => {
    const kind = KINDS[lib.FPDFPageObj_GetType(object)] ?? 'form';
    if (!lib.FPDFPageObj_GetBounds(object, place, place + 4, place + 8, place + 12)) return;
    const [left = 0, bottom = 0, right = 0, top = 0] = floats(4);
    const bounds = moved(matrix, { left, bottom, right, top });
    const shape = kind === 'path' ? shapeOf(pdfium, object) : { segments: 0, curves: 0 };
    found.push({ kind, bounds, depth, ...shape });
    if (kind !== 'form' || depth >= MAX_DEPTH || !lib.FPDFPageObj_GetMatrix(object, place)) return;
    const inner = times(floats(6) as unknown as Matrix, matrix);
    const count = lib.FPDFFormObj_CountObjects(object);
    for (let index = 0; index < count && found.length <= MAX_OBJECTS; index++)
      visit(lib.FPDFFormObj_GetObject(object, index), inner, depth + 1);
  };
  try {
    const read = pdf.withPage(page, (handle) => {
      const count = lib.FPDFPage_CountObjects(handle);
      for (let index = 0; index < count && found.length <= MAX_OBJECTS; index++)
        visit(lib.FPDFPage_GetObject(handle, index), IDENTITY, 0);
      return true;
    });
    return read && found.length <= MAX_OBJECTS ? found : undefined;
  } finally {
    free(place);
  }
}

function shapeOf({ lib }: Pdfium, path: number): { segments: number; curves: number } {
  const segments = Math.max(0, lib.FPDFPath_CountSegments(path));
  let curves = 0;
  for (let index = 0; index < Math.min(segments, MAX_SEGMENTS); index++)
    if (lib.FPDFPathSegment_GetType(lib.FPDFPath_GetPathSegment(path, index)) === BEZIER) curves++;
  return { segments, curves };
}

function moved([a, b, c, d, e, f]: Matrix, { left, bottom, right, top }: Rect): Rect {
  const xs = [left * a + bottom * c, left * a + top * c, right * a + bottom * c, right * a + top * c];
  const ys = [left * b + bottom * d, left * b + top * d, right * b + bottom * d, right * b + top * d];
  return {
    left: Math.min(...xs) + e,
    right: Math.max(...xs) + e,
    bottom: Math.min(...ys) + f,
    top: Math.max(...ys) + f,
  };
}

/** The part of `frame` that a rectangle takes, from 0 to 1. */
export function shareOf(frame: Rect, rect: Rect): number {
  if (!meet(frame, rect)) return 0;
  const across = Math.min(frame.right, rect.right) - Math.max(frame.left, rect.left);
  const down = Math.min(frame.top, rect.top) - Math.max(frame.bottom, rect.bottom);
  return (across * down) / ((frame.right - frame.left) * (frame.top - frame.bottom));
}
