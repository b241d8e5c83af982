import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, Button, Card, Field, Form, Option } from '../../../bot/view.ts';
import { messageProblems, optionProblems, viewProblems } from '../../../test/slack/limits.ts';
import { modal, option } from '../windows/modal.ts';
import { english } from '../words.ts';
import { actionOf, cardMessages, homeView } from './blocks.ts';

const words = (max: number) =>
  fc.oneof(fc.string({ maxLength: max }), fc.string({ unit: 'grapheme', maxLength: max }), long(max));
const long = (max: number) =>
  fc.integer({ min: 0, max }).map((length) => 'word <!channel> & *x* '.repeat(length).slice(0, length));
const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({
    label: words(400),
    action: fc.constantFrom('a', 'b.c'),
    ref: fc.string({ maxLength: 60 }),
    confirm: words(700),
  }),
  fc.record({
    label: words(400),
    url: fc.oneof(fc.webUrl(), fc.constant(`https://x.example/${'y'.repeat(4000)}`), words(20)),
  }),
);
const buttons = fc.array(button, { maxLength: 60 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text' as const, 'note' as const), text: words(9000) }),
  fc.record({
    kind: fc.constant('facts' as const),
    rows: fc.array(fc.tuple(words(800), words(5000)), { maxLength: 40 }),
  }),
  fc.record({
    kind: fc.constant('steps' as const),
    steps: fc.array(
      fc.record({ label: words(200), state: fc.constantFrom('done' as const, 'now' as const), detail: words(500) }),
    ),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    items: fc.array(
      fc.record({ title: words(3500), detail: words(4000), buttons: fc.array(button, { maxLength: 3 }) }),
      {
        maxLength: 70,
      },
    ),
  }),
);
const card: fc.Arbitrary<Card> = fc.record({
  // A card always says something: nothing but spaces is no title.
  title: words(500).filter((title) => title.trim() !== ''),
  tone: fc.constantFrom('plain', 'good', 'waiting', 'warning'),
  body: fc.array(block, { maxLength: 12 }),
  buttons,
});

test('no card breaks a limit, whatever its length', () => {
  fc.assert(
    fc.property(card, (one) => {
      for (const message of cardMessages(one, english)) {
        const given = { ...message };
        // A card of nothing has no blocks, but still its text.
        expect(messageProblems(given)).toEqual([]);
      }
      expect(viewProblems({ ...homeView(one, english) })).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('a long list goes over several messages, and nothing of it is lost', () => {
  const items = Array.from({ length: 180 }, (_, index) => ({
    title: `Case ${index} end`,
    buttons: [{ label: 'Show', action: 'show', ref: `C-${index}` }],
  }));
  const messages = cardMessages({ title: 'Cases', body: [{ kind: 'list', items }] }, english);
  const all = JSON.stringify(messages);
  expect(messages.length).toBeGreaterThan(5);
  for (const item of items) expect(all).toContain(item.title);
  for (let index = 0; index < 180; index += 1) expect(all).toContain(`"value":"C-${index}"`);
});

test('a text of many thousand characters is split between words, not cut', () => {
  const text = Array.from({ length: 3000 }, (_, index) => `word${index}`).join(' ');
  const messages = cardMessages({ title: 'T', body: [{ kind: 'text', text }] }, english);
  const said = messages.flatMap(({ blocks }) =>
    blocks.flatMap((one) => (one.type === 'section' ? [one.text?.text] : [])),
  );
  expect(said.join(' ')).toBe(text);
});

test('App Home says where it had to end', () => {
  const items = Array.from({ length: 200 }, (_, index) => ({ title: `Case ${index}` }));
  const view = homeView({ title: 'Home', body: [{ kind: 'list', items }] }, english);
  expect(view.blocks).toHaveLength(100);
  expect(JSON.stringify(view.blocks.at(-1))).toContain(english.more);
});

test('a hostile name can neither mention nor link: nothing that Slack parses holds a bare bracket or a format', () => {
  const name = '<!channel> <https://evil.example|CPMS> *x* @here `y`';
  const messages = cardMessages(
    {
      title: name,
      body: [
        { kind: 'text', text: name },
        { kind: 'facts', rows: [[name, name]] },
        { kind: 'list', items: [{ title: name, detail: name }] },
        { kind: 'steps', steps: [{ label: name, state: 'now' }] },
      ],
      buttons: [{ label: name, action: 'a' }],
    },
    english,
  );
  const parsed: string[] = messages.map((one) => one.text);
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === 'object') {
      if ('type' in value && value.type === 'mrkdwn' && 'text' in value) parsed.push(String(value.text));
      Object.values(value).forEach(walk);
    }
  };
  walk(messages);
  for (const text of parsed) expect(text).not.toMatch(/[<>]/);
  for (const text of parsed.slice(messages.length)) expect(text).not.toMatch(/[`_~]|@here|https?:/);
});

test('the same action twice in a row keeps its own id and reference', () => {
  const [message] = cardMessages(
    {
      title: 'T',
      body: [],
      buttons: [
        { label: 'A', action: 'pick', ref: '1' },
        { label: 'B', action: 'pick', ref: '2' },
      ],
    },
    english,
  );
  const row = message?.blocks.at(-1);
  const ids =
    row?.type === 'actions' ? row.elements.map((one) => ('action_id' in one ? (one.action_id ?? '') : '')) : [];
  expect(new Set(ids).size).toBe(2);
  expect(ids.map(actionOf)).toEqual(['pick', 'pick']);
  expect(actionOf('other')).toBeUndefined();
});

const options = (most: number): fc.Arbitrary<Option[]> =>
  fc
    .array(words(300), { minLength: 1, maxLength: most })
    .map((labels) => labels.map((label, index) => ({ value: `v${index}`, label })));
const base = { label: words(4000), hint: words(4000) };
const field: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record({
    ...base,
    kind: fc.constantFrom('line', 'text', 'email', 'url'),
    value: words(5000),
    placeholder: words(500),
  }),
  fc.record({ ...base, kind: fc.constant('date'), value: fc.constant('2026-12-01') }),
  fc.record({ ...base, kind: fc.constant('datetime'), value: fc.constantFrom('2026-12-01T15:00', '') }),
  fc.record({
    ...base,
    kind: fc.constant('choice'),
    options: options(250),
    value: fc.constant('v0'),
    optional: fc.boolean(),
  }),
  fc.record({ ...base, kind: fc.constant('choices'), options: options(250), value: fc.constant(['v0', 'v1']) }),
  fc.record({
    ...base,
    kind: fc.constant('search'),
    source: fc.constant('hcp'),
    several: fc.boolean(),
    value: options(3),
  }),
  fc.record({ ...base, kind: fc.constant('check') }),
);

test('no form breaks a limit', () => {
  const form = fc.record({
    title: words(100),
    intro: words(5000),
    submit: words(60),
    fields: fc.array(field, { minLength: 1, maxLength: 12 }),
  });
  fc.assert(
    fc.property(form, (one) => {
      const fields = one.fields.map((each, index) => ({ ...each, name: `f${index}` })) as unknown as Field[];
      const whole: Form = {
        ...one,
        title: one.title || 'T',
        submit: one.submit || 'S',
        form: 'x',
        fields,
        open: { label: 'O', action: 'o' },
      };
      expect(viewProblems({ ...modal(whole, '{}', english, { banner: 'Look again.', draft: true }) })).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

test('an option with a long label goes on in its description; a value that cannot come back whole is refused', () => {
  fc.assert(
    fc.property(words(300), (label) => {
      expect(optionProblems({ ...option({ value: 'v', label }) })).toEqual([]);
    }),
  );
  const label = `${'Department of '.repeat(6)}vascular surgery`;
  const shown = option({ value: 'v', label });
  expect(`${shown.text.text}${shown.description?.text}`).toContain('vascular surgery');
  expect(() => option({ value: 'v'.repeat(151), label: 'x' })).toThrow(RangeError);
});
