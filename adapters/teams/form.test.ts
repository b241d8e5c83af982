import { expect, test } from 'vitest';
import type { Field, Form } from '../../bot/view.ts';
import { largest, sizeOf } from './elements.ts';
import { renderForm } from './form.ts';
import { readValues } from './values.ts';
import { cataloguedWords } from './words.ts';

const words = cataloguedWords();
const form = (...fields: Field[]): Form => ({
  form: 'f',
  ref: 'R-1',
  title: 'Form',
  fields,
  submit: 'Send',
  open: { label: 'Open', action: 'f' },
});

test('inputs say what they are, and carry what was typed', () => {
  const { body, actions } = renderForm(
    form(
      { kind: 'email', name: 'mail', label: 'E-mail', value: 'a@b.example', max: 100 },
      { kind: 'datetime', name: 'when', label: 'When', value: '2026-12-01T15:00' },
      { kind: 'search', name: 'hcp', label: 'HCP', source: 'hcp', value: [{ value: 'NL,1', label: 'Fictional' }] },
      { kind: 'check', name: 'sure', label: 'Sure' },
    ),
    words,
  );
  expect(body.slice(1)).toMatchObject([
    {
      type: 'Input.Text',
      id: 'l_mail',
      label: 'E-mail',
      style: 'Email',
      value: 'a@b.example',
      maxLength: 100,
      isRequired: true,
    },
    {
      type: 'ColumnSet',
      columns: [
        { items: [{ type: 'Input.Date', id: 'd_when', value: '2026-12-01' }] },
        { items: [{ type: 'Input.Time', id: 't_when', value: '15:00', isRequired: true }] },
      ],
    },
    {
      type: 'Input.ChoiceSet',
      style: 'filtered',
      'choices.data': { type: 'Data.Query', dataset: 'hcp' },
      value: 'NL%2C1',
    },
    { type: 'Input.Toggle', id: 'b_sure', value: 'false', errorMessage: words.tick },
  ]);
  expect(actions).toMatchObject([
    {
      verb: 'form.submit',
      data: { form: 'f', ref: 'R-1' },
      fallback: { data: { verb: 'form.submit', form: 'f', ref: 'R-1' } },
    },
  ]);
});

test('an error stands below its field, an unknown one at the top, a tick is never put back', () => {
  const { body } = renderForm(
    form({ kind: 'line', name: 'one', label: 'One' }, { kind: 'check', name: 'sure', label: 'Sure' }),
    words,
    { one: 'Too short', '': 'As a whole', gone: 'No such field' },
  );
  expect(body.map((element) => element['text'] ?? element['id'])).toEqual([
    'Form',
    '⚠ As a whole',
    '⚠ No such field',
    'l_one',
    '⚠ Too short',
    'b_sure',
  ]);
});

test('a form above the limit leaves its suggestions out, then says that it is too large', () => {
  const options = Array.from({ length: 400 }, (_, index) => ({ value: `v${index}`, label: 'x'.repeat(60) }));
  const search: Field = { kind: 'search', name: 's', label: 'S', source: 'hcp' };
  const without = renderForm(form(search), words, {}, { s: options });
  expect(sizeOf(without)).toBeLessThanOrEqual(largest);
  expect(JSON.stringify(without)).toContain('Input.ChoiceSet');
  const never = renderForm(form({ kind: 'choice', name: 'c', label: 'C', options }), words);
  expect(JSON.stringify(never)).toContain(words.large);
});

test('values come back by name and kind; what is no input of ours does not', () => {
  const read = readValues({
    verb: 'x',
    ref: 'R',
    l_a: 'text',
    l_empty: '',
    d_full: '2026-12-01',
    t_full: '15:00:00',
    d_half: '2026-12-01',
    o_c: 'a%2Cb',
    m_many: 'a%2Cb,c',
    m_none: '',
    b_yes: 'true',
    b_true: true,
    b_no: 'false',
    l_strange: { a: 1 },
    l___proto__: 'x',
    __proto__: { l_x: 'y' },
  });
  expect(read).toEqual({
    a: 'text',
    empty: undefined,
    full: '2026-12-01T15:00',
    half: '2026-12-01',
    c: 'a,b',
    many: ['a,b', 'c'],
    none: [],
    yes: true,
    true: true,
    no: false,
    strange: undefined,
  });
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
});
