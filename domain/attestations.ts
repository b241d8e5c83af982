import type { EventType } from './entities.ts';

const types: ReadonlySet<EventType> = new Set<EventType>([
  'registration-authorised',
  'registration-declined',
  'registration-passed-on',
  'account-created',
  'second-factor-ready',
  'ern-it-notified',
  'cpms-request-submitted',
  'cpms-approved',
  'cpms-rejected',
  'consent-recorded',
  'consent-withdrawn',
  'consent-entered-in-error',
  'case-enrolled',
  'case-ready',
  'document-attested',
  'document-released',
  'document-uploaded',
]);

/** Whether an event is somebody's attestation: then their name and role are sealed beside it, for as long as it must be provable (GDPR Art. 5(2), 7(1)). */
export function attested(type: EventType): boolean {
  return types.has(type);
}
