import { expect, it } from 'vitest';
import { findIdentifiers } from '../find.ts';

const datesOf = (text: string) =>
  findIdentifiers(text)
    .filter(({ kind }) => kind === 'date')
    .map(({ start, end }) => text.slice(start, end));

it("takes no number of a chapter's section for the day and the month of a note", () => {
  const text =
    '2 Treatment\n2.1 Drugs\nBeta blockers first.\n2.2 Surgery\nWhere the root is wide.\n2.3 Follow-up\nEach year.\n';
  expect(datesOf(text)).toEqual([]);
});

it('finds the days of notes, of which none is a chapter', () => {
  expect(datesOf('3.1 Visite, gut.\n3.2 Visite, besser.\n4.2 Entlassung geplant.\n')).toEqual(['3.1', '3.2', '4.2']);
});

it('finds days with a stop behind the month, whatever is numbered beside them', () => {
  const text = '3 Verlauf\n3.1 Klinik\n3.2 Labor\n3.4. Visite, gut.\n';
  expect(datesOf(text)).toContain('3.4.');
});
