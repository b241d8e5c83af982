import { describe, expect, it } from 'vitest';
import { plainText } from '../../view.ts';
import { type Cast, createCast, idSeen, openCase } from '../testing.ts';

const words = (answer: { cards?: readonly Parameters<typeof plainText>[0][] }) =>
  (answer.cards ?? []).map(plainText).join('\n');

async function ticketed(cast: Cast): Promise<string> {
  await cast.clinician.sends('support.ask', 'other');
  await cast.clinician.fills({ topic: 'enrolment', text: 'Where do I find the enrolment form?' });
  return idSeen(cast.clinician, 'T');
}

async function requested(cast: Cast): Promise<string> {
  await openCase(cast, 'enrolled');
  await cast.clinician.presses('Ask for a meeting');
  await cast.clinician.fills({ when1: '2026-12-01T15:00' });
  return idSeen(cast.clinician, 'Q');
}

describe('taking what waits for the helpdesk', () => {
  it.each([
    ['a ticket', 'ticket', ticketed],
    ['a meeting request', 'request', requested],
  ] as const)('asks before %s is taken from a colleague', async (_, kind, made) => {
    const cast = await createCast();
    const second = await cast.enter('desk-2', 'Hanna Second', [{ role: 'helpdesk' }]);
    const third = await cast.enter('desk-3', 'Tom Third', [{ role: 'helpdesk' }]);
    const id = await made(cast);
    const holder = async () => (await cast.ports.store.load(kind, id)).state.assignee;
    await cast.person('desk-2').sends('desk.take', id);
    expect(await holder()).toBe(second);

    // The card on which nobody had it.
    await cast.person('desk-3').sends('desk.take', id);
    expect(words(cast.person('desk-3').seen)).toContain('Hanna Second has it in hand');
    expect(await holder()).toBe(second);
    // In between it went to the first: what was asked about is not so any more.
    await cast.helpdesk.sends('desk.take', `${id}|${second}`);
    const first = await holder();
    expect(first).not.toBe(second);
    await cast.person('desk-3').presses('Take it over');
    expect(words(cast.person('desk-3').seen)).toContain('has it in hand');
    expect(await holder()).toBe(first);
    await cast.person('desk-3').presses('Take it over');
    expect(await holder()).toBe(third);
    expect(words(cast.person('desk-3').seen)).toContain(id);
  });

  it('lets one of two who press at once have it', async () => {
    const cast = await createCast();
    await cast.enter('desk-2', 'Hanna Second', [{ role: 'helpdesk' }]);
    await cast.enter('desk-3', 'Tom Third', [{ role: 'helpdesk' }]);
    const id = await ticketed(cast);
    await Promise.all(['desk-2', 'desk-3'].map((user) => cast.person(user).sends('desk.take', id)));
    const events = (await cast.ports.store.trail('ticket', id)).map(({ event }) => event.type);
    expect(events.filter((type) => type === 'ticket-assigned')).toHaveLength(1);
  });
});

describe('the queue', () => {
  it('shows requests of urgent cases first, and what has waited longest before the rest', async () => {
    const cast = await createCast();
    const tickets = [await ticketed(cast), await ticketed(cast)] as const;
    const requests = [await requested(cast), await requested(cast), await requested(cast)] as const;
    const { caseId = '' } = (await cast.ports.store.load('request', requests[1])).state;
    await cast.clinician.sends('case.urgency', caseId);
    await cast.clinician.fills({ urgency: 'urgent' });
    for (const command of ['queue', 'schedule']) {
      await cast.helpdesk.says(command);
      const told = words(cast.helpdesk.seen);
      const order = [requests[1], requests[0], requests[2], ...(command === 'queue' ? tickets : [])];
      expect(order.toSorted((one, other) => told.indexOf(one) - told.indexOf(other))).toEqual(order);
      expect(told.indexOf(order[0] ?? '')).toBeGreaterThan(-1);
      expect(told.match(/Urgent \(within days\)/g)).toHaveLength(1);
    }
  });

  it('is told again in the helpdesk’s room how urgent a case of a request has become', async () => {
    const cast = await createCast();
    const id = await requested(cast);
    await cast.deliver();
    const shown = () => words({ cards: [...cast.deskCards.values()].filter((one) => plainText(one).includes(id)) });
    expect(shown()).not.toContain('Urgent');
    const { caseId = '' } = (await cast.ports.store.load('request', id)).state;
    await cast.clinician.sends('case.urgency', caseId);
    await cast.clinician.fills({ urgency: 'urgent' });
    await cast.deliver();
    expect(shown()).toContain('Urgent (within days)');
  });
});

describe('a person whom the helpdesk looks for', () => {
  it('is found by a part of the name, whatever their role, by address and by number', async () => {
    const cast = await createCast();
    await cast.enter('new-1', 'Zoë Müller', []);
    await cast.helpdesk.says('queue');
    const found = async (typed: string) => words(await cast.helpdesk.says(typed));
    expect(await found('member muller')).toContain('Zoë Müller');
    expect(await found('who Zoë Mül')).toContain('Zoë Müller');
    expect(await found('member Nobody')).toContain('Nobody with this name');
    expect(await found('member')).toContain('Whom?');
    expect(await found('who comes to the meeting')).not.toContain('People found');
    for (let index = 10; index < 22; index += 1) await cast.enter(`many-${index}`, `Klein Nummer ${index}`, []);
    const many = await found('member klein');
    expect(many.match(/Klein Nummer/g)).toHaveLength(10);
    expect(many).toContain('There are more');
    expect(words(await cast.clinician.says('member Zoë'))).not.toContain('Müller');
  });

  it('is given a ticket by name where only one colleague is meant', async () => {
    const cast = await createCast();
    const second = await cast.enter('desk-2', 'Hanna Second', [{ role: 'helpdesk' }]);
    await cast.enter('expert-9', 'Erika Second', [{ role: 'expert' }]);
    const id = await ticketed(cast);
    const holder = async () => (await cast.ports.store.load('ticket', id)).state.assignee;
    expect(words(await cast.helpdesk.says(`assign ${id} Hanna`))).toContain('only one is meant');
    expect(await holder()).toBeUndefined();
    await cast.helpdesk.says(`assign ${id} Hanna Second`);
    expect(await holder()).toBe(second);
  });
});
