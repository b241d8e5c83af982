/** Texts to look for. */
export interface Needles {
  /** The indices of the texts that stand in `haystack` in one of their encodings. */
  findIn(haystack: Uint8Array): Set<number>;
}

/**
 * Takes texts and gives a search that looks for all of them in one pass over the bytes: as Latin-1, UTF-8, UTF-16 of either byte order, and
 * hexadecimal (PDF 32000-1, 7.9.2). Texts whose encoding is shorter than 4 bytes are never found. Most of a haystack is passed over in steps of three bytes, by what two bytes tell
 * about the first four of any text (Wu and Manber, 'A fast algorithm for multi-pattern searching', 1994).
 */
export function needles(texts: readonly string[]): Needles {
  const steps = new Uint8Array(65536).fill(3);
  const byStart = new Map<number, { readonly bytes: Buffer; readonly index: number }[]>();
  const add = (bytes: Buffer, index: number) => {
    if (bytes.length < 4) return;
    for (const [offset, step] of [2, 1, 0].entries()) {
      const pair = bytes.readUInt16BE(offset);
      steps[pair] = Math.min(steps[pair] as number, step);
    }
    const start = bytes.readUInt32BE(0);
    const list = byStart.get(start) ?? [];
    byStart.set(start, list);
    if (!list.some((other) => other.index === index && other.bytes.equals(bytes))) list.push({ bytes, index });
  };
  for (const [index, text] of texts.entries()) {
    const utf8 = Buffer.from(text, 'utf8');
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    add(utf8, index);
    if (/^[\0-\xff]*$/.test(text)) add(Buffer.from(text, 'latin1'), index);
    add(little, index);
    add(big, index);
    for (const bytes of [utf8, big]) {
      add(Buffer.from(bytes.toString('hex'), 'latin1'), index);
      add(Buffer.from(bytes.toString('hex').toUpperCase(), 'latin1'), index);
    }
  }
  return {
    findIn: (haystack) => {
      const found = new Set<number>();
      const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
      if (byStart.size === 0) return found;
      const last = bytes.length - 4;
      let at = 0;
      while (at <= last) {
        const step = steps[((haystack[at + 2] as number) << 8) | (haystack[at + 3] as number)] as number;
        if (step > 0) {
          at += step;
          continue;
        }
        const start = at++;
        const list = byStart.get(bytes.readUInt32BE(start));
        if (!list) continue;
        for (const needle of list)
          if (
            bytes.compare(
              needle.bytes,
              0,
              needle.bytes.length,
              start,
              Math.min(bytes.length, start + needle.bytes.length),
            ) === 0
          )
            found.add(needle.index);
      }
      return found;
    },
  };
}
