import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { sampleCard as card, sampleForm as form, type RunningSlack, runSlack } from '../../test/slack/scripted.ts';
import { type SlackWorld, startSlackWorld } from '../../test/slack/world.ts';
import { cataloguedWords } from './words.ts';

let world: SlackWorld;
let slack: RunningSlack;

beforeAll(async () => {
  world = await startSlackWorld([
    { name: 'ada', realName: 'Ada Example', zone: 'Europe/Paris', locale: 'fr-FR' },
    { name: 'ben', realName: 'Ben Example' },
  ]);
});
afterAll(() => world.close());
beforeEach(async () => {
  slack = await runSlack(world);
});
afterEach(async () => {
  await world.person('ada').dismiss();
  await slack.stop();
  if (world.screen.violations.length > 0) throw new Error(world.screen.violations.join('\n'));
});

test('a command in a channel is answered to its author alone, within the acknowledgement', async () => {
  const ada = world.person('ada');
  slack.bot.answer = () => ({ cards: [card('Your status')] });
  const received = await ada.command('status', { where: world.general });
  expect(received.body.response_type).toBe('ephemeral');
  expect(slack.bot.asked[0]).toMatchObject({
    what: { kind: 'command', text: 'status', desk: false },
    where: { kind: 'shared' },
    who: {
      identity: { platform: 'slack', tenant: 'T000000001', user: ada.id },
      language: 'fr-FR',
      zone: 'Europe/Paris',
    },
  });
  expect(await ada.seen(world.general)).toContain('Your status');
  expect(await world.person('ben').seen(world.general)).not.toContain('Your status');
});

test('a command in the chat with the bot stays there; in a chat between two people it is a shared place', async () => {
  const ada = world.person('ada');
  slack.bot.answer = () => ({ cards: [card('Here')] });
  expect((await ada.command('status')).body.response_type).toBe('in_channel');
  expect(slack.bot.asked[0]?.where).toEqual({ kind: 'private' });
  const received = await ada.command('status', { where: 'D0BETWEENUS' });
  expect(received.body.response_type).toBe('ephemeral');
  expect(slack.bot.asked[1]?.where).toEqual({ kind: 'shared' });
});

test('the helpdesk’s channel is told apart', async () => {
  await world.person('ada').command('queue', { desk: true, where: world.deskChannel });
  expect(slack.bot.asked[0]).toMatchObject({
    what: { desk: true, text: 'queue' },
    where: { kind: 'shared', desk: true },
  });
});

test('a form is opened, its error reaches the field, and what comes of it stands in the private chat', async () => {
  const ada = world.person('ada');
  slack.bot.options = [{ value: 'HCP-1', label: 'Sample Hospital' }];
  slack.bot.answer = ({ what }) => {
    if (what.kind !== 'submit') return { form };
    return what.values.name === 'Ada' ? { cards: [card('Sent')] } : { errors: { name: 'Give your name.' }, form };
  };
  await ada.command('register', { where: world.general });
  await ada.fill({ name: 'x', when: '2026-12-01T15:00', track: 'B', hcp: 'sample', agree: true });
  await ada.submit();
  expect(ada.errors()).toEqual({ name: 'Give your name.' });
  await ada.fill({ name: 'Ada' });
  await ada.submit();
  expect(ada.modal()).toBeUndefined();
  expect(slack.bot.asked.at(-1)).toMatchObject({
    where: { kind: 'private' },
    what: {
      kind: 'submit',
      form: 'register',
      ref: 'R-1',
      values: { name: 'Ada', when: '2026-12-01T15:00', track: 'b', hcp: ['HCP-1'], agree: true },
    },
  });
  expect(new Set(slack.bot.asked.map((one) => one.key)).size).toBe(3);
  expect(await ada.seen('dm')).toContain('Sent');
  expect(slack.bot.suggested[0]).toEqual({ source: 'hcp', words: 'sample' });
});

test('an error of the form as a whole is a banner above what was typed', async () => {
  const ada = world.person('ada');
  slack.bot.answer = ({ what }) =>
    what.kind === 'submit' ? { errors: { '': 'Somebody was faster.', name: 'Look again.' }, form } : { form };
  await ada.command('register');
  slack.bot.options = [{ value: 'HCP-1', label: 'Sample Hospital' }];
  await ada.fill({ name: 'x', when: '2026-12-01T15:00', track: 'a', hcp: 'sample', agree: true });
  await ada.submit();
  expect(await ada.last()).toContain('Somebody was faster.\nName: Look again.');
});

test('typed text opens no form: a card with its button does, and the button opens it', async () => {
  const ada = world.person('ada');
  slack.bot.answer = () => ({ form });
  await ada.dm('how do I get &lt;access&gt; via <mailto:a@b.example|a@b.example>?');
  expect(slack.bot.asked[0]?.what).toEqual({ kind: 'text', text: 'how do I get <access> via a@b.example?' });
  expect(ada.modal()).toBeUndefined();
  await ada.press('Open the form');
  expect(slack.bot.asked[1]?.what).toEqual({ kind: 'press', action: 'register.open', ref: 'R-1' });
  expect(ada.modal()?.view.callback_id).toBe('form:register');
});

test('a press replaces the card that it was made on, in the chat and on an ephemeral card', async () => {
  const ada = world.person('ada');
  slack.bot.answer = ({ what }) =>
    what.kind === 'press'
      ? { cards: [card('After')], replace: true }
      : { cards: [card('Before', { buttons: [{ label: 'Go', action: 'go', ref: 'X', confirm: 'Sure?' }] })] };
  await ada.dm('hi');
  const before = (await ada.messages('dm')).length;
  await ada.press('Go', { where: 'dm' });
  const messages = await ada.messages('dm');
  expect(messages.length).toBe(before);
  expect(messages.at(-1)?.text).toContain('After');
  await ada.command('x', { where: world.general });
  await ada.press('Go', { where: world.general });
  expect(await ada.seen(world.general)).not.toContain('Before');
});

test('a mention in a channel is answered there, in its thread, to its author alone', async () => {
  const ada = world.person('ada');
  slack.bot.answer = () => ({ cards: [card('In private')] });
  const before = (await ada.messages('dm')).length;
  await ada.mention('status please', world.general, { thread: '1706000000.000100' });
  expect(slack.bot.asked[0]).toMatchObject({
    what: { kind: 'text', text: 'status please' },
    where: { kind: 'shared' },
  });
  const shown = (await ada.messages(world.general)).at(-1);
  expect(shown).toMatchObject({ only: ada.id });
  expect(shown?.text).toContain('In private');
  expect(world.proxy.calls.findLast(({ method }) => method === 'chat.postEphemeral')?.args.thread_ts).toBe(
    '1706000000.000100',
  );
  expect(await world.person('ben').seen(world.general)).not.toContain('In private');
  expect(await ada.messages('dm')).toHaveLength(before);
});

test('a mention where no ephemeral message can be shown is answered in the private chat', async () => {
  const ada = world.person('ada');
  slack.bot.answer = () => ({ cards: [card('Another way')] });
  world.proxy.inject('chat.postEphemeral', { error: 'user_not_in_channel' });
  await ada.mention('status please', world.general);
  expect(await ada.seen('dm')).toContain('Another way');
});

test('a mention in a channel that is shared with another organisation is answered in the private chat, with a hint', async () => {
  const ada = world.person('ada');
  slack.bot.answer = () => ({ cards: [card('Not among others')] });
  await ada.mention('status please', world.general, { outside: true });
  expect(await ada.seen(world.general)).not.toContain('Not among others');
  expect((await ada.messages(world.general)).at(-1)).toMatchObject({ only: ada.id });
  expect(await ada.seen('dm')).toContain('Not among others');
});

test('a dropped file is told as a file; bots, edits and channels are passed over', async () => {
  const ada = world.person('ada');
  await ada.dropFile();
  expect(slack.bot.asked[0]?.what).toEqual({ kind: 'file', files: ['F00000001'] });
  await ada.dm('x', { bot_id: 'B1' });
  await ada.dm('x', { subtype: 'message_changed', hidden: true });
  await ada.dm('x', { channel_type: 'channel' });
  expect(slack.bot.asked).toHaveLength(1);
});

test('App Home shows the home, and who comes first is greeted once', async () => {
  const ada = world.person('ada');
  slack.bot.homeCard = card('My cases', { buttons: [{ label: 'Refresh', action: 'home' }] });
  slack.bot.answer = ({ what }) => (what.kind === 'hello' ? { cards: [card('Welcome')] } : {});
  await ada.openHome();
  await ada.openHome();
  expect(await ada.seen('home')).toContain('My cases');
  expect(slack.bot.asked.filter((one) => one.what.kind === 'hello')).toHaveLength(1);
  await ada.press('Refresh', { where: 'home' });
  expect(slack.bot.asked.at(-1)).toMatchObject({ what: { kind: 'press', action: 'home' }, where: { kind: 'private' } });
});

test('the helpdesk’s card is the outbox’s to change, for everybody in its channel; an answer beside it is its reader’s alone', async () => {
  const ada = world.person('ada');
  const buttons = [
    { label: 'Assign to me', action: 'assign', ref: 'T-1' },
    { label: 'Notes', action: 'notes', ref: 'T-1' },
  ];
  const posted = await slack.channel.postToDesk(card('Ticket open', { buttons }), 'desk-1');
  slack.bot.answer = ({ what }) =>
    what.kind === 'press' && what.action === 'assign'
      ? { cards: [card('Ticket assigned', { buttons })], replace: true }
      : { cards: [card('Private notes')] };
  await ada.press('Assign to me', { where: world.deskChannel });
  expect(slack.bot.asked[0]?.where).toEqual({ kind: 'shared', desk: true });
  expect(await world.person('ben').seen(world.deskChannel)).toContain('Ticket open');
  await slack.channel.update(posted, card('Ticket assigned', { buttons }));
  await ada.press('Notes', { where: world.deskChannel });
  const others = await world.person('ben').seen(world.deskChannel);
  expect(others).toContain('Ticket assigned');
  expect(others).not.toContain('Ticket open');
  expect(others).not.toContain('Private notes');
  expect(await ada.seen(world.deskChannel)).toContain('Private notes');
});

test('a form that was opened from a card can put its outcome onto that card', async () => {
  const ada = world.person('ada');
  slack.bot.options = [{ value: 'HCP-1', label: 'Sample Hospital' }];
  slack.bot.answer = ({ what }) => {
    if (what.kind === 'text') return { cards: [card('Not yet', { buttons: [form.open] })] };
    return what.kind === 'press' ? { form } : { cards: [card('All done')], replace: true };
  };
  await ada.dm('hi');
  await ada.press('register.open', { where: 'dm' });
  await ada.fill({ name: 'x', when: '2026-12-01T15:00', track: 'a', hcp: 'sample', agree: true });
  await ada.submit();
  const seen = await ada.seen('dm');
  expect(seen).toContain('All done');
  expect(seen).not.toContain('Not yet');
});

test('the adapter’s own sentences are in the language of the profile, once that is known', async () => {
  const ada = world.person('ada');
  await ada.command('status');
  const { body } = await ada.command('x', { name: '/other' });
  expect(body.text).toBe(cataloguedWords('fr').unknownCommand);
});

test('a closed account is told to the bot', async () => {
  await world.event({ type: 'user_change', user: { id: 'U9', deleted: true } });
  await world.event({ type: 'user_change', user: { id: 'U8', deleted: false } });
  expect(slack.bot.goneOnes).toEqual([{ platform: 'slack', tenant: 'T000000001', user: 'U9' }]);
});
