import { type Cast, createCast, hcp } from '../../bot/conversations/testing.ts';
import type { EntityEvent, Kind } from '../../domain/entities.ts';
import type { Slot } from '../../domain/meetings/slots.ts';
import type { Append, RowWrite } from '../../domain/memory-ports.ts';
import type { Grant } from '../../domain/people.ts';
import type { SlackPerson } from './driver.ts';
import { type RunningSlack, runSlack } from './scripted.ts';
import type { SlackWorld } from './world.ts';

/**
 * Who tries everything: somebody whom nobody knows, one of each role (`colleague` is a member of another hospital), and a newcomer on the way through their
 * registration.
 */
export const roles = [
  'stranger',
  'member',
  'colleague',
  'lead',
  'helpdesk',
  'officer',
  'administrator',
  'newcomer',
] as const;
export type RoleName = (typeof roles)[number];

const grants: Readonly<Partial<Record<RoleName, Grant>>> = {
  member: { role: 'member', hcp },
  colleague: { role: 'member', hcp: 'EXF-1' },
  lead: { role: 'lead', hcp },
  helpdesk: { role: 'helpdesk' },
  officer: { role: 'data-protection-officer' },
  administrator: { role: 'local-administrator', hcp },
};

export interface SlackCast {
  readonly cast: Cast;
  readonly slack: RunningSlack;
  person(role: RoleName): SlackPerson;
  /** The person's id in the log; '' for the stranger. */
  id(role: RoleName): string;
  /** How many events the log holds. */
  log(): number;
}

/** Enters one person for each role but the stranger, and gives their ids. */
export async function enterRoles(
  cast: Cast,
  nameOf = (role: RoleName) => `Dr ${role} Example`,
): Promise<(role: RoleName) => string> {
  const ids = new Map<RoleName, string>();
  for (const role of roles) {
    const grant = grants[role];
    if (role !== 'stranger') ids.set(role, await cast.enter(`web-${role}`, nameOf(role), grant ? [grant] : []));
  }
  return (role) => ids.get(role) ?? '';
}

/** The whole bot behind the real adapter, in front of one world, with these people in Slack. The world's seed must have an account named as each role. */
export async function slackCast(world: SlackWorld): Promise<SlackCast> {
  const cast = await createCast();
  const { ports } = cast;
  const id = await enterRoles(cast);
  for (const role of roles) {
    const details = await ports.store.person(id(role));
    if (!details) continue;
    const identity = { platform: 'slack', tenant: world.teamId, user: world.person(role).id } as const;
    const rows: RowWrite[] = [
      { row: 'identity', identity, person: id(role) },
      { row: 'person', id: id(role), value: { ...details, chat: identity } },
    ];
    await ports.store.commit({ appends: [], reads: [], rows, outgoing: [] });
  }
  const slack = await runSlack(world, { real: { bot: cast.service.bot, kept: ports.kept } });
  ports.channels.splice(0, ports.channels.length, slack.channel);
  return {
    cast,
    slack,
    person: (role) => world.person(role),
    id,
    log: () => cast.storage.audit.head().seq,
  };
}

const slot = {
  local: '2027-04-01T10:00',
  zone: 'Europe/Paris',
  instant: '2027-04-01T08:00:00.000Z',
  minutes: 30,
} as const;

const past = {
  local: '2026-11-20T10:00',
  zone: 'Europe/Paris',
  instant: '2026-11-20T09:00:00.000Z',
  minutes: 30,
} as const;

/** So many hours, one after the other. */
function slots(count: number): readonly Slot[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.parse(slot.instant) + index * 86_400_000).toISOString();
    return { ...slot, local: `${at.slice(0, 10)}T10:00`, instant: at };
  });
}

export type Thing =
  | 'case'
  | 'draft-case'
  | 'consented-case'
  | 'document'
  | 'request'
  | 'questioned-request'
  | 'meeting'
  | 'past-meeting'
  | 'held-meeting'
  | 'ticket'
  | 'referred-ticket'
  | 'resolved-ticket'
  | 'asked'
  | 'declined'
  | 'rejected'
  | 'stray'
  | 'authorised'
  | 'taken'
  | 'passed-on'
  | 'with-account'
  | 'awaiting-ern-it'
  | 'notified'
  | 'submitted'
  | 'active'
  | 'poll'
  | 'series';

/** As long as a form takes it, with signs that Slack wants escaped. */
export function longest(most: number): string {
  return 'Donaudampfschifffahrtsgesellschaft & <Söhne> '
    .repeat(Math.ceil(most / 40))
    .slice(0, most)
    .trim();
}

/**
 * Makes a new thing of the member's (a registration: of a newcomer's) as it stands after these events, and gives its id. `whole` has everything in it that there can be, at
 * its longest.
 */
export function things({ cast, id }: Pick<SlackCast, 'cast' | 'id'>, whole = false): (thing: Thing) => Promise<string> {
  const { ports } = cast;
  const member = id('member');
  const fact = { at: '2026-11-20T09:00:00.000Z', by: 'system' } as const;
  const put = async (appends: readonly Append[], rows: readonly RowWrite[] = []): Promise<void> => {
    const committed = await ports.store.commit({ appends, reads: [], rows, outgoing: [] });
    if (!committed.ok) throw new Error('the thing was not made');
  };
  const text = (short: string, most = 2000) => (whole ? longest(most) : short);
  /** A text that only a whole thing has: the part of the event that names it, and its row. */
  const extra = <N extends string>(name: N, most: number, owner: string) => {
    const textId = ports.ids.next('X');
    const row: RowWrite = { row: 'text', id: textId, owner, value: text('', most) };
    return { part: (whole ? { [name]: textId } : {}) as { readonly [K in N]?: string }, rows: whole ? [row] : [] };
  };
  const append = <K extends Kind>(kind: K, of: string, events: readonly EntityEvent<K>[]) =>
    ({ kind, id: of, expected: 0, events }) as unknown as Append;

  const openCase = async (stage: 'draft' | 'consented' | 'enrolled'): Promise<string> => {
    const consented = stage !== 'draft';
    const caseId = ports.ids.next('C');
    const opened = { ...fact, owner: member, hcp, group: 'HTAD', urgency: 'soon' } as const;
    const care = {
      recordId: 'N-1',
      purpose: 'care',
      answer: 'given',
      signedOn: '2026-11-01',
      signedBy: 'patient',
    } as const;
    await put(
      [
        append('case', caseId, [
          { type: 'case-opened', ...opened },
          ...(consented ? [{ type: 'case-consented', ...fact } as const] : []),
          ...(stage === 'enrolled' ? [{ type: 'case-enrolled', ...fact } as const] : []),
        ]),
        ...(consented
          ? [
              append('consent', caseId, [
                { type: 'consent-recorded', ...fact, ...care, form: { kind: 'commission', version: '2' } },
              ]),
            ]
          : []),
      ],
      [{ row: 'case', id: caseId, value: { pseudonym: text('Blue Heron', 40) } }],
    );
    return caseId;
  };

  const registration = async (events: readonly EntityEvent<'registration'>[]): Promise<string> => {
    const person = id('newcomer');
    const of = ports.ids.next('R');
    const drafted = { type: 'registration-drafted', ...fact, person, hcp, as: 'clinician' } as const;
    await put([append('registration', of, [drafted, { type: 'registration-requested', ...fact }, ...events])]);
    return of;
  };
  const authorised = [{ type: 'registration-authorised', ...fact, via: 'chat' }] as const;
  const passedOn = [
    ...authorised,
    { type: 'registration-taken', ...fact },
    { type: 'registration-passed-on', ...fact },
  ] as const;
  const ready = [
    ...passedOn,
    { type: 'account-created', ...fact, proof: 'attested' },
    { type: 'second-factor-ready', ...fact, method: 'app-pin', proof: 'attested' },
    { type: 'registration-complete', ...fact },
  ] as const;
  const notified = [...ready, { type: 'ern-it-notified', ...fact, on: '2026-11-20' }] as const;
  const submitted = [...notified, { type: 'cpms-request-submitted', ...fact, on: '2026-11-20' }] as const;
  const active = [
    ...submitted,
    { type: 'cpms-approved', ...fact, on: '2026-11-20', source: 'local-administrator' },
  ] as const;

  const ticket = async (more: readonly EntityEvent<'ticket'>[] = []): Promise<string> => {
    const of = ports.ids.next('T');
    const asked = ports.ids.next('X');
    const opened = { type: 'ticket-opened', ...fact, requester: member, topic: 'other', text: asked } as const;
    await put(
      [append('ticket', of, [opened, ...more])],
      [{ row: 'text', id: asked, owner: `ticket/${of}`, value: text('It stays empty') }],
    );
    return of;
  };

  const request = async (more: readonly EntityEvent<'request'>[] = []): Promise<string> => {
    const of = ports.ids.next('Q');
    const note = extra('note', 500, `request/${of}`);
    const proposals = whole ? slots(3) : [slot];
    const experts = whole ? roles.slice(1).map(id) : [];
    const asked = { ...fact, requester: member, hcp, group: 'HTAD', experts, proposals, ...note.part } as const;
    await put([append('request', of, [{ type: 'meeting-requested', ...asked }, ...more])], note.rows);
    return of;
  };
  const meeting = async (when: Slot, more: readonly EntityEvent<'meeting'>[] = []): Promise<string> => {
    const of = ports.ids.next('M');
    const join = ports.ids.next('X');
    const invitees = whole ? roles.slice(1).map(id) : [member];
    const scheduled = {
      ...fact,
      hcp,
      slot: when,
      requester: member,
      invitees,
      ...(whole ? { group: 'HTAD', join } : {}),
    } as const;
    const value = `https://meet.example/${'x'.repeat(470)}`;
    const rows: RowWrite[] = whole ? [{ row: 'text', id: join, owner: `meeting/${of}`, value }] : [];
    const told = (whole ? invitees : []).flatMap((person, index): EntityEvent<'meeting'>[] => [
      { type: 'hour-suggested', ...fact, person, slot: slots(9)[index] ?? slot, stamp: fact.at },
      { type: 'answer-doubted', ...fact, person, doubt: 'not-authenticated' },
      { type: 'invite-bounced', ...fact, person },
    ]);
    await put([append('meeting', of, [{ type: 'meeting-scheduled', ...scheduled }, ...told, ...more])], rows);
    return of;
  };

  const makers: Readonly<Record<Thing, () => Promise<string>>> = {
    case: () => openCase('enrolled'),
    'draft-case': () => openCase('draft'),
    'consented-case': () => openCase('consented'),
    async document() {
      const caseId = await openCase('enrolled');
      const of = ports.ids.next('D');
      const received = { type: 'document-received', ...fact, caseId, hcp, submitter: member } as const;
      const scrubbed = { type: 'document-scrubbed', ...fact, pages: 2, removed: {}, notSearched: [] } as const;
      await put([append('document', of, [received, scrubbed])]);
      return of;
    },
    request: () => request(),
    async 'questioned-request'() {
      const question = ports.ids.next('X');
      const of = await request([{ type: 'request-questioned', ...fact, question }]);
      await put([], [{ row: 'text', id: question, owner: `request/${of}`, value: text('Which hour?', 1000) }]);
      return of;
    },
    meeting: () => meeting(slot),
    'past-meeting': () => meeting(past),
    'held-meeting': () => meeting(past, [{ type: 'meeting-held', ...fact, attended: [member] }]),
    ticket: () => ticket(),
    'referred-ticket': () => ticket([{ type: 'ticket-referred', ...fact, to: 'eu-login' }]),
    'resolved-ticket': () => ticket([{ type: 'ticket-resolved', ...fact, at: cast.clock.now() }]),
    asked: () => registration([]),
    async declined() {
      const reason = extra('reason', 1000, 'registration');
      const of = await registration([{ type: 'registration-declined', ...fact, via: 'chat', ...reason.part }]);
      await put([], reason.rows);
      return of;
    },
    async rejected() {
      const reason = extra('reason', 1000, 'registration');
      const answer = { on: '2026-11-20', source: 'local-administrator', ...reason.part } as const;
      const of = await registration([...submitted, { type: 'cpms-rejected', ...fact, ...answer }]);
      await put([], reason.rows);
      return of;
    },
    async stray() {
      const of = ports.ids.next('F');
      await put([append('stray', of, [{ type: 'stray-noticed', ...fact, person: member, platform: 'slack' }])]);
      return of;
    },
    authorised: () => registration(authorised),
    taken: () => registration([...authorised, { type: 'registration-taken', ...fact }]),
    'passed-on': () => registration(passedOn),
    'with-account': () => registration([...passedOn, { type: 'account-created', ...fact, proof: 'attested' }]),
    'awaiting-ern-it': () => registration(ready),
    notified: () => registration(notified),
    submitted: () => registration(submitted),
    active: () => registration(active),
    async series() {
      const of = ports.ids.next('W');
      const rule = {
        week: 'last',
        weekday: 5,
        everyMonths: 1,
        clock: '15:00',
        zone: 'UTC',
        minutes: 60,
        from: '2026-12-01',
      } as const;
      await put([
        append('series', of, [
          { type: 'series-started', ...fact, group: 'HTAD', rule },
          { type: 'series-joined', ...fact, people: [member], from: '2026-11-23' },
        ]),
      ]);
      return of;
    },
    async poll() {
      const of = ports.ids.next('V');
      const voters = whole ? roles.slice(1).map(id) : [member];
      const opened = { ...pollOpened(fact, member), voters, ...(whole ? { slots: slots(20) } : {}) };
      const voted = (whole ? voters : []).map((person) => {
        const comment = extra('comment', 300, `poll/${of}`);
        const votes = slots(20).map(() => 'if-need-be' as const);
        return { event: { type: 'poll-voted', ...fact, person, votes, ...comment.part } as const, rows: comment.rows };
      });
      const events = [opened, ...voted.map(({ event }) => event)];
      await put(
        [append('poll', of, events)],
        voted.flatMap(({ rows }) => rows),
      );
      return of;
    },
  };
  return (thing) => makers[thing]();
}

function pollOpened(fact: { readonly at: string; readonly by: string }, member: string): EntityEvent<'poll'> {
  const later = {
    local: '2027-04-02T10:00',
    zone: 'Europe/Paris',
    instant: '2027-04-02T08:00:00.000Z',
    minutes: 30,
  } as const;
  return {
    type: 'poll-opened',
    ...fact,
    slots: [slot, later],
    voters: [member],
    required: [],
    quorum: 1,
    deadline: '2027-03-01T08:00:00.000Z',
    group: 'HTAD',
    hidden: false,
  };
}
