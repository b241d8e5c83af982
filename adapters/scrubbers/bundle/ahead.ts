import type { ByteSource } from '../../../domain/bytes.ts';

const MB = 1024 * 1024;
/** So much is read at a time where one read goes on from another. */
const AHEAD = 4 * MB;
/** What lies between two files of an archive is no longer: a name and a header. */
const BETWEEN = 64 * 1024;
/** Pieces that are kept: files are in work at the same time, and one may begin in the piece before. */
const KEPT = 2;

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly bytes: Promise<Uint8Array>;
}

/**
 * Gives a source that reads ahead of reads that follow each other, and keeps the last two pieces of 4 MB: the files of a study are small and lie one behind the other, and to read a header of thirty bytes a sealed source opens a megabyte. What it
 * gives is shared, and not to be changed. Throws what the source throws.
 */
export function readAhead(source: ByteSource): ByteSource {
  let pieces: readonly Piece[] = [];
  return {
    length: source.length,
    read: async (from, to) => {
      // A large file is read once, and kept by nobody.
      if (to - from > AHEAD) return source.read(from, to);
      let piece = pieces.find((one) => one.from <= from && to <= one.to);
      if (!piece) {
        const follows = pieces.some((one) => one.from <= from && from <= one.to + BETWEEN);
        const end = Math.max(to, follows ? Math.min(source.length, from + AHEAD) : to);
        const read: Piece = { from, to: end, bytes: source.read(from, end) };
        pieces = [...pieces, read].slice(-KEPT);
        // What failed is asked for again.
        read.bytes.catch(() => {
          pieces = pieces.filter((one) => one !== read);
        });
        piece = read;
      }
      return (await piece.bytes).subarray(from - piece.from, to - piece.from);
    },
  };
}
