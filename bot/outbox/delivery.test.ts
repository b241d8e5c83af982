import { describe, expect, it } from 'vitest';
import { createWorld } from '../../test/world.ts';
import { Later, Undeliverable } from '../channel.ts';

async function opened(options: Parameters<typeof createWorld>[0] = {}) {
  const world = await createWorld(options);
  await world.person('somebody').submits('support.ask', 'other', { topic: 'other', text: 'How long does it take?' });
  const [ticket] = await world.ports.store.find('ticket', {}, { limit: 1 });
  return { world, id: ticket?.id ?? '' };
}

describe('the delivery', () => {
  it('keeps one card for each thing in the helpdesk’s channel, and renews it', async () => {
    const { world, id } = await opened();
    await world.deliver();
    expect(world.deskCards.size).toBe(1);
    await world.person('helpdesk').sends('desk.assign', id);
    await world.deliver();
    expect(world.deskCards.size).toBe(1);
    expect(JSON.stringify([...world.deskCards.values()])).toContain('Hanna Helpdesk');
  });

  it('writes to each of the helpdesk’s people where there is no channel', async () => {
    const { world, id } = await opened({ desk: false });
    await world.deliver();
    expect(JSON.stringify(world.person('helpdesk').inbox)).toContain(id);
  });

  it('tries again later when the platform asks for patience', async () => {
    const { world, id } = await opened();
    const [channel] = world.ports.channels;
    if (!channel) throw new Error('no channel');
    let patience = 1;
    world.ports.channels[0] = {
      ...channel,
      post: async (...args) => {
        patience -= 1;
        if (patience >= 0) throw new Later(30);
        return channel.post(...args);
      },
    };
    await world.person('helpdesk').says(`reply ${id} Three weeks as a rule.`);
    await world.deliver();
    expect(world.person('somebody').inbox).toEqual([]);
    world.clock.forward(1);
    await world.deliver();
    expect(JSON.stringify(world.person('somebody').inbox)).toContain('Three weeks as a rule.');
  });

  it('goes by e-mail, without content, when a chat is gone', async () => {
    const world = await createWorld();
    const [channel] = world.ports.channels;
    if (!channel) throw new Error('no channel');
    world.ports.channels[0] = { ...channel, post: () => Promise.reject(new Undeliverable('user_not_found')) };
    const lead = world.person('lead');
    await lead.submits('support.ask', 'other', { topic: 'other', text: 'Who is the deputy?' });
    const [ticket] = await world.ports.store.find('ticket', {}, { limit: 1 });
    await world.person('helpdesk').says(`reply ${ticket?.id} Dr Deputy is.`);
    await world.deliver();
    const letter = world.letters.find(({ to }) => to === 'lotte.leadsma@saint-example.example');
    expect(letter?.text).toContain(ticket?.id);
    expect(`${letter?.subject} ${letter?.text}`).not.toContain('Dr Deputy');
  });

  it('shows what can reach nobody to the helpdesk, who can try again', async () => {
    const { world, id } = await opened();
    const [channel] = world.ports.channels;
    if (!channel) throw new Error('no channel');
    world.ports.channels[0] = { ...channel, post: () => Promise.reject(new Undeliverable('user_not_found')) };
    const helpdesk = world.person('helpdesk');
    await helpdesk.says(`reply ${id} An answer to nowhere.`);
    await world.deliver();
    await helpdesk.says('queue');
    expect(JSON.stringify(helpdesk.seen)).toContain('no-address');
    world.ports.channels[0] = channel;
    await helpdesk.presses('Try again');
    await world.deliver();
    expect(JSON.stringify(world.person('somebody').inbox)).toContain('An answer to nowhere.');
  });
});
