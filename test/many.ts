import { type Cast, hcp } from '../bot/conversations/testing.ts';
import type { Append } from '../domain/ports.ts';

const at = '2026-11-20T09:00:00.000Z';
const fact = { at, by: 'system' } as const;
const slot = {
  local: '2027-04-01T10:00',
  zone: 'Europe/Paris',
  instant: '2027-04-01T08:00:00.000Z',
  minutes: 30,
} as const;
const number = (count: number) => String(count).padStart(8, '0');

/** One person with every role, chat account 'everybody', and `count` of each thing that a list shows, in one commit each. */
export async function many(cast: Cast, count: number): Promise<string> {
  const person = await cast.enter('everybody', 'Dr Ev Everybody', [
    { role: 'member', hcp },
    { role: 'lead', hcp },
    { role: 'local-administrator', hcp },
    { role: 'coordinator' },
    { role: 'helpdesk' },
  ]);
  const other = await cast.enter('applicant', 'Dr Ann Applicant', []);
  const things: Append[] = Array.from({ length: count }, (_, index) => index).flatMap((index): Append[] => {
    const id = number(index);
    const opened = { ...fact, owner: person, hcp, group: 'HTAD', urgency: 'soon' } as const;
    const signed = {
      recordId: 'R-1',
      purpose: 'care',
      answer: 'given',
      signedOn: '2026-11-01',
      signedBy: 'patient',
    } as const;
    return [
      {
        kind: 'case',
        id: `C-${id}`,
        expected: 0,
        events: [
          { type: 'case-opened', ...opened },
          { type: 'case-consented', ...fact },
          { type: 'case-enrolled', ...fact },
        ],
      },
      {
        kind: 'consent',
        id: `C-${id}`,
        expected: 0,
        events: [{ type: 'consent-recorded', ...fact, ...signed, form: { kind: 'commission', version: '2' } }],
      },
      {
        kind: 'document',
        id: `D-${id}`,
        expected: 0,
        events: [{ type: 'document-received', ...fact, caseId: 'C-00000000', hcp, submitter: person }],
      },
      {
        kind: 'request',
        id: `Q-${id}`,
        expected: 0,
        events: [{ type: 'meeting-requested', ...fact, requester: person, hcp, experts: [other], proposals: [slot] }],
      },
      {
        kind: 'meeting',
        id: `M-${id}`,
        expected: 0,
        // Every second one is the person's own to ask for, the rest they are invited to.
        events: [
          {
            type: 'meeting-scheduled',
            ...fact,
            hcp,
            slot,
            ...(index % 2 === 0 ? { requester: person, invitees: [other] } : { invitees: [person, other] }),
          },
        ],
      },
      {
        kind: 'poll',
        id: `V-${id}`,
        expected: 0,
        events: [
          {
            type: 'poll-opened',
            ...fact,
            hcp,
            slots: [slot],
            voters: [person, other],
            required: [],
            quorum: 1,
            deadline: '2027-03-01T08:00:00.000Z',
            hidden: false,
          },
        ],
      },
      {
        kind: 'ticket',
        id: `T-${id}`,
        expected: 0,
        events: [{ type: 'ticket-opened', ...fact, requester: person, topic: 'files', text: `X-${id}` }],
      },
      {
        kind: 'registration',
        id: `R-${id}`,
        expected: 0,
        events: [
          { type: 'registration-drafted', ...fact, person: other, hcp, as: 'clinician' },
          { type: 'registration-requested', ...fact },
        ],
      },
    ];
  });
  // Their own registration is under way: the longest that a home can be.
  things.push({
    kind: 'registration',
    id: 'R-OWN00001',
    expected: 0,
    events: [
      { type: 'registration-drafted', ...fact, person, hcp, as: 'clinician' },
      { type: 'registration-requested', ...fact },
    ],
  });
  await cast.ports.store.commit({ appends: things, reads: [], rows: [], outgoing: [] });
  const dead = Array.from({ length: count }, (_, index) => ({
    kind: 'notice' as const,
    lane: `lost/${index}`,
    payload: { notice: 'ticket-reply', kind: 'ticket', id: `T-${number(index)}`, person },
  }));
  await cast.ports.outbox.add(dead);
  for (
    let rows = await cast.ports.outbox.claim(500, 1000);
    rows.length > 0;
    rows = await cast.ports.outbox.claim(500, 1000)
  )
    for (const row of rows) await cast.ports.outbox.dead(row.id, 'user_not_found');
  return person;
}
