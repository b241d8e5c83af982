import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../find.ts';

const LANGUAGES = [undefined, ['en'], ['de'], ['fr'], ['it'], ['es'], ['nl'], ['hu'], ['ro']] as const;
const found = (text: string, languages?: readonly string[]) =>
  findIdentifiers(text, languages ? { languages } : {}).map(({ start, end }) => text.slice(start, end));

describe('entries of public catalogues stay, in whatever language the text is', () => {
  it.each([
    'Loeys-Dietz syndrome (ORPHA:60030, OMIM 609192)',
    'ORPHA code: 60030',
    'Orphacode 60030',
    'Orpha number ORPHA90309',
    'OMIM #130050; MIM 130050; OMIM: 130050; OMIM® 130050',
    'OMIM *120180 (COL3A1); #609192; MIM:609192',
    'OMIM 187300, 600376 and 175050',
    'HP:0002616 Aortic root aneurysm; HP:0004970',
    'HPO: HP:0001166, HP:0000545, HP:0002650',
    'MONDO:0017310, UMLS C0024796, MedDRA 10062344',
    'SNOMED CT 19346006; SCTID 19346006; snomed: 234138005',
    'HGNC:2201; Entrez 1281; NCBI Gene 1281; UniProt P02461',
    'ClinVar 213960; rs121912923; VCV000017163.12',
    'NM_000090.4(COL3A1):c.1662+1G>A p.(Gly555_Gly584del)',
    'PIK3CA c.1633G>A; Iomeron 350 80 ml',
    'EudraCT 2019-001234-56; NCT03456789; EMA/123456/2019',
    'ISRCTN12345678; PROSPERO CRD42019123456',
    'doi:10.1016/j.ejvs.2020.01.001; PMID 31899099',
  ])('%s', (text) => {
    for (const languages of LANGUAGES) expect(found(text, languages)).toEqual([]);
  });

  it.each([
    ['MRN 609192', '609192'],
    ['MRN: RS4471129', 'RS4471129'],
    ['Patient ID: NCT12345678', 'NCT12345678'],
    ['OMIM 130050 was excluded. MRN #609192', '609192'],
    ['OMIM 130050, Patientennummer 600376', '600376'],
    ['Patient ID: 31899099', '31899099'],
    ['Orphanet: Maria Kowalska, ORPHA:774', 'Maria Kowalska'],
    ['ORPHA:774, tel. 0472 123456', '0472 123456'],
    ['p.nr12345678 gezien', '12345678'],
    ['Paziente n.12345678, cartella 2201987', '12345678'],
  ])('%s does not', (text, identifier) => {
    expect(found(text).join(' ')).toContain(identifier);
  });
});
