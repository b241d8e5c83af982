import { type Case, type CaseCommand, type CaseEvent, type CaseFacts, cases } from './cases.ts';
import { type Consent, type ConsentCommand, type ConsentEvent, type ConsentFacts, consent } from './consent.ts';
import type { Decider } from './decider.ts';
import { type Directory, type DirectoryCommand, type DirectoryEvent, directory } from './directory.ts';
import { type Document, type DocumentCommand, type DocumentEvent, type DocumentFacts, document } from './documents.ts';
import type { Meeting, MeetingCommand, MeetingEvent, MeetingFacts } from './meetings/meeting.ts';
import { meeting } from './meetings/meetings.ts';
import { type Poll, type PollCommand, type PollEvent, type PollFacts, poll } from './meetings/polls.ts';
import {
  type MeetingRequest,
  type RequestCommand,
  type RequestEvent,
  type RequestFacts,
  request,
} from './meetings/requests.ts';
import { type Series, type SeriesCommand, type SeriesEvent, type SeriesFacts, series } from './meetings/series.ts';
import { type Person, type PersonCommand, type PersonEvent, type PersonFacts, person } from './people.ts';
import {
  type Registration,
  type RegistrationCommand,
  type RegistrationEvent,
  type RegistrationFacts,
  registration,
} from './registration.ts';
import { type Stray, type StrayCommand, type StrayEvent, stray } from './strays.ts';
import { type Ticket, type TicketCommand, type TicketEvent, type TicketFacts, ticket } from './tickets.ts';

/** Every kind of entity that the log holds, with what its decider takes and gives. */
export interface Entities {
  person: { state: Person; command: PersonCommand; event: PersonEvent; facts: PersonFacts };
  directory: { state: Directory; command: DirectoryCommand; event: DirectoryEvent; facts: null };
  registration: {
    state: Registration;
    command: RegistrationCommand;
    event: RegistrationEvent;
    facts: RegistrationFacts;
  };
  case: { state: Case; command: CaseCommand; event: CaseEvent; facts: CaseFacts };
  /** Its id is the case's. */
  consent: { state: Consent; command: ConsentCommand; event: ConsentEvent; facts: ConsentFacts };
  document: { state: Document; command: DocumentCommand; event: DocumentEvent; facts: DocumentFacts };
  request: { state: MeetingRequest; command: RequestCommand; event: RequestEvent; facts: RequestFacts };
  poll: { state: Poll; command: PollCommand; event: PollEvent; facts: PollFacts };
  series: { state: Series; command: SeriesCommand; event: SeriesEvent; facts: SeriesFacts };
  meeting: { state: Meeting; command: MeetingCommand; event: MeetingEvent; facts: MeetingFacts };
  ticket: { state: Ticket; command: TicketCommand; event: TicketEvent; facts: TicketFacts };
  stray: { state: Stray; command: StrayCommand; event: StrayEvent; facts: null };
}

export type Kind = keyof Entities;
export type EntityState<K extends Kind> = Entities[K]['state'];
export type EntityEvent<K extends Kind> = Entities[K]['event'];
export type EntityFacts<K extends Kind> = Entities[K]['facts'];
export type Commands<K extends Kind = Kind> = Entities[K]['command'];
export type CommandType = Commands['type'];
export type Events = EntityEvent<Kind>;
export type EventType = Events['type'];

/** The decider of each kind. */
export const deciders: { readonly [K in Kind]: Decider<EntityState<K>, Commands<K>, EntityEvent<K>, EntityFacts<K>> } =
  {
    person,
    directory,
    registration,
    case: cases,
    consent,
    document,
    request,
    poll,
    series,
    meeting,
    ticket,
    stray,
  };

/** The directory is one entity. */
export const directoryId = 'directory';
