import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Card } from '../../bot/view.ts';
import { renderCard } from './cards.ts';
import { largest, sizeOf } from './elements.ts';
import { cataloguedWords } from './words.ts';

const words = cataloguedWords();

test('a card of every block', () => {
  const card: Card = {
    title: 'Registration',
    tone: 'waiting',
    body: [
      { kind: 'text', text: 'One\nTwo' },
      { kind: 'note', text: 'quiet' },
      { kind: 'facts', rows: [['HCP', 'Fictional_Hospital']] },
      { kind: 'steps', steps: [{ label: 'Authorised', state: 'now', detail: 'by your lead' }] },
      {
        kind: 'list',
        items: [{ title: 'T-1', detail: 'open', buttons: [{ label: 'Show', action: 'show', ref: 'T-1' }] }],
      },
    ],
    buttons: [{ label: 'Go', action: 'go', style: 'primary' }],
  };
  const [rendered, ...others] = renderCard(card, words);
  expect(others).toEqual([]);
  expect(rendered).toMatchObject({ type: 'AdaptiveCard', version: '1.5', fallbackText: 'Registration' });
  expect(rendered?.body).toMatchObject([
    { type: 'TextBlock', style: 'heading', color: 'Accent' },
    { text: 'One\n\nTwo', wrap: true },
    { text: 'quiet', isSubtle: true },
    { type: 'FactSet', facts: [{ title: 'HCP', value: String.raw`Fictional\_Hospital` }] },
    { text: '→ Authorised', weight: 'Bolder' },
    { text: 'by your lead' },
    { type: 'Container', items: [{}, {}, { type: 'ActionSet' }] },
  ]);
  expect(rendered?.actions).toEqual([
    {
      type: 'Action.Execute',
      title: 'Go',
      associatedInputs: 'none',
      verb: 'go',
      data: {},
      style: 'positive',
      fallback: { type: 'Action.Submit', title: 'Go', associatedInputs: 'none', data: { verb: 'go' } },
    },
  ]);
});

test('a question is asked before the real button can be pressed', () => {
  const buttons = [{ label: 'Withdraw', action: 'withdraw', ref: 'C-1', style: 'danger', confirm: 'Really?' }] as const;
  const [rendered] = renderCard({ title: 'x', body: [], buttons }, words);
  expect(rendered?.actions).toMatchObject([
    {
      type: 'Action.ShowCard',
      style: 'destructive',
      card: {
        body: [{ text: 'Really?' }],
        actions: [{ type: 'Action.Execute', verb: 'withdraw', data: { ref: 'C-1' } }],
      },
    },
  ]);
  expect(rendered?.actions?.[0]).not.toHaveProperty('verb');
});

test('many buttons stand in sets that Teams shows whole', () => {
  const buttons = Array.from({ length: 13 }, (_, index) => ({ label: `B${index}`, action: 'b', ref: String(index) }));
  const [rendered] = renderCard({ title: 'x', body: [], buttons }, words);
  const sets = rendered?.body.filter(({ type }) => type === 'ActionSet') ?? [];
  expect(sets.map((set) => (set['actions'] as unknown[]).length)).toEqual([5, 5, 3]);
});

test('whatever the length, no page is above the limit and no word is lost', () => {
  const long = fc.string({
    unit: fc.constantFrom('a', 'é', '漢', '*', '\\', ' ', '\n'),
    minLength: 0,
    maxLength: 9000,
  });
  fc.assert(
    fc.property(fc.array(long, { maxLength: 12 }), (texts) => {
      const body = texts.flatMap((text, index) => [
        { kind: 'text', text: `w${index}w ${text}` } as const,
        { kind: 'facts', rows: [[`f${index}f`, text]] } as const,
        { kind: 'list', items: [{ title: `i${index}i`, detail: text }] } as const,
      ]);
      const buttons = [{ label: 'Last', action: 'last' }];
      const pages = renderCard({ title: 'T', body, buttons }, words);
      for (const page of pages) expect(sizeOf(page)).toBeLessThanOrEqual(largest);
      const all = JSON.stringify(pages);
      for (const [index] of texts.entries())
        for (const mark of [`w${index}w`, `f${index}f`, `i${index}i`]) expect(all).toContain(mark);
      const count = (text: string, sign: string) => text.split(sign).length - 1;
      expect(count(all, '漢')).toBe(3 * count(texts.join(''), '漢'));
      expect(pages.at(-1)?.actions).toHaveLength(1);
    }),
    { numRuns: 30 },
  );
});
