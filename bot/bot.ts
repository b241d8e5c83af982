import { isRefusal, refuse } from '../domain/decider.ts';
import type { Identity } from '../domain/people.ts';
import { holds } from '../domain/people.ts';
import type { Ports } from './context.ts';
import { kindOf } from './conversations/desk/desk.ts';
import { saidInRoom, signOnCard } from './conversations/desk/room.ts';
import { firstNoticeCard, unknownCard } from './conversations/help/help.ts';
import { homeCard } from './conversations/own/home.ts';
import { statusCard } from './conversations/own/status.ts';
import { seemsIdentifying } from './guard.ts';
import { commands, forms, presses, shows } from './handlers.ts';
import type { Answer, Bot, Interaction, Who } from './interaction.ts';
import { answerLater } from './outbox/late-answers.ts';
import { fileDropped } from './strays.ts';
import { suggest } from './suggest.ts';
import { homeRow, openedBy, partOfHome, watchHome } from './surfaces/homes.ts';
import { card, createTurn, Ended, refusalCard, type Turn } from './turn.ts';
import { pressed, typed } from './typed/typed.ts';
import { releasedTo } from './upload/released.ts';
import type { Card, Field, Form, Values } from './view.ts';
import { chosenLanguage, heardLanguage, identityKey, mannersAnew, mannersOf, personOf, strangerDays } from './who.ts';
import { languageOf, type Say, spoken, wordsFor, wordsOf } from './words.ts';

const noticeVersion = '1';

/** The bot over its ports. `after` is called when an interaction may have queued something to deliver. */
export function createBot(ports: Ports, after: () => void = () => undefined): Bot {
  /** `goesOn`: a press or a form, which goes on in the language of the question that led to it. */
  const turnOf = async (who: Who, where: Interaction['where'], key: string, goesOn = false): Promise<Turn> => {
    const { actor, person } = await personOf(ports, who.identity);
    const chosen = person ? undefined : await chosenLanguage(ports, who.identity);
    const { language: own, zone } = mannersOf(who, person, chosen);
    const language = (goesOn ? await heardLanguage(ports, who.identity) : undefined) ?? own;
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
        const { kind } = interaction.what;
        const goesOn = kind === 'press' || kind === 'submit';
        const turn = await turnOf(interaction.who, interaction.where, interaction.key, goesOn);
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
      const given =
        isRefusal(released) || released.source.length <= ports.settings.fileBytes
          ? released
          : refuse('document.too-large-for-chat');
      if (isRefusal(given)) return { refused: wordsFor(wordsOf(mannersOf(who, person).language), given) };
      const { name, source } = given;
      return { name, bytes: await source.read(0, source.length) };
    },

    gone: (identity) => forgetChat(ports, identity),

    async changed(identity, read) {
      const { actor, person } = await personOf(ports, identity);
      if (!person?.chat || identityKey(person.chat) !== identityKey(identity)) return;
      const who = await read();
      const manners = mannersAnew(person, who);
      if (Object.keys(manners).length === 0) return;
      const rows = [{ row: 'person', id: actor.id, value: { ...person, ...manners } }] as const;
      const home = await openedBy(ports, actor.id);
      if (home) await watchHome(ports, actor.id, who, home.at, holds(actor, 'helpdesk'));
      await ports.store.commit({ appends: [], reads: [], rows, outgoing: home ? [homeRow(actor.id)] : [] });
      after();
    },
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
    case 'press':
      return pressed(turn, what.action, what.ref ?? '');
    case 'submit': {
      const form = forms.get(what.form);
      return form ? form(turn, what.ref ?? '', what.values) : card(unknownCard(turn, ''));
    }
    case 'command': {
      if (what.text.trim() === '') return card(await (what.desk ? deskOrStatus(turn) : statusCard(turn)));
      return typed(turn, what.text, 'command');
    }
    case 'text':
      return where.room === undefined
        ? typed(turn, what.text, where.desk === true ? 'quiet' : 'text')
        : saidInRoom(turn, what.text);
    case 'sign':
      return signOnCard(turn, what.sign);
  }
}

async function deskOrStatus(turn: Turn): Promise<Card> {
  const answer = await commands.get('queue')?.(turn, '');
  return answer?.cards?.[0] ?? statusCard(turn);
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
      : card(refusalCard(turn, refusal));
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
  if (known?.noticeShown === noticeVersion && here && mannersAnew(known, who).language === undefined) return answer;
  const { person, actor } = await personOf(ports, who.identity);
  // A form opens by itself; the notice waits for the next answer then.
  const formAlone = answer.form !== undefined && answer.cards === undefined;
  const toldHere = await noticeSeen(ports, who.identity);
  const unseen = person && actor.id !== '' ? person.noticeShown !== noticeVersion : !toldHere;
  if (person && actor.id !== '') {
    const moved =
      where.kind === 'private' && (person.chat === undefined || identityKey(person.chat) !== identityKey(who.identity));
    const tells = unseen && !formAlone;
    const { language } = mannersAnew(person, who);
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

async function noticeSeen(ports: Ports, identity: Identity): Promise<boolean> {
  return (await ports.kept.get(`notice:${identityKey(identity)}`)) === noticeVersion;
}

async function forgetChat(ports: Ports, identity: Identity): Promise<void> {
  const { actor, person } = await personOf(ports, identity);
  if (!person?.chat || identityKey(person.chat) !== identityKey(identity)) return;
  const { chat: _, ...value } = person;
  await ports.store.commit({ appends: [], reads: [], rows: [{ row: 'person', id: actor.id, value }], outgoing: [] });
}
