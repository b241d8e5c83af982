import { unseen } from '../../domain/access.ts';
import { refuse } from '../../domain/decider.ts';
import { directoryId } from '../../domain/entities.ts';
import { localHour } from '../../domain/meetings/hours.ts';
import { answersShown, tallies } from '../../domain/meetings/polls.ts';
import { openRequestStages } from '../../domain/meetings/requests.ts';
import type { Ports } from '../context.ts';
import type { Answer, Bot, Who } from '../interaction.ts';
import { mannersOf, personOf } from '../who.ts';
import { wordsOf } from '../words.ts';
import { beginPage, createLink, refused, sessionOf } from './links.ts';
import type { PlanEntry, PlanPage, PlanState } from './pages.ts';

/** How long a link to the helpdesk's calendar is good, in minutes. */
const linkMinutes = 15;
/** More than a page of six weeks holds of anything. */
const most = { limit: 1000 };

/** The address of the helpdesk's calendar, good once; it acts as the chat identity that it was made for. */
export async function planLink(ports: Ports, { identity, name, language, zone }: Who, person: string): Promise<string> {
  const who = {
    identity,
    ...(name ? { name } : {}),
    ...(language ? { language } : {}),
    ...(zone ? { zone } : {}),
  };
  const { token } = await createLink(ports, { page: 'plan', person: person || 'nobody', ref: '', who }, linkMinutes);
  return `${ports.settings.publicUrl}/plan/${token}`;
}

/**
 * The helpdesk's calendar: meetings, the hours of polls that are running, and those that requests propose, with numbers and groups alone. A
 * move goes the one road of the chat's form. Who is no helpdesk any more sees nothing at the next call.
 */
export function createPlanPage(ports: Ports, bot: Pick<Bot, 'handle'>): PlanPage {
  const whose = async (session: string) => {
    const found = await sessionOf(ports, session, 'plan');
    if (!found?.who) return refused(ports, refuse('link.session-over'));
    const { identity, name, language, zone } = found.who;
    const who: Who = {
      identity,
      ...(name ? { name } : {}),
      ...(language ? { language } : {}),
      ...(zone ? { zone } : {}),
    };
    const { actor, person } = await personOf(ports, identity);
    const refusal = unseen(actor, 'queue', {});
    if (refusal) return refused(ports, refusal, found.person);
    return { who, expiresAt: found.expiresAt, ...mannersOf(who, person) };
  };
  return {
    begin: (token) => beginPage(ports, token, ['plan']),
    async look(session, from, to) {
      const found = await whose(session);
      if ('refused' in found) return found;
      const { language, zone, expiresAt } = found;
      const [meetings, polls, asked, { state: directory }] = await Promise.all([
        ports.store.find('meeting', { status: ['scheduled', 'held'], from, to }, most),
        ports.store.find('poll', { status: ['open', 'closed'] }, most),
        ports.store.find('request', { status: openRequestStages }, most),
        ports.store.load('directory', directoryId),
      ]);
      const now = ports.clock.now();
      const within = ({ instant }: { readonly instant: string }) => instant >= from && instant < to;
      const entries: PlanEntry[] = [
        ...meetings.map(({ id, state }): PlanEntry => {
          const answers = Object.values(state.invites);
          return {
            kind: 'meeting',
            id,
            ...(state.group ? { group: state.group } : {}),
            start: state.slot.instant,
            minutes: state.slot.minutes,
            movable: state.stage === 'scheduled' && state.slot.instant > now,
            counts: {
              invited: answers.length,
              accepted: answers.filter((status) => status === 'accepted').length,
              declined: answers.filter((status) => status === 'declined').length,
            },
            agenda: state.agenda?.length ?? 0,
          };
        }),
        ...polls.flatMap(({ id, state }) =>
          tallies(state)
            .filter(({ slot }) => within(slot))
            .map(
              ({ slot, able, no, fits }): PlanEntry => ({
                kind: 'poll-hour',
                id,
                ...(state.group ? { group: state.group } : {}),
                start: slot.instant,
                minutes: slot.minutes,
                movable: false,
                ...(answersShown(state)
                  ? { counts: { invited: state.voters.length, accepted: able, declined: no.length }, fits }
                  : {}),
              }),
            ),
        ),
        ...asked.flatMap(({ id, state }) =>
          state.proposals.filter(within).map(
            (slot): PlanEntry => ({
              kind: 'proposal',
              id,
              ...(state.group ? { group: state.group } : {}),
              start: slot.instant,
              minutes: slot.minutes,
              movable: false,
            }),
          ),
        ),
      ];
      const state: PlanState = {
        language,
        zone,
        expiresAt,
        groups: Object.values(directory.groups).map(({ code, name }) => ({ code, name })),
        entries,
        pending: asked.map(({ id, state: request }) => ({
          id,
          ...(request.group ? { group: request.group } : {}),
          since: request.since,
          ...(request.proposals[0] ? { hour: request.proposals[0].instant } : {}),
          polled: request.pollId !== undefined,
        })),
      };
      return state;
    },
    async move(session, delivery, { id, start, minutes, despite }) {
      const found = await whose(session);
      if ('refused' in found) return found;
      const { who, zone, language } = found;
      const { identity } = who;
      const key = `plan:${identity.platform}:${identity.tenant}:${identity.user}:${delivery}`;
      const values = { other: localHour(start, zone), minutes: String(minutes), ...(despite ? { despite } : {}) };
      const answer = await bot.handle({
        key,
        who,
        where: { kind: 'private' },
        what: { kind: 'submit', form: 'scheduling.move', ref: id, values },
      });
      const trouble = troubleIn(answer);
      const { state } = await ports.store.load('meeting', id);
      if (trouble !== undefined) return { moved: false, words: trouble };
      if (state.slot.instant !== start) return { moved: false, words: wordsOf(language)('common:not-done') };
      return { moved: true };
    },
  };
}

/** What the form said at its fields. */
function troubleIn({ errors }: Answer): string | undefined {
  const words = Object.values(errors ?? {});
  return words.length > 0 ? words.join('\n') : undefined;
}
