import { expect, it } from 'vitest';
import { foundIn } from '../testing.ts';

it.each([
  'Пациентът живее в с. ⟦Долно Езерово⟧, ⟦ул. „Дунав“ № 12⟧, и е добре.',
  'Potilas asuu osoitteessa ⟦Asemakatu 5 B 12⟧, ja voi hyvin.',
  'Patienten bor på ⟦Skovbakken 27, st. th.⟧, og har det godt.',
  'Mevrouw woont aan de ⟦Zonnekade 12-III⟧ te ⟦Amsterdam⟧, en het gaat goed.',
  'He lives at ⟦221 Elm St Apt 3⟧, ⟦Dayton OH 45402⟧.',
  'Wohnhaft ⟦Lindenweg 4 01099 Dresden⟧, und es geht gut.',
  'A beteg lakcíme ⟦3525 Miskolc, Kazinczy u. 12. fsz. 2.⟧',
])('a street with its number, floor and flat: %s', (template) => {
  expect(foundIn(template)).toBe(template);
});
