import { describe, expect, it } from 'vitest';
import { invitationFor } from '../../calendar/invitation.ts';
import { plainText } from '../../view.ts';
import { wordsOf } from '../../words.ts';
import { type Cast, createCast, hcp, idSeen, openCase } from '../testing.ts';
import { prefillFrom, prefillRef } from './asking.ts';

const words = (answer: { cards?: readonly Parameters<typeof plainText>[0][] }) =>
  (answer.cards ?? []).map(plainText).join('\n');
const join = 'https://meet.example/abc';

async function asked(cast: Cast): Promise<{ caseId: string; requestId: string }> {
  const caseId = await openCase(cast, 'enrolled');
  await cast.clinician.presses('Ask for a meeting');
  await cast.clinician.fills({ when1: '2026-12-01T15:00', note: 'The whole group, please' });
  return { caseId, requestId: idSeen(cast.clinician, 'Q') };
}

async function scheduled(cast: Cast) {
  const ids = await asked(cast);
  await cast.helpdesk.says(`schedule ${ids.requestId}`);
  await cast.helpdesk.fills({ hour: '0', join });
  return { ...ids, meetingId: idSeen(cast.helpdesk, 'M') };
}

describe('asking for a meeting', () => {
  it('is prefilled from the case, and shows the hour in the person’s zone', async () => {
    const cast = await createCast();
    const { requestId } = await asked(cast);
    expect(words(cast.clinician.seen)).toContain('Tue 2026-12-01 15:00 Europe/Paris (UTC+1)');
    expect((await cast.ports.store.load('request', requestId)).state).toMatchObject({
      stage: 'submitted',
      group: 'HTAD',
      hcp,
      proposals: [{ local: '2026-12-01T15:00', instant: '2026-12-01T14:00:00.000Z', minutes: 60 }],
    });
  });

  it('asks again for an hour that does not exist, exists twice or has passed, on its own field', async () => {
    const { clinician, ports } = await createCast();
    await clinician.says('meeting new');
    await clinician.fills({
      group: ['HTAD'],
      when1: '2027-03-28T02:30',
      when2: '2027-10-31T02:30',
      when3: '2026-11-01T10:00',
    });
    expect(Object.keys(clinician.seen.errors ?? {}).toSorted()).toEqual(['when1-reading', 'when2-reading', 'when3']);
    expect(clinician.seen.errors?.['when1-reading']).toContain('does not exist');
    expect(clinician.seen.form?.fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['when1', 'when1-reading', 'when2', 'when2-reading']),
    );
    expect(await ports.store.count('request', {})).toBe(0);
  });

  it('is shown in the zone of everybody concerned, to the one who asks and to the helpdesk', async () => {
    const cast = await createCast();
    const expert = await cast.ports.store.personByIdentity(cast.person('expert-1').who.identity);
    const details = expert && (await cast.ports.store.person(expert));
    if (!details) throw new Error('The expert of the sample is not entered');
    await cast.ports.store.commit({
      appends: [],
      reads: [],
      rows: [{ row: 'person', id: expert, value: { ...details, zone: 'Europe/Lisbon' } }],
      outgoing: [],
    });
    const { requestId } = await asked(cast);
    const lines = ['Tue 2026-12-01 15:00 (UTC+1): Europe/Paris', 'Tue 2026-12-01 14:00 (UTC+0): Europe/Lisbon'];
    for (const line of lines) expect(words(cast.clinician.seen)).toContain(line);
    await cast.helpdesk.says(`show ${requestId}`);
    for (const line of lines) expect(words(cast.helpdesk.seen)).toContain(line);
  });

  it('takes what the person says of such an hour, and no answer that was given for another', async () => {
    const { clinician, ports } = await createCast();
    const asked = { group: ['HTAD'], when1: '2027-03-28T02:30', when2: '2027-10-31T02:30' };
    await clinician.says('meeting new');
    await clinician.fills({ ...asked, 'when2-reading': '2026-10-25T02:30/second' });
    const which = clinician.seen.form?.fields.find(({ name }) => name === 'when2-reading');
    expect(which?.kind === 'choice' && which.options.map(({ label }) => label)).toEqual([
      'The first of the two (UTC+02:00)',
      'The second of the two (UTC+01:00)',
    ]);
    await clinician.fills({
      'when1-reading': '2027-03-28T02:30/after',
      'when2-reading': '2027-10-31T02:30/second',
    });
    const { state } = await ports.store.load('request', idSeen(clinician, 'Q'));
    expect(state.proposals.map(({ local, zone, instant }) => [local, zone, instant])).toEqual([
      ['2027-03-28T03:30', 'Europe/Paris', '2027-03-28T01:30:00.000Z'],
      ['2027-10-31T01:30', 'UTC', '2027-10-31T01:30:00.000Z'],
    ]);
    expect(words(clinician.seen)).toContain('Sun 2027-10-31 02:30 Europe/Paris (UTC+1)');
  });

  it('is refused without anybody to meet, for a note that identifies, and for a colleague’s case', async () => {
    const cast = await createCast();
    await cast.enter('colleague', 'Dr Carl Colleague', [{ role: 'member', hcp }]);
    const caseId = await openCase(cast, 'enrolled');
    const { clinician } = cast;
    const hour = { when1: '2026-12-01T15:00', minutes: '60' };
    expect((await clinician.submits('meeting.ask', '', hour)).errors).toHaveProperty('group');
    const named = await clinician.submits('meeting.ask', '', { ...hour, group: 'HTAD', note: 'about Mrs Jane Doe' });
    expect(Object.keys(named.errors ?? {})).toEqual(['note']);
    await cast.person('colleague').submits('meeting.ask', '', { ...hour, group: 'HTAD', case: caseId });
    expect(await cast.ports.store.count('request', {})).toBe(0);
  });

  it('is typed, which only fills the form in', async () => {
    const { clinician, ports } = await createCast();
    await clinician.says('HTAD on 1 December at 15:00 or on 3 December at 10:00, half an hour');
    const value = (name: string) => {
      const field = clinician.seen.form?.fields.find((one) => one.name === name);
      return field && 'value' in field ? field.value : undefined;
    };
    expect([value('when1'), value('when2'), value('minutes')]).toEqual(['2026-12-01T15:00', '2026-12-03T10:00', '30']);
    expect(await ports.store.count('request', {})).toBe(0);
    await clinician.fills({});
    const { state } = await ports.store.load('request', idSeen(clinician, 'Q'));
    expect(state.proposals.map(({ local }) => local)).toEqual(['2026-12-01T15:00', '2026-12-03T10:00']);
  });

  it('keeps a prefill in a button’s reference, and drops what is malformed', () => {
    const prefill = {
      caseId: 'C-7K3F9Q2M',
      group: 'HTAD',
      when: '2026-12-01T15:00',
      others: ['2026-12-03T10:00'],
      minutes: 45,
    };
    expect(prefillFrom(prefillRef(prefill))).toEqual(prefill);
    expect(prefillFrom('case=../x&when=tomorrow&minutes=-1&group=HTAD')).toEqual({ group: 'HTAD' });
    expect(prefillFrom('')).toEqual({});
  });
});

describe('scheduling', () => {
  it('invites the roster without patient representatives, the one who asked too, and tells nobody the pseudonym', async () => {
    const cast = await createCast();
    const { meetingId, requestId, caseId } = await scheduled(cast);
    const { store } = cast.ports;
    const { state } = await store.load('meeting', meetingId);
    const names = await Promise.all(Object.keys(state.invites).map(async (id) => (await store.person(id))?.name));
    expect(new Set(names)).toEqual(new Set(['Dr Clara Clinician', 'Dr Erik Expert', 'Prof. Eleni Experti']));
    expect(state).toMatchObject({ caseId, requestId, group: 'HTAD' });
    expect((await store.load('request', requestId)).state).toMatchObject({ stage: 'scheduled', meetingId });
    expect(words(cast.helpdesk.seen)).not.toMatch(/Blue Heron|CPMS-4711/);
    const attendee = await store.person(cast.clinicianId);
    if (!attendee) throw new Error('Nobody to write to');
    const invitation = await invitationFor(
      cast.ports,
      wordsOf('en'),
      meetingId,
      state,
      cast.clinicianId,
      attendee,
      'REQUEST',
    );
    expect(invitation).toMatchObject({
      uid: `${meetingId}@bot.example`,
      joinUrl: join,
      sequence: 0,
      zone: 'Europe/Paris',
    });
    expect(`${invitation.title} ${invitation.description}`).not.toMatch(/Blue Heron|C-[0-9A-Z]{8}|aortic|disease/i);
  });

  it('does not take a representative, a stranger or an unsafe link', async () => {
    const cast = await createCast();
    const { requestId } = await asked(cast);
    const directory = (await cast.ports.store.load('directory', 'directory')).state;
    const representative = directory.rosters['HTAD']?.find((entry) => entry.representative)?.person ?? '';
    const values = { hour: '0', minutes: '60', join, invitees: [cast.clinicianId] };
    const send = async (more: object) =>
      (await cast.helpdesk.submits('scheduling.plan', requestId, { ...values, ...more })).errors;
    expect(await send({ invitees: [representative] })).toHaveProperty('invitees');
    expect(await send({ invitees: ['P-NOBODY00'] })).toHaveProperty('invitees');
    expect(await send({ join: 'http://meet.example/abc' })).toHaveProperty('join');
    expect(await send({ join: 'javascript:alert(1)' })).toHaveProperty('join');
    expect(await send({ hour: '7' })).toHaveProperty('hour');
    expect(await send({ hour: 'other' })).toHaveProperty('other');
    expect(await cast.ports.store.count('meeting', {})).toBe(0);
  });

  it('offers the room that is configured', async () => {
    const cast = await createCast({ settings: { joinUrl: 'https://room.example/cpms' } });
    const { requestId } = await asked(cast);
    await cast.helpdesk.says(`schedule ${requestId}`);
    await cast.helpdesk.fills({ hour: '0' });
    await cast.person('expert-1').sends('meeting.show', idSeen(cast.helpdesk, 'M'));
    expect(words(cast.person('expert-1').seen)).toContain('https://room.example/cpms');
  });

  it('takes one hour: a proposed one with another beside it is asked about', async () => {
    const cast = await createCast();
    const { requestId } = await asked(cast);
    const answer = await cast.helpdesk.submits('scheduling.plan', requestId, {
      hour: '0',
      other: '2026-12-10T10:00',
      minutes: '60',
      join,
      invitees: [cast.clinicianId],
    });
    expect(answer.errors?.['other']).toContain('Choose one');
    expect(await cast.ports.store.count('meeting', {})).toBe(0);
  });

  it('invites more people: them alone, each with a calendar mail and the reminders, and no representative to a case', async () => {
    const cast = await createCast();
    const { meetingId, requestId } = await (async () => {
      const ids = await asked(cast);
      await cast.helpdesk.submits('scheduling.plan', ids.requestId, {
        hour: '0',
        minutes: '60',
        join,
        invitees: [cast.clinicianId],
      });
      return { ...ids, meetingId: idSeen(cast.helpdesk, 'M') };
    })();
    await cast.deliver();
    const before = cast.letters.length;
    const erik = await cast.ports.store.personByIdentity(cast.person('expert-1').who.identity);
    await cast.helpdesk.says(`show ${meetingId}`);
    await cast.helpdesk.presses('Invite others');
    await cast.helpdesk.fills({ invitees: [erik ?? '', cast.clinicianId] });
    await cast.deliver();
    const { state } = await cast.ports.store.load('meeting', meetingId);
    expect(state).toMatchObject({ sequence: 0, requestId, invites: { [erik ?? '']: 'sent' } });
    const letters = cast.letters.slice(before).filter(({ calendar }) => calendar);
    expect(letters.map(({ to, calendar }) => [to, calendar?.method])).toEqual([
      ['erik.expert@hopital-modele.example', 'REQUEST'],
    ]);
    await cast.person('expert-1').presses('Accept');
    await cast.clinician.submits('scheduling.invite', meetingId, { invitees: [erik ?? ''] });
    expect((await cast.ports.store.load('meeting', meetingId)).state.invites[erik ?? '']).toBe('accepted');
    expect(words(cast.clinician.seen)).not.toContain(join);
  });

  it('is answered for the hour that the pressed card told, and for no other', async () => {
    const cast = await createCast();
    const { meetingId } = await scheduled(cast);
    await cast.deliver();
    const expert = cast.person('expert-1');
    const erik = (await cast.ports.store.personByIdentity(expert.who.identity)) ?? '';
    const answer = async () => (await cast.ports.store.load('meeting', meetingId)).state.invites[erik];
    const old = expert.inbox
      .at(-1)
      ?.buttons?.find((button) => 'action' in button && button.action === 'meeting.accept');
    if (!(old && 'action' in old)) throw new Error('The invitation cannot be accepted');
    await cast.helpdesk.submits('scheduling.move', meetingId, { other: '2026-12-17T10:00', minutes: '60' });

    await expert.sends(old.action, old.ref);
    expect(words(expert.seen)).toContain('The hour has changed since that card was shown');
    expect(words(expert.seen)).toContain('2026-12-17 10:00');
    expect(await answer()).not.toBe('accepted');
    await expert.sends('meeting.accept', meetingId);
    expect(await answer()).not.toBe('accepted');

    await expert.presses('Accept');
    expect(await answer()).toBe('accepted');
    cast.clock.forward(24 * 30);
    await expert.presses('Decline');
    expect(words(expert.seen)).toContain('The meeting is over');
    expect(await answer()).toBe('accepted');
    await expert.says(`meeting ${meetingId}`);
    expect(words(expert.seen)).toContain('Its hour is over');
    expect(plainText(expert.seen.cards?.[0] ?? { title: '', body: [], buttons: [] })).not.toContain('Decline');
  });

  it('takes somebody off: told in the chat and to the calendar, nothing of it reaches them any more, and they can be invited again', async () => {
    const cast = await createCast();
    const { meetingId } = await scheduled(cast);
    const erik = (await cast.ports.store.personByIdentity(cast.person('expert-1').who.identity)) ?? '';
    await cast.deliver();
    await cast.person('expert-1').presses('Accept');
    const mailsTo = (from: number) =>
      cast.letters
        .slice(from)
        .filter(({ to, calendar }) => calendar && to.startsWith('erik.'))
        .map(({ subject, calendar }) => [
          subject.split(':')[0],
          calendar?.method,
          Number(/SEQUENCE:(\d+)/.exec(calendar?.ics ?? '')?.[1]),
        ]);
    const before = cast.letters.length;
    await cast.helpdesk.says(`show ${meetingId}`);
    await cast.helpdesk.presses('Take somebody off');
    await cast.helpdesk.fills({ people: [erik] });
    // Moved before the mail went out: who is off is told all the same, and of the move nothing.
    await cast.helpdesk.submits('scheduling.move', meetingId, { other: '2026-12-17T10:00', minutes: '60' });
    await cast.deliver();
    expect(mailsTo(before)).toEqual([['No longer invited', 'CANCEL', 1]]);
    const told = cast.person('expert-1').inbox.map(({ title }) => title);
    expect(told.at(-1)).toBe(`You are no longer invited to meeting ${meetingId}`);
    expect(told.join()).not.toContain('new hour');
    await cast.person('expert-1').sends('meeting.accept', meetingId);
    expect(words(cast.person('expert-1').seen)).toContain('Not done');
    const again = cast.letters.length;
    await cast.helpdesk.submits('scheduling.invite', meetingId, { invitees: [erik] });
    await cast.deliver();
    expect(mailsTo(again)).toEqual([['New time', 'REQUEST', 3]]);
    expect((await cast.ports.store.load('meeting', meetingId)).state.invites[erik]).toBe('sent');
  });

  it('writes no more to somebody who has left, but for what takes it out of their calendar', async () => {
    const cast = await createCast();
    const { meetingId } = await scheduled(cast);
    await cast.deliver();
    const [letters, cards] = [cast.letters.length, cast.person('expert-1').inbox.length];
    await cast.person('expert-1').sends('privacy.forget');
    await cast.helpdesk.submits('scheduling.move', meetingId, { other: '2026-12-10T10:00', minutes: '60' });
    await cast.deliver();
    cast.clock.forward(24 * 17);
    await cast.deliver();
    const own = () => cast.letters.slice(letters).filter(({ to }) => to.startsWith('erik.expert@'));
    expect(own()).toEqual([]);
    expect(cast.person('expert-1').inbox.length).toBe(cards);
    expect(cast.letters.slice(letters).length).toBeGreaterThan(0);
    await cast.helpdesk.sends('scheduling.cancel', meetingId);
    await cast.deliver();
    expect(own().map(({ calendar }) => calendar?.method)).toEqual(['CANCEL']);
  });

  it('is the helpdesk’s alone', async () => {
    const cast = await createCast();
    const { meetingId, requestId } = await scheduled(cast);
    for (const user of ['clinician', 'expert-1', 'lead']) {
      await cast
        .person(user)
        .submits('scheduling.plan', requestId, { hour: '0', minutes: '60', join, invitees: [cast.clinicianId] });
      await cast.person(user).sends('scheduling.cancel', meetingId);
      await cast.person(user).submits('scheduling.move', meetingId, { other: '2026-12-02T10:00', minutes: '60' });
      expect(words(await cast.person(user).says(`cancel ${meetingId}`))).not.toContain(join);
    }
    expect((await cast.ports.store.load('meeting', meetingId)).state).toMatchObject({
      stage: 'scheduled',
      sequence: 0,
    });
    expect(await cast.ports.store.count('meeting', {})).toBe(1);
  });

  it('shows what the same people have at the hour before, and asks the helpdesk to say that it shall be so', async () => {
    const cast = await createCast();
    const { meetingId, caseId } = await scheduled(cast);
    await cast.clinician.submits('meeting.ask', '', {
      group: 'HTAD',
      when1: '2026-12-01T15:30',
      when2: '2026-12-01T16:00',
      minutes: '60',
    });
    const second = idSeen(cast.clinician, 'Q');
    await cast.helpdesk.says(`show ${second}`);
    expect(words(cast.helpdesk.seen)).toMatch(new RegExp(`In the way: ${meetingId} .*Dr Clara Clinician`));
    await cast.helpdesk.presses('Schedule');
    const options = cast.helpdesk.seen.form?.fields.find(({ name }) => name === 'hour');
    expect(options && 'options' in options && options.options.map(({ label }) => label.includes('in the way'))).toEqual(
      [true, false, false],
    );
    expect(cast.helpdesk.seen.form?.intro).toContain(meetingId);
    expect(cast.helpdesk.seen.form?.intro).not.toContain(caseId);
    await cast.helpdesk.fills({ hour: '0', join });
    expect(cast.helpdesk.seen.errors?.['hour']).toContain(meetingId);
    expect(await cast.ports.store.count('meeting', {})).toBe(1);
    await cast.helpdesk.fills({ hour: '0', join, despite: true });
    const both = idSeen(cast.helpdesk, 'M');
    await cast.helpdesk.says(`reschedule ${both}`);
    await cast.helpdesk.fills({ other: '2026-12-01T14:30' });
    expect(cast.helpdesk.seen.errors?.['other']).toContain(meetingId);
    await cast.helpdesk.fills({ other: '2026-12-01T16:00' });
    expect((await cast.ports.store.load('meeting', both)).state.slot.local).toBe('2026-12-01T16:00');
  });

  it('is answered, moved (and asked anew) and cancelled', async () => {
    const cast = await createCast();
    const { meetingId } = await scheduled(cast);
    const load = async () => (await cast.ports.store.load('meeting', meetingId)).state;
    const expert = cast.person('expert-1');
    await expert.sends('meeting.show', meetingId);
    await expert.presses('Accept');
    expect(words(expert.seen)).toContain('1 of 3 accepted');
    expect(expert.seen.cards?.[0]?.buttons?.map(({ label }) => label)).toEqual([
      'Maybe',
      'Decline',
      'Join',
      'In my calendar',
    ]);
    expect(words(expert.seen)).not.toMatch(/C-[0-9A-Z]{8}/);
    await cast.helpdesk.says(`reschedule ${meetingId}`);
    await cast.helpdesk.fills({ other: '2026-12-02T10:00' });
    expect(await load()).toMatchObject({ sequence: 1, slot: { local: '2026-12-02T10:00' } });
    expect(Object.values((await load()).invites)).toEqual(['pending', 'pending', 'pending']);
    await cast.helpdesk.says(`cancel ${meetingId}`);
    expect((await load()).stage).toBe('scheduled');
    await cast.helpdesk.presses('Cancel');
    expect(await load()).toMatchObject({ stage: 'cancelled', sequence: 2 });
  });

  it('asks the requester back, and takes the answer with new hours', async () => {
    const cast = await createCast();
    const { requestId } = await asked(cast);
    await cast.helpdesk.sends('scheduling.ask', requestId);
    await cast.helpdesk.fills({ text: 'Could you propose an afternoon?' });
    await cast.clinician.says(`meeting ${requestId}`);
    expect(words(cast.clinician.seen)).toContain('Could you propose an afternoon?');
    await cast.clinician.presses('Answer');
    await cast.clinician.fills({ note: 'Thursday then', when1: '2026-12-03T16:00' });
    expect((await cast.ports.store.load('request', requestId)).state).toMatchObject({
      stage: 'in-triage',
      proposals: [{ local: '2026-12-03T16:00' }],
    });
  });

  it('declines with a reason that the requester reads, and cancels for the requester', async () => {
    const cast = await createCast();
    const { requestId } = await asked(cast);
    await cast.helpdesk.says(`decline ${requestId}`);
    await cast.helpdesk.fills({ text: 'The group meets in January' });
    expect(words(await cast.clinician.says(`meeting ${requestId}`))).toContain('The group meets in January');
    await cast.clinician.submits('meeting.ask', '', { group: 'HTAD', when1: '2026-12-04T10:00', minutes: '30' });
    const second = idSeen(cast.clinician, 'Q');
    await cast.clinician.presses('Cancel the request');
    expect((await cast.ports.store.load('request', second)).state.stage).toBe('cancelled');
  });

  it('stops with a withdrawn consent, and says which meetings', async () => {
    const cast = await createCast();
    const { caseId, meetingId } = await scheduled(cast);
    await cast.clinician.says(`consent ${caseId}`);
    await cast.clinician.presses('Withdraw consent for care');
    expect(words(cast.clinician.seen)).toContain(`Meetings cancelled: ${meetingId}`);
    expect((await cast.ports.store.load('meeting', meetingId)).state.stage).toBe('cancelled');
  });

  it('is held after its hour only, and then the case is discussed', async () => {
    const cast = await createCast();
    const { caseId, meetingId } = await scheduled(cast);
    await cast.helpdesk.submits('scheduling.held', meetingId, { attended: [], discussed: 'yes' });
    expect((await cast.ports.store.load('meeting', meetingId)).state.stage).toBe('scheduled');
    cast.clock.forward(24 * 9);
    await cast.helpdesk.says(`show ${meetingId}`);
    await cast.helpdesk.presses('It took place');
    await cast.helpdesk.fills({ discussed: 'yes' });
    expect((await cast.ports.store.load('case', caseId)).state.stage).toBe('discussed');
  });

  it('is reminded of a day and an hour before, but for those who declined', async () => {
    const cast = await createCast();
    await scheduled(cast);
    const expert = cast.person('expert-1');
    await cast.deliver();
    await expert.presses('Decline');
    const titles = (person: typeof expert) =>
      person.inbox.map(({ title }) => title).filter((title) => /^(A day to go|In an hour)/.test(title));
    cast.clock.forward(7 * 24 + 6);
    await cast.deliver();
    expect(titles(cast.clinician).length).toBe(1);
    cast.clock.forward(22.5);
    await cast.deliver();
    expect(titles(cast.clinician).map((title) => title.slice(0, 10))).toEqual(['A day to g', 'In an hour']);
    expect(titles(expert)).toEqual([]);
  });

  it('is reminded of by mail where there is no chat: in their language and zone, with the way in, without a word of the case', async () => {
    const cast = await createCast();
    const expert = await cast.enter('elsewhere', 'Dr. Ohne Chat', [{ role: 'expert' }]);
    const details = await cast.ports.store.person(expert);
    if (!details) throw new Error('The expert is not entered');
    const { chat: _, ...value } = { ...details, language: 'de', zone: 'Europe/Lisbon' };
    await cast.ports.store.commit({
      appends: [],
      reads: [],
      rows: [{ row: 'person', id: expert, value }],
      outgoing: [],
    });
    const { requestId, caseId } = await asked(cast);
    await cast.helpdesk.says(`schedule ${requestId}`);
    await cast.helpdesk.fills({ hour: '0', join, invitees: [expert] });
    const meetingId = idSeen(cast.helpdesk, 'M');
    await cast.deliver();
    const reminders = () => cast.letters.filter(({ to, calendar }) => to.startsWith('elsewhere') && !calendar);
    expect(reminders()).toEqual([]);
    cast.clock.forward(7 * 24 + 6);
    await cast.deliver();
    cast.clock.forward(22.5);
    await cast.deliver();
    expect(reminders().map(({ subject }) => subject)).toEqual([
      `Noch ein Tag: CPMS-Besprechung ${meetingId} · HTAD`,
      `In einer Stunde: CPMS-Besprechung ${meetingId} · HTAD`,
    ]);
    for (const { text } of reminders()) {
      expect(text).toContain('Di 2026-12-01 14:00 Europe/Lisbon (UTC+0), 60 Minuten');
      expect(text).toContain(join);
      expect(text).not.toMatch(new RegExp(`Blue Heron|CPMS-4711|${caseId}|aort|aneur|patient`, 'i'));
    }
  });

  it('is not reminded of when its hour has come, however late the outbox goes on', async () => {
    const cast = await createCast();
    await scheduled(cast);
    await cast.deliver();
    cast.clock.forward(7 * 24 + 28.5);
    await cast.deliver();
    const titles = () =>
      cast.clinician.inbox.map(({ title }) => title).filter((title) => /^(A day to go|In an hour)/.test(title));
    expect(titles().map((title) => title.slice(0, 10))).toEqual(['In an hour']);
    const late = await createCast();
    await scheduled(late);
    await late.deliver();
    const before = late.clinician.inbox.length;
    late.clock.forward(7 * 24 + 30);
    await late.deliver();
    expect(late.clinician.inbox.slice(before).map(({ title }) => title)).toEqual([]);
  });

  it('is asked about afterwards: who was there, whether the case was discussed, and how it went', async () => {
    const cast = await createCast();
    const { caseId, meetingId } = await scheduled(cast);
    await cast.deliver();
    await cast.person('expert-1').presses('Accept');
    cast.clock.forward(24 * 9);
    await cast.deliver();
    expect([...cast.deskCards.values()].map(({ title }) => title)).toContain(`Did meeting ${meetingId} take place?`);
    await cast.helpdesk.sends('scheduling.held', meetingId);
    const attended = cast.helpdesk.seen.form?.fields.find(({ name }) => name === 'attended');
    expect(attended?.kind === 'choices' && [attended.options.length, attended.value?.length]).toEqual([3, 1]);
    await cast.helpdesk.fills({ discussed: 'no' });
    expect(words(cast.helpdesk.seen)).toContain('Who was there: Dr Erik Expert');
    expect((await cast.ports.store.load('case', caseId)).state.stage).toBe('enrolled');
    await cast.deliver();
    await cast.clinician.presses('Tell how it went');
    await cast.clinician.fills({ outcome: 'partly', again: 'yes', comment: 'Mr John Smith was the topic' });
    expect(Object.keys(cast.clinician.seen.errors ?? {})).toEqual(['comment']);
    await cast.clinician.submits('meeting.how', meetingId, { outcome: 'partly', again: 'yes', comment: 'Too short' });
    await cast.person('expert-1').submits('meeting.how', meetingId, { outcome: 'not', again: 'no' });
    const { review } = (await cast.ports.store.load('meeting', meetingId)).state;
    expect(review).toMatchObject({ outcome: 'partly', again: true });
    expect(words(await cast.helpdesk.says(`show ${meetingId}`))).toContain('Too short');
  });
});
