import { latin1 } from './data-set.ts';

/** Character sets of one byte or UTF-8 by their defined terms (PS3.3, C.12.1.1.2), as the encoding standard names them. */
const whole: Readonly<Record<string, string>> = {
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'windows-1254',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

type Decode = (bytes: Uint8Array) => string;

const decoders = new Map<string, Decode>();
function decoder(label: string): Decode {
  let found = decoders.get(label);
  if (!found) {
    const made = new TextDecoder(label);
    found = (bytes) => made.decode(bytes);
    decoders.set(label, found);
  }
  return found;
}

/** Two bytes of a set of 94 by 94 as the encoding that holds it has them: with the high bits set. */
const high = (label: string, prefix: readonly number[] = []): Decode => {
  return (bytes) => {
    const moved: number[] = [];
    for (let at = 0; at < bytes.length; at += 2)
      moved.push(...prefix, ...[...bytes.subarray(at, at + 2)].map((byte) => byte | 0x80));
    return decoder(label)(Uint8Array.from(moved));
  };
};

/** What the sequences of ISO 2022 switch to (PS3.3, tables C.12-3 and C.12-4), and whether that is for bytes below 0x80. */
const switches: readonly (readonly [string, boolean, Decode])[] = [
  ['(B', true, (bytes) => decoder('iso-8859-1')(bytes)],
  ['(J', true, (bytes) => decoder('iso-8859-1')(bytes)],
  [')I', false, (bytes) => decoder('shift_jis')(bytes)],
  ['-A', false, (bytes) => decoder('iso-8859-1')(bytes)],
  ['-B', false, (bytes) => decoder('iso-8859-2')(bytes)],
  ['-C', false, (bytes) => decoder('iso-8859-3')(bytes)],
  ['-D', false, (bytes) => decoder('iso-8859-4')(bytes)],
  ['-F', false, (bytes) => decoder('iso-8859-7')(bytes)],
  ['-G', false, (bytes) => decoder('iso-8859-6')(bytes)],
  ['-H', false, (bytes) => decoder('iso-8859-8')(bytes)],
  ['-L', false, (bytes) => decoder('iso-8859-5')(bytes)],
  ['-M', false, (bytes) => decoder('windows-1254')(bytes)],
  ['-T', false, (bytes) => decoder('windows-874')(bytes)],
  ['$B', true, high('euc-jp')],
  ['$(D', true, high('euc-jp', [0x8f])],
  ['$)C', false, (bytes) => decoder('euc-kr')(bytes)],
  ['$)A', false, (bytes) => decoder('gb18030')(bytes)],
];

/** The sets that extension terms begin with, before any sequence. */
const firstHigh: Readonly<Record<string, string>> = {
  'ISO 2022 IR 13': 'shift_jis',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
};

const ESCAPE = 0x1b;

const ready = new Map<string, Decode>();
/** More than a study has. */
const MOST_READY = 50;

/**
 * Gives how words of a data set are decoded, by the terms of its Specific Character Set (0008,0005). Bytes that a set does not know become U+FFFD or, with no set named, what Latin-1 makes of them, unless they are
 * UTF-8 throughout, as many writers leave the set out. The same for the same terms.
 */
export function decoderFor(terms: readonly string[]): Decode {
  const key = terms.join('\\');
  let made = ready.get(key);
  if (!made) {
    if (ready.size >= MOST_READY) ready.clear();
    made = created(terms);
    ready.set(key, made);
  }
  return made;
}

function created(terms: readonly string[]): Decode {
  const named = terms.map((term) => term.trim());
  const first = whole[named[0] ?? ''] ?? (named[0] ? oneByte(named[0]) : undefined);
  const single = named.length < 2 ? whole[named[0] ?? ''] : undefined;
  if (single) return guarded(decoder(single));
  const base = decoder(firstHigh[named[0] ?? ''] ?? first ?? 'iso-8859-1');
  const plainly: Decode = (bytes) => (named.some((term) => term !== '') ? base(bytes) : unnamed(bytes));
  return guarded((bytes) => (bytes.includes(ESCAPE) ? switched(bytes, base) : plainly(bytes)));
}

const oneByte = (term: string) => whole[term.replace('ISO 2022 IR', 'ISO_IR')];

/** Nothing but ASCII is what nearly all values are. */
function guarded(decode: Decode): Decode {
  return (bytes) => {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte > 0x7e || byte === ESCAPE) return decode(bytes);
    }
    return latin1(bytes);
  };
}

function unnamed(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decoder('iso-8859-1')(bytes);
  }
}

function switched(bytes: Uint8Array, base: Decode): string {
  let [low, upper]: [Decode, Decode] = [base, base];
  let said = '';
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === ESCAPE) {
      const code = String.fromCharCode(...bytes.subarray(at + 1, at + 4));
      const to = switches.find(([sequence]) => code.startsWith(sequence));
      at += 1 + (to?.[0].length ?? 0);
      if (to?.[1]) low = to[2];
      else if (to) upper = to[2];
      continue;
    }
    const isHigh = (bytes[at] as number) >= 0x80;
    let end = at;
    while (end < bytes.length && bytes[end] !== ESCAPE && (bytes[end] as number) >= 0x80 === isHigh) end++;
    const piece = bytes.subarray(at, end);
    // Delimiters end a set of two bytes even where no sequence says so (PS3.5, 6.1.2.5.3).
    said += (isHigh ? upper : low)(piece);
    at = end;
  }
  return said;
}
