import type { LinkName } from '../../../domain/directory.ts';
import { type Actor, holds, type Role } from '../../../domain/people.ts';
import type { Answer } from '../../interaction.ts';
import { linkButtons } from '../../links.ts';
import { pageButtons, pageNote, readPageRef, stretch } from '../../paging.ts';
import { type Circle, type Likeness, maybe } from '../../questions/questions.ts';
import { type Conversation, card, type Turn } from '../../turn.ts';
import type { ActButton, Block, Button, Card } from '../../view.ts';
import { preferenceButton } from './help.ts';

/** What people ask that no command answers: each a short card that ends with the next step. */
export const answeredTopics = [
  'urgent',
  'colleague',
  'moved',
  'lead',
  'died',
  'remove-file',
  'kinds',
  'channels',
  'pseudonym',
  'assistant',
  'using-cpms',
  'thanks',
  'bot',
  'reminders',
  'groups',
  'outcome',
  'difference',
  'directory',
  'away',
  'as-expert',
  'administrator',
  'yes-no',
] as const;
type AnsweredTopic = (typeof answeredTopics)[number];

/** The topics behind which a command or another press stands. */
const wishes: Readonly<Record<string, Pick<ActButton, 'action' | 'ref'>>> = {
  help: { action: 'help.command', ref: 'help' },
  status: { action: 'help.command', ref: 'status' },
  register: { action: 'help.command', ref: 'register' },
  consent: { action: 'help.command', ref: 'consent' },
  attach: { action: 'help.command', ref: 'attach' },
  case: { action: 'help.command', ref: 'case' },
  meeting: { action: 'help.command', ref: 'meeting' },
  'ask-meeting': { action: 'meeting.ask' },
  support: { action: 'help.command', ref: 'support' },
  'cpms-error': { action: 'support.refer', ref: 'cpms-it' },
  'eu-login': { action: 'support.refer', ref: 'eu-login' },
  privacy: { action: 'help.command', ref: 'privacy' },
  language: { action: 'help.command', ref: 'language' },
  queue: { action: 'help.command', ref: 'queue' },
  schedule: { action: 'help.command', ref: 'schedule' },
  calendar: { action: 'help.command', ref: 'calendar' },
  poll: { action: 'help.command', ref: 'poll' },
  series: { action: 'help.command', ref: 'series' },
  person: { action: 'help.command', ref: 'member' },
  decide: { action: 'help.command', ref: 'status' },
};

/** What a clinician's question means in the mouth of the helpdesk: what is under way is its queue, and meetings are its to schedule. */
const ofHelpdesk: Readonly<Record<string, string>> = {
  status: 'queue',
  case: 'queue',
  support: 'queue',
  meeting: 'calendar',
  'ask-meeting': 'schedule',
};

/** Whether somebody has cases: a member, or an assistant of one. */
export const isClinician = (actor: Actor): boolean => holds(actor, 'member') || holds(actor, 'assistant');

/** A topic as this person means it. */
export function meantBy(actor: Actor, topic: string): string {
  return holds(actor, 'helpdesk') && !isClinician(actor) ? (ofHelpdesk[topic] ?? topic) : topic;
}

/** The circles whose questions somebody may ask beside everyone's. */
export function circlesOf(actor: Actor): readonly Circle[] {
  const ofRole: readonly (readonly [Circle, readonly Role[]])[] = [
    ['helpdesk', ['helpdesk']],
    ['deciders', ['lead', 'deputy', 'coordinator', 'local-administrator']],
    ['experts', ['expert']],
  ];
  return ofRole.flatMap(([circle, roles]) => (roles.some((role) => holds(actor, role)) ? [circle] : []));
}

/** The press that answers a topic of the samples. */
export function pressFor(topic: string): Pick<ActButton, 'action' | 'ref'> {
  return wishes[topic] ?? { action: 'answer.show', ref: topic };
}

/** Every topic that something answers. */
export const topicsWithAnswers: readonly string[] = [...Object.keys(wishes), ...answeredTopics];

/** How many topics are offered where none is sure. */
const offered = 3;

/** The likest topics as buttons, where the sentence is like any; undefined where it is like none. */
export function offerTopics({ say, actor }: Turn, topics: readonly Likeness[]): Card | undefined {
  const like = topics.filter(({ likeness }) => likeness >= maybe).map(({ topic }) => meantBy(actor, topic));
  const likely = [...new Set(like)].slice(0, offered);
  if (likely.length === 0) return undefined;
  const last = holds(actor, 'helpdesk') ? 'queue' : 'support';
  return {
    title: say('answers:maybe'),
    body: [{ kind: 'text', text: say(last === 'queue' ? 'answers:maybe-text-desk' : 'answers:maybe-text') }],
    buttons: [
      ...likely.map((topic) => ({
        label: say(wishes[topic] ? `answers:wishes.${topic}` : `answers:titles.${topic}`),
        ...pressFor(topic),
      })),
      ...(likely.includes(last) ? [] : [last === 'queue' ? queueButton(say) : askButton(say)]),
    ],
  };
}

const queueButton = (say: Turn['say']): ActButton => ({
  label: say('answers:wishes.queue'),
  ...pressFor('queue'),
});

const askButton = (say: Turn['say'], ref = 'other'): ActButton => ({
  label: say('support:refer.helpdesk'),
  action: 'support.ask',
  ref,
});

async function answerCard(turn: Turn, topic: AnsweredTopic, offset: number): Promise<Card> {
  const { say } = turn;
  const title = say(`answers:titles.${topic}`);
  if (topic === 'thanks') return { title, body: [], buttons: await buttonsFor(turn, topic) };
  const text = topic === 'pseudonym' ? say('cases:open.pseudonym-hint') : say(`answers:texts.${topic}`);
  const body: Block[] = [{ kind: 'text', text }];
  if (topic !== 'groups') return { title, body, buttons: await buttonsFor(turn, topic) };

  const groups = Object.values((await turn.directory()).groups);
  const page = stretch(offset, groups.length);
  const items = groups
    .slice(page.offset, page.offset + page.limit)
    .map(({ code, name }) => ({ title: name, detail: code }));
  return {
    title,
    body: [...body, { kind: 'list', items }, ...pageNote(say, page)],
    buttons: [...(await buttonsFor(turn, topic)), ...pageButtons(say, page, 'answer.show', topic)],
  };
}

/** The next steps; what is not this person's to do is left out. */
async function buttonsFor(turn: Turn, topic: AnsweredTopic): Promise<readonly Button[]> {
  const { say, actor } = turn;
  const wish = (name: string): ActButton => ({ label: say(`answers:wishes.${name}`), ...pressFor(name) });
  const clinician = isClinician(actor);
  const ofClinician = (...names: string[]) => (clinician ? names.map(wish) : []);
  const newCase: ActButton = { label: say('status:buttons.case'), action: 'case.open' };
  switch (topic) {
    case 'urgent':
      return [...(clinician ? [newCase] : []), ...ofClinician('ask-meeting'), askButton(say)];
    case 'pseudonym':
      return clinician ? [newCase] : [wish('status')];
    case 'died':
    case 'remove-file':
      return [...ofClinician('case'), askButton(say)];
    case 'kinds':
    case 'channels':
      return clinician ? [wish('attach')] : [wish('status')];
    case 'outcome':
      return [...ofClinician('meeting'), ...(await linkButton(turn, 'cpms-log-in'))];
    case 'groups':
      return [...ofClinician('ask-meeting'), askButton(say)];
    case 'using-cpms':
      return [
        ...(await linkButton(turn, 'cpms-log-in')),
        ...(await linkButton(turn, 'cpms-care-guide')),
        askButton(say),
      ];
    case 'difference':
      return [...(await linkButton(turn, 'cpms-log-in')), wish('status')];
    case 'lead':
    case 'administrator':
    case 'moved':
      return [wish('status'), askButton(say, 'registration')];
    case 'reminders':
      return [...preferenceButton(turn), wish('status')];
    case 'yes-no':
      return [wish('status'), ...ofClinician('meeting')];
    case 'thanks':
      return [wish('status')];
    case 'bot':
      return [{ label: say('help:buttons.help'), action: 'help.show' }, wish('privacy'), askButton(say)];
    case 'colleague':
    case 'assistant':
      return [askButton(say, 'registration')];
    case 'directory':
      return [wish('person'), wish('queue')];
    case 'away':
      return [wish('decide'), askButton(say, 'registration')];
    case 'as-expert':
      return [wish('meeting'), ...(await linkButton(turn, 'cpms-log-in'))];
  }
}

const linkButton = async (turn: Turn, name: LinkName): Promise<readonly Button[]> =>
  linkButtons(turn.say, await turn.directory(), name, 'primary');

const isAnswered = (topic: string): topic is AnsweredTopic => (answeredTopics as readonly string[]).includes(topic);

export const answers: Conversation = {
  presses: {
    'answer.show': async (turn, given): Promise<Answer> => {
      const { ref, offset } = readPageRef(given);
      return isAnswered(ref) ? card(await answerCard(turn, ref, offset), given.includes('|')) : {};
    },
  },
};
