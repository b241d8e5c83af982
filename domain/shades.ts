/** The window that shades are shown through (DICOM PS3.3, C.11.2), in what the shades mean: black up to its lower end, white from its upper one on. */
export interface ShadeWindow {
  readonly center: number;
  readonly width: number;
}

/** What a frame's samples are. A grey one means `least + step × sample`; colours are red, green and blue of 8 bits. */
export interface ShadesHead {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Of a sample. */
  readonly bytes: 1 | 2;
  readonly least: number;
  readonly step: number;
  /** The greatest sample there is. */
  readonly most: number;
  /** The least value is white (MONOCHROME1). */
  readonly inverse: boolean;
  /** The file's own, or one that holds all that is there. */
  readonly window: ShadeWindow;
  /** The shades are Hounsfield's units: windows have names. */
  readonly hounsfield: boolean;
}

/** A frame with all the shades that it has: more than a picture of 8 bits can show at once. */
export interface Shades extends ShadesHead {
  readonly samples: Uint8Array | Uint16Array;
}

const PREFIX = 4;

/** The frame as bytes: the length of the head (32 bits, little-endian), the head as JSON padded to a multiple of four, and the samples, words in little-endian order. */
export function packShades({ samples, ...head }: Shades): Uint8Array {
  const words = new TextEncoder().encode(JSON.stringify(head));
  const from = PREFIX + Math.ceil(words.length / 4) * 4;
  const own = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  const packed = new Uint8Array(from + own.length).fill(0x20, PREFIX, from);
  new DataView(packed.buffer).setUint32(0, from - PREFIX, true);
  packed.set(words, PREFIX);
  packed.set(own, from);
  return packed;
}

/** The frame of bytes that `packShades` made. Throws where they are none, or not whole. */
export function unpackShades(packed: ArrayBuffer): Shades {
  const from = PREFIX + new DataView(packed).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(packed, PREFIX, from - PREFIX))) as ShadesHead;
  const count = head.width * head.height * head.channels;
  if (packed.byteLength !== from + count * head.bytes) throw new RangeError('the frame is not whole');
  const samples = head.bytes === 2 ? new Uint16Array(packed, from, count) : new Uint8Array(packed, from, count);
  return { ...head, samples };
}

/** The frame through a window, four bytes a pixel: red, green, blue, and nothing transparent. */
export function throughWindow(shades: Shades, { center, width }: ShadeWindow): Uint8ClampedArray<ArrayBuffer> {
  const { samples, channels, least, step, most, inverse } = shades;
  const low = center - width / 2;
  const scale = 255 / Math.max(1e-9, width);
  const table = new Uint8ClampedArray(most + 1);
  for (let sample = 0; sample <= most; sample++) {
    const shade = (least + step * sample - low) * scale;
    table[sample] = inverse ? 255 - shade : shade;
  }
  const count = shades.width * shades.height;
  const pixels = new Uint8ClampedArray(count * 4).fill(255);
  for (let at = 0, from = 0, to = 0; at < count; at++, from += channels, to += 4) {
    const first = table[samples[from] as number] as number;
    pixels[to] = first;
    pixels[to + 1] = channels === 1 ? first : (table[samples[from + 1] as number] as number);
    pixels[to + 2] = channels === 1 ? first : (table[samples[from + 2] as number] as number);
  }
  return pixels;
}
