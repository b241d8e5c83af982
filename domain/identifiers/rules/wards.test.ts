import { expect, it } from 'vitest';
import { foundIn } from '../testing.ts';

it.each([
  'Chora przebywała w Klinice Chirurgii Naczyniowej od ⟦3 do 11 marca 2022⟧ i czuje się dobrze.',
  'Indlagt på Karkirurgisk Afdeling, ⟦Viborg⟧.',
  'Patienten vårdades på Kärlkirurgiska kliniken, och mår nu bra efter operationen.',
  'Pacientas gydytas Kraujagyslių chirurgijos skyriuje ir jaučiasi gerai po operacijos.',
  'A beteg az Érsebészeti Osztályon feküdt, és jól van a műtét után.',
  'Постъпва в Клиниката по съдова хирургия и се чувства добре след операцията.',
  'Liječena je na Klinici za vaskularnu kirurgiju i osjeća se dobro nakon operacije.',
  'Vēdera aortas aneirisma, Marfāna sindroms, pacients jūtas labi.',
  'Синдром на Марфан, дисекация тип B по Станфорд, без болка и без температура.',
])('wards of any hospital and what is called after somebody stay: %s', (expected) => {
  expect(foundIn(expected)).toBe(expected);
});

it.each([
  'Pacientka byla přeložena z kliniky do ⟦Nemocnice Horní Lipová⟧ a je v pořádku.',
  'Pacjentka Pani ⟦Kliniewska⟧ została przyjęta na oddział i czuje się dobrze.',
])('a house and a person with such words beside them do not: %s', (template) => {
  expect(foundIn(template)).toBe(template);
});
