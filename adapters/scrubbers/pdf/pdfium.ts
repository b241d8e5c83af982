import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import { Refusal } from './refusal.ts';

/** A document that PDFium has open. Pages are counted from 0 here. */
export interface OpenPdf {
  readonly pages: number;
  /** The document written out whole, without encryption. */
  copy(): Uint8Array;
  /** Points, after rotation, times the user unit. */
  size(page: number): { readonly width: number; readonly height: number };
  /** RGBA samples of the page on opaque white, without annotations and form fields; undefined when the page cannot be read. */
  render(page: number, width: number, height: number): Uint8Array | undefined;
  text(page: number): string;
  /** True when a text of the page's own content stands wholly outside of what the page shows. */
  textOutside(page: number): boolean;
  /** What must never be found in an output: attachments, bookmarks, scripts, annotations, metadata entries. */
  remains(): readonly string[];
  close(): void;
}

/** Opens documents; one engine lives as long as its process. */
export interface Pdfium {
  /** Refuses with 'password' where one is needed (an empty one is tried), with 'corrupt' where nothing can be read. */
  open(file: Uint8Array): OpenPdf;
}

const ERROR_PASSWORD = 4;
const ERROR_SECURITY = 5;
const REMOVE_SECURITY = 3;
const TEXT_OBJECT = 1;
const REVERSE_BYTE_ORDER = 0x10;
const MAX_TEXT = 2_000_000;

/** Loads PDFium. Called in the child process only: hostile bytes reach it. */
export async function loadPdfium(): Promise<Pdfium> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer;
  const lib = await init({ wasmBinary });
  lib.PDFiumExt_Init();
  return { open: (file) => open(lib, file) };
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

  const withPage = <T>(index: number, work: (page: number) => T): T | undefined => {
    const page = lib.FPDF_LoadPage(doc, index);
    if (page === 0) return undefined;
    try {
      return work(page);
    } finally {
      lib.FPDF_ClosePage(page);
    }
  };

  const draw = (page: number, width: number, height: number) => {
    const bitmap = lib.FPDFBitmap_Create(width, height, 0);
    if (bitmap === 0) throw new Refusal('memory');
    try {
      lib.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      lib.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, REVERSE_BYTE_ORDER);
      const from = lib.FPDFBitmap_GetBuffer(bitmap);
      const stride = lib.FPDFBitmap_GetStride(bitmap);
      const out = new Uint8Array(width * height * 4);
      for (let y = 0; y < height; y++)
        out.set(heap(lib).subarray(from + y * stride, from + y * stride + width * 4), y * width * 4);
      for (let at = 3; at < out.length; at += 4) out[at] = 255;
      return out;
    } finally {
      lib.FPDFBitmap_Destroy(bitmap);
    }
  };

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
    copy: () => {
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
    },
    size: (index) =>
      withPage(index, (page) => ({ width: lib.FPDF_GetPageWidthF(page), height: lib.FPDF_GetPageHeightF(page) })) ?? {
        width: 0,
        height: 0,
      },
    render: (index, width, height) => withPage(index, (page) => draw(page, width, height)),
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
        if ((withPage(index, (page) => lib.FPDFPage_GetAnnotCount(page)) ?? 0) > 0) found.push('annotation');
      return found;
    },
    close: () => {
      lib.FPDF_CloseDocument(doc);
      free(memory);
    },
  };
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
function heap(lib: WrappedPdfiumModule): Uint8Array {
  return (lib.pdfium as unknown as { readonly HEAPU8: Uint8Array }).HEAPU8;
}
