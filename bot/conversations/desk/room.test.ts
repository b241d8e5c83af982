import { describe, expect, it } from 'vitest';
import { randomIds } from '../../../random.ts';
import { Undeliverable } from '../../channel.ts';
import { keepHouse } from '../../housekeeping.ts';
import type { Answer, What } from '../../interaction.ts';
import { readMarked } from '../../surfaces/rooms.ts';
import { markersIn } from '../../typed/command-words.ts';
import { plainText } from '../../view.ts';
import { languages, wordsOf } from '../../words.ts';
import { type Cast, createCast, idSeen } from '../testing.ts';
import { ticketRoomCard } from './cards.ts';

const question = 'Where do I find the enrolment form?';

/** A ticket of the clinician with its card in the helpdesk's channel. */
async function ticketed(): Promise<
  Cast & {
    readonly id: string;
    readonly card: () => string;
    readonly thread: () => readonly string[];
    readonly inRoom: (user: string, what: What, key?: string) => Promise<Answer>;
  }
> {
  const cast = await createCast({ rooms: true });
  await cast.clinician.sends('support.ask', 'other');
  await cast.clinician.fills({ topic: 'enrolment', text: question });
  const id = idSeen(cast.clinician, 'T');
  await cast.deliver();
  const [posted = ''] = cast.deskCards.keys();
  return {
    ...cast,
    id,
    card: () => plainText(cast.deskCards.get(posted) ?? { title: '', body: [] }),
    thread: () => (cast.rooms.get(posted) ?? []).map(plainText),
    inRoom: async (user, what, key = randomIds.token()) => {
      const answer = await cast.service.bot.handle({
        key,
        who: cast.person(user).who,
        where: { kind: 'shared', desk: true, room: `room-${posted}` },
        what,
      });
      await cast.deliver();
      return answer;
    },
  };
}

const text = (words: string): What => ({ kind: 'text', text: words });
const titles = (answer: Answer) => (answer.cards ?? []).map(({ title }) => title);

describe('a message in a ticket’s room', () => {
  it.each([
    ['reply: Yes.', 'reply', false, 'Yes.'],
    ['Reply : Yes.', 'reply', false, 'Yes.'],
    ['>> Yes.\nAnd no.', 'reply', false, 'Yes.\nAnd no.'],
    ['ANSWER: Yes.', 'reply', false, 'Yes.'],
    ['ask: Which hospital?', 'reply', true, 'Which hospital?'],
    ['Antworten: Ja.', 'reply', false, 'Ja.'],
    ['nachfragen: Welche Klinik?', 'reply', true, 'Welche Klinik?'],
    ['répondre : Oui.', 'reply', false, 'Oui.'],
    ['REPONDRE\u00a0: Oui.', 'reply', false, 'Oui.'],
    ['demander\u202f: Quel hôpital ?', 'reply', true, 'Quel hôpital ?'],
    ['rispondere: Sì.', 'reply', false, 'Sì.'],
    ['chiedere: Quale ospedale?', 'reply', true, 'Quale ospedale?'],
    ['responder: Sí.', 'reply', false, 'Sí.'],
    ['preguntar: ¿Qué hospital?', 'reply', true, '¿Qué hospital?'],
    ['antwoorden: Ja.', 'reply', false, 'Ja.'],
    ['navragen: Welk ziekenhuis?', 'reply', true, 'Welk ziekenhuis?'],
    ['Question: who of us has seen this?', 'note', false, 'Question: who of us has seen this?'],
    ['Frage: wer kennt das?', 'note', false, 'Frage: wer kennt das?'],
    ['Vraag: wie kent dit?', 'note', false, 'Vraag: wie kent dit?'],
    ['re: the form', 'note', false, 're: the form'],
    ['https://cpms.example is down', 'note', false, 'https://cpms.example is down'],
    ['I would reply: not ours', 'note', false, 'I would reply: not ours'],
    ['asked her already', 'note', false, 'asked her already'],
    ['> quoted', 'note', false, '> quoted'],
  ] as const)('%j is a %s', (typed, kind, wait, rest) => {
    expect(readMarked(typed)).toEqual({ kind, wait, text: rest });
  });

  it.each(languages)('is marked by the words that the help in %s tells', async (language) => {
    const { id, ports, inRoom, clinician } = await ticketed();
    const help = plainText(await ticketRoomCard(ports, wordsOf(language), id));
    const { reply, ask, others } = markersIn(language);
    for (const word of [reply, ask, ...others.split(', ')]) {
      expect(help).toContain(word);
      expect(readMarked(`${word} Yes.`)).toEqual({ kind: 'reply', wait: word === ask, text: 'Yes.' });
    }
    expect(others.split(', ')).toHaveLength(languages.length - 1);
    await inRoom('helpdesk', text(`${reply} In CPMS (${language}).`));
    expect(clinician.inbox.map(plainText).join()).toContain(`In CPMS (${language}).`);
  });

  it('stays the helpdesk’s own without a marker, and goes to the person who asked with one', async () => {
    const { clinician, inRoom, thread, ports, id } = await ticketed();
    expect(await inRoom('helpdesk', text('She called last week, too.'))).toEqual({});
    expect(thread()).toEqual([]);
    expect(clinician.inbox).toEqual([]);
    expect(await inRoom('helpdesk', text('reply: In CPMS, below Documents.'))).toEqual({});
    expect(clinician.inbox.map(plainText).join()).toContain('In CPMS, below Documents.');
    expect(thread()).toEqual([expect.stringMatching(/^Sent to Dr Clara Clinician .* on the local page\.$/)]);
    const { state } = await ports.store.load('ticket', id);
    expect(state.messages.map(({ kind }) => kind)).toEqual(['message', 'note', 'reply']);
    expect(plainText((await clinician.says(`support ${id}`)).cards?.[0] ?? { title: '', body: [] })).not.toContain(
      'She called',
    );
  });

  it('reaches somebody who prefers e-mail by one that says so, and holds nothing of it', async () => {
    const { clinician, clinicianId, inRoom, thread, ports, letters } = await ticketed();
    const details = await ports.store.person(clinicianId);
    if (!details) throw new Error('nobody is there');
    const value = { ...details, prefers: 'email' } as const;
    await ports.store.commit({
      appends: [],
      reads: [],
      outgoing: [],
      rows: [{ row: 'person', id: clinicianId, value }],
    });
    await inRoom('helpdesk', text('reply: In CPMS, below Documents.'));
    expect(clinician.inbox).toEqual([]);
    expect(letters.map(({ to }) => to)).toEqual(['clinician@saint-example.example']);
    expect(JSON.stringify(letters)).not.toContain('below Documents');
    expect(thread()).toEqual([expect.stringContaining('by an e-mail that says there is an answer')]);
  });

  it('is heard in the helpdesk’s rooms on every platform, each time once, and lost by none when one fails', async () => {
    const cast = await ticketed();
    const { ports, inRoom, thread, clinician, id } = cast;
    const there: string[] = [];
    let away = true;
    ports.channels.push({
      platform: 'teams',
      desk: true,
      post: async () => 'teams-chat',
      postToDesk: async () => 'teams-card',
      update: async () => undefined,
      room: (posted) => posted,
      postToRoom: async (_, card) => {
        if (away) throw new Error('503');
        there.push(plainText(card));
      },
    });
    await inRoom('helpdesk', text('She called before.'));
    await inRoom('helpdesk', text('reply: Which day?'));
    await clinician.sends('support.add', id);
    await clinician.fills({ text: 'Tuesday.' });
    await cast.deliver();
    expect(there).toEqual([]);
    away = false;
    for (let hour = 0; hour < 3; hour += 1) {
      cast.clock.forward(1);
      await cast.deliver();
    }
    expect(there).toEqual([
      expect.stringMatching(/noted, for the helpdesk only\n\nShe called before\./),
      expect.stringMatching(/replied to the person who asked\n\nWhich day\?/),
      expect.stringMatching(/wrote\n\nTuesday\./),
    ]);
    expect(thread()).toEqual([expect.stringContaining('Sent to'), expect.stringMatching(/wrote\n\nTuesday\./)]);
    // And the other way: what is said in the room over there.
    await cast.service.bot.handle({
      key: 'from-teams',
      who: { identity: { platform: 'teams', tenant: 'tenant', user: 'hanna' } },
      where: { kind: 'shared', desk: true, room: 'teams-card' },
      what: text('reply: not from somebody unknown'),
    });
    const hanna = (await ports.store.personByIdentity(cast.helpdesk.who.identity)) ?? '';
    const identity = { platform: 'teams', tenant: 'tenant', user: 'hanna' } as const;
    await ports.store.commit({
      appends: [],
      reads: [],
      outgoing: [],
      rows: [{ row: 'identity', identity, person: hanna }],
    });
    await cast.service.bot.handle({
      key: 'from-teams-too',
      who: { identity },
      where: { kind: 'shared', desk: true, room: 'teams-card' },
      what: text('>> Tuesday it is.'),
    });
    await cast.deliver();
    expect(thread().at(-1)).toMatch(/replied to the person who asked\n\nTuesday it is\./);
    expect(there.at(-1)).toContain('Sent to');
    expect(clinician.inbox.map(plainText).join()).toContain('Tuesday it is.');
    expect(clinician.inbox.map(plainText).join()).not.toContain('somebody unknown');
  });

  it('hears what the person who asked says, and what was said elsewhere; the card says on whom it waits', async () => {
    const { clinician, helpdesk, inRoom, thread, card, id } = await ticketed();
    expect(card()).toContain(question);
    expect(card()).toMatch(/Next: Somebody of the helpdesk takes it/);
    await inRoom('helpdesk', text('ask: Which hospital is it?'));
    expect(card()).toMatch(/Next: Dr Clara Clinician .* answers/);
    await clinician.presses('Answer');
    await clinician.fills({ text: 'The one in Exempleville.' });
    await helpdesk.sends('desk.note', id);
    await helpdesk.fills({ text: 'Same as in May.' });
    await inRoom('helpdesk', { kind: 'sign', sign: 'resolve' });
    expect(thread().slice(1)).toEqual([
      expect.stringMatching(/wrote\n\nThe one in Exempleville\.$/),
      expect.stringMatching(/noted, for the helpdesk only\n\nSame as in May\.$/),
      expect.stringMatching(/^Resolved by /),
    ]);
    expect(card()).toContain('Resolved. It can be reopened');
  });

  it('is taken from the helpdesk alone, whoever is in the channel', async () => {
    const cast = await ticketed();
    const { inRoom, ports, id } = cast;
    await cast.enter('lotte', 'Prof. Lotte Lead', [{ role: 'lead', hcp: 'EXB-1' }]);
    for (const user of ['lotte', 'clinician', 'nobody-at-all'])
      for (const what of [
        text('reply: I decide.'),
        text('A note.'),
        { kind: 'sign', sign: 'take' } as const,
        { kind: 'sign', sign: 'resolve' } as const,
      ])
        expect(titles(await inRoom(user, what))).toEqual(['Not done']);
    expect((await ports.store.load('ticket', id)).version).toBe(1);
  });

  it('is done once, however often it is delivered', async () => {
    const { inRoom, thread, clinician, ports, id } = await ticketed();
    for (let times = 0; times < 3; times += 1) await inRoom('helpdesk', text('>> Once.'), 'one-delivery');
    expect((await ports.store.load('ticket', id)).state.messages).toHaveLength(2);
    expect(thread()).toHaveLength(1);
    expect(clinician.inbox).toHaveLength(1);
  });

  it('that may name a patient is not stored, and its author alone hears of it; nor is one that is too long', async () => {
    const { inRoom, thread, ports, id } = await ticketed();
    expect(titles(await inRoom('helpdesk', text('It is about Mrs Jane Smith, born 12.03.1961')))).toEqual([
      'This may name a patient',
    ]);
    expect(titles(await inRoom('helpdesk', text(`reply: ${'long '.repeat(900)}`)))).toEqual(['Not done']);
    expect(thread()).toEqual([]);
    expect((await ports.store.load('ticket', id)).version).toBe(1);
  });

  it('in a thread below something else is not the bot’s to hear', async () => {
    const { service, helpdesk } = await ticketed();
    const answer = await service.bot.handle({
      key: 'other-thread',
      who: helpdesk.who,
      where: { kind: 'shared', desk: true, room: 'some-other-thread' },
      what: text('status'),
    });
    expect(answer).toEqual({});
  });
});

describe('a sign on a card', () => {
  it('takes a ticket from nobody who has it in hand, and news of it leads that person to the helpdesk’s card', async () => {
    const cast = await ticketed();
    const second = await cast.enter('desk-2', 'Hanna Second', [{ role: 'helpdesk' }]);
    await cast.inRoom('desk-2', { kind: 'sign', sign: 'take' });
    const answer = await cast.inRoom('helpdesk', { kind: 'sign', sign: 'take' });
    expect((answer.cards ?? []).map(plainText).join('\n')).toContain('A colleague took it in the meantime');
    expect((await cast.ports.store.load('ticket', cast.id)).state.assignee).toBe(second);

    await cast.clinician.sends('support.add', cast.id);
    await cast.clinician.fills({ text: 'It is the paper one that I mean.' });
    await cast.deliver();
    expect(cast.person('desk-2').inbox.at(-1)?.buttons).toMatchObject([{ action: 'desk.show', ref: cast.id }]);
  });

  it('takes a ticket, and says so to the room; a second one of the same person is refused in words', async () => {
    const { inRoom, thread, card } = await ticketed();
    expect(await inRoom('helpdesk', { kind: 'sign', sign: 'take' })).toEqual({});
    expect(card()).toMatch(/Next: Hanna Helpdesk answers/);
    expect(thread()).toEqual(['Hanna Helpdesk took it.']);
    expect(titles(await inRoom('helpdesk', { kind: 'sign', sign: 'take' }))).toEqual(['Not done']);
  });
});

describe('the room', () => {
  it('moves below a new card where the old one was deleted, and nothing is said twice where a row is tried again', async () => {
    const cast = await ticketed();
    const { ports, inRoom, rooms, deskCards, clinician, id } = cast;
    const [channel] = ports.channels;
    if (!channel?.postToRoom) throw new Error('the channel has no rooms');
    const postToRoom = channel.postToRoom.bind(channel);
    const [first] = deskCards.keys();
    const gone = async () => Promise.reject(new Undeliverable('message_not_found'));
    channel.postToRoom = async (posted, card, row) => (posted === first ? gone() : postToRoom(posted, card, row));
    channel.update = async (posted, card) =>
      posted === first ? gone() : void (deskCards as Map<string, typeof card>).set(posted, card);
    await clinician.sends('support.add', id);
    await clinician.fills({ text: 'Is anybody there?' });
    await cast.deliver();
    const [, second = ''] = deskCards.keys();
    expect((rooms.get(second) ?? []).map(plainText)).toEqual([expect.stringContaining('Is anybody there?')]);
    await inRoom('helpdesk', text('a word in the old thread is still heard'));
    expect((await ports.store.load('ticket', id)).state.messages.at(-1)?.kind).toBe('note');
  });

  it('says its age anew once a day', async () => {
    const cast = await ticketed();
    const { ports, clock, card } = cast;
    expect(card()).toContain('today');
    clock.forward(24 * 5);
    await keepHouse(ports);
    await cast.deliver();
    expect(card()).toContain('5 days ago');
  });
});
