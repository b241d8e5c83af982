import { describe, expect, it, vi } from 'vitest';
import { createWorld } from '../test/world.ts';
import type { Interaction } from './interaction.ts';
import { createSlowWork } from './slow-work.ts';

const interaction: Interaction = {
  key: 'k1',
  who: { identity: { platform: 'web', tenant: 'local', user: 'helpdesk' } },
  where: { kind: 'private' },
  what: { kind: 'command', text: 'queue', desk: true },
};

describe('an interaction that takes long', () => {
  it('is done after a crash that came behind its acknowledgement, and answered in private', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const world = await createWorld();
    const hanging = createSlowWork(world.ports, { handle: () => new Promise(() => undefined) });
    // The process dies while it works: nobody ever hears of this promise again.
    void hanging.handle(interaction);
    await vi.advanceTimersByTimeAsync(1600);
    vi.useRealTimers();
    world.clock.forward(1);
    await world.deliver();
    expect(world.person('helpdesk').inbox.map(({ title }) => title)).toContain('Helpdesk queue');
    const before = world.person('helpdesk').inbox.length;
    world.clock.forward(1);
    await world.deliver();
    expect(world.person('helpdesk').inbox).toHaveLength(before);
  });

  it('is not written down when it seems to hold a patient', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const world = await createWorld();
    const typed: Interaction = { ...interaction, what: { kind: 'text', text: 'patient Marie Dupont, born 4.5.1962' } };
    void createSlowWork(world.ports, { handle: () => new Promise(() => undefined) }).handle(typed);
    await vi.advanceTimersByTimeAsync(1600);
    vi.useRealTimers();
    expect(await world.ports.outbox.nextDue()).toBeUndefined();
  });

  it('leaves nothing behind when it is done in time or late', async () => {
    const world = await createWorld();
    await createSlowWork(world.ports, { handle: async () => ({}) }).handle(interaction);
    await createSlowWork(world.ports, {
      handle: () => new Promise((resolve) => setTimeout(() => resolve({}), 1700)),
    }).handle(interaction);
    world.clock.forward(1);
    await world.deliver();
    expect(world.person('helpdesk').inbox).toEqual([]);
  });
});
