/** Gives memory for so many bytes, all of which are to be overwritten: what stands there may be of the file before. It holds until the next is asked for. */
export type Room = (bytes: number) => Uint8Array;

const MOST = 16 * 1024 * 1024;

/** Memory that is used for one file after the other: to be given new memory for each slice takes longer than what is done in it. What is larger than 16 MB gets its own. */
export function createRoom(): Room {
  let held = new ArrayBuffer(0);
  return (bytes) => {
    if (bytes > MOST) return new Uint8Array(bytes);
    if (held.byteLength < bytes) held = new ArrayBuffer(Math.min(MOST, bytes + (bytes >> 2)));
    return new Uint8Array(held, 0, bytes);
  };
}

/** Memory of its own for each. */
export const newRoom: Room = (bytes) => new Uint8Array(bytes);
