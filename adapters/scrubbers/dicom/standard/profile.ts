import type { DicomOption } from '../../../../domain/ports.ts';
import { groupOf, isPrivate } from '../data-set.ts';
import table from './profile.json' with { type: 'json' };

/**
 * What becomes of an element (PS3.15, E.1.1): 'X' removed, 'Z' emptied, 'D' a dummy, 'U' another UID, the same one everywhere, 'K' kept, 'C' cleaned of what identifies. Where the table lets the object's definition choose,
 * a dummy is right wherever the value may be needed, and none otherwise.
 */
export type Action = 'X' | 'Z' | 'D' | 'U' | 'K' | 'C';

interface Row {
  readonly name: string;
  /** What becomes of it with no option. */
  readonly basic: Action;
  readonly options: readonly (readonly [DicomOption, Action])[];
}

/** By which of the table's ways an element goes where none must be followed. */
const chosen: Readonly<Record<string, Action>> = {
  X: 'X',
  Z: 'Z',
  D: 'D',
  U: 'U',
  'X/Z': 'Z',
  'X/D': 'D',
  'Z/D': 'D',
  'X/Z/D': 'D',
  'X/Z/U*': 'U',
};

export const isCurve = (tag: number): boolean => groupOf(tag) >= 0x5000 && groupOf(tag) <= 0x50ff;
export const isOverlay = (tag: number): boolean => groupOf(tag) >= 0x6000 && groupOf(tag) <= 0x60ff;

const isSequence = (name: string) => name.endsWith('Sequence');

/** A sequence is better absent than made up. */
const basicAction = (name: string, basic: string): Action =>
  isSequence(name) && /^X\/(?:Z\/)?D$/.test(basic) ? 'X' : (chosen[basic] ?? 'X');

const rows: ReadonlyMap<number, Row> = new Map(
  table.flatMap(({ tag, name, basic, options = {} }) =>
    /^[0-9a-f]{8}$/.test(tag)
      ? [
          [
            Number.parseInt(tag, 16),
            {
              name,
              basic: basicAction(name, basic),
              options: Object.entries(options) as readonly (readonly [DicomOption, Action])[],
            },
          ] as const,
        ]
      : [],
  ),
);

/** The action of table E.1-1 on an element with the options that were chosen; undefined for an element that has no row. Private elements that are not known to be safe, curves and overlays go with every option: nobody can clean them for certain. */
export function actionOn(tag: number, options: ReadonlySet<DicomOption>): Action | undefined {
  if (isPrivate(tag) || isCurve(tag) || isOverlay(tag)) return 'X';
  const row = rows.get(tag);
  if (!row) return undefined;
  for (const [option, action] of row.options) if (options.has(option)) return action;
  return row.basic;
}

/** The name of an element that has a row. */
export function rowName(tag: number): string | undefined {
  return rows.get(tag)?.name;
}

/** Whether the basic profile takes the element's value away, however an option would have it. */
export function isInTable(tag: number): boolean {
  return rows.has(tag);
}

/** Codes of the options (PS3.16, CID 7050), with the meanings that go into the file. */
export const optionCodes: Readonly<Record<DicomOption, readonly [code: string, meaning: string]>> = {
  'clean-graphics': ['113103', 'Clean Graphics Option'],
  'clean-structured-content': ['113104', 'Clean Structured Content Option'],
  'clean-descriptors': ['113105', 'Clean Descriptors Option'],
  'retain-full-dates': ['113106', 'Retain Longitudinal Temporal Information Full Dates Option'],
  'retain-modified-dates': ['113107', 'Retain Longitudinal Temporal Information Modified Dates Option'],
  'retain-patient-characteristics': ['113108', 'Retain Patient Characteristics Option'],
  'retain-device-identity': ['113109', 'Retain Device Identity Option'],
  'retain-uids': ['113110', 'Retain UIDs Option'],
  'retain-safe-private': ['113111', 'Retain Safe Private Option'],
  'retain-institution-identity': ['113112', 'Retain Institution Identity Option'],
};
export const BASIC_PROFILE = ['113100', 'Basic Application Confidentiality Profile'] as const;
export const CLEAN_PIXELS = ['113101', 'Clean Pixel Data Option'] as const;
