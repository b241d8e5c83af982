import type { DicomOption } from '../../../domain/ports.ts';
import { type DataSet, type Element, elementOf, stringOf } from './data-set.ts';
import { isKept, joined, keep, ofParts, type Part, partsOf } from './parts.ts';
import { ascii } from './replace.ts';
import { BASIC_PROFILE, CLEAN_PIXELS, optionCodes } from './standard/profile.ts';

const IDENTITY_REMOVED = 0x00120062;
const METHOD = 0x00120063;
const METHOD_CODES = 0x00120064;
const BURNED_IN = 0x00280301;
const LONGITUDINAL = 0x00280303;
const CODE_VALUE = 0x00080100;

/** Says in the file what was done to it (PS3.15, E.1; PS3.3, C.7.1.1): identity removed, by which profile and options, and what became of the dates. */
export function withMethod(dataSet: DataSet, options: ReadonlySet<DicomOption>): DataSet {
  const [method, dates] = methodOf(options);
  const around = partsOf(dataSet).flatMap(aroundMethod);
  const before = around.filter((part) => tagOf(part) < IDENTITY_REMOVED);
  const behind = around.filter((part) => tagOf(part) > LONGITUDINAL);
  const between = around.slice(before.length, around.length - behind.length);
  return joined([...before, method, ...between, dates, ...behind]);
}

const tagOf = ([first]: Part) => (first as Element).tag;

/** What lies before, between and behind what is said here, without what was said there. */
const aroundMethod = ofParts((part): readonly Part[] => {
  const between = (from: number, to: number) => part.filter(({ tag }) => tag > from && tag < to);
  const around = [between(-1, IDENTITY_REMOVED), between(METHOD_CODES, LONGITUDINAL), between(LONGITUDINAL, Infinity)];
  const others = around.filter(({ length }) => length > 0);
  if (isKept(part)) others.forEach(keep);
  return others;
});

const methods = new Map<string, readonly [method: Part, dates: Part]>();

function methodOf(options: ReadonlySet<DicomOption>): readonly [method: Part, dates: Part] {
  const key = [...options].join();
  const known = methods.get(key);
  if (known) return known;
  const codes = [BASIC_PROFILE, ...[...options].map((option) => optionCodes[option])];
  const dates = options.has('retain-modified-dates')
    ? 'MODIFIED'
    : options.has('retain-full-dates')
      ? 'UNMODIFIED'
      : 'REMOVED';
  const method: Part = [
    { tag: IDENTITY_REMOVED, vr: 'CS', bytes: ascii('YES') },
    { tag: METHOD, vr: 'LO', bytes: ascii('DICOM PS3.15 Annex E, table E.1-1 of 2024e') },
    { tag: METHOD_CODES, vr: 'SQ', items: codes.map(([code, meaning]) => codeItem(code, meaning)) },
  ];
  const made = [keep(method), keep([{ tag: LONGITUDINAL, vr: 'CS', bytes: ascii(dates) }])] as const;
  methods.set(key, made);
  return made;
}

/** Whether a file says that private elements were kept that are known to be safe. */
export function saysSafePrivate(dataSet: DataSet): boolean {
  const [code] = optionCodes['retain-safe-private'];
  return saysCode(dataSet, code);
}

const saysCode = (dataSet: DataSet, code: string) =>
  (elementOf(dataSet, METHOD_CODES)?.items ?? []).some((item) => stringOf(item, CODE_VALUE) === code);

/** Says that nothing is burned into the pixels any more (PS3.15, E.3.1). */
export function withCleanPixels(dataSet: DataSet): DataSet {
  const codes = elementOf(dataSet, METHOD_CODES)?.items ?? [];
  const [clean, meaning] = CLEAN_PIXELS;
  const isThere = saysCode(dataSet, clean);
  return put(dataSet, [
    { tag: METHOD_CODES, vr: 'SQ', items: isThere ? codes : [...codes, codeItem(clean, meaning)] },
    { tag: BURNED_IN, vr: 'CS', bytes: ascii('NO') },
  ]);
}

function codeItem(code: string, meaning: string): DataSet {
  return [
    { tag: CODE_VALUE, vr: 'SH', bytes: ascii(code) },
    { tag: 0x00080102, vr: 'SH', bytes: ascii('DCM') },
    { tag: 0x00080104, vr: 'LO', bytes: ascii(meaning) },
  ];
}

/** The data set with elements in the place of those of the same tags. */
export function put(dataSet: DataSet, elements: readonly Element[]): DataSet {
  const own = new Set(elements.map(({ tag }) => tag));
  return [...dataSet.filter(({ tag }) => !own.has(tag)), ...elements].sort((one, other) => one.tag - other.tag);
}
