import type { Token } from './tokens.ts';
import { column, columnCount, hashOf, NOTHING, shapeHash, type Words, wordsOf } from './words.ts';

/** Features are numbers of this many bits: a hash, in which no word can be read again. */
export const featureBits = 24;
/** So many features hold at each token. */
const templateCount = 61;
/** So many where clues are given, too. */
const cluedTemplateCount = 79;

/** What is known of a text and its words beside how they are written. */
export interface Clues {
  /** The language, as a small number. */
  readonly language: number;
  /** What the lists have of a word, as bits, the lowest three those for names; 0 of a word that none has. */
  readonly listed: (word: string) => number;
}

/** How many features hold at each token, with clues or without. */
export const templatesOf = (clues: Clues | undefined): number => (clues ? cluedTemplateCount : templateCount);

/** A line of a text as the tagger sees it. */
export interface Line {
  /** Index of the line's first token in the text's tokens. */
  readonly first: number;
  /** How many tokens it has. */
  readonly count: number;
  /** Token by token its `templateCount` features, always in the same order. The next line is written over them. */
  readonly features: Int32Array;
}

const LONGEST_LINE = 256;

/**
 * The lines of a text with the features of their tokens, one after the other. A feature speaks of the token, of what stands around it (up to four tokens on either side, also over line
 * ends), of the label before a colon on its line, of where the line stands in the text, and of how the same word is written elsewhere in the text. Linear in the length of the text.
 */
export function* linesOf(text: string, tokens: readonly Token[], clues?: Clues): Generator<Line> {
  const words = wordsOf(tokens);
  const seen: Seen = { tokens, words, chunks: chunkShapes(text, tokens, words), gaps: gapsOf(text, tokens) };
  const known: Known | undefined = clues && {
    language: clues.language,
    listed: Int32Array.from(words.texts, (word, id) => (words.areLetters[id] ? clues.listed(word) : 0)),
  };
  const templates = templatesOf(clues);
  const starts = lineStarts(text, tokens);
  const buffer = new Int32Array(LONGEST_LINE * templates);
  for (let line = 0; line < starts.length; line++) {
    const first = starts[line] ?? 0;
    const end = starts[line + 1] ?? tokens.length;
    const before = starts[line - 1];
    writeLine(seen, known, buffer, {
      first,
      end,
      fromTop: Math.min(line, 20),
      fromEnd: Math.min(starts.length - line, 4),
      capitals: isInCapitals(seen, first, end) ? 1 : 0,
      opening: opening(seen, first, end),
      previous: before === undefined ? NOTHING : opening(seen, before, first),
    });
    yield { first, count: end - first, features: buffer.subarray(0, (end - first) * templates) };
  }
}

/** A text as it was looked at once; what is of a token stands at its index. */
interface Seen {
  readonly tokens: readonly Token[];
  readonly words: Words;
  readonly chunks: Int32Array;
  readonly gaps: Uint8Array;
}

interface LineContext {
  readonly first: number;
  readonly end: number;
  readonly fromTop: number;
  readonly fromEnd: number;
  readonly capitals: number;
  readonly opening: number;
  readonly previous: number;
}

/** The clues to a text's words, by their numbers. */
interface Known {
  readonly language: number;
  readonly listed: Int32Array;
}

function writeLine(seen: Seen, known: Known | undefined, into: Int32Array, line: LineContext): void {
  const templates = known ? cluedTemplateCount : templateCount;
  let label = NOTHING;
  let colon = line.first - 1;
  for (let at = line.first; at < line.end; at++) {
    const sinceColon = label === NOTHING ? 15 : bucket(at - colon);
    const to = (at - line.first) * templates;
    writeFeatures(seen, into, to, at, line, label, sinceColon);
    if (known) writeClues(seen, known, into, to + templateCount, at, line, label);
    if (seen.tokens[at]?.text === ':') {
      label = labelBefore(seen, at, Math.max(line.first, colon + 1));
      colon = at;
    }
  }
}

function writeFeatures(
  seen: Seen,
  into: Int32Array,
  from: number,
  at: number,
  line: LineContext,
  label: number,
  sinceColon: number,
): void {
  const { ids, values } = seen.words;
  const p4 = (ids[at - 4] ?? 0) * columnCount;
  const p3 = (ids[at - 3] ?? 0) * columnCount;
  const p2 = (ids[at - 2] ?? 0) * columnCount;
  const p1 = (ids[at - 1] ?? 0) * columnCount;
  const here = (ids[at] ?? 0) * columnCount;
  const n1 = (ids[at + 1] ?? 0) * columnCount;
  const n2 = (ids[at + 2] ?? 0) * columnCount;
  const n3 = (ids[at + 3] ?? 0) * columnCount;
  const n4 = (ids[at + 4] ?? 0) * columnCount;
  const p4Lower = values[p4 + column.lower] ?? 0;
  const p3Brief = values[p3 + column.brief] ?? 0;
  const p3Lower = values[p3 + column.lower] ?? 0;
  const p2Brief = values[p2 + column.brief] ?? 0;
  const p2Lower = values[p2 + column.lower] ?? 0;
  const p2Shape = values[p2 + column.shape] ?? 0;
  const p1Brief = values[p1 + column.brief] ?? 0;
  const p1Chunk = seen.chunks[at - 1] ?? NOTHING;
  const p1Elsewhere = values[p1 + column.elsewhere] ?? 0;
  const p1Lower = values[p1 + column.lower] ?? 0;
  const p1Shape = values[p1 + column.shape] ?? 0;
  const p1Suffix2 = values[p1 + column.suffixes + 1] ?? 0;
  const p1Suffix3 = values[p1 + column.suffixes + 2] ?? 0;
  const brief = values[here + column.brief] ?? 0;
  const chunk = seen.chunks[at] ?? NOTHING;
  const elsewhere = values[here + column.elsewhere] ?? 0;
  const gap = seen.gaps[at] ?? 0;
  const lower = values[here + column.lower] ?? 0;
  const prefix1 = values[here + column.prefixes] ?? 0;
  const prefix2 = values[here + column.prefixes + 1] ?? 0;
  const prefix3 = values[here + column.prefixes + 2] ?? 0;
  const prefix4 = values[here + column.prefixes + 3] ?? 0;
  const shape = values[here + column.shape] ?? 0;
  const suffix1 = values[here + column.suffixes] ?? 0;
  const suffix2 = values[here + column.suffixes + 1] ?? 0;
  const suffix3 = values[here + column.suffixes + 2] ?? 0;
  const suffix4 = values[here + column.suffixes + 3] ?? 0;
  const value = values[here + column.value] ?? 0;
  const n1Brief = values[n1 + column.brief] ?? 0;
  const n1Chunk = seen.chunks[at + 1] ?? NOTHING;
  const n1Elsewhere = values[n1 + column.elsewhere] ?? 0;
  const n1Gap = seen.gaps[at + 1] ?? 0;
  const n1Lower = values[n1 + column.lower] ?? 0;
  const n1Shape = values[n1 + column.shape] ?? 0;
  const n1Suffix2 = values[n1 + column.suffixes + 1] ?? 0;
  const n2Brief = values[n2 + column.brief] ?? 0;
  const n2Lower = values[n2 + column.lower] ?? 0;
  const n2Shape = values[n2 + column.shape] ?? 0;
  const n3Brief = values[n3 + column.brief] ?? 0;
  const n3Lower = values[n3 + column.lower] ?? 0;
  const n4Lower = values[n4 + column.lower] ?? 0;
  const endsLine = at + 1 >= line.end ? 1 : 0;
  const startsLine = at === line.first ? 1 : 0;
  let to = from;
  into[to++] = mix(1, 0, 0, 0);
  into[to++] = mix(2, lower, 0, 0);
  into[to++] = mix(3, shape, 0, 0);
  into[to++] = mix(4, chunk, 0, 0);
  into[to++] = mix(5, prefix1, brief, 0);
  into[to++] = mix(6, prefix2, 0, 0);
  into[to++] = mix(7, prefix3, 0, 0);
  into[to++] = mix(8, prefix4, 0, 0);
  into[to++] = mix(9, suffix1, brief, 0);
  into[to++] = mix(10, suffix2, brief, 0);
  into[to++] = mix(11, suffix3, 0, 0);
  into[to++] = mix(12, suffix4, 0, 0);
  into[to++] = mix(13, p1Lower, 0, 0);
  into[to++] = mix(14, p2Lower, 0, 0);
  into[to++] = mix(15, p3Lower, 0, 0);
  into[to++] = mix(16, n1Lower, 0, 0);
  into[to++] = mix(17, n2Lower, 0, 0);
  into[to++] = mix(18, n3Lower, 0, 0);
  into[to++] = mix(19, p1Lower, p2Lower, 0);
  into[to++] = mix(20, n1Lower, n2Lower, 0);
  into[to++] = mix(21, p1Lower, lower, 0);
  into[to++] = mix(22, lower, n1Lower, 0);
  into[to++] = mix(23, p1Lower, shape, 0);
  into[to++] = mix(24, shape, n1Lower, 0);
  into[to++] = mix(25, p1Shape, shape, n1Shape);
  into[to++] = mix(26, p2Shape, p1Shape, shape);
  into[to++] = mix(27, shape, n1Shape, n2Shape);
  into[to++] = mix(28, p1Lower, shape, n1Lower);
  into[to++] = mix(29, p2Lower, p1Lower, shape);
  into[to++] = mix(30, shape, n1Lower, n2Lower);
  into[to++] = mix(31, p4Lower, p3Lower, 0);
  into[to++] = mix(32, n4Lower, 0, 0);
  into[to++] = mix(33, p1Suffix3, suffix3, 0);
  into[to++] = mix(34, p1Suffix2, brief, 0);
  into[to++] = mix(35, n1Suffix2, brief, 0);
  into[to++] = mix(36, p1Chunk, shape, 0);
  into[to++] = mix(37, shape, n1Chunk, 0);
  into[to++] = mix(38, label, 0, 0);
  into[to++] = mix(39, label, sinceColon, 0);
  into[to++] = mix(40, label, shape, 0);
  into[to++] = mix(41, label, lower, 0);
  into[to++] = mix(42, sinceColon, brief, 0);
  into[to++] = mix(43, line.fromTop, brief, 0);
  into[to++] = mix(44, line.fromEnd, brief, 0);
  into[to++] = mix(45, line.opening, brief, 0);
  into[to++] = mix(46, line.previous, brief, startsLine);
  into[to++] = mix(47, line.previous, line.opening, 0);
  into[to++] = mix(48, gap, brief, 0);
  into[to++] = mix(49, gap, n1Gap, shape);
  into[to++] = mix(50, elsewhere, brief, 0);
  into[to++] = mix(51, elsewhere, p1Lower, 0);
  into[to++] = mix(52, line.capitals, brief, 0);
  into[to++] = mix(53, startsLine, endsLine, shape);
  into[to++] = mix(54, value, p1Lower, 0);
  into[to++] = mix(55, value, n1Lower, 0);
  into[to++] = mix(56, p2Brief, p1Brief, brief);
  into[to++] = mix(57, mix(58, p3Brief, p2Brief, p1Brief), mix(59, brief, n1Brief, n2Brief), n3Brief);
  into[to++] = mix(60, p1Elsewhere, elsewhere, n1Elsewhere);
  into[to++] = mix(61, p1Lower, n1Lower, 0);
  into[to++] = mix(62, prefix3, p1Brief, n1Brief);
  into[to++] = mix(63, suffix3, p1Brief, n1Brief);
}

/** What the lists say of a token, alone and with what stands around it. */
function writeClues(
  { words: { ids, values }, gaps }: Seen,
  { language, listed }: Known,
  into: Int32Array,
  from: number,
  at: number,
  line: LineContext,
  label: number,
): void {
  const lists = (id: number) => mix(64, listed[id] ?? 0, values[id * columnCount + column.brief] ?? 0, 0);
  const lower = (id: number) => values[id * columnCount + column.lower] ?? 0;
  const [id, p1, p2] = [ids[at] ?? 0, ids[at - 1] ?? 0, ids[at - 2] ?? 0];
  const [n1, n2] = [ids[at + 1] ?? 0, ids[at + 2] ?? 0];
  const row = id * columnCount;
  const brief = values[row + column.brief] ?? 0;
  const [p2Lists, p1Lists, here, n1Lists, n2Lists] = [lists(p2), lists(p1), lists(id), lists(n1), lists(n2)];
  const [p2Lower, p1Lower, n1Lower] = [lower(p2), lower(p1), lower(n1)];
  const names = (listed[id] ?? 0) & NAMES;
  const others = (listed[id] ?? 0) & ~NAMES;
  const edges = (at === line.first ? 1 : 0) + (at + 1 >= line.end ? 2 : 0);
  let to = from;
  into[to++] = here;
  into[to++] = mix(65, names, brief, language);
  into[to++] = mix(66, others, brief, language);
  into[to++] = mix(67, here, language, 0);
  into[to++] = mix(68, p1Lists, here, 0);
  into[to++] = mix(69, here, n1Lists, 0);
  into[to++] = mix(70, p1Lists, here, n1Lists);
  into[to++] = mix(71, label, here, 0);
  into[to++] = mix(72, p1Lower, here, 0);
  into[to++] = mix(73, n1Lower, here, 0);
  into[to++] = mix(74, p2Lower, p1Lower, here);
  into[to++] = mix(75, p1Lower, here, n1Lower);
  into[to++] = mix(76, p2Lists, p1Lists, here);
  into[to++] = mix(77, here, n1Lists, n2Lists);
  into[to++] = mix(78, edges, here, 0);
  into[to++] = mix(79, gaps[at] ?? 0, here, gaps[at + 1] ?? 0);
  into[to++] = mix(80, values[row + column.elsewhere] ?? 0, here, line.capitals);
  into[to++] = mix(81, values[row + column.suffixes + 1] ?? 0, names === 0 ? 0 : 1, others);
}

/** The bits of what the lists have that are for names. */
const NAMES = 7;

/** The shape of the run without white space that each token stands in: '00/00/0000', 'x.x@x.xx'. */
function chunkShapes(text: string, tokens: readonly Token[], { ids, areDigits }: Words): Int32Array {
  const shapes = new Int32Array(tokens.length);
  let first = 0;
  for (let at = 1; at <= tokens.length; at++) {
    const [before, token] = [tokens[at - 1], tokens[at]];
    if (before && token && before.end === token.start) continue;
    const start = tokens[first]?.start ?? 0;
    let digits = false;
    for (let part = first; part < at && (tokens[part]?.start ?? 0) < start + 40; part++)
      digits ||= areDigits[ids[part] ?? 0] === true;
    shapes.fill(shapeHash(text.slice(start, Math.min(before?.end ?? 0, start + 40)), digits ? 9 : 1), first, at);
    first = at;
  }
  return shapes;
}

/** What stands before each token: 0 nothing, 1 a space, 2 more of them, 3 a line end, 4 an empty line. */
function gapsOf(text: string, tokens: readonly Token[]): Uint8Array {
  const gaps = new Uint8Array(tokens.length);
  let end = 0;
  for (let at = 0; at < tokens.length; at++) {
    const start = tokens[at]?.start ?? end;
    const lines = lineEnds(text, end, Math.min(start, end + 40));
    gaps[at] = lines > 0 ? Math.min(lines + 2, 4) : Math.min(start - end, 2);
    end = tokens[at]?.end ?? start;
  }
  return gaps;
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 10) count++;
  return count;
}

/** The token that opens each line; a line that is very long is taken in parts. */
function lineStarts(text: string, tokens: readonly Token[]): number[] {
  const starts: number[] = [];
  let [end, last] = [0, 0];
  for (let at = 0; at < tokens.length; at++) {
    const start = tokens[at]?.start ?? end;
    if (at === 0 || at - last >= LONGEST_LINE || lineEnds(text, end, start) > 0) {
      starts.push(at);
      last = at;
    }
    end = tokens[at]?.end ?? start;
  }
  return starts;
}

function isInCapitals({ tokens, words: { ids, areLetters, areCapitals } }: Seen, first: number, end: number): boolean {
  let [capitals, count] = [0, 0];
  for (let at = first; at < end; at++) {
    const word = ids[at] ?? 0;
    if (!areLetters[word] || (tokens[at]?.text.length ?? 0) < 3) continue;
    count++;
    if (areCapitals[word]) capitals++;
  }
  return count > 2 && capitals * 10 > count * 7;
}

/** The first two words of a line. */
function opening({ words }: Seen, first: number, end: number): number {
  let found = '';
  for (let at = first, count = 0; at < Math.min(end, first + 4) && count < 2; at++) {
    const word = words.ids[at] ?? 0;
    if (!words.areLetters[word]) continue;
    found += `${count > 0 ? ' ' : ''}${words.lowered[word] ?? ''}`;
    count++;
  }
  return hashOf(found);
}

/** The last two words before a colon. */
function labelBefore({ words }: Seen, colon: number, from: number): number {
  let found = '';
  for (let at = colon - 1, count = 0; at >= Math.max(from, colon - 6) && count < 2; at--) {
    const word = words.ids[at] ?? 0;
    if (!words.areLetters[word]) continue;
    found = `${words.lowered[word] ?? ''}${count > 0 ? ' ' : ''}${found}`;
    count++;
  }
  return hashOf(found);
}

function bucket(distance: number): number {
  return distance <= 4 ? distance : distance <= 8 ? 5 : distance <= 16 ? 6 : 7;
}

/** A feature: the number of its template with up to three values, mixed as MurmurHash3 does. */
function mix(template: number, a: number, b: number, c: number): number {
  let hash = Math.imul(template, 0x9e3779b1);
  hash = round(hash, a);
  hash = round(hash, b);
  hash = round(hash, c);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> (32 - featureBits);
}

function round(hash: number, value: number): number {
  const mixed = Math.imul(Math.imul(value, 0xcc9e2d51) ^ (value >>> 15), 0x1b873593);
  const turned = hash ^ mixed;
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0;
}
