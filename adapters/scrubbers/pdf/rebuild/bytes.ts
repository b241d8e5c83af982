/** A growing buffer that can be cut back to an earlier length. */
export interface ByteWriter {
  length(): number;
  text(value: string): void;
  bytes(value: Uint8Array): void;
  cut(length: number): void;
  done(): Uint8Array;
}

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
  return {
    length: () => used,
    text: (value) => {
      room(value.length);
      used += buffer.write(value, used, 'latin1');
    },
    bytes: (value) => {
      room(value.length);
      buffer.set(value, used);
      used += value.length;
    },
    cut: (length) => {
      used = Math.min(used, length);
    },
    done: () => Uint8Array.from(buffer.subarray(0, used)),
  };
}
