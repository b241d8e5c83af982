import { isRefusal } from '../domain/decider.ts';
import type { Identity, PersonDetails } from '../domain/people.ts';
import { holds } from '../domain/people.ts';
import { parseCommand } from './commands.ts';
import type { Ports } from './context.ts';
import { canned } from './conversations/canned.ts';
import { caseConversation } from './conversations/cases.ts';
import { consentConversation } from './conversations/consent.ts';
import { deciding } from './conversations/deciding.ts';
import { desk, kindOf } from './conversations/desk.ts';
import { saidInRoom, signOnCard } from './conversations/desk-room.ts';
import { documentConversation } from './conversations/documents.ts';
import { firstNoticeCard, help, unknownCard } from './conversations/help.ts';
import { home, homeCard } from './conversations/home.ts';
import { identifyingCard } from './conversations/identifying.ts';
import { askMeeting, meetingConversation } from './conversations/meetings.ts';
import { pollConversation } from './conversations/polls.ts';
import { registration } from './conversations/registration.ts';
import { schedulingConversation } from './conversations/scheduling.ts';
import { seriesConversation } from './conversations/series.ts';
import { statusCard, statusTalk } from './conversations/status.ts';
import { support, supportFor } from './conversations/support.ts';
import { verification } from './conversations/verification.ts';
import { seemsIdentifying } from './guard.ts';
import { partOfHome, watchHome } from './homes.ts';
import { intentOf } from './intents.ts';
import type { Answer, Bot, Interaction, Who } from './interaction.ts';
import { answerLater } from './late-answers.ts';
import { fileDropped } from './strays.ts';
import { suggest } from './suggest.ts';
import { type Conversation, card, createTurn, Ended, refusalCard, type Turn } from './turn.ts';
import { releasedTo } from './upload/released.ts';
import type { Card, Field, Form, Values } from './view.ts';
import { chosenLanguage, identityKey, mannersOf, personOf, strangerDays } from './who.ts';
import { languageOf, type Say, spoken, wordsFor, wordsOf } from './words.ts';

const conversations: readonly Conversation[] = [
  help,
  home,
  statusTalk,
  registration,
  verification,
  deciding,
  caseConversation,
  consentConversation,
  documentConversation,
  meetingConversation,
  schedulingConversation,
  pollConversation,
  seriesConversation,
  support,
  desk,
  canned,
];

type Part = 'commands' | 'presses' | 'forms' | 'shows';

/** One table of all conversations' parts; a name that two of them claim is a mistake of ours, found at start. */
function gathered<P extends Part>(part: P): Map<string, NonNullable<Conversation[P]>[string]> {
  const map = new Map<string, NonNullable<Conversation[P]>[string]>();
  for (const conversation of conversations) {
    for (const [name, handler] of Object.entries(conversation[part] ?? {})) {
      if (map.has(name)) throw new Error(`Two conversations claim ${part} ${name}`);
      map.set(name, handler as NonNullable<Conversation[P]>[string]);
    }
  }
  return map;
}

const commands = gathered('commands');
const presses = gathered('presses');
const forms = gathered('forms');
const shows = gathered('shows');

/** The names of everything that the conversations answer. */
export const answeredNames: Readonly<Record<'commands' | 'presses' | 'forms', readonly string[]>> = {
  commands: [...commands.keys()],
  presses: [...presses.keys()],
  forms: [...forms.keys()],
};

/** Whether some conversation answers presses of this action. */
export function answersPress(action: string): boolean {
  return presses.has(action) || action === 'help.command';
}

const noticeVersion = '1';

/** The bot over its ports. `after` is called when an interaction may have queued something to deliver. */
export function createBot(ports: Ports, after: () => void = () => undefined): Bot {
  const turnOf = async (who: Who, where: Interaction['where'], key: string): Promise<Turn> => {
    const { actor, person } = await personOf(ports, who.identity);
    const chosen = person ? undefined : await chosenLanguage(ports, who.identity);
    const { language, zone } = mannersOf(who, person, chosen);
    return createTurn({
      ports,
      who,
      where,
      actor,
      ...(person ? { person } : {}),
      say: wordsOf(language),
      language,
      zone,
      key,
    });
  };

  return {
    async handle(interaction) {
      try {
        const turn = await turnOf(interaction.who, interaction.where, interaction.key);
        const earlier = await ports.store.delivered(interaction.key);
        if (earlier !== undefined) return inLanguage(await shownAgain(turn, earlier), turn.language);
        const answer = await ending(turn, interaction, () => answered(turn, interaction));
        return inLanguage(await greeted(turn, interaction, withBack(turn, answer)), turn.language);
      } catch (error) {
        const reference = ports.ids.next('E');
        ports.log.error(
          { reference, error: error instanceof Error ? error.name : 'unknown', stack: stackOf(error) },
          'an interaction failed',
        );
        const language = languageOf(interaction.who.language) ?? 'en';
        return inLanguage({ cards: [failure(wordsOf(language), reference)] }, language);
      } finally {
        after();
      }
    },

    async suggest(who, source, words, limit) {
      const turn = await turnOf(who, { kind: 'private' }, '');
      return suggest(turn, source, words, limit);
    },

    async home(who) {
      const turn = await turnOf(who, { kind: 'private', home: true }, '');
      const { actor } = turn;
      const at = await partOfHome(ports, actor.id);
      await watchHome(ports, actor.id, who, at, holds(actor, 'helpdesk'));
      return spoken(await homeCard(turn, at), turn.language);
    },

    async later(to, card, id, seconds) {
      await answerLater(ports, to, card, id, seconds);
      after();
    },

    async handOver(who, document) {
      const { actor, person } = await personOf(ports, who.identity);
      const released = await releasedTo(ports, actor, document);
      return isRefusal(released) ? { refused: wordsFor(wordsOf(mannersOf(who, person).language), released) } : released;
    },

    gone: (identity) => forgetChat(ports, identity),
  };
}

/** A form that was opened in the helpdesk's channel may stand in the place of the card it is about, and leads back to it. */
function withBack({ say, where }: Turn, answer: Answer): Answer {
  const { form } = answer;
  if (!form?.ref || !where.desk || !kindOf(form.ref)) return answer;
  return { ...answer, form: { ...form, back: { label: say('common:back'), action: 'desk.show', ref: form.ref } } };
}

/** The frames of a stack without its message, which may hold what somebody typed. */
function stackOf(error: unknown): string | undefined {
  return error instanceof Error
    ? error.stack
        ?.split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n')
    : undefined;
}

/** The answer, each view marked with the language that it is in. */
function inLanguage(answer: Answer, language: string): Answer {
  return {
    ...answer,
    ...(answer.cards ? { cards: answer.cards.map((view) => spoken(view, language)) } : {}),
    ...(answer.home ? { home: spoken(answer.home, language) } : {}),
    ...(answer.form ? { form: spoken(answer.form, language) } : {}),
  };
}

function failure(say: Say, reference: string): Card {
  return {
    title: say('common:failed.title'),
    tone: 'warning',
    body: [{ kind: 'text', text: say('common:failed.text', { reference }) }],
  };
}

async function answered(turn: Turn, { what, where }: Interaction): Promise<Answer> {
  switch (what.kind) {
    case 'hello':
      return card(await statusCard(turn));
    case 'file':
      return fileDropped(turn, what.files ?? []);
    case 'press': {
      const press = presses.get(what.action);
      if (press) return press(turn, what.ref ?? '');
      if (what.action === 'help.command') {
        const [name = '', about = ''] = (what.ref ?? '').split(' ');
        return (await commands.get(name)?.(turn, about)) ?? card(unknownCard(turn, ''));
      }
      return card(unknownCard(turn, ''));
    }
    case 'submit': {
      const form = forms.get(what.form);
      return form ? form(turn, what.ref ?? '', what.values) : card(unknownCard(turn, ''));
    }
    case 'command': {
      if (what.text.trim() === '') return card(await (what.desk ? deskOrStatus(turn) : statusCard(turn)));
      return typed(turn, what.text);
    }
    case 'text':
      return where.room === undefined ? typed(turn, what.text, where.desk === true) : saidInRoom(turn, what.text);
    case 'sign':
      return signOnCard(turn, what.sign);
  }
}

async function deskOrStatus(turn: Turn): Promise<Card> {
  const answer = await commands.get('queue')?.(turn, '');
  return answer?.cards?.[0] ?? statusCard(turn);
}

/** Typed words: a command, a code, or a sentence whose wish is guessed. What seems to hold a patient's identity goes no further (rule 9). */
async function typed(turn: Turn, text: string, quiet = false): Promise<Answer> {
  const parsed = parseCommand(text);
  // Free text of commands is guarded by their own forms and fields; everything else here.
  const warning = identifyingCard(
    turn,
    parsed && ['verify', 'code', 'member'].includes(parsed.command.name) ? '' : text,
  );
  if (warning) return card(warning);
  if (parsed && sensible(parsed.command.name, parsed.rest)) {
    const handler = commands.get(parsed.command.name);
    if (handler) return handler(turn, parsed.rest);
  }
  if (/^\d{4}[ -]?\d{4}$/.test(text.trim())) return (await commands.get('code')?.(turn, text)) ?? {};
  const intent = intentOf(text, await turn.directory(), turn.zone, turn.now, turn.language);
  if (intent.intent === 'command') return (await commands.get(intent.command)?.(turn, '')) ?? {};
  if (intent.intent === 'support') return card(await supportFor(turn, intent.topic, intent.sure));
  if (intent.intent === 'meeting') return askMeeting(turn, intent);
  if (parsed) return (await commands.get(parsed.command.name)?.(turn, parsed.rest)) ?? {};
  return quiet ? {} : card(unknownCard(turn, text));
}

/** Whether the words after a command's name look like that command's, and not like a sentence that happens to begin with it ('where is …', 'close to …'). */
function sensible(name: string, rest: string): boolean {
  if (rest === '' || ['verify', 'code', 'reply', 'note', 'member', 'language', 'decline', 'cancel'].includes(name))
    return true;
  return /^[A-Z]-[0-9A-Z]{4,}\b/i.test(rest) || rest.split(/\s+/).length === 1;
}

/** Words a refusal, puts field errors back on their form, shows a repeated delivery's result anew. */
async function ending(turn: Turn, interaction: Interaction, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (ended) {
    if (!(ended instanceof Ended)) throw ended;
    if ('repeated' in ended.end) return shownAgain(turn, ended.end.repeated);
    const { what } = interaction;
    if ('errors' in ended.end) return onForm(turn, what, ended.end.errors, ended.end.more);
    const { refusal } = ended.end;
    return what.kind === 'submit'
      ? onForm(turn, what, { '': wordsFor(turn.say, refusal) })
      : card(refusalCard(turn.say, refusal));
  }
}

async function onForm(
  turn: Turn,
  what: Interaction['what'],
  errors: Readonly<Record<string, string>>,
  more: Readonly<Record<string, Field>> = {},
): Promise<Answer> {
  if (what.kind !== 'submit')
    return card({
      title: turn.say('common:not-done'),
      tone: 'warning',
      body: Object.values(errors).map((text) => ({ kind: 'text', text })),
    });
  // A form is named like the press that opens it, so that it can be shown again with what was typed.
  const again = await presses
    .get(what.form)?.(turn, what.ref ?? '')
    .catch((ended: unknown) => {
      if (ended instanceof Ended) return undefined;
      throw ended;
    });
  if (!again?.form) return { errors };
  const fields = again.form.fields.flatMap((field) => {
    const below = more[field.name];
    return below ? [field, below] : [field];
  });
  return { errors, form: await filled(turn, { ...again.form, fields }, what.values) };
}

async function filled(turn: Turn, form: Form, values: Values): Promise<Form> {
  const fields = await Promise.all(
    form.fields.map(async (field) => {
      const value = values[field.name];
      if (value === undefined || field.kind === 'check') return field;
      // What seems to hold a patient's identity is not echoed, not even to its author (rule 9).
      if (
        typeof value === 'string' &&
        (field.kind === 'text' || field.kind === 'line') &&
        seemsIdentifying(value).length > 0
      )
        return field;
      if (field.kind === 'search') {
        const chosen = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
        const options = await Promise.all(
          chosen
            .filter(Boolean)
            .map(async (id) => (await suggest(turn, field.source, id, 1))[0] ?? { value: id, label: id }),
        );
        return { ...field, value: options };
      }
      return { ...field, value } as typeof field;
    }),
  );
  return { ...form, fields };
}

async function shownAgain(turn: Turn, outcome: string): Promise<Answer> {
  const { kind, id } = JSON.parse(outcome) as { kind: string; id: string };
  const show = shows.get(kind);
  if (!show) return {};
  return ending(turn, { key: '', who: turn.who, where: turn.where, what: { kind: 'hello' } }, async () =>
    card(await show(turn, id), true),
  );
}

/** At first contact the privacy notice comes with the answer; where somebody speaks in private is where notices go. */
async function greeted(turn: Turn, { where }: Interaction, answer: Answer): Promise<Answer> {
  const { ports, who } = turn;
  // What is said among the helpdesk's people in their room is not said to the bot.
  if (where.room !== undefined) return answer;
  // Mostly there is nothing to do, and what the turn has read says so: no act takes back what was told, or moves a chat.
  const known = turn.person;
  const here = where.kind !== 'private' || (known?.chat && identityKey(known.chat) === identityKey(who.identity));
  if (known?.noticeShown === noticeVersion && here && languageNow(known, who) === undefined) return answer;
  const { person, actor } = await personOf(ports, who.identity);
  // A form opens by itself; the notice waits for the next answer then.
  const formAlone = answer.form !== undefined && answer.cards === undefined;
  const toldHere = await noticeSeen(ports, who.identity);
  const unseen = person && actor.id !== '' ? person.noticeShown !== noticeVersion : !toldHere;
  if (person && actor.id !== '') {
    const moved =
      where.kind === 'private' && (person.chat === undefined || identityKey(person.chat) !== identityKey(who.identity));
    const tells = unseen && !formAlone;
    const language = languageNow(person, who);
    if (moved || tells || language) {
      const value = {
        ...person,
        ...(language ? { language } : {}),
        ...(tells ? { noticeShown: noticeVersion } : {}),
        ...(where.kind === 'private' ? { chat: who.identity } : {}),
      };
      await ports.store.commit({
        appends: [],
        reads: [],
        rows: [{ row: 'person', id: actor.id, value }],
        outgoing: [],
      });
    }
  }
  if (!unseen || toldHere || formAlone) return answer;
  const expiresAt = new Date(Date.parse(turn.now) + strangerDays * 86_400_000).toISOString();
  await ports.kept.put(`notice:${identityKey(who.identity)}`, noticeVersion, expiresAt);
  const cards = answer.cards ?? [];
  // The answer itself comes last, where it is read; a card that takes another's place must stay the first.
  return { ...answer, cards: answer.replace ? [...cards, firstNoticeCard(turn)] : [firstNoticeCard(turn), ...cards] };
}

/** The language of the profile where what is kept of the person, for notices and e-mails, follows it and is another. */
function languageNow(person: PersonDetails, who: Who): string | undefined {
  const language = person.languageChosen ? undefined : languageOf(who.language);
  return language === languageOf(person.language) ? undefined : language;
}

async function noticeSeen(ports: Ports, identity: Identity): Promise<boolean> {
  return (await ports.kept.get(`notice:${identityKey(identity)}`)) === noticeVersion;
}

async function forgetChat(ports: Ports, identity: Identity): Promise<void> {
  const { actor, person } = await personOf(ports, identity);
  if (!person?.chat || identityKey(person.chat) !== identityKey(identity)) return;
  const { chat: _, ...value } = person;
  await ports.store.commit({ appends: [], reads: [], rows: [{ row: 'person', id: actor.id, value }], outgoing: [] });
}
