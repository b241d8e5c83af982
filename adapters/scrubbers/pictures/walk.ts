import { Refusal } from '../refusal.ts';
import { walkJpeg } from './jpeg-segments.ts';
import { walkPng } from './png-chunks.ts';
import type { Walked } from './tally.ts';
import { walkTiff } from './tiff-tags.ts';
import { walkWebp } from './webp-chunks.ts';

/** The kinds of pictures whose containers we walk ourselves. */
export type Container = 'jpeg' | 'png' | 'tiff' | 'webp';

const WALKS: Readonly<Record<Container, (file: Uint8Array) => Walked>> = {
  jpeg: walkJpeg,
  png: walkPng,
  tiff: walkTiff,
  webp: walkWebp,
};

/** Whether a format is one of the pictures' own. */
export const isContainer = (format: string): format is Container => format in WALKS;

/** Walks a picture's container from its first byte to its last. Refuses with 'corrupt' one that is not built as its format says. */
export function walk(file: Uint8Array, container: Container): Walked {
  try {
    return WALKS[container](file);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('corrupt');
    throw error;
  }
}
