import type { Consent, ConsentRecord, Purpose } from './consent.ts';
import type { Country, Hcp } from './directory.ts';

/** What the exports of a case's consents are made from. The signed form itself is not among it: the HCP archives it. */
export interface ReceiptSource {
  readonly caseId: string;
  readonly pseudonym: string;
  readonly consent: Consent;
  readonly hcp: Hcp;
  /** The HCP's country, with its supervisory authority where the directory has one. */
  readonly country?: Country;
  /** BCP 47, of the signed form. */
  readonly language?: string;
  /** Where the HCP archives the signed form. */
  readonly archiveReference?: string;
  /** An absolute address of this installation: the namespace of its identifiers. */
  readonly system: string;
  /** How long the record is kept, in words of the configuration. */
  readonly keptFor: string;
}

const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
/** v3-ActReason: treatment for care; healthcare research for the registry and the contact. */
const reasonOf: Readonly<Record<Purpose, { readonly code: string; readonly display: string }>> = {
  care: { code: 'TREAT', display: 'treatment' },
  registry: { code: 'HRESCH', display: 'healthcare research' },
  'research-contact': { code: 'HRESCH', display: 'healthcare research' },
};

interface Identifier {
  readonly system: string;
  readonly value: string;
}
interface Reference {
  readonly type: string;
  readonly identifier: Identifier;
  readonly display?: string;
}
interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** The part of FHIR R5's Consent (5.0.0, hl7.org/fhir/R5/consent.html) that is filled in here. */
export interface FhirConsent {
  readonly resourceType: 'Consent';
  readonly identifier: readonly Identifier[];
  readonly status: 'active' | 'inactive' | 'entered-in-error';
  readonly category: readonly { readonly coding: readonly Coding[] }[];
  readonly subject: Reference;
  readonly date: string;
  readonly period?: { readonly start: string; readonly end?: string };
  readonly grantor: readonly Reference[];
  readonly controller: readonly Reference[];
  readonly sourceAttachment: readonly {
    readonly title: string;
    readonly language?: string;
    readonly creation: string;
  }[];
  readonly sourceReference?: readonly Reference[];
  readonly regulatoryBasis: readonly { readonly text: string }[];
  readonly verification: readonly {
    readonly verified: boolean;
    readonly verifiedBy: Reference;
    readonly verificationDate: readonly string[];
  }[];
  readonly decision: 'permit' | 'deny';
  readonly provision: readonly { readonly purpose: readonly Coding[] }[];
}

/**
 * A case's consents as FHIR R5 `Consent` resources, one for each record and purpose: given and refused are active with their
 * decision; withdrawn, expired and superseded are inactive. References are by identifier only: no patient, no person is named.
 */
export function fhirConsents(source: ReceiptSource): readonly FhirConsent[] {
  return source.consent.records.map((record) => fhirConsent(source, record));
}

function fhirConsent(source: ReceiptSource, record: ConsentRecord): FhirConsent {
  const { caseId, hcp, language, archiveReference } = source;
  const of = (type: string, kind: string, value: string, display?: string): Reference => ({
    type,
    identifier: { system: `${source.system}/${kind}`, value },
    ...(display ? { display } : {}),
  });
  const organisation = of('Organization', 'hcp', hcp.code, hcp.name);
  const latest = isLatest(source.consent, record);
  const ended = ['withdrawn', 'expired', 'superseded'].includes(record.status);
  return {
    resourceType: 'Consent',
    identifier: [{ system: `${source.system}/consent`, value: `${record.id}/${record.purpose}` }],
    status: record.status === 'entered-in-error' ? 'entered-in-error' : ended ? 'inactive' : 'active',
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }] }],
    subject: of('Patient', 'case', caseId),
    date: record.signedOn,
    ...(record.status === 'refused'
      ? {}
      : { period: { start: record.signedOn, ...(ended ? { end: record.since } : {}) } }),
    grantor: [
      record.signedBy === 'patient' ? of('Patient', 'case', caseId) : of('RelatedPerson', 'signatory', record.signedBy),
    ],
    controller: [organisation],
    sourceAttachment: [
      { title: formTitle(record), ...(latest && language ? { language } : {}), creation: record.signedOn },
    ],
    ...(latest && archiveReference
      ? { sourceReference: [of('DocumentReference', `archive/${hcp.code}`, archiveReference)] }
      : {}),
    regulatoryBasis: [{ text: 'GDPR Art. 6(1)(a), Art. 9(2)(a)' }],
    verification: [
      {
        verified: record.status !== 'entered-in-error',
        verifiedBy: of('Practitioner', 'person', record.recordedBy),
        verificationDate: [record.recordedAt],
      },
    ],
    decision: record.status === 'refused' ? 'deny' : 'permit',
    provision: [
      {
        purpose: [
          { system: actReason, ...reasonOf[record.purpose] },
          { system: `${source.system}/purpose`, code: record.purpose },
        ],
      },
    ],
  };
}

/** The sealed row of a case holds the language and the archive reference of the form that was recorded last. */
function isLatest(consent: Consent, record: ConsentRecord): boolean {
  return consent.records.at(-1)?.id === record.id;
}

function formTitle({ form }: ConsentRecord): string {
  return form.kind === 'commission'
    ? `Consent form, template of the European Commission, version ${form.version}`
    : `Consent form of the healthcare provider, version ${form.version}`;
}

type EventState = 'given' | 'refused' | 'withdrawn' | 'expired' | 'superseded' | 'entered-in-error';

/** The fields of ISO/IEC TS 27560:2023 (consent record and receipt) that are known here. */
export interface Iso27560Receipt {
  readonly schema_version: string;
  readonly record_id: string;
  /** The pseudonym: who the patient is, the HCP alone knows. */
  readonly pii_principal_id: string;
  readonly pii_processing: {
    readonly privacy_notice: string;
    readonly language?: string;
    readonly purposes: readonly {
      readonly purpose: Purpose;
      readonly lawful_basis: 'consent';
      readonly pii_information: readonly { readonly pii_type: string; readonly sensitive_pii_category: boolean }[];
      readonly pii_controllers: readonly string[];
      readonly storage_locations: readonly string[];
      readonly retention_period: string;
      readonly jurisdictions: readonly string[];
      readonly recipient_third_parties: readonly string[];
      readonly withdrawal_method: string;
    }[];
  };
  readonly party_identification: readonly {
    readonly party_id: string;
    readonly party_name: string;
    readonly party_type: 'controller' | 'supervisory-authority';
    readonly party_address?: string;
    readonly party_url?: string;
  }[];
  /** What happened to the consent of each purpose, oldest first. */
  readonly events: readonly {
    readonly event_time: string;
    readonly entity_id: string;
    readonly purpose: Purpose;
    readonly event_type: 'explicit';
    readonly event_state: EventState;
  }[];
}

/**
 * A case's consents as one record of ISO/IEC TS 27560:2023: the purposes that were agreed to or refused and are not an error, the
 * HCP as controller, and an event for each change of state. Undefined where nothing is recorded.
 */
export function iso27560Receipt(source: ReceiptSource): Iso27560Receipt | undefined {
  const { consent, hcp, country, pseudonym, language } = source;
  const counted = consent.records.filter(({ status }) => status !== 'entered-in-error');
  const last = counted.at(-1);
  if (!last) return undefined;
  const authority = country?.authority;
  return {
    schema_version: 'ISO/IEC TS 27560:2023',
    record_id: `${source.caseId}/${last.id}`,
    pii_principal_id: pseudonym,
    pii_processing: {
      privacy_notice: formTitle(last),
      ...(language ? { language } : {}),
      purposes: [...new Set(counted.map(({ purpose }) => purpose))].map((purpose) => ({
        purpose,
        lawful_basis: 'consent',
        pii_information: [{ pii_type: 'pseudonymised health data', sensitive_pii_category: true }],
        pii_controllers: [hcp.code],
        storage_locations: [purpose === 'care' ? 'CPMS 2.0, European Commission' : `${hcp.name}, ${hcp.city}`],
        retention_period: source.keptFor,
        jurisdictions: ['EU', hcp.country],
        recipient_third_parties:
          purpose === 'care' ? ['Experts of the European Reference Network who are invited to the case'] : [],
        withdrawal_method: `At any time, by telling ${hcp.name}`,
      })),
    },
    party_identification: [
      {
        party_id: hcp.code,
        party_name: hcp.name,
        party_type: 'controller',
        party_address: `${hcp.city}, ${hcp.country}`,
      },
      ...(authority
        ? [
            {
              party_id: `authority-${hcp.country}`,
              party_name: authority.name,
              party_type: 'supervisory-authority' as const,
              party_url: authority.url,
            },
          ]
        : []),
    ],
    events: consent.records.flatMap(eventsOf).toSorted((a, b) => a.event_time.localeCompare(b.event_time)),
  };
}

/** A record first says given or refused; if it turned since, the turn is a second event. */
function eventsOf(record: ConsentRecord): Iso27560Receipt['events'] {
  const { purpose, recordedBy, recordedAt, status, since } = record;
  const event = (event_time: string, event_state: EventState) => ({
    event_time,
    entity_id: recordedBy,
    purpose,
    event_type: 'explicit' as const,
    event_state,
  });
  if (status === 'given' || status === 'refused') return [event(recordedAt, status)];
  // What an erroneous record first said is not repeated; only that there was one.
  if (status === 'entered-in-error') return [event(since, status)];
  return [event(recordedAt, 'given'), event(since, status)];
}
