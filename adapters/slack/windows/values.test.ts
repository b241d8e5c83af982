import { expect, test } from 'vitest';
import { english } from '../words.ts';
import { readValues } from './values.ts';

test('half of a date with a time is an error at the half that is missing; none of it is nothing', () => {
  const date = { 'in:date-part:when': { value: { type: 'datepicker', selected_date: '2026-12-01' } } };
  const time = { 'in:time-part:when': { value: { type: 'timepicker', selected_time: '15:00' } } };
  const noDate = { 'in:date-part:when': { value: { type: 'datepicker', selected_date: null } } };
  const noTime = { 'in:time-part:when': { value: { type: 'timepicker', selected_time: null } } };
  expect(readValues({ ...date, ...time }, english)).toEqual({ values: { when: '2026-12-01T15:00' }, errors: {} });
  expect(readValues({ ...date, ...noTime }, english).errors).toEqual({ 'in:time-part:when': english.needsTime });
  expect(readValues({ ...noDate, ...time }, english).errors).toEqual({ 'in:date-part:when': english.needsDate });
  expect(readValues({ ...noDate, ...noTime }, english)).toEqual({ values: { when: undefined }, errors: {} });
});

test('each kind of field comes back as the contract has it; blocks that are not inputs of ours are passed over', () => {
  const { values } = readValues(
    {
      'in:line:a': { value: { type: 'plain_text_input', value: 'x' } },
      'in:text:b': { value: { type: 'plain_text_input', value: null } },
      'in:choices:c': { value: { type: 'checkboxes', selected_options: [{ value: '1' }, { value: '2' }] } },
      'in:search:d': { 'search:hcp': { type: 'external_select', selected_option: { value: 'HCP-1' } } },
      'in:search:e': { 'search:hcp': { type: 'multi_external_select', selected_options: [] } },
      'in:check:f': { value: { type: 'checkboxes', selected_options: [] } },
      'in:choice:__proto__': { value: { type: 'radio_buttons', selected_option: { value: 'p' } } },
      other: { value: { type: 'plain_text_input', value: 'no' } },
    },
    english,
  );
  expect({ ...values }).toMatchObject({ a: 'x', b: undefined, c: ['1', '2'], d: ['HCP-1'], e: [], f: false });
  expect(Object.keys(values)).toContain('__proto__');
  expect(Object.getPrototypeOf(values)).toBeNull();
  expect('other' in values).toBe(false);
});
