import type { Layout } from './layout.ts';
import { vectors } from './vectors.ts';

/** How the stored values of a frame are spread: the least and the greatest that are there, and how many are at or above one, or at or below it. Above `most` it may be any number that is greater. */
export interface Shades {
  readonly least: number;
  readonly greatest: number;
  countFrom(value: number, most: number): number;
  countTo(value: number, most: number): number;
  /** Of every fourth row of so many words, how many are `dark` or less, with one that is `ground` or more above and one below, so far or so near; undefined where that cannot be counted quickly. */
  countDark?(
    width: number,
    rows: { readonly far: number; readonly near: number },
    dark: number,
    ground: number,
  ): number;
}

/** Counts the stored values of a frame of one sample a pixel, without what lies beside their bits; of words of 32 bits the upper half alone. Another frame may be asked for only when nothing more is asked of this one. */
export function shadesOf(bytes: Uint8Array, { bitsAllocated, bitsStored, highBit, signed }: Layout): Shades {
  const size = bitsAllocated <= 8 ? 1 : bitsAllocated / 8;
  const shift = Math.max(0, highBit + 1 - bitsStored) + Math.max(0, bitsStored - 16);
  const mask = 2 ** Math.min(16, bitsStored) - 1;
  // With its sign turned round a negative value comes before a positive one.
  const sign = signed ? (mask + 1) / 2 : 0;
  const scale = 2 ** Math.max(0, bitsStored - 16);
  const places = (size === 2 && quickly(bytes, shift, mask, sign)) || counted(wordsOf(bytes, size), shift, mask, sign);
  return {
    least: (places.first - sign) * scale,
    greatest: (places.last - sign) * scale,
    countFrom: (value, most) => places.from(Math.ceil(value / scale) + sign, most),
    countTo: (value, most) => places.to(Math.floor(value / scale) + sign, most),
    ...(places.dark && scale === 1
      ? {
          countDark: (width, rows, dark, ground) =>
            places.dark?.(width, rows, Math.floor(dark) + sign, Math.ceil(ground) + sign) ?? 0,
        }
      : {}),
  };
}

/** The same by places from 0 to the mask, in which what is not there may be asked for. */
interface Places {
  readonly first: number;
  readonly last: number;
  readonly from: (place: number, most: number) => number;
  readonly to: (place: number, most: number) => number;
  readonly dark?: NonNullable<Shades['countDark']>;
}

function wordsOf(bytes: Uint8Array, size: number): Uint8Array | Uint16Array | Uint32Array {
  if (size === 1) return bytes;
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  const length = Math.floor(bytes.length / size);
  return size === 2 ? new Uint16Array(buffer, byteOffset, length) : new Uint32Array(buffer, byteOffset, length);
}

const WHOLE = 0xffff;

/** Most slices are of words of 16 bits. */
function quickly(bytes: Uint8Array, shift: number, mask: number, sign: number): Places | undefined {
  const by = vectors();
  if (!by?.take(bytes)) return undefined;
  const whole = shift === 0 && sign === 0 ? by.extremes(0, WHOLE, 0) : undefined;
  // Where nothing stands beside the bits that are stored, words need not be masked.
  const isWhole = whole !== undefined && whole.greatest <= mask;
  const meant = isWhole ? WHOLE : mask;
  const { least: first, greatest: last } = isWhole ? whole : by.extremes(shift, mask, sign);
  return {
    first,
    last,
    from: (place, most) => (place <= last ? by.countFrom(Math.max(0, place), shift, meant, sign, most) : 0),
    // Counted from the other end.
    to: (place, most) => (place >= first ? by.countFrom(Math.max(0, mask - place), shift, mask, sign ^ mask, most) : 0),
    dark: (width, { far, near }, dark, ground) => {
      const asked = { dark, ground, far: far * width, near: near * width };
      let count = 0;
      for (let y = far; y < bytes.length / 2 / width - far; y += 4)
        count += by.countDark(y * width, width, [shift, meant, sign], asked);
      return count;
    },
  };
}

/** Neighbours are much alike, and a processor waits for a count that it has just written: two tables take turns. */
function counted(words: Uint8Array | Uint16Array | Uint32Array, shift: number, mask: number, sign: number): Places {
  const [counts, others] = [new Uint32Array(mask + 1), new Uint32Array(mask + 1)];
  for (let at = 0; at < words.length; at += 2) {
    const one = (((words[at] as number) >>> shift) & mask) ^ sign;
    counts[one] = (counts[one] as number) + 1;
    if (at + 1 === words.length) break;
    const other = (((words[at + 1] as number) >>> shift) & mask) ^ sign;
    others[other] = (others[other] as number) + 1;
  }
  for (let place = 0; place <= mask; place++) counts[place] = (counts[place] as number) + (others[place] as number);
  let [first, last] = [0, mask];
  while (first < last && counts[first] === 0) first++;
  while (last > first && counts[last] === 0) last--;
  const between = (from: number, to: number) => {
    let count = 0;
    for (let place = Math.max(first, from); place <= Math.min(last, to); place++) count += counts[place] as number;
    return count;
  };
  return { first, last, from: (place) => between(place, last), to: (place) => between(first, place) };
}
