import { describe, expect, it } from 'vitest';
import { wrongIn } from '../../testing.ts';

const clean = { left: '', masked: '' };
/** Enough of English for a short note to be known as such. */
const PLAIN = 'The wound was dressed and the leg is warm, with no pain at rest.';

describe('dates of notes in English', () => {
  it.each([
    'The dressing is due ⟦Sat⟧ and the leg has been black since ⟦Tuesday⟧.',
    'On call ⟦SAT 2ND⟧ to ⟦SUN 3RD⟧ for the ward.',
    'The cytology from ⟦12th⟧ is back and the drain came out on the ⟦15th⟧.',
    'She was unwell on the ⟦15⟧, and he was away.',
    `${PLAIN}\n⟦04/04⟧ | 6 x 4 | dry\n⟦11/04⟧ | 5 x 3 | dry`,
    'The visits are on Mondays ⟦3/12⟧, ⟦10/12⟧, ⟦17/12⟧ at the clinic.',
    'The fast (starts ⟦11/3⟧) was discussed and she is well.',
    'She asks about a race in ⟦May⟧. Review in ⟦autumn⟧ at the clinic. It was the same last ⟦spring⟧.',
    "He has had pain since ⟦bonfire night⟧ and wishes to be home for ⟦St Swithin's Day⟧.",
    'The baby was born on ⟦2 Shawwal⟧ and was well.',
    'Births: 1) ⟦1994⟧, normal and 2) ⟦1997⟧, by section, with no loss.',
  ])('%s', (template) => {
    expect(wrongIn(template)).toEqual(clean);
  });

  it.each([
    'The clinic is on Mondays and the Sun cream is to be used every Tuesday from Mon to Fri.',
    'The O2 Sat 94% was stable and the 4th toe and 5th metatarsal were black.',
    'PLEX 4/7 was given, with grade 3/6 murmur and pain 3/10.',
  ])('and what is none: %s', (template) => {
    expect(wrongIn(template)).toEqual(clean);
  });
});

describe('signs of those who wrote', () => {
  it.each([
    "The count was done ⟦RK⟧/⟦MO'D⟧ and the lid was changed, initialled ⟦SH⟧.",
    'The bolus was given 17:12 ⟦EW⟧/⟦KD⟧\nThe chart is with the nurse.',
    `${PLAIN} The photo was taken with consent. ⟦TJH⟧`,
    `${PLAIN}\n⟦HD⟧`,
    `Day | Size | Signed\n4 | 6 x 4, and the wound was dry | ⟦DN⟧\n5 | 6 x 3, and it was the same | ⟦PK⟧`,
    "The child (known as ⟦J⟧) was seen. ⟦J⟧'s uncle was there.",
  ])('%s', (template) => {
    expect(wrongIn(template)).toEqual(clean);
  });

  it.each(['He was seen by ED and the scan was done. NAD', 'The plan was agreed and he is for discharge. TCI'])(
    'and abbreviations that stand there: %s',
    (template) => {
      expect(wrongIn(template)).toEqual(clean);
    },
  );
});

describe('names by what stands beside them', () => {
  it.each([
    'The list for the day was read:\n1. ⟦SINGH, Harjit⟧ | 6.1 cm aneurysm\n2. ⟦ODUYA, P.⟧ | dissection\n3. ⟦LI Xiuying⟧ | entrapment',
    'The man in blue named ⟦Raj⟧ said that her son ⟦Kit⟧ was there.',
    'The leg was weeping and she was in pain. ⟦Ann⟧',
    "Mrs ⟦van 't Hoff-Asante⟧ and Mr ⟦ap Rhys⟧ were seen in the clinic.",
    '⟦Precious Dube⟧, SHO, was told and ⟦Tom⟧ (FY2) was there.',
    'These are for the day team, and the rest is done:\n- ⟦Amirthalingam⟧ ward 5 – scan',
  ])('%s', (template) => {
    expect(wrongIn(template)).toEqual(clean);
  });
});

describe('numbers, ages and homes', () => {
  it.each([
    'He drives a van, reg ⟦YK68 ZRN⟧, and the pump has the serial ⟦20119-448⟧ on it.',
    'The row is ⟦RWA 5520917⟧ and the code of the kidney is ⟦SW-LD-0612⟧.',
    'He was ⟦91⟧. He had no pain at rest.',
    'The flight ⟦SK4491⟧ can take the stretcher and the number told was number ⟦v one zero four seven⟧.',
    'The lab rang blp ⟦2260⟧ with the result and it was read back.',
    'He lives in ⟦Flat 61, Kestrel Point⟧ and the mould is in ⟦27 Grover House⟧.',
    'She was seen at ⟦The Old Rectory⟧, and was well.',
    "She was seen at ⟦the Infirmary⟧ and then at ⟦St Winefride's⟧, where they were kind.",
    'The stent was placed at the ⟦VA⟧ and he is well.',
    'He came from the ⟦Philippines⟧ and has been here for long.',
  ])('%s', (template) => {
    expect(wrongIn(template)).toEqual(clean);
  });

  it.each([
    'The BP was 98 and the pulse was 92, with sats of 94.',
    'The general practice and the day surgery were told.',
  ])('and what is none: %s', (template) => {
    expect(wrongIn(template)).toEqual(clean);
  });
});

describe('eponyms of medicine in English reports', () => {
  it.each([
    'The critical view (Strasberg) was obtained, with Mirizzi excluded and no Luschka duct.',
    'The exercises were Masako and Mendelsohn, with a Guedel airway.',
  ])('stay: %s', (template) => {
    expect(wrongIn(template)).toEqual(clean);
  });
});
