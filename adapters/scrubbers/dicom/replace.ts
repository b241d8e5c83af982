import { createHmac, createSecretKey } from 'node:crypto';
import type { Element } from './data-set.ts';
import { keptForAMoment } from './moment.ts';

/** What stands in the place of a value that may not be absent. */
export const REMOVED = 'REMOVED';
const NO_DATE = '19000101';
const DAY = 86_400_000;

/** Replaces UIDs and moves dates by what a key says: the same way in all files that are scrubbed with it. */
export interface Replacer {
  /** Another UID (PS3.5, B.2) for one that is not the standard's own; the same for the same one. */
  uid(uid: string): string;
  /** A date or a date with a time (DA, DT), moved back by a number of days of the key's own; undefined where it is none. */
  date(value: string): string | undefined;
}

/** The root of all UIDs of the standard: classes, syntaxes, well-known instances. */
const STANDARD = '1.2.840.10008.';

/** Whether a text is made as UIDs are (PS3.5, 9.1): words are none, whatever root they have. */
export const isUid = (text: string): boolean => /^[\d.]{0,64}$/.test(text);

export function isStandardUid(uid: string): boolean {
  return uid.startsWith(STANDARD) && isUid(uid);
}

const replacers = keptForAMoment<Replacer>();
const MOST_KNOWN = 100_000;

/** The replacer of a key: what it has replaced in one file it need not make again for the next. */
export function replacerFor(key: string): Replacer {
  return replacers(key, () => createReplacer(key));
}

function createReplacer(key: string): Replacer {
  const secret = createSecretKey(key, 'utf8');
  const digest = (what: string, value: string) => createHmac('sha256', secret).update(`${what}\0${value}`).digest();
  // Between one and ten years, in whole weeks: the day of the week says something of a course.
  const back = (52 + (digest('days', '').readUInt32BE(0) % 470)) * 7;
  const known = new Map<string, string>();
  return {
    uid: (uid) => {
      let made = known.get(uid);
      if (made === undefined) {
        const bytes = digest('uid', uid).subarray(0, 16);
        // A UUID of version 8 and the variant of RFC 9562 as one number.
        bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
        bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
        made = `2.25.${BigInt(`0x${bytes.toString('hex')}`)}`;
        if (known.size < MOST_KNOWN) known.set(uid, made);
      }
      return made;
    },
    date: (value) => {
      const [, year, month, day, rest = ''] = /^(\d{4})[.]?(\d\d)[.]?(\d\d)(.*)$/.exec(value) ?? [];
      if (!year) return undefined;
      const then = Date.UTC(Number(year), Number(month) - 1, Number(day)) - back * DAY;
      if (!Number.isFinite(then)) return undefined;
      return new Date(then).toISOString().slice(0, 10).replaceAll('-', '') + rest;
    },
  };
}

export function ascii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at) & 0x7f;
  return bytes;
}
const EMPTY = new Uint8Array();

const dummies: Readonly<Record<string, string>> = {
  AE: REMOVED,
  AS: '000Y',
  CS: REMOVED,
  DA: NO_DATE,
  DS: '0',
  DT: `${NO_DATE}000000`,
  IS: '0',
  TM: '000000',
  UR: 'urn:removed',
};
const sizes: Readonly<Record<string, number>> = {
  AT: 4,
  FD: 8,
  FL: 4,
  OB: 2,
  OD: 8,
  OF: 4,
  OL: 4,
  OV: 8,
  OW: 2,
  SL: 4,
  SS: 2,
  SV: 8,
  UL: 4,
  UN: 2,
  US: 2,
  UV: 8,
};

const CODE: readonly Element[] = [
  { tag: 0x00080100, vr: 'SH', bytes: ascii(REMOVED) },
  { tag: 0x00080102, vr: 'SH', bytes: ascii('99REMOVED') },
  { tag: 0x00080104, vr: 'LO', bytes: ascii(REMOVED) },
];

/** Who verified a document (PS3.3, C.17.2), where somebody did. */
const VERIFYING_OBSERVER = 0x0040a073;
const OBSERVER: readonly Element[] = [
  { tag: 0x0040a027, vr: 'LO', bytes: ascii(REMOVED) },
  { tag: 0x0040a030, vr: 'DT', bytes: ascii(dummies['DT'] as string) },
  { tag: 0x0040a075, vr: 'PN', bytes: ascii(REMOVED) },
  { tag: 0x0040a088, vr: 'SQ', items: [] },
];

/** An element with a value that says nothing; a sequence gets one item of that kind, mostly a code of nothing. */
export function dummy(tag: number, vr: string, replacer: Replacer): Element {
  if (vr === 'SQ') return { tag, vr, items: [tag === VERIFYING_OBSERVER ? OBSERVER : CODE] };
  if (vr === 'UI') return { tag, vr, bytes: ascii(replacer.uid(REMOVED)) };
  const size = sizes[vr];
  return { tag, vr, bytes: size === undefined ? ascii(dummies[vr] ?? REMOVED) : new Uint8Array(size) };
}

export function emptied(tag: number, vr: string): Element {
  return vr === 'SQ' ? { tag, vr, items: [] } : { tag, vr, bytes: EMPTY };
}
