import { isOffice } from '../../domain/documents.ts';
import type { FileFormat } from '../../domain/ports.ts';
import type { Format } from './format.ts';
import { Refusal } from './refusal.ts';
import { type FileKind, sniff } from './sniff.ts';

/** What the engine opens files with: one scrubber for each kind. */
export interface Formats {
  /** By what the bytes are. Refuses with 'unknown-kind' (params.kind) what none of them takes. */
  forFile(file: Uint8Array): Format;
  forFormat(format: FileFormat): Format;
  picture(file: Uint8Array, page: number, width: number, annotated: boolean): Promise<Uint8Array>;
  frame(file: Uint8Array, page: number, width: number): Promise<Uint8Array>;
  text(file: Uint8Array, page: number): Promise<string>;
}

const PICTURES: readonly FileKind[] = ['jpeg', 'png', 'tiff', 'webp', 'heic'];
const OFFICE: readonly FileKind[] = ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp'];

/** A format whose code is loaded with the first file of its kind: a process starts sooner, in less memory, and most see one kind only. */
function lazy(load: () => Promise<Format>): Format {
  let loaded: Promise<Format> | undefined;
  const format = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    prepare: async (...given) => (await format()).prepare(...given),
    redact: async (...given) => (await format()).redact(...given),
    pages: async (file) => (await format()).pages(file),
    picture: async (...given) => {
      const drawn = (await format()).picture?.(...given);
      if (!drawn) throw new Refusal('no-such-page');
      return drawn;
    },
    frame: async (...given) => {
      const held = (await format()).frame?.(...given);
      if (!held) throw new Refusal('no-such-page');
      return held;
    },
    text: async (...given) => {
      const said = (await format()).text?.(...given);
      if (said === undefined) throw new Refusal('no-such-page');
      return said;
    },
  };
}

async function loadPdf(): Promise<Format> {
  const [{ pdfFormat }, { loadPdfium }] = await Promise.all([import('./pdf/format.ts'), import('./pdf/pdfium.ts')]);
  return pdfFormat(await loadPdfium());
}

/** The scrubbers of a process, once in it. */
export function formats(): Formats {
  const pdf = lazy(loadPdf);
  const picturesFormat = lazy(async () => (await import('./pictures/format.ts')).picturesFormat);
  const textFormat = lazy(async () => (await import('./text/format.ts')).textFormat);
  const officeFormat = lazy(async () => (await import('./office/format.ts')).officeFormat);
  const dicom = lazy(async () => (await import('./dicom/format.ts')).dicomFormat(pdf));
  const forFile = (file: Uint8Array): Format => {
    const kind = sniff(file);
    if (kind === 'pdf') return pdf;
    if (PICTURES.includes(kind)) return picturesFormat;
    if (kind === 'text') return textFormat;
    if (OFFICE.includes(kind)) return officeFormat;
    // Bundles are opened file by file: what comes here as one cannot be.
    if (kind === 'zip') throw new Refusal('corrupt');
    if (kind === 'dicom') return dicom;
    throw kind === 'doc' ? new Refusal('old-office') : new Refusal('unknown-kind', { kind });
  };
  return {
    forFile,
    forFormat: (format) => {
      if (format === 'pdf') return pdf;
      if (isOffice(format)) return officeFormat;
      if (format === 'zip') throw new Refusal('corrupt');
      if (format === 'dicom') return dicom;
      return format === 'text' || format === 'csv' ? textFormat : picturesFormat;
    },
    picture: async (file, page, width, annotated) => {
      const drawn = forFile(file).picture?.(file, page, width, annotated);
      if (!drawn) throw new Refusal('no-such-page');
      return drawn;
    },
    frame: async (file, page, width) => {
      const held = forFile(file).frame?.(file, page, width);
      if (!held) throw new Refusal('no-such-page');
      return held;
    },
    text: async (file, page) => {
      const said = await forFile(file).text?.(file, page);
      if (said === undefined) throw new Refusal('no-such-page');
      return said;
    },
  };
}
