import type { Json } from './screen.ts';

/** What is given to a form's field: text, the values or labels of options, words to search for, true to tick. */
export type Given = string | readonly string[] | boolean;

/**
 * The inputs of a card as a Teams client sends them back: what was typed, else what stood there. Throws, as the client stops a submission,
 * where an input that must be filled is empty. `search` asks the app for options.
 */
export async function inputData(
  inputs: readonly Json[],
  typed: Readonly<Record<string, Given>>,
  search: (input: Json, words: string) => Promise<readonly Json[]>,
): Promise<Json> {
  const data: Record<string, string> = {};
  for (const input of inputs) {
    const id = String(input['id']);
    const given = typed[id.slice(2)];
    const value = given === undefined ? standing(input['value']) : await entered(input, given, search);
    const empty = value === '' || (input['type'] === 'Input.Toggle' && value !== 'true');
    if (input['isRequired'] === true && empty) throw new Error(`${id}: ${String(input['errorMessage'])}`);
    const { maxLength } = input;
    if (typeof maxLength === 'number' && value.length > maxLength) throw new Error(`${id}: longer than ${maxLength}`);
    data[id] = value;
  }
  return data;
}

async function entered(
  input: Json,
  given: Given,
  search: (input: Json, words: string) => Promise<readonly Json[]>,
): Promise<string> {
  switch (input['type']) {
    case 'Input.Toggle':
      return String(given === true);
    case 'Input.Date':
      return String(given).split('T')[0] ?? '';
    case 'Input.Time':
      return String(given).split('T')[1] ?? '';
    case 'Input.ChoiceSet': {
      const wanted = typeof given === 'object' ? given : [String(given)];
      const chosen: string[] = [];
      for (const one of wanted) {
        const found =
          pick(input['choices'] as readonly Json[], one) ??
          (input['choices.data']
            ? (await search(input, one))[0]
            : among(input['choices'] as readonly Json[], one, input['style'] === 'filtered'));
        if (!found) throw new Error(`${String(input['id'])}: no option '${one}'`);
        chosen.push(String(found['value']));
      }
      return chosen.join(',');
    }
    default:
      return String(given);
  }
}

function pick(options: readonly Json[], wanted: string): Json | undefined {
  return options.find(({ value, title }) => value === wanted || title === wanted);
}

function standing(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The first option of a list that is searched in the client. */
function among(options: readonly Json[], words: string, filtered: boolean): Json | undefined {
  return filtered ? options.find(({ title }) => String(title).toLowerCase().includes(words.toLowerCase())) : undefined;
}
