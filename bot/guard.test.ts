import { describe, expect, it } from 'vitest';
import { seemsIdentifying } from './guard.ts';

describe('the guard on free text', () => {
  it.each([
    ['Patient Marie Dupont has an aneurysm', 'name'],
    ['please discuss Mr Smith', 'name'],
    ['Frau Müller kommt morgen', 'name'],
    ['name: Jansen', 'name'],
    ['she was born 4 May 1962', 'birth-date'],
    ['12.03.1956 seen in clinic', 'birth-date'],
    ['DOB 1956-03-12', 'birth-date'],
    ['MRN 4471923', 'number'],
    ['NHS number 943 476 5919', 'number'],
    ['2 84 05 75 123 456 78', 'number'],
    ['call her on +33 6 12 34 56 78', 'phone'],
    ['lives in Hauptstraße 12', 'address'],
  ])('%s', (text, kind) => {
    expect(seemsIdentifying(text)).toContain(kind);
  });

  it.each([
    'CPMS shows error 500',
    'we would like to discuss a case with HTAD next Tuesday at 15:00',
    'show T-7K3F9Q2M',
    'the patient has given consent',
    'Can I move the meeting to 2026-12-01?',
    'EU Login asks for the app PIN',
  ])('lets through: %s', (text) => {
    expect(seemsIdentifying(text)).toEqual([]);
  });
});
