import type { Events } from '../entities.ts';
import { endOf } from '../meetings/conflicts.ts';
import { secret } from './orders.ts';
import type { Happened, World } from './world.ts';

/**
 * An observer who keeps their own books from the log alone, asks no decider, and says where one of the rules that may never
 * break was broken. Rules that live outside of the domain (what is shown, mailed or kept elsewhere) are not theirs.
 */
export function broken(world: World): readonly string[] {
  const books = newBooks();
  const complaints: string[] = [];
  world.log.forEach((happened, index) => {
    const complain = (rule: number, what: string) =>
      complaints.push(`rule ${rule}: ${what} (${happened.event.type} of ${happened.id} by ${happened.event.by})`);
    registrations(books, happened, complain);
    cases(books, happened, complain);
    documents(books, happened, complain);
    meetings(books, happened, complain);
    identities(books, happened, complain);
    words(happened, complain);
    write(books, happened);
    if (world.log[index + 1]?.act !== happened.act) whatIsPlanned(books, complain);
  });
  return complaints;
}

type Complain = (rule: number, what: string) => void;

function newBooks() {
  return {
    hcps: new Set<string>(),
    /** 'person role hcp' */
    held: new Set<string>(),
    verified: new Set<string>(),
    /** What has happened to each thing. */
    past: new Map<string, Events[]>(),
    /** The record that is each case's active consent for care. */
    care: new Map<string, string>(),
    /** When it ended. */
    careEnded: new Map<string, string>(),
    /** When each meeting ends, in milliseconds since 1970. */
    ends: new Map<string, number>(),
    /** Whose case, document or registration it is. */
    owner: new Map<string, string>(),
    caseOf: new Map<string, string>(),
    going: new Set<string>(),
    planned: new Set<string>(),
    /** Series that one of the helpdesk has started. */
    series: new Set<string>(),
    /** The cases on the agenda of each meeting that is planned. */
    agendas: new Map<string, ReadonlySet<string>>(),
  };
}
type Books = ReturnType<typeof newBooks>;

const has = (books: Books, who: string, role: string, hcp?: string) => books.held.has(`${who} ${role} ${hcp ?? ''}`);

function earlier(books: Books, { kind, id }: Happened, type: Events['type']): Events | undefined {
  return books.past.get(`${kind}/${id}`)?.findLast((event) => event.type === type);
}

function registrations(books: Books, happened: Happened, complain: Complain): void {
  const { event, kind } = happened;
  if (kind !== 'registration') return;
  const drafted = earlier(books, happened, 'registration-drafted');
  const [person, hcp] = drafted?.type === 'registration-drafted' ? [drafted.person, drafted.hcp] : ['', ''];
  switch (event.type) {
    case 'registration-drafted':
      if (!books.hcps.has(event.hcp)) complain(2, 'the HCP is not listed');
      break;
    case 'registration-authorised':
    case 'registration-declined': {
      if (event.by === person) complain(1, 'decided for themselves');
      const ofHcp = has(books, event.by, 'lead', hcp) || has(books, event.by, 'deputy', hcp);
      const others = [...books.held].some((held) => {
        const [who, role, where] = held.split(' ');
        return who !== person && where === hcp && (role === 'lead' || role === 'deputy');
      });
      if (
        event.via === 'writing'
          ? !has(books, event.by, 'helpdesk') || !event.source || !event.writtenOn
          : !ofHcp && (others || !has(books, event.by, 'coordinator'))
      )
        complain(1, 'decided by one who does not decide');
      break;
    }
    case 'registration-taken':
    case 'registration-passed-on':
      if (!earlier(books, happened, 'registration-authorised')) complain(1, 'a helpdesk step before the decision');
      if (event.by === person || !has(books, event.by, 'helpdesk')) complain(1, 'not a step of the helpdesk');
      break;
    case 'second-factor-ready':
      if (/sms/i.test(event.method)) complain(2, 'SMS');
      break;
    case 'ern-it-notified':
      for (const type of ['second-factor-ready', 'registration-passed-on'] as const)
        if (!earlier(books, happened, type)) complain(2, `notified before ${type}`);
      break;
    case 'cpms-approved':
    case 'cpms-rejected': {
      const admin = has(books, event.by, 'local-administrator', hcp) && event.by !== person;
      if (!event.on || (event.source === 'cpms-mail' ? event.by !== person : !admin)) complain(3, 'played');
      break;
    }
    default:
  }
}

function cases(books: Books, { kind, id, event }: Happened, complain: Complain): void {
  const forward = ['case-consented', 'case-enrolled', 'case-ready', 'case-discussed', 'case-resumed'];
  if (kind === 'case' && forward.includes(event.type) && !books.care.has(id)) complain(4, 'no active consent for care');
}

function documents(books: Books, happened: Happened, complain: Complain): void {
  const { kind, id, event } = happened;
  if (kind !== 'document') return;
  const caseId = event.type === 'document-received' ? event.caseId : (books.caseOf.get(id) ?? '');
  const forward = [
    'document-received',
    'document-scrubbed',
    'document-attested',
    'document-released',
    'document-uploaded',
  ];
  if (forward.includes(event.type) && !books.care.has(caseId)) complain(4, 'no active consent for care');
  if (event.type === 'document-reopened' && event.by !== books.owner.get(id)) complain(5, 'reopened by another');
  if (event.type === 'document-attested' && event.by !== books.owner.get(id)) complain(5, 'attested by another');
  if (event.type === 'document-released') {
    const attested = earlier(books, happened, 'document-attested');
    if (!earlier(books, happened, 'document-scrubbed')) complain(5, 'released before the scrub');
    const past = books.past.get(`${kind}/${id}`) ?? [];
    const last = (...types: Events['type'][]) => past.findLastIndex(({ type }) => types.includes(type));
    if (last('document-attested') < last('document-scrubbed', 'document-reopened'))
      complain(5, 'released on the attestation of an earlier scrub');
    if (attested?.type !== 'document-attested' || attested.statements.length < 3)
      complain(5, 'released before the attestation');
    if (event.by !== books.owner.get(id)) complain(5, 'released by another');
  }
}

function meetings(books: Books, happened: Happened, complain: Complain): void {
  const { kind, id, event } = happened;
  if (event.type === 'meeting-requested' && event.caseId && !books.care.has(event.caseId))
    complain(4, 'no active consent for care');
  if (kind === 'poll') return polls(books, happened, complain);
  if (event.type === 'series-started' && has(books, event.by, 'helpdesk')) books.series.add(id);
  if (event.type === 'agenda-added' && !books.care.has(event.caseId)) complain(4, 'no active consent for care');
  if (event.type === 'series-answered' && event.by !== event.person && !(event.by === 'system' && event.stamp))
    complain(8, 'answered a series for another');
  if (kind !== 'meeting') return;
  const caseId = event.type === 'meeting-scheduled' ? event.caseId : books.caseOf.get(id);
  if (event.type === 'meeting-scheduled' || event.type === 'meeting-rescheduled') {
    if (event.by === 'system' ? !convened(books, id, event) : !has(books, event.by, 'helpdesk'))
      complain(7, 'scheduled by another than the helpdesk');
    if (caseId && !books.care.has(caseId)) complain(4, 'no active consent for care');
  }
  if (event.type === 'meeting-held' && caseId && !stood(books, id, caseId)) complain(4, 'no active consent for care');
  if (
    event.type === 'meeting-scheduled' &&
    caseId &&
    event.invitees.some((person) => has(books, person, 'patient-representative'))
  )
    complain(7, 'a patient representative at a case meeting');
  if (
    event.type === 'invitees-added' &&
    (!has(books, event.by, 'helpdesk') ||
      (caseId && event.people.some((person) => has(books, person, 'patient-representative'))))
  )
    complain(7, 'invited by another than the helpdesk, or a patient representative to a case');
  if (event.type === 'invitees-removed' && !has(books, event.by, 'helpdesk'))
    complain(7, 'taken off by another than the helpdesk');
  // What was answered for a whole series stands for its dates.
  const told = event.type === 'invite-answered' && event.by === 'system' && (event.stamp ?? event.whole);
  if (event.type === 'invite-answered' && event.by !== event.person && !told) complain(8, 'answered for another');
}

/** Whether a series that the helpdesk has started called this meeting. */
function convened(books: Books, meeting: string, event: Events): boolean {
  if (event.type !== 'meeting-scheduled' || event.seriesId === undefined) return false;
  const past = books.past.get(`series/${event.seriesId}`) ?? [];
  return (
    books.series.has(event.seriesId) &&
    past.some((earlierOne) => earlierOne.type === 'series-convened' && earlierOne.meetingId === meeting)
  );
}

function polls(books: Books, { id, event }: Happened, complain: Complain): void {
  const caseId = event.type === 'poll-opened' ? event.caseId : books.caseOf.get(id);
  const forward = ['poll-opened', 'poll-voted', 'poll-hour-added', 'poll-finalised'];
  if (caseId && forward.includes(event.type) && !books.care.has(caseId)) complain(4, 'no active consent for care');
  if ((event.type === 'poll-opened' || event.type === 'poll-hour-added') && !has(books, event.by, 'helpdesk'))
    complain(7, 'a poll of another than the helpdesk');
  if (
    event.type === 'poll-opened' &&
    caseId &&
    event.voters.some((person) => has(books, person, 'patient-representative'))
  )
    complain(7, 'a patient representative asked about a case meeting');
  if ((event.type === 'poll-voted' || event.type === 'poll-countered') && event.by !== event.person)
    complain(8, 'answered for another');
}

/** What the unverified may bring about, for themselves. */
const selfHelp: ReadonlySet<string> = new Set([
  'person-left',
  'registration-drafted',
  'registration-withdrawn',
  'ticket-opened',
  'ticket-added',
  'ticket-reopened',
  'ticket-referred',
  'ticket-helped',
  'ticket-resolved',
]);

function identities(books: Books, { kind, id, event }: Happened, complain: Complain): void {
  if (event.by === 'system' || books.verified.has(event.by)) return;
  if (!selfHelp.has(event.type)) complain(8, 'by an identity that nobody has verified');
  const owner =
    event.type === 'registration-drafted'
      ? event.person
      : event.type === 'ticket-opened'
        ? event.requester
        : kind === 'person'
          ? id
          : books.owner.get(id);
  if (owner !== event.by) complain(8, 'by an identity that nobody has verified, for another');
}

/** Keys that only the directory's public facts may fill with words. */
const version = /^[\p{Alpha}\p{N}.\-/()]+( [\p{Alpha}\p{N}.\-/()]+){0,2}$/u;
const token = /^[A-Za-z0-9_.:+/-]{0,64}$/;

function words({ kind, event }: Happened, complain: Complain): void {
  if (JSON.stringify(event).includes(secret.slice(0, 6))) complain(9, 'holds what identifies a patient');
  if (kind === 'directory') return;
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string' && !(key === 'version' ? version : token).test(value))
      complain(9, `free text in ${key}`);
    if (typeof value !== 'object' || value === null) return;
    for (const [inner, held] of Object.entries(value)) {
      if (!token.test(inner)) complain(9, 'free text as a key');
      if (/file|form-?data|content|bytes|scan|signature$/i.test(inner)) complain(6, `a form could be kept in ${inner}`);
      walk(held, Array.isArray(value) ? key : inner);
    }
  };
  walk(event, 'event');
}

function whatIsPlanned(books: Books, complain: Complain): void {
  for (const thing of books.planned) {
    const caseId = books.caseOf.get(thing.slice(thing.indexOf('/') + 1));
    const id = thing.slice(thing.indexOf('/') + 1);
    if (caseId && !stood(books, id, caseId)) complain(4, `${thing} goes on without an active consent for care`);
  }
  for (const [meeting, cases] of books.agendas)
    for (const caseId of cases)
      if (!stood(books, meeting, caseId))
        complain(4, `${caseId} stays on the agenda of ${meeting} without an active consent`);
  for (const caseId of books.going)
    if (!books.care.has(caseId)) complain(4, `the case ${caseId} goes on without an active consent for care`);
}

/** There is an active consent for care, or it ended when the meeting was over. */
function stood({ care, careEnded, ends }: Books, meeting: string, caseId: string): boolean {
  const end = ends.get(meeting);
  return care.has(caseId) || (end !== undefined && end <= Date.parse(careEnded.get(caseId) ?? ''));
}

const starts: ReadonlySet<string> = new Set([
  'document-received',
  'meeting-requested',
  'meeting-scheduled',
  'poll-opened',
]);
const stops: ReadonlySet<string> = new Set([
  'document-refused',
  'document-rejected',
  'document-uploaded',
  'document-purged',
  'request-declined',
  'request-cancelled',
  'request-scheduled',
  'meeting-cancelled',
  'meeting-held',
  'poll-finalised',
  'poll-withdrawn',
]);

function write(books: Books, happened: Happened): void {
  const { kind, id, event } = happened;
  const key = `${kind}/${id}`;
  books.past.set(key, [...(books.past.get(key) ?? []), event]);
  if (starts.has(event.type)) books.planned.add(key);
  if (stops.has(event.type)) books.planned.delete(key);
  switch (event.type) {
    case 'hcp-listed':
      books.hcps.add(event.hcp.code);
      break;
    case 'hcp-delisted':
      books.hcps.delete(event.hcp);
      break;
    case 'role-granted':
      books.held.add(`${id} ${event.grant.role} ${event.grant.hcp ?? ''}`);
      break;
    case 'role-revoked':
      books.held.delete(`${id} ${event.grant.role} ${event.grant.hcp ?? ''}`);
      break;
    case 'person-left':
      for (const held of books.held) if (held.startsWith(`${id} `)) books.held.delete(held);
      books.verified.delete(id);
      break;
    case 'identity-verified':
      books.verified.add(id);
      break;
    case 'registration-drafted':
      books.owner.set(id, event.person);
      break;
    case 'ticket-opened':
      books.owner.set(id, event.requester);
      break;
    case 'document-received':
      books.owner.set(id, event.submitter);
      books.caseOf.set(id, event.caseId);
      break;
    case 'meeting-rescheduled':
    case 'meeting-followed':
      books.ends.set(id, endOf(event.slot));
      break;
    case 'meeting-scheduled':
      books.ends.set(id, endOf(event.slot));
      if (event.caseId) books.caseOf.set(id, event.caseId);
      break;
    case 'meeting-requested':
    case 'poll-opened':
      if (event.caseId) books.caseOf.set(id, event.caseId);
      break;
    case 'agenda-added':
      books.agendas.set(id, new Set([...(books.agendas.get(id) ?? []), event.caseId]));
      break;
    case 'agenda-removed':
      books.agendas.set(id, new Set([...(books.agendas.get(id) ?? [])].filter((caseId) => caseId !== event.caseId)));
      break;
    case 'meeting-held':
    case 'meeting-cancelled':
      books.agendas.delete(id);
      break;
    case 'case-consented':
    case 'case-resumed':
      books.going.add(id);
      break;
    case 'case-held':
    case 'case-closed':
      books.going.delete(id);
      break;
    default:
      consents(books, id, event);
  }
}

function consents(books: Books, caseId: string, event: Events): void {
  const active = books.care.get(caseId);
  writeConsent(books, caseId, event, active);
  if (active !== undefined && !books.care.has(caseId)) books.careEnded.set(caseId, event.at);
}

function writeConsent(books: Books, caseId: string, event: Events, active: string | undefined): void {
  switch (event.type) {
    case 'consent-recorded':
      if (event.purpose !== 'care') return;
      if (event.answer === 'given') books.care.set(caseId, event.recordId);
      else books.care.delete(caseId);
      return;
    case 'consent-withdrawn':
    case 'consent-expired':
      if (event.purpose === 'care') books.care.delete(caseId);
      return;
    case 'consent-superseded':
      if (event.purpose === 'care' && (event.recordId === undefined || event.recordId === active))
        books.care.delete(caseId);
      return;
    case 'consent-entered-in-error':
      if (event.recordId === active) books.care.delete(caseId);
      return;
    default:
  }
}
