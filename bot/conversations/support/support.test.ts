import { describe, expect, it } from 'vitest';
import { createWorld } from '../../../test/world.ts';

async function ticketWith(messages: number) {
  const world = await createWorld();
  const asker = world.person('somebody');
  await asker.submits('support.ask', 'other', { topic: 'other', text: 'message number one' });
  const [ticket] = await world.ports.store.find('ticket', {}, { limit: 1 });
  const id = ticket?.id ?? '';
  for (let number = 2; number <= messages; number += 1)
    await asker.submits('support.add', id, { text: `message number ${number}` });
  return { world, asker, id };
}

describe('a ticket', () => {
  it('shows what was said last, says how much is not shown, and shows it on a press', async () => {
    const { asker, world } = await ticketWith(7);
    expect(JSON.stringify(asker.seen)).toContain('3 earlier messages');
    expect(JSON.stringify(await asker.presses('Earlier messages'))).toContain('message number one');
    const helpdesk = world.person('helpdesk');
    await helpdesk.says('queue');
    await helpdesk.presses('Show');
    expect(JSON.stringify(await helpdesk.presses('Earlier messages'))).toContain('message number one');
  });

  it('is turned back to its first word and forth again, and nothing of it is left out', async () => {
    const { asker, world, id } = await ticketWith(23);
    for (const person of [asker, world.person('helpdesk')]) {
      await person.says(person === asker ? `support ${id}` : `show ${id}`);
      const seen = new Set<string>();
      const look = () => {
        for (const [message] of JSON.stringify(person.seen).matchAll(/message number \w+/g)) seen.add(message);
      };
      look();
      for (let page = 1; page < 6; page += 1) {
        expect((await person.presses('Earlier messages')).replace).toBe(true);
        look();
      }
      expect(seen.size).toBe(23);
      expect(() => person.presses('Earlier messages')).toThrow('No button');
      for (let page = 1; page < 6; page += 1) await person.presses('Newer');
      expect(JSON.stringify(person.seen)).toContain('message number 23');
    }
  });

  it('keeps the helpdesk’s notes from its requester, and tickets from others', async () => {
    const { asker, world, id } = await ticketWith(1);
    await world.person('helpdesk').says(`note ${id} rather ask the coordinator`);
    expect(JSON.stringify(await asker.says(`support ${id}`))).not.toContain('coordinator');
    expect(JSON.stringify(await world.person('other').says(`support ${id}`))).not.toContain('message number one');
    expect(JSON.stringify(await world.person('lead').sends('desk.history', id))).not.toContain('message number one');
  });
});
