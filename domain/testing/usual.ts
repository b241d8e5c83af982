import type { CaseFacts } from '../cases.ts';
import type { ConsentFacts } from '../consent.ts';
import type { DirectoryContent } from '../directory.ts';
import type { DocumentFacts } from '../documents.ts';
import type { MeetingFacts } from '../meetings/meeting.ts';
import type { PollFacts } from '../meetings/polls.ts';
import type { RequestFacts } from '../meetings/requests.ts';
import type { SeriesFacts } from '../meetings/series.ts';
import type { Rule } from '../meetings/series-rule.ts';
import type { Slot } from '../meetings/slots.ts';
import type { PersonFacts } from '../people.ts';
import type { RegistrationFacts } from '../registration.ts';
import type { TicketFacts } from '../tickets.ts';

/** An hour in the week behind `noon`. */
export const nextWeek: Slot = {
  local: '2026-03-09T15:00',
  zone: 'Europe/Paris',
  instant: '2026-03-09T14:00:00.000Z',
  minutes: 60,
};

/** The second Tuesday of each month, at the hour of `nextWeek`. */
export const secondTuesday = {
  week: '2',
  weekday: 2,
  everyMonths: 1,
  clock: '15:00',
  zone: 'Europe/Paris',
  minutes: 60,
  from: '2026-03-01',
} as const satisfies Rule;

/** A directory with one hospital, one group and the link to CPMS. */
export const content: DirectoryContent = {
  countries: { FR: { code: 'FR', name: 'France', majority: 18 } },
  hcps: { A: { code: 'A', name: 'Hospital A (sample)', city: 'Lyon', country: 'FR' } },
  groups: { HHT: { code: 'HHT', name: 'HHT', kind: 'disease' } },
  rosters: { HHT: [{ person: 'expert-1', representative: false }] },
  links: { 'cpms-log-in': { url: 'https://cpms2.ern-net.eu', source: 'guide', checkedOn: '2026-01-15' } },
};

/** Facts with which everything goes well. */
export const usual: {
  readonly person: PersonFacts;
  readonly directory: null;
  readonly registration: RegistrationFacts;
  readonly case: CaseFacts;
  readonly consent: ConsentFacts;
  readonly document: DocumentFacts;
  readonly request: RequestFacts;
  readonly poll: PollFacts;
  readonly series: SeriesFacts;
  readonly meeting: MeetingFacts;
  readonly ticket: TicketFacts;
  readonly stray: null;
} = {
  person: { hcpListed: true },
  directory: null,
  registration: {
    hcpListed: true,
    deciders: { leads: ['lead-1'], deputies: ['deputy-1'], coordinators: ['coordinator-1'] },
  },
  case: { careConsent: true, hcpListed: true, groupListed: true, ownerBelongs: true },
  consent: { caseOpen: true },
  document: { careConsent: true, caseGoesOn: true, bytesThere: true },
  request: { careConsent: true, caseGoesOn: true, groupListed: true, expertsKnown: true, noRepresentative: true },
  poll: { careConsent: true, caseGoesOn: true, votersKnown: true, noRepresentative: true, requestWaits: true },
  series: { groupListed: true },
  meeting: { convened: true, careConsent: true, caseGoesOn: true, representatives: [] },
  ticket: { assigneeIsHelpdesk: true },
  stray: null,
};
