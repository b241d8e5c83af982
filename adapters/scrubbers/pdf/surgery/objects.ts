import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { heap } from '../pdfium.ts';

export type ObjectKind = 'text' | 'path' | 'image' | 'shading' | 'form';

/** A rectangle in points as the page is shown: from its upper left corner, rotated and cropped. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** [a b c d e f] of PDF 32000-1, 8.3.3. */
export type Matrix = readonly [number, number, number, number, number, number];

export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/** One object that a page paints, at its place in the order of painting. */
export interface PageObject {
  readonly handle: number;
  readonly kind: ObjectKind;
  /** The form that paints it; undefined for the page's own content. */
  readonly parent: PageObject | undefined;
  /** Its place among the objects of its content stream. */
  readonly index: number;
  readonly box: Box;
  /** What every clipping path around it leaves, by their bounds; undefined when nothing clips it. */
  readonly clip: Box | undefined;
  /** A clipping path is no rectangle along the axes, so that its bounds do not tell what it hides. */
  readonly oddClip: boolean;
  /** Constant alpha, a blend mode, a soft mask or a group, of its own or around it. */
  readonly transparent: boolean;
  /** What it is painted with: a text by its rendering mode, a path as it is painted; undefined where nothing paints or the colour is not told. */
  readonly fill: Colour | undefined;
  readonly stroke: Colour | undefined;
  /** Points as shown; 0 for what strokes nothing. */
  readonly strokeWidth: number;
  /** A text's rendering mode (9.3.6), else 0. */
  readonly mode: number;
  /** A text's font size in points as shown, the smaller of its width's and its height's, else 0. */
  readonly size: number;
  /** How many segments a path has. */
  readonly segments: number;
  /** From the object's own space (a text's or a picture's) to that of its stream. */
  readonly matrix: Matrix;
  /** From its stream's space to points as shown. */
  readonly shown: Matrix;
}

/** A page that PDFium has open for a look at what it paints. */
export interface OpenPage {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  /** From the page's space to points as shown. */
  readonly shown: Matrix;
  readonly objects: readonly PageObject[];
}

const KINDS: readonly (ObjectKind | undefined)[] = [undefined, 'text', 'path', 'image', 'shading', 'form'];
const MAX_OBJECTS = 60_000;
const MAX_DEPTH = 12;
const MAX_CLIP_SEGMENTS = 16;

/** Lists what a loaded page paints, forms' content included, for `work`; undefined when it paints too much to be looked at. */
export function withObjects<T>(lib: WrappedPdfiumModule, page: number, work: (open: OpenPage) => T): T | undefined {
  const scratch = lib.pdfium.wasmExports.malloc(64);
  try {
    const width = lib.FPDF_GetPageWidthF(page);
    const height = lib.FPDF_GetPageHeightF(page);
    const shown = shownMatrix(lib, page, width, height, scratch);
    const objects = listObjects(lib, page, shown, scratch);
    return objects && work({ page, width, height, shown, objects });
  } finally {
    lib.pdfium.wasmExports.free(scratch);
  }
}

/** First `one`, then `other`. */
export function times(one: Matrix, other: Matrix): Matrix {
  const [a, b, c, d, e, f] = one;
  const [A, B, C, D, E, F] = other;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

/** The bounds of a rectangle that was moved by a matrix. */
export function boundsOf(matrix: Matrix, x0: number, y0: number, x1: number, y1: number): Box {
  const [a, b, c, d, e, f] = matrix;
  const xs = [a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1];
  const ys = [b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1];
  return {
    left: Math.min(...xs) + e,
    right: Math.max(...xs) + e,
    top: Math.min(...ys) + f,
    bottom: Math.max(...ys) + f,
  };
}

/** What two rectangles share; undefined when that is nothing. */
export function overlap(one: Box, other: Box): Box | undefined {
  const left = Math.max(one.left, other.left);
  const right = Math.min(one.right, other.right);
  const top = Math.max(one.top, other.top);
  const bottom = Math.min(one.bottom, other.bottom);
  return left < right && top < bottom ? { left, top, right, bottom } : undefined;
}

export function areaOf(box: Box | undefined): number {
  return box ? (box.right - box.left) * (box.bottom - box.top) : 0;
}

const DEVICE_STEPS = 1000;
const PAGE_STEP = 1000;

function shownMatrix(lib: WrappedPdfiumModule, page: number, width: number, height: number, scratch: number): Matrix {
  const at = (x: number, y: number): readonly [number, number] => {
    const [across, down] = [Math.round(width * DEVICE_STEPS), Math.round(height * DEVICE_STEPS)];
    lib.FPDF_PageToDevice(page, 0, 0, across, down, 0, x, y, scratch, scratch + 4);
    const [left = 0, top = 0] = new Int32Array(heap(lib).buffer, scratch, 2);
    return [left / DEVICE_STEPS, top / DEVICE_STEPS];
  };
  const [e, f] = at(0, 0);
  const [x1, y1] = at(PAGE_STEP, 0);
  const [x2, y2] = at(0, PAGE_STEP);
  return [(x1 - e) / PAGE_STEP, (y1 - f) / PAGE_STEP, (x2 - e) / PAGE_STEP, (y2 - f) / PAGE_STEP, e, f];
}

/** What a form hands on to what it paints. */
interface Around {
  readonly parent: PageObject | undefined;
  readonly shown: Matrix;
  readonly clip: Box | undefined;
  readonly oddClip: boolean;
  readonly transparent: boolean;
}

function listObjects(
  lib: WrappedPdfiumModule,
  page: number,
  shown: Matrix,
  scratch: number,
): readonly PageObject[] | undefined {
  const objects: PageObject[] = [];
  const walk = (count: number, get: (index: number) => number, around: Around, depth: number): boolean => {
    for (let index = 0; index < count; index++) {
      const handle = get(index);
      const kind = KINDS[lib.FPDFPageObj_GetType(handle)];
      if (!kind) continue;
      if (objects.length >= MAX_OBJECTS || depth > MAX_DEPTH) return false;
      const object = describe(lib, handle, kind, index, around, scratch);
      objects.push(object);
      if (kind !== 'form') continue;
      const inside = { ...object, parent: object, shown: times(object.matrix, around.shown) };
      const inner = (child: number) => lib.FPDFFormObj_GetObject(handle, child);
      if (!walk(lib.FPDFFormObj_CountObjects(handle), inner, inside, depth + 1)) return false;
    }
    return true;
  };
  const around: Around = { parent: undefined, shown, clip: undefined, oddClip: false, transparent: false };
  const whole = walk(lib.FPDFPage_CountObjects(page), (index) => lib.FPDFPage_GetObject(page, index), around, 0);
  return whole ? objects : undefined;
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const EVERYWHERE: Box = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };

function describe(
  lib: WrappedPdfiumModule,
  handle: number,
  kind: ObjectKind,
  index: number,
  around: Around,
  scratch: number,
): PageObject {
  const floats = (count: number) => new Float32Array(heap(lib).buffer, scratch, count);
  const { shown } = around;
  let box = EVERYWHERE;
  if (lib.FPDFPageObj_GetBounds(handle, scratch, scratch + 4, scratch + 8, scratch + 12)) {
    const [left = 0, bottom = 0, right = 0, top = 0] = floats(4);
    box = boundsOf(shown, left, bottom, right, top);
  }
  const matrix: Matrix =
    kind !== 'path' && kind !== 'shading' && lib.FPDFPageObj_GetMatrix(handle, scratch)
      ? (Array.from(floats(6)) as unknown as Matrix)
      : IDENTITY;
  const { clip, oddClip } = clipOf(lib, handle, around, scratch);
  const colour = (read: 'FPDFPageObj_GetFillColor' | 'FPDFPageObj_GetStrokeColor'): Colour | undefined => {
    if (!lib[read](handle, scratch, scratch + 4, scratch + 8, scratch + 12)) return undefined;
    const [red = 0, green = 0, blue = 0, alpha = 0] = new Uint32Array(heap(lib).buffer, scratch, 4);
    return { red, green, blue, alpha };
  };
  const mode = kind === 'text' ? lib.FPDFTextObj_GetTextRenderMode(handle) : 0;
  const [fills, strokes] = kind === 'text' ? paintsOfMode(mode) : kind === 'path' ? drawMode(lib, handle, scratch) : [];
  const scale = Math.sqrt(Math.abs(shown[0] * shown[3] - shown[1] * shown[2]));
  let strokeWidth = 0;
  if (strokes && lib.FPDFPageObj_GetStrokeWidth(handle, scratch)) strokeWidth = (floats(1)[0] ?? 0) * scale;
  return {
    handle,
    kind,
    parent: around.parent,
    index,
    box,
    clip,
    oddClip,
    transparent: around.transparent || Boolean(lib.FPDFPageObj_HasTransparency(handle)),
    fill: fills ? colour('FPDFPageObj_GetFillColor') : undefined,
    stroke: strokes ? colour('FPDFPageObj_GetStrokeColor') : undefined,
    strokeWidth,
    mode,
    size: kind === 'text' ? sizeOf(lib, handle, times(matrix, shown), scratch) : 0,
    segments: kind === 'path' ? lib.FPDFPath_CountSegments(handle) : 0,
    matrix,
    shown,
  };
}

function paintsOfMode(mode: number): readonly [boolean, boolean] {
  return [[0, 2, 4, 6].includes(mode), [1, 2, 5, 6].includes(mode)];
}

function drawMode(lib: WrappedPdfiumModule, handle: number, scratch: number): readonly [boolean, boolean] {
  if (!lib.FPDFPath_GetDrawMode(handle, scratch, scratch + 4)) return [true, true];
  const [fill = 0, stroke = 0] = new Int32Array(heap(lib).buffer, scratch, 2);
  return [fill !== 0, stroke !== 0];
}

function sizeOf(lib: WrappedPdfiumModule, handle: number, matrix: Matrix, scratch: number): number {
  if (!lib.FPDFTextObj_GetFontSize(handle, scratch)) return 0;
  const size = Math.abs(new Float32Array(heap(lib).buffer, scratch, 1)[0] ?? 0);
  return size * Math.min(Math.hypot(matrix[0], matrix[1]), Math.hypot(matrix[2], matrix[3]));
}

function clipOf(
  lib: WrappedPdfiumModule,
  handle: number,
  around: Around,
  scratch: number,
): { readonly clip: Box | undefined; readonly oddClip: boolean } {
  let { clip, oddClip } = around;
  const path = lib.FPDFPageObj_GetClipPath(handle);
  const paths = path === 0 ? 0 : lib.FPDFClipPath_CountPaths(path);
  for (let index = 0; index < paths; index++) {
    const count = lib.FPDFClipPath_CountPathSegments(path, index);
    if (count <= 0 || count > MAX_CLIP_SEGMENTS) {
      oddClip = true;
      continue;
    }
    const xs: number[] = [];
    const ys: number[] = [];
    for (let at = 0; at < count; at++) {
      const segment = lib.FPDFClipPath_GetPathSegment(path, index, at);
      if (!lib.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4)) continue;
      const [x = 0, y = 0] = new Float32Array(heap(lib).buffer, scratch, 2);
      const [a, b, c, d, e, f] = around.shown;
      xs.push(a * x + c * y + e);
      ys.push(b * x + d * y + f);
    }
    const bounds = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
    if (!isRectangle(xs, ys, bounds)) oddClip = true;
    clip = clip ? (overlap(clip, bounds) ?? { ...bounds, right: bounds.left, bottom: bounds.top }) : bounds;
  }
  return { clip, oddClip };
}

/** Four or five corners, each of them one of the bounds' own. */
function isRectangle(xs: readonly number[], ys: readonly number[], bounds: Box): boolean {
  const near = (one: number, other: number) => Math.abs(one - other) < 0.05;
  if (xs.length !== 4 && xs.length !== 5) return false;
  const corners = new Set<string>();
  for (const [index, x] of xs.entries()) {
    const y = ys[index] as number;
    const [left, top] = [near(x, bounds.left), near(y, bounds.top)];
    if (!(left || near(x, bounds.right)) || !(top || near(y, bounds.bottom))) return false;
    corners.add(`${left}${top}`);
  }
  return corners.size === 4 || areaOf(bounds) < 0.01;
}
