import type { Given } from './driver.ts';
import { asBlocks, type Json } from './screen.ts';

/** The input blocks of one field, by its name: two for a date with a time. */
export function inputsOf(view: Json, field: string): readonly Json[] {
  return asBlocks(view.blocks).filter((block) => block.type === 'input' && fieldOf(String(block.block_id)) === field);
}

/** The name of the field that an input block belongs to. */
export function fieldOf(blockId: string): string {
  return blockId.replace(/^in2?:[a-z-]+:/, '');
}

/** The state of one input after a person put `given` in, as `view.state.values` has it. Throws for an option that is not there. */
export function fieldState(input: Json, given: Given, found: readonly (Json | undefined)[] = []): Json {
  const element = input.element as Json;
  const type = String(element.type);
  const several = typeof given === 'string' ? [given] : Array.isArray(given) ? (given as string[]) : [];
  const flat = asBlocks(element.option_groups).flatMap((group) => asBlocks(group.options));
  const all = element.options === undefined ? flat : asBlocks(element.options);
  const pick = (one: string): Json => {
    // '*' is whatever comes first.
    const option = one === '*' ? all[0] : all.find((each) => each.value === one || (each.text as Json).text === one);
    if (!option)
      throw new Error(
        `${String(input.block_id)} has no option ${one}: ${JSON.stringify(all.map((each) => each.value))}`,
      );
    return option;
  };
  switch (type) {
    case 'datepicker':
      return { type, selected_date: given === '' ? null : String(given).slice(0, 10) };
    case 'timepicker':
      return { type, selected_time: String(given).slice(11, 16) || null };
    case 'checkboxes':
      if (typeof given === 'boolean') return { type, selected_options: given ? all.slice(0, 1) : [] };
      return { type, selected_options: several.map(pick) };
    case 'multi_static_select':
      return { type, selected_options: several.map(pick) };
    case 'radio_buttons':
    case 'static_select':
      return { type, selected_option: pick(String(given)) };
    case 'external_select':
    case 'multi_external_select': {
      const missing = several.filter((_, index) => found[index] === undefined);
      if (missing.length > 0) throw new Error(`nothing was found for ${missing.join(', ')}`);
      return type === 'external_select'
        ? { type, selected_option: found[0] ?? null }
        : { type, selected_options: found };
    }
    default: {
      const max = typeof element.max_length === 'number' ? element.max_length : 3000;
      if (String(given).length > max) throw new Error(`${String(input.block_id)} takes ${max} characters`);
      return { type, value: given === '' ? null : String(given) };
    }
  }
}

/**
 * A form's whole state: what was filled in, by block id, and for the rest what the form came with. Throws where a field that must be
 * filled is empty, since Slack does not send such a form.
 */
export function stateOf(
  view: Json,
  filled: Readonly<Record<string, Json>>,
  look = false,
): Readonly<Record<string, Json>> {
  const state: Record<string, Json> = {};
  for (const block of asBlocks(view.blocks)) {
    if (block.type !== 'input') continue;
    const element = block.element as Json;
    const id = String(block.block_id);
    const own = filled[id] ?? initial(element);
    const empty = Object.entries(own).every(
      ([name, one]) => name === 'type' || one === null || (Array.isArray(one) && one.length === 0),
    );
    if (empty && block.optional !== true && !look) {
      throw new Error(`${id} must be filled in: Slack does not send the form`);
    }
    state[id] = { [String(element.action_id)]: own };
  }
  return state;
}

function initial(element: Json): Json {
  const type = String(element.type);
  switch (type) {
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: element.initial_options ?? [] };
    case 'radio_buttons':
    case 'static_select':
    case 'external_select':
      return { type, selected_option: element.initial_option ?? null };
    default:
      return { type, value: element.initial_value ?? null };
  }
}
