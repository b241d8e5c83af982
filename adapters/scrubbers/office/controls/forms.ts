/** What a control of Microsoft Forms has that is shown: colours as 0x00BBGGRR, or 0x80000000 and the number of one of the system's; the letters' height in twips. */
export interface Control {
  readonly caption?: string;
  readonly value?: string;
  readonly fore?: number;
  readonly back?: number;
  readonly flags?: number;
  readonly password?: number;
  readonly height?: number;
}

/**
 * A property in the order of the mask's bits: so many bytes, or bytes with a name; a text, whose length stands in its place, and a pair of numbers come behind all others. What is drawn over a picture may be seen or not.
 */
type Field =
  | number
  | readonly [name: keyof Control, bytes: number]
  | 'caption'
  | 'value'
  | 'other'
  | 'pair'
  | 'picture';
interface Layout {
  readonly mask: 4 | 8;
  readonly fields: readonly Field[];
}

const COLOURS: readonly Field[] = [
  ['fore', 4],
  ['back', 4],
  ['flags', 4],
];
/** [MS-OFORMS] 2.2.1, 2.2.4 and 2.2.5. */
const BUTTON: Layout = { mask: 4, fields: [...COLOURS, 'caption', 4, 'pair', 1, 'picture', 2, 0, 'picture'] };
const LABEL: Layout = { mask: 4, fields: [...COLOURS, 'caption', 4, 'pair', 1, 4, 2, 2, 'picture', 2, 'picture'] };
const MORPH: Layout = {
  mask: 8,
  fields: [
    ...([['flags', 4], ['back', 4], ['fore', 4], 4, 1, 1, 1, 1, 'pair', ['password', 2]] as const),
    ...([4, 2, 2, 2, 2, 2, 1, 1, 1, 0, 1, 1, 'value', 'caption', 4, 4, 4] as const),
    ...(['picture', 'picture', 2, 0, 0, 'other'] as const),
  ],
};
/** 2.3.1: of the letters' look their height. */
const LETTERS: Layout = { mask: 4, fields: ['other', 4, ['height', 4]] };

/** Reads a control as it is stored ([MS-OFORMS] 2.2). Gives undefined for one that is damaged or has a picture. */
export function controlOf(data: Buffer, kind: 'button' | 'label' | 'morph'): Control | undefined {
  try {
    const control = read(data, { button: BUTTON, label: LABEL, morph: MORPH }[kind]);
    const letters = control && read(data.subarray(4 + data.readUInt16LE(2)), LETTERS);
    return letters && { ...letters, ...control };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function read(data: Buffer, { mask, fields }: Layout): Control | undefined {
  if (data.readUInt16LE(0) !== 0x0200) return undefined;
  const bits = mask === 8 ? data.readBigUInt64LE(4) : BigInt(data.readUInt32LE(4));
  const found: Record<string, number | string> = {};
  const behind: (readonly [name: string, length: number])[] = [];
  let at = 4 + mask;
  for (const [bit, field] of fields.entries()) {
    if ((bits & (1n << BigInt(bit))) === 0n) continue;
    if (field === 'picture') return undefined;
    if (field === 'pair') behind.push([field, PAIR]);
    else {
      const [name, bytes] = typeof field === 'number' ? ['', field] : typeof field === 'string' ? [field, 4] : field;
      at = aligned(at, bytes);
      const number = bytes === 0 ? 0 : data.readUIntLE(at, bytes);
      if (typeof field === 'string') behind.push([field, number]);
      else if (name !== '') found[name] = number;
      at += bytes;
    }
  }
  return { ...found, ...textsOf(data, aligned(at, 4), behind) };
}

function textsOf(data: Buffer, from: number, behind: readonly (readonly [name: string, length: number])[]) {
  const texts: Record<string, string> = {};
  let at = from;
  for (const [name, length] of behind) {
    const end = at + (length & ~NARROW);
    if (end > data.length) throw new RangeError();
    texts[name] = data.toString(length >>> 0 >= NARROW ? 'latin1' : 'utf16le', at, end);
    at = aligned(end, 4);
  }
  return texts;
}

/** The bytes of a pair of numbers. */
const PAIR = 8;
/** This bit of a text's length says that the upper byte of each letter, being zero, is left out. */
const NARROW = 0x80000000;

const aligned = (at: number, bytes: number) => (bytes === 0 ? at : Math.ceil(at / bytes) * bytes);
