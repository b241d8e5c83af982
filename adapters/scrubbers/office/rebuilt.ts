import type { OfficeFormat } from '../../../domain/ports.ts';
import { rebuildOoxml } from './ooxml.ts';
import { isOpenDocument, rebuildOpenDocument } from './open-document/open-document.ts';
import type { Crop } from './pictures.ts';
import type { Piece } from './texts.ts';
import { readZip } from './zip.ts';

/** A picture of a document: where it will stand, and what it is made of. */
export interface PictureUse {
  /** Without its ending, which the picture's format gives. */
  readonly path: string;
  readonly source: Uint8Array;
  readonly crop: Crop | undefined;
}

/** A picture as it is written: its path without an ending, its bytes. */
export interface WrittenPicture {
  readonly path: string;
  readonly format: 'png' | 'jpeg';
  readonly bytes: Uint8Array;
}

/** A document that was rebuilt: nothing is in it but what is on the lists. Its texts may be changed, and it can be written. */
export interface Rebuilt {
  readonly format: OfficeFormat;
  readonly pictures: readonly PictureUse[];
  readonly count: (kind: string, times?: number) => void;
  readonly removed: ReadonlyMap<string, number>;
  /** What it says, for each section that begins a page. */
  readonly sections: () => Piece[][];
  /** Writes it with its pictures as they are given, in their order. */
  readonly write: (pictures: readonly WrittenPicture[]) => Uint8Array;
}

/**
 * Reads an Office document and rebuilds it. Refuses with 'macros', 'password', 'corrupt', 'dtd', 'too-large', 'zip-bomb', 'zip-names', 'too-many-entries', 'unknown-kind'.
 */
export async function rebuildOffice(file: Uint8Array): Promise<Rebuilt> {
  const files = await readZip(file);
  return isOpenDocument(files) ? rebuildOpenDocument(files) : rebuildOoxml(file, files);
}
