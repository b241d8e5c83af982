/**
 * Gives memory for so many bytes, all of which are to be overwritten: what stands there may be of the file before. It holds until the next is asked for. Where `last` are to be the last of them, it may be memory at whose end they lie already; what
 * is before them is to be written when nothing that may stand there is needed any more.
 */
export type Room = (bytes: number, last?: Uint8Array) => Uint8Array;

const MOST = 16 * 1024 * 1024;

/** Memory that is used for one file after the other: to be given new memory for each slice takes longer than what is done in it. What is larger than 16 MB gets its own. */
export function createRoom(): Room {
  const held = growing();
  return (bytes) => (bytes > MOST ? new Uint8Array(bytes) : held(bytes));
}

type Memory = (bytes: number) => Uint8Array;

/** Memory that grows with what is asked for. */
export function growing(): Memory {
  let held = new ArrayBuffer(0);
  return (bytes) => {
    if (held.byteLength < bytes) held = new ArrayBuffer(bytes + (bytes >> 2));
    return new Uint8Array(held, 0, bytes);
  };
}

/** A header that becomes longer than it was has room before it. */
const MARGIN = 64 * 1024;

export interface Rooms {
  readonly given: Room;
  readonly made: Room;
}

/** Rooms for a file that comes and for what is made of it, which may lie in the file's own: of a slice all but the header stays as it is. `memory` gives what they are in, where that is anywhere special. */
export function createRooms(memory: Memory = growing()): Rooms {
  const own = createRoom();
  let lying: Uint8Array = new Uint8Array();
  return {
    given: (bytes) => {
      if (bytes > MOST) return new Uint8Array(bytes);
      lying = memory(MARGIN + bytes);
      return lying.subarray(MARGIN);
    },
    made: (bytes, last) => {
      if (!last || last.buffer !== lying.buffer) return own(bytes);
      const from = last.byteOffset + last.length - bytes;
      return from < lying.byteOffset ? own(bytes) : new Uint8Array(lying.buffer, from, bytes);
    },
  };
}

/** Memory of its own for each. */
export const newRoom: Room = (bytes) => new Uint8Array(bytes);
