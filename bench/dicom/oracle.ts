import { data } from 'dcmjs';
import { z } from 'zod';
import table from '../../adapters/scrubbers/dicom/standard/profile.json' with { type: 'json' };

// The reader here is not the product's: it is dcmjs (MIT).

interface Value {
  readonly tag: string;
  readonly vr: string;
  readonly text: string;
}

export interface Left {
  readonly from: string;
  readonly to: string;
  readonly vr: string;
  readonly text: string;
  /** Why it says nothing of anybody: the place takes words of the standard's vocabulary or numbers, or the value is shorter than a name. */
  readonly coincidence: string | undefined;
}

export interface Judged {
  readonly left: readonly Left[];
  readonly private: number;
  readonly overlays: number;
}

type Dict = Readonly<
  Record<string, { readonly vr: string; readonly Value?: readonly unknown[]; readonly _rawValue?: unknown }>
>;
const dictShape = z.record(z.string(), z.looseObject({ vr: z.string(), Value: z.array(z.unknown()).optional() }));

const rows = new Set(table.map(({ tag }) => tag.toUpperCase()));
const isPrivate = (tag: string) => Number.parseInt(tag.slice(3, 4), 16) % 2 === 1;
const isOverlay = (tag: string) => /^[56]0/.test(tag);
const words = new Set(['LO', 'SH', 'ST', 'LT', 'UT', 'UC', 'PN', 'AE', 'UR', 'CS', 'DA', 'DT', 'UI', 'AS', 'IS', 'DS']);

function read(file: Uint8Array): Dict {
  const bytes = new Uint8Array(file).buffer;
  return dictShape.parse(data.DicomMessage.readFile(bytes, { ignoreErrors: true, includeUntilTagValue: false }).dict);
}

function* valuesIn(dict: Dict, inRemoved = false): Generator<Value & { readonly removed: boolean }> {
  for (const [tag, { vr, Value = [] }] of Object.entries(dict)) {
    const removed =
      inRemoved ||
      rows.has(tag) ||
      isPrivate(tag) ||
      isOverlay(tag) ||
      vr === 'PN' ||
      vr === 'DA' ||
      vr === 'DT' ||
      vr === 'UI';
    for (const value of Value) {
      if (vr === 'SQ' && typeof value === 'object' && value !== null)
        yield* valuesIn(dictShape.parse(value), removed && rows.has(tag) && !kept.has(tag));
      else for (const text of textsOf(value)) if (words.has(vr) || vr === 'UN') yield { tag, vr, text, removed };
    }
  }
}

/** Sequences that the table leaves, with their UIDs replaced, and the tree of a report, which is cleaned. */
const kept = new Set(['00081140', '00082112', '0040A730']);

function textsOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value).trim()];
  if (typeof value === 'object' && value !== null && 'Alphabetic' in value)
    return Object.values(value).flatMap((one) => (typeof one === 'string' ? [one.trim()] : []));
  return [];
}

/** Values of a file that table E.1-1 takes away, names, dates, UIDs and private values, as far as they stand in the output. */
export function judge(original: Uint8Array, output: Uint8Array): Judged {
  const before = [...valuesIn(read(original))].filter(({ removed, text }) => removed && text.length > 1);
  const dict = read(output);
  const after = [...valuesIn(dict)];
  const left: Left[] = [];
  const seen = new Set<string>();
  for (const { tag, vr, text } of before) {
    if (text.startsWith('1.2.840.10008.')) continue;
    for (const other of after) {
      const same = other.text.toUpperCase() === text.toUpperCase();
      const within = text.length >= 5 && other.text.toUpperCase().includes(text.toUpperCase());
      const key = `${text} ${other.tag}`;
      if ((!same && !within) || seen.has(key)) continue;
      seen.add(key);
      left.push({
        from: `${tag} ${vr}`,
        to: `${other.tag} ${other.vr}`,
        vr: other.vr,
        text,
        coincidence: coincidence(text, other),
      });
    }
  }
  let [isPrivateLeft, overlays] = [0, 0];
  for (const tag of tagsIn(dict)) {
    if (isPrivate(tag)) isPrivateLeft++;
    if (isOverlay(tag)) overlays++;
  }
  return { left, private: isPrivateLeft, overlays };
}

function* tagsIn(dict: Dict): Generator<string> {
  for (const [tag, { vr, Value = [] }] of Object.entries(dict)) {
    yield tag;
    if (vr === 'SQ')
      for (const item of Value) if (typeof item === 'object' && item !== null) yield* tagsIn(dictShape.parse(item));
  }
}

const dummies = new Set(['REMOVED', '19000101', '000000', '19000101000000', '0', '000Y', '99REMOVED']);

function coincidence(text: string, { tag, vr }: Value): string | undefined {
  if (dummies.has(text)) return 'a value that stands for nothing';
  if (tag.startsWith('0012006')) return 'what the scrubber says of its method';
  if (vr === 'CS') return 'a code of the standard';
  if (vr === 'DS' || vr === 'IS') return 'a number';
  if (vr === 'UI' && !text.includes('.')) return 'digits of a UID that is new';
  if (text.length < 3) return 'two letters or digits';
  if (/^[\d. ]{1,4}$/.test(text)) return 'a short number';
  return undefined;
}
