import { growing } from '../../room.ts';

/** What is counted of words of 16 bits, eight at a time. A word is taken as `((word >>> shift) & mask) ^ turn`. */
export interface Vectors {
  /** Memory of so many bytes in which words are taken as they lie; what was given before is gone then, and 16 MB and a little are the most. */
  memory(bytes: number): Uint8Array;
  /** The bytes of the words that are meant from now on, which are copied where they do not lie in `memory`; false where it cannot: then nothing else may be asked. */
  take(bytes: Uint8Array): boolean;
  /** The bits that any of them has. */
  bits(): number;
  extremes(shift: number, mask: number, turn: number): { readonly least: number; readonly greatest: number };
  /** How many are `from` or more, or a number above `most` where there are more than that. */
  countFrom(from: number, shift: number, mask: number, turn: number, most: number): number;
  /** Of a row of so many words from `at` on, how many are `dark` or less with one that is `ground` or more `far` or `near` words before, and another one behind. */
  countDark(
    at: number,
    words: number,
    places: readonly [shift: number, mask: number, turn: number],
    dark: Dark,
  ): number;
}

export interface Dark {
  readonly dark: number;
  readonly ground: number;
  /** In words; both are before the row and behind it within what was taken. */
  readonly far: number;
  readonly near: number;
}

const PAGE = 65_536;
/** The two results, before the words. */
const RESULTS = 32;
const LANES = 8;
/** A lane counts in 16 bits, so a call may go over so many words. */
const BLOCK = 32_768;
/** What is larger is not worth the memory, which is never given back. */
export const MOST_BYTES: number = 16 * 1024 * 1024;
/** Bytes of one vector. */
export const VECTOR = 16;

let made: Vectors | undefined;
let isMade = false;
let code: Uint8Array<ArrayBuffer> | undefined;

/** Gives them, one in a process; undefined on a processor without vectors of 128 bits. */
export function vectors(): Vectors | undefined {
  code ??= program();
  // None while a snapshot is made: what begins with that one has it.
  if (!isMade && typeof WebAssembly !== 'undefined') {
    isMade = true;
    made = created(code);
  }
  return made;
}

type Over = (from: number, to: number, shift: number, mask: number, turn: number, ...numbers: number[]) => void;

/** Whether words are taken as they are. */
const isPlain = (shift: number, mask: number, turn: number) => shift === 0 && mask === 0xffff && turn === 0;

/** Gives memory for a slice, of which its words are taken where they lie once there are vectors. One slice at a time. */
export function sliceMemory(): (bytes: number) => Uint8Array {
  const others = growing();
  return (bytes) => vectors()?.memory(bytes) ?? others(bytes);
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  /** All take the addresses of the first and behind the last vector. */
  readonly bits: (from: number, to: number) => void;
  readonly extremes: Over;
  readonly count: Over;
  readonly dark: Over;
  /** The same of words as they are, in half the time. */
  readonly plainExtremes: Over;
  readonly plainCount: Over;
  readonly plainDark: Over;
}

/** A memory with the functions that go over what lies in it. */
interface Place extends Exports {
  /** Gives room for so many bytes behind the results. */
  readonly room: (bytes: number) => Uint8Array;
  /** The results. */
  readonly lane: (index: number) => number;
}

function placeOf(module: WebAssembly.Module): Place {
  const own = new WebAssembly.Instance(module).exports as unknown as Exports;
  const { memory } = own;
  let lanes = new Uint16Array(memory.buffer, 0, RESULTS / 2);
  return {
    ...own,
    room: (bytes) => {
      const missing = RESULTS + bytes - memory.buffer.byteLength;
      if (missing > 0) {
        memory.grow(Math.ceil(missing / PAGE));
        lanes = new Uint16Array(memory.buffer, 0, RESULTS / 2);
      }
      return new Uint8Array(memory.buffer, RESULTS, bytes);
    },
    lane: (index) => lanes[index] as number,
  };
}

function created(code: Uint8Array<ArrayBuffer>): Vectors | undefined {
  let module: WebAssembly.Module;
  let given: Place;
  try {
    module = new WebAssembly.Module(code);
    given = placeOf(module);
  } catch {
    return undefined;
  }
  let copies: Place | undefined;
  let place = given;
  let [from, to] = [RESULTS, RESULTS];
  const lanesFrom = (first: number) => Array.from({ length: LANES }, (_, lane) => place.lane(first + lane));
  const counted = () => {
    let count = 0;
    for (let lane = 0; lane < LANES; lane++) count += place.lane(lane);
    return count;
  };
  return {
    memory: (bytes) => given.room(bytes),
    take: (bytes) => {
      if (bytes.length === 0 || bytes.length % VECTOR !== 0 || bytes.length > MOST_BYTES) return false;
      from = bytes.byteOffset;
      place = given;
      if (bytes.buffer !== given.memory.buffer) {
        copies ??= placeOf(module);
        place = copies;
        place.room(bytes.length).set(bytes);
        from = RESULTS;
      }
      to = from + bytes.length;
      return true;
    },
    bits: () => {
      place.bits(from, to);
      return lanesFrom(0).reduce((some, lane) => some | lane, 0);
    },
    extremes: (shift, mask, turn) => {
      const over = isPlain(shift, mask, turn) ? place.plainExtremes : place.extremes;
      over(from, to, shift, mask, turn);
      return { least: Math.min(...lanesFrom(0)), greatest: Math.max(...lanesFrom(LANES)) };
    },
    countFrom: (least, shift, mask, turn, most) => {
      const over = isPlain(shift, mask, turn) ? place.plainCount : place.count;
      let count = 0;
      for (let at = from; at < to && count <= most; at += 2 * BLOCK) {
        over(at, Math.min(to, at + 2 * BLOCK), shift, mask, turn, least);
        count += counted();
      }
      return count;
    },
    countDark: (at, words, [shift, mask, turn], { dark, ground, far, near }) => {
      const first = from + 2 * at;
      const over = isPlain(shift, mask, turn) ? place.plainDark : place.dark;
      over(first, first + 2 * words, shift, mask, turn, dark, ground, 2 * far, 2 * near);
      return counted();
    },
  };
}

// WebAssembly by its numbers (WebAssembly Core Specification 2.0, 5.4 and 5.5): what is needed of it is four loops.
const I32 = 0x7f;
const V128 = 0x7b;
const LOOP = [0x03, 0x40];
const IF = [0x04, 0x40];
const END = 0x0b;
const BRANCH_IF = [0x0d, 0];
const I32_ADD = 0x6a;
const I32_SUBTRACT = 0x6b;
const I32_LESS = 0x49;
const constant = (value: number) => [0x41, ...signed(value)];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const vector = (code: number) => [0xfd, ...unsigned(code)];
/** Of any alignment, at an address on the stack. */
const LOAD = [...vector(0x00), 0, 0];
const STORE = [...vector(0x0b), 0, 0];
const ZEROS = [...vector(0x0c), ...new Uint8Array(16)];
const SPLAT = vector(0x10);
const LESS_OR_SAME = vector(0x34);
const GREATER_OR_SAME = vector(0x36);
const AND = vector(0x4e);
/** Whether any bit of a vector is set. */
const ANY = vector(0x53);
const OR = vector(0x50);
const XOR = vector(0x51);
const SHIFT_RIGHT = vector(0x8d);
const SUBTRACT = vector(0x91);
const LEAST = vector(0x97);
const GREATEST = vector(0x99);

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const list = (items: readonly (readonly number[])[]) => [...unsigned(items.length), ...items.flat()];
const sized = (bytes: readonly number[]) => [...unsigned(bytes.length), ...bytes];
const section = (id: number, items: readonly (readonly number[])[]) => [id, ...sized(list(items))];
const named = (name: string, kind: number, index: number) => [...sized([...Buffer.from(name)]), kind, index];

/** A function's code, as it is read; its locals beside its parameters are all vectors. */
const body = (locals: number, ...code: readonly Code[]) =>
  sized([...list([[...unsigned(locals), V128]]), ...code.flat(), END]);

type Code = number | readonly number[];

/** Goes from the address in local 0 to that in local 1 by vectors, each of which lies on the stack. */
const each = (...code: readonly Code[]) => {
  const further = [get(0), constant(VECTOR), I32_ADD, tee(0), get(1), I32_LESS, BRANCH_IF];
  return [LOOP, [get(0), LOAD], code, further, END].flat(2);
};

/** The words of a vector on the stack as they are taken: shifted by local 2, masked by the vector in local `mask`, turned by that in local `turn`. */
const turned = (mask: number, turn: number) => [get(2), SHIFT_RIGHT, get(mask), AND, get(turn), XOR].flat();

const splat = (from: number, to: number) => [get(from), SPLAT, set(to)].flat();
const store = (at: number, local: number) => [constant(at), get(local), STORE].flat();

/** The functions that take words; `plainly` those that are words as they are. */
function functions(plainly: boolean): readonly (readonly number[])[] {
  const taken = (mask: number, turn: number) => (plainly ? [] : turned(mask, turn));
  const [least, greatest, one] = [7, 8, 9];
  const extremes = body(
    5,
    [...splat(3, 5), ...splat(4, 6), ...constant(-1), ...SPLAT, ...set(least), ...ZEROS, ...set(greatest)],
    each(taken(5, 6), tee(one), get(least), LEAST, set(least), get(one), get(greatest), GREATEST, set(greatest)),
    [...store(0, least), ...store(16, greatest)],
  );
  const [from, counts, isFrom] = [8, 9, 10];
  const count = body(
    5,
    [...splat(3, 6), ...splat(4, 7), ...splat(5, from), ...ZEROS, ...set(counts)],
    // What is true is -1.
    each(taken(6, 7), get(from), GREATER_OR_SAME, set(isFrom), get(counts), get(isFrom), SUBTRACT, set(counts)),
    store(0, counts),
  );
  const [far, near, places, turns, isDark, isGround, counted, hit] = [7, 8, 9, 10, 11, 12, 13, 14];
  const beside = (by: number, way: number) => [get(0), get(by), way, LOAD, taken(places, turns)].flat();
  /** Most are told by what they are, or by one of their sides. */
  const whereLighter = (way: number, ...code: readonly Code[]) =>
    [
      [get(hit), ANY, IF],
      [beside(far, way), beside(near, way), GREATEST, get(isGround), GREATER_OR_SAME, get(hit), AND, set(hit)].flat(),
      code,
      END,
    ].flat(2);
  const dark = body(
    6,
    [splat(3, places), splat(4, turns), splat(5, isDark), splat(6, isGround), ZEROS, set(counted)].flat(),
    each(
      taken(places, turns),
      get(isDark),
      LESS_OR_SAME,
      set(hit),
      whereLighter(I32_SUBTRACT, whereLighter(I32_ADD, get(counted), get(hit), SUBTRACT, set(counted))),
    ),
    store(0, counted),
  );
  return [extremes, count, dark];
}

function program(): Uint8Array<ArrayBuffer> {
  const some = 2;
  const bits = body(1, [...ZEROS, ...set(some)], each(get(some), OR, set(some)), store(0, some));
  const takes = (parameters: number) => [0x60, ...list(Array.from({ length: parameters }, () => [I32])), 0];
  const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const types = section(1, [takes(2), takes(5), takes(6), takes(9)]);
  const typed = section(3, [[0], [1], [2], [3], [1], [2], [3]]);
  const memory = section(5, [[0, 1]]);
  const names = ['bits', 'extremes', 'count', 'dark', 'plainExtremes', 'plainCount', 'plainDark'];
  const exported = section(7, [named('memory', 2, 0), ...names.map((name, index) => named(name, 0, index))]);
  const code = section(10, [bits, ...functions(false), ...functions(true)]);
  return Uint8Array.from([magic, types, typed, memory, exported, code].flat());
}
