import { describe, expect, it } from 'vitest';
import { type Consent, type ConsentCommand, consent } from './consent.ts';
import { fhirConsents, iso27560Receipt, type ReceiptSource } from './consent-receipt.ts';
import { isRefusal } from './decider.ts';

const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`;

function after(...commands: readonly ConsentCommand[]): Consent {
  return commands.reduce((state, command) => {
    const events = consent.decide(state, command, { caseOpen: true });
    if (isRefusal(events)) throw new Error(events.refused);
    return events.reduce(consent.evolve, state);
  }, consent.initial);
}

const record = (
  id: string,
  day: number,
  answers: { care: 'given' | 'refused'; registry?: 'given' | 'refused' },
): ConsentCommand => ({
  type: 'consent.record',
  at: at(day),
  by: 'P-RECORDER',
  recordId: id,
  answers,
  form: { kind: 'commission', version: '2.1' },
  signedOn: '2026-10-30',
  signedBy: 'parent',
  attested: true,
});
const withdraw = (day: number): ConsentCommand => ({
  type: 'consent.withdraw',
  at: at(day),
  by: 'P-RECORDER',
  purpose: 'care',
});

const source = (state: Consent): ReceiptSource => ({
  caseId: 'C-11111111',
  pseudonym: 'Blue Heron',
  consent: state,
  hcp: { code: 'FR-01', name: 'Hôpital Exemple', city: 'Lyon', country: 'FR' },
  country: { code: 'FR', name: 'France', majority: 18, authority: { name: 'CNIL', url: 'https://www.cnil.fr' } },
  language: 'fr',
  archiveReference: 'Binder 12',
  system: 'https://bot.example',
  keptFor: '10 years',
});

describe('FHIR R5 Consent', () => {
  it('has one resource for each purpose, with its own decision', () => {
    const [care, registry, ...more] = fhirConsents(
      source(after(record('N-1', 1, { care: 'given', registry: 'refused' }))),
    );
    expect(more).toEqual([]);
    expect(care).toMatchObject({ resourceType: 'Consent', status: 'active', decision: 'permit', date: '2026-10-30' });
    expect(care?.provision[0]?.purpose[0]?.code).toBe('TREAT');
    expect(registry).toMatchObject({ status: 'active', decision: 'deny' });
    expect(registry?.provision[0]?.purpose[0]?.code).toBe('HRESCH');
  });

  it('is inactive from the withdrawal on, and says since when', () => {
    const [care] = fhirConsents(source(after(record('N-1', 1, { care: 'given' }), withdraw(3))));
    expect(care).toMatchObject({ status: 'inactive', decision: 'permit', period: { start: '2026-10-30', end: at(3) } });
  });

  it('keeps the superseded record beside the new one; form data that are known of the latest only stand there only', () => {
    const [old, now] = fhirConsents(
      source(after(record('N-1', 1, { care: 'given' }), record('N-2', 2, { care: 'given' }))),
    );
    expect([old?.status, now?.status]).toEqual(['inactive', 'active']);
    expect(old?.sourceReference).toBeUndefined();
    expect(now?.sourceReference?.[0]?.identifier.value).toBe('Binder 12');
    expect(now?.sourceAttachment[0]?.language).toBe('fr');
  });

  it('says what was entered in error, and names neither the pseudonym nor a person', () => {
    const state = after(record('N-1', 1, { care: 'given' }), {
      type: 'consent.entered-in-error',
      at: at(2),
      by: 'P-RECORDER',
      recordId: 'N-1',
    });
    const [care] = fhirConsents(source(state));
    expect(care).toMatchObject({ status: 'entered-in-error', verification: [{ verified: false }] });
    expect(JSON.stringify(care)).not.toContain('Blue Heron');
    expect(care?.grantor[0]?.type).toBe('RelatedPerson');
  });
});

describe('ISO/IEC TS 27560 receipt', () => {
  it('names controller, authority, purposes and every event in order', () => {
    const receipt = iso27560Receipt(source(after(record('N-1', 1, { care: 'given', registry: 'given' }), withdraw(3))));
    expect(receipt?.party_identification.map(({ party_type, party_name }) => [party_type, party_name])).toEqual([
      ['controller', 'Hôpital Exemple'],
      ['supervisory-authority', 'CNIL'],
    ]);
    expect(receipt?.pii_processing.purposes.map(({ purpose }) => purpose)).toEqual(['care', 'registry']);
    expect(receipt?.events.map(({ purpose, event_state, event_time }) => [purpose, event_state, event_time])).toEqual([
      ['care', 'given', at(1)],
      ['registry', 'given', at(1)],
      ['care', 'withdrawn', at(3)],
    ]);
    expect(receipt?.pii_principal_id).toBe('Blue Heron');
  });

  it('does without an authority, and is nothing where nothing counts', () => {
    const { country: _, ...bare } = source(after(record('N-1', 1, { care: 'refused' })));
    expect(iso27560Receipt(bare)?.party_identification).toHaveLength(1);
    expect(iso27560Receipt(source(consent.initial))).toBeUndefined();
    const wrong = after(record('N-1', 1, { care: 'given' }), {
      type: 'consent.entered-in-error',
      at: at(2),
      by: 'P',
      recordId: 'N-1',
    });
    expect(iso27560Receipt(source(wrong))).toBeUndefined();
  });
});
