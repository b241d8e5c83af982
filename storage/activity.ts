import type { EntityEvent, Kind } from '../domain/entities.ts';
import type { Append, RowWrite } from '../domain/memory-ports.ts';
import type { Storage } from './open.ts';
import { batch, start } from './testing.ts';

const fact = { at: start, by: 'P-1' } as const;
const slot = { local: '2026-04-01T10:00', zone: 'Europe/Paris', instant: '2026-04-01T08:00:00Z', minutes: 30 } as const;
const form = { kind: 'commission', version: '2' } as const;
const signed = { form, signedOn: '2026-03-01', signedBy: 'patient' } as const;

/** Events of every kind, in an order in which they make sense; a read table must bear any other order too. */
const samples: { readonly [K in Kind]: readonly EntityEvent<K>[] } = {
  person: [
    { type: 'person-entered', ...fact },
    { type: 'role-granted', ...fact, grant: { role: 'lead', hcp: 'FR01' } },
    { type: 'role-granted', ...fact, grant: { role: 'coordinator' } },
    { type: 'identity-verified', ...fact, method: 'code' },
    { type: 'role-revoked', ...fact, grant: { role: 'lead', hcp: 'FR01' } },
    { type: 'person-left', ...fact },
  ],
  directory: [
    { type: 'country-listed', ...fact, country: { code: 'FR', name: 'France', majority: 18 } },
    { type: 'hcp-listed', ...fact, hcp: { code: 'FR01', name: 'Hôpital Exemple', city: 'Lyon', country: 'FR' } },
    { type: 'roster-set', ...fact, group: 'HHT', roster: [{ person: 'P-2', representative: false }] },
    { type: 'hcp-delisted', ...fact, hcp: 'FR01' },
  ],
  registration: [
    { type: 'registration-drafted', ...fact, person: 'P-2', hcp: 'FR01', as: 'clinician' },
    { type: 'registration-requested', ...fact },
    { type: 'registration-declined', ...fact, via: 'chat', reason: 'X-1' },
    { type: 'registration-taken', ...fact },
  ],
  case: [
    { type: 'case-opened', ...fact, owner: 'P-1', hcp: 'FR01', group: 'HHT', urgency: 'soon' },
    { type: 'case-consented', ...fact },
    { type: 'case-held', ...fact },
    { type: 'case-resumed', ...fact },
    { type: 'case-handed-over', ...fact, to: 'P-2' },
    { type: 'case-closed', ...fact, reason: 'discussed' },
  ],
  consent: [
    { type: 'consent-recorded', ...fact, recordId: 'R-1', purpose: 'care', answer: 'given', ...signed },
    { type: 'consent-recorded', ...fact, recordId: 'R-1', purpose: 'registry', answer: 'refused', ...signed },
    { type: 'consent-withdrawn', ...fact, purpose: 'care' },
    { type: 'consent-entered-in-error', ...fact, recordId: 'R-1', purposes: ['care'] },
  ],
  document: [
    { type: 'document-received', ...fact, caseId: 'case-1', hcp: 'FR01', submitter: 'P-1' },
    { type: 'document-scrubbed', ...fact, pages: 2, removed: { metadata: 3 }, notSearched: ['pictures'] },
    { type: 'document-rejected', ...fact },
    { type: 'document-purged', ...fact },
  ],
  request: [
    { type: 'meeting-requested', ...fact, requester: 'P-1', hcp: 'FR01', experts: ['P-3'], proposals: [slot] },
    { type: 'request-taken', ...fact },
    { type: 'request-scheduled', ...fact, meetingId: 'meeting-1' },
  ],
  poll: [
    {
      type: 'poll-opened',
      ...fact,
      caseId: 'case-1',
      hcp: 'FR01',
      slots: [slot, { ...slot, instant: '2026-04-02T08:00:00Z' }],
      voters: ['P-2', 'P-3'],
      required: ['P-3'],
      quorum: 2,
      deadline: '2026-03-20T08:00:00.000Z',
      hidden: true,
    },
    { type: 'poll-voted', ...fact, person: 'P-2', votes: ['yes', 'no'], comment: 'X-4' },
    { type: 'poll-countered', ...fact, person: 'P-3', slot: { ...slot, instant: '2026-04-03T08:00:00Z' } },
    { type: 'poll-hour-added', ...fact, slot: { ...slot, instant: '2026-04-03T08:00:00Z' } },
    {
      type: 'poll-counter-turned-down',
      ...fact,
      slot: { ...slot, instant: '2026-04-04T08:00:00Z' },
      people: ['P-3'],
    },
    { type: 'poll-closed', ...fact },
    { type: 'poll-finalised', ...fact, meetingId: 'meeting-1', instant: slot.instant },
  ],
  series: [
    {
      type: 'series-started',
      ...fact,
      group: 'HHT',
      rule: { week: 'last', weekday: 5, everyMonths: 1, clock: '15:00', zone: 'UTC', minutes: 60, from: '2026-03-01' },
    },
    { type: 'series-date-skipped', ...fact, date: '2026-03-27' },
    { type: 'series-date-moved', ...fact, date: '2026-04-24', slot },
    {
      type: 'series-convened',
      ...fact,
      group: 'HHT',
      date: '2026-04-24',
      slot,
      meetingId: 'meeting-2',
      invitees: ['P-3'],
    },
    { type: 'series-ended', ...fact },
  ],
  meeting: [
    { type: 'meeting-scheduled', ...fact, caseId: 'case-1', hcp: 'FR01', slot, invitees: ['P-2', 'P-3'] },
    { type: 'invite-answered', ...fact, person: 'P-2', answer: 'accepted' },
    { type: 'meeting-rescheduled', ...fact, slot: { ...slot, instant: '2026-04-02T08:00:00Z' } },
    { type: 'meeting-cancelled', ...fact, reason: 'consent-ended' },
  ],
  ticket: [
    { type: 'ticket-opened', ...fact, requester: 'P-1', topic: 'files', hcp: 'FR01', text: 'X-2' },
    { type: 'ticket-assigned', ...fact, to: 'P-9' },
    { type: 'ticket-replied', ...fact, text: 'X-3', wait: true },
    { type: 'ticket-resolved', ...fact },
    { type: 'ticket-closed', ...fact },
  ],
  stray: [
    { type: 'stray-noticed', ...fact, platform: 'slack' },
    { type: 'stray-seen-again', ...fact },
    { type: 'stray-gone', ...fact },
  ],
};

export const kinds = Object.keys(samples) as Kind[];

/** The sample event of a kind, numbered round and round. */
export function sample(kind: Kind, number: number): Append['events'][number] {
  const events: readonly Append['events'][number][] = samples[kind];
  const event = events[number % events.length];
  if (!event) throw new Error(`There is no sample of ${kind}.`);
  return event;
}

/** Commits one event at the end of an entity's stream, with rows where they are given. */
export async function happens(
  { store }: Storage,
  kind: Kind,
  id: string,
  number: number,
  rows: readonly RowWrite[] = [],
) {
  const { version } = await store.load(kind, id);
  const append = { kind, id, expected: version, events: [sample(kind, number)] } as Append;
  return store.commit(batch({ appends: [append], rows }));
}

/** Lets every sample of every kind happen once, to one entity of each kind ('person-1', 'case-1', …; the consent is the case's). */
export async function everything(storage: Storage): Promise<void> {
  for (const kind of kinds) {
    const id = kind === 'consent' ? 'case-1' : kind === 'directory' ? 'directory' : `${kind}-1`;
    for (let number = 0; number < samples[kind].length; number += 1) await happens(storage, kind, id, number);
  }
}
