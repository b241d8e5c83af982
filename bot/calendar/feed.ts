import { createHash } from 'node:crypto';
import { unseen } from '../../domain/access.ts';
import type { Meeting } from '../../domain/meetings/meeting.ts';
import type { Loaded } from '../../domain/memory-ports.ts';
import type { Ports } from '../context.ts';
import { wordsOf } from '../words.ts';
import { entryFor } from './invitation.ts';
import { seriesEntries } from './series.ts';

/** How long a meeting that is over stays in the feed, in days. */
const backDays = 60;
const most = { limit: 500 };

/** A calendar file: its name and its text. No name holds more than a meeting's number. */
export interface CalendarFile {
  readonly name: string;
  readonly text: string;
}

const placeOf = (person: string) => `calendar:of:${person}`;
/** The token's hash is the key: who reads the store cannot open a feed with a key that they find. */
const placeFor = (token: string) => `calendar:${createHash('sha256').update(token).digest('hex')}`;

/** The secret address of a person's calendar feed: the same until it is renewed. */
export async function feedAddress(ports: Ports, person: string): Promise<string> {
  const { kept, ids } = ports;
  if ((await kept.get(placeOf(person))) === undefined) {
    const token = ids.token();
    // Opened before it is told; another that was faster is told instead.
    await kept.put(placeFor(token), person);
    if (!(await kept.claim(placeOf(person), token))) await kept.delete(placeFor(token));
  }
  return addressOf(ports, (await kept.get(placeOf(person))) ?? '');
}

/** A new address; the old one leads nowhere from now on. */
export async function renewFeed(ports: Ports, person: string): Promise<string> {
  const { kept, ids } = ports;
  const old = await kept.take(placeOf(person));
  if (old !== undefined) await kept.delete(placeFor(old));
  const token = ids.token();
  await kept.put(placeFor(token), person);
  await kept.put(placeOf(person), token);
  return addressOf(ports, token);
}

/** The address of one meeting's file, under the same secret. */
export const fileAddress = (feed: string, meetingId: string) => feed.replace(/\.ics$/, `/${meetingId}.ics`);

const addressOf = ({ settings }: Ports, token: string) => `${settings.publicUrl}/calendar/${token}.ics`;

/**
 * What stands behind such an address: the person's meetings (that they are invited to or have asked for, planned or over) and the series of
 * their groups, or the one meeting that is named. Undefined for an address that leads nowhere, for who has left, and for a meeting that is not theirs or is cancelled.
 */
export async function calendarFile(ports: Ports, token: string, meetingId?: string): Promise<CalendarFile | undefined> {
  const person = await ports.kept.get(placeFor(token));
  // A token that was renewed in the same moment is no longer the person's.
  if (person === undefined || (await ports.kept.get(placeOf(person))) !== token) return undefined;
  const [{ state: standing }, details] = await Promise.all([
    ports.store.load('person', person),
    ports.store.person(person),
  ]);
  if (standing.stage !== 'entered' || !details) return undefined;
  const say = wordsOf(details.language);
  const entries = (meetings: readonly Loaded<'meeting'>[]) =>
    Promise.all(meetings.map(({ id, state }) => entryFor(ports, say, id, state, person)));

  if (meetingId === undefined) {
    const [meetings, series] = await Promise.all([
      meetingsOf(ports, person).then(entries),
      seriesEntries(ports, say, person),
    ]);
    return {
      name: 'cpms-meetings.ics',
      text: ports.calendar.feed(say('meetings:calendar.name'), [...meetings, ...series]),
    };
  }
  const meeting = await ports.store.load('meeting', meetingId);
  if (!shown(meeting.state) || !isOf(meeting.state, person)) return undefined;
  return { name: `${meetingId}.ics`, text: ports.calendar.feed(meetingId, await entries([meeting])) };
}

async function meetingsOf({ store, clock }: Ports, person: string): Promise<readonly Loaded<'meeting'>[]> {
  const from = new Date(Date.parse(clock.now()) - backDays * 86_400_000).toISOString();
  const status = ['scheduled', 'held'];
  const [invited, asked] = await Promise.all([
    store.find('meeting', { invitee: person, status, from }, most),
    store.find('meeting', { person, status, from }, most),
  ]);
  const each = new Map([...invited, ...asked].map((meeting) => [meeting.id, meeting]));
  return [...each.values()].toSorted((a, b) => (a.state.slot.instant < b.state.slot.instant ? -1 : 1));
}

const shown = ({ stage }: Meeting) => stage === 'scheduled' || stage === 'held';

function isOf({ invites, requester }: Meeting, person: string): boolean {
  const resource = { ...(requester ? { owner: requester } : {}), parties: Object.keys(invites) };
  return unseen({ id: person, verified: true, grants: [] }, 'meeting', resource) === undefined;
}
