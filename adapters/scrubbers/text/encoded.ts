import { isUtf8 } from 'node:buffer';

/** Decodes by a name from a file; what no such name has, or is not of it, is read as Latin. */
export function decoded(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * Gives a text without its data: files within addresses (RFC 2397), and rows of base64 (RFC 4648, 4 and 5) or of hexadecimal digits that hold words, or are so long that no word or number is. `found` is called for each.
 */
export function withoutEncoded(text: string, found: () => void): string {
  const gone = () => {
    found();
    return '';
  };
  return text
    .replace(DATA_ADDRESS, gone)
    .replace(BASE64_LINES, (lines) => (holdsData(lines.replaceAll('\n', '')) ? gone() : lines))
    .replace(BASE64, (token) => (holdsData(token) ? gone() : withoutPieces(token, gone)))
    .replace(HEXADECIMAL, (digits) => (holdsDigits(digits) ? gone() : digits));
}

const DATA_ADDRESS =
  /\bdata:[\w.+-]{1,80}\/[\w.+-]{1,80}(?:;[\w.+-]{1,80}(?:=[\w."+-]{0,80})?)*(?:;base64)?,[\w+/=%.~-]+/gi;
/** Lines of nothing but base64, the last maybe short (RFC 2045, 6.8). */
const BASE64_LINES =
  /^[A-Za-z0-9+/_-]{16,}(?:\n[A-Za-z0-9+/_-]{16,})*(?:\n[A-Za-z0-9+/_-]+={0,2})$|^(?:[A-Za-z0-9+/]{60,}\n)+/gm;
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{6,}(?:={1,2}|(?![A-Za-z0-9+/_=-]))/g;
const HEXADECIMAL = /(?<![A-Za-z\d])(?:0x)?(?:[\da-fA-F]{2}){5,}(?![A-Za-z\d])/g;

/** As part of an address data may stand between strokes. */
function withoutPieces(token: string, gone: () => string): string {
  return token
    .split(/([/+_-])/)
    .map((piece, index, all) => {
      const padded = index === all.length - 1 ? piece : piece.replace(/=+$/, '');
      return index % 2 === 0 && all.length > 1 && piece.length >= SHORT && holdsData(padded) ? gone() : piece;
    })
    .join('');
}

/** Shorter base64 is a word's doing unless its end is filled up with '=', or a capital stands within and it is not all too short. */
const SHORT = 16;
const SHORTEST = 12;
/** Longer, and with capitals, small letters and digits all over it, it is a file's part or a signature. */
const LONG = 64;

function holdsData(token: string): boolean {
  const letters = token.replace(/=+$/, '');
  if (letters.length % 4 === 1) return false;
  const isPadded = letters.length < token.length;
  if (letters.length < SHORT && !isPadded && (letters.length < SHORTEST || !/[a-z][A-Z]/.test(token))) return false;
  const bytes = Buffer.from(letters.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
  return isWords(bytes) || (letters.length >= LONG && isMixed(letters));
}

const isMixed = (letters: string) =>
  !/[a-z]{12}/.test(letters) &&
  !(/[+/]/.test(letters) && /[_-]/.test(letters)) &&
  (letters.match(/\d/g)?.length ?? 0) > letters.length * 0.04 &&
  (letters.match(/[a-z](?=[A-Z])/g)?.length ?? 0) > letters.length * 0.06;

function holdsDigits(found: string): boolean {
  const digits = found.replace(/^0x/, '');
  // A telephone number is no word.
  if (!/[a-f]/i.test(digits) && digits.length < 20) return false;
  return isWords(Buffer.from(digits, 'hex'));
}

/** Whether bytes are something to read: words, in UTF-8, in Latin or in UTF-16. */
function isWords(bytes: Buffer): boolean {
  if (bytes.length < 4) return false;
  const narrow = bytes.includes(0) ? narrowed(bytes) : bytes;
  if (!narrow) return false;
  const text = decoded(narrow, 'utf-8');
  // By chance bytes are seldom UTF-8, and always something in Latin: there few may be no ASCII.
  const wide = narrow.filter((byte) => byte >= 0x80).length;
  if (!isUtf8(narrow) && (narrow.length < 12 || wide > narrow.length * 0.15)) return false;
  // oxlint-disable-next-line no-control-regex
  if (/[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd]/.test(text)) return false;
  const letters = text.match(/[\p{L}\p{M}\s]/gu)?.length ?? 0;
  // What is no letter of the alphabets of Europe came by chance.
  const odd =
    text.match(/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\s\d!-~’‘“”«»–—…°§€·]/gu)?.length ?? 0;
  return odd === 0 && letters >= text.length * 0.6;
}

/** Of UTF-16 with letters of Latin only: every second byte is none. */
function narrowed(bytes: Buffer): Buffer | undefined {
  for (const offset of [0, 1]) {
    const other = bytes.filter((_, index) => index % 2 !== offset);
    if (other.every((byte) => byte === 0)) return Buffer.from(bytes.filter((_, index) => index % 2 === offset));
  }
  return undefined;
}
