import type { CalendarPart, Incoming, MailboxTrouble } from '../../domain/mail-ports.ts';
import { localHour } from '../../domain/meetings/hours.ts';
import type { MailProof } from '../../domain/meetings/mailed-answers.ts';
import { isDateOf, type Rule, ruleSlot } from '../../domain/meetings/series-rule.ts';
import type { Slot } from '../../domain/meetings/slots.ts';
import { system } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import { execute, type Step } from '../execute.ts';
import { seemsIdentifying } from '../guard.ts';
import { hostOf } from './invitation.ts';
import { readLetterId } from './letter-ids.ts';

const day = 86_400_000;
/** Longer than a mailbox is read again whose server has numbered it anew. */
const rememberedDays = 90;
/** Notices an hour about mails that belong to no meeting. */
const strayAtMost = 5;

/**
 * Does what a mail of the helpdesk's mailbox means for a meeting: an answer, a suggested hour, a bounce, an absence. What is not believed
 * changes nothing and is shown to the helpdesk (`domain/meetings/mailed-answers.ts`). Safe to call again for the same mail. Throws only when the store fails.
 */
export async function takeMail(ports: Ports, mail: Incoming): Promise<void> {
  if (mail.kind === 'other' || mail.kind === 'unreadable') return;
  const known = `incoming:taken:${mail.key}`;
  if ((await ports.kept.get(known)) !== undefined) return;
  await takeNew(ports, mail);
  const now = ports.clock.now();
  await ports.kept.put(known, now, new Date(Date.parse(now) + rememberedDays * day).toISOString());
}

async function takeNew(
  ports: Ports,
  mail: Exclude<Incoming, { readonly kind: 'other' | 'unreadable' }>,
): Promise<void> {
  switch (mail.kind) {
    case 'answer':
      for (const [index, part] of mail.parts.entries()) await takePart(ports, mail, part, index);
      return;
    case 'malformed':
      return stray(ports, mail.key);
    case 'bounce': {
      const letter = await readLetterId(ports, mail.letter);
      if (!letter) return;
      const { meeting: id, person, sequence } = letter;
      return act(
        ports,
        `incoming:${mail.key}`,
        isSeries(id)
          ? { kind: 'series', id, command: { type: 'series.bounced', person, sequence } }
          : { kind: 'meeting', id, command: { type: 'meeting.bounced', person, sequence } },
      );
    }
    case 'absence': {
      const letter = await readLetterId(ports, mail.letter);
      // Who is away this week comes to the series all the same.
      if (!letter || !mail.authenticated || isSeries(letter.meeting)) return;
      const { meeting, person, sequence } = letter;
      if ((await ports.store.person(person))?.email.toLowerCase() !== mail.from) return;
      return act(ports, `incoming:${mail.key}`, {
        kind: 'meeting',
        id: meeting,
        command: { type: 'meeting.mailed-absence', person, sequence },
      });
    }
  }
}

/** Tells the helpdesk of its mailbox: a mail that was put aside, or that nothing can be read. Once for each trouble. */
export async function tellOfMailbox(ports: Ports, { kind, key, why, when }: MailboxTrouble): Promise<void> {
  const now = ports.clock.now();
  const told = `incoming:trouble:${kind}:${key}`;
  if ((await ports.kept.get(told)) !== undefined) return;
  const notice = kind === 'aside' ? 'mail-aside' : 'mailbox-down';
  await ports.outbox.add([
    {
      kind: 'notice',
      lane: 'desk/mailbox',
      payload: { notice, kind: 'directory', id: 'directory', version: '0', person: 'desk', why, when },
    },
  ]);
  await ports.kept.put(told, now, new Date(Date.parse(now) + rememberedDays * day).toISOString());
}

async function takePart(
  ports: Ports,
  mail: Extract<Incoming, { readonly kind: 'answer' }>,
  part: CalendarPart,
  index: number,
): Promise<void> {
  const [uid = '', host] = part.uid.split('@');
  if (host !== hostOf(ports)) return stray(ports, mail.key);
  const of = await askedAbout(ports, uid, part);
  if (!of) return stray(ports, mail.key);
  const person = (await ports.store.peopleByEmail(part.attendee)).find((known) => of.people.includes(known));
  const proof = {
    ...(person ? { person } : {}),
    sequence: part.sequence,
    stamp: part.stamp,
    authenticated: mail.authenticated,
    ownSender: mail.from === part.attendee,
  };
  const key = `incoming:${mail.key}:${index}`;
  // What is not believed is not kept: the answer that it came with is doubted.
  if (part.comment && proof.authenticated && proof.ownSender && person !== undefined) {
    await takeComment(ports, of, proof, part.comment, `${key}:comment`);
    // Who only writes something has answered nothing yet.
    if (mail.method === 'REPLY' && !part.answer) return;
  }
  await act(
    ports,
    key,
    of.kind === 'meeting' ? ofMeeting(mail.method, of, proof, part) : ofSeries(mail.method, of, proof, part),
  );
}

type Method = Extract<Incoming, { readonly kind: 'answer' }>['method'];

function ofMeeting(method: Method, of: AskedAbout, proof: MailProof, part: CalendarPart): Step {
  const { id } = of;
  const { answer, slot } = saidOf(of, part);
  switch (method) {
    case 'REPLY':
      return { kind: 'meeting', id, command: { type: 'meeting.mailed-answer', ...proof, ...answer } };
    case 'COUNTER':
      return { kind: 'meeting', id, command: { type: 'meeting.mailed-hour', ...proof, ...slot } };
    case 'REFRESH':
      return { kind: 'meeting', id, command: { type: 'meeting.mailed-refresh', ...proof } };
  }
}

function ofSeries(method: Method, of: AskedAbout, proof: MailProof, part: CalendarPart): Step {
  const { id } = of;
  const date = of.date === undefined ? {} : { date: of.date };
  const { answer, slot } = saidOf(of, part);
  switch (method) {
    case 'REPLY':
      return { kind: 'series', id, command: { type: 'series.mailed-answer', ...proof, ...date, ...answer } };
    case 'COUNTER':
      return { kind: 'series', id, command: { type: 'series.mailed-hour', ...proof, ...date, ...slot } };
    case 'REFRESH':
      return { kind: 'series', id, command: { type: 'series.mailed-refresh', ...proof } };
  }
}

/** The answer and the hour of a part, where it speaks of something that there is. */
function saidOf({ usable, zone }: AskedAbout, part: CalendarPart) {
  const hour = usable ? slotOf(zone, part) : undefined;
  return { answer: usable && part.answer ? { answer: part.answer } : {}, slot: hour ? { slot: hour } : {} };
}

/** What was written beside an answer is kept sealed, for the helpdesk to read; what seems to name a patient is not kept (rule 9), and the helpdesk hears that it came. */
async function takeComment(
  ports: Ports,
  { kind, id, date }: AskedAbout,
  proof: MailProof,
  value: string,
  key: string,
): Promise<void> {
  const text = seemsIdentifying(value).length > 0 ? undefined : ports.ids.next('X');
  const comment = text === undefined ? {} : { comment: text };
  await execute(
    ports,
    system,
    [
      kind === 'meeting'
        ? { kind, id, command: { type: 'meeting.mailed-comment', ...proof, ...comment } }
        : { kind, id, command: { type: 'series.mailed-comment', ...proof, ...comment, ...(date ? { date } : {}) } },
    ],
    {
      delivery: { key, outcome: '' },
      ...(text === undefined ? {} : { rows: [{ row: 'text', id: text, owner: `${kind}/${id}`, value }] }),
    },
  );
}

const isSeries = (id: string) => id.startsWith('W-');

interface AskedAbout {
  readonly kind: 'meeting' | 'series';
  readonly id: string;
  readonly people: readonly string[];
  readonly zone: string;
  /** One date of a series that is no meeting yet. */
  readonly date?: string;
  /** It speaks of an hour that there is. */
  readonly usable: boolean;
}

/** What a part of an answer speaks of: a meeting, a series, one date of a series (RECURRENCE-ID); undefined for what is none of ours. */
async function askedAbout(ports: Ports, id: string, part: CalendarPart): Promise<AskedAbout | undefined> {
  const meetingAt = async (meetingId: string, usable: boolean): Promise<AskedAbout | undefined> => {
    const { version, state } = await ports.store.load('meeting', meetingId);
    const people = Object.keys(state.invites);
    return version === 0 ? undefined : { kind: 'meeting', id: meetingId, people, zone: state.slot.zone, usable };
  };
  // A meeting of its own does not repeat.
  if (!isSeries(id)) return meetingAt(id, part.occurrence === undefined);
  const { version, state } = await ports.store.load('series', id);
  if (version === 0) return undefined;
  const { rule, standing, convened } = state;
  const series = { kind: 'series', id, people: Object.keys(standing?.people ?? {}), zone: rule.zone } as const;
  if (part.occurrence === undefined) return { ...series, usable: true };
  const date = dateAt(rule, part.occurrence);
  if (date === undefined) return { ...series, usable: false };
  return Object.hasOwn(convened, date) ? meetingAt(convened[date] ?? '', true) : { ...series, date, usable: true };
}

/** The date of the rule that a RECURRENCE-ID calls by its instant. */
function dateAt(rule: Rule, instant: string): string | undefined {
  const at = Date.parse(instant);
  if (Number.isNaN(at) || Math.abs(at) > 4e12) return undefined;
  const date = localHour(instant, rule.zone).slice(0, 10);
  return isDateOf(rule, date) && Date.parse(ruleSlot(rule, date).instant) === at ? date : undefined;
}

/** The suggested hour in the zone of what it is suggested for. */
function slotOf(zone: string, { hour }: CalendarPart): Slot | undefined {
  return hour && { local: localHour(hour.instant, zone), zone, instant: hour.instant, minutes: hour.minutes };
}

/** One act of the system, once for this key. What is refused has nothing to act on (the meeting is gone, or never was). */
async function act(ports: Ports, key: string, step: Step): Promise<void> {
  await execute(ports, system, [step], { delivery: { key, outcome: '' } });
}

/** A calendar's answer that belongs to no meeting, or cannot be read: the helpdesk is told, at most so many times an hour. */
async function stray(ports: Ports, key: string): Promise<void> {
  const now = ports.clock.now();
  const expires = new Date(Date.parse(now) + day).toISOString();
  if (!(await ports.kept.claim(`incoming:stray:${key}`, now, expires))) return;
  for (let place = 0; place < strayAtMost; place += 1) {
    if (!(await ports.kept.claim(`incoming:stray:${now.slice(0, 13)}:${place}`, now, expires))) continue;
    await ports.outbox.add([
      {
        kind: 'notice',
        lane: 'desk/mailbox',
        payload: { notice: 'answer-stray', kind: 'directory', id: 'directory', version: '0', person: 'desk' },
      },
    ]);
    return;
  }
}
