/** The objects that stand in content streams and CMaps (PDF 32000-1, 7.2 and 7.3). */
export type Token =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'string'; readonly bytes: Uint8Array; readonly hex: boolean }
  | { readonly kind: 'array'; readonly items: readonly Token[] }
  | { readonly kind: 'dict'; readonly entries: ReadonlyMap<string, Token> }
  | { readonly kind: 'word'; readonly word: string };

export interface Lexer {
  /** The next object or operator; undefined at the end. */
  next(): Token | undefined;
  position(): number;
  moveTo(position: number): void;
  /** How many comments were passed over. */
  comments(): number;
}

const SPACE = classOf('\0\t\n\f\r ');
const DELIMITER = classOf('()<>[]{}/%');
const NUMERIC = classOf('0123456789+-.');
const MAX_DEPTH = 60;
const SHORT = 4;
const CHARACTERS = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
const CLOSED: Token = { kind: 'word', word: ']' };
const DICT_CLOSED: Token = { kind: 'word', word: '>>' };

function classOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** White space as PDF 32000-1, table 1 lists it. */
export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && SPACE[byte] === 1;
}

/** Gives a lexer over decoded bytes. It never throws: what is malformed comes out as words, and unclosed things end with the data. */
export function lexer(data: Uint8Array, start = 0): Lexer {
  let at = start;
  let comments = 0;
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const latin1 = (from: number, to: number) => {
    // Most runs are an operator or a short number.
    if (to - from > SHORT) return bytes.toString('latin1', from, to);
    let text = '';
    for (let index = from; index < to; index++) text += CHARACTERS[data[index] as number];
    return text;
  };

  const skip = () => {
    for (; at < data.length; at++) {
      const byte = data[at] as number;
      if (byte === 0x25) {
        comments++;
        while (at + 1 < data.length && data[at + 1] !== 10 && data[at + 1] !== 13) at++;
      } else if (SPACE[byte] === 0) return;
    }
  };

  const run = () => {
    const from = at;
    while (at < data.length && SPACE[data[at] as number] === 0 && DELIMITER[data[at] as number] === 0) at++;
    return latin1(from, at);
  };

  /** Where a literal string ends that has nothing in it but characters as they are; undefined for any other. */
  const plainEnd = (): number | undefined => {
    for (let end = at; end < data.length; end++) {
      const byte = data[end];
      if (byte === 0x29) return end;
      if (byte === 0x5c || byte === 0x28 || byte === 13) return undefined;
    }
    return undefined;
  };

  const literal = (): Token => {
    const end = plainEnd();
    if (end !== undefined) {
      const text = data.slice(at, end);
      at = end + 1;
      return { kind: 'string', bytes: text, hex: false };
    }
    const out: number[] = [];
    let depth = 1;
    while (at < data.length) {
      const byte = data[at++] as number;
      if (byte === 0x5c) {
        escaped(out);
        continue;
      }
      if (byte === 0x28) depth++;
      if (byte === 0x29 && --depth === 0) break;
      // An end of line is always read as a line feed (7.3.4.2).
      if (byte === 13) {
        if (data[at] === 10) at++;
        out.push(10);
      } else out.push(byte);
    }
    return { kind: 'string', bytes: Uint8Array.from(out), hex: false };
  };

  const escaped = (out: number[]) => {
    const byte = data[at++];
    if (byte === undefined) return;
    const plain = 'nrtbf'.indexOf(String.fromCharCode(byte));
    if (plain >= 0) out.push([10, 13, 9, 8, 12][plain] as number);
    else if (byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30;
      for (let digits = 1; digits < 3 && at < data.length; digits++) {
        const digit = (data[at] as number) - 0x30;
        if (digit < 0 || digit > 7) break;
        value = value * 8 + digit;
        at++;
      }
      out.push(value & 255);
    } else if (byte === 13) {
      if (data[at] === 10) at++;
    } else if (byte !== 10) out.push(byte);
  };

  const hex = (): Token => {
    const from = at;
    while (at < data.length && data[at] !== 0x3e) at++;
    const digits = latin1(from, at).replace(/[^0-9A-Fa-f]/g, '');
    at++;
    return {
      kind: 'string',
      bytes: Uint8Array.from(Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex')),
      hex: true,
    };
  };

  const read = (depth: number): Token | undefined => {
    skip();
    const byte = data[at];
    if (byte === undefined) return undefined;
    if (byte === 0x2f) {
      at++;
      const name = run();
      return { kind: 'name', name: name.includes('#') ? unescaped(name) : name };
    }
    if (byte === 0x28) {
      at++;
      return literal();
    }
    if (byte === 0x3c) {
      at++;
      if (data[at] !== 0x3c) return hex();
      at++;
      return dict(depth + 1);
    }
    if (byte === 0x3e) {
      at += data[at + 1] === 0x3e ? 2 : 1;
      return DICT_CLOSED;
    }
    if (byte === 0x5b) {
      at++;
      return array(depth + 1);
    }
    if (byte === 0x5d) {
      at++;
      return CLOSED;
    }
    if (DELIMITER[byte] === 1) {
      at++;
      return { kind: 'word', word: String.fromCharCode(byte) };
    }
    const from = at;
    const word = run();
    return isNumeric(data, from, at) ? { kind: 'number', text: word } : { kind: 'word', word };
  };

  const array = (depth: number): Token => {
    const items: Token[] = [];
    while (depth < MAX_DEPTH) {
      const item = read(depth);
      if (item === undefined || item === CLOSED) break;
      if (item !== DICT_CLOSED) items.push(item);
    }
    return { kind: 'array', items };
  };

  const dict = (depth: number): Token => {
    const entries = new Map<string, Token>();
    while (depth < MAX_DEPTH) {
      const key = read(depth);
      if (key === undefined || key === DICT_CLOSED) break;
      if (key.kind !== 'name') continue;
      const value = read(depth);
      if (value === undefined || value === DICT_CLOSED) break;
      entries.set(key.name, value);
    }
    return { kind: 'dict', entries };
  };

  return {
    next: () => read(0),
    position: () => at,
    moveTo: (position) => {
      at = position;
    },
    comments: () => comments,
  };
}

function isNumeric(data: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (NUMERIC[data[at] as number] === 0) return false;
  return true;
}

/** A name without its escapes (7.3.5). */
function unescaped(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** A literal string with what must be escaped escaped (7.3.4.2). */
export function writeString(bytes: Uint8Array): string {
  let out = '(';
  for (const byte of bytes) {
    if (byte === 0x28 || byte === 0x29 || byte === 0x5c) out += `\\${String.fromCharCode(byte)}`;
    else if (byte === 13) out += '\\r';
    else out += String.fromCharCode(byte);
  }
  return `${out})`;
}

/** A name with every irregular character as #xx (7.3.5). */
export function writeName(name: string): string {
  let out = '/';
  for (const character of name) {
    const code = character.charCodeAt(0) & 255;
    const regular = code > 32 && code < 127 && DELIMITER[code] === 0 && code !== 0x23;
    out += regular ? character : `#${code.toString(16).padStart(2, '0').toUpperCase()}`;
  }
  return out;
}
