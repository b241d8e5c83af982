import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../find.ts';
import { foundIn, withBrackets } from '../testing.ts';

it.each([
  'Uuring tehti ⟦24. juunil⟧ ja oli korras.',
  'Järgmine visiit on ⟦6.01⟧ kell 9.30 kabinetis 8.',
  'Leikkaus tehtiin ⟦maaliskuussa 2021⟧ ja toipuminen oli hyvä.',
  'A beteg ⟦március 3-án⟧ érkezett, és jól van.',
  'A kontroll ⟦június 14. napján⟧ lesz, addig pihenjen.',
  'Kitas vizitas ⟦gegužės 3 d.⟧ 9 val. pas gydytoją.',
  'Pacjent przyjęty w ⟦styczniu 2022⟧ do oddziału, czuje się dobrze.',
  'Zahvat je učinjen u ⟦ožujku 2022⟧ i bolesnik je dobro.',
  'Η επέμβαση έγινε τον ⟦Μάρτιο του 2022⟧ και ο ασθενής είναι καλά.',
  'Η επέμβαση έγινε την ⟦29η Μαρτίου⟧ και ο ασθενής είναι καλά.',
  'Indlagt ⟦12/3-19/3 2023⟧, udskrevet i god tilstand.',
  'Patsient on sündinud ⟦3. mail 1971⟧ ja elab kodus.',
  'Controlul va fi la data de ⟦02.08⟧, ora 09:05, la cabinet.',
])('a day and a month as the language inflects and orders them: %s', (template) => {
  expect(foundIn(template)).toBe(template);
});

it.each(['Patienten mår bra och mår nu bättre än förut.', 'Hb 12.3 g/l om 3 timmar, och sedan 6.01 mmol/l.'])(
  'what a month or a day looks like, and is none: %s',
  (text) => {
    expect(withBrackets(text)).toBe(text);
  },
);

describe('what looks like a day and is none', () => {
  it.each([
    ['en', 'FH: brother 38 y root 42; son 9 y lens luxation; a man 24 y, pet 3'],
    ['de', 'BSG 12/25, CRP <0,1'],
    ['fr', 'VS 12/25 mm'],
  ])('%s: %s', (language, text) => {
    expect(findIdentifiers(text, { languages: [language] })).toEqual([]);
  });

  it.each([
    ['en', 'Seen Sat 12 and Mon 14', 2],
    ['da', 'indlagt man. 9 og tir. 10', 1],
  ])('%s: but %s is one', (language, text, days) => {
    expect(findIdentifiers(text, { languages: [language] }).length).toBeGreaterThanOrEqual(days);
  });
});
