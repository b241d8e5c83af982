import { attestationStatements } from '../documents.ts';
import { noon, type Paths } from './histories.ts';

/** The histories of a case, see `Paths`. */
export function casePaths(owner: string): Paths['case'] {
  type History = Paths['case'][string];
  const own = { at: noon, by: owner };
  const by = { at: noon, by: 'system' };
  const held: History = [[{ type: 'case.consent-ended', ...by }, { careConsent: false }]];
  const draft: History = [[{ type: 'case.open', ...own, owner, hcp: 'A', group: 'HHT', urgency: 'routine' }]];
  const consented: History = [...draft, [{ type: 'case.consent-given', ...by }]];
  const enrolled: History = [...consented, [{ type: 'case.enrol', ...own, attested: true }]];
  const ready: History = [...enrolled, [{ type: 'case.ready', ...own }]];
  const discussed: History = [...ready, [{ type: 'case.discussed', ...by }]];
  return {
    none: [],
    draft,
    consented,
    enrolled,
    ready,
    discussed,
    closed: [...discussed, [{ type: 'case.close', ...own, reason: 'discussed' }]],
    'consented, on hold': [...consented, ...held],
    'enrolled, on hold': [...enrolled, ...held],
    'ready, on hold': [...ready, ...held],
  };
}

/** The histories of a consent, see `Paths`. */
export function consentPaths(owner: string): Paths['consent'] {
  type History = Paths['consent'][string];
  const own = { at: noon, by: owner };
  const by = { at: noon, by: 'system' };
  const form = {
    ...own,
    form: { kind: 'commission', version: '2.1' },
    signedOn: '2026-02-27',
    signedBy: 'patient',
    attested: true,
  } as const;
  const given: History = [
    [{ type: 'consent.record', ...form, recordId: 'N-1', answers: { care: 'given', registry: 'given' } }],
  ];
  return {
    'not recorded': [],
    given,
    refused: [[{ type: 'consent.record', ...form, recordId: 'N-1', answers: { care: 'refused' } }]],
    withdrawn: [...given, [{ type: 'consent.withdraw', ...own, purpose: 'care' }]],
    expired: [...given, [{ type: 'consent.expire', ...by, purpose: 'care' }]],
    superseded: [...given, [{ type: 'consent.supersede', ...by, purpose: 'care' }]],
    'entered in error': [...given, [{ type: 'consent.entered-in-error', ...own, recordId: 'N-1' }]],
  };
}

/** The histories of a document, see `Paths`. */
export function documentPaths(submitter: string): Paths['document'] {
  type History = Paths['document'][string];
  const own = { at: noon, by: submitter };
  const by = { at: noon, by: 'system' };
  const received: History = [[{ type: 'document.receive', ...own, caseId: 'C-1', hcp: 'A', submitter }]];
  const scrubbed: History = [
    ...received,
    [
      {
        type: 'document.scrubbed',
        ...by,
        format: 'pdf',
        pages: 3,
        removed: { metadata: 2 },
        redacted: { name: 4 },
        kept: { date: 1 },
        notSearched: ['visible-text'],
        verified: true,
      },
    ],
  ];
  const attested: History = [
    ...scrubbed,
    [{ type: 'document.attest', ...own, statements: attestationStatements, pagesSeen: 3 }],
  ];
  const released: History = [...attested, [{ type: 'document.release', ...own }]];
  const uploaded: History = [...released, [{ type: 'document.uploaded', ...own }]];
  return {
    none: [],
    received,
    scrubbed,
    attested,
    released,
    uploaded,
    purged: [...uploaded, [{ type: 'document.purge', ...by }]],
    rejected: [...scrubbed, [{ type: 'document.reject', ...own }]],
    refused: [...received, [{ type: 'document.refuse', ...by, reason: 'not-a-pdf' }]],
  };
}
