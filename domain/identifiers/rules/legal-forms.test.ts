import { expect, it } from 'vitest';
import { foundIn, withBrackets } from '../testing.ts';

it.each([
  'Výsledky poslala laboratoř ⟦Genolab Vysočina s.r.o.⟧ a jsou v pořádku.',
  'Pacient byl přeložen do ⟦Nemocnice Horní Lipová, a.s.⟧ a je v pořádku.',
  'Badanie wykonało ⟦Centrum Medyczne Zdrowie Sp. z o.o.⟧ w dobrym stanie.',
  'Mintaazonosító: a ⟦Körös-Lab Kft.⟧ küldte, és jó.',
  'Tyrimą atliko ⟦UAB „Medicinos bankas“⟧ ir rezultatas geras.',
  'Analīzes veica ⟦SIA "Veselības centrs 7"⟧ un rezultāts ir labs.',
  'Изследването е направено от ⟦ЛКЛ Хемотест ООД⟧ и е добро.',
  'Levering door ⟦Medizorg Noord B.V.⟧ aan huis is geregeld.',
  'La protesi è stata fornita da ⟦Ortopedia Rossini S.r.l.⟧ ieri.',
])('a firm with its legal form, whole: %s', (template) => {
  expect(foundIn(template)).toBe(template);
});

it.each([
  'Stenosis of the aortic valve (AS), blood group AB, no SA node disease.',
  'Nález je v normě a. s odstupem kontrola.',
])('letters that are no legal form: %s', (text) => {
  expect(withBrackets(text)).toBe(text);
});
