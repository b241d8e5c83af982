import { decodeHTMLStrict } from 'entities';
import { decoded, withoutEncoded } from './encoded.ts';

/** A text with its signs written as themselves, and counts by kind of what had to go for that. */
interface Plain {
  readonly text: string;
  readonly removed: Readonly<Record<string, number>>;
}

/**
 * Takes a text and gives it with every sign written as itself, since neither a search for names nor a reader finds 'Quill' in '&#81;uill'. Read are: character references (HTML, 13.5), the escapes of JSON (RFC 8259, 7) and of
 * programming languages, of addresses (RFC 3986, 2.1), quoted-printable where the text says that it has it (RFC 2045, 6.7), words of mail headers (RFC 2047), folded lines of cards and calendars (RFC 6350, 3.2), HL7's (2.7). Tags of
 * HTML go, and data in base64 or hexadecimal digits, which nobody reads. One step: what it gives may hold a further writing.
 */
export function plainWriting(text: string): Plain {
  const removed: Record<string, number> = {};
  const count = (kind: string) => {
    removed[kind] = (removed[kind] ?? 0) + 1;
  };
  let plain = text;
  if (/^BEGIN:V(?:CARD|CALENDAR)\s*$/m.test(plain)) plain = plain.replace(/\n[ \t]/g, '');
  plain = plain.replace(ENCODED_WORD, (_, charset: string, how: string, said: string) =>
    decoded(/q/i.test(how) ? bytesOfEscapes(said.replaceAll('_', ' ')) : Buffer.from(said, 'base64'), charset),
  );
  // Before what follows: base64's own '+', '/' and '=' are no other writing's.
  plain = withoutEncoded(plain, () => count('encoded'));
  if (/quoted-printable/i.test(plain)) plain = quotedPrintable(plain);
  plain = plain.replace(REFERENCE, reference);
  plain = escapes(plain);
  plain = plain.replace(PERCENT, percent);
  if (/^(?:MSH|PID|OBX)\|/m.test(plain))
    plain = plain.replace(/\\X((?:[\da-f]{2})+)\\/gi, (_, digits: string) =>
      decoded(Buffer.from(digits, 'hex'), 'utf-8'),
    );
  // Bold letters within a word, as Markdown writes them.
  plain = plain.replace(/(?<=\p{L})\*{2,3}(?=\p{L})/gu, '');
  return { text: withoutTags(plain, count), removed };
}

// Two in a row are one: the white space between them only folds the line.
const ENCODED_WORD = /=\?([\w-]{1,40})(?:\*[\w-]*)?\?([bBqQ])\?([^?\s]*)\?=(?:\s+(?==\?[\w-]{1,40}\?[bBqQ]\?))?/g;

const ESCAPED_BYTES = /((?:=[\dA-Fa-f]{2})+)/;

/** The bytes of a text in which some are written as '=' and two hexadecimal digits. */
function bytesOfEscapes(text: string): Buffer {
  const parts = text.split(ESCAPED_BYTES);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.replaceAll('=', ''), 'hex') : Buffer.from(part))),
  );
}

const quotedPrintable = (text: string) =>
  text.replace(/=[ \t]*\n/g, '').replace(/(?:=[\dA-F]{2})+/g, (found) => decoded(bytesOfEscapes(found), 'utf-8'));

// A number may lack its semicolon, as browsers read it; '&' may be written so itself, many times over.
const REFERENCE =
  /&(?:(?:amp|#0{0,9}38|#[xX]0{0,9}26);)+|&#(?:[xX][\da-fA-F]{1,8}|\d{1,9});?|&[A-Za-z][A-Za-z\d]{1,31};/g;

function reference(found: string): string {
  if (/^&(?:amp|#0{0,9}38|#[xX]0{0,9}26);/.test(found)) return '&';
  return decodeHTMLStrict(found.endsWith(';') ? found : `${found};`);
}

const ESCAPE =
  /\\u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})|\\u([\da-fA-F]{4})|[\\%]u([\da-fA-F]{4})|\\u\{([\da-fA-F]{1,6})\}|\\U([\da-fA-F]{8})|\\x([\da-fA-F]{2})|\\x\{([\da-fA-F]{1,6})\}|\\([123][0-7]{2})/g;
/** Before it: a path of Windows, in which '\x' is a folder's beginning. */
const PATH = /\b[A-Za-z]:(?:\\\S*)?$/;
const LONGEST_PATH = 260;
/** The alphabets of the network's languages and their signs; and what stands beyond 16 bits. */
const isRead = (code: number) => (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0x2200) || code > 0xffff;

function escapes(text: string): string {
  const isJson = /^\s*[[{]/.test(text) && /[\]}]$/.test(text.trimEnd());
  const plain = text.replace(ESCAPE, (...groups: (string | number | undefined)[]) => {
    const [found, high, low, ...codes] = groups.slice(0, 10) as [string, ...(string | undefined)[]];
    const at = groups[10] as number;
    const octal = codes.pop();
    const code = high
      ? ((Number.parseInt(high, 16) & 0x3ff) << 10) + (Number.parseInt(low as string, 16) & 0x3ff) + 0x10000
      : octal
        ? Number.parseInt(octal, 8)
        : Number.parseInt(codes.find((one) => one !== undefined) as string, 16);
    const sign = code <= 0x10ffff && isRead(code) ? String.fromCodePoint(code) : undefined;
    if (sign === undefined || (octal && !/\p{L}/u.test(sign))) return found;
    if (PATH.test(text.slice(Math.max(0, at - LONGEST_PATH), at))) return found;
    // Written out it would end the string that it stands in.
    return isJson && (sign === '"' || sign === '\\') ? `\\${sign}` : sign;
  });
  // The sign of a new line is no letter of the word behind it.
  return plain.replace(isJson ? /\\[bfnrt](?=[\p{L}\d])/gu : /\\[nrt](?=[\p{Lu}\d])/gu, (found, at: number) =>
    PATH.test(plain.slice(Math.max(0, at - LONGEST_PATH), at)) ? found : `${found} `,
  );
}

const PERCENT = /(?:%[\dA-Fa-f]{2})+/g;

const ADDRESS = /(?:\/\/|[?&][\w.-]+=|mailto:)\S*$/;
const LONGEST_ADDRESS = 500;

/** '40%50' and '%96' are shares: outside of addresses an escape stands at a letter or a sign, and gives what words are made of. */
function percent(found: string, at: number, text: string): string {
  const isAddress = ADDRESS.test(text.slice(Math.max(0, at - LONGEST_ADDRESS), at));
  const [before, after] = [text[at - 1] ?? ' ', text[at + found.length] ?? ' '];
  if (!isAddress && (/\d/.test(before) || (/\s/.test(before) && !/[a-z]/.test(after)))) return found;
  const read = decoded(Buffer.from(found.replaceAll('%', ''), 'hex'), 'utf-8');
  return (isAddress ? /^\P{C}+$/u : /^[\p{L}\p{M}\p{Nd} '’.,@/-]+$/u).test(read) ? read : found;
}

const IN_LINE =
  'a abbr acronym b bdi bdo big cite code dfn del em font i ins kbd label mark q s samp small span strike strong sub sup tt u var wbr';
const APART =
  'address article aside blockquote body br button caption center col colgroup dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input li link main meta nav object ol option p pre script section select style svg table tbody td textarea tfoot th thead title tr ul video';
/** With a value, since 'a<b and c>d' has none; or one of those that have none. */
const ATTRIBUTE = `[\\w:@.-]+\\s*=\\s*(?:"[^"<]*"|'[^'<]*'|[^\\s"'<>=]+)|checked|disabled|hidden|noshade|nowrap|open|readonly|required|selected`;
const tag = (names: string) => new RegExp(`</?(?:${names.replaceAll(' ', '|')})(?:\\s+(?:${ATTRIBUTE}))*\\s*/?>`, 'gi');
const TAGS = [
  [tag(IN_LINE), ''],
  [tag(APART), ' '],
] as const;

function withoutTags(text: string, count: (kind: string) => void): string {
  if (!text.includes('<')) return text;
  return TAGS.reduce(
    (left, [pattern, instead]) =>
      left.replace(pattern, () => {
        count('markup');
        return instead;
      }),
    withoutComments(text, count),
  );
}

function withoutComments(text: string, count: (kind: string) => void): string {
  const kept: string[] = [];
  let at = 0;
  for (let from = text.indexOf('<!--'); from >= 0; from = text.indexOf('<!--', at)) {
    const to = text.indexOf('-->', from + 4);
    if (to < 0) break;
    kept.push(text.slice(at, from));
    at = to + 3;
    count('comment');
  }
  return [...kept, text.slice(at)].join('');
}
