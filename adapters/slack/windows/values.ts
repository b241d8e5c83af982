import { z } from 'zod';
import type { Values } from '../../../bot/view.ts';
import type { Words } from '../words.ts';
import { inputOf } from './modal.ts';

const chosen = z.object({ value: z.string().max(2000) });

/** One element's state in a submitted view (docs.slack.dev, 'view_submission payloads', `state.values`). */
const elementState = z.object({
  type: z.string().max(50),
  value: z.string().max(3000).nullish(),
  selected_date: z.string().max(10).nullish(),
  selected_time: z.string().max(5).nullish(),
  selected_option: chosen.nullish(),
  selected_options: z.array(chosen).max(100).nullish(),
});

/** `view.state.values`: by block id, by action id. */
export const stateValues = z.record(z.string().max(255), z.record(z.string().max(255), elementState));
export type StateValues = z.infer<typeof stateValues>;

/**
 * What a submitted modal gives, by field name; a field that was left empty is undefined. `errors` (by block id, as `response_action:
 * errors` takes them) is not empty where only one half of a date with a time was given.
 */
export function readValues(
  state: StateValues,
  words: Words,
): { readonly values: Values; readonly errors: Readonly<Record<string, string>> } {
  const values: Record<string, string | readonly string[] | boolean | undefined> = Object.create(null);
  const errors: Record<string, string> = {};
  for (const [id, elements] of Object.entries(state)) {
    const input = inputOf(id);
    const given = Object.values(elements)[0];
    if (!input || !given) continue;
    const { part, name } = input;
    if (part === 'time-part') continue;
    if (part !== 'date-part') {
      values[name] = readOne(part, given);
      continue;
    }
    const timeId = id.replace(':date-part:', ':time-part:');
    const date = given.selected_date ?? undefined;
    const time = Object.values(state[timeId] ?? {})[0]?.selected_time ?? undefined;
    values[name] = date && time ? `${date}T${time}` : undefined;
    if (date && !time) errors[timeId] = words.needsTime;
    if (time && !date) errors[id] = words.needsDate;
  }
  return { values, errors };
}

function readOne(part: string, given: z.infer<typeof elementState>): string | readonly string[] | boolean | undefined {
  switch (part) {
    case 'check':
      return (given.selected_options ?? []).length > 0;
    case 'choices':
      return (given.selected_options ?? []).map((one) => one.value);
    case 'search':
      return (given.selected_options ?? (given.selected_option ? [given.selected_option] : [])).map((one) => one.value);
    case 'choice':
      return given.selected_option?.value;
    case 'date':
      return given.selected_date ?? undefined;
    default:
      return given.value ?? undefined;
  }
}
