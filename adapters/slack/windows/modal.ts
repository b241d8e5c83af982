import type { types } from '@slack/bolt';
import type { Field, Form, Option, Source } from '../../../bot/view.ts';
import { limits, paragraphs, plain } from '../outgoing/blocks.ts';
import { cut } from '../outgoing/text.ts';
import { type Words, wordsFor } from '../words.ts';

/** Limits of modals and their elements (docs.slack.dev, 'Views' and 'Block elements'). */
export const modalLimits = {
  title: 24,
  button: 24,
  label: 2000,
  hint: 2000,
  placeholder: 150,
  text: 3000,
  option: 75,
  optionValue: 150,
  options: 100,
  boxes: 10,
  radios: 5,
  blocks: 100,
  metadata: 3000,
  callbackId: 255,
} as const;

const formPrefix = 'form:';

/** The form's name from a view's callback id; undefined for a view that is not a form of ours. */
export function formOf(callbackId: string): string | undefined {
  return callbackId.startsWith(formPrefix) ? callbackId.slice(formPrefix.length) : undefined;
}

/** How a form's modal differs from a new one. */
export interface ModalOptions {
  /** Stands above the fields: what is wrong with the form as a whole. */
  readonly banner?: string;
  /** Offers the draft that was kept of this form. */
  readonly draft?: boolean;
  /**
   * The fields get other block ids than those of the view that this one takes the place of: Slack keeps what stands in an input whose ids
   * stay, whatever initial value comes with it.
   */
  readonly anew?: boolean;
}

/**
 * A form as a modal. The callback id carries its name, `metadata` comes back as it is (opaque ids only: the person could read it), and each
 * field is an input block `in:<kind>:<name>`. What a draft may keep is told as it is typed, since Slack does not say what stood
 * in a modal that is closed. Throws RangeError for a form that no modal can hold.
 */
export function modal(form: Form, metadata: string, allWords: Words, options: ModalOptions = {}): types.ModalView {
  const words = wordsFor(form, allWords);
  const head = [
    ...(form.title.length > modalLimits.title ? paragraphs(form.title) : []),
    ...(options.banner ? paragraphs(`⚠️ ${options.banner}`) : []),
    ...(options.draft ? draftOffer(words) : []),
    ...paragraphs(form.intro ?? ''),
  ];
  const prefix = options.anew ? 'in2' : 'in';
  const blocks = [...head, ...form.fields.flatMap((field) => fieldBlocks(field, words, prefix))];
  const callback_id = `${formPrefix}${form.form}`;
  if (
    blocks.length > modalLimits.blocks ||
    callback_id.length > modalLimits.callbackId ||
    metadata.length > modalLimits.metadata
  ) {
    throw new RangeError(`the form ${form.form} is too large for Slack`);
  }
  return {
    type: 'modal',
    callback_id,
    private_metadata: metadata,
    title: plain(cut(form.title, modalLimits.title)),
    submit: plain(cut(form.submit, modalLimits.button)),
    close: plain(cut(words.cancel, modalLimits.button)),
    blocks,
    ...(form.fields.some(({ kind }) => draftable(kind)) ? { notify_on_close: true } : {}),
  };
}

export const draftActions = { use: 'draft:use', drop: 'draft:drop' } as const;

/** What was kept of this form, to go on with or to throw away. */
function draftOffer(words: Words): types.KnownBlock[] {
  const button = (text: string, action_id: string): types.Button => ({
    type: 'button',
    text: plain(cut(text, limits.buttonText)),
    action_id,
  });
  return [
    ...paragraphs(words.draft),
    {
      type: 'actions',
      block_id: 'draft',
      elements: [button(words.draftUse, draftActions.use), button(words.draftDrop, draftActions.drop)],
    },
  ];
}

/** A modal that only says something: 'working…', or that it is done. */
export function message(title: string, lines: readonly string[], words: Words): types.ModalView {
  const blocks = lines.flatMap(paragraphs).slice(0, modalLimits.blocks);
  return {
    type: 'modal',
    callback_id: 'message',
    title: plain(cut(title, modalLimits.title)),
    close: plain(cut(words.close, modalLimits.button)),
    blocks,
  };
}

/** What an input block is called. A `datetime` is two blocks, `date-part` and `time-part`, since an input holds one element. */
export type Part = Exclude<Field['kind'], 'datetime'> | 'date-part' | 'time-part';

/**
 * Whether a closed form's draft keeps this kind of field: free text that seems to name nobody, and what was chosen. A line holds a name,
 * an address, a code, a pseudonym or a number of CPMS; a box is ticked anew each time.
 */
export function draftable(kind: string): boolean {
  return ['text', 'choice', 'choices', 'search', 'date', 'datetime', 'date-part', 'time-part'].includes(kind);
}

/** The part and the field's name from the id of an input block; undefined for a block that is not an input of ours. */
export function inputOf(id: string): { readonly part: string; readonly name: string } | undefined {
  const match = /^in2?:([a-z-]+):(.+)$/.exec(id);
  return match?.[1] && match[2] ? { part: match[1], name: match[2] } : undefined;
}

const searchPrefix = 'search:';
const sources: readonly string[] = ['hcp', 'expert', 'group', 'case'] satisfies Source[];

/** What a typeahead asks for, from its element's action id; undefined for any other element. */
export function sourceOf(actionId: string): Source | undefined {
  const source = actionId.startsWith(searchPrefix) ? actionId.slice(searchPrefix.length) : '';
  return sources.includes(source) ? (source as Source) : undefined;
}

function fieldBlocks(field: Field, words: Words, prefix: string): types.KnownBlock[] {
  if (field.kind === 'datetime') {
    const [date, time] = (field.value ?? '').split('T');
    return [
      input(prefix, field, 'date-part', { type: 'datepicker', action_id: 'value', ...set('initial_date', date) }),
      input(
        prefix,
        { name: field.name, label: `${field.label} – ${words.time}`, optional: field.optional },
        'time-part',
        {
          type: 'timepicker',
          action_id: 'value',
          ...set('initial_time', time?.slice(0, 5)),
          // Slack shows the zone below the picker.
          ...set('timezone', field.zone),
        },
      ),
    ];
  }
  // A label that no input takes stands above it whole.
  const long = field.label.length > modalLimits.label ? paragraphs(field.label) : [];
  const hint = field.hint && field.hint.length > modalLimits.hint ? paragraphs(field.hint) : [];
  return [...long, input(prefix, field, field.kind, element(field, words)), ...hint];
}

interface Labelled {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean | undefined;
}

function input(prefix: string, field: Labelled, part: Part, element: types.InputBlock['element']): types.InputBlock {
  return {
    type: 'input',
    block_id: `${prefix}:${part}:${field.name}`,
    ...(draftable(part) ? { dispatch_action: true } : {}),
    label: plain(cut(field.label.trim() || field.name, modalLimits.label)),
    element,
    ...(field.hint && field.hint.length <= modalLimits.hint ? { hint: plain(field.hint) } : {}),
    optional: field.optional ?? false,
  };
}

function element(field: Exclude<Field, { kind: 'datetime' }>, words: Words): types.InputBlock['element'] {
  switch (field.kind) {
    case 'line':
    case 'text': {
      const max = Math.min(field.max ?? modalLimits.text, modalLimits.text);
      return {
        type: 'plain_text_input',
        action_id: 'value',
        multiline: field.kind === 'text',
        max_length: max,
        ...(draftable(field.kind) ? { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } } : {}),
        ...set('initial_value', field.value?.slice(0, max)),
        ...placeholder(field.placeholder),
      };
    }
    case 'email':
      return {
        type: 'email_text_input',
        action_id: 'value',
        ...set('initial_value', field.value),
        ...placeholder(field.placeholder),
      };
    case 'url':
      return {
        type: 'url_text_input',
        action_id: 'value',
        ...set('initial_value', field.value),
        ...placeholder(field.placeholder),
      };
    case 'date':
      return { type: 'datepicker', action_id: 'value', ...set('initial_date', field.value) };
    case 'check':
      // An option's text ends at 75 characters: the statement is the label, and the box below it says 'Yes'.
      return { type: 'checkboxes', action_id: 'value', options: [{ text: plain(words.tick), value: 'yes' }] };
    case 'choice':
      return choice(field.options, field.value, field.optional ?? false, words);
    case 'choices':
      return choices(field.options, field.value ?? [], words);
    case 'search': {
      const chosen = (field.value ?? []).map(option);
      const rest = { action_id: `${searchPrefix}${field.source}`, min_query_length: 0, ...placeholder(words.search) };
      const [first] = chosen;
      return field.several
        ? { type: 'multi_external_select', ...rest, ...(first ? { initial_options: chosen } : {}) }
        : { type: 'external_select', ...rest, ...(first ? { initial_option: first } : {}) };
    }
  }
}

/** Up to five as radio buttons; more, or one that may be left empty (a radio button cannot be taken back), as a menu. */
function choice(all: readonly Option[], value: string | undefined, optional: boolean, words: Words) {
  const options = all.map(option);
  const initial = options[all.findIndex((one) => one.value === value)];
  const chosen = initial ? { initial_option: initial } : {};
  if (options.length <= modalLimits.radios && !optional) {
    return { type: 'radio_buttons' as const, action_id: 'value', options, ...chosen };
  }
  return {
    type: 'static_select' as const,
    action_id: 'value',
    ...placeholder(words.choose),
    ...menu(options),
    ...chosen,
  };
}

/** Up to ten as boxes; more as a menu. */
function choices(all: readonly Option[], values: readonly string[], words: Words) {
  const options = all.map(option);
  const initial = options.filter((_, index) => values.includes(all[index]?.value ?? ''));
  const chosen = initial.length > 0 ? { initial_options: initial } : {};
  if (options.length <= modalLimits.boxes) {
    return { type: 'checkboxes' as const, action_id: 'value', options, ...chosen };
  }
  return {
    type: 'multi_static_select' as const,
    action_id: 'value',
    ...placeholder(words.choose),
    ...menu(options),
    ...chosen,
  };
}

/** A menu holds 100 options, or 100 groups of 100. */
function menu(options: types.PlainTextOption[]) {
  if (options.length <= modalLimits.options) return { options };
  const option_groups: { label: types.PlainTextElement; options: types.PlainTextOption[] }[] = [];
  for (let start = 0; start < options.length; start += modalLimits.options) {
    const group = options.slice(start, start + modalLimits.options);
    option_groups.push({ label: plain(`${start + 1}–${start + group.length}`), options: group });
  }
  return { option_groups };
}

/**
 * An option as Slack takes it: a label over 75 characters goes on in the description's 75. Throws RangeError where the value,
 * which must come back whole, is longer than 150.
 */
export function option(one: Option): types.PlainTextOption {
  if (one.value.length > modalLimits.optionValue) throw new RangeError('the value of an option is too long for Slack');
  const label = one.label.trim() || one.value;
  const text = plain(cut(label, modalLimits.option));
  if (label.length <= modalLimits.option) return { text, value: one.value };
  const rest = label.slice(text.text.length - 1).trim();
  return { text, value: one.value, description: plain(cut(`…${rest}`, modalLimits.option)) };
}

function placeholder(text: string | undefined): { placeholder?: types.PlainTextElement } {
  return text ? { placeholder: plain(cut(text, modalLimits.placeholder)) } : {};
}

/** `{ [name]: value }`, or nothing where there is no value: Slack refuses an empty initial value. */
function set<Name extends string>(name: Name, value: string | undefined): { [K in Name]?: string } {
  return value ? ({ [name]: value } as { [K in Name]?: string }) : {};
}
