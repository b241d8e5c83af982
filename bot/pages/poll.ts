import { isRefusal, refuse } from '../../domain/decider.ts';
import { slotFrom } from '../../domain/meetings/hours.ts';
import { votes } from '../../domain/meetings/polls.ts';
import type { Ports } from '../context.ts';
import { execute, type Step } from '../execute.ts';
import { seemsIdentifying } from '../guard.ts';
import { actorOf } from '../who.ts';
import { beginPage, createLink, type PageSession, refused, sessionOf } from './links.ts';
import type { PollAnswer, PollPage, PollState, Refused } from './pages.ts';

/** How long a link to a poll is good, in minutes: longer than nearly every poll, whose own close counts. */
const linkMinutes = 30 * 24 * 60;
const commentLength = 300;

/** The address at which somebody who is not in a chat answers a poll: one use, then the page stays open in that browser. */
export async function pollLink(ports: Ports, person: string, poll: string): Promise<string> {
  const { token } = await createLink(ports, { page: 'poll', person, ref: poll }, linkMinutes);
  return `${ports.settings.publicUrl}/p/${token}`;
}

/** A voter's page: the same command as the form in the chat, in the name of the person whom the link was mailed to. */
export function createPollPage(ports: Ports): PollPage {
  const look = async (session: PageSession): Promise<PollState | Refused> => {
    const [{ state }, details, actor] = await Promise.all([
      ports.store.load('poll', session.ref),
      ports.store.person(session.person),
      actorOf(ports, session.person),
    ]);
    // Who has left is nobody, though their name is kept for some days yet.
    if (!details || actor.id !== session.person || !state.voters.includes(session.person))
      return refused(ports, refuse('poll.not-asked'), session.person);
    const own = state.ballots[session.person];
    const comment = own?.comment && (await ports.store.text(own.comment));
    return {
      language: details.language,
      expiresAt: session.expiresAt,
      id: session.ref,
      zone: details.zone,
      ...(state.group ? { group: state.group } : {}),
      deadline: state.deadline,
      open: state.stage === 'open' && state.deadline > ports.clock.now(),
      hours: state.slots.map((slot, index) => ({
        start: slot.instant,
        minutes: slot.minutes,
        ...(own?.votes[index] ? { vote: own.votes[index] } : {}),
      })),
      ...(comment ? { comment } : {}),
      proposed: state.counters.flatMap(({ person, slot }) => (person === session.person ? [slot.instant] : [])),
    };
  };
  /** The proposed hour in the person's own zone, as long as those that are asked about. */
  const anotherHour = async ({ person, ref }: PageSession, { local, reading }: NonNullable<PollAnswer['other']>) => {
    const [details, { state }] = await Promise.all([ports.store.person(person), ports.store.load('poll', ref)]);
    return slotFrom(local, details?.zone ?? 'UTC', state.slots[0]?.minutes ?? 60, reading);
  };
  return {
    begin: (token) => beginPage(ports, token, ['poll']),
    async look(token) {
      const session = await sessionOf(ports, token, 'poll');
      return session ? look(session) : refused(ports, refuse('link.session-over'));
    },
    async answer(token, { votes: given, comment, other }) {
      const session = await sessionOf(ports, token, 'poll');
      if (!session) return refused(ports, refuse('link.session-over'));
      const { person, ref: id } = session;
      const text = (comment ?? '').trim().slice(0, commentLength);
      if (seemsIdentifying(text).length > 0) return refused(ports, refuse('text.identifying'), person);
      const said = given.flatMap((vote) => votes.find((one) => one === vote) ?? []);
      const textId = ports.ids.next('X');
      // The link came to the person's own address in the directory: whoever holds it is verified by that (rule 8).
      const actor = { ...(await actorOf(ports, person)), verified: true };
      const command = { type: 'poll.vote', person, votes: said, ...(text ? { comment: textId } : {}) } as const;
      const slot = other && (await anotherHour(session, other));
      if (slot && isRefusal(slot)) return refused(ports, slot, person);
      const steps: Step[] = [
        { kind: 'poll', id, command },
        ...(slot ? [{ kind: 'poll' as const, id, command: { type: 'poll.propose' as const, person, slot } }] : []),
      ];
      const done = await execute(ports, actor, steps, {
        rows: text ? [{ row: 'text', id: textId, owner: `poll/${id}`, value: text }] : [],
      });
      return isRefusal(done) ? refused(ports, done, person) : look(session);
    },
  };
}
