import type { Field, Form, Option } from '../../bot/view.ts';
import { execute } from './actions.ts';
import { paragraphs, titleOf } from './cards.ts';
import { type AdaptiveCard, adaptiveCard, type Element, largest, sizeOf } from './elements.ts';
import { neutral, shortened } from './escape.ts';
import { submitVerb } from './translate.ts';
import { inputId, optionValue, timeId } from './values.ts';
import { fill, type Words } from './words.ts';

/** By field name, what to do about it; '' is the form as a whole. */
export type Errors = Readonly<Record<string, string>>;

/**
 * How many options of a search field are put into the card. Fewer than these are all there are: then the client searches in
 * them itself, which is quicker, and works where typeahead does not (mobile clients at times, the Agents Playground).
 */
export const offeredAtOnce = 60;

/** By field name, the first options of a search field, at most `offeredAtOnce`. */
export type Offered = Readonly<Record<string, readonly Option[]>>;

/**
 * A form as a card with inputs and one button; what was typed stands in them, and an error directly below its own field (one that
 * names no field of the form stands at the top). Client-side checks are for courtesy: the bot checks everything. A form above the size
 * limit is tried without what its search fields offer, then with its introduction and the names of what is chosen shortened; one that is still too large becomes a card that says so.
 */
export function renderForm(form: Form, words: Words, errors: Errors = {}, offered: Offered = {}): AdaptiveCard {
  const whole = assembled(form, words, errors, offered);
  if (sizeOf(whole) <= largest) return whole;
  const bare = assembled(form, words, errors, {});
  if (sizeOf(bare) <= largest) return bare;
  const short = assembled(shortenedForm(form), words, errors, {});
  if (sizeOf(short) <= largest) return short;
  return adaptiveCard(form.title, [titleOf(form.title, 'warning'), ...paragraphs(words.large)]);
}

/** What a form says before its fields, and names in them, at most so long where it would not fit otherwise. */
const tight = { intro: 3000, label: 60 };

function shortenedForm(form: Form): Form {
  const { intro = '' } = form;
  const fields = form.fields.map((field): Field => {
    if (field.kind !== 'search') return field;
    const value = (field.value ?? []).map((one) => ({ ...one, label: shortened(one.label, tight.label) }));
    return { ...field, value };
  });
  return { ...form, fields, ...(intro ? { intro: shortened(intro, tight.intro) } : {}) };
}

function assembled(form: Form, words: Words, errors: Errors, offered: Offered): AdaptiveCard {
  const names = new Set(form.fields.map(({ name }) => name));
  const general = Object.entries(errors).filter(([name]) => !names.has(name));
  const body = [
    titleOf(form.title),
    ...(form.intro ? paragraphs(form.intro) : []),
    ...general.flatMap(([, message]) => problem(message)),
    ...form.fields.flatMap((field) => [
      ...inputs(field, words, offered[field.name] ?? []),
      ...(Object.hasOwn(errors, field.name) ? problem(errors[field.name] as string) : []),
      ...(field.hint ? paragraphs(field.hint, { isSubtle: true, size: 'Small', spacing: 'None' }) : []),
    ]),
  ];
  const data = { form: form.form, ...(form.ref === undefined ? {} : { ref: form.ref }) };
  const button = { ...execute(form.submit, submitVerb, data, 'auto'), style: 'positive' };
  const window = form.fields.length >= roomy ? [inWindow(form, words)] : [];
  const { back } = form;
  const backing = back
    ? [execute(back.label, back.action, back.ref === undefined ? {} : { ref: back.ref }, 'none')]
    : [];
  return adaptiveCard(form.title, body, [button, ...window, ...backing]);
}

/** A form with so many fields is long in a chat: it can be opened in a dialog too, by those clients that know them. */
const roomy = 6;

/** Opens the form in a dialog ('Invoke a dialog from a card'); a client without dialogs shows the form's card below, as a press of its button does. */
function inWindow(form: Form, words: Words): Element {
  const { action, ref } = form.open;
  const data = { msteams: { type: 'task/fetch' }, verb: action, ...(ref === undefined ? {} : { ref }) };
  return { type: 'Action.Submit', title: words.window, associatedInputs: 'none', data };
}

function problem(message: string): readonly Element[] {
  return paragraphs(`⚠ ${message}`, { color: 'Attention', weight: 'Bolder', spacing: 'Small' });
}

function inputs(field: Field, words: Words, offered: readonly Option[]): readonly Element[] {
  const required = field.optional
    ? {}
    : { isRequired: true, errorMessage: neutral(fill(words.required, { label: field.label })) };
  const base = { id: inputId(field), label: neutral(field.label), ...required };
  switch (field.kind) {
    case 'line':
    case 'text':
    case 'email':
    case 'url':
      return [
        {
          type: 'Input.Text',
          ...base,
          ...(field.kind === 'text' ? { isMultiline: true } : {}),
          ...(field.kind === 'email' ? { style: 'Email' } : field.kind === 'url' ? { style: 'Url' } : {}),
          ...(field.max ? { maxLength: field.max } : {}),
          ...(field.placeholder ? { placeholder: neutral(field.placeholder) } : {}),
          ...(field.value === undefined ? {} : { value: field.value }),
        },
      ];
    case 'date':
      return [{ type: 'Input.Date', ...base, ...(field.value ? { value: field.value } : {}) }];
    case 'datetime':
      return dateAndTime(field.name, field.value ?? '', base, neutral(`${field.label} – ${words.time}`));
    case 'choice':
      return [{ ...choiceSet(base, field.options), ...(field.value ? { value: optionValue(field.value) } : {}) }];
    case 'choices':
      return [
        {
          ...choiceSet(base, field.options),
          style: 'expanded',
          isMultiSelect: true,
          value: (field.value ?? []).map(optionValue).join(','),
        },
      ];
    case 'search': {
      const chosen = field.value ?? [];
      const more = offered.filter(({ value }) => !chosen.some((one) => one.value === value));
      return [
        {
          ...choiceSet(base, [...chosen, ...more]),
          style: 'filtered',
          placeholder: words.choose,
          ...(field.several ? { isMultiSelect: true } : {}),
          ...(offered.length > 0 && offered.length < offeredAtOnce
            ? {}
            : { 'choices.data': { type: 'Data.Query', dataset: field.source } }),
          value: chosen.map(({ value }) => optionValue(value)).join(','),
        },
      ];
    }
    case 'check':
      return [
        {
          type: 'Input.Toggle',
          id: base.id,
          title: neutral(field.label),
          valueOn: 'true',
          valueOff: 'false',
          value: 'false',
          wrap: true,
          // A required input needs a label of its own: readers of the screen hear it.
          ...(field.optional ? {} : { label: words.confirm, isRequired: true, errorMessage: words.tick }),
        },
      ];
  }
}

function choiceSet(base: Readonly<Record<string, unknown>>, options: readonly Option[]): Element {
  return {
    type: 'Input.ChoiceSet',
    ...base,
    wrap: true,
    choices: options.map(({ value, label }) => ({ title: neutral(label), value: optionValue(value) })),
  };
}

/** Adaptive Cards know a date and a time, not both in one: two inputs side by side. A half that was typed alone comes back as it was. */
function dateAndTime(
  name: string,
  value: string,
  base: Readonly<Record<string, unknown>>,
  timeLabel: string,
): readonly Element[] {
  const [date = '', time = ''] = value.split('T');
  const half = (input: Element): Element => ({ type: 'Column', width: 'stretch', items: [input] });
  return [
    {
      type: 'ColumnSet',
      columns: [
        half({ type: 'Input.Date', ...base, ...(date ? { value: date } : {}) }),
        half({
          type: 'Input.Time',
          ...base,
          id: timeId(name),
          label: timeLabel,
          ...(time ? { value: time.slice(0, 5) } : {}),
        }),
      ],
    },
  ];
}
