import { beforeEach, describe, expect, test } from 'vitest';
import { createWorld, type World } from '../test/world.ts';
import { type Channel, Later } from './channel.ts';

let world: World;
let there: boolean | undefined;
let asked: string[];

beforeEach(async () => {
  world = await createWorld();
  there = true;
  asked = [];
  const [channel] = world.ports.channels;
  if (!channel) throw new Error('no channel');
  world.ports.channels[0] = {
    ...channel,
    fileThere: async (_, file) => {
      asked.push(file);
      return there;
    },
  };
});

const drop = (user: string, files?: readonly string[], key = 'k1') =>
  world.service.bot.handle({
    key,
    who: { identity: { platform: 'web', tenant: 'local', user }, language: 'en' },
    where: { kind: 'private' },
    what: { kind: 'file', ...(files ? { files } : {}) },
  });
const strays = () => world.ports.store.find('stray', {}, { limit: 10 });
const after = async (hours: number) => {
  world.clock.forward(hours);
  await world.deliver();
};
const inbox = (user: string) => world.person(user).inbox.map(({ title }) => title);

describe('a file that was dropped into a chat', () => {
  test('is told of in words, and recorded by ids alone', async () => {
    const answer = await drop('clinician', ['F123']);
    const card = answer.cards?.at(-1);
    expect(card?.title).toContain('do not drop files');
    expect(JSON.stringify(card)).toContain('in an hour');
    const [stray] = await strays();
    expect(stray?.state).toMatchObject({ stage: 'noticed', seen: 0 });
    const trail = await world.ports.store.trail('stray', stray?.id ?? '');
    expect(trail.map(({ event }) => event.type)).toEqual(['stray-noticed']);
    // The platform's id of the file is not in the log.
    expect(JSON.stringify(trail)).not.toContain('F123');
  });

  test('that is gone an hour later: its author hears it, and it is not looked for again', async () => {
    await drop('clinician', ['F123']);
    await after(0.5);
    expect(asked).toEqual([]);
    there = false;
    await after(0.6);
    expect(asked).toEqual(['F123']);
    expect((await strays())[0]?.state.stage).toBe('gone');
    expect(inbox('clinician')).toEqual(['The file that you dropped into the chat is gone']);
    await after(200);
    expect(asked).toHaveLength(1);
    expect(await world.ports.kept.get(`stray:${(await strays())[0]?.id}`)).toBeUndefined();
  });

  test('that stays is reminded of twice more, then the helpdesk is asked to speak with its author', async () => {
    await drop('lead', ['F123']);
    await after(1.1);
    await after(24.1);
    expect((await strays())[0]?.state).toMatchObject({ stage: 'noticed', seen: 2 });
    expect([...world.deskCards.values()].map(({ title }) => title)).not.toContain('A file is still in the chat');
    await after(72.1);
    expect((await strays())[0]?.state.stage).toBe('left');
    expect(inbox('lead')).toHaveLength(3);
    await world.deliver();
    const desk = [...world.deskCards.values()].find(({ title }) => title === 'A file is still in the chat');
    expect(JSON.stringify(desk?.body)).toContain(
      (await world.ports.store.person((await strays())[0]?.state.person ?? ''))?.name,
    );
  });

  test('where the platform does not say, that is what is recorded', async () => {
    await drop('clinician', ['F123']);
    there = undefined;
    await after(1.1);
    expect((await strays())[0]?.state.stage).toBe('not-told');
    expect(inbox('clinician')).toEqual([]);
  });

  test('of a stranger is noticed too, and they are told', async () => {
    await drop('stranger', ['F123']);
    expect((await strays())[0]?.state).not.toHaveProperty('person');
    await after(1.1);
    expect(inbox('stranger')).toEqual(['The file that you dropped into the chat is still there']);
  });

  test('is noticed once for one delivery, and each of several on its own', async () => {
    await drop('clinician', ['F1', 'F2'], 'k2');
    const again = await drop('clinician', ['F1', 'F2'], 'k2');
    expect(again.cards?.at(-1)?.title).toContain('do not drop files');
    expect(await strays()).toHaveLength(2);
    there = false;
    await after(1.1);
    expect(asked.toSorted()).toEqual(['F1', 'F2']);
  });

  test('is looked for later where the platform asks to wait', async () => {
    await drop('clinician', ['F123']);
    const [channel] = world.ports.channels;
    if (!channel?.fileThere) throw new Error('no channel');
    let calls = 0;
    world.ports.channels[0] = {
      ...channel,
      fileThere: async (of, file) => {
        calls += 1;
        if (calls === 1) throw new Later(30);
        return (await channel.fileThere?.(of, file)) ?? false;
      },
    };
    await after(1.1);
    expect((await strays())[0]?.state).toMatchObject({ stage: 'noticed', seen: 0 });
    await after(0.1);
    expect((await strays())[0]?.state).toMatchObject({ stage: 'noticed', seen: 1 });
  });

  test('on a platform that cannot be asked is recorded, and nothing is promised', async () => {
    const [channel] = world.ports.channels;
    if (!channel) throw new Error('no channel');
    const without: Partial<Channel> = { ...channel };
    delete without.fileThere;
    world.ports.channels[0] = without as Channel;
    const answer = await drop('clinician');
    expect(JSON.stringify(answer.cards?.at(-1))).not.toContain('in an hour');
    await after(2);
    expect((await strays())[0]?.state.stage).toBe('noticed');
  });
});
