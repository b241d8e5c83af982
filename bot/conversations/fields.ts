import { z } from 'zod';
import { seemsIdentifying } from '../guard.ts';
import { fieldErrors, type Turn } from '../turn.ts';
import type { Option, Values } from '../view.ts';
import { hasWords } from '../words.ts';

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const few = (value: unknown) =>
  value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value;

/** The shapes that a form's values are checked with; each takes what a platform may send for its kind of field. */
export const fields = {
  line: (max: number) => z.string().trim().min(1).max(max),
  optionalLine: (max: number) => z.preprocess(blank, z.string().trim().max(max).optional()),
  one: z.preprocess(first, z.string().min(1).max(100)),
  optionalOne: z.preprocess((value) => blank(first(value)), z.string().max(100).optional()),
  several: (most: number) => z.preprocess(few, z.array(z.string().min(1).max(100)).max(most)),
  choice: <const T extends readonly [string, ...string[]]>(values: T) => z.preprocess(first, z.enum(values)),
  optionalChoice: <const T extends readonly [string, ...string[]]>(values: T) =>
    z.preprocess((value) => blank(first(value)), z.enum(values).optional()),
  date: z.iso.date({ error: 'fields:date' }),
  /** A local date and time without offset, 'YYYY-MM-DDTHH:mm'. */
  hour: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, { error: 'fields:hour' }),
  optionalHour: z.preprocess(
    blank,
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, { error: 'fields:hour' })
      .optional(),
  ),
  /** A box that the person must tick; truth is the only way to have ticked it. */
  ticked: z.unknown().refine((value) => value === true, { error: 'fields:tick' }),
} as const;

/**
 * A submitted form, checked: gives its values in the schema's shape. Ends the turn with a message on each field that is
 * missing or wrong, and never repeats what was typed. A schema's own `error` may be a key of the locale files.
 */
export function checked<S extends z.ZodType>(turn: Turn, schema: S, values: Values): z.output<S> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0] ?? '');
    errors[name] ??= issueWords(turn, issue, values[name]);
  }
  return fieldErrors(errors);
}

function issueWords({ say }: Turn, issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.message.startsWith('fields:') && hasWords(issue.message)) return say(issue.message);
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return say('fields:needed');
  if (issue.code === 'too_big') return say('fields:too-long', { most: Number(issue.maximum) });
  if (issue.code === 'invalid_value') return say('fields:choose');
  return say('fields:needed');
}

/**
 * Rule 9: ends the turn where a text seems to hold a patient's identity, with a message on its field that names the kinds seen
 * and not the text. Nothing of it is stored.
 */
export function guarded(turn: Turn, texts: Readonly<Record<string, string | undefined>>): void {
  const errors: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) {
    const kinds = text ? seemsIdentifying(text) : [];
    if (kinds.length === 0) continue;
    const words = kinds.map((kind) => turn.say(`common:kinds.${kind}`)).join(', ');
    errors[name] = turn.say('common:errors.identifying', { kinds: words });
  }
  if (Object.keys(errors).length > 0) fieldErrors(errors);
}

/** Options for a choice, each worded by a key of the locale files ('<prefix>.<value>'). */
export function wordedOptions(turn: Turn, prefix: string, values: readonly string[]): Option[] {
  return values.map((value) => ({ value, label: turn.say(`${prefix}.${value}`) }));
}
