import { isOffice } from '../../domain/documents.ts';
import type { FileFormat } from '../../domain/ports.ts';
import { bundleFormat } from './bundle/format.ts';
import type { Format } from './format.ts';
import { pdfFormat } from './pdf/format.ts';
import { loadPdfium } from './pdf/pdfium.ts';
import { Refusal } from './refusal.ts';
import { type FileKind, sniff } from './sniff.ts';
import { textFormat } from './text/format.ts';

/** What the engine opens files with: one scrubber for each kind. */
export interface Formats {
  /** By what the bytes are. Refuses with 'unknown-kind' (params.kind) what none of them takes. */
  forFile(file: Uint8Array): Format;
  forFormat(format: FileFormat): Format;
  picture(file: Uint8Array, page: number, width: number, annotated: boolean): Promise<Uint8Array>;
  text(file: Uint8Array, page: number): Promise<string>;
}

const PICTURES: readonly FileKind[] = ['jpeg', 'png', 'tiff', 'webp', 'heic'];
const OFFICE: readonly FileKind[] = ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp'];

/** Its decoders are loaded with the first picture: a process that sees none starts sooner, in less memory. */
const picturesFormat: Format = {
  prepare: async (...given) => (await pictures()).prepare(...given),
  redact: async (...given) => (await pictures()).redact(...given),
  pages: async (file) => (await pictures()).pages(file),
  picture: async (...given) => {
    const drawn = (await pictures()).picture?.(...given);
    if (!drawn) throw new Refusal('no-such-page');
    return drawn;
  },
};

/** Loaded with the first document: most files are none. */
const officeFormat: Format = {
  prepare: async (...given) => (await office()).prepare(...given),
  redact: async (...given) => (await office()).redact(...given),
  pages: async (file) => (await office()).pages(file),
  picture: async (...given) => {
    const drawn = (await office()).picture?.(...given);
    if (!drawn) throw new Refusal('no-such-page');
    return drawn;
  },
  text: async (...given) => {
    const said = (await office()).text?.(...given);
    if (said === undefined) throw new Refusal('no-such-page');
    return said;
  },
};

/** Loaded with the first file of its kind: the standard's tables take a moment. */
function dicomFormat(pdf: Format): Format {
  let loaded: Promise<Format> | undefined;
  const dicom = () => {
    loaded ??= import('./dicom/format.ts').then((format) => format.dicomFormat(pdf));
    return loaded;
  };
  return {
    prepare: async (...given) => (await dicom()).prepare(...given),
    redact: async (...given) => (await dicom()).redact(...given),
    pages: async (file) => (await dicom()).pages(file),
    picture: async (...given) => {
      const drawn = (await dicom()).picture?.(...given);
      if (!drawn) throw new Refusal('no-such-page');
      return drawn;
    },
    text: async (...given) => {
      const said = (await dicom()).text?.(...given);
      if (said === undefined) throw new Refusal('no-such-page');
      return said;
    },
  };
}

async function office(): Promise<Format> {
  return (await import('./office/format.ts')).officeFormat;
}

async function pictures(): Promise<Format> {
  return (await import('./pictures/format.ts')).picturesFormat;
}

/** Loads the engines, once in a process. */
export async function formats(): Promise<Formats> {
  const pdf = pdfFormat(await loadPdfium());
  const forFile = (file: Uint8Array): Format => {
    const kind = sniff(file);
    if (kind === 'pdf') return pdf;
    if (PICTURES.includes(kind)) return picturesFormat;
    if (kind === 'text') return textFormat;
    if (OFFICE.includes(kind)) return officeFormat;
    if (kind === 'zip') return bundle;
    if (kind === 'dicom') return dicom;
    throw kind === 'doc' ? new Refusal('old-office') : new Refusal('unknown-kind', { kind });
  };
  const bundle = bundleFormat(forFile);
  const dicom = dicomFormat(pdf);
  return {
    forFile,
    forFormat: (format) => {
      if (format === 'pdf') return pdf;
      if (isOffice(format)) return officeFormat;
      if (format === 'zip') return bundle;
      if (format === 'dicom') return dicom;
      return format === 'text' || format === 'csv' ? textFormat : picturesFormat;
    },
    picture: async (file, page, width, annotated) => {
      const drawn = forFile(file).picture?.(file, page, width, annotated);
      if (!drawn) throw new Refusal('no-such-page');
      return drawn;
    },
    text: async (file, page) => {
      const said = await forFile(file).text?.(file, page);
      if (said === undefined) throw new Refusal('no-such-page');
      return said;
    },
  };
}
