import { unlikelyDate } from './dates.ts';
import type { Ask, Decider, Fact } from './decider.ts';
import { refuse } from './decider.ts';

/** What a consent is for: sharing on CPMS for care (required), and, if the form has them, the registry and contact for research. */
export const purposes = ['care', 'registry', 'research-contact'] as const;
export type Purpose = (typeof purposes)[number];

export type Signatory = 'patient' | 'parent' | 'guardian';

/** The Commission's template, or the HCP's own form, which the HCP declares to meet the GDPR. */
export interface ConsentForm {
  readonly kind: 'commission' | 'hcp';
  readonly version: string;
}

export type ConsentStatus = 'given' | 'refused' | 'withdrawn' | 'expired' | 'superseded' | 'entered-in-error';

/** What one signed form says about one purpose. */
export interface ConsentRecord {
  readonly id: string;
  readonly purpose: Purpose;
  readonly status: ConsentStatus;
  readonly form: ConsentForm;
  /** ISO date of the signature. */
  readonly signedOn: string;
  readonly signedBy: Signatory;
  readonly recordedBy: string;
  readonly recordedAt: string;
  readonly since: string;
}

/** All consents of one case; the entity's id is the case's. The latest record of a purpose counts. */
export interface Consent {
  readonly records: readonly ConsentRecord[];
}

export type ConsentCommand =
  | (Ask & {
      readonly type: 'consent.record';
      readonly recordId: string;
      /** For each purpose that the form has, given or refused; care must be among them. */
      readonly answers: Readonly<Partial<Record<Purpose, 'given' | 'refused'>>>;
      readonly form: ConsentForm;
      readonly signedOn: string;
      readonly signedBy: Signatory;
      /** The recorder's statement: the form is signed, archived at the HCP, and (own form) meets the GDPR. */
      readonly attested: boolean;
    })
  | (Ask & { readonly type: 'consent.withdraw'; readonly purpose: Purpose })
  | (Ask & { readonly type: 'consent.expire'; readonly purpose: Purpose })
  | (Ask & { readonly type: 'consent.supersede'; readonly purpose: Purpose })
  | (Ask & { readonly type: 'consent.entered-in-error'; readonly recordId: string });

export type ConsentEvent =
  | (Fact & {
      readonly type: 'consent-recorded';
      readonly recordId: string;
      readonly purpose: Purpose;
      readonly answer: 'given' | 'refused';
      readonly form: ConsentForm;
      readonly signedOn: string;
      readonly signedBy: Signatory;
    })
  | (Fact & { readonly type: 'consent-withdrawn'; readonly purpose: Purpose })
  | (Fact & { readonly type: 'consent-expired'; readonly purpose: Purpose })
  /** `recordId`: the record that a later one has taken the place of; without it the one that counts now. */
  | (Fact & { readonly type: 'consent-superseded'; readonly purpose: Purpose; readonly recordId?: string })
  | (Fact & {
      readonly type: 'consent-entered-in-error';
      readonly recordId: string;
      readonly purposes: readonly Purpose[];
    });

export interface ConsentFacts {
  /** The case must exist and not be closed. */
  readonly caseOpen: boolean;
}

/** The record of a purpose that counts now: the latest that is not an error. */
export function current(state: Consent, purpose: Purpose): ConsentRecord | undefined {
  return state.records.findLast((record) => record.purpose === purpose && record.status !== 'entered-in-error');
}

/** Rule 4: whether the case has an active consent for care. */
export function careActive(state: Consent): boolean {
  return current(state, 'care')?.status === 'given';
}

/**
 * A version as forms bear it: '2.1', 'v2.1b', 'March 2024', '2024-03 (FR)'. One word at most, so that it has no room for a
 * sentence or a person's full name.
 */
const versionShape = /^(?:\p{Alpha}{1,10}[ .-]?)?\d[\d./-]{0,11}[a-z]?(?: ?\(?[A-Z]{2}\)?)?$/u;

/** Consent for each case and purpose. The signed form is never here: the HCP archives it (GDPR Art. 7, 9(2)(a)). */
export const consent: Decider<Consent, ConsentCommand, ConsentEvent, ConsentFacts> = {
  initial: { records: [] },

  decide(state, command, facts) {
    const { at, by } = command;
    switch (command.type) {
      case 'consent.record': {
        const { recordId, answers, form, signedOn, signedBy } = command;
        if (!facts.caseOpen) return refuse('consent.case-not-open');
        if (!answers.care) return refuse('consent.care-needed');
        if (!command.attested) return refuse('consent.attestation-needed');
        if (form.version.trim() === '') return refuse('consent.version-needed');
        if (!versionShape.test(form.version)) return refuse('consent.version-malformed');
        if (state.records.some((record) => record.id === recordId)) return refuse('consent.record-exists');
        const wrongDate = unlikelyDate(signedOn, at);
        if (wrongDate) return wrongDate;
        const events: ConsentEvent[] = [];
        for (const purpose of purposes) {
          const answer = answers[purpose];
          if (!answer) continue;
          events.push({ type: 'consent-recorded', at, by, recordId, purpose, answer, form, signedOn, signedBy });
          // After the new one, so that between the two events a consent that goes on never seems to have ended.
          const before = current(state, purpose);
          if (before?.status === 'given')
            events.push({ type: 'consent-superseded', at, by, purpose, recordId: before.id });
        }
        return events;
      }
      case 'consent.withdraw':
        if (current(state, command.purpose)?.status !== 'given')
          return refuse('consent.not-given', { purpose: command.purpose });
        return [{ type: 'consent-withdrawn', at, by, purpose: command.purpose }];
      case 'consent.expire':
        if (current(state, command.purpose)?.status !== 'given')
          return refuse('consent.not-given', { purpose: command.purpose });
        return [{ type: 'consent-expired', at, by, purpose: command.purpose }];
      case 'consent.supersede':
        if (current(state, command.purpose)?.status !== 'given')
          return refuse('consent.not-given', { purpose: command.purpose });
        return [{ type: 'consent-superseded', at, by, purpose: command.purpose }];
      case 'consent.entered-in-error': {
        const wrong = state.records.filter(
          (record) => record.id === command.recordId && record.status !== 'entered-in-error',
        );
        if (wrong.length === 0) return refuse('consent.record-unknown');
        return [
          {
            type: 'consent-entered-in-error',
            at,
            by,
            recordId: command.recordId,
            purposes: wrong.map((record) => record.purpose),
          },
        ];
      }
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'consent-recorded': {
        const { recordId: id, purpose, answer: status, form, signedOn, signedBy, by: recordedBy, at } = event;
        return {
          records: [
            ...state.records,
            { id, purpose, status, form, signedOn, signedBy, recordedBy, recordedAt: at, since: at },
          ],
        };
      }
      case 'consent-withdrawn':
        return turned(state, event.purpose, 'withdrawn', event.at);
      case 'consent-expired':
        return turned(state, event.purpose, 'expired', event.at);
      case 'consent-superseded':
        return turned(state, event.purpose, 'superseded', event.at, event.recordId);
      case 'consent-entered-in-error':
        return {
          records: state.records.map((record) =>
            record.id === event.recordId ? { ...record, status: 'entered-in-error', since: event.at } : record,
          ),
        };
    }
  },
};

function turned(state: Consent, purpose: Purpose, status: ConsentStatus, since: string, recordId?: string): Consent {
  const target =
    recordId === undefined
      ? current(state, purpose)
      : state.records.find((record) => record.id === recordId && record.purpose === purpose);
  return { records: state.records.map((record) => (record === target ? { ...record, status, since } : record)) };
}
