/** A growing buffer that can be cut back to an earlier length. */
export interface ByteWriter {
  length(): number;
  text(value: string): void;
  bytes(value: Uint8Array): void;
  cut(length: number): void;
  done(): Uint8Array;
}

const MANY = 4096;

/** Gives an empty writer. Text is written as Latin-1, one byte for each character. */
export function byteWriter(initial = 4096): ByteWriter {
  let buffer = Buffer.allocUnsafe(initial);
  let used = 0;
  const room = (more: number) => {
    if (used + more <= buffer.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(buffer.length * 2, used + more));
    buffer.copy(bigger, 0, 0, used);
    buffer = bigger;
  };
  // Operators are short: many are written at once.
  let pending = '';
  const flush = () => {
    if (pending === '') return;
    room(pending.length);
    used += buffer.write(pending, used, 'latin1');
    pending = '';
  };
  return {
    length: () => used + pending.length,
    text: (value) => {
      pending += value;
      if (pending.length > MANY) flush();
    },
    bytes: (value) => {
      flush();
      room(value.length);
      buffer.set(value, used);
      used += value.length;
    },
    cut: (length) => {
      flush();
      used = Math.min(used, length);
    },
    done: () => {
      flush();
      return Uint8Array.from(buffer.subarray(0, used));
    },
  };
}
