import { directoryId, type Kind } from '../../domain/entities.ts';
import type { Letter } from '../../domain/mail-ports.ts';
import { sayHour } from '../../domain/meetings/hours.ts';
import { neededFor, requiredWhoDeclined } from '../../domain/meetings/invitees.ts';
import { ranked, silentIn } from '../../domain/meetings/polls.ts';
import type { PersonDetails } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import { registrationDeskCard, ticketDeskCard, ticketRoomCard } from '../conversations/desk/cards.ts';
import { commentWords, suggestionWords } from '../conversations/meetings/mail-cards.ts';
import { answerButtons } from '../conversations/meetings/meetings.ts';
import { meetingDeskCard, requestDeskCard } from '../conversations/meetings/scheduling.ts';
import { pollDeskCard, voteButtons } from '../conversations/polls/cards.ts';
import { administratorButtons, decideButtons } from '../conversations/registration/decided.ts';
import { nextDates, seriesAnswerButtons } from '../conversations/series/answers.ts';
import { ruleWords, seriesCard } from '../conversations/series/cards.ts';
import { seriesSuggestions } from '../conversations/series/mail-cards.ts';
import { linkButtons } from '../links.ts';
import { decisionLink } from '../pages/decision.ts';
import { pollLink } from '../pages/poll.ts';
import type { Button, Card } from '../view.ts';
import { nameOf } from '../who.ts';
import type { Say } from '../words.ts';

type Payload = Readonly<Record<string, string>>;

/** A thing as the helpdesk's channel shows it; `room` says that what is said about it stands in the thread below. */
export async function deskCardOf(ports: Ports, say: Say, kind: Kind, id: string, room = false): Promise<Card> {
  return { ...(await deskCard(ports, say, kind, id, room)), again: { action: 'desk.show', ref: id } };
}

function deskCard(ports: Ports, say: Say, kind: Kind, id: string, room: boolean): Promise<Card> {
  switch (kind) {
    case 'registration':
      return registrationDeskCard(ports, say, id);
    case 'request':
      return requestDeskCard(ports, say, id);
    case 'poll':
      return pollDeskCard(ports, say, id);
    case 'series':
      return seriesCard(ports, say, id);
    case 'meeting':
      return meetingDeskCard(ports, say, id);
    default:
      return room ? ticketRoomCard(ports, say, id) : ticketDeskCard(ports, say, id);
  }
}

/** The notice of an outbox row as a card for its reader ('desk' for the helpdesk's channel), made from how things stand now. */
export async function cardOf(ports: Ports, say: Say, payload: Payload, person: string, zone: string): Promise<Card> {
  const { notice = '' } = payload;
  const params = await paramsOf(ports, say, payload, zone);
  return {
    title: say(`notices:${notice}.title`, params),
    tone: tones[notice] ?? 'plain',
    body: [{ kind: 'text', text: say(`notices:${notice}.text`, params) }],
    buttons: await buttonsOf(ports, say, payload, person),
  };
}

const tones: Readonly<Record<string, Card['tone']>> = {
  'lead-decide': 'waiting',
  'lead-reminder': 'waiting',
  'lead-silent': 'waiting',
  authorised: 'good',
  active: 'good',
  'member-active': 'good',
  'meeting-scheduled': 'good',
  'ticket-resolved': 'good',
  declined: 'warning',
  rejected: 'warning',
  suspended: 'warning',
  'file-refused': 'warning',
  'consent-withdrawn': 'warning',
  'consent-expired': 'warning',
  'meeting-cancelled': 'warning',
  'invite-bounced': 'warning',
  'series-invite-bounced': 'warning',
  'series-answer-doubted': 'warning',
  'series-over': 'warning',
  'answer-doubted': 'warning',
  'mail-aside': 'warning',
  'mailbox-down': 'warning',
  'meeting-hardly': 'warning',
  'meeting-without': 'warning',
  'desk-stray-left': 'warning',
};

/** What the sentences of a notice name: ids, hospitals, hours, colleagues. Never a patient, never clinical content. */
async function paramsOf(
  ports: Ports,
  say: Say,
  payload: Payload,
  zone: string,
): Promise<Record<string, string | number>> {
  const { kind, id = '' } = payload;
  const params: Record<string, string | number> = { id };
  if (payload['count'] !== undefined) {
    params['count'] = Number(payload['count']);
    params['by'] = payload['by'] ?? '';
  }
  if (payload['why'] !== undefined) {
    params['why'] = say(`notices:mailbox-why.${payload['why']}`);
    params['when'] = sayHour(payload['when'] ?? '', zone, say.language);
  }
  if (kind === 'registration') {
    const { state } = await ports.store.load('registration', id);
    const { state: directory } = await ports.store.load('directory', directoryId);
    params['name'] = await nameOf(ports, state.person);
    params['hcp'] = directory.hcps[state.hcp]?.name ?? state.hcp;
    params['reason'] = (state.reason && (await ports.store.text(state.reason))) || '';
  }
  if (kind === 'meeting') {
    const { state } = await ports.store.load('meeting', id);
    params['hour'] = sayHour(state.slot.instant, zone, say.language);
    params['minutes'] = state.slot.minutes;
    params['group'] = state.group ?? say('meetings:no-group');
    params['agenda'] = (state.agenda ?? []).join(', ');
    params['outcome'] = state.review ? say(`meetings:how.outcomes.${state.review.outcome}`) : '';
    params['accepted'] = Object.values(state.invites).filter((status) => status === 'accepted').length;
    params['invited'] = Object.keys(state.invites).length;
    params['needed'] = neededFor(state);
    const names = (people: readonly string[]) => Promise.all(people.map((person) => nameOf(ports, person)));
    params['without'] = (await names(requiredWhoDeclined(state))).join(', ');
    params['bounced'] = (await names(state.mailed?.bounced ?? [])).join(', ');
    params['comments'] = (await commentWords(ports, say, state.mailed?.comments)).join('\n');
    const last = state.mailed?.doubts.at(-1);
    params['doubt'] = last ? say(`meetings:doubts.${last.doubt}`) : '';
    params['suggestions'] = (await suggestionWords(ports, say, state, zone)).join('\n');
    params['reason'] = state.stage === 'cancelled' ? await cancelReason(ports, say, id) : '';
  }
  if (kind === 'series') {
    const { state } = await ports.store.load('series', id);
    params['group'] = state.group;
    params['rule'] = ruleWords(say, state.rule);
    params['dates'] = nextDates(state, ports.clock.now(), zone, say.language);
    params['suggestions'] = (await seriesSuggestions(ports, say, state, zone)).join('\n');
    params['comments'] = (await commentWords(ports, say, state.standing?.mailed.comments)).join('\n');
    const last = state.standing?.mailed.doubts.at(-1);
    params['doubt'] = last ? say(`meetings:doubts.${last.doubt}`) : '';
    const bounced = state.standing?.mailed.bounced ?? [];
    params['bounced'] = (await Promise.all(bounced.map((person) => nameOf(ports, person)))).join(', ');
  }
  if (kind === 'poll') {
    const { state } = await ports.store.load('poll', id);
    const [best] = ranked(state);
    params['hours'] = state.slots.length;
    params['deadline'] = sayHour(state.deadline, zone, say.language);
    params['group'] = state.group ?? say('meetings:no-group');
    params['asked'] = state.voters.length;
    params['answered'] = state.voters.length - silentIn(state).length;
    params['best'] = best ? sayHour(best.slot.instant, zone, say.language) : '';
    params['able'] = best?.able ?? 0;
    params['outcome'] = best?.fits ? say('notices:poll-outcome.fits') : say('notices:poll-outcome.none');
  }
  if (kind === 'request') {
    const { state } = await ports.store.load('request', id);
    params['reason'] = (state.question && (await ports.store.text(state.question))) || '';
  }
  if (kind === 'document') {
    const { state } = await ports.store.load('document', id);
    params['pages'] = state.pages;
    params['caseId'] = state.caseId;
    params['removed'] = Object.values(state.removed).reduce((sum, count) => sum + count, 0);
  }
  if (kind === 'stray') {
    const { state } = await ports.store.load('stray', id);
    params['name'] = state.person ? await nameOf(ports, state.person) : say('notices:somebody');
  }
  if (kind === 'ticket') {
    const { state } = await ports.store.load('ticket', id);
    params['topic'] = say(`support:topics.${state.topic}`);
    params['reply'] = payload['notice'] === 'ticket-reply' ? await replyOf(ports, say, id, payload['version']) : '';
    params['where'] = state.referredTo ? say(`support:refer.${state.referredTo}.title`) : '';
  }
  return params;
}

/** The reply that the notice is about: a later one has a notice of its own. */
async function replyOf(ports: Ports, say: Say, id: string, version: string | undefined): Promise<string> {
  const told = (await ports.store.trail('ticket', id)).find((row) => String(row.version) === version)?.event;
  const text = told?.type === 'ticket-replied' ? told['text'] : undefined;
  return (typeof text === 'string' && (await ports.store.text(text))) || say('common:erased');
}

async function cancelReason(ports: Ports, say: Say, id: string): Promise<string> {
  const last = (await ports.store.trail('meeting', id)).findLast(({ event }) => event.type === 'meeting-cancelled');
  const reason = last?.event['reason'];
  return say(`notices:cancel-reason.${typeof reason === 'string' ? reason : 'helpdesk'}`);
}

async function buttonsOf(ports: Ports, say: Say, payload: Payload, person: string): Promise<readonly Button[]> {
  const { notice = '', kind = '', id = '' } = payload;
  if (['lead-decide', 'lead-reminder', 'lead-silent'].includes(notice)) return decideButtons(say, id);
  if (notice === 'cpms-decide') return administratorButtons(say, id);
  if (notice === 'meeting-invited' || (notice === 'meeting-moved' && (await invited(ports, id, person))))
    return answerButtons(say, id, (await ports.store.load('meeting', id)).state);
  if (notice === 'series-invited' || notice === 'series-invited-anew')
    return seriesAnswerButtons(say, id, (await ports.store.load('series', id)).state);
  if (['poll-asked', 'poll-reminder', 'poll-hour-added'].includes(notice))
    return voteButtons(say, id, (await ports.store.load('poll', id)).state, person);
  if (notice === 'active')
    return [
      { label: say('cases:open.button'), action: 'case.open', style: 'primary' },
      ...linkButtons(say, (await ports.store.load('directory', directoryId)).state, 'cpms-log-in'),
      { label: say('common:show'), action: 'register.show', ref: id },
    ];
  if (notice === 'ticket-reply')
    return [
      { label: say('notices:buttons.answer'), action: 'support.add', ref: id, style: 'primary' },
      { label: say('notices:buttons.ticket'), action: 'support.show', ref: id },
    ];
  if (notice === 'meeting-how')
    return [{ label: say('meetings:how.button'), action: 'meeting.how', ref: id, style: 'primary' }];
  if (notice === 'meeting-over')
    return [
      { label: say('meetings:desk.buttons.held'), action: 'scheduling.held', ref: id, style: 'primary' },
      { label: say('common:show'), action: 'desk.show', ref: id },
    ];
  // Of the helpdesk, who has it in hand.
  if (notice === 'ticket-added') return [{ label: say('common:show'), action: 'desk.show', ref: id, style: 'primary' }];
  if (notice === 'request-question')
    return [{ label: say('notices:buttons.answer'), action: 'meeting.reply', ref: id, style: 'primary' }];
  if (payload['person'] === 'desk' && ['registration', 'request', 'poll', 'meeting', 'ticket'].includes(kind))
    return [{ label: say('common:show'), action: 'desk.show', ref: id }];
  if (kind === 'series')
    return notice === 'series-left' || notice === 'series-over'
      ? []
      : [{ label: say('common:show'), action: payload['person'] === 'desk' ? 'series.show' : 'series.own', ref: id }];
  const shows: Readonly<Record<string, string>> = {
    registration: 'register.show',
    case: 'case.show',
    consent: 'case.show',
    document: 'document.show',
    request: 'meeting.request',
    meeting: 'meeting.show',
    ticket: 'support.show',
  };
  const action = notice === 'member-active' || notice === 'member-rejected' ? undefined : shows[kind];
  return action
    ? [{ label: say(kind === 'ticket' ? 'notices:buttons.ticket' : 'common:show'), action, ref: id, style: 'primary' }]
    : [];
}

async function invited(ports: Ports, id: string, person: string): Promise<boolean> {
  return person in (await ports.store.load('meeting', id)).state.invites;
}

/**
 * The e-mail form of a notice: the fact, without content. A lead who is not in the chat gets the one-time link to decide with, a voter the one to answer with;
 * an invited expert gets the calendar mail, so that no other mail is needed but the reminders. Undefined where none is.
 */
export async function letterOf(
  ports: Ports,
  say: Say,
  payload: Payload,
  person: string,
  details: PersonDetails,
): Promise<Omit<Letter, 'id'> | undefined> {
  const { notice = '', id = '', kind } = payload;
  if (['lead-decide', 'lead-reminder', 'lead-silent'].includes(notice)) {
    const params = await paramsOf(ports, say, payload, details.zone);
    const url = await decisionLink(ports, person, id);
    return {
      to: details.email,
      subject: say('mail:decide-subject', params),
      text: say('mail:decide-text', { ...params, reader: details.name, url, days: ports.settings.decisionDays }),
    };
  }
  if (
    kind === 'poll' &&
    details.chat === undefined &&
    ['poll-asked', 'poll-reminder', 'poll-hour-added'].includes(notice)
  ) {
    const params = await paramsOf(ports, say, payload, details.zone);
    const url = await pollLink(ports, person, id);
    return {
      to: details.email,
      subject: say(notice === 'poll-asked' ? 'mail:poll-subject' : 'mail:poll-again-subject', params),
      text: say(notice === 'poll-hour-added' ? 'mail:poll-added-text' : 'mail:poll-text', {
        ...params,
        reader: details.name,
        url,
      }),
    };
  }
  if (
    kind === 'poll' &&
    details.chat === undefined &&
    ['poll-withdrawn', 'poll-turned-down', 'poll-taken-up'].includes(notice)
  ) {
    const params = await paramsOf(ports, say, payload, details.zone);
    return {
      to: details.email,
      subject: say(`mail:${notice}-subject`, params),
      text: say(`mail:${notice}-text`, { ...params, reader: details.name }),
    };
  }
  if (notice === 'meeting-tomorrow' || notice === 'meeting-soon' || notice === 'meeting-agenda') {
    const { state } = await ports.store.load('meeting', id);
    const title = say('meetings:invitation.title', { id, group: state.group ?? say('meetings:no-group') });
    const url = state.join && (await ports.store.text(state.join));
    return {
      to: details.email,
      subject: say(`mail:${notice}-subject`, { title }),
      text: say(notice === 'meeting-agenda' ? 'mail:agenda-text' : 'mail:reminder-text', {
        ...(await paramsOf(ports, say, payload, details.zone)),
        title,
        reader: details.name,
        join: url ? `\n\n${say('meetings:invitation.join', { url })}` : '',
        helpdesk: ports.settings.organiser.email,
      }),
    };
  }
  if (kind === 'meeting' && details.chat === undefined && (await invited(ports, id, person))) return undefined;
  // Whatever changes for the people of a series comes as a calendar mail.
  if (kind === 'series' && details.chat === undefined) return undefined;
  return {
    to: details.email,
    subject: say('mail:notice-subject', { id }),
    text: say('mail:notice-text', { id, reader: details.name, helpdesk: ports.settings.organiser.email }),
  };
}
