/**
 * Block Kit's limits (docs.slack.dev, 'Block Kit reference' and 'Views'), which the emulator does not check and Slack answers with
 * `invalid_blocks`. Written from the documentation, and apart from the adapter, so that one can be wrong without the other.
 */
type Json = Readonly<Record<string, unknown>>;

/** What is wrong with a message's blocks and text; empty where Slack would take it. */
export function messageProblems(message: Json): string[] {
  const found: string[] = [];
  const blocks = list(message.blocks);
  if (blocks.length > 50) found.push(`a message has ${blocks.length} blocks, over 50`);
  if (typeof message.text !== 'string' || message.text.trim() === '')
    found.push('a message without text for notifications');
  if (typeof message.text === 'string' && message.text.length > 4000)
    found.push('the text beside the blocks is over 4000');
  if (textLength(blocks) > 13_000) found.push('the blocks hold more than 13,000 characters');
  return [...found, ...blockProblems(blocks)];
}

/** What is wrong with a modal or an App Home; empty where Slack would take it. */
export function viewProblems(view: Json): string[] {
  const found: string[] = [];
  const blocks = list(view.blocks);
  if (blocks.length > 100) found.push(`a view has ${blocks.length} blocks, over 100`);
  found.push(
    ...within('private_metadata', view.private_metadata, 3000),
    ...within('callback_id', view.callback_id, 255),
  );
  if (view.type === 'modal') {
    for (const name of ['title', 'submit', 'close']) {
      if (view[name] !== undefined) found.push(...textProblems(`view.${name}`, view[name], 24, ['plain_text']));
    }
    if (view.title === undefined) found.push('a modal without a title');
    if (view.submit === undefined && blocks.some((block) => block.type === 'input'))
      found.push('inputs without submit');
  }
  return [...found, ...blockProblems(blocks)];
}

function blockProblems(blocks: readonly Json[]): string[] {
  const found = blocks.flatMap((block, index) => oneBlock(block).map((problem) => `blocks/${index}: ${problem}`));
  const ids = blocks.flatMap((block) => (typeof block.block_id === 'string' ? [block.block_id] : []));
  if (new Set(ids).size !== ids.length) found.push('two blocks with one block_id');
  return found;
}

function oneBlock(block: Json): string[] {
  const id = within('block_id', block.block_id, 255);
  switch (block.type) {
    case 'section': {
      const fields = list(block.fields);
      const text = block.text === undefined ? [] : textProblems('section.text', block.text, 3000);
      if (block.text === undefined && fields.length === 0) text.push('a section without text and fields');
      if (fields.length > 10) text.push('a section with over 10 fields');
      const beside = block.accessory === undefined ? [] : oneElement(block.accessory as Json);
      return [...id, ...text, ...beside, ...fields.flatMap((field) => textProblems('section.field', field, 2000))];
    }
    case 'header':
      return [...id, ...textProblems('header', block.text, 150, ['plain_text'])];
    case 'context': {
      const elements = list(block.elements);
      const count = elements.length < 1 || elements.length > 10 ? ['context needs 1 to 10 elements'] : [];
      return [...id, ...count, ...elements.flatMap((element) => textProblems('context', element, 2000))];
    }
    case 'actions': {
      const elements = list(block.elements);
      const count = elements.length < 1 || elements.length > 25 ? ['actions needs 1 to 25 elements'] : [];
      const ids = elements.map((element) => element.action_id);
      const twice = new Set(ids).size === ids.length ? [] : ['two elements of a block with one action_id'];
      return [...id, ...count, ...twice, ...elements.flatMap(oneElement)];
    }
    case 'input':
      return [
        ...id,
        ...textProblems('input.label', block.label, 2000, ['plain_text']),
        ...(block.hint === undefined ? [] : textProblems('input.hint', block.hint, 2000, ['plain_text'])),
        ...oneElement((block.element ?? {}) as Json),
      ];
    case 'divider':
      return id;
    default:
      return [`a block of the unknown type ${String(block.type)}`];
  }
}

function oneElement(element: Json): string[] {
  const found = within('action_id', element.action_id, 255);
  if (element.placeholder !== undefined)
    found.push(...textProblems('placeholder', element.placeholder, 150, ['plain_text']));
  switch (element.type) {
    case 'button':
      found.push(...textProblems('button', element.text, 75, ['plain_text']));
      found.push(...within('button.value', element.value, 2000), ...within('button.url', element.url, 3000));
      if (element.value === '') found.push('an empty button value');
      if (![undefined, 'primary', 'danger'].includes(element.style as string | undefined)) found.push('button style');
      if (element.confirm !== undefined) found.push(...confirmProblems(element.confirm as Json));
      return found;
    case 'plain_text_input': {
      const max = typeof element.max_length === 'number' ? element.max_length : 3000;
      if (max < 1 || max > 3000) found.push('max_length must be 1 to 3000');
      return [...found, ...within('initial_value', element.initial_value, max), ...notEmpty(element, 'initial_value')];
    }
    case 'email_text_input':
    case 'url_text_input':
      return [...found, ...notEmpty(element, 'initial_value')];
    case 'datepicker':
      return [...found, ...form(element, 'initial_date', /^\d{4}-\d{2}-\d{2}$/)];
    case 'timepicker': {
      if (element.timezone !== undefined && !isZone(element.timezone)) found.push('an unknown timezone');
      return [...found, ...form(element, 'initial_time', /^\d{2}:\d{2}$/)];
    }
    case 'radio_buttons':
    case 'checkboxes':
      return [...found, ...optionsProblems(element, 10)];
    case 'static_select':
    case 'multi_static_select':
      return [...found, ...optionsProblems(element, 100)];
    case 'external_select':
    case 'multi_external_select':
      return found;
    default:
      return [...found, `an element of the unknown type ${String(element.type)}`];
  }
}

function optionsProblems(element: Json, most: number): string[] {
  const found: string[] = [];
  const groups = list(element.option_groups);
  const flat = element.options === undefined ? groups.flatMap((group) => list(group.options)) : list(element.options);
  const sizes = element.options === undefined ? groups.map((group) => list(group.options).length) : [flat.length];
  if (sizes.length < 1 || sizes.length > 100 || sizes.some((size) => size < 1 || size > most)) {
    found.push(`${String(element.type)} needs 1 to ${most} options`);
  }
  for (const group of groups) found.push(...textProblems('option group', group.label, 75, ['plain_text']));
  for (const one of flat) found.push(...optionProblems(one));
  const initial = element.initial_options ?? (element.initial_option === undefined ? [] : [element.initial_option]);
  for (const one of list(initial)) {
    if (!flat.some((known) => JSON.stringify(known) === JSON.stringify(one)))
      found.push('an initial option that is no option');
  }
  if (element.initial_options !== undefined && list(element.initial_options).length === 0)
    found.push('empty initial_options');
  return found;
}

/** What is wrong with one option of a menu or a typeahead. */
export function optionProblems(one: Json): string[] {
  const description = one.description === undefined ? [] : textProblems('description', one.description, 75);
  const empty = typeof one.value === 'string' && one.value !== '' ? [] : ['an option without a value'];
  return [...textProblems('option', one.text, 75), ...within('option.value', one.value, 150), ...description, ...empty];
}

/** What is wrong with a typeahead's answer: options, or groups of them, at most 100 of each. */
export function suggestionProblems(body: Json): string[] {
  const groups = list(body.option_groups);
  const sets = body.option_groups === undefined ? [list(body.options)] : groups.map((group) => list(group.options));
  return [
    ...(body.options !== undefined && body.option_groups !== undefined ? ['options and groups of them'] : []),
    ...(sets.length > 100 || sets.some((set) => set.length > 100) ? ['over 100 options'] : []),
    ...groups.flatMap((group) => textProblems('option group', group.label, 75, ['plain_text'])),
    ...sets.flat().flatMap(optionProblems),
  ];
}

function confirmProblems(confirm: Json): string[] {
  return [
    ...textProblems('confirm.title', confirm.title, 100, ['plain_text']),
    ...textProblems('confirm.text', confirm.text, 300),
    ...textProblems('confirm.confirm', confirm.confirm, 30, ['plain_text']),
    ...textProblems('confirm.deny', confirm.deny, 30, ['plain_text']),
  ];
}

function textProblems(what: string, value: unknown, max: number, types = ['plain_text', 'mrkdwn']): string[] {
  const { type, text } = (value ?? {}) as { type?: unknown; text?: unknown };
  if (typeof text !== 'string' || text === '') return [`${what} has no text`];
  const found = types.includes(String(type)) ? [] : [`${what} may not be ${String(type)}`];
  if (text.length > max) found.push(`${what} has ${text.length} characters, over ${max}`);
  return found;
}

function within(what: string, value: unknown, max: number): string[] {
  return typeof value === 'string' && value.length > max ? [`${what} has ${value.length} characters, over ${max}`] : [];
}

function isZone(zone: unknown): boolean {
  if (typeof zone !== 'string') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function notEmpty(element: Json, name: string): string[] {
  return element[name] === '' ? [`an empty ${name}`] : [];
}

function form(element: Json, name: string, pattern: RegExp): string[] {
  const value = element[name];
  return value === undefined || (typeof value === 'string' && pattern.test(value))
    ? []
    : [`${name} is not of its form`];
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (value === null || typeof value !== 'object') return 0;
  return Object.entries(value).reduce((sum, [name, one]) => {
    return sum + (name === 'text' && typeof one === 'string' ? one.length : textLength(one));
  }, 0);
}
