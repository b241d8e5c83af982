import { describe, expect, it } from 'vitest';
import { foundIn } from '../testing.ts';

describe('what stands beside an identifier stays', () => {
  it.each([
    'Historique des cycles : C1 ⟦01/05/2019⟧, C2 ⟦03/08/2019⟧',
    'Résumé Clinique : Walks along the corridor.',
    'Patiente : ⟦Claire DUROCHET⟧ | F | ⟦13/09/1965⟧',
    'Compte rendu de M. ⟦DUROCHET Paul⟧, né le ⟦13/09/1965⟧',
    'Adressé par le Pr ⟦Jean DUROCHET⟧ pour avis.',
    'La patiente a été vue à l’hôpital ⟦Saint-Zotique⟧ le ⟦13/09/2021⟧.',
    'Le patient a été hospitalisé au CHU de ⟦Montreval⟧ puis à la clinique ⟦Roubion⟧.',
    'La malade a été opérée au ⟦Centre hospitalier de Montreval⟧.',
    'Adressée pour avis à l’hôpital.',
    'AP-HP. Université de Lorvillac\nService de chirurgie, Dr ⟦Jean DUROCHET⟧',
    'Navn: ⟦Signe Brandholt Kirk⟧, kontrol om to uger.',
    'Fastlege: ⟦Per Skogbakk Lundby⟧, kontroll om to uker.',
    'Bagarre entre ⟦Amy LENOIRE⟧ et ⟦Sandro DIEGO⟧ Profession : soudeur',
    'Many thanks,\nA successful result overall was seen at the third control.',
    'Kind regards,\n⟦J.⟧',
    'Vitals\nT: 36.5 36.8 37.0 36.9\nP: 72 74 80 78 76',
    'Kind regards,\n⟦A. Miller⟧',
  ])('%s', (expected) => {
    expect(foundIn(expected)).toBe(expected);
  });
});
