import { afterAll, beforeAll, expect, test } from 'vitest';
import { wordsOf } from '../../bot/words.ts';
import { sayHour } from '../../domain/meetings/hours.ts';
import { roles, type SlackCast, slackCast, things } from './cast.ts';
import { type SlackWorld, startSlackWorld } from './world.ts';

let world: SlackWorld;
let stage: SlackCast;

beforeAll(async () => {
  world = await startSlackWorld(roles.map((name) => ({ name, zone: 'Europe/Paris', locale: 'en-GB' })));
  stage = await slackCast(world);
}, 60_000);
afterAll(async () => {
  await stage.slack.stop();
  await world.close();
});

const details = async () => {
  const found = await stage.cast.ports.store.person(stage.id('member'));
  return { language: found?.language, zone: found?.zone };
};

test('what the bot says follows a changed profile at once, a notice that comes by itself too', async () => {
  const member = stage.person('member');
  await member.command('status');
  await member.openHome();
  expect(await member.seen('home')).toContain(wordsOf('en')('status:title'));
  expect(await details()).toEqual({ language: 'en', zone: 'Europe/Paris' });
  await world.profile('member', { zone: 'Europe/Athens', locale: 'fr-FR' });
  expect(await details()).toEqual({ language: 'fr', zone: 'Europe/Athens' });
  const id = await things(stage)('request');
  await stage.person('helpdesk').dm('help');
  await stage.person('helpdesk').forge('scheduling.plan', id);
  await stage.person('helpdesk').fill({ hour: '*', minutes: '30', join: 'https://meet.example/x' });
  await stage.person('helpdesk').submit();
  await stage.cast.deliver();
  expect(await member.seen('home')).toContain(wordsOf('fr')('status:title'));
  const seen = await member.seen('dm');
  expect(seen).toContain(sayHour('2027-04-01T08:00:00.000Z', 'Europe/Athens', 'fr'));
  expect(seen).toContain('Réunion');
  await member.command('help');
  expect(await member.last()).toContain('inscription');
});

test('a language that was chosen stays, whatever the profile says; the zone follows it all the same', async () => {
  const member = stage.person('member');
  await member.command('language nl');
  await stage.cast.deliver();
  expect(await member.seen('home')).toContain(wordsOf('nl')('status:title'));
  await world.profile('member', { zone: 'America/Halifax', locale: 'de-DE' });
  expect(await details()).toEqual({ language: 'nl', zone: 'America/Halifax' });
});

test('somebody whom nobody knows here is not asked about, and a zone that there is not is passed over', async () => {
  const calls = () => world.proxy.calls.filter(({ method }) => method === 'users.info').length;
  const before = calls();
  await world.profile('stranger', { zone: 'Asia/Tokyo' });
  expect(calls()).toBe(before);
  await world.profile('member', { zone: 'Nowhere/At-All' });
  expect((await details()).zone).toBe('America/Halifax');
});
