import type { Field, Values } from '../../bot/view.ts';

/**
 * What an input's id begins with. A submission does not say which kind of field a value comes from, and the server keeps no form:
 * so the id says how the value is to be read. It is untrusted, as the value itself: the bot checks both.
 */
const marks = {
  line: 'l',
  text: 'l',
  email: 'l',
  url: 'l',
  date: 'l',
  datetime: 'd',
  choice: 'o',
  choices: 'm',
  search: 'm',
  check: 'b',
} as const satisfies Record<Field['kind'], string>;

/** The id of a field's input; of a date with a time, that of the date. */
export function inputId(field: Pick<Field, 'kind' | 'name'>): string {
  return `${marks[field.kind]}_${field.name}`;
}

/** The id of the time that stands beside a date. */
export function timeId(name: string): string {
  return `t_${name}`;
}

/** An option's value as it is put into a card: several values come back joined by commas, so that a comma must not be in one. */
export function optionValue(value: string): string {
  return value.replaceAll('%', '%25').replaceAll(',', '%2C');
}

function optionRead(value: string): string {
  return value.replaceAll('%2C', ',').replaceAll('%25', '%');
}

/** At most this many inputs are read of one submission, and this much of each. */
const bounds = { inputs: 60, length: 10_000 };

/**
 * The values of a submitted form by field name. A date and its time are joined to 'YYYY-MM-DDTHH:mm'; where one half is missing the other
 * stands alone, for the bot to refuse. What is no input of ours is left out; an empty input is undefined.
 */
export function readValues(data: Readonly<Record<string, unknown>>): Values {
  const values: Record<string, string | readonly string[] | boolean | undefined> = Object.create(null);
  for (const [id, raw] of Object.entries(data).slice(0, bounds.inputs)) {
    const [, mark, name] = /^([ldomb])_([A-Za-z][\w.-]{0,79})$/.exec(id) ?? [];
    if (!mark || !name) continue;
    const text = typeof raw === 'boolean' ? String(raw) : typeof raw === 'string' ? raw.slice(0, bounds.length) : '';
    values[name] = read(mark, text, data[timeId(name)]);
  }
  return { ...values };
}

function read(mark: string, text: string, time: unknown): string | readonly string[] | boolean | undefined {
  switch (mark) {
    case 'b':
      return text === 'true';
    case 'm':
      return text === '' ? [] : text.split(',').map(optionRead);
    case 'o':
      return text === '' ? undefined : optionRead(text);
    case 'd': {
      const clock = typeof time === 'string' ? time.slice(0, 5) : '';
      return text === '' && clock === '' ? undefined : clock === '' ? text : `${text}T${clock}`;
    }
    default:
      return text === '' ? undefined : text;
  }
}
