import { type Cast, hcp } from '../bot/conversations/testing.ts';
import type { Append, RowWrite } from '../domain/memory-ports.ts';

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

/**
 * `count` of what is within one thing: messages of the ticket T-TALK0001, answers to the poll V-VOTE0001, invitees and cases of the meeting M-CROWD001, roles and
 * registrations of the person; and `count` series of HTAD, each with a meeting that the request Q-AGENDA01 could be discussed in.
 */
export async function manyWithin(cast: Cast, count: number, person: string): Promise<void> {
  const all = Array.from({ length: count }, (_, index) => index);
  const rows: RowWrite[] = [];
  const text = (id: string, owner: string): string => {
    rows.push({ row: 'text', id, owner, value: `Said as ${id}.` });
    return id;
  };
  const crowd = all.map((index) => `P-${number(index)}`);
  const details = await cast.ports.store.person(person);
  if (!details) throw new Error('nobody is entered under this id');
  for (const [index, id] of crowd.entries())
    rows.push({ row: 'person', id, value: { ...details, name: `Dr ${number(index)} Example`, chat: undefined } });
  const open = { ...fact, hcp, requester: person } as const;
  const votes = ['yes'] as const;
  const rule = { week: 'last', weekday: 5, everyMonths: 1, clock: '15:00', zone: 'UTC', minutes: 60 } as const;
  const appends: readonly Append[] = [
    {
      kind: 'ticket',
      id: 'T-TALK0001',
      expected: 0,
      events: [
        {
          type: 'ticket-opened',
          ...fact,
          requester: person,
          topic: 'files',
          text: text('X-TALK0000', 'ticket/T-TALK0001'),
        },
        ...all.map((index) => {
          const said = text(`X-T${String(index).padStart(7, '0')}`, 'ticket/T-TALK0001');
          return { type: 'ticket-replied', at, by: person, text: said, wait: false } as const;
        }),
      ],
    },
    {
      kind: 'poll',
      id: 'V-VOTE0001',
      expected: 0,
      events: [
        {
          type: 'poll-opened',
          ...open,
          slots: [slot],
          voters: [person, ...crowd],
          required: [],
          quorum: 1,
          deadline: '2027-03-01T08:00:00.000Z',
          hidden: false,
        },
        ...crowd.map((voter, index) => {
          const comment = text(`X-V${String(index).padStart(7, '0')}`, 'poll/V-VOTE0001');
          return { type: 'poll-voted', at, by: voter, person: voter, votes, comment } as const;
        }),
      ],
    },
    {
      kind: 'meeting',
      id: 'M-CROWD001',
      expected: 0,
      events: [
        { type: 'meeting-scheduled', ...open, slot, invitees: [person, ...crowd] },
        ...all.map((index) => {
          const added = { caseId: `C-${number(index)}`, requestId: `Q-${number(index)}`, invitees: [] };
          return { type: 'agenda-added', ...fact, ...added } as const;
        }),
      ],
    },
    {
      kind: 'request',
      id: 'Q-AGENDA01',
      expected: 0,
      events: [
        {
          type: 'meeting-requested',
          ...open,
          caseId: 'C-00000000',
          group: 'HTAD',
          experts: [],
          proposals: [slot],
        },
      ],
    },
    ...all.flatMap((index): Append[] => [
      {
        kind: 'series',
        id: `W-${number(index)}`,
        expected: 0,
        events: [{ type: 'series-started', ...fact, group: 'HTAD', rule: { ...rule, from: '2026-12-01' } }],
      },
      {
        kind: 'meeting',
        id: `M-S${String(index).padStart(7, '0')}`,
        expected: 0,
        events: [
          {
            type: 'meeting-scheduled',
            ...fact,
            group: 'HTAD',
            seriesId: `W-${number(index)}`,
            slot,
            invitees: ['P-other'],
          },
        ],
      },
      {
        kind: 'registration',
        id: `R-E${String(index).padStart(7, '0')}`,
        expected: 0,
        events: [
          { type: 'registration-drafted', ...fact, person, hcp, as: 'clinician' },
          { type: 'registration-requested', ...fact },
          { type: 'registration-withdrawn', ...fact },
        ],
      },
    ]),
  ];
  await cast.ports.store.commit({ appends, reads: [], rows, outgoing: [] });
}
