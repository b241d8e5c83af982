import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import { Refusal } from '../refusal.ts';
import { compiledModule } from './compiled.ts';

/** A document that PDFium has open. Pages are counted from 0 here. */
export interface OpenPdf {
  readonly pages: number;
  /** The document written out whole, without encryption. */
  copy(): Uint8Array;
  /** Points, after rotation, times the user unit. */
  size(page: number): { readonly width: number; readonly height: number };
  /** RGBA samples (the last of four says nothing) of the page on opaque white, without annotations and form fields unless `annotated`; undefined when the page cannot be read. */
  render(page: number, width: number, height: number, annotated?: boolean): Uint8Array | undefined;
  /**
   * Draws the same and lends it while `work` runs: `samples` gives them as they stand in the engine's memory, which moves whenever the engine does anything.
   * `rough` draws edges without shades between, which takes half the time.
   */
  withRender<T>(
    page: number,
    width: number,
    height: number,
    work: (samples: () => Uint8Array) => T,
    rough?: boolean,
  ): T | undefined;
  /** The same of a part of the page: `part` in pixels of a page that is `width` by `height` pixels as a whole. */
  renderPart(page: number, width: number, height: number, part: Part): Uint8Array | undefined;
  text(page: number): string;
  /** Works with the engine's handle of a page while it is loaded; undefined when the page cannot be read. */
  withPage<T>(page: number, work: (handle: number) => T): T | undefined;
  /** True when a text of the page's own content stands wholly outside of what the page shows. */
  textOutside(page: number): boolean;
  /** What must never be found in an output: attachments, bookmarks, scripts, annotations, metadata entries. */
  remains(): readonly string[];
  close(): void;
}

/** A rectangle of pixels, from the top left corner. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Opens documents; one engine lives as long as its process. */
export interface Pdfium {
  /** The engine itself, for what only one file needs of it. Its memory is read through `heap`. */
  readonly lib: WrappedPdfiumModule;
  /** Refuses with 'password' where one is needed (an empty one is tried), with 'corrupt' where nothing can be read. */
  open(file: Uint8Array): OpenPdf;
}

const ERROR_PASSWORD = 4;
const ERROR_SECURITY = 5;
const REMOVE_SECURITY = 3;
const TEXT_OBJECT = 1;
const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;
const REVERSE_BYTE_ORDER = 0x10;
const ANNOTATIONS = 0x01;
const NO_SMOOTHING = 0x7000;
const MAX_TEXT = 2_000_000;

/** PDFium itself (WebAssembly). */
export function pdfiumWasm(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm')));
}

/** Loads PDFium, or a module of it. Called in the child process only: hostile bytes reach it. */
export async function loadPdfium(given?: WebAssembly.Module): Promise<Pdfium> {
  const wasm = pdfiumWasm();
  const module = given ?? compiledModule(wasm);
  const lib = direct(await init(module ? { instantiateWasm: instantiates(module) } : { wasmBinary: wasm.buffer }));
  lib.PDFiumExt_Init();
  return { lib, open: (file) => open(lib, file) };
}

/** As Emscripten asks for it (its `Module.instantiateWasm`). */
function instantiates(module: WebAssembly.Module) {
  return (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): WebAssembly.Exports => {
    const instance = new WebAssembly.Instance(module, imports);
    done(instance);
    return instance.exports;
  };
}

/** Called for each character or object: the package's own wrapper would take more time than they do. */
const HOT = {
  number:
    'FPDFText_GetUnicode FPDFText_IsGenerated FPDFText_HasUnicodeMapError FPDFText_GetTextObject FPDFPage_GetObject FPDFFormObj_GetObject FPDFPageObj_GetType ' +
    'FPDFPath_CountSegments FPDFPath_GetPathSegment FPDFPathSegment_GetType FPDFTextObj_GetTextRenderMode FPDFPageObj_GetClipPath FPDFClipPath_CountPaths',
  boolean:
    'FPDFText_GetCharBox FPDFText_GetLooseCharBox FPDFPageObj_GetBounds FPDFPageObj_GetMatrix FPDFPageObj_HasTransparency FPDFPageObj_GetStrokeWidth ' +
    'FPDFTextObj_GetFontSize FPDFPath_GetDrawMode FPDFPathSegment_GetPoint FPDFPageObj_GetFillColor FPDFPageObj_GetStrokeColor FPDFPageObj_SetIsActive',
} as const;

function direct(lib: WrappedPdfiumModule): WrappedPdfiumModule {
  const raw = lib.pdfium.wasmExports as unknown as Readonly<Record<string, (...values: unknown[]) => number>>;
  const hot: Record<string, (...values: unknown[]) => number | boolean> = {};
  for (const name of HOT.number.split(' ')) hot[name] = raw[name] as (typeof raw)[string];
  for (const name of HOT.boolean.split(' ')) {
    const work = raw[name] as (typeof raw)[string];
    // A list of all arguments would be made anew for each call; what a function does not take it does not see.
    hot[name] = (a, b, c, d, e, f) => work(a, b, c, d, e, f) !== 0;
  }
  return { ...lib, ...hot };
}

function open(lib: WrappedPdfiumModule, file: Uint8Array): OpenPdf {
  const { malloc, free } = lib.pdfium.wasmExports;
  const memory = malloc(file.length);
  if (memory === 0) throw new Refusal('memory');
  heap(lib).set(file, memory);
  const doc = lib.FPDF_LoadMemDocument(memory, file.length, '');
  if (doc === 0) {
    const error = lib.FPDF_GetLastError();
    free(memory);
    throw new Refusal(error === ERROR_PASSWORD || error === ERROR_SECURITY ? 'password' : 'corrupt');
  }
  const pages = lib.FPDF_GetPageCount(doc);
  const sizes = new Map<number, { readonly width: number; readonly height: number }>();

  const pagesOpen = openPages(lib, doc, pages);
  const withPage = <T>(index: number, work: (page: number) => T): T | undefined => {
    const page = pagesOpen.load(index);
    return page === 0 ? undefined : work(page);
  };

  const draw = <T>(
    page: number,
    width: number,
    height: number,
    part: Part,
    flags: number,
    work: (from: number) => T,
  ): T => {
    const bitmap = lib.FPDFBitmap_Create(part.width, part.height, 0);
    if (bitmap === 0) throw new Refusal('memory');
    try {
      if (lib.FPDFBitmap_GetStride(bitmap) !== part.width * 4) throw new Refusal('memory');
      lib.FPDFBitmap_FillRect(bitmap, 0, 0, part.width, part.height, 0xffffffff);
      lib.FPDF_RenderPageBitmap(bitmap, page, -part.left, -part.top, width, height, 0, REVERSE_BYTE_ORDER | flags);
      if (flags & ANNOTATIONS) drawFields(lib, doc, page, bitmap, part);
      return work(lib.FPDFBitmap_GetBuffer(bitmap));
    } finally {
      lib.FPDFBitmap_Destroy(bitmap);
    }
  };
  const copied = (page: number, width: number, height: number, part: Part, flags: number) =>
    draw(page, width, height, part, flags, (from) => heap(lib).slice(from, from + part.width * part.height * 4));
  const whole = (width: number, height: number): Part => ({ left: 0, top: 0, width, height });

  const readText = (page: number) => {
    const handle = lib.FPDFText_LoadPage(page);
    if (handle === 0) return '';
    const count = Math.min(lib.FPDFText_CountChars(handle), MAX_TEXT);
    const buffer = count > 0 ? malloc((count + 1) * 2) : 0;
    let text = '';
    if (buffer !== 0) {
      const written = lib.FPDFText_GetText(handle, 0, count, buffer);
      text = Buffer.from(heap(lib).slice(buffer, buffer + Math.max(0, written - 1) * 2)).toString('utf16le');
      free(buffer);
    }
    lib.FPDFText_ClosePage(handle);
    return text;
  };

  return {
    pages,
    copy: () => save(lib, doc),
    size: (index) => {
      const known = sizes.get(index);
      if (known) return known;
      const size = withPage(index, (page) => ({
        width: lib.FPDF_GetPageWidthF(page),
        height: lib.FPDF_GetPageHeightF(page),
      })) ?? { width: 0, height: 0 };
      sizes.set(index, size);
      return size;
    },
    render: (index, width, height, annotated = false) =>
      withPage(index, (page) => copied(page, width, height, whole(width, height), annotated ? ANNOTATIONS : 0)),
    withRender: (index, width, height, work, rough = false) =>
      withPage(index, (page) =>
        draw(page, width, height, whole(width, height), rough ? NO_SMOOTHING : 0, (from) =>
          work(() => heap(lib).subarray(from, from + width * height * 4)),
        ),
      ),
    renderPart: (index, width, height, part) => withPage(index, (page) => copied(page, width, height, part, 0)),
    withPage,
    text: (index) => withPage(index, readText) ?? '',
    textOutside: (index) => withPage(index, (page) => textOutside(lib, page)) ?? false,
    remains: () => {
      const found: string[] = [];
      if (lib.FPDFDoc_GetAttachmentCount(doc) > 0) found.push('attachment');
      if (lib.FPDFDoc_GetJavaScriptActionCount(doc) > 0) found.push('script');
      if (lib.FPDFBookmark_GetFirstChild(doc, 0) !== 0) found.push('bookmark');
      if (lib.FPDF_CountNamedDests(doc) > 0) found.push('destination');
      if (lib.FPDF_GetFormType(doc) !== 0) found.push('form-field');
      for (const key of ['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer', 'CreationDate', 'ModDate'])
        if (lib.FPDF_GetMetaText(doc, key, 0, 0) > 2) found.push('metadata');
      for (let index = 0; index < pages; index++)
        if (lib.EPDFPage_GetAnnotCountRaw(doc, index) > 0) found.push('annotation');
      return found;
    },
    close: () => {
      pagesOpen.close();
      lib.FPDF_CloseDocument(doc);
      free(memory);
    },
  };
}

/** What the pages of one document that are kept loaded may hold, in bytes, and how many they may be. */
const KEPT_BYTES = 8 * 1024 * 1024;
const KEPT_PAGES = 24;
/** About so many bytes has an object of a page, and a sample of a picture that was decoded. */
const OBJECT_BYTES = 500;
const SAMPLE_BYTES = 4;
const MOST_LOOKED_AT = 5000;

interface OpenPages {
  /** The engine's handle of a page; 0 when it cannot be read. */
  load(index: number): number;
  close(): void;
}

/**
 * A page's content is parsed whenever it is loaded, and with the last page that uses it a font goes too: the last pages stay loaded as long as they hold little, and a page goes only when the next one has come.
 * One with large pictures goes before, as ever one alone of them was held.
 */
function openPages(lib: WrappedPdfiumModule, doc: number, pages: number): OpenPages {
  const loaded = new Map<number, { readonly page: number; readonly bytes: number }>();
  const unload = (fits: (bytes: number, count: number) => boolean, last?: number) => {
    let bytes = 0;
    for (const each of loaded.values()) bytes += each.bytes;
    for (const [index, each] of loaded) {
      if (index === last || fits(bytes, loaded.size)) return;
      lib.FPDF_ClosePage(each.page);
      loaded.delete(index);
      bytes -= each.bytes;
    }
  };
  return {
    load: (index) => {
      const known = loaded.get(index);
      if (known) {
        // The last one used is the last to go.
        loaded.delete(index);
        loaded.set(index, known);
        return known.page;
      }
      unload((bytes) => bytes <= KEPT_BYTES);
      const page = lib.FPDF_LoadPage(doc, index);
      if (page === 0) return 0;
      loaded.set(index, { page, bytes: pages > 1 ? heldBy(lib, page) : 0 });
      unload((bytes, count) => bytes <= KEPT_BYTES && count <= KEPT_PAGES, index);
      return page;
    },
    close: () => unload(() => false),
  };
}

/** About how many bytes a page holds once it was drawn. */
function heldBy(lib: WrappedPdfiumModule, page: number): number {
  const place = lib.pdfium.wasmExports.malloc(8);
  let bytes = 0;
  let left = MOST_LOOKED_AT;
  const add = (count: number, get: (index: number) => number) => {
    left -= count;
    bytes += count * OBJECT_BYTES;
    for (let index = 0; index < count && left >= 0; index++) {
      const object = get(index);
      const type = lib.FPDFPageObj_GetType(object);
      if (type === FORM_OBJECT)
        add(lib.FPDFFormObj_CountObjects(object), (inner) => lib.FPDFFormObj_GetObject(object, inner));
      else if (type === IMAGE_OBJECT && lib.FPDFImageObj_GetImagePixelSize(object, place, place + 4)) {
        const [across = 0, down = 0] = new Uint32Array(heap(lib).buffer, place, 2);
        bytes += across * down * SAMPLE_BYTES;
      }
    }
  };
  add(lib.FPDFPage_CountObjects(page), (index) => lib.FPDFPage_GetObject(page, index));
  lib.pdfium.wasmExports.free(place);
  return left < 0 ? Number.POSITIVE_INFINITY : bytes;
}

/** Form fields are drawn by the part of the engine that would fill them in; no script of the document runs. */
function drawFields(
  lib: WrappedPdfiumModule,
  doc: number,
  page: number,
  bitmap: number,
  { width, height }: Part,
): void {
  const info = lib.PDFiumExt_OpenFormFillInfo();
  const form = lib.PDFiumExt_InitFormFillEnvironment(doc, info);
  if (form !== 0) {
    lib.FPDF_SetFormFieldHighlightAlpha(form, 0);
    lib.FORM_OnAfterLoadPage(page, form);
    lib.FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, REVERSE_BYTE_ORDER | ANNOTATIONS);
    lib.FORM_OnBeforeClosePage(page, form);
    lib.PDFiumExt_ExitFormFillEnvironment(form);
  }
  lib.PDFiumExt_CloseFormFillInfo(info);
}

function save(lib: WrappedPdfiumModule, doc: number): Uint8Array {
  const { malloc, free } = lib.pdfium.wasmExports;
  const writer = lib.PDFiumExt_OpenFileWriter();
  try {
    if (!lib.FPDF_SaveAsCopy(doc, writer, REMOVE_SECURITY)) throw new Refusal('corrupt');
    const size = lib.PDFiumExt_GetFileWriterSize(writer);
    const target = malloc(size);
    if (target === 0) throw new Refusal('memory');
    lib.PDFiumExt_GetFileWriterData(writer, target, size);
    const bytes = heap(lib).slice(target, target + size);
    free(target);
    return bytes;
  } finally {
    lib.PDFiumExt_CloseFileWriter(writer);
  }
}

/** Compares the bounds of text objects with the page's box (the crop box within the media box). Extracted text would not do: it leaves them out. */
function textOutside(lib: WrappedPdfiumModule, page: number): boolean {
  const { malloc, free } = lib.pdfium.wasmExports;
  const place = malloc(32);
  const floats = (from: number) => Array.from(new Float32Array(heap(lib).buffer, place + from, 4));
  try {
    if (!lib.FPDF_GetPageBoundingBox(page, place)) return false;
    const [left = 0, top = 0, right = 0, bottom = 0] = floats(0);
    for (let index = lib.FPDFPage_CountObjects(page) - 1; index >= 0; index--) {
      const object = lib.FPDFPage_GetObject(page, index);
      if (lib.FPDFPageObj_GetType(object) !== TEXT_OBJECT) continue;
      if (!lib.FPDFPageObj_GetBounds(object, place + 16, place + 20, place + 24, place + 28)) continue;
      const [from = 0, low = 0, to = 0, high = 0] = floats(16);
      if (to < left || from > right || high < bottom || low > top) return true;
    }
    return false;
  } finally {
    free(place);
  }
}

/** The engine's memory as it is now: growing replaces it, so nobody may keep it. The package's types leave it out. */
export function heap(lib: WrappedPdfiumModule): Uint8Array {
  return (lib.pdfium as unknown as { readonly HEAPU8: Uint8Array }).HEAPU8;
}
